"""Tests of reader.ui.view.reading_view: what is painted where, and what stays in view."""

from __future__ import annotations

import gc
import sys
import weakref
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from reader.text.document import BlockKind, Place, Span
from reader.text.lazy_sections import LazySections
from reader.ui.look.colours import blended
from reader.ui.look.theme import DARK, LIGHT, Palette, Theme
from reader.ui.view.reading_view import Decoration, ReadingView, Role
from tests.ui.view.documents import TEXT, SectionMaker, document_of, long_prose, prose, span_of
from tests.ui.view.lazy_documents import Shelf
from tests.ui.view.views import MakeView, holds, painted, share_of


def test_the_column_and_the_margin_stand_where_the_design_has_them(make_view: MakeView) -> None:
    view = make_view(prose(TEXT))
    assert (view.column_rect().left(), view.column_rect().width()) == (138, 600)
    assert (view.margin_rect().left(), view.margin_rect().width()) == (812, 318)
    view.set_margin_visible(False)
    assert view.margin_rect().isNull()
    assert view.is_margin_folded
    assert view.column_rect().center().x() == pytest.approx(view.viewport().width() / 2, abs=1)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_word_heard_lies_on_its_box_inside_its_sentence(
    make_view: MakeView, palette: Palette
) -> None:
    document = prose(TEXT, TEXT)
    view = make_view(document, theme=Theme("dark" if palette.is_dark else "light"))
    sentence = span_of(document, TEXT[:84].strip())
    word = span_of(document, "machine")
    view.decorate("sentence", [Decoration(sentence, Role.SENTENCE)])
    view.decorate("spoken-word", [Decoration(word, Role.WORD)])
    image = painted(view)
    (box,) = view.rects_of(word)
    assert share_of(image, box, palette.word) > 0.5
    assert holds(image, box, palette.ink), "the word itself is on top"
    edge = QRect(box.left() - 2, box.top() + 10, 2, 8)
    assert share_of(image, edge, palette.word) == 1, "the box is larger than the word"
    beside = QRect(box.right() + 5, box.top() + 1, 20, 3)
    assert share_of(image, beside, palette.sentence) == 1
    below_the_sentence = view.rects_of(span_of(document, "feeling"))[0]
    assert not holds(image, below_the_sentence, palette.sentence)


def test_washes_of_neighbouring_lines_touch_without_overlap(make_view: MakeView) -> None:
    document = prose(TEXT)
    view = make_view(document)
    view.decorate("sentence", [Decoration(span_of(document, TEXT), Role.SENTENCE)])
    image = painted(view)
    boxes = view.rects_of(span_of(document, TEXT))
    assert len(boxes) >= 3
    for above, below in pairwise(boxes):
        assert above.bottom() + 1 == below.top()
        seam = QRect(view.column_rect().left() + 60, above.bottom() - 1, 150, 4)
        colours = {
            image.pixel(x, y)
            for x in range(seam.left(), seam.right())
            for y in range(seam.top(), seam.bottom())
        }
        assert LIGHT.paper.rgb() not in colours, "a gap"
        assert share_of(image, seam, LIGHT.sentence) > 0.6


@pytest.mark.parametrize("colour", ["apricot", "rose", "sage", "sky"])
def test_a_highlight_has_its_colour_under_its_words_alone(make_view: MakeView, colour: str) -> None:
    document = prose(TEXT)
    view = make_view(document)
    span = span_of(document, "the film")
    view.decorate("notes", [Decoration(span, Role.HIGHLIGHT, colour)])
    image = painted(view)
    (box,) = view.rects_of(span)
    ground = LIGHT.highlight(colour)
    assert share_of(image, box, ground) > 0.5
    assert not holds(image, box.translated(box.width() + 2, 0), ground)
    assert not holds(image, box.translated(0, -box.height()), ground)
    assert not holds(image, QRect(box.left(), box.top(), box.width(), 2), ground)


def test_where_highlights_overlap_both_can_be_told(make_view: MakeView) -> None:
    document = prose(TEXT)
    view = make_view(document)
    view.decorate(
        "notes",
        [
            Decoration(span_of(document, "the film has shown"), Role.HIGHLIGHT, "apricot"),
            Decoration(span_of(document, "film has"), Role.HIGHLIGHT, "sky"),
        ],
    )
    image = painted(view)
    (inner,) = view.rects_of(span_of(document, "film has"))
    (outer,) = view.rects_of(span_of(document, "the film has shown"))
    assert share_of(image, inner, blended(LIGHT, ("apricot", "sky"))) > 0.5
    assert share_of(image, QRect(outer.left() + 1, outer.top() + 3, 4, 4), LIGHT.apricot) == 1


