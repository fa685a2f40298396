"""Highlights are resized, merged and split, each as one step that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reader.annotations.editing import new_reply
from reader.annotations.history import NoteHistory
from reader.annotations.model import COMMENTING
from reader.annotations.store import AnnotationStore
from reader.text.document import Document, Place, Span
from reader.ui.margin.marking.highlight_grips import Grip
from tests.ui.margin.reading_room import NOW, Room, letter, note_on, open_room, span_of
from tests.ui.view.documents import SectionMaker, document_of

pytestmark = pytest.mark.usefixtures("qapp")

NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A window with the letter and three highlights, the first two side by side."""
    document = letter()
    notes = [
        note_on(document, "letters for", "One.", tags=("a", "b")),
        note_on(document, "other people", "Two.", tags=("b", "c"), colour="sky"),
        note_on(document, "listening, in the old sense", "Three."),
    ]
    room = open_room(tmp_path, document, notes)
    yield room
    room.close()


def quotes(room: Room) -> list[str]:
    """Return what the notes on disk are on, in the order of the text."""
    found = [note.target for note in room.save()]
    found.sort(key=lambda target: target.position.start if target.position else 0)
    return [target.quote.exact if target.quote else "" for target in found]


def focus(room: Room, words: str) -> None:
    """Focus the card of the note on these words."""
    named = (n for n in room.save() if n.target.quote and n.target.quote.exact == words)
    room.annotating.margin.focus_card(next(named).id)
    room.settle()


def grip(room: Room, *, is_start: bool) -> Grip:
    """Return the grip at one of the ends; it has to be there."""
    (found,) = (g for g in room.view.viewport().findChildren(Grip) if g.is_start is is_start)
    assert found.isVisible()
    return found


def drag(room: Room, held: Grip, to: QPoint, key: Qt.KeyboardModifier = NO_KEY) -> None:
    """Drag a grip's middle to a point of the viewport."""
    middle = QPoint(held.width() // 2, held.height() // 2)
    QTest.mousePress(held, LEFT, key, middle)
    for step in (0.5, 1.0):
        way = (to - held.mapToParent(middle)) * step
        QTest.mouseMove(held, middle + way)
        # the position is the grip's own, which moves along
        _send_move(held, held.mapFromParent(to), key)
    QTest.mouseRelease(held, LEFT, key, held.mapFromParent(to))
    room.settle()


def _send_move(held: Grip, at: QPoint, key: Qt.KeyboardModifier) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(held.mapToGlobal(at)), LEFT, LEFT, key
    )
    QApplication.sendEvent(held, event)


def point_at(room: Room, words: str, *, at_end: bool = False) -> QPoint:
    """Return a point on the first, or behind the last letter of these words."""
    box = room.view.rects_of(span_of(room.document, words))[-1 if at_end else 0]
    return QPoint(box.right() - 1 if at_end else box.left() + 1, box.center().y())


# By keys


def test_keys_move_the_end_by_words_and_presses_in_a_row_are_one_step(room: Room) -> None:
    focus(room, "listening, in the old sense")
    for _ in range(3):
        room.press("Alt+Shift+Right")
    assert quotes(room)[-1] == "listening, in the old sense, the kind one"
    room.press("Alt+Shift+Left")
    assert quotes(room)[-1] == "listening, in the old sense, the kind"
    room.press("Ctrl+Z")
    assert quotes(room)[-1] == "listening, in the old sense"
    room.press("Ctrl+Shift+Z")
    assert quotes(room)[-1] == "listening, in the old sense, the kind"


def test_keys_move_the_beginning_across_blocks(room: Room) -> None:
    focus(room, "listening, in the old sense")
    for _ in range(7):
        room.press("Alt+Shift+Up")
    assert quotes(room)[-1] == "of.\n\nWhat it asks of us is listening, in the old sense"
    room.press("Alt+Shift+Down")
    assert quotes(room)[-1] == "What it asks of us is listening, in the old sense"


