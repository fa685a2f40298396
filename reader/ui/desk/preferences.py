"""The user's settings while the window is open: changed at once, written a little later."""

from __future__ import annotations

from contextlib import suppress
from typing import TypedDict, Unpack

from PySide6.QtCore import QObject, QTimer, Signal

from reader.app.services import Services
from reader.app.settings import SETTINGS, Settings, SettingValue
from reader.errors import OutputNotWritten
from reader.values import replaced

_SETTLING_MS = 800
"""Keys that are held down change a setting many times; it is written when they rest."""


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
        self._settling.timeout.connect(self.save)

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

    def save(self) -> None:
        """Write what changed, if anything did."""
        self._settling.stop()
        if self._settings == self._written:
            return
        self._written = self._settings
        with suppress(OutputNotWritten):  # the storage has a message of its own
            self._settings.save(self._services.paths.settings)
