"""Several texts are picked in the library, by mouse or keys, and changed together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from reader.library.holdings import Holdings
from reader.ui.library.naming_popover import NamingPopover
from reader.ui.library.shelf_view import ShelfView
from tests.ui.library.library_room import Library, entry_of
from tests.ui.menu_words import entries_of

# a menu, which the offscreen platform can't raise
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def texts(library: Library) -> ShelfView:
    """Show the library; return the column with "room" and "letters" under "All texts"."""
    library.show()
    library.room.wait(lambda: library.titles("All texts") == ["room", "letters"])
    return library.desk.view.texts


def point_of(texts: ShelfView, title: str) -> QPoint:
    (row,) = (
        row
        for row in range(1, texts.shelf.rowCount())  # the first stands under "Go on listening"
        if texts.shelf.entry(row).text.title == title
    )
    index = texts.shelf.index(row, 0)
    texts.scrollTo(index)
    return texts.visualRect(index).center()


def click(texts: ShelfView, title: str, held: Qt.KeyboardModifier) -> None:
    QTest.mouseClick(texts.viewport(), Qt.MouseButton.LeftButton, held, point_of(texts, title))


def picked(texts: ShelfView) -> list[str]:
    return [text.title for text in texts.picked]


def write(library: Library, named: str) -> None:
    line = library.desk.view.findChildren(NamingPopover)[-1].findChild(QLineEdit)
    assert line is not None
    line.setText(named)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_control_and_a_click_pick_a_text_and_let_it_go(library: Library, texts: ShelfView) -> None:
    click(texts, "letters", CONTROL)
    click(texts, "room", CONTROL)
    assert picked(texts) == ["room", "letters"]
    assert library.desk.is_shown, "none is opened"
    assert library.desk.view.foot.text() == "2 texts picked"
    click(texts, "room", CONTROL)
    assert picked(texts) == ["letters"]


def test_shift_picks_all_between_by_mouse_and_by_keys(texts: ShelfView) -> None:
    click(texts, "room", CONTROL)
    click(texts, "letters", SHIFT)
    assert picked(texts) == ["room", "letters"]
    texts.pick_none()
    texts.take_keyboard()
    QTest.keyClick(texts, Qt.Key.Key_Down)
    QTest.keyClick(texts, Qt.Key.Key_Right, SHIFT)
    assert picked(texts) == ["room", "letters"]
    QTest.keyClick(texts, Qt.Key.Key_Space, CONTROL)
    assert picked(texts) == ["room"]
    QTest.keyClick(texts, Qt.Key.Key_A, CONTROL)
    assert picked(texts) == ["room", "letters"]


def test_escape_lets_go_of_them_before_it_leaves(library: Library, texts: ShelfView) -> None:
    click(texts, "letters", CONTROL)
    QTest.keyClick(texts, Qt.Key.Key_Escape)
    assert not texts.picked
    assert library.desk.is_shown
    QTest.keyClick(texts, Qt.Key.Key_Escape)
    assert not library.desk.is_shown


def menu_on(library: Library, texts: ShelfView) -> QMenu:
    click(texts, "letters", CONTROL)
    click(texts, "room", CONTROL)
    menu = library.desk.menu_of(entry_of(library, "letters"))
    assert "2 texts" in entries_of(menu)
    assert "Open" not in entries_of(menu)
    return menu


def test_the_tags_they_share_are_changed_and_their_own_stay(
    library: Library, texts: ShelfView
) -> None:
    holdings = Holdings(library.room.services.database)
    letters = entry_of(library, "letters").text.id
    holdings.set_tags(letters, ["typed"])
    library.desk.refresh()
    library.room.wait(lambda: entry_of(library, "letters").text.tags == ("typed",))
    entries_of(menu_on(library, texts))["Tags…"].trigger()
    write(library, "exam, physics")
    library.room.wait(lambda: len(entry_of(library, "room").text.tags) == 2)
    assert set(entry_of(library, "letters").text.tags) == {"typed", "exam", "physics"}
    assert set(entry_of(library, "room").text.tags) == {"exam", "physics"}
    assert picked(texts) == ["room", "letters"], "they stay picked"


def test_they_go_into_a_collection_and_out_of_the_library_together(
    library: Library, texts: ShelfView
) -> None:
    into = entries_of(menu_on(library, texts))["Collections"].menu()
    assert isinstance(into, QMenu)
    entries_of(into)["New collection…"].trigger()
    write(library, "Exam")
    library.room.wait(lambda: len(entry_of(library, "room").text.collections) == 1)
    assert len(entry_of(library, "letters").text.collections) == 1
    QTest.keyClick(texts, Qt.Key.Key_Delete)
    library.room.wait(lambda: library.titles("All texts") == [])
    assert library.desk.view.foot.text() == "2 texts are removed, their notes are kept."
    QTest.mouseClick(library.desk.view.foot_button, Qt.MouseButton.LeftButton)
    library.room.wait(lambda: sorted(library.titles("All texts")) == ["letters", "room"])


def test_a_menu_elsewhere_is_about_that_text_alone(texts: ShelfView) -> None:
    click(texts, "letters", CONTROL)
    at = point_of(texts, "room")
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, at, texts.viewport().mapToGlobal(at))
    QApplication.sendEvent(texts.viewport(), event)
    assert not texts.picked
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Show its folder" in entries_of(menu)
    menu.close()
