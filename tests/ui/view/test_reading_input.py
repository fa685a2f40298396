"""Tests of reader.ui.view.reading_input: real mouse and key events on a reading view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.text.document import InlineKind, Place, Span
from reader.ui.view import text_selection
from reader.ui.view.reading_view import ReadingView
from reader.ui.view.text_selection import Link
from tests.ui.view.documents import TEXT, SectionMaker, document_of, long_prose, prose, span_of
from tests.ui.view.lazy_documents import Shelf
from tests.ui.view.views import MakeView

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def point_at(view: ReadingView, span: Span, *, is_end: bool = False) -> QPoint:
    """Return a point just inside the first or the last character of a span."""
    boxes = view.rects_of(span)
    box = boxes[-1] if is_end else boxes[0]
    x = box.right() - 1 if is_end else box.left() + 2
    return QPoint(x, box.center().y())


def is_taken(
    view: ReadingView, kind: QEvent.Type, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN
) -> bool:
    """Whether the view keeps a key event for itself."""
    event = QKeyEvent(kind, key, modifiers)
    event.ignore()
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def drag(view: ReadingView, begin: QPoint, end: QPoint) -> None:
    target = view.viewport()
    QTest.mousePress(target, LEFT, PLAIN, begin)
    for step in range(1, 5):
        QTest.mouseMove(target, begin + (end - begin) * step / 4)
    QTest.mouseRelease(target, LEFT, PLAIN, end)


def test_dragging_goes_on_from_section_to_section(make_view: MakeView) -> None:
    document = document_of(SectionMaker(0).add(TEXT).made(), SectionMaker(1).add(TEXT).made())
    view = make_view(document)
    start = span_of(document, "arrives.")
    end = span_of(document, "He speaks", section=1)
    drag(view, point_at(view, start), point_at(view, end, is_end=True))
    assert view.selected_spans == (Span(0, start.start, len(TEXT)), Span(1, 0, len("He speaks")))
    assert view.selected_text() == "arrives.\n\nHe speaks"
    drag(view, point_at(view, end, is_end=True), point_at(view, start))
    assert view.selected_text() == "arrives.\n\nHe speaks"
    view.select(None)
    assert view.selected_text() == ""


def test_dragging_selects_what_it_goes_over(make_view: MakeView, qtbot: QtBot) -> None:
    document = prose(TEXT, TEXT)
    view = make_view(document)
    span = span_of(document, "machine sets down his sentences in a handwriting")
    with qtbot.waitSignal(view.selection_finished) as finished:
        drag(view, point_at(view, span), point_at(view, span, is_end=True))
    assert view.selection == span
    assert finished.args == [span]
    assert view.selected_text() == "machine sets down his sentences in a handwriting"


def test_dragging_backwards_selects_the_same(make_view: MakeView) -> None:
    document = prose(TEXT)
    view = make_view(document)
    span = span_of(document, "machine sets")
    drag(view, point_at(view, span, is_end=True), point_at(view, span))
    assert view.selection == span


def test_dragging_over_wide_characters_selects_code_points(make_view: MakeView) -> None:
    document = prose("one 🙂🙂 two 𠀀 three")
    view = make_view(document)
    span = span_of(document, "two")
    drag(view, point_at(view, span), point_at(view, span, is_end=True))
    assert view.selection == span
    assert view.selected_text() == "two"


def test_dragging_into_the_next_paragraph_selects_both(make_view: MakeView) -> None:
    document = prose("The first one.", "The second one.")
    view = make_view(document)
    first, second = span_of(document, "first"), span_of(document, "second")
    drag(view, point_at(view, first), point_at(view, second, is_end=True))
    assert view.selected_text() == "first one.\n\nThe second"


def test_dragging_below_the_window_scrolls_and_selects_on(
    make_view: MakeView, qtbot: QtBot
) -> None:
    document = long_prose(300)
    view = make_view(document)
    begin = point_at(view, span_of(document, "Paragraph 1."))
    target = view.viewport()
    QTest.mousePress(target, LEFT, PLAIN, begin)
    QTest.mouseMove(target, QPoint(300, target.height() + 60))
    bottom = view.nearest_place(QPoint(700, target.height() - 1))
    assert bottom is not None
    qtbot.waitUntil(lambda: view.selection is not None and view.selection.end > bottom.offset + 300)
    QTest.mouseRelease(target, LEFT, PLAIN, QPoint(300, target.height() + 60))
    selected = view.selection
    qtbot.wait(80)
    assert view.selection == selected, "it stops when the button is let go"


def test_a_drag_ends_when_another_text_is_shown(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(document_of(*(SectionMaker(n).add(TEXT).made() for n in range(30))))
    view.show_at_top(Place(20, 0))
    target = view.viewport()
    below = QPoint(300, target.height() + 60)
    QTest.mousePress(target, LEFT, PLAIN, QPoint(600, 100))
    QTest.mouseMove(target, below)
    assert view.selected_spans
    view.show_document(prose("Another text altogether."))
    qtbot.wait(80)  # the text would go on moving below a pointer that is held there
    QTest.mouseMove(target, below + QPoint(0, 5))
    QTest.mouseRelease(target, LEFT, PLAIN, below)
    QTest.mouseClick(target, LEFT, SHIFT, QPoint(600, 40))
    assert all(span.section == 0 for span in view.selected_spans)


def test_a_click_lets_go_of_the_selection_and_tells_its_place(
    make_view: MakeView, qtbot: QtBot
) -> None:
    document = prose(TEXT)
    view = make_view(document)
    view.select(Span(0, 3, 9))
    word = span_of(document, "film")
    with qtbot.waitSignal(view.clicked) as clicked:
        QTest.mouseClick(view.viewport(), LEFT, PLAIN, point_at(view, word))
    assert clicked.args == [word.first_place]
    assert view.selection is None
    assert view.caret == word.first_place


def test_a_click_beside_the_text_is_no_click_on_it(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(prose(TEXT))
    with qtbot.assertNotEmitted(view.clicked):
        QTest.mouseClick(view.viewport(), LEFT, PLAIN, QPoint(900, 60))


def double_click(view: ReadingView, point: QPoint) -> None:
    """Send what a window system sends for a double click."""
    target = view.viewport()
    QTest.mouseClick(target, LEFT, PLAIN, point)
    QTest.mouseDClick(target, LEFT, PLAIN, point)


@pytest.mark.parametrize("word", ["He", "machine", "nobody’s", "subject"])
def test_a_double_click_anywhere_on_a_word_reads_from_its_start(
    make_view: MakeView, qtbot: QtBot, word: str
) -> None:
    document = prose(TEXT)
    view = make_view(document)
    span = span_of(document, word)
    with qtbot.waitSignal(view.place_activated) as activated:
        double_click(view, point_at(view, span, is_end=True))
    assert activated.args == [span.first_place]


def test_the_first_press_on_a_word_is_told_and_one_that_selects_on_is_not(
    make_view: MakeView, qtbot: QtBot
) -> None:
    document = prose(TEXT)
    view = make_view(document)
    span = span_of(document, "machine")
    with qtbot.waitSignal(view.place_pressed) as pressed:
        QTest.mousePress(view.viewport(), LEFT, PLAIN, point_at(view, span, is_end=True))
    assert pressed.args == [span.first_place]
    QTest.mouseRelease(view.viewport(), LEFT, PLAIN, point_at(view, span, is_end=True))
    with qtbot.assertNotEmitted(view.place_pressed):
        QTest.mouseClick(view.viewport(), LEFT, SHIFT, point_at(view, span_of(document, "film")))


def press_after_double_click(view: ReadingView, point: QPoint, third: QPoint, ms: int) -> None:
    """Double-click at a point, and click once more, so much later by the mouse's own clock."""
    kinds = QEvent.Type
    for kind, at, when_ms in (
        (kinds.MouseButtonPress, point, 1000),
        (kinds.MouseButtonRelease, point, 1010),
        (kinds.MouseButtonDblClick, point, 1100),
        (kinds.MouseButtonRelease, point, 1110),
        (kinds.MouseButtonPress, third, 1100 + ms),
        (kinds.MouseButtonRelease, third, 1110 + ms),
    ):
        held = LEFT if kind is not kinds.MouseButtonRelease else Qt.MouseButton.NoButton
        at_all = view.viewport().mapToGlobal(at)
        event = QMouseEvent(kind, QPointF(at), QPointF(at_all), LEFT, held, PLAIN)
        event.setTimestamp(when_ms)
        QApplication.sendEvent(view.viewport(), event)


