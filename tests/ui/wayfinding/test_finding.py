"""Finding in a text of many sections, in a real window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.errors import TextMissing
from reader.text.document import Document, Place, Section, Span, fingerprint_of
from reader.text.finding import FindQuery
from reader.text.lazy_sections import LazySections
from reader.ui.look.popover import Popover
from reader.ui.look.theme import LIGHT, Theme
from reader.ui.view.decorations import Decoration
from reader.ui.wayfinding.text_search import TextSearch
from reader.ui.wayfinding.wayfinding import Wayfinding
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow
from tests.ui.view.documents import SectionMaker

SECTIONS, PARAGRAPHS = 12, 30


@dataclass
class Room:
    """A window with a text in it, and eyes and hands."""

    qtbot: QtBot
    window: MainWindow
    ways: Wayfinding

    def type(self, words: str) -> None:
        QTest.keyClicks(self.ways.finding.bar.field, words)

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        modifiers = Qt.KeyboardModifier.NoModifier
        for modifier in held:
            modifiers |= modifier
        QTest.keyClick(self.ways.finding.bar.field, key, modifiers)

    def give(self, command: Command) -> None:
        self.ways.deeds[command]()

    def is_told(self, words: str) -> None:
        """Wait until the bar's count says this."""
        bar = self.ways.finding.bar
        self.qtbot.waitUntil(lambda: bar.count.text() == words)

    def at(self) -> str:
        """Return the words one is at, and some that follow."""
        hit = self.ways.finding.current
        assert hit is not None
        text = self.document.sections[hit.section].text
        return text[hit.start : hit.end + 12]

    @property
    def document(self) -> Document:
        document = self.window.view.document
        assert document is not None
        return document

    def lit(self) -> frozenset[Decoration]:
        return self.window.view._decorations.of_group("search")


def document() -> Document:
    """Return a text in which chapter N, paragraph P says so, read only when asked for."""

    def read(number: int) -> Section:
        maker = SectionMaker(number)
        for paragraph in range(PARAGRAPHS):
            maker.add(f"Chapter {number}, paragraph {paragraph}. The Müller’s voice. " + "so " * 60)
        return maker.made()

    sections = LazySections([len(read(n).text) for n in range(SECTIONS)], read)
    return Document("A shelf", (), "en", sections, fingerprint_of(["a shelf"]))


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    window = MainWindow(Theme("light"), lambda: True)
    window.resize(1000, 700)
    window.view.show_document(document(), Place(3, 0))
    window.view.set_reduced_motion(True)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    ways = Wayfinding(window)
    yield Room(qtbot, window, ways)
    ways.close()
    window.view.stop_reading_ahead()
    window.close()
    window.deleteLater()
    # now: else Python's collector may do it, on a thread that searches
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def test_the_first_hit_is_the_next_from_what_is_on_the_screen(room: Room) -> None:
    room.give(Command.FIND)
    room.type("paragraph 20.")
    room.is_told(f"4 of {SECTIONS}")
    assert room.at().startswith("paragraph 20. The")
    hit = room.ways.finding.current
    assert hit is not None
    assert hit.section == 3
    assert room.window.view.rects_of(hit)
    assert [(d.span, d.colour) for d in room.lit()] == [(hit, "current")]


@pytest.mark.parametrize("command", [Command.FIND, Command.GO_BACK])
def test_what_was_opened_to_go_elsewhere_makes_room(room: Room, command: Command) -> None:
    opened = Popover(room.window.theme, room.window, "Go to")
    opened.open_at(room.window.header)
    room.give(command)
    assert not opened.isVisible()


def test_enter_goes_on_round_the_text_and_shift_enter_back(room: Room) -> None:
    room.give(Command.FIND)
    room.type("paragraph 20.")
    room.is_told(f"4 of {SECTIONS}")
    room.press(Qt.Key.Key_Return)
    room.is_told(f"5 of {SECTIONS}")
    for _ in range(SECTIONS - 1):
        room.press(Qt.Key.Key_Return)
    room.is_told(f"4 of {SECTIONS}")
    for _ in range(4):
        room.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    room.is_told(f"{SECTIONS} of {SECTIONS}")


def test_accents_and_case_don_t_count_unless_asked(room: Room) -> None:
    room.give(Command.FIND)
    room.type("MULLER'S VOICE")
    count = SECTIONS * PARAGRAPHS
    room.is_told(f"{3 * PARAGRAPHS + 1} of {count}")
    room.ways.finding.bar.case_button.click()
    room.is_told("Nothing found")
    room.ways.finding.bar.case_button.click()
    room.is_told(f"{3 * PARAGRAPHS + 1} of {count}")
    room.ways.finding.bar.field.setText("mulle")
    room.ways.finding.bar.word_button.click()
    room.is_told("Nothing found")


