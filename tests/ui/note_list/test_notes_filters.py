"""The choices that narrow the list of notes: what one sees of them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.ui.look.theme import Theme
from reader.ui.note_list.notes_filters import NotesFilters
from reader.ui.note_list.notes_listing import Age


def test_a_tag_and_an_age_that_narrow_the_list_stand_out(qtbot: QtBot) -> None:
    window, theme = QWidget(), Theme("light")
    qtbot.addWidget(window)
    filters = NotesFilters(theme, window)
    accent = theme.palette.accent
    assert accent not in (filters.tag.content_colour(), filters.age.content_colour())
    filters.set_tag("rain")
    assert filters.tag.content_colour() == accent != filters.age.content_colour()
    filters.set_tag("")
    filters.set_age(Age.WEEK)
    assert filters.age.content_colour() == accent != filters.tag.content_colour()
    filters.set_age(Age.ANY)
    assert accent not in (filters.tag.content_colour(), filters.age.content_colour())
