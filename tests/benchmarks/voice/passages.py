"""What is said to be understood: running text, or sentences alone. None was used for tuning."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from reader.formats.registry import open_document
from reader.speech.engine import Cancellation, Engine, Precision, SpokenAudio, Utterance
from reader.speech.engine_kinds import Engines
from reader.speech.pauses import pause_frames
from reader.speech.planning.planner import Plan
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.text.document import Place
from tests.benchmarks.prose import TEXTS, story
from tests.benchmarks.voice.recogniser import words_of
from tests.conftest import SHARED_INPUTS

SENTENCES = TEXTS / "the-ferry.txt"
"""Written for this, and never listened to while the method was made: plain prose, no figures."""

STORIES = ("the-adventure-of-the-blue-carbuncle", "the-adventure-of-the-copper-beeches")
"""Of the novel (`the-redheaded-league` and others were used for tuning)."""

FILES = (("accessible_epub_3.epub", "1. Introduction"), ("her-review.txt", ""))
"""Other kinds of prose, with the section from which on there is some (the manual begins with its
imprint and with whom to ask for licences)."""

_MOST_PASSAGES, _MOST_SENTENCES = 8, 24  # of each text
_LONGEST_S, _SHORTEST_S = 28.0, 14.0  # of a passage, at the voice's own pace
_FEWEST_WORDS, _MOST_WORDS = 6, 24  # of a sentence that is heard alone
_OWN_SILENCE_S = 0.18  # what the voice leaves around a sentence: 45 ms before it, 135 behind it


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance's words and its sound, and how many frames of silence follow."""

    words: tuple[str, ...]
    audio: SpokenAudio
    pause_frames: int

    @property
    def pcm(self) -> bytes:
        """Its sound with the silence."""
        return self.audio.pcm + bytes(2 * self.pause_frames)

    @property
    def seconds(self) -> float:
        """How long both last."""
        return len(self.pcm) / 2 / self.audio.sample_rate


@dataclass(frozen=True, slots=True)
class Passage:
    """What is said one after the other, and heard at once."""

    said: tuple[Said, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """All its words."""
        return tuple(word for one in self.said for word in one.words)

    @property
    def sample_rate(self) -> int:
        """That of all its sounds: it has one voice."""
        return self.said[0].audio.sample_rate

    @property
    def seconds(self) -> float:
        """How long it lasts at the voice's own pace, its pauses included."""
        return sum(one.seconds for one in self.said)

    @property
    def audio(self) -> SpokenAudio:
        """All of it as one sound, as a method gets it that knows nothing of sentences."""
        pcm = b"".join(one.pcm for one in self.said)
        return SpokenAudio(pcm, self.sample_rate, (), Precision.ESTIMATED)


def running_text() -> list[Passage]:
    """Return the first passages of each text: sentence after sentence, as long as fits.

    What is left at the end of a text may be too short for one.
    """
    return [
        passage
        for utterances in _texts()
        for passage in islice(_divided(map(_said, utterances)), _MOST_PASSAGES)
    ]


def lone_sentences() -> list[Passage]:
    """Return sentences of each text that are neither very short nor very long, each for itself."""
    return [
        Passage((_said_alone(utterance),))
        for utterances in _texts()
        for utterance in islice(filter(_is_fitting_sentence, utterances), _MOST_SENTENCES)
    ]


def spoken_sentences(count: int) -> list[SpokenAudio]:
    """Return how the voice that comes with the app says as many sentences."""
    return [_said(utterance).audio for utterance in islice(_utterances(SENTENCES), count)]


def _texts() -> Iterator[Iterator[Utterance]]:
    """Yield what is said of each text that is at hand."""
    yield _utterances(SENTENCES)
    for paragraphs in filter(None, map(story, STORIES)):
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder) / "story.txt"
            text.write_text("\n\n".join(paragraphs), encoding="utf-8")
            yield _utterances(text)
    for file, title in FILES:
        if (SHARED_INPUTS / file).exists():
            yield _utterances(SHARED_INPUTS / file, title)


def _utterances(file: Path, title: str = "") -> Iterator[Utterance]:
    """Return what is said of a text, from the section of that title on."""
    document = open_document(file)
    first = [section.title for section in document.sections].index(title) if title else 0
    return Plan(document).utterances_from(Place(first, 0))


def _divided(said: Iterable[Said]) -> Iterator[Passage]:
    parts: list[Said] = []
    for one in said:
        if parts and Passage((*parts, one)).seconds > _LONGEST_S:
            yield Passage(tuple(parts))
            parts = []
        parts.append(one)
    if (rest := Passage(tuple(parts))).seconds >= _SHORTEST_S:
        yield rest


def _is_fitting_sentence(utterance: Utterance) -> bool:
    is_whole = utterance.span == utterance.sentence
    return is_whole and _FEWEST_WORDS <= len(words_of(utterance.spoken)) <= _MOST_WORDS


def _said(utterance: Utterance) -> Said:
    audio = _engine().synthesise(utterance.spoken, "en", DEFAULT_VOICE, Cancellation())
    pause = pause_frames(utterance.pause, audio.sample_rate)
    return Said(tuple(words_of(utterance.spoken)), audio, pause)


def _said_alone(utterance: Utterance) -> Said:
    said = _said(utterance)
    return Said(said.words, said.audio, round(_OWN_SILENCE_S * said.audio.sample_rate))


@cache
def _engine() -> Engine:
    engine = Engines(Path("none")).find(DEFAULT_VOICE.partition(":")[0])
    assert engine is not None
    engine.load(DEFAULT_VOICE)
    return engine