def test_a_step_between_two_moves_of_an_end_parts_them(room: Room) -> None:
    focus(room, "listening, in the old sense")
    room.press("Alt+Shift+Right")
    room.press("4")
    room.press("Alt+Shift+Right")
    room.press("Ctrl+Z")
    assert quotes(room)[-1] == "listening, in the old sense, the"
    assert room.stored[-1].colour == "sky"


def test_a_highlight_never_loses_its_last_word(room: Room) -> None:
    focus(room, "letters for")
    for _ in range(5):
        room.press("Alt+Shift+Left")
    assert quotes(room)[0] == "letters"


def test_what_reaches_into_the_next_section_is_marked_there_in_the_same_step(
    tmp_path: Path,
) -> None:
    first = SectionMaker(0).add("Nought.").add("One two.").made()
    second = SectionMaker(1).add("Three four.").made()
    document = document_of(first, second)
    room = open_room(tmp_path, document, [note_on(document, "two", "Two!")])
    focus(room, "two")
    room.press("Alt+Shift+Right")
    assert quotes(room) == ["two.", "Three"]
    assert [note.colour for note in room.stored] == ["rose", "rose"]
    room.press("Ctrl+Z")
    assert quotes(room) == ["two"]
    room.close()


def test_without_a_focused_highlight_the_keys_say_what_they_are_for(room: Room) -> None:
    said: list[str] = []
    room.annotating.told.connect(said.append)
    room.press("Alt+Shift+Right")
    assert said == ["Click a highlight first: these keys move its ends."]


# By grips


def test_a_dragged_end_snaps_to_words_and_is_one_step(room: Room) -> None:
    focus(room, "listening, in the old sense")
    drag(room, grip(room, is_start=False), point_at(room, "kind one", at_end=True) - QPoint(5, 0))
    assert quotes(room)[-1] == "listening, in the old sense, the kind one"
    drag(room, grip(room, is_start=True), point_at(room, "asks of us"))
    assert quotes(room)[-1] == "asks of us is listening, in the old sense, the kind one"
    room.press("Ctrl+Z")
    assert quotes(room)[-1] == "listening, in the old sense, the kind one"


def test_with_alt_an_end_stands_within_a_word(room: Room) -> None:
    focus(room, "listening, in the old sense")
    to = point_at(room, "kin", at_end=True)
    drag(room, grip(room, is_start=False), to, Qt.KeyboardModifier.AltModifier)
    assert quotes(room)[-1] == "listening, in the old sense, the kin"


def test_while_an_end_is_dragged_the_new_passage_is_seen_and_escape_keeps_the_old(
    room: Room,
) -> None:
    focus(room, "listening, in the old sense")
    held = grip(room, is_start=False)
    QTest.mousePress(held, LEFT, NO_KEY, held.rect().center())
    _send_move(held, held.mapFromParent(point_at(room, "kind one", at_end=True)), NO_KEY)
    (shown,) = room.view.decorations()["active-note"]
    words = "listening, in the old sense, the kind one"
    assert shown.span == span_of(room.document, words)
    QTest.keyClick(held, Qt.Key.Key_Escape)
    (shown,) = room.view.decorations()["active-note"]
    assert shown.span == span_of(room.document, "listening, in the old sense")
    QTest.mouseRelease(held, LEFT, NO_KEY, held.rect().center())
    assert quotes(room)[-1] == "listening, in the old sense"


def hold(room: Room) -> Grip:
    """Take the end of the third highlight, drag it on, and keep the button down."""
    focus(room, "listening, in the old sense")
    held = grip(room, is_start=False)
    QTest.mousePress(held, LEFT, NO_KEY, held.rect().center())
    _send_move(held, held.mapFromParent(point_at(room, "kind one", at_end=True)), NO_KEY)
    return held


def test_an_end_that_is_held_while_another_text_is_shown_changes_nothing(room: Room) -> None:
    held = hold(room)
    room.view.show_document(
        document_of(SectionMaker().add("Short.").made())
    )  # the notes come later
    _send_move(held, QPoint(5, 5), NO_KEY)
    QTest.mouseRelease(held, LEFT, NO_KEY, QPoint(5, 5))
    assert quotes(room)[-1] == "listening, in the old sense"


