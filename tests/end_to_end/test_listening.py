"""Listening with the real voice: marks while it reads, joints without clicks, the second time."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.end_to_end.clicks import MOST, share_heard, worst_click
from tests.end_to_end.desk import SAMPLE_RATE, Desk, wait_until
from tests.end_to_end.test_window import TEXT, Sitting
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.end_to_end

_VOICE_RATE = 22_050


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Return one desk for all these tests."""
    with Desk() as made:
        yield made


@pytest.fixture
def sitting(desk: Desk, tmp_path: Path) -> Sitting:
    """Return a run of the program that keeps what it hands to the device in `tmp_path / "pcm"`."""
    keeper: list[str | Path] = ["-m", "tests.end_to_end.stream_keeper", tmp_path / "pcm"]
    return Sitting(desk, tmp_path, program=keeper)


def assert_no_click(desk: Desk, stream_file: Path, begun_s: float, ended_s: float) -> None:
    """Judge all that was handed to the device; most of what was heard must be that."""
    stream = np.frombuffer(stream_file.read_bytes(), np.int16)
    assert worst_click(stream, _VOICE_RATE) < MOST
    time.sleep(0.3)
    heard = desk.recording().at(begun_s, ended_s)
    assert share_heard(stream, _VOICE_RATE, heard, SAMPLE_RATE) > 0.5


def test_marks_are_made_while_it_reads_without_a_click_or_a_wait(
    desk: Desk, sitting: Sitting, tmp_path: Path
) -> None:
    sitting.get_ready()
    begun = sitting.wait_for("sounding", sitting.press_space())["t"]
    wait_until(lambda: len(sitting.events("word")) > 12, "it doesn't read")
    for _ in range(3):
        desk.press("m")
        time.sleep(1.0)
    ended = time.monotonic()
    assert_no_click(desk, tmp_path / "pcm", begun, ended)
    words = sitting.events("word", begun)
    assert max(np.diff([event["t"] for event in words])) < 1.2
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
    assert_no_click(desk, tmp_path / "pcm", begun, time.monotonic())
    assert sitting.end() == 0


def test_the_second_time_it_sounds_before_the_voice_is_loaded(desk: Desk, tmp_path: Path) -> None:
    first = Sitting(desk, tmp_path, "--play")
    first.wait_for("sounding")
    wait_until(lambda: len(first.events("word")) > 14, "it doesn't read")
    assert first.end() == 0
    again = Sitting(desk, tmp_path, "--play")
    begun = again.wait_for("sounding")["t"]
    loaded = again.wait_for("voice_ready")["t"]
    assert begun < loaded
    first_word = again.events("word")[0]["start"]
    assert first_word > TEXT.index("Then")
    assert again.end() == 0
