"""The bar below the text, and the line on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.ui.look.theme import LIGHT, Theme
from reader.ui.window.progress_line import Tick, clock_time
from reader.ui.window.transport_bar import NARROW_PX, TransportBar


@pytest.fixture
def bar(qtbot: QtBot) -> TransportBar:
    """Return a bar 1280 px wide that shows a voice and a speed."""
    made = TransportBar(Theme("light"))
    qtbot.addWidget(made)
    made.set_voice("Joe", "English, neural voice", is_ready=True)
    made.set_speed(1.0)
    made.set_times(60, 180)
    made.resize(1280, made.height())
    made.show()
    return made


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (7.9, "0:07"), (72, "1:12"), (3723, "1:02:03"), (-1, "0:00")],
)
def test_times_are_shown_as_clocks_do(seconds: float, shown: str) -> None:
    assert clock_time(seconds) == shown


@pytest.mark.parametrize("width", [1600, 1280, 980, 800, NARROW_PX, 500, 360])
@pytest.mark.parametrize("words", ["", "Paragraph"])
def test_nothing_overlaps_and_play_stays_in_the_middle(
    bar: TransportBar, width: int, words: str
) -> None:
    bar.set_sleep(words)
    bar.set_study(words and "Study 3×")
    bar.resize(width, bar.height())
    parts = [
        bar.voice_button,
        bar.previous_button,
        bar.play_button,
        bar.next_button,
        bar.progress,
        bar.speed_button,
        bar.sleep_button,
        bar.study_button,
        bar.mark_button,
        bar.dark_button,
        bar.look_button,
    ]
    shown = [part for part in parts if part.isVisible()]
    for number, part in enumerate(shown):
        assert bar.rect().contains(part.geometry()), part.accessibleName()
        for other in shown[number + 1 :]:
            overlap = part.geometry() & other.geometry()
            beside_play = part is bar.play_button or other is bar.play_button
            assert overlap.isEmpty() or beside_play, (part, other)
    assert abs(bar.play_button.geometry().center().x() - width / 2) <= 1.5


def test_a_narrow_bar_keeps_play_time_and_speed(bar: TransportBar) -> None:
    bar.resize(NARROW_PX - 1, bar.height())
    assert not bar.voice_button.isVisible()
    assert not bar.look_button.isVisible()
    for part in (bar.play_button, bar.progress, bar.speed_button):
        assert part.isVisible()


def test_a_mark_is_offered_only_where_it_can_be_kept(bar: TransportBar) -> None:
    bar.set_can_mark(False)
    assert not bar.mark_button.isVisible()


def test_play_says_what_a_press_would_do(bar: TransportBar) -> None:
    assert bar.play_button.accessibleName() == "Play"
    bar.set_playing(True)
    assert bar.play_button.accessibleName() == "Pause"


def test_a_click_in_the_middle_of_the_line_seeks_half_way(bar: TransportBar, qtbot: QtBot) -> None:
    line = bar.progress
    with qtbot.waitSignal(line.sought) as sought:
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert sought.args is not None
    assert sought.args[0] == pytest.approx(0.5, abs=0.01)


def test_a_drag_seeks_once_where_it_ends_and_not_beyond(bar: TransportBar) -> None:
    line = bar.progress
    sought: list[float] = []
    line.sought.connect(sought.append)
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    QTest.mouseMove(line, QPoint(line.width() + 50, 5))
    assert not sought
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() + 50, 5))
    assert sought == [1.0]


class PaintCounter(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count paint events."""
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_times_and_ticks_that_change_nothing_paint_nothing(bar: TransportBar, qtbot: QtBot) -> None:
    counter = PaintCounter()
    bar.progress.installEventFilter(counter)
    bar.set_times(60, 180)
    bar.set_ticks([Tick(0.5, "rose")])
    qtbot.waitUntil(lambda: counter.count > 0)
    counter.count = 0
    bar.set_times(60.1, 180.1)
    bar.set_ticks([Tick(0.5, "rose")])
    qtbot.wait(50)
    assert counter.count == 0
    bar.set_times(62, 178)
    qtbot.waitUntil(lambda: counter.count == 1)


def test_of_ticks_at_one_place_the_last_is_seen_wherever_the_line_ends(bar: TransportBar) -> None:
    bar.set_times(0, 180)
    for width in (500, 700):
        bar.progress.resize(width, bar.progress.height())
        bar.set_ticks([Tick(0.5, "sky"), Tick(0.2, "sage"), Tick(0.5, "rose")])
        line = bar.progress._line_box()
        image = bar.progress.grab().toImage()
        for share, colour in ((0.5, LIGHT.strong("rose")), (0.2, LIGHT.strong("sage"))):
            x = round(line.left() + share * line.width())
            assert image.pixelColor(x, round(line.center().y())) == colour


def test_enter_presses_a_button_and_space_is_left_to_the_window(bar: TransportBar) -> None:
    pressed: list[int] = []
    bar.play_toggled.connect(lambda: pressed.append(1))
    QTest.keyClick(bar.play_button, Qt.Key.Key_Space)
    assert not pressed
    QTest.keyClick(bar.play_button, Qt.Key.Key_Return)
    assert pressed == [1]


def test_without_a_voice_nobody_is_on_this_machine(bar: TransportBar) -> None:
    named = bar.voice_button.sizeHint().width()
    bar.set_voice("", "", is_ready=False)  # as long as no text is open
    assert bar.voice_button.sizeHint().width() < named / 2