@pytest.mark.parametrize(
    ("word", "is_soon"), [("machine", False), ("film", True)], ids=["too late", "elsewhere"]
)
def test_a_click_after_a_double_click_may_be_a_click_again(
    make_view: MakeView, qtbot: QtBot, word: str, is_soon: bool
) -> None:
    document = prose(TEXT)
    view = make_view(document)
    begin, end = (point_at(view, span_of(document, where)) for where in ("machine", word))
    later_ms = 100 if is_soon else QApplication.doubleClickInterval()
    with qtbot.waitSignal(view.clicked):
        press_after_double_click(view, begin, end, later_ms)
    assert view.selection is None


def test_a_third_click_selects_the_paragraph(make_view: MakeView) -> None:
    document = prose("Another one.", TEXT)
    view = make_view(document)
    point = point_at(view, span_of(document, "machine"))
    press_after_double_click(view, point, point, QApplication.doubleClickInterval() - 1)
    assert view.selection == span_of(document, TEXT)


def test_shift_and_click_selects_from_the_caret(make_view: MakeView) -> None:
    document = prose(TEXT)
    view = make_view(document)
    span = span_of(document, "machine sets down")
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, point_at(view, span))
    QTest.mouseClick(view.viewport(), LEFT, SHIFT, point_at(view, span, is_end=True))
    assert view.selection == span
    longer = span_of(document, "machine sets down his sentences")
    QTest.mouseClick(view.viewport(), LEFT, SHIFT, point_at(view, longer, is_end=True))
    assert view.selection == longer


