"""Word times of `speak --marks` against forced alignment by an independent aligner.

Every utterance whose spoken words the aligner's dictionary has is aligned with its sound; a word
of the source ("1784") starts where the first of its spoken words does ("seventeen").
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import time
import wave
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from reader.formats.registry import open_document
from reader.speech.engine import Utterance
from reader.speech.planning.planner import Plan
from reader.text.document import Document
from tests.benchmarks.figures import Figure, at_least, at_most, median, percentile
from tests.benchmarks.prose import long_prose
from tests.benchmarks.running import SOTTOVOCE
from tests.speech.forced_alignment import NotAligned, known_words, word_starts

_WORDS = 2_600  # so many are read, for some can't be judged
_LEAD_S = 0.12
_SPEAKING_TIMEOUT_S = 500

Place = tuple[int, int, int]
"""Section, start and end of a word."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What `speak` wrote: int16 mono PCM, and the start and end of each word in seconds."""

    pcm: bytes
    sample_rate: int
    marks: Mapping[Place, tuple[float, float]]

    def between(self, start_s: float, end_s: float) -> bytes:
        """Return the PCM between two moments."""
        first, last = (max(0, round(s * self.sample_rate)) * 2 for s in (start_s, end_s))
        return self.pcm[first:last]

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return len(self.pcm) / 2 / self.sample_rate


@dataclass(frozen=True, slots=True)
class Error:
    """How late a mark is, in ms, and whether its word is spoken otherwise than it is written."""

    late_ms: float
    is_rewritten: bool


def measure() -> list[Figure]:
    """Speak prose into a file and judge its marks."""
    with tempfile.TemporaryDirectory() as name:
        text = Path(name) / "prose.txt"
        text.write_text(long_prose(_WORDS), encoding="utf-8")
        document = open_document(text)
        begun = time.monotonic()
        sound = _speak(text)
        taken_s = time.monotonic() - begun
    utterances = list(Plan(document).utterances())
    errors = [error for utterance in utterances for error in _errors(utterance, sound)]
    late = [error.late_ms for error in errors]
    rewritten = [abs(error.late_ms) for error in errors if error.is_rewritten]
    absolute = [abs(ms) for ms in late]
    return [
        at_least(f"words judged, of {len(sound.marks):,} read", len(errors), "", 2_000),
        at_most("median error", median(absolute), "ms", 20),
        at_most("95 % within", percentile(absolute, 95), "ms", 60),
        Figure("99 % within", percentile(absolute, 99), "ms"),
        Figure("late (+) or early (-), median", median(late), "ms"),
        at_most(
            f"numbers and the like ({len(rewritten)}): median error", median(rewritten), "ms", 20
        ),
        at_most("the same, 95 % within", percentile(rewritten, 95), "ms", 60),
        at_most(
            "words without a mark of their exact span",
            _unmarked(document, utterances, sound),
            "",
            0,
        ),
        Figure("time taken, by what it lasts", taken_s / sound.duration_s, "×"),
    ]


def _speak(text: Path) -> Sound:
    wav, marks = text.with_suffix(".wav"), text.with_suffix(".json")
    command: list[str | Path] = [
        SOTTOVOCE,
        "--data-dir",
        text.parent / "data",
        "speak",
        text,
        "-o",
        wav,
    ]
    subprocess.run(
        [*command, "--marks", marks], check=True, capture_output=True, timeout=_SPEAKING_TIMEOUT_S
    )
    with wave.open(str(wav)) as audio:
        pcm, rate = audio.readframes(audio.getnframes()), audio.getframerate()
    words = json.loads(marks.read_text(encoding="utf-8"))["words"]
    times = {(w["section"], w["start"], w["end"]): (w["begin_s"], w["end_s"]) for w in words}
    return Sound(pcm, rate, times)


def _errors(utterance: Utterance, sound: Sound) -> Iterator[Error]:
    """Yield the error of each word of an utterance; none if it can't be aligned."""
    section, spoken = utterance.span.section, utterance.spoken.lower().replace("’", "'")
    words = list(re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)*", spoken))
    places = [(section, piece.source_start, piece.source_end) for piece in utterance.pieces]
    if not known_words() >= {word[0] for word in words} or not sound.marks.keys() >= set(places):
        return
    begin_s, end_s = sound.marks[places[0]][0], sound.marks[places[-1]][1]
    others = [times for place, times in sound.marks.items() if place not in set(places)]
    lead_s = max([0.0, begin_s - _LEAD_S, *(end for _, end in others if end <= begin_s)])
    tail_s = min([end_s + _LEAD_S, *(begin for begin, _ in others if begin >= end_s)])
    try:
        starts = word_starts(
            sound.between(lead_s, tail_s), sound.sample_rate, [word[0] for word in words]
        )
    except NotAligned:
        return
    start_of = {word.start(): lead_s + start for word, start in zip(words, starts, strict=True)}
    for piece, place in zip(utterance.pieces, places, strict=True):
        inside = [at for at in start_of if piece.spoken_start <= at < piece.spoken_end]
        if inside:
            written = spoken[piece.spoken_start : piece.spoken_end]
            is_rewritten = len(inside) > 1 or piece.source_end - piece.source_start != len(written)
            yield Error((sound.marks[place][0] - start_of[inside[0]]) * 1e3, is_rewritten)


def _unmarked(document: Document, utterances: list[Utterance], sound: Sound) -> int:
    """Count what is spoken without a mark, in two marks, or with one that is not its word's."""
    faults = 0
    for utterance in utterances:
        span = utterance.span
        text = document.sections[span.section].text
        marks = sorted(
            p[1:] for p in sound.marks if p[0] == span.section and span.start <= p[1] < span.end
        )
        marked = Counter(at for start, end in marks for at in range(start, end))
        runs = re.finditer(r"[^\W_]+", text[span.start : span.end])
        faults += sum(
            any(marked[span.start + at] != 1 for at in range(run.start(), run.end()))
            for run in runs
        )
        # a mark that holds more than its word; to an abbreviation belongs its full stop
        faults += sum(
            text[start:end] != text[start:end].strip(" ,;:!?—“”‘\n").lstrip(".")
            for start, end in marks
        )
        times = [sound.marks[(span.section, start, end)][0] for start, end in marks]
        faults += sum(later < earlier for earlier, later in pairwise(times))
    return faults
