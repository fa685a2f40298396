"""The moment a word is lit in the window against the moment it sounds in the recording."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from reader.app.paths import user_paths
from reader.app.settings import Settings
from tests.benchmarks.figures import Figure, at_most, median, percentile
from tests.benchmarks.kept_audio import (
    KeptUtterance,
    find_sound,
    find_word,
    kept_utterances,
)
from tests.benchmarks.prose import OWN_TEXT
from tests.benchmarks.running import Event, Program
from tests.end_to_end.desk import SAMPLE_RATE, Desk, Recording

_PLAYED_S = {1.0: 45.0, 0.75: 20.0, 2.0: 20.0}
_SURE = 0.9  # of 1: how alike an utterance and its recording have to be
_SURE_WORD = 0.75
_MARGIN_S = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """What one run gave: each judged word's error in ms, positive where it was lit late."""

    errors_ms: list[float]
    lit_count: int


def measure() -> list[Figure]:
    """Read our own text aloud in a real window at several speeds."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, Desk() as desk:
        for speed, played_s in _PLAYED_S.items():
            run = _run(desk, Path(name) / str(speed), speed, played_s)
            errors = [abs(error) for error in run.errors_ms]
            words = f"{len(errors)} of {run.lit_count} words judged"
            figures += [
                at_most(f"{speed:g}×: median error, {words}", median(errors), "ms", 15),
                at_most(f"{speed:g}×: largest error", percentile(errors, 100), "ms", 40),
                Figure(
                    f"{speed:g}×: lit late (+) or early (-), median", median(run.errors_ms), "ms"
                ),
            ]
    return figures


def _run(desk: Desk, folder: Path, speed: float, played_s: float) -> Run:
    folder.mkdir()
    paths = user_paths(folder / "data")
    paths.data_dir.mkdir()
    Settings(speed=speed).save(paths.settings)
    with Program(desk, folder, OWN_TEXT, keeps_audio=True) as program:
        program.wait_until_ready(desk)
        begin = desk.press("space")
        time.sleep(played_s)
        end = desk.press("space")
        time.sleep(1.0)
        lit = [event for event in program.events("word", begin) if event.t < end - _MARGIN_S]
        recording = desk.recording()
    utterances = kept_utterances(folder / "audio")
    errors = [_errors_ms(utterance, lit, recording, speed) for utterance in utterances]
    return Run([error for found in errors for error in found], len(lit))


def _errors_ms(
    utterance: KeptUtterance, lit: list[Event], recording: Recording, speed: float
) -> list[float]:
    """Return how late each word of an utterance was lit; nothing if it was not heard whole."""
    moments = {(event.fields["section"], event.fields["start"]): event.t for event in lit}
    places = [(word.section, word.start) for word in utterance.words]
    if not places or any(place not in moments for place in places):
        return []
    lit_s = [moments[place] for place in places]
    first_s = lit_s[0]
    if speed == 1.0:
        end_s = first_s + len(utterance.samples) / SAMPLE_RATE + _MARGIN_S
        whole = find_sound(utterance.samples, recording, first_s - _MARGIN_S, end_s)
        found = [replace(whole, start_s=whole.start_s + word.start_s) for word in utterance.words]
    else:
        found = [
            find_word(utterance, word.start_s, speed, recording, moment)
            for word, moment in zip(utterance.words, lit_s, strict=True)
        ]
    sure = _SURE if speed == 1.0 else _SURE_WORD
    return [
        (moment - match.start_s) * 1e3
        for match, moment in zip(found, lit_s, strict=True)
        if match.likeness >= sure
    ]
