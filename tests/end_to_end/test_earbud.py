"""The sound device goes and comes back while the real program reads aloud."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.end_to_end.desk import SINK, Desk, wait_until
from tests.end_to_end.test_window import TEXT, Sitting, words_of

pytestmark = pytest.mark.end_to_end


def unload_sink(desk: Desk) -> None:
    """Take the sound device away."""
    modules = desk.run("pactl", "list", "short", "modules").splitlines()
    (number,) = (line.split()[0] for line in modules if f"sink_name={SINK}" in line)
    desk.run("pactl", "unload-module", number)


def device_told(sitting: Sitting, after: float) -> str:
    """Return what is told of the device next; that it ran dry may be where the machine is busy."""

    def told() -> list[str]:
        states = [str(event["state"]) for event in sitting.events("device", after)]
        return [state for state in states if state != "dry"]

    wait_until(lambda: bool(told()), "nothing is told of the device")
    return told()[0]


def test_the_earbud_goes_it_pauses_at_the_word_and_when_back_waits_to_be_asked(
    tmp_path: Path,
) -> None:
    with Desk() as desk:
        sitting = Sitting(desk, tmp_path)
        sitting.get_ready()
        sitting.wait_for("word", sitting.press_space())
        time.sleep(1.5)
        gone = time.monotonic()
        unload_sink(desk)
        assert device_told(sitting, gone) == "lost"
        paused = sitting.wait_for("pause", gone)["t"]
        before = words_of(sitting.events("word"))
        back = time.monotonic()
        desk.run("pactl", "load-module", "module-null-sink", f"sink_name={SINK}")
        # without a listener a null sink asks for frames every two seconds
        desk.start("sh", "-c", f"exec parec -d {SINK}.monitor --latency-msec=5 > /dev/null")
        assert device_told(sitting, back) == "found"
        time.sleep(2.0)
        assert not sitting.events("play", paused)
        assert not sitting.events("word", back)
        asked = sitting.press_space()
        sitting.wait_for("sounding", asked)
        after = words_of([sitting.wait_for("word", asked)])[0]
        spoken = TEXT.replace(",", "").replace(".", "").split()
        assert before == spoken[: len(before)]
        assert after in spoken[len(before) - 1 : len(before) + 1], "at that word"
        assert sitting.end() == 0
