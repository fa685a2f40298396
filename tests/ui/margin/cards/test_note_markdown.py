"""Notes are rendered as Markdown, and load and run nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QImage, QPainter, QTextCharFormat

from reader.annotations.plain_words import first_words
from reader.ui.look.theme import Theme
from reader.ui.margin.cards.note_markdown import (
    NoteDocument,
    render_note,
    whole_lines_height,
)

pytestmark = pytest.mark.usefixtures("qapp")


def _runs(document: NoteDocument) -> list[tuple[str, QTextCharFormat]]:
    runs = []
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            runs.append((fragment.text(), fragment.charFormat()))
            iterator += 1
        block = block.next()
    return runs


def _format_of(document: NoteDocument, words: str) -> QTextCharFormat:
    return next(how for text, how in _runs(document) if words in text)


def _lines(source: str) -> list[str]:
    return render_note(source, Theme("light"), 284).toPlainText().split("\n")


def test_bold_italic_code_and_links_are_shown() -> None:
    note = render_note("a **b** *c* `d` [e](https://example.org)", Theme("light"), 284)
    assert note.toPlainText() == "a b c d e"
    assert _format_of(note, "b").font().variableAxisValue(QFont.Tag("wght")) == 600
    assert _format_of(note, "c").fontItalic()
    assert _format_of(note, "d").fontFixedPitch() or _format_of(note, "d").font().fixedPitch()
    assert _format_of(note, "e").anchorHref() == "https://example.org"


def test_html_is_shown_as_it_was_typed() -> None:
    assert _lines("<b>x</b> <script>y</script>") == ["<b>x</b> <script>y</script>"]


def test_a_picture_is_named_and_never_loaded(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(picture))
    note = render_note(f"see ![a face]({picture}) here", Theme("light"), 284)
    assert note.toPlainText() == "see [a face] here"
    canvas = QImage(300, 60, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    note.drawContents(painter)
    painter.end()
    assert not any(how.isImageFormat() for _, how in _runs(note))


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("one\ntwo", ["one", "two"]),
        ("one\n_two_\n**three**", ["one", "two", "three"]),
        ("one\r\ntwo", ["one", "two"]),
        ("one\n\ntwo", ["one", "two"]),
        ("- one\n- two\n  still two", ["one", "two", "still two"]),
        ("# Head\ntext", ["Head", "text"]),
        ("Head\n====\ntext", ["Head", "text"]),
        ("```\na\n  b\n```\nc", ["a", "  b", "c"]),
        ("text\n- one", ["text", "one"]),
        ("text\n1. one", ["text", "one"]),
        ("#no-heading\n-no list", ["#no-heading", "-no list"]),
    ],
)
def test_a_line_break_in_the_source_breaks_the_line(source: str, lines: list[str]) -> None:
    assert _lines(source) == lines


def test_a_line_break_makes_no_gap_as_a_paragraph_does() -> None:
    theme = Theme("light")
    broken = render_note("one\ntwo", theme, 284).size().height()
    parted = render_note("one\n\ntwo", theme, 284).size().height()
    assert broken < parted


def test_a_plain_note_keeps_its_signs() -> None:
    note = render_note("2 * 3 * 4 # five", Theme("light"), 284, is_markdown=False)
    assert note.toPlainText() == "2 * 3 * 4 # five"


def test_only_whole_lines_are_kept_of_a_long_note() -> None:
    note = render_note("word " * 400, Theme("light"), 284)
    height = whole_lines_height(note, 100)
    assert height == pytest.approx(4 * 20.25, abs=1)
    assert whole_lines_height(note, 1) == pytest.approx(20.25, abs=1)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# Head\n\ntext", "Head text"),
        ("**bold** and [link](x)", "bold and link"),
        ("- one\n- two", "one two"),
        ("", ""),
    ],
)
def test_the_first_words_are_plain(source: str, words: str) -> None:
    assert first_words(source) == words
