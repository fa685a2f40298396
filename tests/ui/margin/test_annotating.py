"""Notes are made, changed, deleted and taken back from keys, pop-up, cards and text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.annotations.model import BOOKMARKING, COMMENTING, HIGHLIGHTING
from reader.annotations.store import AnnotationStore
from reader.errors import StorageUnavailable
from reader.text.document import Place, Span
from reader.ui.look.controls import PaintedButton
from reader.ui.margin.cards.card_handles import CardHandle
from tests.ui.margin.reading_room import Room, letter, note_on, open_room, span_of
from tests.ui.view.documents import SectionMaker, document_of

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A window with the letter and no notes."""
    room = open_room(tmp_path, letter())
    yield room
    room.close()


@pytest.fixture
def noted(tmp_path: Path) -> Iterator[Room]:
    """A window with the letter and two notes."""
    document = letter()
    notes = [
        note_on(document, "letters for other people", "A job.", tags=("work",)),
        note_on(document, "listening, in the old sense", "Try it."),
    ]
    room = open_room(tmp_path, document, notes)
    yield room
    room.close()


def test_h_highlights_the_selection_in_the_last_colour(room: Room) -> None:
    span = room.select("glass towers")
    room.press("3")
    room.select("soft light")
    room.press("H")
    first, second = room.save()
    assert (first.motivation, first.colour) == (HIGHLIGHTING, "sage")
    assert second.colour == "sage"
    assert first.target.quote is not None
    assert first.target.quote.exact == "glass towers"
    assert room.annotating.ticks[0] == ((span.section, span.start), "sage")


def test_a_selection_over_two_sections_is_highlighted_in_both(tmp_path: Path) -> None:
    first = SectionMaker(0).add("Nought.").add("One two.").made()
    second = SectionMaker(1).add("Three four.").made()
    room = open_room(tmp_path, document_of(first, second))
    room.view.select_spans([Span(0, 13, 17), Span(1, 0, 5)])
    room.press("H")
    quotes = [note.target.quote.exact for note in room.save() if note.target.quote is not None]
    assert quotes == ["two.", "Three"]
    room.close()


def test_a_selection_is_highlighted_without_the_white_space_at_its_ends(room: Room) -> None:
    room.select(" glass towers ")
    room.press("H")
    (highlight,) = room.save()
    assert highlight.target.quote is not None
    assert highlight.target.quote.exact == "glass towers"


def test_without_a_selection_the_sentence_being_read_is_marked(room: Room) -> None:
    room.press("H")
    (highlight,) = room.save()
    assert highlight.target.quote is not None
    assert highlight.target.quote.exact == "The instrument he falls in love with"


def test_the_same_passage_is_not_highlighted_twice_but_coloured(room: Room) -> None:
    room.select("glass towers")
    room.press("1")
    room.select("glass towers")
    room.press("4")
    (highlight,) = room.save()
    assert highlight.colour == "sky"


def test_n_on_a_selection_opens_a_note_that_is_saved(room: Room) -> None:
    room.select("glass towers")
    room.press("N")
    room.type_note("All *glass*.")
    QTest.keyClick(
        room.annotating.margin.editor.note,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier,
    )
    (note,) = room.save()
    assert (note.motivation, note.note_text) == (COMMENTING, "All *glass*.")
    assert room.annotating.margin.edited_card is None


def test_keys_of_the_voice_type_text_while_a_note_is_written(room: Room) -> None:
    room.select("glass towers")
    room.press("N")
    room.type_note("h n b 1 [ ]")
    room.annotating.finish_editing()
    (note,) = room.save()
    assert note.note_text == "h n b 1 [ ]"


def test_a_note_left_empty_becomes_a_highlight(room: Room) -> None:
    room.select("glass towers")
    room.press("N")
    room.view.setFocus()
    room.settle()
    (highlight,) = room.save()
    assert (highlight.motivation, highlight.note_text) == (HIGHLIGHTING, "")


def test_escape_on_a_new_note_without_a_word_takes_it_back(room: Room) -> None:
    room.select("glass towers")
    room.press("N")
    QTest.keyClick(room.annotating.margin.editor.note, Qt.Key.Key_Escape)
    assert room.save() == []


