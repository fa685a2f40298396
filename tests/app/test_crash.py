"""Whatever ends the program unasked is written down, and told once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader.app.crash import CrashLog
from tests.patience import PATIENCE_S

START = """
import sys, threading
from pathlib import Path
from reader.app.crash import CrashLog
log = CrashLog(Path(sys.argv[1]))
log.start()
"""


def run_until_it_ends(path: Path, code: str) -> str:
    """Run a program of its own that keeps a crash log; return what it wrote to standard error."""
    command = [sys.executable, "-c", START + code, str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S).stderr


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("raise ValueError('our own bug')", "ValueError: our own bug", id="uncaught"),
        pytest.param(
            "t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()",
            "ZeroDivisionError",
            id="uncaught in a thread",
        ),
        pytest.param(
            "import ctypes; ctypes.string_at(0)", "Segmentation fault", id="a native crash"
        ),
    ],
)
def test_a_crash_is_written_down_and_told_once(tmp_path: Path, code: str, words: str) -> None:
    path = tmp_path / "data" / "crash.log"
    run_until_it_ends(path, code)
    kept = CrashLog(path).take_last()
    assert kept is not None
    assert words in kept.read_text()
    assert not path.exists()
    assert CrashLog(path).take_last() is None


def test_the_version_is_written_with_it_and_the_terminal_shows_it_too(tmp_path: Path) -> None:
    path = tmp_path / "crash.log"
    shown = run_until_it_ends(path, "raise ValueError('our own bug')")
    assert "ValueError: our own bug" in shown
    assert path.read_text().startswith("sottovoce ")


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("log.close()", id="closed"),
        pytest.param("import sys; sys.exit(3)", id="left without closing"),
        pytest.param("raise KeyboardInterrupt", id="interrupted"),
        pytest.param(
            "t = threading.Thread(target=sys.exit); t.start(); t.join()", id="a thread that ended"
        ),
    ],
)
def test_an_end_that_was_meant_is_no_crash(tmp_path: Path, code: str) -> None:
    path = tmp_path / "crash.log"
    run_until_it_ends(path, code)
    assert CrashLog(path).take_last() is None


def test_a_log_with_nothing_in_it_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "crash.log"
    run_until_it_ends(path, "log.close()")
    assert not path.exists()


def test_where_nothing_can_be_written_the_program_starts_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    shown = run_until_it_ends(tmp_path / "file" / "crash.log", "print('on', file=sys.stderr)")
    assert shown == "on\n"
