"""Passages on the pages of a PDF are marked and resized there, as in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.playback.states import Playing
from reader.text.document import Document, Span
from reader.ui.margin.marking.highlight_grips import Grip
from reader.ui.margin.marking.selection_popup import SelectionPopup
from reader.ui.pages.page_view import PageView
from reader.ui.window.commands import Command
from tests.formats.golden_files import FOLDER
from tests.formats.pdf.raw_pdf import paragraph, pdf_of_pages
from tests.ui.desk.window_room import Opener, WindowRoom

LEFT = Qt.MouseButton.LeftButton
MARKED = "twelve evenings in a village"


def is_shown(pages: PageView) -> bool:
    numbers = pages._screen.visible
    return bool(numbers) and all(pages._supply.page(number) is not None for number in numbers)


def document_of(room: WindowRoom) -> Document:
    document = room.desk.window.view.document
    assert document is not None
    return document


def span_of(room: WindowRoom, words: str) -> Span:
    section = next(s for s in document_of(room).sections if words in s.text)
    start = section.text.index(words)
    return Span(section.index, start, start + len(words))


def mark(room: WindowRoom, words: str) -> None:
    view = room.desk.window.view
    view.select(span_of(room, words))
    room.desk.annotating.marking.highlight("rose")
    view.select(None)
    room.desk.annotating.margin.focus_card(None)


def show_pages(room: WindowRoom) -> PageView:
    room.desk.do(Command.SHOW_PAGES)
    pages = room.desk._commands.paging.view
    room.wait(lambda: is_shown(pages))
    return pages


def bring(room: WindowRoom, pages: PageView, words: str) -> None:
    pages.set_reduced_motion(True)
    pages.follow(span_of(room, words))
    room.wait(lambda: pages.rects_of(span_of(room, words)))


def click(room: WindowRoom, pages: PageView, words: str) -> None:
    at = pages.rects_of(span_of(room, words))[0].center()
    QTest.mouseClick(pages.viewport(), LEFT, pos=at)


def grips(pages: PageView) -> dict[bool, Grip]:
    """Return the grips that can be seen, by whether they are at the beginning."""
    found = pages.viewport().findChildren(Grip)
    return {grip.is_start: grip for grip in found if grip.isVisible()}


def quotes(room: WindowRoom) -> list[str]:
    notebook = room.desk.annotating.notebook
    assert notebook is not None
    spans = sorted(note.span for note in notebook.notes if note.span is not None)
    sections = document_of(room).sections
    return [sections[span.section].text[span.start : span.end] for span in spans]


def send(widget: Grip, kind: QEvent.Type, at: QPoint) -> None:
    buttons = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else LEFT
    event = QMouseEvent(
        kind,
        QPointF(at),
        QPointF(widget.mapToGlobal(at)),
        LEFT,
        buttons,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def drag(grip: Grip, *points: QPoint) -> None:
    """Take hold of a grip's line, lead it over points of the viewport, and let go at the last."""
    send(grip, QEvent.Type.MouseButtonPress, QPoint(grip.width() // 2, grip.height() // 2))
    for point in points:
        send(grip, QEvent.Type.MouseMove, grip.mapFromParent(point))
    send(grip, QEvent.Type.MouseButtonRelease, grip.mapFromParent(points[-1]))


def behind(box: QRect) -> QPoint:
    return QPoint(box.right() - 2, box.center().y())


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened(file=FOLDER / "latex-two-columns.pdf")


def test_a_click_on_a_highlight_shows_grips_at_its_ends_and_one_beside_it_hides_them(
    room: WindowRoom,
) -> None:
    mark(room, MARKED)
    pages = show_pages(room)
    assert not grips(pages)
    click(room, pages, MARKED)
    box = pages.rects_of(span_of(room, MARKED))[0]
    found = {is_start: grip.geometry() for is_start, grip in grips(pages).items()}
    assert abs(found[True].center().x() - box.left()) <= 2
    assert abs(found[False].center().x() - box.right()) <= 2
    assert all(abs(each.center().y() - box.center().y()) < box.height() for each in found.values())
    assert not isinstance(room.player().state, Playing)
    click(room, pages, "neighbours listened")
    assert not grips(pages)


def test_an_end_is_dragged_over_lines_into_the_other_column_as_one_step(room: WindowRoom) -> None:
    mark(room, MARKED)
    pages = show_pages(room)
    text = room.text
    start = text.index(MARKED)
    click(room, pages, MARKED)
    own = pages.rects_of(span_of(room, MARKED))[0]
    beside = next(
        word
        for word in text[start + 200 :].split()
        if text.count(word) == 1
        and len(boxes := pages.rects_of(span_of(room, word))) == 1
        and boxes[0].left() > own.right() + 100
    )
    drag(grips(pages)[False], own.bottomRight() + QPoint(0, 60), behind(_box(room, pages, beside)))
    end = text.index(beside) + len(beside)
    assert quotes(room) == [text[start:end]]
    assert len(pages.rects_of(span_of(room, quotes(room)[0]))) > 4
    room.desk.annotating.undo()
    room.wait(lambda: quotes(room) == [MARKED])
    room.desk.annotating.redo()
    room.wait(lambda: quotes(room) == [text[start:end]])


def _box(room: WindowRoom, pages: PageView, words: str) -> QRect:
    return pages.rects_of(span_of(room, words))[0]


def test_the_beginning_stops_at_words_and_never_passes_the_end(room: WindowRoom) -> None:
    mark(room, MARKED)
    pages = show_pages(room)
    click(room, pages, MARKED)
    inside_word = pages.rects_of(span_of(room, "village"))[0]
    drag(grips(pages)[True], QPoint(inside_word.left() + 5, inside_word.center().y()))
    assert quotes(room) == ["village"]
    drag(grips(pages)[True], inside_word.bottomRight() + QPoint(30, 60))
    assert quotes(room) == ["village"]


def test_keys_move_an_end_on_the_page(room: WindowRoom) -> None:
    mark(room, MARKED)
    pages = show_pages(room)
    click(room, pages, MARKED)
    room.desk.annotating.move_end(is_start=False, is_forward=True)
    longer = quotes(room)[0]
    assert longer.startswith(MARKED + " ")
    assert grips(pages)[False].geometry().center().x() > 0
    QTest.keyClick(grips(pages)[False], Qt.Key.Key_Left)
    assert quotes(room) == [MARKED]
    QTest.keyClick(grips(pages)[True], Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert quotes(room) == [MARKED[1:]]


def test_an_end_dragged_below_the_window_goes_on_to_the_next_page(
    opened: Opener, tmp_path: Path
) -> None:
    path = tmp_path / "pages.pdf"
    words = [" ".join(f"p{n}w{k}" for k in range(200)) for n in range(5)]
    path.write_bytes(pdf_of_pages([paragraph(page) for page in words]))
    room = opened(file=path)
    mark(room, "p0w50 p0w51")
    pages = show_pages(room)
    click(room, pages, "p0w50")
    held = grips(pages)[False]
    send(held, QEvent.Type.MouseButtonPress, QPoint(held.width() // 2, held.height() // 2))
    below = QPoint(pages.viewport().width() // 2, pages.viewport().height() + 60)
    send(held, QEvent.Type.MouseMove, held.mapFromParent(below))
    room.wait(lambda: pages.rects_of(span_of(room, "p1w150")))
    send(held, QEvent.Type.MouseButtonRelease, held.mapFromParent(below))
    assert quotes(room)[0].startswith("p0w50 p0w51 p0w52")
    assert "p1w100" in quotes(room)[0]


def test_what_is_selected_on_the_page_has_the_pop_up_there(room: WindowRoom) -> None:
    pages = show_pages(room)
    box = _box(room, pages, MARKED)
    viewport = pages.viewport()
    QTest.mousePress(viewport, LEFT, pos=QPoint(box.left() + 3, box.center().y()))
    QTest.mouseMove(viewport, box.center())
    QTest.mouseMove(viewport, behind(box))
    QTest.mouseRelease(viewport, LEFT, pos=behind(box))
    (popup,) = (p for p in viewport.findChildren(SelectionPopup) if p.isVisible())
    assert popup.geometry().top() > box.top()
    popup.colour_chosen.emit("sky")
    assert quotes(room) == [MARKED]
    assert not popup.isVisible()


def test_back_in_the_text_grips_and_pop_up_are_there(room: WindowRoom) -> None:
    mark(room, MARKED)
    pages = show_pages(room)
    click(room, pages, MARKED)
    room.desk.do(Command.SHOW_PAGES)
    assert not grips(pages)
    view = room.desk.window.view
    found = [grip for grip in view.viewport().findChildren(Grip) if grip.isVisible()]
    assert {grip.is_start for grip in found} == {True, False}
    view.select(span_of(room, "neighbours listened"))
    view.finish_selection()
    assert [p.isVisible() for p in view.viewport().findChildren(SelectionPopup)] == [True]