def test_the_text_can_be_laid_out_anew_before_anything_is_looked_for(room: Room) -> None:
    room.give(Command.FIND)
    room.window.view.layout_changed.emit()
    assert room.lit() == frozenset()


def test_nothing_stays_lit_of_what_is_no_longer_looked_for(room: Room) -> None:
    room.give(Command.FIND)
    room.type("paragraph 20.")
    room.is_told(f"4 of {SECTIONS}")
    room.ways.finding.bar.field.clear()
    room.is_told("")
    room.window.view.layout_changed.emit()
    assert room.lit() == frozenset()


def test_escape_goes_back_to_where_one_was(room: Room) -> None:
    before = room.window.view.first_visible_place()
    room.give(Command.FIND)
    room.type("Chapter 9, paragraph 9.")
    room.is_told("1 of 1")
    assert room.window.view.first_visible_place() != before
    room.press(Qt.Key.Key_Escape)
    assert room.window.view.first_visible_place() == before
    assert not room.ways.finding.is_open
    assert room.lit() == frozenset()
    assert room.window.view.hasFocus()


def test_one_can_stay_with_the_hit_selected_and_go_back_later(room: Room) -> None:
    before = room.window.view.first_visible_place()
    room.give(Command.FIND)
    room.type("Chapter 9, paragraph 9.")
    room.is_told("1 of 1")
    room.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert room.window.view.selected_text() == "Chapter 9, paragraph 9."
    hit_top = room.window.view.first_visible_place()
    room.give(Command.GO_BACK)
    assert room.window.view.first_visible_place() == before
    room.give(Command.GO_FORWARD)
    assert room.window.view.first_visible_place() == hit_top


def test_what_is_selected_is_looked_for(room: Room) -> None:
    view = room.window.view
    text = room.document.sections[3].text
    start = text.index("paragraph 2.")
    view.select(Span(3, start, start + len("paragraph 2.")))
    room.give(Command.FIND)
    room.is_told(f"4 of {SECTIONS}")
    assert room.ways.finding.current == Span(3, start, start + len("paragraph 2."))


def test_f3_finds_the_next_without_the_bar(room: Room) -> None:
    room.give(Command.FIND)
    room.type("paragraph 20.")
    room.is_told(f"4 of {SECTIONS}")
    room.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.window.view.select(None)
    room.window.view.scroll_by(900)
    room.give(Command.FIND_NEXT)
    room.is_told(f"5 of {SECTIONS}")
    room.give(Command.FIND_PREVIOUS)
    room.is_told(f"4 of {SECTIONS}")


def test_another_text_closes_the_bar(room: Room) -> None:
    room.give(Command.FIND)
    room.type("paragraph 20.")
    room.is_told(f"4 of {SECTIONS}")
    room.ways.leave_text()
    assert not room.ways.finding.is_open
    assert room.ways.finding.current is None


def test_hits_are_marked_on_the_scroll_bar(room: Room) -> None:
    room.give(Command.FIND)
    room.type("paragraph 20.")
    room.is_told(f"4 of {SECTIONS}")
    bar = room.window.view.verticalScrollBar()

    def accents() -> int:
        image = bar.grab().toImage()
        accent, column = LIGHT.accent, image.width() // 2
        rows = [image.pixelColor(column, y) for y in range(image.height())]
        return sum(abs(c.red() - accent.red()) < 40 and c.green() < 150 for c in rows)

    room.qtbot.waitUntil(lambda: accents() >= SECTIONS)
    room.press(Qt.Key.Key_Escape)
    assert accents() == 0


def test_a_section_that_can_t_be_read_takes_no_other_along(
    qtbot: QtBot, qapp: QApplication
) -> None:
    assert qapp

    def read(number: int) -> Section:
        if number == 1:
            raise TextMissing(Path("shelf.epub"))
        return SectionMaker(number).add("The lamp is lit.").made()

    sections = LazySections([16] * 3, read)
    search = TextSearch()
    with qtbot.waitSignal(search.found):
        search.begin(
            Document("A shelf", (), "en", sections, fingerprint_of(["shelf"])), FindQuery("lamp"), 0
        )
    assert search.hits.is_complete
    assert [hit.section for hit in search.hits.all()] == [0, 2]
    search.close()
