"""Tests of reader.cli.plan."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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


@pytest.mark.parametrize("command", [["plan"], ["plan", "--json"], ["voices", "list", "--json"]])
def test_what_is_printed_is_utf_8_whatever_the_locale_says(
    tmp_path: Path, command: list[str]
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("静かな声。\n", encoding="utf-8")
    printed = subprocess.run(
        [sys.executable, "-m", "reader", *command, *([text] if command[0] == "plan" else [])],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    ).stdout
    assert printed.decode("utf-8")


def test_a_missing_text_ends_with_3_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(tmp_path / "none.txt")]) == 3
    output = capsys.readouterr()
    assert output.out == ""
    assert len(output.err.splitlines()) == 1


def test_a_sentence_that_goes_on_over_a_skipped_passage_is_given_in_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cited.txt"
    path.write_text("Voices matter [3], because we listen [4, 5].\n", encoding="utf-8")
    assert main(["plan", str(path), "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["sentences"] == [{"section": 0, "start": 0, "end": 44}]
    assert [(u["start"], u["end"], u["spoken"]) for u in plan["utterances"]] == [
        (0, 14, "Voices matter"),
        (17, 37, "because we listen."),
    ]
    assert [(s["start"], s["end"], s["reason"]) for s in plan["skipped"]] == [
        (14, 17, "citation"),
        (37, 43, "citation"),
    ]


def test_settings_and_pronunciations_of_the_data_folder_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cited.txt"
    path.write_text("Spike Jonze knows [3].\n", encoding="utf-8")
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.json").write_text('{"read_citations": true}', encoding="utf-8")
    (data / "pronunciation.csv").write_text("written,sounds\nJonze,Jones\n", encoding="utf-8")
    assert main(["plan", str(path), "--data-dir", str(data)]) == 0
    assert capsys.readouterr().out == "Spike Jones knows three.\n"


def test_rules_that_are_left_out_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "long.txt"
    path.write_text(f"One {'x' * 300} more.\n\n" * 4, encoding="utf-8")
    rules = tmp_path / "data" / "pronunciation.csv"
    rules.parent.mkdir()
    rules.write_text("written,sounds,match\n(x+x+)+y,z,regex\na(b,c,regex\n", encoding="utf-8")
    assert main(["plan", str(path), "--data-dir", str(rules.parent)]) == 0
    said = capsys.readouterr()
    assert said.out.count("more.") == 4
    assert said.err.splitlines() == [
        f"sottovoce: left out of {rules}, line 3, character 4: missing )",
        "sottovoce: The rule for “(x+x+)+y” takes too long and is left out. "
        f"Write it more simply in {rules}.",
    ]
