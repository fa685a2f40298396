"""Passages are marked in styles by key, pop-up and menu, and look it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QMenu

from reader.annotations.appearance import STYLES
from reader.text.document import Place, Span
from reader.ui.look.colours import contrast, line_ink
from reader.ui.look.controls import PaintedButton
from reader.ui.look.theme import HIGHLIGHT_COLOURS, Theme
from reader.ui.margin.cards.card_handles import CardHandle
from reader.ui.margin.mark_styles import STYLE_KEYS
from tests.ui.margin.reading_room import SENTENCE, TEXT, Room, letter, note_on, open_room, span_of
from tests.ui.menu_words import entries_of
from tests.ui.view.documents import prose

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A window with the letter and no notes."""
    room = open_room(tmp_path, letter())
    yield room
    room.close()


@pytest.mark.parametrize("style", STYLES)
def test_each_style_has_a_key_and_the_next_mark_looks_like_the_last(room: Room, style: str) -> None:
    room.select("glass towers")
    room.press(STYLE_KEYS[style])
    room.select("soft light")
    room.press("3")
    first, second = room.save()
    assert (first.style, second.style) == (style, style)
    assert second.colour == "sage"


def test_the_popup_marks_in_a_style(room: Room) -> None:
    room.select("glass towers")
    popup = room.annotating.tools.popup
    buttons = {button.accessibleName(): button for button in popup.findChildren(PaintedButton)}
    buttons["Wavy line (Z)"].click()
    assert [note.style for note in room.save()] == ["squiggle"]
    room.select("soft light")
    assert buttons["Wavy line (Z)"].isChecked(), "what the next mark will look like is shown"


def test_the_popup_is_in_sight_where_the_selection_goes_on_below_the_screen(
    tmp_path: Path,
) -> None:
    room = open_room(tmp_path, prose(" ".join(TEXT) * 40, "The end."))
    whole = Span(0, 0, len(room.document.sections[0].text))
    room.view.select(whole)
    room.view.selection_finished.emit(whole)
    popup, area = room.annotating.tools.popup, room.view.viewport().rect()
    assert popup.isVisible()
    assert area.contains(popup.geometry())
    room.close()


def test_a_style_key_changes_the_focused_card_and_a_second_press_takes_it_back(room: Room) -> None:
    room.select("glass towers")
    room.press("H")
    (highlight,) = room.save()
    room.annotating.margin.focus_card(highlight.id)
    room.press("X")
    assert room.save()[0].style == "strike"
    room.press("X")
    assert room.save()[0].style == "highlight"
    room.press("Ctrl+Z")
    assert room.save()[0].style == "strike"


def test_a_colour_key_changes_what_was_just_marked(room: Room) -> None:
    room.select("glass towers")
    end = span_of(room.document, "glass towers").end
    room.press("Z")
    room.view.set_caret(Place(0, end))  # where selecting it has left it
    room.press("4")
    (note,) = room.save()
    assert (note.style, note.colour) == ("squiggle", "sky")
    room.view.set_caret(Place(0, end + 9))
    assert not room.annotating.can_mark, "there is nothing to colour elsewhere"


def test_a_colour_key_means_what_was_just_marked_where_a_space_was_selected_with_it(
    room: Room,
) -> None:
    room.view.set_caret(Place(0, span_of(room.document, "glass towers ").end))
    room.select("glass towers ")  # as Ctrl+Shift+Right does
    room.press("Z")
    room.press("4")
    assert [(note.style, note.colour) for note in room.save()] == [("squiggle", "sky")]


def test_a_style_key_changes_what_was_just_marked(room: Room) -> None:
    sentences = [span_of(room.document, "What it asks of us"), span_of(room.document, SENTENCE)]
    room.annotating.at_hand.sentence_now = lambda: sentences[-1]
    room.select("glass towers")
    room.press("U")
    room.press("X")
    assert [note.style for note in room.save()] == ["strike"]
    sentences.pop()
    room.press("Z")
    assert sorted(note.style for note in room.save()) == ["squiggle", "strike"]


def test_after_its_card_was_left_a_style_key_means_the_sentence_again(room: Room) -> None:
    room.annotating.at_hand.sentence_now = lambda: span_of(room.document, SENTENCE)
    room.select("glass towers")
    room.press("U")
    (marked,) = room.save()
    room.annotating.margin.focus_card(marked.id)
    room.annotating.margin.focus_card(None)
    room.press("X")
    assert sorted(note.style for note in room.save()) == ["strike", "underline"]