def test_a_skipped_passage_is_dim_and_its_neighbours_are_not(make_view: MakeView) -> None:
    document = prose(TEXT)
    view = make_view(document)
    skipped = span_of(document, "future")
    view.decorate("skipped", [Decoration(skipped, Role.SKIPPED)])
    image = painted(view)
    dim, plain = view.rects_of(skipped)[0], view.rects_of(span_of(document, "machine"))[0]
    assert holds(image, dim, LIGHT.soft)
    assert not holds(image, dim, LIGHT.ink)
    assert holds(image, plain, LIGHT.ink)


def test_the_selection_is_painted(make_view: MakeView) -> None:
    document = prose(TEXT)
    view = make_view(document)
    span = span_of(document, "machine")
    before = painted(view)
    view.select(span)
    box = view.rects_of(span)[0]
    corner = box.topLeft() + QPoint(1, 1)
    assert painted(view).pixel(corner) != before.pixel(corner)


def test_a_word_change_repaints_little(make_view: MakeView, qtbot: QtBot) -> None:
    document = prose(TEXT, TEXT)
    view = make_view(document)
    painted_areas: list[QRect] = []

    class Witness(QObject):
        def eventFilter(self, watched: QObject, event: object) -> bool:
            del watched
            from PySide6.QtGui import QPaintEvent

            if isinstance(event, QPaintEvent):
                painted_areas.append(event.region().boundingRect())
            return False

    witness = Witness()
    qtbot.wait(10)
    view.viewport().installEventFilter(witness)
    word = span_of(document, "machine")
    with qtbot.waitSignal(view.decorated_painted) as told:
        view.decorate("spoken-word", [Decoration(word, Role.WORD)])
    view.viewport().removeEventFilter(witness)
    assert told.args == ["spoken-word"]
    (area,) = painted_areas
    (box,) = view.rects_of(word)
    assert area.contains(box)
    assert area.width() <= box.width() + 10
    assert area.height() <= box.height() + 2


def test_decorating_the_same_again_repaints_nothing(make_view: MakeView, qtbot: QtBot) -> None:
    document = prose(TEXT)
    view = make_view(document)
    notes = [Decoration(span_of(document, "film"), Role.HIGHLIGHT, "rose")]
    with qtbot.waitSignal(view.decorated_painted):
        view.decorate("notes", notes)
    with qtbot.assertNotEmitted(view.decorated_painted, wait=30):
        view.decorate("notes", list(notes))


def test_the_first_frame_with_text_is_told_once_a_document(qtbot: QtBot) -> None:
    view = ReadingView(Theme("light"))
    qtbot.addWidget(view)
    told: list[int] = []
    view.painted_text.connect(lambda: told.append(1))
    view.show()
    qtbot.waitExposed(view)
    assert not told, "there was no text yet"
    with qtbot.waitSignal(view.painted_text):
        view.show_document(prose(TEXT))
    view.viewport().update()
    qtbot.wait(20)
    assert len(told) == 1


def test_a_section_jumped_to_is_told_once_its_own_text_is_painted(
    make_view: MakeView, qtbot: QtBot
) -> None:
    document = Shelf(3, paragraphs=500).document()
    assert isinstance(document.sections, LazySections)
    view = make_view(prose(TEXT))
    told: list[int] = []
    view.section_painted.connect(told.append)
    view.show_document(document)
    qtbot.waitUntil(lambda: told == [0])
    view.scroll_to(Place(2, 9000), animated=False)
    qtbot.waitUntil(lambda: told == [0, 2])
    assert view.visible_spans()[0].section == 2
    view.scroll_to(Place(2, 20_000), animated=False)
    qtbot.wait(30)
    assert told == [0, 2]


