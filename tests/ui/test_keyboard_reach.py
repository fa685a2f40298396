"""Every control is reached by Tab, in the order it is read, and shows that it has the focus."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QWidget

from reader.playback.states import Paused
from reader.ui.look.popover import Popover
from reader.ui.view.reading_view import ReadingView
from reader.ui.window.commands import Command
from tests.ui.desk.window_room import Opener, WindowRoom

_MOST_STOPS = 60


def focused() -> QWidget:
    """Return what has the keyboard's focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def round_of(key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press a key until the focus is where it was after the first press; return where it was."""
    stops: list[QWidget] = []
    while len(stops) < _MOST_STOPS:
        QTest.keyClick(focused(), key)
        if stops and focused() is stops[0]:
            break
        stops.append(focused())
    return stops


def controls_in(within: QWidget) -> set[QWidget]:
    """Return the controls that are seen in a widget and take the focus by keys."""
    return {
        child
        for child in within.findChildren(QWidget)
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


def open_library(room: WindowRoom) -> QWidget:
    room.desk.do(Command.SHOW_LIBRARY)
    view: QWidget = room.desk.library.view
    room.wait(lambda: room.desk.library.view.shelves.count())
    return view


def open_popover(command: Command) -> Callable[[WindowRoom], QWidget]:
    def open_it(room: WindowRoom) -> QWidget:
        room.desk.do(command)
        (popover,) = (p for p in room.desk.window.findChildren(Popover) if p.isVisible())
        return popover

    return open_it


_OVER_THE_TEXT = [
    pytest.param(open_library, id="library"),
    *(
        pytest.param(open_popover(command), id=command.value)
        for command in (
            Command.CHOOSE_LOOK,
            Command.CHOOSE_SPEED,
            Command.CHOOSE_STUDY,
            Command.CHOOSE_SLEEP,
            Command.CHOOSE_WHAT_IS_READ,
            Command.EXPORT_NOTES,
        )
    ),
]


def test_tab_goes_to_every_control_of_the_window(opened: Opener) -> None:
    window = opened().desk.window
    assert set(round_of()) == controls_in(window)


@pytest.mark.parametrize("opens", _OVER_THE_TEXT)
def test_tab_goes_round_what_lies_over_the_text_and_not_below_it(
    opened: Opener, opens: Callable[[WindowRoom], QWidget]
) -> None:
    over = opens(opened())
    stops = round_of()
    assert set(stops) == controls_in(over)
    tops = [stop.mapTo(over, QPoint(0, stop.height() // 2)).y() for stop in stops]
    heights = [stop.height() for stop in stops]
    backward = sum(
        later < earlier - height
        for earlier, later, height in zip(tops, tops[1:], heights, strict=False)
    )
    assert backward <= 1, "it goes down, and once back to the top"
    assert set(round_of(Qt.Key.Key_Backtab)) == set(stops)


def test_what_has_the_focus_shows_it(opened: Opener) -> None:
    window = opened().desk.window
    rings = controls_in(window)
    for control in rings:
        if not isinstance(control, QAbstractButton | QAbstractSlider):
            assert isinstance(control, ReadingView) or control.accessibleName()
            continue
        window.view.setFocus()
        without = _picture(control)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        assert _picture(control) != without, control.accessibleName()


def test_space_presses_the_button_that_tab_has_led_to_and_plays_elsewhere(opened: Opener) -> None:
    room = opened()
    window = room.desk.window
    sleep_button = window.transport.sleep_button
    while focused() is not sleep_button:
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    for _ in range(2):  # once more when the panel has given the focus back
        QTest.keyClick(sleep_button, Qt.Key.Key_Space)
        (popover,) = (p for p in window.findChildren(Popover) if p.isVisible())
        assert isinstance(room.player().state, Paused)
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
        assert not popover.isVisible()
        assert focused() is sleep_button
    sleep_button.setFocus(Qt.FocusReason.OtherFocusReason)
    window.view.setFocus()
    sleep_button.setFocus(Qt.FocusReason.OtherFocusReason)  # no ring shows that it has it
    QTest.keyClick(sleep_button, Qt.Key.Key_Space)
    assert not any(p.isVisible() for p in window.findChildren(Popover))
    assert not isinstance(room.player().state, Paused)


def _picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()
