"""Anki's decks: read as Anki keeps them, the same cards each time."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

from reader.annotations.exchange.notes_alone.anki_cards import _cell, write_lines, write_package
from reader.annotations.exchange.text_with_notes import TextWithNotes
from reader.values import replaced
from tests.annotations.exchange.noted_texts import NOTES, the_house

HOUSE = the_house()


def notes_in(content: bytes, folder: Path) -> list[tuple[str, list[str], str]]:
    """Return identity, fields and tags of the notes in a package, as its SQLite file has them."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        (folder / "collection.anki2").write_bytes(package.read("collection.anki2"))
    connection = sqlite3.connect(folder / "collection.anki2")
    rows = connection.execute("SELECT guid, flds, tags FROM notes ORDER BY id").fetchall()
    assert connection.execute("SELECT count(*) FROM cards").fetchone() == (len(rows),)
    connection.close()
    return [(guid, fields.split("\x1f"), tags.strip()) for guid, fields, tags in rows]


def test_a_package_has_a_card_a_note_with_a_link_back(tmp_path: Path) -> None:
    notes = notes_in(write_package([HOUSE]), tmp_path)
    assert len(notes) == len(NOTES)
    _, fields, tags = notes[0]
    assert fields[:3] == [
        "quiet 😀 in",
        "<p>A <em>smile</em> 🙂.</p>",
        "The house: a story · Ada B., Bo · The house",
    ]
    assert HOUSE.notes[0].link.replace("&", "&amp;") in fields[3]
    assert tags.split() == ["sound", "at_home"]
    assert notes[4][1][0] == "&lt;went&gt; on"


def test_a_card_is_the_same_one_each_time(tmp_path: Path) -> None:
    first = notes_in(write_package([HOUSE]), tmp_path)
    fewer = replaced(HOUSE, notes=HOUSE.notes[3:])
    assert [n[0] for n in notes_in(write_package([fewer]), tmp_path)] == [n[0] for n in first[3:]]


def test_each_text_has_a_deck(tmp_path: Path) -> None:
    other = replaced(HOUSE, title="Other::one", notes=HOUSE.notes[:1])
    notes_in(write_package([HOUSE, other]), tmp_path)
    connection = sqlite3.connect(tmp_path / "collection.anki2")
    (decks,) = connection.execute("SELECT decks FROM col").fetchone()
    connection.close()
    assert '"Sottovoce::The house: a story"' in decks
    assert '"Sottovoce::Other: one"' in decks


def test_lines_have_a_column_for_each_thing_and_never_a_break_in_a_cell() -> None:
    lines = write_lines([HOUSE]).decode().splitlines()
    head = [line for line in lines if line.startswith("#")]
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert {"#tags column:5", "#deck column:6", "#guid column:7"} < set(head)
    assert {len(row) for row in rows} == {7}
    assert rows[0][0] == "quiet 😀 in"
    assert [row[4] for row in rows][:3] == ["sound at_home", "", "場所"]


def test_code_keeps_its_lines_in_a_cell() -> None:
    assert _cell("<pre><code>if x:\n\ty()</code></pre>\n<p>a\nb</p>") == (
        "<pre><code>if x:<br>    y()</code></pre> <p>a b</p>"
    )


def test_a_text_without_notes_makes_an_empty_deck(tmp_path: Path) -> None:
    empty: TextWithNotes = replaced(HOUSE, notes=())
    assert notes_in(write_package([empty]), tmp_path) == []
