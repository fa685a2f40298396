"""A card's menu does what cards can do otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.margin.reading_room import Room, letter, note_on, open_room
from tests.ui.menu_words import entries_of, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    # opening a menu asks the platform for what the one without a screen doesn't have
    pytest.mark.qt_log_ignore("This plugin does not support"),
]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A window with the letter and one note."""
    document = letter()
    room = open_room(tmp_path, document, [note_on(document, "soft light", "Soft.")])
    yield room
    room.close()


def _menu(room: Room) -> QMenu:
    """Ask for the card's menu by the mouse, and return it."""
    margin, at = room.annotating.margin, room.centre_of(room.stored[0].id)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, margin.mapToGlobal(at))
    QApplication.sendEvent(margin, event)
    (menu,) = margin.findChildren(QMenu)
    return menu


def _choose(menu: QMenu, label: str) -> None:
    entries_of(menu)[label].trigger()
    menu.close()


def test_it_shows_the_keys_that_do_the_same(room: Room) -> None:
    shown = dict(a.text().split("\t") for a in _menu(room).actions() if "\t" in a.text())
    expected = {"Write": "F2", "Reply": "A", "Rose": "2", "Underline": "U", "Delete": "Del"}
    assert {words: shown[words] for words in expected} == expected


def test_it_deletes(room: Room) -> None:
    _choose(_menu(room), "Delete")
    assert room.save() == []


def test_it_colours_and_shows_the_colour_there_is(room: Room) -> None:
    menu = _menu(room)
    assert [words_of(action) for action in menu.actions() if action.isChecked()] == [
        "Rose",
        "Highlight",
    ]
    _choose(menu, "Sky")
    assert room.save()[0].colour == "sky"


def test_it_opens_the_editor(room: Room) -> None:
    name = room.stored[0].id
    _choose(_menu(room), "Write")
    assert room.annotating.margin.edited_card == name


@pytest.mark.parametrize(
    ("label", "copied"), [("Copy the note", "Soft."), ("Copy the passage", "soft light")]
)
def test_it_copies(room: Room, label: str, copied: str) -> None:
    _choose(_menu(room), label)
    assert QApplication.clipboard().text() == copied


def test_beside_the_cards_there_is_no_menu(room: Room) -> None:
    margin = room.annotating.margin
    at = QPoint(margin.width() - 2, margin.height() - 2)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, margin.mapToGlobal(at))
    QApplication.sendEvent(margin, event)
    assert margin.findChildren(QMenu) == []