def test_escape_keeps_what_was_written(room: Room) -> None:
    room.select("glass towers")
    room.press("N")
    room.type_note("Kept")
    QTest.keyClick(room.annotating.margin.editor.note, Qt.Key.Key_Escape)
    (note,) = room.save()
    assert note.note_text == "Kept"


def test_what_is_being_written_is_on_disk_soon(room: Room) -> None:
    room.select("glass towers")
    room.press("N")
    room.type_note("Half a thou")
    room.annotating.margin.editor.keep_draft()
    (note,) = room.save()
    assert note.note_text == "Half a thou"
    assert room.annotating.margin.edited_card == note.id


def test_drafts_of_a_note_are_one_step_of_history(room: Room) -> None:
    room.select("glass towers")
    room.press("N")
    for words in ("One", " two", " three"):
        room.type_note(words)
        room.annotating.margin.editor.keep_draft()
    room.annotating.finish_editing()
    room.save()
    room.press("Ctrl+Z")
    (note,) = room.save()
    assert note.note_text == ""
    room.press("Ctrl+Shift+Z")
    (note,) = room.save()
    assert note.note_text == "One two three"


def test_closing_the_text_keeps_what_is_being_written(room: Room) -> None:
    room.select("glass towers")
    room.press("N")
    room.type_note("Unfinished")
    room.annotating.close()
    (note,) = room.stored
    assert note.note_text == "Unfinished"


def test_b_sets_a_bookmark_and_takes_it_away(room: Room) -> None:
    room.press("B")
    (mark,) = room.save()
    assert mark.motivation == BOOKMARKING
    start = span_of(room.document, "The instrument").first_place
    assert room.annotating.ticks == [((start.section, start.offset), "sky")]
    room.press("B")
    assert room.save() == []


def test_every_change_of_a_note_can_be_undone_and_done_again(noted: Room) -> None:
    name = noted.stored[0].id
    before = noted.stored
    noted.click_card(name)
    noted.press("4")
    noted.press("Del")
    noted.save()
    assert [note.id for note in noted.stored] == [before[1].id]
    noted.press("Ctrl+Z")
    assert noted.save()[0].colour == "sky"
    noted.press("Ctrl+Z")
    assert noted.save() == before
    noted.press("Ctrl+Y")
    noted.press("Ctrl+Y")
    assert [note.id for note in noted.save()] == [before[1].id]


def test_undo_right_after_a_change_waits_for_its_saving(noted: Room) -> None:
    before = noted.stored
    noted.click_card(before[0].id)
    noted.press("Del")
    noted.press("Ctrl+Z")
    assert noted.save() == before
    assert noted.annotating.margin.box_of(before[0].id) is not None


def test_a_change_made_while_an_older_one_is_saved_stays_to_be_seen(noted: Room) -> None:
    noted.click_card(noted.stored[0].id)
    noted.press("3")
    noted.press("4")
    noted.background.jobs.popleft()()()
    assert noted.annotating.ticks[0][1] == "sky"
    assert noted.save()[0].colour == "sky"
    assert noted.annotating.ticks[0][1] == "sky"


def test_a_click_on_a_highlight_brings_its_card_forward(noted: Room) -> None:
    wanted = noted.stored[1].id
    box = noted.view.rects_of(span_of(noted.document, "listening, in the old sense"))[0]
    QTest.mouseClick(
        noted.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        box.center(),
    )
    assert noted.annotating.margin.focused_card == wanted
    assert noted.view.hasFocus()


def test_clicks_go_through_highlights_that_lie_over_each_other(tmp_path: Path) -> None:
    document = letter()
    notes = [note_on(document, "glass towers and soft light"), note_on(document, "towers and")]
    room = open_room(tmp_path, document, notes)
    place = Place(0, span_of(document, "towers and").start + 2)
    seen = []
    for _ in range(3):
        room.view.clicked.emit(place)
        seen.append(room.annotating.margin.focused_card)
    assert seen == [notes[1].id, notes[0].id, notes[1].id]
    room.close()


