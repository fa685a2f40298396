"""Tests of reader.cli.plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.__main__ import main

TEXT = "Mr. Poe left in 1984. Nobody knew.\n\n***\n\nThe end.\n"


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_plan_as_json_has_places_words_and_reasons(
    text_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(text_file), "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["sentences"][0] == {"section": 0, "start": 0, "end": 21}
    assert plan["utterances"][0] == {
        "section": 0,
        "start": 0,
        "end": 21,
        "spoken": "mister Poe left in nineteen eighty-four.",
        "language": "en",
    }
    (skip,) = plan["skipped"]
    assert TEXT[skip["start"] : skip["end"]] == "***"
    assert skip["reason"] in ("rule", "nothing to say")


def test_the_plan_for_people_is_in_order_with_what_is_skipped(
    text_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(text_file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["mister Poe left in nineteen eighty-four.", "Nobody knew."]
    assert lines[2].startswith("[skipped, ")
    assert lines[2].endswith(": ***]")
    assert lines[3:] == ["The end."]


def test_a_missing_text_ends_with_3_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(tmp_path / "none.txt")]) == 3
    output = capsys.readouterr()
    assert output.out == ""
    assert len(output.err.splitlines()) == 1
