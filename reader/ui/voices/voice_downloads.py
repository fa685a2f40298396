"""The voices being fetched, beside the window's thread, and what has come of each."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from reader.errors import SottovoceError
from reader.speech.engine import VoiceId
from reader.speech.voices.catalogue import PublishedVoice, published_voices
from reader.speech.voices.store import Staging
from reader.ui.background import Background
from reader.values import value

if TYPE_CHECKING:  # what opens connections is imported when the first one is wanted
    from reader.speech.voices.download import Outcome, Progress, VoiceDownload


@value
class Fetching:
    """It is coming; `is_checking`: all of a file is here, and its checksum is being taken."""

    done_bytes: int
    is_checking: bool = False


@value
class Held:
    """Some of it came, now or in an earlier session, and can be gone on with."""

    done_bytes: int


@value
class Failed:
    """It did not come; what did may be used by the next try."""

    error: SottovoceError


Fetch = Fetching | Held | Failed


class VoiceDownloads(QObject):
    """Starts, pauses and ends downloads. `close` pauses them all; a later session goes on."""

    changed = Signal(str)
    """VoiceId: its state is another one."""
    installed = Signal(str)
    """VoiceId: it is here, whole."""
    _progressed = Signal(object, object)

    def __init__(
        self, voices_dir: Path, parent: QObject | None = None, *, address: str | None = None
    ) -> None:
        super().__init__(parent)
        self._voices_dir = voices_dir
        self._address = address
        self._background = Background(self)
        self._running: dict[str, VoiceDownload] = {}
        self._states: dict[str, Fetching | Failed] = {}
        self._agreed: set[str] = set()
        self._progressed.connect(self._on_progressed, Qt.ConnectionType.QueuedConnection)

    def address_of(self, voice: PublishedVoice) -> str:
        """Return where a voice is fetched from; several places with a space between."""
        return self._address or " ".join(voice.addresses)

    def is_agreed_to(self, voice_id: VoiceId) -> bool:
        """Whether the user has been told, since the start, where such a voice comes from."""
        return self.address_of(published_voices()[voice_id]) in self._agreed

    def agree_to(self, voice_id: VoiceId) -> None:
        """Note that the user was told where such a voice comes from, and wants it."""
        self._agreed.add(self.address_of(published_voices()[voice_id]))

    def state_of(self, voice_id: VoiceId) -> Fetch | None:
        """Return what is under way with a voice; None if nothing is."""
        voice = published_voices().get(voice_id)
        if voice is None:
            return None
        known = self._states.get(voice.place)
        if known is not None:
            return known
        kept_bytes = Staging(self._voices_dir, voice.place).kept_bytes()
        return Held(kept_bytes) if kept_bytes else None

    def start(self, voice_id: VoiceId) -> None:
        """Fetch a voice, or go on where it was paused or broke off."""
        from reader.speech.voices.download import VoiceDownload

        voice = published_voices()[voice_id]
        if voice.place in self._running:
            return

        def tell(progress: Progress) -> None:
            with suppress(RuntimeError):  # the window is gone, and with it whoever would be told
                self._progressed.emit(voice, progress)

        download = VoiceDownload(voice, self._voices_dir, tell, address=self._address)
        self._running[voice.place] = download
        self._states[voice.place] = Fetching(Staging(self._voices_dir, voice.place).kept_bytes())
        self._background.run(
            download.run,
            lambda outcome: self._on_ended(voice, outcome),
            lambda error: self._on_failed(voice, error),
        )
        self.changed.emit(voice_id)

    def pause(self, voice_id: VoiceId) -> None:
        """Keep what has come of it and fetch no more."""
        download = self._running.get(published_voices()[voice_id].place)
        if download is not None:
            download.pause()

    def cancel(self, voice_id: VoiceId) -> None:
        """Fetch no more of it, and keep nothing."""
        place = published_voices()[voice_id].place
        download = self._running.get(place)
        if download is not None:
            download.cancel()
            return
        self._states.pop(place, None)
        staging = Staging(self._voices_dir, place)
        with suppress(SottovoceError), staging.held():  # another window may be fetching it
            staging.discard()
        self.changed.emit(voice_id)

    def close(self) -> None:
        """Pause all that is under way, for another session."""
        for download in self._running.values():
            download.pause()
        self._background.close()

    def _on_progressed(self, voice: PublishedVoice, progress: Progress) -> None:
        if voice.place in self._running:
            self._states[voice.place] = Fetching(progress.done_bytes, progress.is_checking)
            self.changed.emit(voice.id)

    def _on_ended(self, voice: PublishedVoice, outcome: Outcome) -> None:
        from reader.speech.voices.download import Outcome

        del self._running[voice.place]
        del self._states[voice.place]
        self.changed.emit(voice.id)
        if outcome is Outcome.INSTALLED:
            self.installed.emit(voice.id)

    def _on_failed(self, voice: PublishedVoice, error: SottovoceError) -> None:
        del self._running[voice.place]
        self._states[voice.place] = Failed(error)
        self.changed.emit(voice.id)
