"""Tests of reader.cli.pronunciation."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.__main__ import main


def run(tmp_path: Path, *arguments: str) -> int:
    return main(["pronunciation", *arguments, "--data-dir", str(tmp_path / "data")])


def test_rules_are_brought_in_listed_and_taken_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.csv"
    rules.write_text("written,sounds\nJonze,Jones\n", encoding="utf-8")
    assert run(tmp_path, "import", str(rules)) == 0
    assert run(tmp_path, "list") == 0
    listed = capsys.readouterr().out
    assert listed == "written,sounds,match,case,scope\nJonze,Jones,word,any,everywhere\n"
    assert run(tmp_path, "export", "-o", str(tmp_path / "out.csv")) == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == listed


def test_lines_that_cannot_be_used_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.csv"
    rules.write_text("written,sounds,match\nPoe,Po,\na(b,x,regex\n", encoding="utf-8")
    assert run(tmp_path, "import", str(rules)) == 0
    assert capsys.readouterr().err == "sottovoce: left out, line 3, character 4: missing )\n"


def test_a_file_without_rules_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.csv"
    rules.write_text("nothing of the kind\n", encoding="utf-8")
    assert run(tmp_path, "import", str(rules)) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run(tmp_path, "import", str(tmp_path / "none.csv")) == 2
