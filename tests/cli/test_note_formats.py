"""`sottovoce notes export|import` in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.__main__ import main
from reader.annotations.exchange.note_formats import WRITERS, writer_for
from tests.cli.noted_text import TEXT, collection, note, put, run

FORMATS = [writer.name for writer in WRITERS]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_written_by_name_and_by_the_files_ending(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path, name: str
) -> None:
    run(capfd, "import", text_path, put(tmp_path / "n.jsonld", [note(1, "quiet")]))
    writer = writer_for(name)
    named, by_ending = tmp_path / "named", tmp_path / f"by-ending{writer.suffix}"
    assert run(capfd, "export", text_path, "-f", name, "-o", named) == (0, "", "")
    assert named.stat().st_size > 0
    assert run(capfd, "export", text_path, "-o", by_ending)[0] == 0
    assert by_ending.stat().st_size > 0


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_hold_all_notes(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path, name: str
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another text.")
    run(capfd, "import", text_path, put(tmp_path / "n1.jsonld", [note(1, "quiet")]))
    run(capfd, "import", other, put(tmp_path / "n2.jsonld", [note(2, "text")]))
    other.unlink()  # its notes are still here
    folder = tmp_path / "out"
    folder.mkdir()
    assert run(capfd, "export", "--all", "-f", name, "-o", folder) == (0, "", "")
    writer = writer_for(name)
    files = sorted(path.name for path in folder.iterdir())
    assert len(files) == (1 if writer.takes_many else 2)
    assert all(file.endswith(writer.suffix) for file in files)


def test_help_lists_the_formats_and_an_unknown_one_is_wrong_use(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as helped:
        main(["notes", "export", "--help"])
    output, _ = capfd.readouterr()
    assert helped.value.code == 0
    assert all(f"\n  {name} " in output for name in FORMATS)
    with pytest.raises(SystemExit) as caught:
        main(["notes", "export", "a.txt", "-f", "papyrus"])
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.json", '{"rows": [{"id": "a", "uri": "https://example.org/", "text": "hm"}]}'),
        ("highlights.csv", "Highlight,Note\nquiet in the house,hm\n"),
        ("My Clippings.txt", "X (Y)\n- Your Highlight | Added on …\n\nquiet\n==========\n"),
    ],
)
def test_what_others_write_is_known_by_its_content(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path, name: str, content: str
) -> None:
    notes = tmp_path / name
    notes.write_text(content, encoding="utf-8")
    expected = (0, "1 added, 0 changed, 0 left as they were\n", "")
    assert run(capfd, "import", text_path, notes) == expected
    again = (0, "0 added, 0 changed, 1 left as they were\n", "")
    assert run(capfd, "import", text_path, notes) == again


def test_what_comes_back_from_a_format_that_says_less_changes_nothing(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    value = collection(note(1, "quiet", **{"x:y": 1}), note(2, "rain"), label="Mine")
    run(capfd, "import", text_path, put(tmp_path / "n.jsonld", value))
    out = tmp_path / "out.csv"
    run(capfd, "export", text_path, "-o", out)
    expected = (0, "0 added, 0 changed, 2 left as they were\n", "")
    assert run(capfd, "import", text_path, out) == expected
    assert json.loads(run(capfd, "export", text_path)[1]) == value


def test_what_others_write_leaves_what_stood_around_the_notes(
    capfd: pytest.CaptureFixture[str], text_path: Path, tmp_path: Path
) -> None:
    run(capfd, "import", text_path, put(tmp_path / "n.jsonld", collection(label="Mine")))
    rows = {"rows": [{"id": "a", "uri": "https://example.org/", "text": "hm"}]}
    run(capfd, "import", text_path, put(tmp_path / "rows.json", rows))
    value = json.loads(run(capfd, "export", text_path)[1])
    assert (value["label"], value["total"]) == ("Mine", 1)


def test_no_format_is_written_over_the_text(
    capfd: pytest.CaptureFixture[str], text_path: Path
) -> None:
    code, _, errors = run(capfd, "export", text_path, "-f", "text", "-o", text_path)
    assert (code, text_path.read_text(encoding="utf-8")) == (4, TEXT)
    assert "it is the text itself" in errors
