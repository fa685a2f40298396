"""Locks on real files, as two programs would take them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from reader.file_lock import FileLock


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    one, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert one.take()
    assert one.take()
    assert not other.take()
    one.release()
    assert other.take()
    other.release()


def test_one_whose_file_was_removed_while_it_was_waited_for_is_taken_anew(tmp_path: Path) -> None:
    one, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert one.take()
    (tmp_path / "lock").unlink()  # as at the end of `release`, just before it is let go
    assert other.take()
    assert (tmp_path / "lock").exists()
    one.release()
    other.release(removes_file=True)
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, os; from reader.file_lock import FileLock;"
        "os._exit(FileLock(pathlib.Path(sys.argv[1])).take())"
    )
    asked = [sys.executable, "-c", script, str(tmp_path / "lock")]
    assert subprocess.run(asked, check=False).returncode == 1
    lock = FileLock(tmp_path / "lock")
    assert lock.take()
    lock.release()