def test_a_link_is_told_and_not_taken_for_a_click(make_view: MakeView, qtbot: QtBot) -> None:
    section = SectionMaker().add("See the end of it.").mark("the end", InlineKind.LINK, "#end")
    document = document_of(section.made())
    view = make_view(document)
    point = view.rects_of(span_of(document, "the end"))[0].center()
    QTest.mouseMove(view.viewport(), point)
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(view.link_activated) as told, qtbot.assertNotEmitted(view.clicked):
        QTest.mouseClick(view.viewport(), LEFT, PLAIN, point)
    assert told.args == [Link("#end", span_of(document, "the end"), is_note=False)]


def test_where_the_text_cannot_be_read_any_more_mouse_and_keys_find_nothing(
    make_view: MakeView,
) -> None:
    shelf = Shelf(3)
    view = make_view(shelf.document())
    shelf.is_gone = True
    view.show_at_top(Place(2, 100))
    middle = view.viewport().rect().center()
    assert view.place_at(middle) is None
    assert view.nearest_place(middle) is None
    assert view.visible_spans() == []
    told = (view.clicked, view.link_activated, view.place_activated, view.place_pressed)
    for signal in told:
        signal.connect(lambda _what: pytest.fail("there is nothing there"))
    QTest.mouseMove(view.viewport(), middle)
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, middle)
    double_click(view, middle)
    drag(view, middle, middle + QPoint(60, 60))
    for key in (Qt.Key.Key_A, Qt.Key.Key_C):
        QTest.keyClick(view, key, CONTROL)
    assert view.selection is None


def test_what_was_selected_and_cannot_be_read_any_more_is_no_fault() -> None:
    shelf = Shelf(2)
    document = shelf.document()
    shelf.is_gone = True
    place, span = Place(1, 5), Span(1, 0, 9)
    assert text_selection.plain_text(document, [span]) == ""
    assert text_selection.trimmed(document, span) is None
    assert text_selection.block_span(document, place) is None
    assert text_selection.section_span(document, 1) is None
    assert text_selection.link_at(document, place) is None
    assert text_selection.link_beside(document, place, is_forward=True) is None


def test_enter_reads_from_the_word_that_was_clicked(make_view: MakeView, qtbot: QtBot) -> None:
    document = prose(TEXT)
    view = make_view(document)
    word = span_of(document, "sentences")
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, point_at(view, word, is_end=True))
    with qtbot.waitSignal(view.place_activated) as activated:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert activated.args[0] in (word.first_place, Place(0, word.end))


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Left, PLAIN),
        (Qt.Key.Key_Right, PLAIN),
        (Qt.Key.Key_Left, SHIFT),
        (Qt.Key.Key_Right, SHIFT),
        (Qt.Key.Key_Space, PLAIN),
        (Qt.Key.Key_H, PLAIN),
        (Qt.Key.Key_Escape, PLAIN),
    ],
    ids=["left", "right", "shift left", "shift right", "space", "a letter", "escape"],
)
def test_the_transports_keys_are_left_to_the_window(
    make_view: MakeView, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    view = make_view(prose(TEXT))
    assert not is_taken(view, QEvent.Type.ShortcutOverride, key, modifiers)
    assert not is_taken(view, QEvent.Type.KeyPress, key, modifiers)


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Down], ids=["page", "end", "down"]
)
def test_keys_scroll_the_text_and_say_so(make_view: MakeView, qtbot: QtBot, key: Qt.Key) -> None:
    view = make_view(long_prose(100))
    with qtbot.waitSignal(view.user_scrolled):
        QTest.keyClick(view, key)
    assert view.line_top_of(Place(0, 0)) < 0
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.first_visible_place() == Place(0, 0)


