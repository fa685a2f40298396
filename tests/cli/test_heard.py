"""Tests of reader.cli.heard through `speak` and `plan`: notes and highlights, with real voices."""

from __future__ import annotations

import json
import wave
from array import array
from pathlib import Path
from typing import Any

import pytest

from reader.__main__ import main
from reader.playback.earcon import earcon

_TEXT = "The ferry left at nine. Nobody waved to it.\n\nThe river was wide and very still.\n"
_SENTENCES = [(0, 23), (24, 43), (45, 79)]
_NOTES = {"left": "Too early.", "wide": ""}
"""A passage of the text, and what is noted on it."""
_VOICE, _OTHER = "pyttsx3:en-us", "pyttsx3:en-gb"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A text with a note in its first sentence and a highlight in its last."""
    path = tmp_path / "ferry.txt"
    path.write_text(_TEXT, encoding="utf-8")
    items = [_annotation(exact, words) for exact, words in _NOTES.items()]
    notes = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:example:all",
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {"type": "AnnotationPage", "items": items},
    }
    path.with_name("ferry.annotations.jsonld").write_text(json.dumps(notes), encoding="utf-8")
    return path


def _annotation(exact: str, words: str) -> dict[str, Any]:
    start = _TEXT.index(exact)
    selectors = [
        {"type": "TextQuoteSelector", "exact": exact},
        {"type": "TextPositionSelector", "start": start, "end": start + len(exact)},
    ]
    body = {"type": "TextualBody", "value": words, "purpose": "commenting"}
    return {
        "id": f"urn:example:{exact}",
        "type": "Annotation",
        "motivation": "commenting" if words else "highlighting",
        "created": "2026-05-01T12:00:00Z",
        "target": {"source": "ferry.txt", "selector": selectors},
        "body": [body] if words else [],
    }


def _plan(text: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    home = str(text.parent / "home")
    assert main(["plan", str(text), "--json", "--data-dir", home, *options]) == 0
    plan: dict[str, Any] = json.loads(capsys.readouterr().out)
    return plan


def _speak(text: Path, *options: str) -> tuple[dict[str, Any], array[int], int]:
    """Return the marks, the samples and the sample rate of what is spoken."""
    out, marks = text.with_name("out.wav"), text.with_name("marks.json")
    home = str(text.parent / "home")
    command = ["speak", str(text), "-o", str(out), "--marks", str(marks), "--data-dir", home]
    assert main([*command, "--voice", _VOICE, *options]) == 0
    with wave.open(str(out)) as reader:
        samples = array("h", reader.readframes(reader.getnframes()))
        return json.loads(marks.read_text(encoding="utf-8")), samples, reader.getframerate()


def _spans(rows: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(row["start"], row["end"]) for row in rows]


def test_the_plan_of_a_text_is_the_same_as_ever_where_nothing_is_asked_of_notes(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(_plan(text, capsys)) == ["sentences", "utterances", "skipped"]


@pytest.mark.parametrize(
    ("when", "asides"),
    [
        pytest.param("sentence", ["Too early."], id="read"),
        pytest.param("paragraph", ["Too early."], id="read later"),
        pytest.param("sound", [], id="only a sound"),
    ],
)
def test_the_plan_tells_notes_and_sounds(
    text: Path, capsys: pytest.CaptureFixture[str], when: str, asides: list[str]
) -> None:
    plan = _plan(text, capsys, "--notes", when, "--note-voice", _OTHER)
    assert _spans(plan["sentences"]) == _SENTENCES
    assert [row["spoken"] for row in plan["asides"]] == asides
    assert all(row["note"] == "urn:example:left" for row in plan["asides"])
    assert all((row["start"], row["voice"]) == (10, _OTHER) for row in plan["asides"])
    assert [row["start"] for row in plan["sounds"]] == [_TEXT.index(word) for word in _NOTES]


def test_of_a_text_only_the_highlighted_sentences_are_planned_and_every_word_is_told_once(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = _plan(text, capsys, "--highlights-only")
    assert _spans(plan["sentences"]) == [_SENTENCES[0], _SENTENCES[2]]
    assert _spans(plan["utterances"]) == [_SENTENCES[0], _SENTENCES[2]]
    (skipped,) = plan["skipped"]
    assert (skipped["start"], skipped["end"]) == _SENTENCES[1]
    assert skipped["reason"] == "not highlighted"


def test_the_plan_for_people_has_the_note_where_it_is_read(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--notes", "paragraph", "--note-voice", _OTHER]
    assert main(["plan", str(text), "--data-dir", str(text.parent / "home"), *options]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The ferry left at nine.",
        "Nobody waved to it.",
        f"[note, {_OTHER}: Too early.]",
        "The river was wide and very still.",
    ]


@pytest.mark.parametrize(
    ("when", "after", "before"),
    [("sentence", "nine", "Nobody"), ("paragraph", "it", "The river")],
    ids=["after its sentence", "after its paragraph"],
)
@pytest.mark.parametrize("speed", ["1", "2"])
def test_a_note_is_spoken_in_its_place_and_the_marks_of_all_words_stay_right(
    text: Path, when: str, after: str, before: str, speed: str
) -> None:
    marks, samples, rate = _speak(text, "--notes", when, "--note-voice", _OTHER, "--speed", speed)
    words = {_TEXT[word["start"] : word["end"]]: word for word in marks["words"]}
    assert [_TEXT[w["start"] : w["end"]] for w in marks["words"]] == [
        word.strip(".") for word in _TEXT.split()
    ]
    times = [time for word in marks["words"] for time in (word["begin_s"], word["end_s"])]
    assert times == sorted(times)
    assert times[-1] <= len(samples) / rate + 0.001
    (note,) = marks["notes"]
    assert note["note"] == "urn:example:left"
    following = words["The" if before == "The river" else before]
    assert words[after]["end_s"] <= note["begin_s"] < note["end_s"] <= following["begin_s"]
    spoken = samples[round(note["begin_s"] * rate) : round(note["end_s"] * rate)]
    assert max(spoken) > 3000  # it is heard
    pause = samples[round(note["end_s"] * rate) + 200 : round(following["begin_s"] * rate) - 600]
    assert max(pause) < 100


def test_without_notes_the_marks_have_the_shape_they_always_had(text: Path) -> None:
    marks, _samples, _rate = _speak(text)
    assert list(marks) == ["voice", "sample_rate", "precision", "words"]


def test_a_sound_is_heard_at_each_passage_and_moves_nothing(text: Path) -> None:
    plain_marks, plain, rate = _speak(text)
    marks, samples, _rate = _speak(text, "--notes", "sound")
    assert marks == plain_marks
    added = [heard - spoken for heard, spoken in zip(samples, plain, strict=True)]
    sound = earcon(rate)
    for word in marks["words"]:
        if _TEXT[word["start"] : word["end"]] in _NOTES:
            near = round(word["begin_s"] * rate)  # to 0.1 ms, two frames
            assert any(
                added[first : first + len(sound)] == list(sound)
                for first in range(near - 2, near + 3)
            )
            added[near - 2 : near + len(sound) + 2] = [0] * (len(sound) + 4)
    assert not any(added)


def test_only_highlights_with_their_notes_are_spoken(text: Path) -> None:
    marks, _samples, _rate = _speak(text, "--highlights-only", "--notes", "--note-voice", _OTHER)
    said = [word["start"] for word in marks["words"]]
    assert said == [s for s in said if s < 23 or s >= 45]
    assert len(said) == 12
    assert [note["note"] for note in marks["notes"]] == ["urn:example:left"]


def test_a_note_at_another_sample_rate_is_brought_to_that_of_the_file(text: Path) -> None:
    out = text.with_name("joe.wav")
    home = str(text.parent / "home")
    options = ["--notes", "--voice", "piper:en_US-joe-medium", "--note-voice", "pyttsx3:en-us"]
    assert main(["speak", str(text), "-o", str(out), "--data-dir", home, *options]) == 0
    with wave.open(str(out)) as reader:
        assert reader.getframerate() == 22_050
        assert reader.getnframes() / 22_050 > 5.0


def test_nothing_highlighted_ends_with_3_and_a_sentence(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text.with_name("ferry.annotations.jsonld").unlink()
    home = str(text.parent / "home")
    assert main(["plan", str(text), "--highlights-only", "--data-dir", home]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert "Nothing is highlighted" in line


def test_a_voice_for_notes_that_is_not_here_ends_with_4(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(text.parent / "home")
    options = ["--notes", "--note-voice", "piper:xx", "--data-dir", home]
    assert main(["plan", str(text), *options]) == 4
    assert "piper:xx" in capsys.readouterr().err
