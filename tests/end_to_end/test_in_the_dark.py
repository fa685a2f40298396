"""The real window in the dark, on a real screen."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.end_to_end.desk import Desk, wait_until
from tests.end_to_end.test_window import Sitting
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.end_to_end

BUS = ("dbus-send", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus")


@pytest.fixture
def sitting(tmp_path: Path) -> Iterator[Sitting]:
    """Give a window with the voice ready."""
    with Desk() as desk:
        sitting = Sitting(desk, tmp_path)
        sitting.get_ready()
        yield sitting


def brightness_of_ring(sitting: Sitting, path: Path) -> int:
    """Return how bright the upper half of the screen is, summed over a grid."""
    sitting.desk.screenshot(path)
    image = QImage(str(path))
    return sum(
        image.pixelColor(x, y).red()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height() * 2 // 3, 3)
    )


def bus_connections(sitting: Sitting) -> int:
    """Return how many connections the bus has."""
    return sitting.desk.run(*BUS, "org.freedesktop.DBus.ListNames").count('":1.')


def test_the_ring_swells_with_the_voice_and_the_light_comes_back(
    sitting: Sitting, tmp_path: Path
) -> None:
    picture = tmp_path / "screen.png"
    light = brightness_of_ring(sitting, picture)
    sitting.desk.press("F11")
    wait_until(lambda: brightness_of_ring(sitting, picture) < light / 5, "it is not dark")
    at_rest = brightness_of_ring(sitting, picture)
    pressed = sitting.desk.press("space")
    sitting.wait_for("sounding", pressed)
    seen: list[int] = []
    while time.monotonic() < pressed + 4.0:
        seen.append(brightness_of_ring(sitting, picture))
    assert max(seen) > at_rest * 1.1
    sitting.desk.press("Escape")
    wait_until(lambda: brightness_of_ring(sitting, picture) > light / 2, "it stays dark")


def test_the_desktop_is_asked_to_stay_awake_only_while_it_reads(sitting: Sitting) -> None:
    wait_until(lambda: "sottovoce" in sitting.desk.run("playerctl", "-l"), "not on the bus")
    before = bus_connections(sitting)
    monitor = sitting.desk.start("dbus-monitor", "interface=org.freedesktop.ScreenSaver")
    sitting.desk.press("F11")
    sitting.desk.press("space")
    # the monitor leaves its own name when it begins to listen, so that only the wish counts
    wait_until(lambda: bus_connections(sitting) == before + 1, "nobody asked")
    sitting.desk.press("space")
    wait_until(lambda: bus_connections(sitting) == before, "it is still kept awake")
    monitor.terminate()
    said, _ = monitor.communicate(timeout=PATIENCE_S)
    assert "member=Inhibit" in said
    assert "Reading aloud" in said
    assert sitting.program.poll() is None


def test_leaving_in_the_dark_ends_the_program(sitting: Sitting) -> None:
    sitting.desk.press("F11")
    sitting.desk.press("space")
    sitting.desk.press("ctrl+q")
    try:
        assert sitting.program.wait(PATIENCE_S) == 0
    except subprocess.TimeoutExpired:
        pytest.fail("it stays")


def test_a_window_ended_in_the_dark_comes_back_where_it_stood_in_the_light(
    sitting: Sitting, tmp_path: Path
) -> None:
    desk = sitting.desk
    window = desk.wait_for_window("text")

    def place(window: str) -> list[str]:
        return desk.run("xdotool", "getwindowgeometry", "--shell", window).splitlines()[1:5]

    desk.run("xdotool", "windowsize", "--sync", window, "900", "600")
    desk.run("xdotool", "windowmove", "--sync", window, "200", "120")
    light = place(window)
    desk.press("F11")
    wait_until(lambda: "WIDTH=1280" in place(window), "it is not dark")
    assert sitting.end() == 0
    again = Sitting(desk, tmp_path)
    window = desk.wait_for_window("text")
    wait_until(lambda: place(window) == light, f"it stands elsewhere: {place(window)}")
    assert again.end() == 0
