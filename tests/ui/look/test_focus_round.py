"""Tests of reader.ui.look.focus_round; by key, panel by panel: test_keyboard_reach.py."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.ui.look.focus_round import stops_within


def test_stops_are_row_by_row_and_one_without_height_is_among_them(qtbot: QtBot) -> None:
    within = QWidget()
    qtbot.addWidget(within)
    within.resize(300, 300)
    places = ((150, 10, 100, 20), (10, 12, 100, 30), (10, 80, 100, 0), (10, 120, 100, 20))
    controls = []
    for place in places:
        control = QWidget(within)
        control.setGeometry(*place)
        control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        controls.append(control)
    within.show()
    right, left, flat, last = controls
    assert stops_within(within) == [left, right, flat, last]
