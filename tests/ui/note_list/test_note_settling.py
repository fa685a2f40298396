"""What is offered about a note whose place is not sure."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.annotations.model import AnnotationId
from reader.text.document import Span
from reader.ui.look.theme import Theme
from reader.ui.note_list.note_entries import NoteRow
from reader.ui.note_list.note_settling import NoteSettling


@pytest.mark.parametrize(
    ("count", "shown", "can_go_back", "can_go_on"),
    [(1, -1, False, True), (1, 0, False, False), (2, -1, True, True), (2, 1, True, True)],
)
def test_one_steps_only_where_there_is_another_place(
    qtbot: QtBot, count: int, shown: int, can_go_back: bool, can_go_on: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    settling = NoteSettling(Theme("light"), window)
    places = tuple(Span(0, 10 * n, 10 * n + 5) for n in range(count))
    row = NoteRow(AnnotationId("a"), "b", "", "sky", (), "", "not found", None, places)
    settling.show_note(row, shown)
    assert settling.before.isVisibleTo(window) == can_go_back
    assert settling.after.isVisibleTo(window) == can_go_on
