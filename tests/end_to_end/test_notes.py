"""Notes by the keyboard of a real desktop: written, answered, linked, and on disk."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from reader.annotations.links import addresses_in
from reader.annotations.model import Annotation, annotation_from_text
from reader.annotations.store import AnnotationStore
from reader.errors import StorageUnavailable
from reader.formats.registry import open_document
from reader.storage.database import Database
from reader.text.address import address_from
from tests.end_to_end.desk import Desk, wait_until
from tests.end_to_end.test_one_window import start_second, windows
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


def test_a_link_into_another_text_is_followed_there_and_back_and_from_outside(
    tmp_path: Path,
) -> None:
    with Desk() as desk:
        sitting = Sitting(desk, tmp_path)
        sitting.get_ready()
        desk.press("n")
        time.sleep(0.5)
        type_text(desk, "Wood and water.")
        desk.press("ctrl+Return")
        wait_until(lambda: len(notes_of(sitting)) == 1, "the note is not on disk")
        desk.press("ctrl+shift+c")
        other = tmp_path / "other.txt"
        other.write_text("Another text speaks of stone.\n", encoding="utf-8")
        assert start_second(sitting, other) == (0, "")
        wait_until(lambda: bool(windows(desk, "other")), "the other text is not opened")
        time.sleep(1.0)
        desk.press("n")
        time.sleep(0.5)
        type_text(desk, "Compare ")
        desk.press("ctrl+v", "ctrl+Return")
        data = tmp_path / "data" / "sottovoce.sqlite3"
        wait_until(lambda: bool(_links_on_disk(data)), "the link is not on disk")
        desk.press("g")
        wait_until(lambda: bool(windows(desk, "text")), "the link is not followed")
        _press_until(desk, "g", "other")  # which note leads here is read a moment later
        (address,) = _links_on_disk(data)
        assert start_second(sitting, address) == (0, "")
        wait_until(lambda: bool(windows(desk, "text")), "the address is not followed")
        assert sitting.end() == 0
        desk.start(sys.executable, "-m", "reader", "--data-dir", data.parent, address)
        wait_until(lambda: bool(windows(desk, "text")), "the address opens no window")


def _links_on_disk(path: Path) -> list[str]:
    with suppress(StorageUnavailable), Database(path) as database:
        with database.reading() as connection:
            rows = connection.execute("SELECT json FROM annotation").fetchall()
        notes = [annotation_from_text(json).note_text for (json,) in rows]
        return [address for note in notes for address in addresses_in(note)]
    return []


def _press_until(desk: Desk, key: str, title: str) -> None:
    """Press a key until a text is shown; where it already did something, once is enough."""
    for _ in range(20):
        desk.press(key)
        with suppress(TimeoutError):
            wait_until(lambda: bool(windows(desk, title)), title, 5.0)
            return
    raise TimeoutError(f"{key} does not lead to {title}")
