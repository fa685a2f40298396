"""`sottovoce backup`, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.__main__ import main


def test_a_backup_is_made_and_restored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, out = str(tmp_path / "data"), str(tmp_path / "all.sottovoce-backup")
    assert main(["--data-dir", data, "backup", "make", out]) == 0
    assert main(["--data-dir", data, "backup", "restore", out]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Backed up: 0 notes, as of 20")
    assert second.startswith("Restored: 0 notes")


def test_a_file_that_is_no_backup_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.txt").write_text("no backup")
    options = ["--data-dir", str(tmp_path / "data"), "backup", "restore"]
    assert main([*options, str(tmp_path / "text.txt")]) == 3
    assert "can't be restored: it is damaged" in capsys.readouterr().err
