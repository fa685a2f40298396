"""Notes by the keyboard of a real desktop: written, answered, linked, and on disk."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from reader.annotations.links import addresses_in
from reader.annotations.model import Annotation
from reader.annotations.store import AnnotationStore
from reader.errors import StorageUnavailable
from reader.formats.registry import open_document
from reader.storage.database import Database
from reader.text.address import address_from
from tests.end_to_end.desk import Desk, wait_until
from tests.end_to_end.test_window import Sitting

pytestmark = pytest.mark.end_to_end


def notes_of(sitting: Sitting) -> list[Annotation]:
    """Return the notes that are on disk, while the program goes on."""
    path = sitting.text.with_name("data") / "sottovoce.sqlite3"
    if not path.exists():
        return []
    with suppress(StorageUnavailable), Database(path) as database:
        document = open_document(sitting.text)
        return list(AnnotationStore(database).of_document(document.fingerprint))
    return []


def type_text(desk: Desk, text: str) -> None:
    desk.run("xdotool", "type", "--delay", "60", text)


def test_a_note_is_answered_with_a_link_that_was_chosen_by_words(tmp_path: Path) -> None:
    with Desk() as desk:
        sitting = Sitting(desk, tmp_path)
        sitting.get_ready()
        desk.press("n")
        time.sleep(0.5)
        type_text(desk, "Wood and water.")
        desk.press("ctrl+Return")
        wait_until(lambda: len(notes_of(sitting)) == 1, "the note is not on disk")
        desk.press("a")
        time.sleep(0.5)
        type_text(desk, "As in [[wood")
        time.sleep(1.5)
        desk.press("Return")
        desk.press("ctrl+Return")
        wait_until(
            lambda: any("](" in note.note_text for note in notes_of(sitting)),
            "the reply with its link is not on disk",
        )
        note, reply = notes_of(sitting)
        assert reply.answered == note.id
        (written,) = addresses_in(reply.note_text)
        assert reply.note_text == f"As in [Wood and water.]({written})"
        address = address_from(written)
        assert address is not None
        assert address.note == note.id
        sitting.end()
