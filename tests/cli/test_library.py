"""`sottovoce library` and `sottovoce search`, as a user or a script uses them."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from reader.__main__ import main
from tests.formats.epub.epub_books import page, write_book

STORY = "All was quiet in the house.\n\nOnly the clock went on, and the rain.\n"
LETTERS = "Each letter was typewritten.\n\nNo man’s hand had written it.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "more").mkdir(parents=True)
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    (folder / "more" / "letters.md").write_text("# Letters\n\n" + LETTERS, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    return folder


def run(tmp_path: Path, *words: str | Path) -> int:
    return main(["--data-dir", str(tmp_path / "data"), *map(str, words)])


def found(tmp_path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(tmp_path, "search", "--json", *words) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_a_folder_is_added_and_what_cant_be_read_is_said(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "library", "add", folder) == 3
    printed = capsys.readouterr()
    assert printed.out == "2 texts added\n"
    assert "empty.txt is empty" in printed.err
    assert run(tmp_path, "library", "list", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["title"] for row in rows} == {"story", "Letters"}


def test_while_files_are_read_it_is_told_how_far_that_is_and_that_some_are_there(
    tmp_path: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reader.cli.library._SHOWN_EVERY_S", 0.0)
    (folder / "empty.txt").unlink()
    assert run(tmp_path, "library", "add", "--progress", folder) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[:-1] == [
        {"event": "reading", "file": "story.txt", "number": 1, "count": 2},
        {"event": "files"},
        {"event": "reading", "file": "letters.md", "number": 2, "count": 2},
    ]


def test_a_search_that_finds_nothing_says_so_beside_its_empty_result(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "library", "add", folder)
    capsys.readouterr()
    assert run(tmp_path, "search", "lighthouse") == 0
    assert capsys.readouterr() == ("", "sottovoce: Nothing was found.\n")
    assert run(tmp_path, "search", "-q", "lighthouse") == 0
    assert capsys.readouterr() == ("", "")


def test_a_search_gives_the_place(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "library", "add", folder)
    (row,) = found(tmp_path, capsys, "clocks")
    assert row["file"] == str(folder / "story.txt")
    assert STORY[row["start"] : row["end"]] == "clock"
    assert row == {
        "title": "story",
        "file": str(folder / "story.txt"),
        "section": 0,
        "start": row["start"],
        "end": row["end"],
        "snippet": "Only the clock went on, and the rain.",
        "note": None,
    }


def test_notes_are_found_with_their_place_and_alone_if_asked(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = folder / "story.txt"
    run(tmp_path, "library", "add", story)
    start = STORY.index("quiet")
    note = {
        "id": "urn:example:1",
        "type": "Annotation",
        "body": [{"type": "TextualBody", "value": "Too quiet for a clock"}],
        "target": {
            "source": "story.txt",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "quiet"},
                {"type": "TextPositionSelector", "start": start, "end": start + 5},
            ],
        },
    }
    notes = tmp_path / "notes.jsonld"
    notes.write_text(json.dumps([note]), encoding="utf-8")
    run(tmp_path, "notes", "import", story, notes)
    run(tmp_path, "notes", "list", story)  # finds the places, and keeps them
    rows = found(tmp_path, capsys, "clock")
    assert [row["note"] for row in rows] == [None, "urn:example:1"]
    (row,) = found(tmp_path, capsys, "--notes", "clock")
    assert (row["section"], row["start"], row["end"]) == (0, start, start + 5)
    assert row["snippet"] == "Too quiet for a clock"


def test_an_unbalanced_quote_is_no_fault(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "library", "add", folder)
    assert [row["title"] for row in found(tmp_path, capsys, '"quiet in the')] == ["story"]
    assert found(tmp_path, capsys, '"') == []


def test_an_edited_file_is_found_by_its_new_words_once_it_was_looked_at(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "library", "add", folder)
    assert len(found(tmp_path, capsys, "clock")) == 1
    (folder / "story.txt").write_text("Now there is thunder.", encoding="utf-8")
    run(tmp_path, "library", "update")
    assert len(found(tmp_path, capsys, "thunder")) == 1
    assert found(tmp_path, capsys, "clock") == []
    run(tmp_path, "library", "list", "--json")
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_a_removed_text_is_no_longer_found_and_the_watched_folder_leaves_it_out(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.json").write_text(json.dumps({"watched_folder": str(folder)}), "utf-8")
    run(tmp_path, "library", "update")
    assert len(found(tmp_path, capsys, "clock")) == 1
    assert run(tmp_path, "library", "remove", folder / "story.txt") == 0
    run(tmp_path, "library", "update")
    assert found(tmp_path, capsys, "clock") == []
    (folder / "new.txt").write_text("Something new.", encoding="utf-8")
    run(tmp_path, "library", "update")
    assert [row["title"] for row in found(tmp_path, capsys, "something")] == ["new"]


def half_of_a_book(folder: Path) -> bytes:
    """Return a book without its end, of which much can still be read."""
    folder.mkdir()
    whole = write_book(folder / "whole.epub", {"a.xhtml": page("<p>All was quiet.</p>" * 99)})
    return whole.read_bytes()[:-60]


@pytest.mark.parametrize("can_be_read", [False, True])
def test_a_book_half_copied_is_waited_for_and_not_called_damaged(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], *, can_be_read: bool
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.json").write_text(json.dumps({"watched_folder": str(folder)}), "utf-8")
    (folder / "empty.txt").unlink()
    book = folder / "book.epub"
    half = half_of_a_book(tmp_path / "whole") if can_be_read else b"PK\x03\x04 and no more yet"
    book.write_bytes(half)

    def events() -> list[dict[str, Any]]:
        capsys.readouterr()
        run(tmp_path, "library", "update", "--progress")
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    told = events()
    assert {"event": "unsettled"} in told
    assert told[-1]["faults"] == []
    assert len(told[-1]["texts"]) == 2  # those that were there
    hour_ago = time.time() - 3600
    os.utime(book, (hour_ago, hour_ago))  # nobody goes on writing
    told = events()
    assert {"event": "unsettled"} not in told
    assert len(told[-1]["faults"]) == (0 if can_be_read else 1)
    assert len(told[-1]["texts"]) == (1 if can_be_read else 0)
    assert events()[-1]["faults"] == []  # said once


def test_copies_are_kept_if_asked_for(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = folder / "more" / "story.txt"
    other.write_text("Another story.", encoding="utf-8")
    run(tmp_path, "library", "add", "--copy", folder / "story.txt", other, folder / "story.txt")
    copies = tmp_path / "data" / "texts"
    assert sorted(path.name for path in copies.iterdir()) == ["story (2).txt", "story.txt"]
    (folder / "story.txt").unlink()
    assert len(found(tmp_path, capsys, "clock")) == 1


def test_progress_is_told_as_json_lines(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "library", "add", "--progress", folder)
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["reading"] * 3 + ["end"]
    run(tmp_path, "library", "update", "--progress")
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[0]["event"] == "indexing"
    assert events[-1] == {"event": "end", "texts": [], "faults": []}
    done = [event["done"] for event in events if event["event"] == "indexing"]
    assert done == sorted(done)
    assert done[-1] == events[-2]["whole"]


def test_a_damaged_index_is_made_anew_and_said(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "library", "add", folder)
    found(tmp_path, capsys, "clock")
    (tmp_path / "data" / "cache" / "search.sqlite3").write_bytes(b"no index" * 999)
    run(tmp_path, "library", "update", "--progress")
    assert '"index damaged"' in capsys.readouterr().out
    assert len(found(tmp_path, capsys, "clock")) == 1


def test_a_file_not_in_the_library_cant_be_removed(tmp_path: Path, folder: Path) -> None:
    assert run(tmp_path, "library", "remove", folder / "story.txt") == 3


def test_the_list_names_each_text_its_authors_and_how_far_it_was_read(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "library", "add", folder / "story.txt")
    capsys.readouterr()
    assert run(tmp_path, "library", "list") == 0
    assert capsys.readouterr().out == f"story    0%\n    {folder / 'story.txt'}\n"
    (folder / "story.txt").unlink()
    run(tmp_path, "library", "update")
    run(tmp_path, "library", "list")
    assert capsys.readouterr().out.startswith("story    missing\n")


def test_a_search_marks_what_it_found_for_people(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "library", "add", folder / "story.txt")
    capsys.readouterr()
    assert run(tmp_path, "search", "clock", "rain") == 0
    start = STORY.index("clock")
    assert capsys.readouterr().out == (
        f"story 0:{start}-{start + 5}\n    Only the [clock] went on, and the [rain].\n"
    )


KOREADER = """return {
    ["annotations"] = {
        [1] = {
            ["datetime"] = "2026-01-05 21:14:08",
            ["drawer"] = "lighten",
            ["note"] = "as a mouse",
            ["pos0"] = "/body/DocFragment[1]/body/p/text().8",
            ["text"] = "quiet in the house",
        },
    },
    ["doc_props"] = { ["title"] = "story" },
}
"""


def test_notes_from_another_app_are_brought_in_and_what_cant_be_read_is_said(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "library", "add", folder / "story.txt")
    (folder / "story.sdr").mkdir()
    (folder / "story.sdr" / "metadata.txt.lua").write_text(KOREADER, encoding="utf-8")
    capsys.readouterr()
    assert run(tmp_path, "library", "import", folder) == 0
    assert capsys.readouterr().out == "1 note brought in, on 1 text.\n"
    (folder / "story.sdr" / "metadata.txt.lua").write_text("return 1 +", encoding="utf-8")
    assert run(tmp_path, "library", "import", folder) == 3
    printed = capsys.readouterr()
    assert printed.out == "There was no note to bring in.\n"
    assert "metadata.txt.lua can't be read as notes" in printed.err
