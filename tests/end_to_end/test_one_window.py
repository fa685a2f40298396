"""Two programs started with one data folder: the second hands its file to the first, and leaves."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.desk import Desk, wait_until
from tests.end_to_end.test_window import Sitting

pytestmark = pytest.mark.end_to_end

OTHER = "Another text is handed over. It is to be read at once."


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Return one desk for all these tests."""
    with Desk() as made:
        yield made


def start_second(sitting: Sitting, *arguments: str | Path) -> tuple[int | None, str]:
    """Start the program again on the same data folder; return how it ended, None if it stays."""
    data = sitting.text.parent / "data"
    program = sitting.desk.start(sys.executable, "-m", "reader", "--data-dir", data, *arguments)
    end = time.monotonic() + 15
    while program.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    if program.returncode is None:
        return None, ""
    assert program.stdout is not None
    return program.returncode, program.stdout.read()


def windows(desk: Desk, title: str) -> list[str]:
    """Return the ids of the visible windows with such a title."""
    return desk.run("xdotool", "search", "--onlyvisible", "--name", f"^{title} — Sottovoce").split()


def test_the_second_hands_its_file_to_the_first_which_comes_forward_and_reads_it(
    desk: Desk, tmp_path: Path
) -> None:
    sitting = Sitting(desk, tmp_path)
    sitting.get_ready()
    (window,) = windows(desk, "text")
    desk.run("xdotool", "windowminimize", window)
    wait_until(lambda: not windows(desk, "text"), "it is not minimised")
    other = tmp_path / "other.txt"
    other.write_text(OTHER, encoding="utf-8")
    begun = time.monotonic()
    assert start_second(sitting, "--play", os.path.relpath(other)) == (0, "")
    sitting.wait_for("sounding", begun)
    wait_until(lambda: windows(desk, "other") == [window], "it does not come forward")
    wait_until(
        lambda: desk.run("xdotool", "getactivewindow").strip() == window, "it is not in front"
    )
    word = sitting.wait_for("word", begun)
    assert OTHER[word["start"] : word["end"]] == "Another"
    assert sitting.end() == 0


def test_after_a_kill_the_next_has_the_window(desk: Desk, tmp_path: Path) -> None:
    sitting = Sitting(desk, tmp_path)
    sitting.get_ready()
    sitting.program.send_signal(signal.SIGKILL)
    sitting.program.wait()
    again = Sitting(desk, tmp_path)
    again.wait_for("painted")
    desk.wait_for_window("text")
    assert again.end() == 0


def test_a_first_that_hangs_is_left_alone_and_the_second_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    sitting = Sitting(desk, tmp_path)
    sitting.get_ready()
    sitting.program.send_signal(signal.SIGSTOP)
    try:
        second = Sitting(desk, tmp_path)
        second.wait_for("painted")
        wait_until(lambda: len(windows(desk, "text")) == 2, "no second window")
        assert second.end() == 0
    finally:
        sitting.program.send_signal(signal.SIGCONT)
    time.sleep(0.5)
    assert not sitting.events("handed_over")
    assert sitting.end() == 0


def test_pictures_and_commands_go_their_own_way(desk: Desk, tmp_path: Path) -> None:
    sitting = Sitting(desk, tmp_path)
    sitting.get_ready()
    picture = tmp_path / "picture.png"
    assert start_second(sitting, "--screenshot", picture, sitting.text)[0] == 0
    assert picture.exists()
    code, printed = start_second(sitting, "text", sitting.text)
    assert (code, printed.strip()) == (0, sitting.text.read_text().strip())
    assert sitting.end() == 0
