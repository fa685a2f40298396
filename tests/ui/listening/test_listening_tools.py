"""Marking by ear, the inbox, the sleep timer and the study loop, in the whole window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.playback.sleep import SleepAfter, SleepAtEnd, SleepUnit
from reader.playback.states import Paused, Playing, Preparing
from reader.playback.study import Study
from reader.text.document import Span
from reader.ui.listening.inbox_popover import InboxPopover
from reader.ui.listening.sleep_choices import sleep_words
from reader.ui.listening.study_popover import StudyPopover
from reader.ui.look.controls import IconButton, TextButton
from reader.ui.look.icons import Icon
from reader.ui.look.list_popover import ListPopover
from reader.ui.window.commands import Command
from tests.ui.desk.window_room import TEXT, Opener, WindowRoom, open_and_settle


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    """Give a window on a short text."""
    return opened(TEXT)


def tags_by_passage(room: WindowRoom) -> dict[str, tuple[str, ...]]:
    """Return the notes of the text: their passages and tags."""
    notebook = room.desk.annotating.notebook
    assert notebook is not None
    return {
        room.text[note.span.start : note.span.end]: note.annotation.tags
        for note in notebook.notes
        if note.span is not None
    }


def listen(room: WindowRoom, words: int) -> None:
    """Play until so many words were heard."""
    room.press("Space")
    room.voice_answers()
    while len(room.lit_words) < words:
        room.hear()
        room.voice_answers()


def open_inbox(room: WindowRoom) -> InboxPopover:
    """Open the inbox and return it."""
    room.desk.do(Command.SHOW_INBOX)
    QApplication.processEvents()
    return room.desk.window.findChildren(InboxPopover)[-1]


def press_in(popover: InboxPopover, key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    target = QApplication.focusWidget()
    assert target is not None
    assert popover.isAncestorOf(target)
    QTest.keyClick(target, key)
    QApplication.processEvents()


# Marking


def test_m_marks_the_sentence_heard_and_the_voice_goes_on(room: WindowRoom) -> None:
    listen(room, 5)
    room.press("M")
    assert tags_by_passage(room) == {"The first sentence opens the room.": ("inbox",)}
    assert room.player().state == Playing()
    room.hear(2)
    assert room.lit_words[:6] == ["The", "first", "sentence", "opens", "the", "room"]


def test_right_after_a_sentence_began_the_one_before_is_marked(room: WindowRoom) -> None:
    listen(room, 7)
    assert room.lit_words[-1] == "A"
    room.press("M")
    assert list(tags_by_passage(room)) == ["The first sentence opens the room."]


def test_shift_m_asks_for_a_note_and_undo_takes_the_mark_back(room: WindowRoom) -> None:
    listen(room, 5)
    room.press("M")
    room.press("Shift+M")
    assert tags_by_passage(room) == {"The first sentence opens the room.": ("inbox", "to write")}
    room.desk.annotating.undo()
    room.wait(lambda: tags_by_passage(room) == {"The first sentence opens the room.": ("inbox",)})
    room.desk.annotating.undo()
    room.wait(lambda: not tags_by_passage(room))


def test_the_bar_marks_too_and_marks_outlive_the_window(
    room: WindowRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    QTest.mouseClick(room.desk.window.transport.mark_button, Qt.MouseButton.LeftButton)
    room.close()
    again = open_and_settle(qtbot, tmp_path, TEXT)
    assert tags_by_passage(again) == {"The first sentence opens the room.": ("inbox",)}
    again.close()


# The inbox


@pytest.fixture
def inbox(room: WindowRoom) -> InboxPopover:
    """Give an open inbox with the first two sentences."""
    room.desk.do(Command.MARK_HEARD)
    room.press("Right")
    room.desk.do(Command.MARK_TO_WRITE)
    return open_inbox(room)


def test_it_shows_the_marks_in_reading_order(inbox: InboxPopover) -> None:
    shown = [(row.mark.text, row.mark.is_to_write) for row in inbox.rows]
    assert shown == [
        ("The first sentence opens the room.", False),
        ("A second one follows it at once.", True),
    ]


def test_kept_a_mark_stays_a_highlight_and_leaves_the_inbox(
    room: WindowRoom, inbox: InboxPopover
) -> None:
    press_in(inbox, Qt.Key.Key_K)
    assert tags_by_passage(room)["The first sentence opens the room."] == ()
    assert [row.mark.text for row in inbox.rows] == ["A second one follows it at once."]
    press_in(inbox, Qt.Key.Key_K)
    assert inbox.rows == []


def test_extended_it_reaches_to_the_end_of_the_next_sentence_and_back(
    room: WindowRoom, inbox: InboxPopover
) -> None:
    press_in(inbox, Qt.Key.Key_E)
    both = "The first sentence opens the room. A second one follows it at once."
    assert inbox.rows[0].mark.text == both
    room.desk.annotating.undo()
    room.wait(lambda: "The first sentence opens the room." in tags_by_passage(room))
    assert both not in tags_by_passage(room)
    assert inbox.rows[0].mark.text == "The first sentence opens the room."


def test_dropped_it_is_gone(room: WindowRoom, inbox: InboxPopover) -> None:
    QTest.mouseClick(inbox.rows[0].buttons[Icon.DELETE], Qt.MouseButton.LeftButton)
    assert list(tags_by_passage(room)) == ["A second one follows it at once."]
    assert len(inbox.rows) == 1
    room.desk.annotating.undo()
    room.wait(lambda: len(tags_by_passage(room)) == 2)
    assert len(inbox.rows) == 2


def test_heard_again_it_plays_from_there(room: WindowRoom, inbox: InboxPopover) -> None:
    press_in(inbox, Qt.Key.Key_Down)
    press_in(inbox, Qt.Key.Key_Return)
    assert room.player().state in (Playing(), Preparing())
    at = room.player().place.offset
    assert room.text[at:].startswith("A second one")


def test_written_on_its_card_opens_and_the_inbox_closes(
    room: WindowRoom, inbox: InboxPopover
) -> None:
    press_in(inbox, Qt.Key.Key_Down)
    press_in(inbox, Qt.Key.Key_N)
    assert not room.desk.window.findChildren(InboxPopover) or not inbox.isVisible()
    assert room.desk.annotating.margin.has_keyboard
    assert tags_by_passage(room)["A second one follows it at once."] == ()


def test_an_empty_inbox_says_how_to_fill_it(room: WindowRoom) -> None:
    assert open_inbox(room).rows == []


# Falling asleep


def choose_in_list(room: WindowRoom, key: str) -> None:
    """Choose a row of the list that is open."""
    popover = room.desk.window.findChildren(ListPopover)[-1]
    popover.rows.chosen.emit(key)
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("key", "sleep", "words"),
    [
        ("15 min", SleepAfter(900), "15 min"),
        ("section", SleepAtEnd(SleepUnit.SECTION), "Section"),
        ("off", None, ""),
    ],
)
def test_a_choice_sets_the_timer_and_the_bar_shows_it(
    room: WindowRoom, key: str, sleep: SleepAfter | SleepAtEnd | None, words: str
) -> None:
    room.player().set_sleep(SleepAfter(5))
    room.desk.do(Command.CHOOSE_SLEEP)
    choose_in_list(room, key)
    assert room.player().sleep == sleep
    name = room.desk.window.transport.sleep_button.accessibleName()
    assert name == (f"Sleep timer: {words}" if words else "Sleep timer")


def test_after_the_sentence_it_waits_at_the_next_and_the_bar_forgets(room: WindowRoom) -> None:
    room.desk.do(Command.CHOOSE_SLEEP)
    choose_in_list(room, "sentence")
    room.press("Space")
    for _ in range(40):
        room.voice_answers()
        room.hear()
    assert room.player().state == Paused()
    at = room.player().place.offset
    assert room.text[at:].startswith("A second one")
    assert room.desk.window.transport.sleep_button.accessibleName() == "Sleep timer"


@pytest.mark.parametrize(
    ("left_s", "words"),
    [(None, "30 min"), (1800, "30 min"), (1741, "30 min"), (1740, "29 min"), (59.2, "60 s")],
)
def test_the_time_left_is_shown(left_s: float | None, words: str) -> None:
    assert sleep_words(SleepAfter(1800), left_s) == words


# Studying


def open_study(room: WindowRoom) -> StudyPopover:
    """Open the popover for studying and return it."""
    room.desk.do(Command.CHOOSE_STUDY)
    QApplication.processEvents()
    return room.desk.window.findChildren(StudyPopover)[-1]


def test_a_selection_is_studied_and_the_bar_says_so_until_it_is_over(room: WindowRoom) -> None:
    second = room.text.index("A second")
    room.desk.window.view.select(Span(0, second + 2, second + 8))
    popover = open_study(room)
    assert popover.begin_button.text() == "Study the selection"
    popover.begin_button.click()
    transport = room.desk.window.transport
    assert transport.study_button.text() == "Study 3×"
    assert transport.study_button.isVisible()
    for _ in range(200):
        room.voice_answers()
        room.hear()
    assert room.player().state == Paused()
    assert room.lit_words.count("second") == 3
    assert room.lit_words.count("first") == 0
    assert not transport.study_button.isVisible()


def test_what_was_chosen_is_offered_the_next_time_and_it_can_be_ended(room: WindowRoom) -> None:
    popover = open_study(room)
    assert popover.begin_button.text() == "Study from here"
    buttons = {button.accessibleName(): button for button in popover.findChildren(TextButton)}
    steps = {button.accessibleName(): button for button in popover.findChildren(IconButton)}
    steps["Fewer times"].click()
    buttons["4 s"].click()
    buttons["Slower the second time: Yes"].click()
    popover.begin_button.click()
    assert room.player().study == Study(2, 4.0, has_slow_second=False)
    again = open_study(room)
    assert room.player().study is not None
    ends = [b for b in again.findChildren(TextButton) if b.accessibleName() == "End it"]
    ends[0].click()
    assert room.player().study is None
    assert not room.desk.window.transport.study_button.isVisible()
    third = open_study(room)
    QTest.keyClick(third, Qt.Key.Key_Return)
    assert room.player().study == Study(2, 4.0, has_slow_second=False)