@pytest.mark.parametrize(
    "words",
    ["שלום עולם", "👩‍👩‍👧 🙂", "e\u0301te\u0301", "日本語"],
    ids=["right to left", "emoji", "combining", "cjk"],
)
def test_a_box_is_behind_its_word_in_every_script(make_view: MakeView, words: str) -> None:
    document = prose(f"🙂 a few words before {words} after it as well")
    view = make_view(document)
    span = span_of(document, words)
    view.decorate("notes", [Decoration(span, Role.HIGHLIGHT, "sky")])
    image = painted(view)
    boxes = view.rects_of(span)
    before = view.rects_of(span_of(document, "before"))[0]
    after = view.rects_of(span_of(document, "after"))[0]
    assert boxes
    assert all(before.right() < box.left() and box.right() <= after.left() + 1 for box in boxes)
    assert share_of(image, boxes[0], LIGHT.sky) > 0.3
    assert not holds(image, before, LIGHT.sky)
    assert not holds(image, after.adjusted(2, 0, 0, 0), LIGHT.sky)


def test_a_large_text_opens_without_laying_out_what_is_far(make_view: MakeView) -> None:
    document = long_prose(30_000)
    view = make_view(document)
    assert view.laid_out_count() < 60
    view.scroll_to(Place(0, len(document.sections[0].text) // 2), animated=False)
    painted(view)
    assert view.laid_out_count() < 120


def test_a_document_without_text_shows_paper(make_view: MakeView) -> None:
    view = make_view(document_of(SectionMaker().made()))
    view.decorate("notes", [Decoration(Span(0, 0, 1), Role.HIGHLIGHT)])
    view.follow(Span(0, 0, 1))
    view.scroll_by(10)
    assert view.first_visible_place() is None
    assert view.place_at(QPoint(200, 200)) is None
    assert painted(view).pixelColor(300, 300) == LIGHT.paper


def test_another_document_starts_afresh(make_view: MakeView) -> None:
    document = prose(TEXT)
    view = make_view(document)
    view.decorate("notes", [Decoration(span_of(document, "machine"), Role.HIGHLIGHT, "sky")])
    view.select(span_of(document, "machine"))
    view.show_document(prose(TEXT))
    assert view.selection is None
    assert not holds(painted(view), view.viewport().rect().adjusted(138, 40, -600, -500), LIGHT.sky)


def test_copying_puts_the_selected_text_on_the_clipboard(make_view: MakeView) -> None:
    document = document_of(SectionMaker().add("A title", BlockKind.HEADING).add("one\ntwo").made())
    view = make_view(document)
    view.select(Span(0, 2, 16))
    view.copy()
    assert QGuiApplication.clipboard().text() == "title\n\none two"


def test_void_calls_into_qt_cost_no_reference_to_none(make_view: MakeView) -> None:
    view = make_view(prose(TEXT))
    before = sys.getrefcount(None)
    for _ in range(1000):
        view.setObjectName("view")
    lost = before - sys.getrefcount(None)
    assert lost < 500, "this PySide6 crashes sooner or later; see the pin in pyproject.toml"


def test_a_long_section_is_read_beside_the_windows_thread_and_shown(qtbot: QtBot) -> None:
    shelf = Shelf(3, paragraphs=500)
    view = ReadingView(Theme("light"))
    qtbot.addWidget(view)
    view.resize(900, 700)
    with qtbot.waitExposed(view):
        view.show()
    view.show_document(shelf.document(), Place(1, 30_000))
    qtbot.waitUntil(lambda: view.first_visible_place() is not None)
    qtbot.waitUntil(lambda: abs(view.line_top_of(Place(1, 30_000))) < view.line_height())
    view.stop_reading_ahead()
    assert 2 not in shelf.was_read


def test_decorations_of_a_section_not_read_yet_are_painted_once_it_is(qtbot: QtBot) -> None:
    shelf = Shelf(3, paragraphs=500)
    view = ReadingView(Theme("light"))
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show_document(shelf.document())
    span = Span(1, 30_000, 30_040)
    view.decorate("notes", [Decoration(span, Role.HIGHLIGHT, "rose")])
    view.scroll_to(span.first_place, animated=False)
    qtbot.waitUntil(lambda: bool(view.rects_of(span)))
    place = view.place_at(view.rects_of(span)[0].center())
    assert place is not None
    assert span.first_place <= place < Place(1, span.end)
    view.stop_reading_ahead()
    colour = view.grab().toImage().pixelColor(view.rects_of(span)[0].topLeft() + QPoint(3, 4))
    assert colour != view.theme.palette.paper


def test_a_text_left_is_let_go_of_without_a_search_for_rubbish(make_view: MakeView) -> None:
    view = make_view(prose(TEXT))
    gc.collect()
    gc.disable()
    try:
        left = weakref.ref(view._flow)
        view.show_document(prose(TEXT))
        assert left() is None
    finally:
        gc.enable()
