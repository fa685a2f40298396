"""A text that was edited while notes were on it: what the user does by key and mouse about them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reader.annotations.editing import new_annotation
from reader.annotations.store import AnnotationStore
from reader.formats.registry import open_document
from reader.storage.database import Database
from reader.text.document import Span
from tests.annotations.documents import NOON
from tests.end_to_end.desk import Desk, wait_until
from tests.end_to_end.test_notes import notes_of
from tests.end_to_end.test_window import Sitting

pytestmark = pytest.mark.end_to_end

_PLACES = ("harbour", "mill", "chapel", "orchard", "quarry", "bridge", "tower", "market")
OLD = [
    f"Everyone who went down to the {place} that winter spoke of the light there. The keeper of "
    f"the {place} counted his {number + 20} steps, and in deep snow he counted them twice."
    for number, place in enumerate(_PLACES)
]
PASSAGE = "The keeper of the tower counted his 26 steps"


def put_note_on(folder: Path, passage: str) -> None:
    """Leave a note on a passage of the old text, as the program does."""
    path = folder / "text.txt"
    path.write_text("\n\n".join(OLD), encoding="utf-8")
    document = open_document(path)
    start = document.sections[0].text.index(passage)
    note = new_annotation(
        document,
        Span(0, start, start + len(passage)),
        source="text.txt",
        created=NOON,
        note="Twice!",
    )
    (folder / "data").mkdir()
    with Database(folder / "data" / "sottovoce.sqlite3") as database:
        store = AnnotationStore(database)
        store.save(document.fingerprint, note)
        store.bring_along(path, document)
        store.keep_text(document)


def open_changed(desk: Desk, folder: Path, paragraphs: list[str]) -> Sitting:
    """Start the program on the changed text, and list what is to be looked at."""
    sitting = Sitting(desk, folder, content="\n\n".join(paragraphs))
    sitting.get_ready()
    desk.press("shift+n")
    desk.wait_for_window("Notes: 1")
    desk.press("Down")  # to the note
    return sitting


def start_of_note(sitting: Sitting) -> int | None:
    """Return where the note on disk stands."""
    positions = [note.target.position for note in notes_of(sitting)]
    return positions[0].start if positions and positions[0] is not None else None


def test_of_two_places_where_a_passage_stands_the_user_chooses_one(tmp_path: Path) -> None:
    put_note_on(tmp_path, PASSAGE)
    changed = [*OLD[:7], OLD[6], *OLD[7:]]  # the tower's paragraph stands there twice
    with Desk() as desk:
        sitting = open_changed(desk, tmp_path, changed)
        places = [start for start in range(3000) if "\n\n".join(changed).startswith(PASSAGE, start)]
        assert len(places) == 2
        wait_until(lambda: start_of_note(sitting) is not None, "the note is not on disk")
        was = start_of_note(sitting)
        desk.press("Tab", "Tab", "space")  # past "the place before" to the next place
        time.sleep(0.5)
        desk.press("Tab", "space")  # it is here
        wait_until(lambda: start_of_note(sitting) not in (None, was), "no place was chosen")
        assert start_of_note(sitting) == places[1]
        sitting.end()


def test_a_note_that_was_not_found_is_given_what_the_mouse_selects(tmp_path: Path) -> None:
    put_note_on(tmp_path, PASSAGE)
    changed = [paragraph for paragraph in OLD if "tower" not in paragraph]
    with Desk() as desk:
        sitting = open_changed(desk, tmp_path, changed)
        main = desk.wait_for_window("text")
        desk.run("xdotool", "mousemove", "--window", main, "135", "105", "mousedown", "1")
        time.sleep(0.3)
        desk.run("xdotool", "mousemove", "--window", main, "420", "105", "mouseup", "1")
        time.sleep(0.5)
        desk.wait_for_window("Notes: 1")
        desk.press("Tab", "space")  # it is what I select
        wait_until(lambda: start_of_note(sitting) == 0, "the note was not given the selection")
        (note,) = notes_of(sitting)
        assert note.target.quote is not None
        selected = note.target.quote.exact
        assert len(selected) > 20
        assert changed[0].startswith(selected)
        assert note.note_text == "Twice!"
        sitting.end()
