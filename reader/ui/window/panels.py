"""What opens over the text when asked for: menu, popovers, overview of keys, file dialog."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from reader.app.settings import Settings
from reader.formats.registry import IMPORTERS, SUFFIXES
from reader.speech.engine import Voice, VoiceId
from reader.text.document import Document, Place
from reader.ui.desk.contents import Heading, current_heading
from reader.ui.listening.speed_popover import SpeedPopover
from reader.ui.look.list_popover import ListPopover
from reader.ui.look.popover import close_overlays
from reader.ui.voices.voice_list import MORE_VOICES, voice_rows
from reader.ui.wayfinding.contents_popover import ContentsPopover
from reader.ui.wayfinding.destinations import Places
from reader.ui.window.keys_overview import (
    READING_KEYS,
    KeysOverview,
    lines_of_actions,
    lines_of_commands,
)
from reader.ui.window.look_popover import LookPopover
from reader.ui.window.main_menu import MainMenu
from reader.ui.window.main_window import MainWindow
from reader.ui.window.settings_dialog import SettingsDialog


class Panels(QObject):
    """Opens one panel at a time and tells what was chosen in it."""

    text_chosen = Signal(Path)
    voice_chosen = Signal(str)
    more_voices_wanted = Signal()
    speed_chosen = Signal(float)
    size_stepped = Signal(int)
    spacing_stepped = Signal(str, int)
    """A field of Spacing, and which way."""
    look_chosen = Signal(str)
    family_chosen = Signal(str)
    setting_chosen = Signal(str, object)
    """A setting's name and its new value."""
    heading_chosen = Signal(str)
    """Target: where the line of the contents leads."""
    share_chosen = Signal(float)

    def __init__(self, window: MainWindow, note_actions: Sequence[QAction]) -> None:
        super().__init__(window)
        self._window = window
        self._note_actions = note_actions
        self._theme = window.theme
        self._settings_dialog: SettingsDialog | None = None
        self._contents: ContentsPopover | None = None

    def show_menu(self, recent: Sequence[tuple[str, Path]]) -> None:
        """Open the menu below its button."""
        window = self._window
        menu = MainMenu(self._theme, window, window.actions_by_command, self._note_actions)
        menu.offer_texts(recent, self.text_chosen.emit)
        button = window.header.menu_button
        corner = button.mapToGlobal(QPoint(button.width(), button.height()))
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))

    def show_look(self) -> None:
        """Open the popover for size, colours and typeface."""
        popover = LookPopover(self._theme, self._window)
        popover.size_stepped.connect(self.size_stepped)
        popover.spacing_stepped.connect(self.spacing_stepped)
        popover.look_chosen.connect(self.look_chosen)
        popover.family_chosen.connect(self.family_chosen)
        popover.open_at(self._window.header.look_button)

    def show_speed(self, speed: float) -> None:
        """Open the popover for the speed."""
        popover = SpeedPopover(self._theme, self._window, speed)
        popover.speed_chosen.connect(self.speed_chosen)
        popover.open_at(self._window.transport.speed_button)

    def show_voices(self, voices: Sequence[Voice], current: VoiceId, language: str | None) -> None:
        """Open the list of voices."""
        rows = voice_rows(voices, current, language)
        popover = ListPopover(self._theme, self._window, "Voices", rows)
        popover.chosen.connect(self._on_voice_row_chosen)
        transport = self._window.transport
        popover.open_at(transport.voice_button, transport.play_button)

    def _on_voice_row_chosen(self, key: str) -> None:
        if key == MORE_VOICES.key:
            self.more_voices_wanted.emit()
        else:
            self.voice_chosen.emit(key)

    def show_contents(
        self,
        document: Document,
        headings: Sequence[Heading],
        here: Place,
        *,
        by_typing: bool = False,
    ) -> None:
        """Open the contents, the heading `here` is under marked; one types where one wants to go.

        `by_typing`: nothing is listed before something is typed.
        """
        places = _places(document, headings, here)
        popover = ContentsPopover(self._theme, self._window, places, by_typing=by_typing)
        self._contents = popover
        popover.target_chosen.connect(self.heading_chosen)
        popover.share_chosen.connect(self.share_chosen)
        popover.stay_until(self._window.view.brought_into_view)
        header = self._window.header
        popover.open_at(header.contents_button, header.find_button)

    def complete_contents(
        self, document: Document, headings: Sequence[Heading], here: Place
    ) -> None:
        """Show more headings than were known when the contents were opened, if they still are."""
        popover = self._contents
        if popover is not None and isValid(popover) and popover.isVisible():
            popover.set_places(_places(document, headings, here))

    def close_contents(self) -> None:
        """Close the contents, if they are open: their lines lead into a text that is left."""
        popover = self._contents
        if popover is not None and isValid(popover):
            popover.close()

    def show_settings(self, settings: Settings) -> None:
        """Open the window of settings, or bring it to the front."""
        dialog = self._settings_dialog
        if dialog is None or not isValid(dialog) or not dialog.isVisible():
            dialog = self._settings_dialog = SettingsDialog(self._theme, self._window, settings)
            dialog.chosen.connect(self.setting_chosen)
            dialog.show()
        dialog.activateWindow()

    def show_keys(self) -> None:
        """Cover the window with every key there is; uncover it if it is covered."""
        if close_overlays(self._window):
            return
        lines = [*lines_of_actions(self._note_actions), *lines_of_commands(), *READING_KEYS]
        overview = KeysOverview(self._theme, self._window, lines)
        overview.show()
        overview.raise_()
        overview.setFocus()

    def choose_file(self, beside: Path | None) -> None:
        """Open the system's own dialog."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        dialog = QFileDialog(self._window, "Open a text")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = (f"{i.name} ({' '.join(f'*{s}' for s in i.suffixes)})" for i in IMPORTERS)
        dialog.setNameFilters([f"Texts ({patterns})", *kinds, "All files (*)"])
        if beside is not None:
            dialog.setDirectory(str(beside.parent))
        dialog.fileSelected.connect(lambda chosen: self.text_chosen.emit(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _places(document: Document, headings: Sequence[Heading], here: Place) -> Places:
    return Places(document, headings, lambda: current_heading(document, headings, here))