def test_a_click_beside_every_highlight_lets_the_card_go(noted: Room) -> None:
    noted.click_card(noted.stored[0].id)
    noted.view.clicked.emit(Place(0, 1))
    assert noted.annotating.margin.focused_card is None


def test_delete_takes_the_highlight_at_the_caret(noted: Room) -> None:
    first, _ = noted.stored
    noted.view.set_caret(span_of(noted.document, "in the old sense").first_place)
    noted.press("Backspace")
    assert noted.save() == [first]


def test_the_word_being_heard_lights_its_card_only(noted: Room) -> None:
    margin = noted.annotating.margin
    noted.annotating.set_spoken(span_of(noted.document, "letters"))
    assert margin.spoken_cards == {noted.stored[0].id}
    noted.annotating.set_spoken(span_of(noted.document, "Theodore"))
    assert margin.spoken_cards == set()


def test_the_voice_does_not_disturb_writing(noted: Room) -> None:
    name = noted.stored[0].id
    noted.annotating.margin.edit_card(name)
    noted.type_note(" More")
    for words in ("Theodore", "letters", "listening"):
        noted.annotating.set_spoken(span_of(noted.document, words))
        noted.settle()
    noted.type_note(" still")
    assert noted.annotating.margin.edited_card == name
    noted.annotating.finish_editing()
    assert noted.save()[0].note_text == "A job. More still"


def test_alt_down_goes_from_note_to_note(noted: Room) -> None:
    first, second = (note.id for note in noted.stored)
    noted.press("Alt+Down")
    assert noted.annotating.margin.focused_card == first
    noted.press("Alt+Down")
    assert noted.annotating.margin.focused_card == second
    noted.press("Alt+Up")
    assert noted.annotating.margin.focused_card == first


def test_digits_are_free_where_there_is_nothing_to_colour(room: Room) -> None:
    with pytest.raises(AssertionError):
        room.press("1")
    room.select("glass towers")
    room.press("1")
    assert len(room.save()) == 1


def test_the_popup_comes_with_a_selection_and_never_takes_the_focus(room: Room) -> None:
    popup = room.annotating.tools.popup
    assert not popup.isVisible()
    room.select("glass towers")
    assert popup.isVisible()
    dot = next(
        button for button in popup.findChildren(PaintedButton) if "rose" in button.accessibleName()
    )
    QTest.mouseClick(dot, Qt.MouseButton.LeftButton)
    assert room.view.hasFocus()
    assert not popup.isVisible()
    (highlight,) = room.save()
    assert highlight.colour == "rose"


def test_the_popup_reads_from_the_selection(room: Room) -> None:
    asked: list[Place] = []
    room.annotating.play_from_wanted.connect(asked.append)
    span = room.select("glass towers")
    room.annotating.tools.popup.play_wanted.emit()
    assert asked == [span.first_place]


def test_the_popup_copies(room: Room) -> None:
    room.select("glass towers")
    room.annotating.tools.popup.copy_wanted.emit()
    assert QApplication.clipboard().text() == "glass towers"


def test_a_note_of_a_text_that_was_closed_is_gone_from_the_margin(noted: Room) -> None:
    name = noted.stored[0].id
    noted.annotating.close()
    assert noted.annotating.margin.box_of(name) is None
    assert not noted.annotating.ticks
    assert not noted.view.decorations().get("notes")


def test_a_note_that_cannot_be_saved_says_so_until_it_is(
    noted: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = noted.stored[0].id

    def full(*_: object) -> None:
        raise StorageUnavailable(Path("notes.db"), "the disk is full")

    def says(words: str) -> bool:
        handles = noted.annotating.margin.findChildren(CardHandle)
        return any(words in one.accessibleName() for one in handles if one.card_id == name)

    with monkeypatch.context() as patch:
        patch.setattr(AnnotationStore, "write", full)
        noted.annotating.margin.colour_chosen.emit(name, "sky")
        noted.background.do_all()
        qtbot.waitUntil(lambda: says("not saved") and says("the disk is full"))
        with pytest.raises(StorageUnavailable):
            noted.annotating.close()
    noted.annotating.close()
    assert noted.stored[0].colour == "sky"
