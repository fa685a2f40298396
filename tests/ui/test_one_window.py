"""One window a data folder: wishes handed over, crashes and hangs survived."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.app.paths import user_paths
from reader.file_lock import FileLock
from reader.text.address import address_from
from reader.ui import one_window
from reader.ui.one_window import OneWindow, Seat, Wish, wish_of
from reader.ui.other_starts import OtherStarts, hand_over
from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
ADDRESS = address_from("sottovoce:open?text=0123456789abcdef&at=2:34")


@pytest.fixture
def first(tmp_path: Path) -> Iterator[OtherStarts]:
    """The program that has the window, listening."""
    one = OneWindow(user_paths(tmp_path))
    assert one.take_seat(Wish(None), hand_over) is Seat.FIRST
    others = OtherStarts(one)
    yield others
    others.close()
    one.leave()


_SECOND_PROGRAM = """
import os
import sys
import time
from pathlib import Path
from reader.app.paths import user_paths
from reader.cli.arguments import parse_arguments
from reader.ui import other_starts
from reader.ui.one_window import OneWindow, wish_of
patience_ms = os.environ.get("ANSWERS_WITHIN_MS", other_starts.ANSWERS_WITHIN_MS)
other_starts.ANSWERS_WITHIN_MS = int(patience_ms)
if "WAITS_FOR" in os.environ:
    answer_on, go = other_starts._answer_on, Path(os.environ["WAITS_FOR"])
    def answered(socket):
        answer = answer_on(socket)
        go.with_suffix(".taken").touch()
        while not go.exists():
            time.sleep(0.01)
        return answer
    other_starts._answer_on = answered
options = parse_arguments(sys.argv[1:])
print("asking", flush=True)
one = OneWindow(user_paths(options.data_dir))
print(one.take_seat(wish_of(options.file, plays=options.play), other_starts.hand_over), flush=True)
"""


class Second:
    """A program started beside the first, up to where it would open a window."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-c", _SECOND_PROGRAM, "--data-dir", folder, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, **variables},
        )
        assert self._program.stdout is not None
        assert self._program.stdout.readline() == "asking\n"

    @property
    def has_ended(self) -> bool:
        return self._program.poll() is not None

    def seat(self) -> str:
        """Return its seat, once it has one."""
        return self._program.communicate(timeout=PATIENCE_S)[0].strip()


