"""Addresses lead into the text: to the note, the place, or a sentence that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotations.editing import new_annotation
from reader.annotations.model import Annotation
from reader.errors import AddressUnknown
from reader.formats.registry import open_document
from reader.text.address import Address, address_of
from reader.text.document import Document, Place, Span
from reader.ui.desk import desk_text
from reader.ui.margin import note_opening
from reader.ui.margin.note_loading import load_notes
from reader.ui.wayfinding.links import Links
from reader.ui.window import messages
from reader.ui.window.messages import Remedy, Subject
from tests.annotations.documents import NOON
from tests.fakes.held_call import HeldCall
from tests.ui.desk.window_room import Opener, WindowRoom

LONG = "\n\n".join(f"Paragraph number {n} says a little and then stops." for n in range(300))


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened(LONG)


def document_of(room: WindowRoom) -> Document:
    document = room.desk.window.view.document
    assert document is not None
    return document


def note_far_down(room: WindowRoom) -> Annotation:
    """Add a note near the end of the text."""
    start = room.text.index("Paragraph number 280")
    note = new_annotation(
        document_of(room), Span(0, start, start + 20), source="a", created=NOON, note="Here."
    )
    notebook = room.desk.annotating.notebook
    assert notebook is not None
    notebook.add(note, Span(0, start, start + 20))
    return note


def first_shown(room: WindowRoom) -> int:
    place = room.desk.window.view.first_visible_place()
    assert place is not None
    return place.offset


def test_an_address_of_a_note_in_the_open_text_shows_it(room: WindowRoom) -> None:
    note = note_far_down(room)
    room.desk.follow(address_of(document_of(room).fingerprint, note.id))
    room.qtbot.waitUntil(lambda: room.desk.annotating.margin.focused_card == note.id)
    room.qtbot.waitUntil(lambda: first_shown(room) > len(room.text) // 2)


def test_an_address_of_the_open_text_is_followed_before_the_catalogue_knows_it(
    room: WindowRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(address: Address) -> Path:
        raise AddressUnknown(str(address))

    monkeypatch.setattr(room.services.texts, "at", unknown)
    note = note_far_down(room)
    room.desk.follow(address_of(document_of(room).fingerprint, note.id))
    room.qtbot.waitUntil(lambda: room.desk.annotating.margin.focused_card == note.id)


def test_an_address_of_another_text_opens_it_at_the_place(room: WindowRoom, tmp_path: Path) -> None:
    first = document_of(room).fingerprint
    room.qtbot.waitUntil(lambda: room.services.catalogue.last_text() is not None)
    other = tmp_path / "other.txt"
    other.write_text("Another text altogether.")
    room.desk.begin(other)
    room.qtbot.waitUntil(lambda: document_of(room).title == "other")
    room.desk.follow(address_of(first, place=Place(0, len(LONG) - 60)))
    room.qtbot.waitUntil(lambda: document_of(room).fingerprint == first)
    room.qtbot.waitUntil(lambda: first_shown(room) > len(LONG) // 2)


def links_of(room: WindowRoom) -> Links:
    assert room.desk.wayfinding is not None
    return room.desk.wayfinding.links


NOTE = "# First\n\n" + "Some words of the first part.\n\n" * 80 + "# The *second* part\n\nHere.\n"


@pytest.mark.parametrize("name", ["the-second-part", "^here"])
def test_a_link_to_a_heading_or_block_of_another_file_opens_that_place(
    room: WindowRoom, tmp_path: Path, name: str
) -> None:
    other = tmp_path / "Another.md"
    other.write_text(NOTE.replace("Here.", "Here. ^here") + "\nMore words.\n\n" * 80, "utf-8")
    links_of(room).file_chosen.emit(other, name)
    room.qtbot.waitUntil(lambda: document_of(room).title in ("First", "Another"))
    text = document_of(room).sections[0].text
    at = text.index("The second part")
    room.qtbot.waitUntil(lambda: bool(room.desk.window.view.rects_of(Span(0, at, at + 5))))


def test_a_place_that_another_file_does_not_have_is_told(room: WindowRoom, tmp_path: Path) -> None:
    other = tmp_path / "Another.md"
    other.write_text(NOTE, encoding="utf-8")
    links_of(room).file_chosen.emit(other, "the-third-part")
    room.qtbot.waitUntil(lambda: room.message() == messages.NO_SUCH_PLACE)


def assert_at_its_beginning(room: WindowRoom, title: str) -> None:
    """Wait for a text, and for whatever would show something of it."""
    room.qtbot.waitUntil(lambda: document_of(room).title == title)
    room.qtbot.waitUntil(lambda: not room.desk._background._running)
    assert room.desk.window.view.selection is None
    assert first_shown(room) == 0


def test_what_was_wanted_in_a_text_is_forgotten_when_another_one_is_opened_meanwhile(
    room: WindowRoom, tmp_path: Path
) -> None:
    wanted, other = tmp_path / "wanted.txt", tmp_path / "other.txt"
    for path in (wanted, other):
        path.write_text(LONG, encoding="utf-8")
    far_down = Span(0, len(LONG) - 60, len(LONG) - 40)
    room.desk.library.place_wanted.emit(wanted, far_down, "")
    room.desk.begin(other)  # before the first one could be read
    assert_at_its_beginning(room, "other")
    room.desk.begin(wanted)
    assert_at_its_beginning(room, "wanted")


def test_an_address_of_no_text_known_says_so_and_the_text_stays(room: WindowRoom) -> None:
    before = document_of(room)
    room.desk.follow(Address("0" * 16))
    room.qtbot.waitUntil(lambda: room.message() is not None)
    message = room.message()
    assert message is not None
    assert "No text known here" in message.text
    assert (message.subject, message.remedies) == (Subject.TEXT, (Remedy.CHOOSE_TEXT,))
    assert document_of(room) is before


def test_a_note_that_is_gone_is_told(room: WindowRoom) -> None:
    room.desk.follow(address_of(document_of(room).fingerprint, "urn:example:gone"))
    room.qtbot.waitUntil(lambda: room.message() is not None)
    message = room.message()
    assert message is not None
    assert "not in this text any more" in message.text


def test_a_note_that_was_removed_is_brought_back_from_where_a_link_leads(
    room: WindowRoom,
) -> None:
    note = note_far_down(room)
    annotating, window = room.desk.annotating, room.desk.window
    annotating.delete_note(note.id)
    room.wait(lambda: annotating.is_saved)
    room.desk.follow(address_of(document_of(room).fingerprint, note.id))
    room.wait(lambda: room.message() == messages.NOTE_REMOVED)
    window.messages.remedy_chosen.emit(messages.NOTE_REMOVED, Remedy.BRING_BACK)
    assert annotating.notebook is not None
    assert annotating.notebook.note(note.id) is not None
    assert annotating.margin.focused_card == note.id
    annotating.undo()
    room.wait(lambda: annotating.notebook is None or annotating.notebook.note(note.id) is None)
    window.messages.remedy_chosen.emit(messages.NOTE_REMOVED, Remedy.BRING_BACK)
    assert annotating.notebook.note(note.id) is None, "one answer is meant once"


def test_a_note_asked_for_before_the_notes_are_there_is_shown_once_they_are(
    room: WindowRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = note_far_down(room)
    held = HeldCall(load_notes)
    monkeypatch.setattr(note_opening, "load_notes", held)
    room.desk.begin(room.text_path)
    room.wait(lambda: held.is_held)
    room.desk.follow(address_of(document_of(room).fingerprint, note.id))
    room.wait(lambda: not room.desk._spots._looking_up.is_awaited)
    held.let_go()
    room.wait(lambda: room.desk.annotating.margin.focused_card == note.id)
    assert room.message() != messages.NOTE_GONE


def test_a_link_in_a_note_is_followed(room: WindowRoom) -> None:
    note = note_far_down(room)
    link = str(address_of(document_of(room).fingerprint, note.id))
    room.desk.annotating.link_activated.emit(link)
    room.qtbot.waitUntil(lambda: room.desk.annotating.margin.focused_card == note.id)
    room.desk.annotating.link_activated.emit("https://example.org/")  # nothing of ours


def test_of_two_addresses_followed_quickly_the_last_one_counts(
    room: WindowRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = document_of(room).fingerprint
    other = tmp_path / "other.txt"
    other.write_text("Another text altogether.")
    held = HeldCall(lambda _address: other)
    monkeypatch.setattr(room.services.texts, "at", held)
    room.desk.follow(address_of(open_document(other).fingerprint))
    room.wait(lambda: held.is_held)
    room.desk.follow(address_of(here, place=Place(0, len(LONG) - 60)))
    room.wait(lambda: first_shown(room) > len(LONG) // 2)
    held.let_go()
    assert room.desk._text.wanted_path == room.text_path


def test_a_text_opened_while_an_address_is_looked_up_stays(
    room: WindowRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another text altogether.")
    held = HeldCall(lambda _address: room.text_path)
    monkeypatch.setattr(room.services.texts, "at", held)
    room.desk.follow(address_of(open_document(other).fingerprint))
    room.wait(lambda: held.is_held)
    room.desk._text.open(other)
    room.wait(lambda: document_of(room).title == "other")
    held.let_go()
    assert room.desk._text.wanted_path == other


def test_of_two_places_in_the_text_the_one_asked_for_last_is_shown(
    room: WindowRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = Place(0, room.text.index("Paragraph number 290"))
    middle = Place(0, room.text.index("Paragraph number 150"))
    held = HeldCall(lambda _document, _share: end)
    monkeypatch.setattr(desk_text, "read_place_at", held)
    room.desk._text.go_to_share(0.97)
    room.wait(lambda: held.is_held)
    room.desk._text.show_span(Span(0, middle.offset, middle.offset + 9))
    room.wait(lambda: room.desk.window.view.selection is not None)
    shown = first_shown(room)
    held.let_go()
    assert first_shown(room) == shown < end.offset - 1000
