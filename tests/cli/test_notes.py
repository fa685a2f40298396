"""`sottovoce notes` lists, exports and imports; a file beside the text is never written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.__main__ import main
from tests.cli.noted_text import TEXT, collection, listed, note, put, run


def test_a_text_without_notes_has_an_empty_list(
    capfd: pytest.CaptureFixture[str], text_path: Path
) -> None:
    assert listed(capfd, text_path) == []
    assert run(capfd, "list", text_path) == (0, "", "")


def test_the_list_has_the_promised_shape_in_the_order_of_the_text(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    notes = [note(1, "not in it"), note(2, "the rain"), note(3, "quiet")]
    put(tmp_path / "story.annotations.jsonld", collection(*notes))
    rows = listed(capfd, text_path)
    assert [row["id"][-1] for row in rows] == ["3", "2", "1"]
    assert rows[0] == {
        "id": "urn:example:3",
        "state": "anchored",
        "score": 1.0,
        "section": 0,
        "start": 8,
        "end": 13,
        "exact": "quiet",
        "motivation": "commenting",
        "body": "note 3",
        "tags": ["sound"],
        "created": "2026-05-01T12:00:00Z",
        "modified": None,
    }
    assert [rows[2][key] for key in ("state", "section", "start", "end", "exact")] == [
        "orphan",
        None,
        None,
        None,
        "not in it",
    ]


def test_replies_stand_below_what_they_answer(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    answer = {
        "id": "urn:example:8",
        "type": "Annotation",
        "motivation": "replying",
        "creator": {"type": "Person", "name": "Bob"},
        "target": "urn:example:3",
        "body": {"type": "TextualBody", "value": "Is it?", "purpose": "replying"},
    }
    below = {**answer, "id": "urn:example:9", "target": "urn:example:8"}
    put(
        tmp_path / "story.annotations.jsonld",
        collection(note(2, "the rain"), below, answer, note(3, "quiet")),
    )
    rows = listed(capfd, text_path)
    assert [row["id"][-1] for row in rows] == ["3", "8", "9", "2"]
    assert [row.get("answers", "")[-1:] for row in rows] == ["", "3", "8", ""]
    assert rows[2]["start"] == rows[0]["start"]
    assert main(["notes", "list", str(text_path)]) == 0
    lines = capfd.readouterr().out.splitlines()
    place = lines.index("    Bob replied")
    assert lines[place + 1 : place + 4] == [
        "        Is it?",
        "        Bob replied",
        "            Is it?",
    ]


def test_the_plain_list_shows_passage_note_and_tags(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    put(tmp_path / "story.annotations.jsonld", [note(1, "quiet"), note(2, "gone")])
    _, output, _ = run(capfd, "list", text_path)
    assert output.splitlines() == [
        "0:8-13  commenting  “quiet”",
        "    note 1",
        "    #sound",
        "not found  commenting  “gone”",
        "    note 2",
        "    #sound",
    ]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        pytest.param(
            {"source": "story.txt", "selector": {"type": "CssSelector", "value": "p"}},
            "(Its place is told by a CSS selector, which can't be followed in this text.)",
            id="a selector that can't be followed",
        ),
        pytest.param("story.txt", "(It is about the text as a whole.)", id="no selector"),
    ],
)
def test_a_note_whose_place_cannot_be_told_is_kept_and_says_why(
    capfd: pytest.CaptureFixture[str],
    text_path: Path,
    tmp_path: Path,
    target: object,
    words: str,
) -> None:
    value = collection(note(1, "quiet", target=target))
    run(capfd, "import", text_path, put(tmp_path / "n.jsonld", value))
    (row,) = listed(capfd, text_path)
    assert (row["state"], row["body"]) == ("orphan", "note 1")
    printed = run(capfd, "list", text_path)[1].splitlines()
    assert printed[0] == "without a place  commenting"
    assert f"    {words}" in printed
    assert json.loads(run(capfd, "export", text_path)[1]) == value


def test_annotations_that_a_file_only_names_are_told(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    value = collection(first="http://example.org/page1", total=9)
    code, output, errors = run(capfd, "import", text_path, put(tmp_path / "n.jsonld", value))
    assert (code, output) == (0, "0 added, 0 changed, 0 left as they were\n")
    assert "http://example.org/page1" in errors


def test_what_was_imported_is_exported_as_it_was(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    value = collection(note(2, "the rain", **{"x:y": [1.5, None]}), note(1, "quiet"), label="Mine")
    notes = put(tmp_path / "notes.jsonld", value)
    assert run(capfd, "import", text_path, notes) == (
        0,
        "2 added, 0 changed, 0 left as they were\n",
        "",
    )
    code, output, errors = run(capfd, "export", text_path)
    assert (code, json.loads(output), errors) == (0, value, "")


def test_the_real_file_goes_in_and_out_unchanged(
    capfd: pytest.CaptureFixture[str], shared_inputs: Path, tmp_path: Path
) -> None:
    text, notes = shared_inputs / "her-review.txt", shared_inputs / "her-review.annotations.jsonld"
    out = tmp_path / "out.jsonld"
    assert run(capfd, "import", "-q", text, notes) == (0, "", "")
    assert run(capfd, "export", text, "-f", "jsonld", "-o", out) == (0, "", "")
    assert json.loads(out.read_bytes()) == json.loads(notes.read_bytes())
    assert {row["state"] for row in listed(capfd, text)} == {"anchored"}


def test_importing_over_a_sidecar_exports_what_was_imported(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    sidecar = put(tmp_path / "story.annotations.jsonld", collection(note(1, "quiet"), label="Hers"))
    before = sidecar.read_bytes()
    assert len(listed(capfd, text_path)) == 1
    value = collection(note(2, "rain"), note(1, "quiet", **{"x:y": 1}), label="Mine")
    run(capfd, "import", text_path, put(tmp_path / "notes.jsonld", value))
    _, output, _ = run(capfd, "export", text_path)
    assert json.loads(output) == value
    assert sidecar.read_bytes() == before


def test_notes_follow_an_edited_text(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    run(capfd, "import", text_path, put(tmp_path / "n.jsonld", [note(1, "Only the clock went on")]))
    text_path.write_text("It was night.\n" + TEXT, encoding="utf-8")
    (row,) = listed(capfd, text_path)
    assert (row["state"], row["start"]) == ("moved", 42)


def test_where_a_file_keeps_the_notes_as_they_are_none_is_looked_for_in_the_text(
    capfd: pytest.CaptureFixture[str],
    text_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def placed(*_: object) -> None:
        raise AssertionError("thousands of notes take seconds to place")

    value = collection(note(1, "quiet"), note(2, "gone"))
    run(capfd, "import", text_path, put(tmp_path / "n.jsonld", value))
    monkeypatch.setattr("reader.app.note_exchange.placed_annotations", placed)
    code, output, _ = run(capfd, "export", text_path)
    assert (code, json.loads(output)) == (0, value)


def test_all_notes_come_out_of_one_export(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another text.")
    run(capfd, "import", text_path, put(tmp_path / "n1.jsonld", [note(1, "quiet")]))
    run(capfd, "import", other, put(tmp_path / "n2.jsonld", [note(2, "text")]))
    code, output, _ = run(capfd, "export", "--all")
    value = json.loads(output)
    assert (code, value["total"]) == (0, 2)
    assert value["first"]["items"] == [note(1, "quiet"), note(2, "text")]


def test_exported_twice_it_is_the_same(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    run(capfd, "import", text_path, put(tmp_path / "n.jsonld", note(1, "quiet")))
    assert run(capfd, "export", "--all") == run(capfd, "export", "--all")


@pytest.mark.parametrize("action", ["list", "export"])
def test_a_broken_sidecar_is_told_and_the_other_notes_are_there(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path, action: str
) -> None:
    run(capfd, "import", text_path, put(tmp_path / "n.jsonld", [note(1, "quiet")]))
    put(tmp_path / "story.annotations.jsonld", collection(note(2, "rain", target=None)))
    code, output, errors = run(capfd, action, text_path)
    assert code == 3
    assert "note 1" in output
    assert "story.annotations.jsonld" in errors
    assert "$.first.items[0].target" in errors
    assert errors.count("\n") == 1


def test_notes_that_are_not_legal_are_refused_whole(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    bad = put(tmp_path / "n.jsonld", [note(1, "quiet"), note(2, "rain", id=7)])
    code, output, errors = run(capfd, "import", text_path, bad)
    assert (code, output) == (3, "")
    assert "$[1].id" in errors
    assert listed(capfd, text_path) == []


@pytest.mark.parametrize("missing", ["story.txt", "n.jsonld"])
def test_a_missing_file_is_told(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path, missing: str
) -> None:
    notes = put(tmp_path / "n.jsonld", [])
    (tmp_path / missing).unlink()
    code, output, errors = run(capfd, "import", text_path, notes)
    assert (code, output) == (3, "")
    assert missing in errors


@pytest.mark.parametrize("output", ["no-such-folder/out.jsonld", "story.txt"])
def test_what_cannot_or_must_not_be_written_is_told(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path, output: str
) -> None:
    code, _, errors = run(capfd, "export", text_path, "-o", tmp_path / output)
    assert code == 4
    assert "could not be written" in errors
    assert text_path.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    "arguments", [[], ["export"], ["export", "a.txt", "--all"], ["list"], ["import", "a.txt"]]
)
def test_wrong_use_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["notes", *arguments])
    assert caught.value.code == 2


def test_data_dir_may_be_given_last(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    notes = put(tmp_path / "n.jsonld", [note(1, "quiet")])
    run(capfd, "import", text_path, notes, "--data-dir", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "sottovoce.sqlite3").is_file()
    assert listed(capfd, text_path) == []
