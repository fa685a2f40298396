"""Links between notes in the whole window: copied, pasted, completed, followed, shown both ways."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from reader.annotations.links import addresses_in
from reader.annotations.model import AnnotationId
from reader.text.address import address_of
from reader.text.document import Place, Span
from reader.ui.look.menu import Menu
from reader.ui.margin.annotating import NO_LINK
from reader.ui.margin.cards.card import CardContent, CardKind
from reader.ui.margin.cards.card_editor import CardEditor
from reader.ui.window.commands import Command
from reader.ui.window.messages import LINK_COPIED
from tests.ui.desk.window_room import TEXT, Opener, WindowRoom

FIRST, LAST = "The first sentence", "The last paragraph"


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened(TEXT)


def write(room: WindowRoom, passage: str, text: str = "", tags: str = "") -> AnnotationId:
    """Write a note on a passage; return its id."""
    editor = begin(room, passage)
    name = editor.card_id
    QTest.keyClicks(editor.note, text)
    editor.tags.setFocus()
    QTest.keyClicks(editor.tags, tags)
    room.desk.annotating.finish_editing()
    room.wait(lambda: room.desk.annotating.is_saved)
    assert name is not None
    return name


def begin(room: WindowRoom, passage: str) -> CardEditor:
    start = room.text.index(passage)
    room.desk.window.view.select(Span(0, start, start + len(passage)))
    room.desk.annotating.writing.write_note()
    return room.desk.annotating.margin.editor


def card(room: WindowRoom, name: AnnotationId) -> CardContent:
    notebook = room.desk.annotating.notebook
    assert notebook is not None
    return next(card for card in notebook.cards if card.id == name)


def test_a_copied_link_is_pasted_with_its_words_and_shown_at_both_ends(room: WindowRoom) -> None:
    aim = write(room, FIRST, "Where it begins.")
    room.desk.annotating.margin.focus_card(aim)
    room.desk.do(Command.COPY_LINK)
    assert room.message() == LINK_COPIED
    address = QGuiApplication.clipboard().text()
    editor = begin(room, LAST)
    name = editor.card_id
    assert name is not None
    editor.note.paste()
    assert editor.note.source() == f"[Where it begins.]({address})"
    room.desk.annotating.finish_editing()
    room.wait(lambda: card(room, aim).links_here != ())
    (back,) = card(room, aim).links_here
    assert "Where it begins." in back.words
    room.desk.annotating.link_activated.emit(back.address)
    room.wait(lambda: room.desk.annotating.margin.focused_card == name)
    room.desk.annotating.link_activated.emit(address)
    room.wait(lambda: room.desk.annotating.margin.focused_card == aim)
    room.desk.annotating.delete_note(aim)
    room.wait(lambda: card(room, name).gone_links == (address,))
    assert "not here any more" in card(room, name).notice
    room.desk.annotating.undo()
    room.wait(lambda: card(room, name).gone_links == ())


def test_a_link_is_followed_and_gone_back_by_key(room: WindowRoom) -> None:
    annotating = room.desk.annotating
    editor = begin(room, FIRST)
    aim = editor.card_id
    assert aim is not None
    editor.note.setPlainText("Where it begins.")
    annotating.finish_editing()
    annotating.margin.focus_card(aim)
    annotating.follow_link()
    message = room.message()
    assert message is not None
    assert message.text == NO_LINK
    room.desk.do(Command.COPY_LINK)
    editor = begin(room, LAST)
    name = editor.card_id
    assert name is not None
    editor.note.paste()
    annotating.finish_editing()
    room.wait(lambda: card(room, aim).links_here != ())
    annotating.margin.focus_card(name)
    annotating.follow_link()
    room.wait(lambda: annotating.margin.focused_card == aim)
    annotating.follow_link()
    room.wait(lambda: annotating.margin.focused_card == name)


# what Qt's offscreen windows say of any menu that is opened
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_of_several_links_the_key_asks_which(room: WindowRoom) -> None:
    annotating = room.desk.annotating
    editor = begin(room, FIRST)
    name = editor.card_id
    assert name is not None
    editor.note.setPlainText(
        "[one & two](https://one.example/) or *[three](https://three.example/)*"
    )
    annotating.finish_editing()
    gone_to: list[str] = []
    annotating.link_activated.disconnect()
    annotating.link_activated.connect(gone_to.append)
    annotating.margin.focus_card(name)
    annotating.follow_link()
    (menu,) = annotating.margin.findChildren(Menu)
    assert [action.text() for action in menu.actions()] == ["→ one && two", "→ three"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert gone_to == ["https://three.example/"]


def test_a_link_to_a_place_leads_there(room: WindowRoom) -> None:
    start = room.text.index(LAST)
    room.desk.window.view.select(Span(0, start - 1, start + len(LAST)))  # white space as well
    room.desk.do(Command.COPY_LINK)
    written = QGuiApplication.clipboard().text()
    assert f"&at=0:{start}&words=The%20last%20paragraph" in written
    assert LAST in QGuiApplication.clipboard().mimeData().html()


def test_a_place_that_a_note_leads_to_says_so_and_leads_back(room: WindowRoom) -> None:
    start = room.text.index(LAST)
    room.desk.window.view.select(Span(0, start, start + len(LAST)))
    room.desk.do(Command.COPY_LINK)
    editor = begin(room, FIRST)
    name = editor.card_id
    editor.note.paste()
    room.desk.annotating.finish_editing()
    notebook = room.desk.annotating.notebook
    assert notebook is not None

    def linked() -> list[CardContent]:
        return [card for card in notebook.cards if card.kind is CardKind.LINKED_PLACE]

    room.wait(lambda: len(linked()) == 1)
    (back,) = linked()
    assert back.place == Place(0, start)
    (address,) = addresses_in(back.note_markdown)
    room.desk.annotating.margin.focus_card(back.id)
    room.desk.annotating.delete()  # it is no note
    room.desk.annotating.link_activated.emit(address)
    room.wait(lambda: room.desk.annotating.margin.focused_card == name)
    there = write(room, LAST, "A note of its own.")
    room.wait(lambda: len(card(room, there).links_here) == 1)
    assert linked() == []


def test_a_link_to_a_place_leads_there_once_the_text_has_changed(room: WindowRoom) -> None:
    start = room.text.index(LAST)
    room.desk.window.view.select(Span(0, start, start + len(LAST)))
    room.desk.do(Command.COPY_LINK)
    written = QGuiApplication.clipboard().text()
    begin(room, FIRST)  # a note, so that the text is known by its versions
    room.desk.annotating.finish_editing()
    room.wait(lambda: room.desk.annotating.is_saved)
    room.text_path.write_text("Put before it all.\n\n" + TEXT, encoding="utf-8")
    room.desk.do(Command.RELOAD)
    room.wait(lambda: room.text.startswith("Put before"))
    shown: list[Place] = []
    room.desk.window.view.scroll_to = lambda place, *_a, **_k: shown.append(place)  # type: ignore[method-assign]
    room.desk.annotating.link_activated.emit(written)
    room.wait(lambda: shown != [])
    assert shown == [Place(0, room.text.index(LAST))]


def test_notes_are_offered_by_their_words_behind_two_brackets(room: WindowRoom) -> None:
    aim = write(room, FIRST, "Where it begins.")
    write(room, "Another paragraph", "Something else.")
    editor = begin(room, LAST)
    QTest.keyClicks(editor.note, "As in [[beg")
    room.wait(lambda: editor.links.offered != [])
    (offered,) = editor.links.offered
    assert offered.startswith("Where it begins.")
    QTest.keyClick(editor.note, Qt.Key.Key_Return)
    document = room.desk.window.view.document
    assert document is not None
    address = address_of(document.fingerprint, aim)
    assert editor.note.source() == f"As in [Where it begins.]({address})"
    assert editor.links.offered == []
    QTest.keyClicks(editor.note, " [[nothing like it")
    assert editor.links.offered == []
    QTest.keyClick(editor.note, Qt.Key.Key_Escape)
    assert room.desk.annotating.margin.edited_card is None


def test_tags_in_use_are_offered_most_used_first(room: WindowRoom) -> None:
    write(room, FIRST, "One.", "#rhythm #place")
    write(room, "Another paragraph", "Two.", "#place #repetition")
    editor = begin(room, LAST)
    room.wait(lambda: len(editor.known_tags) == 3)
    editor.tags.setFocus()
    QTest.keyClicks(editor.tags, "#")
    assert editor.tag_offer.offered == ["#place", "#repetition", "#rhythm"]
    QTest.keyClicks(editor.tags, "r")
    assert editor.tag_offer.offered == ["#repetition", "#rhythm"]
    QTest.keyClick(editor.tags, Qt.Key.Key_Down)
    QTest.keyClick(editor.tags, Qt.Key.Key_Return)
    assert editor.tags.text() == "#rhythm #"
    assert editor.tag_offer.offered == [], "Enter ends the tags"
    QTest.keyClicks(editor.tags, "r")
    assert editor.tag_offer.offered == ["#repetition"]
    QTest.keyClick(editor.tags, Qt.Key.Key_Escape)
    assert editor.tag_offer.offered == []
    assert room.desk.annotating.is_writing
    QTest.keyClicks(editor.tags, "are")
    QTest.keyClick(editor.tags, Qt.Key.Key_Return)
    notebook = room.desk.annotating.notebook
    assert notebook is not None
    assert ("rhythm", "rare") in [note.annotation.tags for note in notebook.notes]