def wheel(view: ReadingView, pixels: QPoint, angle: QPoint, modifiers: Qt.KeyboardModifier) -> bool:
    at = QPointF(300, 300)
    event = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        pixels,
        angle,
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def test_a_touchpad_scrolls_by_its_pixels(make_view: MakeView) -> None:
    view = make_view(long_prose(100))
    before = view.line_top_of(Place(0, 0))
    assert wheel(view, QPoint(0, -37), QPoint(0, -40), PLAIN)
    assert view.line_top_of(Place(0, 0)) == before - 37


def test_a_wheel_scrolls_by_lines(make_view: MakeView) -> None:
    view = make_view(long_prose(100))
    before = view.line_top_of(Place(0, 0))
    wheel(view, QPoint(), QPoint(0, -120), PLAIN)
    lines = (before - view.line_top_of(Place(0, 0))) / view.line_height()
    assert lines == pytest.approx(QApplication.wheelScrollLines(), abs=0.1)


def test_zooming_by_wheel_is_left_to_the_window(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(long_prose(100))
    with qtbot.assertNotEmitted(view.user_scrolled):
        wheel(view, QPoint(0, -37), QPoint(0, -120), CONTROL)


def test_all_of_it_is_selected_and_copied_by_keys(make_view: MakeView) -> None:
    view = make_view(prose("one", "two"))
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "one\n\ntwo"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection is None


def test_in_caret_mode_keys_select_without_a_mouse(make_view: MakeView, qtbot: QtBot) -> None:
    document = prose("One two three.", "Four five.")
    view = make_view(document)
    with qtbot.waitSignal(view.caret_mode_changed):
        QTest.keyClick(view, Qt.Key.Key_F7)
    assert is_taken(view, QEvent.Type.ShortcutOverride, Qt.Key.Key_Right), "before any shortcut"
    QTest.keyClick(view, Qt.Key.Key_Right, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.caret == Place(0, 4)
    QTest.keyClick(view, Qt.Key.Key_Right, CONTROL | SHIFT)
    first = view.selection
    assert first == Span(0, 4, 8)
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    selected = view.selection
    assert selected is not None
    assert selected.start == 4
    assert selected.end > span_of(document, "Four").start
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.caret == span_of(document, "Four").first_place
    assert view.selection is None
    QTest.keyClick(view, Qt.Key.Key_End, CONTROL)
    assert view.caret == Place(0, len(document.sections[0].text))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.is_caret_mode


def test_the_caret_steps_from_block_to_block(make_view: MakeView) -> None:
    view = make_view(prose("One", "Two"))
    QTest.keyClick(view, Qt.Key.Key_F7)
    view.set_caret(Place(0, 3))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.caret == Place(0, 5)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.caret == Place(0, 3)


def test_the_caret_moved_out_of_sight_takes_the_text_along(make_view: MakeView) -> None:
    document = long_prose(60)
    view = make_view(document)
    QTest.keyClick(view, Qt.Key.Key_F7)
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Down)
    caret = view.caret
    assert caret is not None
    assert caret.offset > 2500
    assert 0 <= view.line_top_of(caret) < view.viewport().height()


def test_a_menu_is_asked_for_at_its_place(make_view: MakeView, qtbot: QtBot) -> None:
    document = prose(TEXT)
    view = make_view(document)
    word = span_of(document, "machine")
    point = point_at(view, word)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point)
    )
    with qtbot.waitSignal(view.context_menu_requested) as asked:
        QApplication.sendEvent(view.viewport(), event)
    assert asked.args is not None
    assert asked.args[0] == word.first_place