def test_an_end_that_is_held_while_another_note_is_focused_moves_neither(room: Room) -> None:
    held = hold(room)
    before = quotes(room)
    room.press("Alt+Up")
    assert not held.is_held
    _send_move(held, QPoint(5, 5), NO_KEY)
    QTest.mouseRelease(held, LEFT, NO_KEY, QPoint(5, 5))
    assert quotes(room) == before


def test_grips_have_names_and_arrows_of_their_own(room: Room) -> None:
    focus(room, "listening, in the old sense")
    end = grip(room, is_start=False)
    assert end.accessibleName() == "End of the highlight"
    assert end.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(end, Qt.Key.Key_Right)
    QTest.keyClick(end, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert quotes(room)[-1] == "listening, in the old sense, the "[:-1]
    QTest.keyClick(grip(room, is_start=True), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert quotes(room)[-1] == "istening, in the old sense, the"


def test_grips_leave_with_the_focus_and_while_a_note_is_written(room: Room) -> None:
    focus(room, "listening, in the old sense")
    start = grip(room, is_start=True)
    room.annotating.edit(room.stored[-1].id)
    assert not start.isVisible()
    room.annotating.finish_editing()
    room.settle()
    room.annotating.margin.focus_card(None)
    assert not start.isVisible()


# Merging


def test_highlights_that_touch_become_one_with_their_notes_and_tags(room: Room) -> None:
    focus(room, "letters for")
    room.press("J")
    one, three = room.save()
    assert quotes(room)[0] == "letters for other people"
    assert one.note_text == "One.\n\nTwo."
    assert one.tags == ("a", "b", "c")
    assert three.note_text == "Three."
    room.press("Ctrl+Z")
    assert quotes(room)[:2] == ["letters for", "other people"]
    assert [note.note_text for note in room.stored] == ["One.", "Two.", "Three."]


def test_the_focused_one_stays_with_its_colour(room: Room) -> None:
    focus(room, "other people")
    name = room.annotating.margin.focused_card
    room.press("J")
    merged = room.save()[0]
    assert (merged.id, merged.colour) == (name, "sky")
    assert merged.note_text == "One.\n\nTwo.", "in the order of the text"
    assert room.annotating.margin.focused_card == name


def test_what_was_just_marked_merges_with_what_it_touches(room: Room) -> None:
    room.select("people in a city")
    room.press("H")
    span = span_of(room.document, "people in a city")
    room.view.set_caret(Place(0, span.end))  # where the mouse let go
    assert room.annotating.margin.focused_card is None
    room.press("J")
    assert quotes(room) == ["letters for other people in a city", "listening, in the old sense"]


def test_a_highlight_is_resized_at_the_caret(room: Room) -> None:
    room.view.set_caret(Place(0, span_of(room.document, "in the old sense").start))
    room.press(".")
    assert quotes(room)[2].startswith("listening, in the old sense")
    assert len(quotes(room)[2]) > len("listening, in the old sense")


def test_selected_highlights_become_one_also_apart(room: Room) -> None:
    room.select("people in a city")
    said: list[str] = []
    room.annotating.told.connect(said.append)
    room.press("J")
    assert said[-1].startswith("Click into a highlight")
    focus(room, "listening, in the old sense")
    room.press("J")
    assert said[-1].startswith("This highlight touches no other one.")
    start = span_of(room.document, "other").start
    end = span_of(room.document, "old sense").end
    room.view.select(Span(0, start, end))
    room.press("J")
    assert said[-1] == "2 highlights are one now."
    assert quotes(room)[1].startswith("other people in a city")
    assert quotes(room)[1].endswith("in the old sense")


def test_overlapping_highlights_merge_and_the_one_without_a_note_gets_it(tmp_path: Path) -> None:
    document = letter()
    notes = [note_on(document, "city of glass"), note_on(document, "glass towers", "Shiny.")]
    room = open_room(tmp_path, document, notes)
    focus(room, "city of glass")
    room.press("J")
    (merged,) = room.save()
    assert quotes(room) == ["city of glass towers"]
    assert (merged.motivation, merged.note_text) == (COMMENTING, "Shiny.")
    room.close()


def test_replies_to_what_is_merged_answer_what_it_became(tmp_path: Path) -> None:
    document = letter()
    first, second = note_on(document, "letters for", "One."), note_on(document, "other people", "B")
    answer = new_reply(second.id, "So?", created=NOW)
    below = new_reply(answer.id, "Indeed.", created=NOW)
    room = open_room(tmp_path, document, [first, second, answer, below])
    focus(room, "letters for")
    room.press("J")
    assert {note.id: note.answered for note in room.save()} == {
        first.id: None,
        answer.id: first.id,
        below.id: answer.id,
    }
    room.press("Ctrl+Z")
    assert {note.id: note.answered for note in room.save()}[answer.id] == second.id
    room.close()


def test_what_was_merged_is_shown_where_it_is_now(room: Room) -> None:
    one, two = room.save()[:2]
    margin = room.annotating.margin
    focus(room, "other people")
    room.press("J")
    assert room.annotating.show_note(one.id)
    assert margin.focused_card == two.id
    room.press("Ctrl+Z")
    room.save()
    assert room.annotating.show_note(one.id)
    assert margin.focused_card == one.id


# Splitting


def test_a_highlight_is_split_at_the_caret(room: Room) -> None:
    place = Place(0, span_of(room.document, "in the old sense").start)
    room.view.set_caret(place)
    room.press("Shift+J")
    assert quotes(room)[2:] == ["listening,", "in the old sense"]
    said = {n.target.quote.exact: n.note_text for n in room.stored if n.target.quote}
    assert (said["listening,"], said["in the old sense"]) == ("Three.", "")
    room.press("Ctrl+Z")
    assert quotes(room)[2:] == ["listening, in the old sense"]


@pytest.mark.parametrize(
    ("around", "parts"),
    [
        ("listening, in the ol|d", ["listening, in the", "old sense"]),
        ("listening, in the o|ld", ["listening, in the", "old sense"]),
        ("listening, in the old sens|e", ["listening, in the old", "sense"]),
        ("li|stening", ["listening,", "in the old sense"]),
    ],
)
def test_a_split_cuts_no_word(room: Room, around: str, parts: list[str]) -> None:
    before, _, behind = around.partition("|")
    start = span_of(room.document, before + behind).start
    room.view.set_caret(Place(0, start + len(before)))
    room.press("Shift+J")
    assert quotes(room)[2:] == parts


def test_a_selection_within_a_highlight_is_split_off_at_both_ends(room: Room) -> None:
    focus(room, "letters for")
    room.press("J")
    room.select("for other")
    room.press("Shift+J")
    assert quotes(room)[:3] == ["letters", "for other", "people"]
    parts = [n for n in room.stored if n.target.quote and n.target.quote.exact != "letters"]
    assert all(part.tags == ("a", "b", "c") for part in parts if part.note_text != "Three.")


def test_where_there_is_nothing_to_split_it_says_how(room: Room) -> None:
    said: list[str] = []
    room.annotating.told.connect(said.append)
    room.view.set_caret(Place(0, span_of(room.document, "listening").start))
    room.press("Shift+J")
    assert said == ["Click into a highlight, or select a part of it: it is split there."]


# After a restart


def test_each_of_them_can_be_taken_back_after_a_restart(room: Room) -> None:
    before = quotes(room)
    focus(room, "letters for")
    room.press("J")
    room.view.set_caret(Place(0, span_of(room.document, "in the old sense").start))
    room.press("Shift+J")
    focus(room, "in the old sense")
    room.press("Alt+Shift+Right")
    assert quotes(room) == ["letters for other people", "listening,", "in the old sense, the"]
    document: Document = room.document
    history = NoteHistory(AnnotationStore(room.database), document.fingerprint)
    for _ in range(3):
        history.undo()
    assert quotes(room) == before
    for _ in range(3):
        history.redo()
    assert quotes(room) == ["letters for other people", "listening,", "in the old sense, the"]
