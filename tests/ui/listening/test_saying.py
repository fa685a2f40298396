"""What is said of the text, and how, in the whole window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QCursor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from reader.app.paths import user_paths
from reader.app.reading_choices import PronunciationFile
from reader.app.settings import Settings
from reader.speech.planning.pronunciation import Match, Rule
from reader.text.document import Span
from reader.ui.listening.pronunciation_popover import PronunciationPopover
from reader.ui.listening.reading_popover import ReadingPopover
from reader.ui.listening.skip_marks import joined
from reader.ui.look.controls import TextButton
from reader.ui.look.popover import close_overlays
from reader.ui.look.setting_rows import ChoiceRow
from reader.ui.look.switch_row import SwitchRow
from reader.ui.window.commands import Command
from tests.fakes.held_call import HeldCall
from tests.ui.desk.window_room import Opener, WindowRoom, open_and_settle
from tests.ui.menu_words import entries_of

# tool tips and menus are windows, which the offscreen platform can't raise
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TEXT = "Spike Jonze made it [3] well. A second one follows.\n\nJonze knows [4] more.\n"


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened(TEXT)


def dimmed(room: WindowRoom) -> list[str]:
    """Return what is dimmed, in order."""
    decorations = room.desk.window.view._decorations.of_group("skipped")
    spans = sorted(decoration.span for decoration in decorations)
    return [room.text[span.start : span.end] for span in spans]


def asked_for(room: WindowRoom) -> list[str]:
    """Let the voice answer, and return all it was asked to say meanwhile."""
    spoken = []
    while room.sound.speech.requests:
        spoken.append(room.sound.speech.requests[0][2].spoken)
        room.say(room.sound.speech.answer())
    return spoken


def point_of(room: WindowRoom, words: str) -> QPoint:
    at = room.text.index(words)
    return room.desk.window.view.rects_of(Span(0, at, at + len(words)))[0].center()


def popover_of(room: WindowRoom) -> PronunciationPopover:
    popovers = room.desk.window.findChildren(PronunciationPopover)
    (popover,) = [each for each in popovers if each.isVisible()]
    return popover


def test_what_is_not_read_is_dimmed_and_says_why(room: WindowRoom) -> None:
    room.wait(lambda: dimmed(room) == ["[3]", "[4]"])
    view = room.desk.window.view
    point = point_of(room, "[3]")
    where = view.viewport().mapToGlobal(point)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, where))
    assert QToolTip.text() == "Not read: citation. Double-click to hear it."


def test_a_double_click_on_what_is_not_read_reads_it(room: WindowRoom) -> None:
    room.wait(lambda: dimmed(room))
    assert asked_for(room)[0] == "Spike Jonze made it well."
    QTest.mouseDClick(
        room.desk.window.view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(room, "[3]")
    )
    room.wait(lambda: dimmed(room) == ["[4]"])
    assert asked_for(room)[0] == "three well."


def test_a_switch_is_heard_and_seen_at_once(room: WindowRoom) -> None:
    asked_for(room)
    room.desk.do(Command.CHOOSE_WHAT_IS_READ)
    (popover,) = room.desk.window.findChildren(ReadingPopover)
    switch = popover.rows["read_citations"]
    assert isinstance(switch, SwitchRow)
    assert not switch.isChecked()
    switch.click()
    room.wait(lambda: dimmed(room) == [])
    assert asked_for(room) == ["Spike Jonze made it three well.", "Jonze knows four more."]
    close_overlays(room.desk.window)
    room.close()
    assert Settings.load(room.services.paths.settings).settings.read_citations


def test_a_choice_of_several_is_made(room: WindowRoom) -> None:
    room.desk.do(Command.CHOOSE_WHAT_IS_READ)
    (popover,) = room.desk.window.findChildren(ReadingPopover)
    row = popover.rows["footnotes"]
    assert isinstance(row, ChoiceRow)
    row.buttons["not"].click()
    checked = [choice for choice, button in row.buttons.items() if button.isChecked()]
    assert checked == ["not"]
    room.close()
    assert Settings.load(room.services.paths.settings).settings.footnotes == "not"


def test_the_sounds_of_a_word_are_picked_and_heard(room: WindowRoom) -> None:
    asked_for(room)
    room.desk.window.view.select(Span(0, 6, 11))
    room.desk.do(Command.PRONOUNCE)
    asked_for(room)
    popover = popover_of(room)
    QTest.mouseClick(popover._pick, Qt.MouseButton.LeftButton)
    assert popover._picker.isVisible()
    room.wait(lambda: popover._sounds.text() == "/dʒˈɑːnz/")
    button = next(b for b in popover._picker.findChildren(TextButton) if b.text() == "ɪ")
    popover._sounds.end(False)
    button.click()
    assert popover._sounds.text() == "/dʒˈɑːnzɪ/"
    popover._hear.click()
    assert asked_for(room) == ["Jonze⟦dʒˈɑːnzɪ⟧."]
    QTest.keyClick(popover, Qt.Key.Key_Return)
    assert asked_for(room)[0] == "Spike Jonze⟦dʒˈɑːnzɪ⟧ made it well."


def test_a_word_is_heard_respelled_and_kept(room: WindowRoom) -> None:
    asked_for(room)
    room.desk.window.view.select(Span(0, 6, 11))
    QTest.keyClick(room.desk.window.view, Qt.Key.Key_P)
    assert asked_for(room) == ["Jonze."]
    assert [audio.utterance.spoken for audio in room.sound.played_once] == ["Jonze."]
    popover = popover_of(room)
    QTest.keyClicks(popover.focusWidget(), "Jones")
    room.wait(lambda: room.sound.speech.requests)  # the keys rest
    assert asked_for(room) == ["Jones."]
    QTest.keyClick(popover.focusWidget(), Qt.Key.Key_Return)
    assert asked_for(room) == ["Spike Jones made it well.", "Jones knows more."]
    assert PronunciationFile(room.services.paths.pronunciation).rules == (Rule("Jonze", "Jones"),)


def test_the_word_clicked_on_is_meant_rather_than_the_one_heard_before(room: WindowRoom) -> None:
    room.voice_answers()
    room.desk.do(Command.PLAY_OR_PAUSE)
    room.hear()
    room.desk.do(Command.PLAY_OR_PAUSE)
    heard = room.lit_words[-1]
    room.desk.do(Command.PRONOUNCE)
    asked_about = [popover_of(room)._word.text()]
    close_overlays(room.desk.window)
    QTest.mouseClick(
        room.desk.window.view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(room, "second")
    )
    room.desk.do(Command.PRONOUNCE)
    asked_about.append(popover_of(room)._word.text())
    assert asked_about == [heard, "second"]


def test_where_the_mouse_rests_behind_the_last_word_the_place_is_asked_about(
    room: WindowRoom,
) -> None:
    viewport = room.desk.window.view.viewport()
    QCursor.setPos(viewport.mapToGlobal(point_of(room, "more.")) + QPoint(200, 0))
    room.desk.do(Command.PRONOUNCE)
    assert popover_of(room)._word.text() == "Spike"


@pytest.mark.parametrize("before", [None, Span(0, 6, 11)], ids=["nothing", "a word"])
def test_what_was_selected_before_is_selected_again_once_one_leaves(
    room: WindowRoom, before: Span | None
) -> None:
    view = room.desk.window.view
    view.select(before)
    room.desk.do(Command.PRONOUNCE)
    popover_of(room).stepped.emit(1)
    assert view.selection not in (None, before)
    close_overlays(room.desk.window)
    assert view.selection == before


def test_a_known_word_shows_its_rule_which_can_be_taken_away(room: WindowRoom) -> None:
    room.services.pronunciation_file.add(Rule("jonze", "Jones", scope="en"))
    room.desk.window.view.select(Span(0, 6, 11))
    room.desk.do(Command.PRONOUNCE)
    popover = popover_of(room)
    assert popover.rule == Rule("jonze", "Jones", scope="en")
    popover._remove.click()
    assert PronunciationFile(room.services.paths.pronunciation).rules == ()


def test_a_bad_expression_is_refused_with_its_place(room: WindowRoom) -> None:
    room.desk.window.view.select(Span(0, 6, 11))
    room.desk.do(Command.PRONOUNCE)
    popover = popover_of(room)
    popover._matches.buttons[Match.REGEX].click()
    popover._written.setText("Jon(ze")
    popover._sounds.setText("Jones")
    popover._save.click()
    assert popover.isVisible()
    assert popover._problem.text() == (
        "This pronunciation can't be used, at character 7: missing )."
    )
    assert popover._written.cursorPosition() == 6
    assert room.services.pronunciation_file.rules == ()
    popover.close()


def test_the_word_beside_is_a_step_away(room: WindowRoom) -> None:
    asked_for(room)
    room.desk.window.view.select(Span(0, 6, 11))
    room.desk.do(Command.PRONOUNCE)
    popover = popover_of(room)
    for step, word in ((1, "made"), (-1, "Jonze"), (-1, "Spike"), (-1, "Spike")):
        popover.stepped.emit(step)
        assert popover._word.text() == word
    popover.close()


def test_the_menu_on_the_text_offers_what_can_be_done_there(room: WindowRoom) -> None:
    room.wait(lambda: dimmed(room))
    view = room.desk.window.view

    def offered(words: str) -> QMenu:
        point = point_of(room, words)
        view.context_menu_requested.emit(view.place_at(point), view.mapToGlobal(point))
        return view.findChildren(QMenu)[-1]

    menu = offered("[3]")
    labels = list(entries_of(menu))
    assert labels == ["Read this citation", "How “3” sounds…", "What is read…"]
    menu.actions()[0].trigger()
    menu.close()
    room.wait(lambda: dimmed(room) == ["[4]"])
    menu = offered("[3]")
    labels = list(entries_of(menu))
    assert labels[:2] == ["Read from here", "Leave this out again"]
    menu.actions()[1].trigger()
    menu.close()
    room.wait(lambda: dimmed(room) == ["[3]", "[4]"])


def test_the_menu_on_the_text_offers_notes_on_what_is_selected_or_marked(
    room: WindowRoom,
) -> None:
    view, annotating = room.desk.window.view, room.desk.annotating
    room.wait(lambda: annotating.notebook is not None)
    point = point_of(room, "[3]")
    place = view.place_at(point)
    assert place is not None

    def offered() -> dict[str, QAction]:
        view.context_menu_requested.emit(view.place_at(point), view.mapToGlobal(point))
        menu = view.findChildren(QMenu)[-1]
        return entries_of(menu)

    assert "Highlight" not in offered()
    view.select(Span(place.section, place.offset - 2, place.offset + 3))
    assert {"Copy", "Highlight", "Write a note", "Mark every occurrence…"} <= offered().keys()
    offered()["Highlight"].trigger()
    assert annotating.notebook is not None
    assert len(annotating.notebook.notes) == 1
    offered()["Delete its note"].trigger()
    assert annotating.notebook.notes == []


def test_passages_that_touch_are_dimmed_as_one() -> None:
    from reader.speech.planning.skipping import Skip, SkipReason

    spans = [Span(0, 3, 6), Span(0, 6, 9), Span(0, 10, 12)]
    skips = [Skip(span, SkipReason.CITATION) for span in spans]
    assert joined(skips) == [Span(0, 3, 9), Span(0, 10, 12)]


def test_a_language_that_nobody_speaks_is_said_once_and_read_all_the_same(
    room: WindowRoom,
) -> None:
    aloud = room.desk.aloud
    assert aloud is not None
    told: list[str] = []
    aloud.language_unspoken.connect(told.append)
    aloud._tell_unspoken("tlh")
    aloud._tell_unspoken("tlh")
    assert told == ["tlh"]
    message = room.message()
    assert message is not None
    assert message.text.startswith("No voice here speaks ")
    assert message.text.endswith(" reads it.")


def test_the_sounds_of_a_word_asked_about_before_are_not_shown(
    room: WindowRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldCall(lambda word, _language: word.lower())
    monkeypatch.setattr(room.services, "transcribed", held)
    at = room.text.index("Spike")
    room.desk.window.view.select(Span(0, at, at + 5))
    room.desk.do(Command.PRONOUNCE)
    popover = popover_of(room)
    popover._pick.click()
    room.wait(lambda: held.is_held)
    popover._pick.click()
    popover.stepped.emit(1)
    popover._pick.click()
    room.wait(lambda: popover._sounds.text() == "/jonze/")
    popover._pick.click()
    popover._sounds.clear()
    popover._pick.setChecked(True)
    held.let_go()
    assert popover._sounds.text() == ""


def rules_written(folder: Path, lines: str) -> None:
    rules = user_paths(folder / "data").pronunciation
    rules.parent.mkdir(parents=True)
    rules.write_text(f"written,sounds,match\n{lines}\n", encoding="utf-8")


def test_a_rule_that_takes_too_long_is_named(qtbot: QtBot, tmp_path: Path) -> None:
    rules_written(tmp_path, "(x+x+)+y,z,regex")
    room = open_and_settle(qtbot, tmp_path, f"One {'x' * 300} more.\n\n" * 4)
    room.wait(room.message)
    message = room.message()
    assert message is not None
    assert message.text.startswith("The rule for “(x+x+)+y” takes too long and is left out.")
    assert asked_for(room)
    room.close()


def test_a_rule_that_cannot_be_used_is_told_with_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    rules_written(tmp_path, "Jonze,Jones,\na(b,c,regex")
    room = open_and_settle(qtbot, tmp_path, TEXT)
    room.wait(room.message)
    message = room.message()
    assert message is not None
    assert "line 3, character 4: missing )." in message.text
    assert asked_for(room)[0].startswith("Spike Jones")
    room.close()
