"""Memory of window and speech while an hour is listened to at 2×, with a voice of each engine.

The clock is not the wall's: what has been spoken is played at once. Everything that handles sound
is real: the speech process with the voice, the cache on disk, the player, the stretched stream. No
story is heard twice: what is in the cache would not be spoken. On an idle machine Piper's hour
takes a quarter of one.
"""

from __future__ import annotations

import os
import queue
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reader.formats.registry import open_document
from reader.playback.frame_source import FrameSource
from reader.playback.player import Player
from reader.playback.states import PlayerState, Playing, Preparing
from reader.speech.audio_cache import AudioCache
from reader.speech.cached_speech import CachedSpeech
from reader.speech.engine import VoiceId
from reader.speech.heard_notes import NotedPassage
from reader.speech.planner import Plan
from reader.speech.speech_events import ProcessChanged, ProcessState, SpeechEvent, SpeechStopped
from reader.speech.synthesiser import Synthesiser
from reader.speech.voices import DEFAULT_VOICE
from reader.text.document import Place, Span
from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.prose import long_prose, story
from tests.benchmarks.running import own_memory_mb

MINUTES = 60
"""Of listening."""

_VOICES = (DEFAULT_VOICE, VoiceId("pyttsx3:en-us"))
_STORIES = (
    "a-scandal-in-bohemia",
    "the-five-orange-pips",
    "a-case-of-identity",
    "the-man-with-the-twisted-lip",
    "the-redheaded-league",
    "the-boscombe-valley-mystery",
)
_SETTLED_MINUTES = 10
_SPEED = 2.0
_STEP_S = 0.01
_WORDS_A_MINUTE = 230
_CACHE_BYTES = 500_000_000
_ANSWER_TIMEOUT_S = 120.0


class _Device:
    """Takes frames as fast as there are any."""

    is_available = True

    def __init__(self) -> None:
        self._source: FrameSource | None = None
        self._played_frames = 0

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
            self._source.pull(count)
            self._played_frames += count


class _Listener:
    """Counts the words that are heard."""

    def __init__(self) -> None:
        self.words = 0

    def state_changed(self, state: PlayerState) -> None:
        pass

    def word_heard(self, span: Span | None) -> None:
        self.words += span is not None

    def sentence_heard(self, span: Span | None) -> None:
        pass

    def sounding(self) -> None:
        pass

    def sentence_skipped(self, span: Span, reason: str) -> None:
        pass

    def note_heard(self, passage: NotedPassage | None) -> None:
        pass

    def note_skipped(self, passage: NotedPassage, reason: str) -> None:
        pass

    def ticks_wanted(self, are_wanted: bool) -> None:
        pass


class _Hour:
    """A listener's hour, minute by minute."""

    def __init__(self, folder: Path, voice: VoiceId) -> None:
        self._events: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
        self.speech = CachedSpeech(
            lambda tell: Synthesiser(tell, voices_dir=folder / "voices"),
            self._events.put,
            AudioCache(folder / "cache", _CACHE_BYTES),
            lambda _voice: "measured",
        )
        self.speech_pid = 0
        self.listener = _Listener()
        self._device = _Device()
        self._now_s = 0.0
        self._player = Player(self.speech, self._device, self.listener, lambda: self._now_s)
        text = folder / "prose.txt"
        text.write_text(_prose(), encoding="utf-8")
        document = open_document(text)
        self._player.set_voice(voice)
        self._player.open(document, Plan(document), Place(0, 0))
        self._player.set_speed(_SPEED)
        self._player.play()

    def listen(self, minutes: float) -> None:
        """Listen for so long; RuntimeError where that can't be."""
        heard_s = 0.0
        while heard_s < minutes * 60:
            self._take_events(waits=isinstance(self._player.state, Preparing))
            match self._player.state:
                case Playing():
                    self._device.play(_STEP_S)
                    heard_s += _STEP_S
                    self._now_s += _STEP_S
                case Preparing():
                    pass
                case other:
                    raise RuntimeError(f"it stopped: {other}")
            self._player.tick()

    def memory(self) -> tuple[float, float]:
        """Return what this process and the one that speaks have made, in MB."""
        return own_memory_mb(os.getpid()), own_memory_mb(self.speech_pid)

    def _take_events(self, *, waits: bool) -> None:
        while waits or not self._events.empty():
            event = self._events.get(timeout=_ANSWER_TIMEOUT_S)
            waits = False
            match event:
                case SpeechStopped(error=error):
                    raise RuntimeError(f"no speech: {error}")
                case ProcessChanged(pid=int(pid), state=ProcessState.STARTED):
                    self.speech_pid = pid
                case _:
                    pass
            self._player.on_speech_event(event)


def _prose() -> str:
    """Return prose enough for the hour; without the novel the same again and again."""
    wanted = round(MINUTES * _SPEED * _WORDS_A_MINUTE * 1.2)
    stories = [paragraph for name in _STORIES for paragraph in story(name)]
    prose = "\n\n".join(stories) or long_prose(wanted)
    return "\n\n".join([prose] * -(-wanted // len(prose.split())))


def measure() -> Iterator[Figure]:
    """Listen, and weigh both processes when they have settled and at the end."""
    for voice in _VOICES:
        with tempfile.TemporaryDirectory() as name:
            yield from _figures(voice, Path(name))


def _figures(voice: VoiceId, folder: Path) -> Iterator[Figure]:
    hour = _Hour(folder, voice)
    try:
        settled = min(_SETTLED_MINUTES, MINUTES / 2)
        hour.listen(settled)
        before = hour.memory()
        hour.listen(MINUTES - settled)
        after = hour.memory()
    finally:
        hour.speech.close()
    engine = voice.partition(":")[0]
    yield Figure(f"{engine}: words heard", hour.listener.words, "")
    for process, first, last in zip(("player's", "speech"), before, after, strict=True):
        yield Figure(f"{engine}: {process} process after {settled:g} minutes", first, "MB")
        grown = (last / first - 1) * 100
        yield at_most(f"{engine}: grown by, after {MINUTES:g}", grown, "%", 5)
