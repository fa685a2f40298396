"""Replies are written below their notes, folded when many, and outlive the note they answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reader.annotations.anchoring import ORPHANED
from reader.annotations.editing import new_reply, with_note
from reader.annotations.model import Annotation, AnnotationId
from reader.ui.margin.cards.card import CardContent
from reader.ui.margin.cards.card_deck import CardDeck
from reader.ui.margin.note_cards import ANSWERS_NOTHING, AnchoredNote
from tests.ui.margin.reading_room import NOW, Room, letter, note_on, open_room

NOTE = note_on(letter(), "a city of glass", "Which city?")


def reply(answered: Annotation, text: str, minutes: int = 0) -> Annotation:
    when = NOW + timedelta(minutes=minutes)
    return with_note(new_reply(answered.id, "", created=when, creator="Ann"), text, when)


pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = open_room(tmp_path, letter(), [NOTE])
    yield room
    room.close()


def cards(room: Room) -> dict[AnnotationId, CardContent]:
    notebook = room.annotating.notebook
    assert notebook is not None
    return {card.id: card for card in notebook.cards}


def write_reply(room: Room, text: str) -> Annotation:
    """Reply to the focused card by key, and finish."""
    room.press("A")
    room.type_note(text)
    QTest.keyClick(
        room.annotating.margin.editor.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    return room.save()[-1]


def test_a_reply_is_written_below_its_note_and_undone(room: Room) -> None:
    room.click_card(NOTE.id)
    made = write_reply(room, "Shanghai, mostly.")
    assert (made.answered, made.note_text) == (NOTE.id, "Shanghai, mostly.")
    margin = room.annotating.margin
    above, below = margin.box_of(NOTE.id), margin.box_of(made.id)
    assert above is not None
    assert below is not None
    assert below.top() > above.bottom()
    assert below.left() > above.left()
    assert cards(room)[made.id].by == "Reader"
    room.annotating.undo()
    room.background.do_all()
    room.annotating.undo()
    assert room.save() == [NOTE]
    room.annotating.redo()
    room.annotating.redo()
    assert [note.note_text for note in room.save()] == ["Which city?", "Shanghai, mostly."]


def test_a_reply_that_says_nothing_is_none(room: Room) -> None:
    room.click_card(NOTE.id)
    room.press("A")
    QTest.keyClick(room.annotating.margin.editor.note, Qt.Key.Key_Escape)
    assert room.save() == [NOTE]
    assert list(cards(room)) == [NOTE.id]


def test_a_reply_to_a_reply_stands_below_it(room: Room) -> None:
    room.click_card(NOTE.id)
    first = write_reply(room, "Shanghai.")
    assert room.annotating.margin.focused_card == first.id
    second = write_reply(room, "And Los Angeles.")
    assert second.answered == first.id
    assert [card.depth for card in cards(room).values()] == [0, 1, 2]


def test_many_replies_are_folded_until_they_are_asked_for(tmp_path: Path) -> None:
    replies = [reply(NOTE, f"Reply {number}", number) for number in range(6)]
    room = open_room(tmp_path, letter(), [NOTE, *replies])
    try:
        assert [card.note_markdown for card in cards(room).values()][1:] == ["Reply 4", "Reply 5"]
        assert cards(room)[NOTE.id].thread_words == "4 earlier replies"
        margin = room.annotating.margin
        box = margin.box_of(NOTE.id)
        assert box is not None
        press_at = QPoint(box.left() + 30, box.bottom() - 13 - 17 - 4 - 6)
        QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=press_at)
        assert len(cards(room)) == 7
        assert cards(room)[NOTE.id].thread_words == "fewer replies"
        room.annotating.show_note(replies[0].id)
        assert margin.focused_card == replies[0].id
    finally:
        room.close()


def test_replies_outlive_the_note_they_answer(tmp_path: Path) -> None:
    answer = reply(NOTE, "Shanghai.")
    room = open_room(tmp_path, letter(), [NOTE, answer])
    try:
        room.annotating.delete_note(NOTE.id)
        assert room.save() == [answer]
        card = cards(room)[answer.id]
        assert (card.state, card.depth, card.place) == (ANSWERS_NOTHING, 0, None)
        room.annotating.undo()
        room.save()
        assert cards(room)[answer.id].depth == 1
    finally:
        room.close()


def test_threads_are_found_anew_only_where_a_note_has_a_part_in_one() -> None:
    first, other = note_on(letter(), "city"), note_on(letter(), "glass")
    answer = reply(first, "Yes.")
    notes = {n.id: unplaced(n) for n in (first, answer)}
    deck = CardDeck(notes)
    threads = deck.threads
    notes[other.id] = unplaced(other)
    deck.forget_threads(other.id, None, notes[other.id])
    assert deck.threads is threads
    deck.forget_threads(other.id, notes.pop(other.id), None)
    assert deck.threads is threads
    deck.forget_threads(first.id, notes.pop(first.id), None)
    assert deck.threads.stray == {answer.id}
    notes[first.id] = unplaced(first)
    deck.forget_threads(first.id, None, notes[first.id])
    assert deck.threads.roots == {answer.id: first.id}
    deck.forget_threads(answer.id, notes.pop(answer.id), None)
    assert not deck.threads.roots


def unplaced(note: Annotation) -> AnchoredNote:
    return AnchoredNote(note, ORPHANED)