def test_keys_after_marking_are_not_meant_for_the_card_before(room: Room) -> None:
    room.select("glass towers")
    room.press("H")
    (first,) = room.save()
    room.annotating.margin.focus_card(first.id)
    room.select("soft light")
    room.press("U")
    room.view.set_caret(Place(0, span_of(room.document, "soft light").end))
    room.press("3")
    room.press("Del")
    assert {(note.style, note.colour) for note in room.save()} == {
        ("highlight", first.colour),
        ("underline", "sage"),
    }


def test_marking_the_same_passage_in_another_style_changes_the_note_there(room: Room) -> None:
    for key in ("H", "U"):
        room.select("glass towers")
        room.press(key)
    (note,) = room.save()
    assert note.style == "underline"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_a_card_has_the_styles(tmp_path: Path) -> None:
    document = letter()
    room = open_room(tmp_path, document, [note_on(document, "soft light", "Soft.")])
    margin, at = room.annotating.margin, room.centre_of(room.stored[0].id)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, margin.mapToGlobal(at))
    QApplication.sendEvent(margin, event)
    (menu,) = margin.findChildren(QMenu)
    entries_of(menu)["Underline"].trigger()
    menu.close()
    assert room.save()[0].style == "underline"
    room.close()


def test_screen_readers_hear_the_style(room: Room) -> None:
    room.select("glass towers")
    room.press("U")
    (note,) = room.save()
    room.annotating.margin.focus_card(note.id)
    names = [h.accessibleName() for h in room.annotating.margin.findChildren(CardHandle)]
    assert any(name.startswith("Underlined without a note") for name in names)


# What is seen


def _picture(room: Room) -> QImage:
    room.settle()
    return room.view.viewport().grab().toImage()


def _rows_with(image: QImage, colour: str, left: int, right: int, rows: range) -> list[int]:
    return [
        y
        for y in rows
        if sum(image.pixelColor(x, y).name() == colour for x in range(left, right)) > 3
    ]


def _line_box(room: Room, span: Span) -> tuple[int, int, range]:
    box = room.view.rects_of(span)[0]
    return box.left(), box.right(), range(box.top(), box.bottom() + 1)


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_lines_lie_where_their_style_says(tmp_path: Path, choice: str) -> None:
    room = open_room(tmp_path, letter(), choice=choice)
    theme = Theme(choice)
    ink = line_ink(theme.palette, "rose").name()
    for words, key in (("letters", "U"), ("other", "X")):
        room.select(words)
        room.press(key)
    for note in room.save():
        room.annotating.margin.focus_card(note.id, takes_keyboard=False)
        room.press("2")
    room.annotating.margin.focus_card(None)
    image = _picture(room)
    left, right, rows = _line_box(room, span_of(room.document, "letters"))
    under = _rows_with(image, ink, left, right, rows)
    left, right, rows = _line_box(room, span_of(room.document, "other"))
    through = _rows_with(image, ink, left, right, rows)
    assert under
    assert through
    assert max(through) < min(under), "a line through letters is above one below them"
    room.close()


def test_two_lines_below_the_same_words_are_both_seen(tmp_path: Path) -> None:
    document = letter()
    room = open_room(tmp_path, document)
    for words, colour in (("letters for other people", "2"), ("for other", "4")):
        room.select(words)
        room.press("U")
        room.select(words)
        room.press(colour)
    image = _picture(room)
    left, right, rows = _line_box(room, span_of(document, "for other"))
    palette = Theme("light").palette
    rose = _rows_with(image, line_ink(palette, "rose").name(), left, right, rows)
    sky = _rows_with(image, line_ink(palette, "sky").name(), left, right, rows)
    assert rose
    assert sky
    assert not set(rose) & set(sky)
    room.close()


@pytest.mark.parametrize("choice", ["light", "dark", "sepia", "contrast", "contrast-dark"])
@pytest.mark.parametrize("colour", HIGHLIGHT_COLOURS)
def test_lines_stand_out_on_paper_and_on_highlights(choice: str, colour: str) -> None:
    palette = Theme(choice).palette
    for ground in (palette.paper, palette.highlight(colour)):
        assert contrast(line_ink(palette, colour), ground) >= 3


def test_at_the_largest_letters_the_popup_stays_within_the_window(tmp_path: Path) -> None:
    room = open_room(tmp_path, letter(), size=(560, 726))
    room.annotating.tools.popup._theme.set_scale(2.0)
    room.select("letters")
    popup = room.annotating.tools.popup
    area = room.view.viewport().rect()
    assert area.contains(popup.geometry().adjusted(6, 6, -6, -6)), popup.geometry()
    assert popup.geometry().topLeft() != QPoint(0, 0)
    room.close()
