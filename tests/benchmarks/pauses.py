"""The silence between sentences and paragraphs as recorded, against what the settings say."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np

from reader.app.paths import user_paths
from reader.app.settings import Settings
from reader.formats.registry import open_document
from reader.speech.engine import Pause
from reader.speech.pauses import USUAL_PAUSES
from reader.speech.planner import Plan
from tests.benchmarks.figures import Figure, at_most, median, percentile
from tests.benchmarks.prose import OWN_TEXT
from tests.benchmarks.running import Program
from tests.end_to_end.desk import SAMPLE_RATE, Desk, Recording

_SPEEDS = (1.0, 2.0)
_PLAYED_S = 45.0
_QUIET = 40  # of 32,768
_SHORTEST_S = 0.05
_NEAR_S = 0.15
_KINDS = (Pause.SENTENCE, Pause.PARAGRAPH)

Place = tuple[int, int]
"""A section and where in it a word starts."""


def measure() -> list[Figure]:
    """Read our own text aloud at two speeds."""
    pauses_before = _pauses_before()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, Desk() as desk:
        for speed in _SPEEDS:
            found = _gaps_ms(desk, Path(name) / f"{speed:g}", speed, pauses_before)
            for kind in _KINDS:
                asked_ms = USUAL_PAUSES.seconds(kind) / speed * 1e3
                gaps, name_of = found[kind], f"{speed:g}×: after a {kind.value}"
                errors = [abs(gap - asked_ms) for gap in gaps]
                figures += [
                    Figure(f"{name_of}, asked", asked_ms, "ms"),
                    Figure(f"{name_of}, median of {len(gaps)}", median(gaps), "ms"),
                    at_most(f"{name_of}, 95 % off by less than", percentile(errors, 95), "ms", 40),
                ]
    return figures


def _pauses_before() -> Mapping[Place, Pause]:
    """Return which pause lies before a word, for the words that begin an utterance."""
    utterances = list(Plan(open_document(OWN_TEXT)).utterances())
    return {
        (after.span.section, after.pieces[0].source_start): before.pause
        for before, after in pairwise(utterances)
    }


def _gaps_ms(
    desk: Desk, folder: Path, speed: float, pauses_before: Mapping[Place, Pause]
) -> Mapping[Pause, list[float]]:
    """Return how long the silences were, by what they are there for."""
    folder.mkdir()
    paths = user_paths(folder / "data")
    paths.data_dir.mkdir()
    Settings(speed=speed).save(paths.settings)
    with Program(desk, folder, OWN_TEXT) as program:
        program.wait_until_ready(desk)
        begin = desk.press("space")
        time.sleep(_PLAYED_S)
        end = desk.press("space")
        time.sleep(1.0)
        lit = [event for event in program.events("word", begin) if event.t < end - 0.5]
        silences = _silences(desk.recording(), begin, end)
    found: defaultdict[Pause, list[float]] = defaultdict(list)
    for event in lit:
        pause = pauses_before.get((event.fields["section"], event.fields["start"]))
        near = [(s, e) for s, e in silences if abs(e - event.t) < _NEAR_S]
        if pause is not None and near:
            start, stop = min(near, key=lambda silence: abs(silence[1] - event.t))
            found[pause].append(float(stop - start) * 1e3)
    return found


def _silences(recording: Recording, begin_s: float, end_s: float) -> list[tuple[float, float]]:
    """Return when nothing was heard, from and to."""
    heard = recording.at(begin_s, end_s)
    loud = np.flatnonzero(np.abs(heard.astype(np.int32)) > _QUIET)
    gaps = np.flatnonzero(np.diff(loud) > _SHORTEST_S * SAMPLE_RATE)
    return [
        (begin_s + loud[gap] / SAMPLE_RATE, begin_s + loud[gap + 1] / SAMPLE_RATE) for gap in gaps
    ]
