"""Between the voice of the window and the desktop's media controls."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from reader.playback.states import Paused, PlayerState, Playing, Preparing
from reader.playback.steps import Step
from reader.text.document import Document, Span
from reader.text.lazy_sections import readable_section
from reader.ui.listening.desktop.media_session import (
    MediaControls,
    MediaSession,
    MediaStatus,
    NowReading,
)
from reader.ui.listening.reading_aloud import ReadingAloud
from reader.ui.window.main_window import MainWindow


def open_media_session(controls: MediaControls) -> MediaSession | None:
    """Return this platform's session; None where there is none, or nobody to look at it."""
    if sys.platform.startswith(("linux", "freebsd")):
        from reader.ui.listening.desktop.mpris import open_mpris

        return open_mpris(controls)
    return None


class MediaRemote(QObject):
    """Tells the media session what is read, and does what it asks (it is its `MediaControls`)."""

    def __init__(
        self,
        aloud: ReadingAloud,
        window: MainWindow,
        open_session: Callable[[MediaControls], MediaSession | None] = open_media_session,
    ) -> None:
        super().__init__(aloud)
        self._aloud, self._window = aloud, window
        self._told_speed = 0.0
        self._session = open_session(self)
        if self._session is None:
            return
        aloud.opened.connect(self._tell)
        aloud.place_reached.connect(self._tell)
        aloud.listening.player_changed.connect(self._tell)
        aloud.listening.times_changed.connect(self._on_times_changed)
        # told before the voice moves
        aloud.sought.connect(lambda: QTimer.singleShot(0, self, self._tell_jump))

    def close(self) -> None:
        """Be seen no more; before the voice goes."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def now(self) -> NowReading | None:
        """Return what is read at this moment, None without a text."""
        document, player = self._aloud.document, self._aloud.player
        if document is None:
            return None
        return NowReading(
            fingerprint=document.fingerprint,
            title=document.title,
            authors=document.authors,
            sentence=_text_of(document, self._aloud.sentence_now()),
            length_s=(player.elapsed_s + player.left_s) * player.speed,
            position_s=player.elapsed_s * player.speed,
            speed=player.speed,
            status=_status_in(player.state),
        )

    def play(self) -> None:
        """Read on."""
        self._aloud.player.play()

    def pause(self) -> None:
        """Fall silent."""
        self._aloud.player.pause()

    def play_or_pause(self) -> None:
        """Do the other one."""
        self._aloud.player.toggle()

    def next(self) -> None:
        """Go to the next sentence."""
        self._aloud.step(Step.NEXT_SENTENCE)

    def previous(self) -> None:
        """Go to the sentence before."""
        self._aloud.step(Step.PREVIOUS_SENTENCE)

    def move_to(self, position_s: float) -> None:
        """Go to where that much has been read, at speed 1."""
        now = self.now()
        if now is not None and now.length_s > 0:
            self._aloud.seek(position_s / now.length_s)

    def set_speed(self, speed: float) -> None:
        """Read at this speed; the nearest possible one is taken."""
        self._aloud.set_speed(speed)

    def show_window(self) -> None:
        """Bring the window to the front."""
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    def _tell(self, *_news: object) -> None:
        if self._session is not None:
            self._told_speed = self._aloud.player.speed
            self._session.update()

    def _on_times_changed(self) -> None:
        if self._aloud.player.speed != self._told_speed:
            self._tell()

    def _tell_jump(self) -> None:
        if self._session is not None:
            self._session.jumped()


def _status_in(state: PlayerState) -> MediaStatus:
    match state:
        case Playing() | Preparing():
            return MediaStatus.PLAYING
        case Paused(is_at_end=False):
            return MediaStatus.PAUSED
        case _:
            return MediaStatus.STOPPED


def _text_of(document: Document, span: Span | None) -> str:
    if span is None:
        return ""
    section = readable_section(document.sections, span.section)
    return "" if section is None else " ".join(section.text[span.start : span.end].split())
