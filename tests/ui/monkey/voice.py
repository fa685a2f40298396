"""A voice and a device without sound that live by the clock, and can be made to fail."""

from __future__ import annotations

from random import Random

from PySide6.QtCore import QObject, QTimer

from reader.app.services import Services
from reader.errors import SpeechProcessFailed
from reader.playback.stream.frame_source import FrameSource
from reader.playback.stream.output import DeviceFound, DeviceLost, DeviceRanDry
from reader.speech.engine import HeardWord, Precision, Utterance, UtteranceAudio, VoiceId
from reader.speech.speech_events import (
    AudioReady,
    ProcessChanged,
    ProcessState,
    SpeechEvent,
    SpeechStopped,
    UtteranceFailed,
    VoiceMeasured,
    VoiceReady,
)
from reader.text.document import Span
from reader.ui.listening.sound import Sound, SoundEvents

_RATE = 8000
_WORD_FRAMES = 400
_BEAT_MS = 15
_HASTE = 4
_MOST_LATE_BEATS = 20


class LivelyDevice:
    """Plays what it is given whenever it is told that time has gone by."""

    is_available = True
    _source: FrameSource | None = None
    _played = 0

    def start(self, source: FrameSource) -> None:
        """Play another source."""
        self._source, self._played = source, 0

    def wake(self) -> None:
        """Be ready: it always is."""

    def played_frames(self) -> int:
        """Return how many frames of the source have been played."""
        return self._played

    def play(self, frames: int) -> None:
        """Pull so many."""
        if self._source is not None:
            self._source.pull(frames)
            self._played += frames


class LivelyVoice(QObject):
    """Answers late, fails now and then, and plays; out of nowhere it can be made to break."""

    def __init__(self, random: Random, parent: QObject) -> None:
        super().__init__(parent)
        self._random = random
        self._requests: list[tuple[int, int, Utterance]] = []
        self._voice: VoiceId | None = None
        self._late_beats = 0
        self._device = LivelyDevice()
        self.events = SoundEvents()
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self._live)
        self._beat.start()

    def sound(self, _services: Services) -> Sound:
        """Return it as the desk wants it."""
        return Sound(self, self._device, self.events, self._beat.stop)

    def break_something(self) -> None:
        """Have one thing go wrong, or right again."""
        lost = SpeechStopped(SpeechProcessFailed("it died three times"))
        events: tuple[SpeechEvent, ...] = (
            ProcessChanged(4711, ProcessState.DIED),
            ProcessChanged(4712, ProcessState.STARTED),
            VoiceMeasured(self._voice or VoiceId("fake:any"), self._random.choice((0.1, 0.9, 3.0))),
            lost,
        )
        if self._random.random() < 0.5:
            event = self._random.choice(events)
            if event is lost:
                self._requests.clear()
            self.events.speech_told.emit(event)
        else:
            self._device.is_available = self._random.random() < 0.7
            device = (DeviceLost("Ears"), DeviceFound("Ears"), DeviceRanDry(0.1))
            self.events.device_told.emit(self._random.choice(device))

    def start(self, voice: VoiceId) -> None:
        """Load a voice; it is ready with the next beat."""
        self._voice = voice
        self._late_beats = self._random.randrange(_MOST_LATE_BEATS)
        QTimer.singleShot(_BEAT_MS, self, lambda: self.events.post_speech(VoiceReady(voice)))

    def request(
        self, generation: int, number: int, utterance: Utterance, *, at_once: bool = False
    ) -> None:
        """Keep the request until its time has come."""
        self._late_beats += 0 if at_once else self._random.randrange(2)
        self._requests.append((generation, number, utterance))

    def drop_before(self, generation: int) -> None:
        """Forget older requests."""
        self._requests = [asked for asked in self._requests if asked[0] >= generation]

    def is_at_hand(self, _utterance: Utterance) -> bool:
        """Nothing is."""
        return False

    def _live(self) -> None:
        self._device.play(_RATE * _BEAT_MS * _HASTE // 1000)
        if self._late_beats:
            self._late_beats -= 1
        elif self._requests:
            self._late_beats = self._random.randrange(_MOST_LATE_BEATS)
            generation, number, utterance = self._requests.pop(0)
            if self._random.random() < 0.05:
                self.events.post_speech(UtteranceFailed(generation, number, "it stumbled"))
            else:
                self.events.post_speech(AudioReady(generation, number, _spoken(utterance)))


def _spoken(utterance: Utterance) -> UtteranceAudio:
    words = tuple(
        HeardWord(
            Span(utterance.span.section, piece.source_start, piece.source_end),
            number * _WORD_FRAMES,
            (number + 1) * _WORD_FRAMES,
        )
        for number, piece in enumerate(utterance.pieces)
    )
    pcm = b"\x10\x00" * _WORD_FRAMES * max(len(words), len(utterance.spoken.split()))
    return UtteranceAudio(utterance, pcm, _RATE, words, Precision.WORD)
