"""Tests of `sottovoce speak`, with the real voices."""

from __future__ import annotations

import json
import os
import wave
from pathlib import Path
from typing import Any

import pytest

from reader.__main__ import main
from reader.cli.speak import utterance_until
from tests.fakes.spoken_utterances import utterance_of

_TEXT = "Dr. Smith paid $5.50 in 1984. “Well,” he said.\n\nThe end of it.\n"
_WORDS = [
    "Dr",
    "Smith",
    "paid",
    "$5.50",
    "in",
    "1984",
    "Well",
    "he",
    "said",
    "The",
    "end",
    "of",
    "it",
]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A text with an abbreviation, an amount, a year and dialogue."""
    path = tmp_path / "story.txt"
    path.write_text(_TEXT, encoding="utf-8")
    return path


def _speak(text: Path, *options: str) -> int:
    return main(["speak", str(text), "--data-dir", str(text.parent / "home"), *options])


def _words(marks: dict[str, Any]) -> list[str]:
    return [_TEXT[word["start"] : word["end"]].strip(".,") for word in marks["words"]]


def test_a_text_becomes_a_file_with_a_mark_for_each_word(text: Path) -> None:
    out, marks_path = text.with_name("out.wav"), text.with_name("marks.json")
    assert _speak(text, "-o", str(out), "--marks", str(marks_path)) == 0
    marks = json.loads(marks_path.read_text(encoding="utf-8"))
    assert list(marks) == ["voice", "sample_rate", "precision", "words"]
    assert (marks["voice"], marks["precision"]) == ("piper:en_US-joe-medium", "word")
    assert _words(marks) == _WORDS
    with wave.open(str(out)) as reader:
        assert reader.getframerate() == marks["sample_rate"] == 22_050
        seconds = reader.getnframes() / reader.getframerate()
    times = [time for word in marks["words"] for time in (word["begin_s"], word["end_s"])]
    assert times == sorted(times)
    assert 0 <= times[0] < times[-1] <= seconds + 0.001
    assert sorted(os.listdir(text.parent)) == ["marks.json", "out.wav", "story.txt"]


def test_speed_a_range_and_another_engine_go_together(text: Path) -> None:
    marks_path = text.with_name("marks.json")
    durations = []
    for speed in ("1", "2"):
        out = text.with_name(f"out{speed}.wav")
        options = ["--voice", "pyttsx3:en-us", "--speed", speed, "--marks", str(marks_path)]
        start, end = _TEXT.index("paid"), _TEXT.index("he said")
        assert _speak(text, "-o", str(out), "--from", str(start), "--to", str(end), *options) == 0
        assert _words(json.loads(marks_path.read_text("utf-8"))) == _WORDS[2:7]
        with wave.open(str(out)) as reader:
            durations.append(reader.getnframes() / reader.getframerate())
    assert durations[0] / durations[1] == pytest.approx(2, rel=0.05)


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["-o", "out.mp3"], 2, "names no format"),
        (["-o", "out.wav", "--section", "4"], 2, "section 4 of 1"),
        (["-o", "out.wav", "--from", "9", "--to", "3"], 2, "characters 9 to 3"),
        (["-o", "out.wav", "--from", "0", "--to", "0"], 3, "nothing to speak"),
        (["-o", "out.wav", "--voice", "piper:xx"], 4, "is not installed"),
        (["-o", "no/such/out.wav"], 4, "could not be written"),
    ],
    ids=["format", "section", "range", "nothing", "voice", "folder"],
)
def test_what_cannot_be_done_is_said_in_one_line(
    text: Path,
    options: list[str],
    code: int,
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(text.parent)
    assert _speak(text, *options) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert told in captured.err
    assert os.listdir(text.parent) == ["story.txt"]


@pytest.mark.parametrize(
    ("option", "given", "reason"),
    [
        ("--speed", "0.4", "is not between"),
        ("--speed", "5", "is not between"),
        ("--speed", "fast", "fast is no number"),
        ("--section", "-1", "is below 0"),
        ("--section", "two", "two is no whole number"),
    ],
)
def test_a_number_nobody_understands_is_wrong_use(
    text: Path, option: str, given: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        _speak(text, "-o", "out.wav", f"{option}={given}")
    assert leaving.value.code == 2
    told = capsys.readouterr().err
    assert option in told
    assert reason in told


def test_an_utterance_is_cut_before_the_word_that_reaches_past_the_end() -> None:
    utterance = utterance_of("one two three", start=50)
    cut = utterance_until(utterance, 60)
    assert cut is not None
    assert (cut.spoken, cut.span.end, len(cut.pieces)) == ("one two", 57, 2)
    assert utterance_until(utterance, 63) is utterance
    assert utterance_until(utterance, 52) is None
