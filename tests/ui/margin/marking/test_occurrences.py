"""Every place where a phrase stands is marked, as one step, after saying how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.annotations.history import NoteHistory
from reader.text.document import Span
from reader.ui.margin.marking.occurrences_popover import OccurrencesPopover
from tests.ui.margin.reading_room import Room, note_on, open_room
from tests.ui.view.documents import SectionMaker, document_of

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A window with a text of two sections in which things come again."""
    first = SectionMaker(0).add("The cat’s cat saw a Cat.").add("Concatenate the café.").made()
    second = SectionMaker(1).add("No cat here? One cat, and the CAFE.").made()
    document = document_of(first, second)
    room = open_room(tmp_path, document, [note_on(document, "cat saw"[:3], "Here.")])
    yield room
    room.close()


def ask(room: Room, qtbot: QtBot, words: str) -> OccurrencesPopover:
    """Open the popover and look for these words."""
    room.press("E")
    popover = room.annotating.occurrences.popover
    assert popover is not None
    popover.phrase.setText(words)
    wait(popover, qtbot)
    return popover


def wait(popover: OccurrencesPopover, qtbot: QtBot) -> None:
    """Wait until all has been counted."""
    qtbot.waitUntil(lambda: not popover._typing.isActive())
    qtbot.waitUntil(lambda: not popover.count.text().endswith("…"))


def test_it_says_how_many_and_marks_them_in_one_step(room: Room, qtbot: QtBot) -> None:
    popover = ask(room, qtbot, "cat")
    assert popover.count.text() == "5 in this text, 1 marked already"
    assert popover.mark_button.text() == "Mark 4"
    said: list[str] = []
    room.annotating.told.connect(said.append)
    popover.note.setText("A cat.")
    QTest.keyClick(popover.note, Qt.Key.Key_Return)
    notes = room.save()
    assert [note.note_text for note in notes] == ["Here.", *["A cat."] * 4]
    exact = [note.target.quote.exact for note in notes if note.target.quote]
    assert exact == ["cat", "cat", "Cat", "cat", "cat"]
    assert said == ["4 are marked."]
    room.press("Ctrl+Z")
    assert [note.note_text for note in room.save()] == ["Here."]
    room.press("Ctrl+Shift+Z")
    assert len(room.save()) == 5


def test_of_a_part_of_a_word_other_parts_are_looked_for(room: Room, qtbot: QtBot) -> None:
    place = room.document.sections[0].text.index("Concatenate")
    room.view.select(Span(0, place + 3, place + 6))
    room.press("E")
    popover = room.annotating.occurrences.popover
    assert popover is not None
    assert not popover.word_button.isChecked()
    wait(popover, qtbot)
    assert popover.count.text() == "6 in this text, 1 marked already"


def test_of_a_focused_part_of_a_word_other_parts_are_looked_for(room: Room, qtbot: QtBot) -> None:
    place = room.document.sections[0].text.index("Concatenate")
    room.view.select(Span(0, place + 3, place + 6))
    room.press("H")
    room.save()
    room.view.select(None)
    room.press("Alt+Down")
    room.press("Alt+Down")
    room.press("E")
    popover = room.annotating.occurrences.popover
    assert popover is not None
    assert popover.phrase.text() == "cat"
    assert not popover.word_button.isChecked()
    wait(popover, qtbot)
    assert popover.count.text() == "6 in this text, 2 marked already"


def test_case_and_whole_words_can_be_chosen_and_accents_never_count(
    room: Room, qtbot: QtBot
) -> None:
    popover = ask(room, qtbot, "cat")
    popover.word_button.setChecked(False)
    wait(popover, qtbot)
    assert popover.count.text().startswith("6 in this text")
    popover.case_button.setChecked(True)
    wait(popover, qtbot)
    assert popover.count.text().startswith("5 in this text")
    popover.phrase.setText("cafe")
    popover.case_button.setChecked(False)
    wait(popover, qtbot)
    assert popover.count.text() == "2 in this text"
    popover.close()


def test_it_begins_with_the_focused_passage_or_the_selection(room: Room, qtbot: QtBot) -> None:
    room.select("the café")
    room.press("E")
    popover = room.annotating.occurrences.popover
    assert popover is not None
    assert popover.phrase.text() == "the café"
    wait(popover, qtbot)
    assert popover.mark_button.text() == "Mark 2"
    popover.close()
    room.view.select(None)
    room.annotating.margin.focus_card(room.stored[0].id)
    room.press("E")
    popover = room.annotating.occurrences.popover
    assert popover is not None
    assert popover.phrase.text() == "cat"
    popover.close()


def test_what_is_nowhere_cannot_be_marked(room: Room, qtbot: QtBot) -> None:
    popover = ask(room, qtbot, "dog")
    assert popover.count.text() == "Nothing found"
    assert not popover.mark_button.isEnabled()
    QTest.keyClick(popover.phrase, Qt.Key.Key_Return)
    assert popover.isVisible()
    QTest.keyClick(popover.phrase, Qt.Key.Key_Escape)
    assert len(room.save()) == 1


def test_the_look_chosen_there_is_that_of_the_marks(room: Room, qtbot: QtBot) -> None:
    popover = ask(room, qtbot, "the")
    popover.looks.style_chosen.emit("underline")
    popover.looks.colour_chosen.emit("sky")
    popover.mark_button.click()
    made = [note for note in room.save() if not note.note_text]
    assert {(note.style, note.colour) for note in made} == {("underline", "sky")}
    assert len(made) == 3


def test_too_many_are_not_marked(tmp_path: Path, qtbot: QtBot) -> None:
    document = document_of(SectionMaker().add("so " * 2_001).add("End.").made())
    room = open_room(tmp_path, document)
    popover = ask(room, qtbot, "so")
    assert popover.count.text() == "2,001 in this text, more than 2,000"
    assert not popover.mark_button.isEnabled()
    popover.close()
    room.close()


def test_it_finds_again_after_the_notes_were_read_anew(room: Room, qtbot: QtBot) -> None:
    ask(room, qtbot, "cat")
    room.annotating.close()
    history = NoteHistory(room.store, room.document.fingerprint)
    room.annotating.open(room.document, "letter.txt", history, (), lambda: None)
    assert ask(room, qtbot, "cat").count.text() == "5 in this text"
