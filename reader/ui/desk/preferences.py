"""The user's settings while the window is open: changed at once, written a little later."""

from __future__ import annotations

from contextlib import suppress
from typing import TypedDict, Unpack

from PySide6.QtCore import QObject, QTimer, Signal

from reader.app.services import Services
from reader.app.settings import SETTINGS, Settings, SettingValue
from reader.errors import OutputNotWritten, SottovoceError
from reader.ui.background import Background, Task
from reader.values import replaced

_SETTLING_MS = 800
"""Keys that are held down change a setting many times; it is written when they rest."""

_PATIENCE_S = 60.0
"""How long one waits for a busy disk where a setting must be on it."""


class Changes(TypedDict, total=False):
    """The settings that the window changes."""

    theme: str
    text_scale: float
    text_family: str
    line_spacing: float
    letter_spacing: float
    column_width: float
    margin_visible: bool
    voice: str
    language_voices: str
    speed: float
    study_repeats: int
    study_pause_ms: int
    study_slower: bool
    offer_natural_voice: bool
    heard_notes: str
    note_voice: str


class Preferences(QObject):
    """Holds the settings that hold now. Where they can't be written they hold until the end."""

    chosen = Signal(str)
    """One was chosen from the table, by its name: whoever works by it takes it up."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._settings = self._written = services.loaded_settings.settings
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self._save_soon)
        self._background = Background(self)
        self._writing: Task | None = None

    @property
    def settings(self) -> Settings:
        """The settings that hold now."""
        return self._settings

    def change(self, **changes: Unpack[Changes]) -> None:
        """Let these hold from now on."""
        self._take(replaced(self._settings, **changes))

    def _take(self, changed: Settings) -> None:
        if changed != self._settings:
            self._settings = changed
            self._settling.start()

    def choose(self, name: str, value: SettingValue) -> None:
        """Let one setting of the table hold from now on, by its name."""
        before = self._settings
        self._take(before.with_value(name, value))
        if self._settings != before:
            self.chosen.emit(name)

    def adopt(self, settings: Settings) -> None:
        """Let these hold, which are on disk already."""
        before, self._settings = self._settings, settings
        self._written = settings
        self._settling.stop()
        for row in SETTINGS:
            if getattr(before, row.name) != getattr(settings, row.name):
                self.chosen.emit(row.name)

    def _save_soon(self) -> None:
        """Write what changed beside the window's thread: a busy disk may take seconds for it."""
        if self._writing is not None:
            self._settling.start()  # once that is on disk
            return
        if self._settings != self._written:
            settings, path = self._settings, self._services.paths.settings
            self._writing = self._background.run(
                lambda: settings.save(path),
                lambda _: self._on_written(settings),
                self._on_not_written,
            )

    def _on_written(self, settings: Settings) -> None:
        self._writing = None
        self._written = settings

    def _on_not_written(self, _error: SottovoceError) -> None:
        self._writing = None  # the storage has a message of its own

    def close(self) -> None:
        """Write what changed, if anything did; after that nothing is written any more."""
        self.save()
        self._background.close()

    def save(self) -> None:
        """Write what changed, here and now."""
        self._settling.stop()
        if self._writing is not None:
            self._writing.wait(_PATIENCE_S)  # or what is older might come later
        if self._settings == self._written:
            return
        with suppress(OutputNotWritten):  # the storage has a message of its own
            self._settings.save(self._services.paths.settings)
            self._written = self._settings
