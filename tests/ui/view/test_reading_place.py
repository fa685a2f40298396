"""Which line is on the screen: kept through changes of look, moved by the voice and the user."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QElapsedTimer
from pytestqt.qtbot import QtBot

from reader.text.document import Document, Place, Span
from reader.ui.look.theme import DARK, LIGHT, Spacing, Theme
from reader.ui.view.gliding import DURATION_MS
from reader.ui.view.reading_view import ReadingView
from tests.ui.view.documents import TEXT, long_prose, prose, span_of
from tests.ui.view.views import MakeView, holds, painted


def top_words(view: ReadingView, document: Document) -> str:
    place = view.first_visible_place()
    assert place is not None
    return document.sections[0].text[place.offset : place.offset + 12]


def test_a_place_given_is_at_the_top_and_comes_back(make_view: MakeView) -> None:
    document = long_prose(400)
    place = span_of(document, "Paragraph 200.").first_place
    view = make_view(document, place=place)
    assert view.first_visible_place() == place
    assert make_view(document, place=place).first_visible_place() == place


def test_another_width_keeps_the_line_at_the_top(make_view: MakeView) -> None:
    document = long_prose(400)
    place = span_of(document, "Paragraph 200.").first_place
    view = make_view(document, place=place)
    view.resize(500, 600)
    assert view.column_rect().width() < 500
    assert view.line_top_of(place) == 0
    view.resize(1280, 726)
    assert view.first_visible_place() == place


def test_another_text_size_or_look_keeps_the_line_at_the_top(make_view: MakeView) -> None:
    theme = Theme("light")
    document = long_prose(400)
    place = span_of(document, "Paragraph 200.").first_place
    view = make_view(document, theme=theme, place=place)
    theme.set_scale(1.5)
    assert view.line_top_of(place) == 0
    assert view.column_rect().width() == 900
    theme.set_choice("dark")
    theme.set_text_family("Lexend")
    assert view.line_top_of(place) == 0
    assert painted(view).pixelColor(2, 2) == DARK.paper


def test_spacing_sets_lines_and_letters_apart_and_keeps_the_line_at_the_top(
    make_view: MakeView,
) -> None:
    theme = Theme("light")
    document = long_prose(400)
    span = span_of(document, "Paragraph 200.")
    view = make_view(document, theme=theme, place=span.first_place)
    height, width = view.line_height(), view.column_rect().width()
    (before,) = view.rects_of(span)
    theme.set_spacing(Spacing(lines=1.5, letters=0.12, column=0.8))
    assert view.line_top_of(span.first_place) == 0
    assert view.line_height() == pytest.approx(1.5 * height)
    assert view.column_rect().width() == 0.8 * width
    (after,) = view.rects_of(span)
    letters, words = len("Paragraph 200."), 1
    added = 19 * 0.12 * (letters + words * 4 / 3)
    assert after.width() == pytest.approx(before.width() + added, abs=3)


def test_a_line_heard_inside_the_band_moves_nothing(make_view: MakeView, qtbot: QtBot) -> None:
    document = long_prose(400)
    view = make_view(document)
    with qtbot.assertNotEmitted(view.layout_changed):
        view.follow(span_of(document, "Paragraph 2."))


@pytest.mark.parametrize("words", ["Paragraph 7.", "Paragraph 350."], ids=["near", "far"])
def test_a_line_heard_outside_the_band_is_brought_into_it(make_view: MakeView, words: str) -> None:
    document = long_prose(400)
    view = make_view(document)
    span = span_of(document, words)
    view.follow(span)
    height = view.viewport().height()
    assert 0.1 * height <= view.line_top_of(span.first_place) <= 0.7 * height


class FrameClock(QElapsedTimer):
    """Goes on by as much from one frame to the next however long that takes."""

    FRAME_MS = 40

    def __init__(self) -> None:
        super().__init__()
        self._now_ms = 0

    def elapsed(self) -> int:
        """Return the time of the next frame, in milliseconds."""
        self._now_ms += self.FRAME_MS
        return self._now_ms


def test_following_glides_in_whole_pixels_and_then_stands_still(
    make_view: MakeView, qtbot: QtBot
) -> None:
    document = long_prose(400)
    view = make_view(document)
    view.set_reduced_motion(False)
    view._motion._glide._clock = FrameClock()
    span = span_of(document, "Paragraph 4.")
    tops: list[float] = []
    view.layout_changed.connect(lambda: tops.append(view.line_top_of(span.first_place)))
    view.follow(span)
    qtbot.waitUntil(lambda: view._motion._glide.left == 0)
    assert len(tops) == math.ceil(DURATION_MS / FrameClock.FRAME_MS)
    assert tops == sorted(tops, reverse=True)
    assert all(top == int(top) for top in tops)
    assert tops[-1] == round(0.28 * view.viewport().height())


def test_the_users_scrolling_is_told_and_ends_a_glide(make_view: MakeView, qtbot: QtBot) -> None:
    document = long_prose(400)
    view = make_view(document)
    view.set_reduced_motion(False)
    view.follow(span_of(document, "Paragraph 4."))
    with qtbot.waitSignal(view.user_scrolled):
        view.scroll_by(-10)
    before = view.line_top_of(Place(0, 0))
    qtbot.wait(200)
    assert view.line_top_of(Place(0, 0)) == before


def test_turns_of_the_wheel_add_up_and_drop_what_following_had_left(
    make_view: MakeView, qtbot: QtBot
) -> None:
    view = make_view(long_prose(400))
    view.set_reduced_motion(False)
    view.scroll_by(500)
    view.follow(Span(0, 0, 5))
    view.scroll_by(30, animated=True)
    view.scroll_by(30, animated=True)
    arrived = pytest.approx(40 - 560, abs=2)
    qtbot.waitUntil(lambda: view.line_top_of(Place(0, 0)) == arrived)
    qtbot.wait(100)
    assert view.line_top_of(Place(0, 0)) == arrived


def test_moving_the_bar_goes_through_the_text(make_view: MakeView, qtbot: QtBot) -> None:
    document = long_prose(400)
    view = make_view(document)
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    with qtbot.waitSignal(view.user_scrolled):
        bar.setValue(bar.maximum() // 2)
    middle = len(document.sections[0].text) / 2
    place = view.first_visible_place()
    assert place is not None
    assert place.offset == pytest.approx(middle, rel=0.2)
    bar.setValue(bar.maximum())
    last = Place(0, len(document.sections[0].text))
    assert view.line_top_of(last) < view.viewport().height()


def test_the_bar_shows_only_where_there_is_something_to_scroll(
    make_view: MakeView, qtbot: QtBot
) -> None:
    short, long = make_view(prose(TEXT)), make_view(long_prose(400))
    qtbot.waitUntil(lambda: long.verticalScrollBar().maximum() > 0)
    bars = [view.verticalScrollBar() for view in (short, long)]
    shown = [holds(bar.grab().toImage(), bar.rect(), LIGHT.line) for bar in bars]
    assert shown == [False, True]
