"""The values of speech (voices, utterances, marks) and what an engine must be able to do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, Protocol, runtime_checkable

from reader.text.document import Span

VoiceId = NewType("VoiceId", str)
"""`<engine>:<voice>`, such as `piper:en_US-joe-medium`."""


class Precision(StrEnum):
    """Where word marks come from: the engine's own timing, or an honest guess."""

    WORD = "word"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Voice:
    """One of an engine's voices. `reason` is a clause: why it is not available ("" if it is)."""

    id: VoiceId
    engine: str
    language: str
    name: str
    is_installed: bool
    is_available: bool
    reason: str
    size_bytes: int
    licence: str


class Pause(StrEnum):
    """What the silence after an utterance separates; its length is a setting, not the engine's."""

    NONE = "none"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Piece:
    """The map from spoken text to source: spoken[spoken_start:spoken_end] stands for the section's
    text[source_start:source_end]. Pieces are in order in both; a piece is a word as a reader
    counts words ("1984" is one, spoken as two)."""

    spoken_start: int
    spoken_end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the voice is asked to say at once: a sentence or a part of one.

    `span` is what it covers of the source, `sentence` the whole sentence it belongs to. `spoken`
    is plain words and punctuation, normalised (no digits, no abbreviations left for the engine to
    guess). `language` is a BCP 47 tag. `voice` says it; None: the one that reads the text.
    """

    span: Span
    sentence: Span
    spoken: str
    pieces: tuple[Piece, ...]
    language: str
    pause: Pause
    voice: VoiceId | None = None


@dataclass(frozen=True, slots=True)
class WordMark:
    """The frames [first_frame, end_frame) in which spoken[start:end] sounds."""

    first_frame: int
    end_frame: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpokenAudio:
    """An engine's answer: int16 little-endian mono PCM at `sample_rate` Hz, silence at both ends
    trimmed, and one mark per spoken word in playing order. `flux` is added to it: see flux.py.

    If it isn't whole it is what comes first, with the marks of the words that end in it: what has
    been made by now. Its end is none, and not trimmed.
    """

    pcm: bytes
    sample_rate: int
    marks: tuple[WordMark, ...]
    precision: Precision
    flux: bytes = b""
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word of the source and the frames [first_frame, end_frame) of its utterance's audio in
    which it sounds. A mark sits at the moment the word starts to sound."""

    span: Span
    first_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True)
class UtteranceAudio:
    """An utterance as audio: int16 little-endian mono PCM at the voice's own pace, with the words
    of the source in playing order. The pause after it is not in the PCM. `flux` says where it may
    be hurried (see flux.py); without it all of it is played alike. If it isn't whole, what follows
    is missing of PCM, words and flux."""

    utterance: Utterance
    pcm: bytes
    sample_rate: int
    words: tuple[HeardWord, ...]
    precision: Precision
    flux: bytes = b""
    is_whole: bool = True

    @property
    def frame_count(self) -> int:
        """How many frames the PCM holds."""
        return len(self.pcm) // 2


@dataclass(frozen=True, slots=True)
class EngineAbilities:
    """What an engine can do, as data: callers ask here instead of knowing engines by name."""

    precision: Precision
    can_cancel: bool


class Cancellation:
    """Asks one running synthesis, from another thread, to end early."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stop: Callable[[], None] | None = None
        self._is_requested = False

    @property
    def is_requested(self) -> bool:
        """Whether the synthesis is no longer wanted."""
        return self._is_requested

    def request(self) -> None:
        """End the synthesis as soon as its engine can."""
        with self._lock:
            self._is_requested = True
            stop = self._stop
        if stop is not None:
            stop()

    def when_requested(self, stop: Callable[[], None]) -> None:
        """Have `stop` called at a request, also at one made before this call."""
        with self._lock:
            self._stop = stop
            is_late = self._is_requested
        if is_late:
            stop()


class Engine(Protocol):
    """Turns text into audio. Called only inside the speech process, one call at a time."""

    name: str

    def abilities(self, voice: VoiceId) -> EngineAbilities:
        """Tell what it can do with a loaded voice."""

    def load(self, voice: VoiceId) -> None:
        """Make the voice ready, so that the next `synthesise` starts at once.

        Raises:
            VoiceNotInstalled: its files are missing; the user can install them.
            EngineUnavailable: the engine can't run here.
        """

    def synthesise(
        self, spoken: str, language: str, voice: VoiceId, cancellation: Cancellation, /
    ) -> SpokenAudio:
        """Say one utterance's `spoken` text.

        Raises:
            VoiceNotInstalled: its files are missing; the user can install them.
            SynthesisFailed: no audio for this text, or cancelled; the next one may still work.
        """


@runtime_checkable
class Streaming(Protocol):
    """An engine that can be heard before it has made all of an utterance."""

    def stream(
        self, spoken: str, language: str, voice: VoiceId, cancellation: Cancellation, /
    ) -> Iterator[SpokenAudio]:
        """Say one utterance's `spoken` text; yield what has been made by now, whole at last.

        What comes later begins with the PCM that came before.

        Raises:
            VoiceNotInstalled: its files are missing; the user can install them.
            SynthesisFailed: no audio for this text, or cancelled; the next one may still work.
        """


@runtime_checkable
class Releasing(Protocol):
    """An engine that can let go of what takes memory while others speak."""

    def release(self) -> None:
        """Let go of every loaded voice; the next one asked for is loaded anew."""
