"""The pages of a PDF in the window: the same marks at their places, and the same voice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.formats.registry import open_document
from reader.text.document import Document, Place, Span
from reader.ui.look.theme import DARK, LIGHT, Theme
from reader.ui.pages.page_supply import PageSupply, Wanted
from reader.ui.pages.page_view import PageView
from reader.ui.view.decorations import Decoration, Role
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow
from tests.fakes.held_call import HeldCall
from tests.formats.golden_files import FOLDER
from tests.formats.pdf.raw_pdf import paragraph, pdf_of_pages
from tests.ui.desk.window_room import Opener, WindowRoom, open_and_settle

PAPER = FOLDER / "latex-two-columns.pdf"
WORD = "remembered"


@pytest.fixture(scope="module")
def paper() -> Document:
    return open_document(PAPER)


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened(file=PAPER)


MakeView = Callable[..., PageView]


@pytest.fixture
def make_view(qtbot: QtBot) -> Iterator[MakeView]:
    views: list[PageView] = []

    def make(document: Document, theme: str = "light") -> PageView:
        view = PageView(Theme(theme))
        qtbot.addWidget(view)
        views.append(view)
        view.resize(1000, 900)
        view.set_reduced_motion(True)
        view.show()
        view.show_pages(document)
        settle(qtbot, view)
        return view

    yield make
    for view in views:
        view.close_supply()


def settle(qtbot: QtBot, view: PageView) -> None:
    """Wait until the pages on the screen are there."""

    def is_there() -> bool:
        numbers = view._screen.visible
        return bool(numbers) and all(
            view._supply.picture(n) is not None and view._supply.page(n) is not None
            for n in numbers
        )

    qtbot.waitUntil(is_there)
    qtbot.wait(50)


def span_of(document: Document, words: str) -> Span:
    section = next(section for section in document.sections if words in section.text)
    start = section.text.index(words)
    return Span(section.index, start, start + len(words))


def painted(view: PageView) -> QImage:
    return view.viewport().grab().toImage()


def usual_colour(image: QImage, rect: QRect) -> QColor:
    """Return the colour that most of a rectangle has."""
    counts: dict[int, int] = {}
    for x in range(rect.left(), rect.right(), 2):
        for y in range(rect.top(), rect.bottom(), 2):
            counts[image.pixel(x, y)] = counts.get(image.pixel(x, y), 0) + 1
    return QColor(max(counts, key=lambda pixel: counts[pixel]))


def darkest(image: QImage, rect: QRect) -> int:
    return min(
        QColor(image.pixel(x, y)).lightness()
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
    )


def test_the_heard_word_is_lit_where_it_is_printed(make_view: MakeView, paper: Document) -> None:
    view = make_view(paper)
    span = span_of(paper, WORD)
    before = painted(view)
    view.decorate("spoken-word", frozenset((Decoration(span, Role.WORD),)))
    after = painted(view)
    rects = view.rects_of(span)
    assert len(rects) == 2  # it is broken at a line's end
    for rect in rects:
        inner = rect.adjusted(4, 3, -4, -3)
        assert usual_colour(before, inner).lightness() > 245
        lit = usual_colour(after, inner)
        assert abs(lit.red() - LIGHT.word.red()) < 8
        assert abs(lit.green() - LIGHT.word.green()) < 8
        assert darkest(after, inner) < 60  # the letters stay black
    view.decorate("spoken-word", frozenset())
    assert painted(view) == before


def test_a_highlight_has_the_colour_of_its_note(make_view: MakeView, paper: Document) -> None:
    view = make_view(paper)
    span = span_of(paper, "twelve evenings in a village")
    view.decorate("notes", frozenset((Decoration(span, Role.HIGHLIGHT, "sky"),)))
    (rect,) = view.rects_of(span)
    found = usual_colour(painted(view), rect.adjusted(4, 3, -4, -3))
    assert abs(found.blue() - LIGHT.sky.blue()) < 10
    assert abs(found.red() - LIGHT.sky.red()) < 10


def test_in_the_dark_look_the_page_is_light_on_dark(make_view: MakeView, paper: Document) -> None:
    view = make_view(paper, "dark")
    image = painted(view)
    (rect,) = view.rects_of(span_of(paper, "twelve evenings in a village"))
    assert usual_colour(image, rect).lightness() < DARK.card.lightness() + 12
    brightest = max(
        QColor(image.pixel(x, y)).lightness()
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
    )
    assert brightest > 150


def test_a_double_click_on_a_word_reads_from_there(
    make_view: MakeView, paper: Document, qtbot: QtBot
) -> None:
    view = make_view(paper)
    span = span_of(paper, "neighbours listened")
    (rect,) = view.rects_of(span)
    at = QPoint(rect.left() + 4, rect.center().y())
    with qtbot.waitSignal(view.place_activated) as activated:
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert activated.args == [Place(0, span.start)]


def test_dragging_selects_the_words_passed_over(make_view: MakeView, paper: Document) -> None:
    view = make_view(paper)
    selected: list[tuple[Span, ...]] = []
    view.spans_selected.connect(selected.append)
    (rect,) = view.rects_of(span_of(paper, "neighbours listened"))
    y = rect.center().y()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 4, y))
    QTest.mouseMove(view.viewport(), QPoint(rect.center().x(), y))
    QTest.mouseMove(view.viewport(), QPoint(rect.right() - 4, y))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.right() - 4, y))
    assert selected[-1] == (span_of(paper, "neighbours listened"),)


def test_a_drag_that_is_held_while_other_pages_are_shown_selects_nothing_on_them(
    make_view: MakeView, paper: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    view = make_view(paper)
    (rect,) = view.rects_of(span_of(paper, "neighbours listened"))
    y = rect.center().y()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 4, y))
    QTest.mouseMove(view.viewport(), QPoint(rect.right() - 4, y))
    (tmp_path / "other.pdf").write_bytes(pdf_of_pages([paragraph("Some other words.")]))
    view.show_pages(open_document(tmp_path / "other.pdf"))
    settle(qtbot, view)
    told: list[object] = []
    view.spans_selected.connect(told.append)
    view.selection_finished.connect(lambda: told.append("finished"))
    QTest.mouseMove(view.viewport(), QPoint(rect.left() + 4, y))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 4, y))
    assert told == []


def test_what_is_heard_is_brought_onto_the_screen(
    make_view: MakeView, qtbot: QtBot, tmp_path: Path
) -> None:
    pages = [paragraph(" ".join(f"p{n}w{k}" for k in range(200))) for n in range(30)]
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_of_pages(pages))
    document = open_document(path)
    view = make_view(document)
    section = next(s for s in document.sections if "p21w150" in s.text)
    start = section.text.index("p21w150")
    span = Span(section.index, start, start + 7)
    view.follow(span)
    qtbot.waitUntil(lambda: bool(view.rects_of(span)))
    qtbot.waitUntil(
        lambda: all(0 < r.top() < r.bottom() < 900 for r in view.rects_of(span)),
    )


def is_painted(supply: PageSupply, number: int) -> bool:
    return supply.picture(number) is not None


def test_memory_for_pictures_is_bounded(qtbot: QtBot, tmp_path: Path) -> None:
    pages = [paragraph(f"This is page {n}.") for n in range(12)]
    path = tmp_path / "many.pdf"
    path.write_bytes(pdf_of_pages(pages))
    document = open_document(path)
    supply = PageSupply(None, kept_bytes=5 * 4 * 100 * 140)
    supply.show(document.printed, LIGHT)
    for number in range(12):
        supply.want([Wanted(number, 100, 140)])
        qtbot.waitUntil(partial(is_painted, supply, number))
    kept = [number for number in range(12) if supply.picture(number) is not None]
    assert kept == [7, 8, 9, 10, 11]
    supply.close()


def document_of(room: WindowRoom) -> Document:
    document = room.desk.window.view.document
    assert document is not None
    return document


def shows(window: MainWindow) -> tuple[bool, bool]:
    """Whether the text, and whether the pages are shown."""
    pages = window.findChildren(PageView)
    return window.view.isVisible(), any(view.isVisible() for view in pages)


def test_the_key_shows_the_pages_and_the_text_again(room: WindowRoom) -> None:
    window = room.desk.window
    room.desk.do(Command.SHOW_PAGES)
    assert shows(window) == (False, True)
    room.desk.do(Command.SHOW_PAGES)
    assert shows(window) == (True, False)
    assert window.view.hasFocus()


def test_what_closes_over_the_pages_gives_the_focus_back_to_them(room: WindowRoom) -> None:
    room.desk.do(Command.SHOW_PAGES)
    pages = room.desk._commands.paging.view
    room.desk.do(Command.FIND)
    room.qtbot.waitUntil(lambda: not pages.hasFocus())
    QTest.keyClick(room.desk.window.focusWidget(), Qt.Key.Key_Escape)
    room.qtbot.waitUntil(pages.hasFocus)


def test_marks_made_in_the_text_are_on_the_page(room: WindowRoom) -> None:
    view = room.desk.window.view
    assert view.document is not None
    span = span_of(view.document, "twelve evenings in a village")
    view.select(span)
    room.desk.annotating.marking.highlight("rose")
    room.desk.do(Command.SHOW_PAGES)
    pages = room.desk._commands.paging.view
    settle(room.qtbot, pages)
    (rect,) = pages.rects_of(span)
    found = usual_colour(painted(pages), rect.adjusted(4, 3, -4, -3))
    assert abs(found.green() - LIGHT.rose.green()) < 12


def test_a_note_begun_on_the_page_is_written_beside_the_text_then_the_page_comes_back(
    room: WindowRoom,
) -> None:
    window, annotating = room.desk.window, room.desk.annotating
    room.desk.do(Command.SHOW_PAGES)
    pages = room.desk._commands.paging.view
    settle(room.qtbot, pages)
    span = span_of(document_of(room), "self-selected group of twenty-three neighbours")
    pages.spans_selected.emit((span,))
    annotating.writing.write_note()
    room.wait(lambda: shows(window) == (True, False))
    editor = annotating.margin.editor.note
    room.wait(editor.hasFocus)
    assert window.view.rects_of(span)
    QTest.keyClicks(editor, "Whose?")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.wait(lambda: shows(window) == (False, True))
    settle(room.qtbot, pages)
    screen = pages.viewport().rect()
    room.wait(lambda: any(screen.contains(rect) for rect in pages.rects_of(span)))
    assert annotating.notebook is not None
    assert [note.annotation.note_text for note in annotating.notebook.notes] == ["Whose?"]


def test_who_shows_the_text_while_writing_stays_there(room: WindowRoom) -> None:
    window, annotating = room.desk.window, room.desk.annotating
    room.desk.do(Command.SHOW_PAGES)
    pages = room.desk._commands.paging.view
    settle(room.qtbot, pages)
    pages.spans_selected.emit((span_of(document_of(room), "twelve evenings"),))
    annotating.writing.write_note()
    room.wait(lambda: shows(window) == (True, False))
    room.desk.do(Command.SHOW_PAGES)
    room.desk.do(Command.SHOW_PAGES)
    annotating.finish_editing()
    QApplication.processEvents()  # the pages learn of it behind whoever ended it
    assert shows(window) == (True, False)


# a menu, which the offscreen platform can't raise
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_right_click_on_the_page_offers_what_can_be_done_with_the_note_there(
    room: WindowRoom,
) -> None:
    window, annotating = room.desk.window, room.desk.annotating
    span = span_of(document_of(room), "twelve evenings in a village")
    window.view.select(span)
    annotating.marking.highlight("rose")
    window.view.select(None)
    room.desk.do(Command.SHOW_PAGES)
    pages = room.desk._commands.paging.view
    settle(room.qtbot, pages)
    at = pages.rects_of(span)[0].center()
    with room.qtbot.waitSignal(window.view.context_menu_requested) as asked:
        pages.contextMenuEvent(
            QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, pages.viewport().mapToGlobal(at))
        )
    place, _ = asked.args
    assert span.start <= place.offset < span.end
    (menu,) = (m for m in window.view.findChildren(QMenu) if m.isVisible())
    words = [action.text() for action in menu.actions()]
    menu.close()
    assert "Write in its note" in words
    assert "Delete its note" in words


def test_words_heard_are_lit_on_the_page(room: WindowRoom) -> None:
    room.desk.do(Command.SHOW_PAGES)
    pages = room.desk._commands.paging.view
    settle(room.qtbot, pages)
    assert room.desk.aloud is not None
    room.desk.aloud.player.toggle()
    room.voice_answers()
    room.hear(3)
    lit = [d.span for d in pages._groups["spoken-word"]]
    assert [room.text[span.start : span.end] for span in lit] == ["Keeps"]
    assert pages.rects_of(lit[0])


def test_pages_are_larger_and_smaller_where_they_are_shown(room: WindowRoom) -> None:
    room.desk.do(Command.SHOW_PAGES)
    pages = room.desk._commands.paging.view
    settle(room.qtbot, pages)
    span = span_of(pages_document(room), "twelve evenings in a village")
    width = pages.rects_of(span)[0].width()
    scale = room.desk.window.theme.scale
    room.desk.do(Command.LARGER)
    assert pages.rects_of(span)[0].width() > 1.15 * width
    assert room.desk.window.theme.scale == scale
    room.desk.do(Command.NATURAL_SIZE)
    assert abs(pages.rects_of(span)[0].width() - width) <= 2


def pages_document(room: WindowRoom) -> Document:
    document = room.desk.window.view.document
    assert document is not None
    return document


def test_a_text_without_pages_has_no_such_command(qtbot: QtBot, tmp_path: Path) -> None:
    room = open_and_settle(qtbot, tmp_path)
    action = room.desk.window.actions_by_command[Command.SHOW_PAGES]
    room.wait(lambda: not action.isEnabled())
    room.close()


def test_the_page_of_what_was_followed_before_is_not_gone_to(
    make_view: MakeView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.pdf"
    path.write_bytes(pdf_of_pages([paragraph(f"This is page {n}.") for n in range(30)]))
    document = open_document(path)
    view = make_view(document)
    printed = document.printed
    assert printed is not None
    held = HeldCall(printed.page_of)
    monkeypatch.setattr(printed, "page_of", held)
    view.follow(span_of(document, "page 12."))
    qtbot.waitUntil(lambda: held.is_held)
    wanted = span_of(document, "page 25.")
    view.follow(wanted)
    qtbot.waitUntil(lambda: bool(view.rects_of(wanted)))
    held.let_go()
    assert view.rects_of(wanted)


def test_what_is_in_the_middle_stays_there_as_pages_grow(
    make_view: MakeView, paper: Document, qtbot: QtBot
) -> None:
    view = make_view(paper)
    view.verticalScrollBar().setValue(400)
    settle(qtbot, view)
    middle = view.viewport().rect().center()
    before = view.nearest_place(middle)
    for _ in range(5):
        view.zoom(1)
    settle(qtbot, view)
    assert view.horizontalScrollBar().value() > 0
    after = view.nearest_place(view.viewport().rect().center())
    assert before is not None
    assert after is not None
    assert before.section == after.section
    assert abs(after.offset - before.offset) < 300
