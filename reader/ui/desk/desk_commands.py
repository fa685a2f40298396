"""What the user commands on the desk, and the panels where something is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.app.text_opening import manual_text, welcome_text
from reader.text.document import Document, Place
from reader.ui.desk.contents import Heading
from reader.ui.desk.desk_text import DeskText
from reader.ui.desk.preferences import Preferences
from reader.ui.look.looks import Looks
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow

if TYPE_CHECKING:  # imported when asked for
    from PySide6.QtGui import QAction

    from reader.ui.margin.annotating import Annotating
    from reader.ui.pages.paging import Paging
    from reader.ui.window.panels import Panels

Deeds = Mapping[Command, Callable[[], object]]


class DeskCommands(QObject):
    """Does what needs no voice from the start, and the rest once `add` brought it."""

    def __init__(
        self,
        window: MainWindow,
        preferences: Preferences,
        looks: Looks,
        text: DeskText,
        annotating: Callable[[], Annotating],
        parent: QObject | None = None,
    ) -> None:
        """`annotating` is asked for once the first frame is there."""
        super().__init__(parent)
        self._window = window
        self._preferences = preferences
        self._looks = looks
        self._text = text
        self._annotating = annotating
        self._takes_keys = False
        self._deeds: dict[Command, Callable[[], object]] = {
            Command.OPEN: lambda: self.panels.choose_file(text.wanted_path),
            Command.RELOAD: text.open_again,
            Command.SHOW_WELCOME: lambda: text.open(welcome_text()),
            Command.SHOW_MANUAL: lambda: text.open(manual_text()),
            Command.SHOW_SETTINGS: lambda: self.panels.show_settings(preferences.settings),
            Command.CLOSE_WINDOW: window.close,
            Command.LARGER: lambda: self._step_size(1),
            Command.SMALLER: lambda: self._step_size(-1),
            Command.NATURAL_SIZE: lambda: self._step_size(0),
            Command.TOGGLE_LOOK: looks.toggle,
            Command.CHOOSE_LOOK: lambda: self.panels.show_look(),
            Command.TOGGLE_MARGIN: self._toggle_margin,
            Command.SHOW_CONTENTS: lambda: text.find_headings(self._show_contents, self._show_all),
            Command.GO_TO: lambda: text.find_headings(self._ask_where, self._show_all),
            Command.SHOW_PAGES: lambda: self.paging.toggle(),
            Command.SHOW_MENU: lambda: self.panels.show_menu(text.others_read_lately()),
            Command.FULL_SCREEN: self._toggle_full_screen,
            Command.SHOW_KEYS: lambda: self.panels.show_keys(),
        }
        window.command_given.connect(self.do)
        window.show_margin(preferences.settings.margin_visible)

    @property
    def known(self) -> set[Command]:
        """The commands that do something now."""
        return set(self._deeds)

    def take_keys(self) -> None:
        """Listen to the keys from now on; they take a moment that the first frame doesn't wait."""
        self._takes_keys = True
        self._window.set_commands_enabled(set(Command) - self.known, is_enabled=False)
        self._window.addActions(self.note_actions)

    def add(self, deeds: Deeds) -> None:
        """Do these from now on too."""
        self._deeds.update(deeds)
        if self._takes_keys:
            self._window.set_commands_enabled(deeds, is_enabled=True)

    def do(self, command: Command) -> None:
        """Do what was asked for, if that can be done already."""
        if command in self._deeds:
            self._deeds[command]()

    @cached_property
    def note_actions(self) -> list[QAction]:
        """What is done to notes by key and from the menu; made when first asked for."""
        from reader.ui.margin.note_actions import NoteActions

        return NoteActions(self._annotating()).all

    @cached_property
    def panels(self) -> Panels:
        """What opens over the text; made when first asked for."""
        from reader.ui.window.panels import Panels

        panels = Panels(self._window, self.note_actions)
        panels.text_chosen.connect(self._text.open)
        panels.size_stepped.connect(self._looks.step_size)
        panels.spacing_stepped.connect(self._looks.step_spacing)
        panels.look_chosen.connect(self._looks.choose)
        panels.family_chosen.connect(self._looks.set_family)
        panels.heading_chosen.connect(self._text.go_to_heading)
        panels.share_chosen.connect(self._text.go_to_share)
        panels.setting_chosen.connect(self._preferences.choose)
        self._text.left.connect(panels.close_contents)
        return panels

    @cached_property
    def paging(self) -> Paging:
        """The pages as they look; made when first asked for."""
        from reader.ui.pages.paging import Paging

        paging = Paging(self._window, self._annotating())
        self._text.shown.connect(paging.take_up)
        return paging

    def close(self) -> None:
        """End what is under way: the window closes."""
        if "paging" in self.__dict__:
            self.paging.close()

    def _step_size(self, step: int) -> None:
        """Make the pages larger where they are shown, else the text."""
        if "paging" in self.__dict__ and self.paging.is_on:
            self.paging.view.zoom(step)
        else:
            self._looks.step_size(step)

    def _show_contents(self, document: Document, headings: list[Heading]) -> None:
        here = self._window.view.first_visible_place() or Place(0, 0)
        self.panels.show_contents(document, headings, here)

    def _ask_where(self, document: Document, headings: list[Heading]) -> None:
        here = self._window.view.first_visible_place() or Place(0, 0)
        self.panels.show_contents(document, headings, here, by_typing=True)

    def _show_all(self, document: Document, headings: list[Heading]) -> None:
        here = self._window.view.first_visible_place() or Place(0, 0)
        self.panels.complete_contents(document, headings, here)

    def _toggle_margin(self) -> None:
        is_visible = not self._preferences.settings.margin_visible
        self._preferences.change(margin_visible=is_visible)
        self._window.show_margin(is_visible)

    def _toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()
