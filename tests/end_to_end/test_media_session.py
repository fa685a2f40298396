"""The window as the desktop's remote control sees it, over a private bus."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.desk import Desk, wait_until
from tests.end_to_end.test_window import Sitting
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.end_to_end

PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"


@contextmanager
def seen_by_remotes(folder: Path) -> Iterator[Sitting]:
    """Give a window that remote controls can see."""
    with Desk() as desk:
        sitting = Sitting(desk, folder)
        sitting.get_ready()
        wait_until(lambda: "sottovoce" in players(desk), "no player on the bus")
        yield sitting


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sitting]:
    """Give a window for all tests that leave it open."""
    with seen_by_remotes(tmp_path_factory.mktemp("sitting")) as sitting:
        yield sitting


@pytest.fixture
def sitting(lasting: Sitting) -> Sitting:
    """Give it as it was when it was opened: paused at the beginning."""
    control(lasting, "pause")
    control(lasting, "position", "0")
    wait_until(lambda: float(control(lasting, "position")) == 0, "it is not at the beginning")
    return lasting


def players(desk: Desk) -> list[str]:
    """Return the names of the players on the bus."""
    return desk.run("playerctl", "-l").split()


def control(sitting: Sitting, *words: str) -> str:
    """Use the remote control; return what it says."""
    return sitting.desk.run("playerctl", *words).strip()


def call(sitting: Sitting, method: str, *arguments: str) -> str:
    """Call a method of the player's object; return the answer with its types."""
    words = ["dbus-send", "--print-reply", "--dest=org.mpris.MediaPlayer2.sottovoce"]
    return sitting.desk.run(*words, "/org/mpris/MediaPlayer2", method, *arguments)


def test_a_remote_control_plays_moves_and_pauses(sitting: Sitting) -> None:
    assert control(sitting, "status") == "Paused"
    began = time.monotonic()
    control(sitting, "play")
    sitting.wait_for("sounding", began)
    assert control(sitting, "status") == "Playing"
    assert "The voice begins" in control(sitting, "metadata", "xesam:asText")
    asked = time.monotonic()
    control(sitting, "next")
    moved = sitting.wait_for("seek", asked)["t"]  # until it came, words of before went on sounding
    assert sitting.wait_for("word", moved)["start"] == sitting.text.read_text().index("Then")
    control(sitting, "pause")
    assert control(sitting, "status") == "Paused"
    assert "Then it goes on" in control(sitting, "metadata", "xesam:asText")


def test_times_are_told_with_the_type_that_controls_expect(sitting: Sitting) -> None:
    times = control(sitting, "metadata", "--format", "{{title}} {{duration(mpris:length)}}")
    title, _, length = times.partition(" ")
    assert title == "text"
    assert ":" in length
    position = call(sitting, f"{PROPERTIES}.Get", f"string:{PLAYER}", "string:Position")
    assert "variant       int64" in position


def test_the_rate_is_kept_within_what_the_voice_can_do(sitting: Sitting) -> None:
    set_rate = (f"{PROPERTIES}.Set", f"string:{PLAYER}", "string:Rate")
    call(sitting, *set_rate, "variant:double:9")
    rate = call(sitting, f"{PROPERTIES}.Get", f"string:{PLAYER}", "string:Rate")
    assert rate.split()[-2:] == ["double", "4"]


def test_moving_by_time_is_told_to_those_who_listen(sitting: Sitting) -> None:
    control(sitting, "position", "8")
    wait_until(lambda: float(control(sitting, "position")) > 6, "it did not move")


def test_a_second_window_has_a_name_of_its_own(sitting: Sitting, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    other = Sitting(sitting.desk, second)
    name = f"sottovoce.instance{other.program.pid}"
    wait_until(lambda: name in players(sitting.desk), f"no {name}")
    assert other.end() == 0


def test_quit_closes_the_window(tmp_path: Path) -> None:
    with seen_by_remotes(tmp_path) as sitting:
        call(sitting, "org.mpris.MediaPlayer2.Quit")
        assert sitting.program.wait(PATIENCE_S) == 0


def test_without_a_bus_the_window_works(tmp_path: Path) -> None:
    with Desk() as desk:
        desk.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={tmp_path}/nothing"
        sitting = Sitting(desk, tmp_path)
        sitting.get_ready()
        pressed = desk.press("space")
        sitting.wait_for("sounding", pressed)
        assert sitting.program.poll() is None
