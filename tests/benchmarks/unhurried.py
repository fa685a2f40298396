"""Listening without a clock: what has been spoken is played at once.

Everything that handles sound is real: the speech process with the voice, the cache on disk, the
player, the stretched stream. Only the device is none: it takes frames as fast as there are any. So
what comes out doesn't hang on how busy the machine is.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from pathlib import Path

from reader.formats.registry import open_document
from reader.playback.player import Player
from reader.playback.states import Paused, PlayerState, Playing, Preparing
from reader.playback.stream.frame_source import FrameSource
from reader.speech.audio_cache import AudioCache
from reader.speech.cached_speech import CachedSpeech
from reader.speech.engine import VoiceId
from reader.speech.planning.heard_notes import HeardNote
from reader.speech.planning.planner import Plan
from reader.speech.speech_events import ProcessChanged, ProcessState, SpeechEvent, SpeechStopped
from reader.speech.synthesiser import Synthesiser
from reader.text.document import Place, Span

_STEP_S = 0.01
_CACHE_BYTES = 500_000_000
_ANSWER_TIMEOUT_S = 120.0


class _Device:
    """Takes frames as fast as there are any; `on_pcm` is given them."""

    is_available = True

    def __init__(self, on_pcm: Callable[[bytes], None]) -> None:
        self._source: FrameSource | None = None
        self._played_frames = 0
        self._on_pcm = on_pcm

    def start(self, source: FrameSource) -> None:
        self._source, self._played_frames = source, 0

    def wake(self) -> None:
        pass

    def played_frames(self) -> int:
        return self._played_frames

    def play(self, seconds: float) -> None:
        """Play so much."""
        if self._source is not None:
            count = round(seconds * self._source.sample_rate)
            self._on_pcm(self._source.pull(count))
            self._played_frames += count

    @property
    def sample_rate(self) -> int:
        """That of what it was started with."""
        assert self._source is not None
        return self._source.sample_rate


class _Listener:
    """Tells each word that is heard."""

    def __init__(self, on_word: Callable[[Span], None]) -> None:
        self._on_word = on_word

    def state_changed(self, state: PlayerState) -> None:
        pass

    def word_heard(self, span: Span | None) -> None:
        if span is not None:
            self._on_word(span)

    def sentence_heard(self, span: Span | None) -> None:
        pass

    def sounding(self) -> None:
        pass

    def sentence_skipped(self, span: Span, reason: str) -> None:
        pass

    def note_heard(self, passage: HeardNote | None) -> None:
        pass

    def note_skipped(self, passage: HeardNote, reason: str) -> None:
        pass

    def ticks_wanted(self, are_wanted: bool) -> None:
        pass


class Unhurried:
    """Listens to a text from its beginning; `on_word` and `on_pcm` are told what is heard.

    RuntimeError where the voice dies or stops. Its speech process lives until `close`.
    """

    def __init__(
        self,
        folder: Path,
        text: Path,
        voice: VoiceId,
        speed: float,
        on_word: Callable[[Span], None],
        on_pcm: Callable[[bytes], None] = lambda _pcm: None,
    ) -> None:
        self._events: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
        self._speech = CachedSpeech(
            lambda tell: Synthesiser(tell, voices_dir=folder / "voices"),
            self._events.put,
            AudioCache(folder / "cache", _CACHE_BYTES),
            lambda _voice: "measured",
        )
        self.speech_pid = 0
        self._device = _Device(on_pcm)
        self._now_s = 0.0
        self._player = Player(self._speech, self._device, _Listener(on_word), lambda: self._now_s)
        document = open_document(text)
        self._player.set_voice(voice)
        self._player.open(document, Plan(document), Place(0, 0))
        self._player.set_speed(speed)
        self._player.play()

    def close(self) -> None:
        """End the voice."""
        self._speech.close()

    @property
    def sample_rate(self) -> int:
        """Of what is heard; known once something is."""
        return self._device.sample_rate

    def listen(self, seconds: float) -> bool:
        """Listen for so long; False if the text ends before."""
        heard_s = 0.0
        while heard_s < seconds:
            self._take_events(waits=isinstance(self._player.state, Preparing))
            match self._player.state:
                case Playing():
                    self._device.play(_STEP_S)
                    heard_s += _STEP_S
                    self._now_s += _STEP_S
                case Preparing():
                    pass
                case Paused(is_at_end=True):
                    return False
                case other:
                    raise RuntimeError(f"it stopped: {other}")
            self._player.tick()
        return True

    def _take_events(self, *, waits: bool) -> None:
        while waits or not self._events.empty():
            event = self._events.get(timeout=_ANSWER_TIMEOUT_S)
            waits = False
            match event:
                case SpeechStopped(error=error):
                    raise RuntimeError(f"no speech: {error}")
                case ProcessChanged(pid=int(pid), state=ProcessState.STARTED):
                    if self.speech_pid:
                        raise RuntimeError("the speech process had to be started anew")
                    self.speech_pid = pid
                case _:
                    pass
            self._player.on_speech_event(event)