@pytest.mark.parametrize(
    ("arguments", "variables", "wish"),
    [
        pytest.param(
            ["/texts/her review ünï.txt", "--play"],
            {},
            Wish(Path("/texts/her review ünï.txt"), plays=True),
            id="a file, to be played",
        ),
        pytest.param([str(ADDRESS)], {}, Wish(ADDRESS), id="an address"),
        pytest.param(["https://a.example/b"], {}, Wish("https://a.example/b"), id="a web page"),
        pytest.param(
            [],
            {"XDG_ACTIVATION_TOKEN": "abc", "DESKTOP_STARTUP_ID": "d_TIME1"},
            Wish(None, False, (("XDG_ACTIVATION_TOKEN", "abc"), ("DESKTOP_STARTUP_ID", "d_TIME1"))),
            id="nothing but to be seen",
        ),
    ],
)
def test_a_second_hands_its_wish_over(
    arguments: list[str],
    variables: dict[str, str],
    wish: Wish,
    first: OtherStarts,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    with qtbot.waitSignal(first.wished) as told:
        second = Second(tmp_path, *arguments, **variables)
    assert told.args == [wish]
    assert second.seat() == Seat.HANDED_OVER


def test_a_path_is_that_of_the_program_it_was_given_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token")
    monkeypatch.delenv("DESKTOP_STARTUP_ID", raising=False)
    wish = wish_of(Path("a.txt"), plays=False)
    assert wish == Wish(tmp_path / "a.txt", False, (("XDG_ACTIVATION_TOKEN", "token"),))


def test_each_data_folder_has_a_window_of_its_own(tmp_path: Path) -> None:
    seats = [OneWindow(user_paths(tmp_path / name)) for name in ("one", "other")]
    assert [one.take_seat(Wish(None), hand_over) for one in seats] == [Seat.FIRST] * 2
    for one in seats:
        one.leave()


def test_a_first_that_hangs_keeps_nobody_and_opens_nothing_late(
    first: OtherStarts, qtbot: QtBot, tmp_path: Path
) -> None:
    wishes: list[Wish] = []
    first.wished.connect(wishes.append)
    # no event loop runs here meanwhile
    second = Second(tmp_path, "/a.txt", ANSWERS_WITHIN_MS="800")
    assert second.seat() == Seat.BESIDE
    qtbot.wait(200)
    assert wishes == []


def test_a_wish_told_to_one_that_is_leaving_is_not_lost(qtbot: QtBot, tmp_path: Path) -> None:
    first, go = OneWindow(user_paths(tmp_path)), tmp_path / "go"
    assert first.take_seat(Wish(None), hand_over) is Seat.FIRST
    others = OtherStarts(first)
    wishes: list[Wish] = []
    others.wished.connect(wishes.append)
    second = Second(tmp_path, "/a.txt", WAITS_FOR=str(go))
    qtbot.waitUntil(go.with_suffix(".taken").exists)
    others.close()
    go.touch()
    qtbot.wait(50)
    first.leave()
    assert second.seat() == Seat.FIRST
    assert wishes == []


def test_one_started_at_the_same_moment_waits_until_the_first_listens(
    qtbot: QtBot, tmp_path: Path
) -> None:
    first = OneWindow(user_paths(tmp_path))
    assert first.take_seat(Wish(None), hand_over) is Seat.FIRST
    second = Second(tmp_path, "/b.txt")
    qtbot.wait(200)
    assert not second.has_ended
    others = OtherStarts(first)
    with qtbot.waitSignal(others.wished):
        pass
    assert second.seat() == Seat.HANDED_OVER
    others.close()
    first.leave()


def test_when_the_first_leaves_who_waits_takes_its_seat(tmp_path: Path) -> None:
    first = OneWindow(user_paths(tmp_path))
    assert first.take_seat(Wish(None), hand_over) is Seat.FIRST
    second = Second(tmp_path)
    first.leave()
    assert second.seat() == Seat.FIRST


def test_a_first_that_never_listens_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(one_window, "STARTS_WITHIN_S", 0.2)
    lock = FileLock(user_paths(tmp_path).window_lock)
    assert lock.take()
    assert OneWindow(user_paths(tmp_path)).take_seat(Wish(None), hand_over) is Seat.BESIDE
    lock.release()


_FIRST_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from reader.app.paths import user_paths
from reader.ui.one_window import OneWindow, Wish
from reader.ui.other_starts import OtherStarts, hand_over
application = QCoreApplication([])
one = OneWindow(user_paths(Path(sys.argv[1])))
print(one.take_seat(Wish(None), hand_over), flush=True)
others = OtherStarts(one)
print("listening", flush=True)
application.exec()
"""


def test_what_a_killed_one_leaves_keeps_nobody_and_is_cleared_away(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _FIRST_PROGRAM, tmp_path],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert program.stdout is not None
    assert [program.stdout.readline().strip() for _ in range(2)] == ["first", "listening"]
    left = Path(user_paths(tmp_path).window_address.read_text())
    os.kill(program.pid, signal.SIGKILL)
    program.communicate()
    if os.name == "posix":
        assert left.exists()
    one = OneWindow(user_paths(tmp_path))
    asked: list[Wish] = []
    assert one.take_seat(Wish(None), lambda _file, wish: asked.append(wish)) is Seat.FIRST
    assert asked == []
    others = OtherStarts(one)
    assert not left.exists()
    assert user_paths(tmp_path).window_address.read_text() != str(left)
    others.close()
    one.leave()
    assert not user_paths(tmp_path).window_address.exists()


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"no JSON\n",
        b"[]\n",
        b'{"path": 3, "plays": true, "tokens": {}}\n',
        b'{"address": "sottovoce:nothing", "plays": true, "tokens": {}}\n',
        b'{"path": "/a", "plays": true, "tokens": ["PATH"]}\n',
        b"x" * 100_000,
    ],
)
def test_what_is_no_wish_does_no_harm(line: bytes, first: OtherStarts, qtbot: QtBot) -> None:
    from PySide6.QtNetwork import QLocalSocket

    wishes: list[Wish] = []
    first.wished.connect(wishes.append)
    socket = QLocalSocket()
    socket.connectToServer(first.server_name)
    assert socket.waitForConnected(1000)
    socket.write(line)
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert wishes == []


def test_no_variable_but_those_of_launchers_is_taken(first: OtherStarts, qtbot: QtBot) -> None:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(first.server_name)
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(first.wished) as told:
        socket.write(b'{"path": "/a", "plays": true, "tokens": {"PATH": "/evil"}}\nstill there\n')
    assert told.args == [Wish(Path("/a"), plays=True)]


def test_where_nothing_can_be_written_each_has_a_window(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file")
    for _ in range(2):
        one = OneWindow(user_paths(in_the_way))
        assert one.take_seat(Wish(None), hand_over) is Seat.FIRST
        others = OtherStarts(one)
        others.close()
        one.leave()
