"""Listening with the real voice: marks while it reads, joints without clicks, the second time."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.end_to_end.clicks import MOST, PIECE_S, heard_as_handed, worst_click
from tests.end_to_end.desk import SAMPLE_RATE, Desk, wait_until
from tests.end_to_end.stream_keeper import (
    broken_off,
    kept_stream,
    kept_stretches,
    longest_silence,
)
from tests.end_to_end.test_window import TEXT, Sitting, words_of
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.end_to_end

_VOICE_RATE = 22_050
_QUIET, _LONGEST_PAUSE_S = 200, 0.9
_LEAST_HEARD_S = 0.5
"""That must be heard exactly as it was handed over, however often the device ran dry."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Return one desk for all these tests."""
    with Desk() as made:
        yield made


@pytest.fixture
def sitting(desk: Desk, tmp_path: Path) -> Sitting:
    """Return a run of the program that keeps what it hands to the device in `tmp_path`."""
    keeper: list[str | Path] = ["-m", "tests.end_to_end.stream_keeper", tmp_path]
    return Sitting(desk, tmp_path, program=keeper)


def assert_no_click(desk: Desk, folder: Path, begun_s: float, ended_s: float) -> None:
    """Judge all that was handed to the device; that is what was heard, unless it ran dry."""
    assert max(worst_click(part, _VOICE_RATE) for part in kept_stretches(folder)) < MOST
    wait_until(lambda: desk.recording().reaches(ended_s), "nothing is recorded any more")
    heard = desk.recording().at(begun_s, ended_s)
    found = heard_as_handed(kept_stream(folder), _VOICE_RATE, heard, SAMPLE_RATE)
    assert sum(is_alike for _, is_alike in found) * PIECE_S > _LEAST_HEARD_S
    broken = [(start_s - begun_s, end_s - begun_s) for start_s, end_s in broken_off(folder)]
    whole = [
        is_alike
        for at_s, is_alike in found
        if not any(start_s < at_s + PIECE_S and at_s < end_s for start_s, end_s in broken)
    ]
    assert not whole or np.mean(whole) > 0.9


def test_marks_are_made_while_it_reads_without_a_click_or_a_wait(
    desk: Desk, sitting: Sitting, tmp_path: Path
) -> None:
    sitting.get_ready()
    begun = sitting.wait_for("sounding", sitting.press_space())["t"]
    wait_until(lambda: len(sitting.events("word")) > 12, "it doesn't read")
    for _ in range(3):
        desk.press("m")
        time.sleep(1.0)
    assert_no_click(desk, tmp_path, begun, time.monotonic())
    assert longest_silence(tmp_path, _QUIET) < _LONGEST_PAUSE_S * _VOICE_RATE
    words = words_of(sitting.events("word"))
    assert words == re.findall(r"\w+", TEXT)[: len(words)]
    assert sitting.end() == 0
    data_dir = str(tmp_path / "data")
    command = ["-m", "reader", "--data-dir", data_dir, "notes", "list", str(sitting.text), "--json"]
    listed = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=True, timeout=PATIENCE_S
    )
    marked = [note["tags"] for note in json.loads(listed.stdout)]
    assert marked
    assert all(tags == ["inbox"] for tags in marked)


def test_nothing_clicks_wherever_the_sound_is_cut_or_changed(
    desk: Desk, sitting: Sitting, tmp_path: Path
) -> None:
    sitting.get_ready()
    begun = sitting.wait_for("sounding", sitting.press_space())["t"]
    chance = random.Random(11)
    keys = ["space", "space", "Right", "Left", "bracketright", "Left", "bracketleft", "Left"]
    for key in keys * 3:
        time.sleep(chance.uniform(0.25, 0.6))
        desk.press(key)
    assert_no_click(desk, tmp_path, begun, time.monotonic())
    assert sitting.end() == 0


def test_the_second_time_it_sounds_before_the_voice_is_loaded(desk: Desk, tmp_path: Path) -> None:
    first = Sitting(desk, tmp_path, "--play")
    wait_until(lambda: len(first.events("word")) > 14, "it doesn't read")
    first.press_space()
    first.wait_for("pause")
    kept = tmp_path / "data" / "cache" / "speech"
    wait_until(lambda: len(list(kept.iterdir())) >= TEXT.count("."), "what was said isn't kept")
    assert first.end() == 0
    may_load = tmp_path / "may-load"
    late: list[str | Path] = ["-m", "tests.end_to_end.late_voice", may_load]
    again = Sitting(desk, tmp_path, "--play", program=late)
    begun = again.wait_for("sounding")["t"]
    may_load.touch()
    assert again.wait_for("voice_ready")["t"] > begun
    first_word = again.events("word")[0]["start"]
    assert first_word > TEXT.index("Then")
    assert again.end() == 0
