"""The window of voices as the desk has it: one at a time, and downloads that outlive it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from reader.app.services import Services
from reader.speech.engine import VoiceId
from reader.ui.listening.sound import Sound
from reader.ui.look.theme import Theme
from reader.ui.voices.voice_downloads import VoiceDownloads
from reader.ui.voices.voices_dialog import VoicesDialog


class VoiceWindow(QObject):
    """Made when it is first asked for. `close` pauses what is being fetched."""

    voice_chosen = Signal(str)
    voice_removed = Signal(str)
    voice_installed = Signal(str)
    """VoiceId: fetched, while the window was closed."""
    sample_begins = Signal()

    def __init__(
        self,
        services: Services,
        theme: Theme,
        window: QWidget,
        make_sound: Callable[[Services], Sound],
    ) -> None:
        super().__init__(window)
        self._services = services
        self._theme = theme
        self._window = window
        self._make_sound = make_sound
        self._dialog: VoicesDialog | None = None
        self.engine_faults: Mapping[str, str] = {}
        """Why engines could not speak when they were last asked to, each a clause."""

    @property
    def dialog(self) -> VoicesDialog | None:
        """The window itself, while it is open."""
        is_open = self._dialog is not None and isValid(self._dialog) and self._dialog.isVisible()
        return self._dialog if is_open else None

    @cached_property
    def downloads(self) -> VoiceDownloads:
        """What is being fetched."""
        downloads = VoiceDownloads(self._services.paths.voices_dir, self)
        downloads.installed.connect(self._on_installed)
        return downloads

    def open(self, current: VoiceId, language: str | None) -> None:
        """Open it, or bring it to the front; `language` is that of the text."""
        dialog = self.dialog
        if dialog is not None:
            dialog.activateWindow()
            return
        dialog = self._dialog = VoicesDialog(
            self._theme,
            self._window,
            self._services.paths.voices_dir,
            self.downloads,
            lambda: self._make_sound(self._services),
            self._services.recommended_voice,
            self.engine_faults,
        )
        dialog.voice_chosen.connect(self.voice_chosen)
        dialog.voice_removed.connect(self.voice_removed)
        dialog.sample_begins.connect(self.sample_begins)
        dialog.open_at(current, language)

    def set_current(self, voice: VoiceId) -> None:
        """Mark the voice that reads now."""
        if self.dialog is not None:
            self.dialog.set_current(voice)

    def close(self) -> None:
        """Put it away; what is being fetched goes on in another session."""
        if self.dialog is not None:
            self.dialog.close()
        if "downloads" in self.__dict__:
            self.downloads.close()

    def _on_installed(self, voice: str) -> None:
        if self.dialog is None:
            self.voice_installed.emit(voice)
