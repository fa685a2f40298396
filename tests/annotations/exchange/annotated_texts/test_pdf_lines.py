"""Paragraphs are broken into lines that fit, and every letter of them is on the page."""

from __future__ import annotations

import logging
from io import BytesIO

import pytest

from reader.annotations.exchange.annotated_texts.pdf_lines import (
    LineSetter,
    ParagraphLook,
    SetPiece,
)
from reader.annotations.exchange.annotated_texts.pdf_pages import _font_file

_WIDTH = 210 - 2 * 25.0


class Set:
    """A paragraph that was set: its lines as they are on the page, and where its marks are."""

    def __init__(self, pieces: list[SetPiece], look: ParagraphLook | None = None) -> None:
        from fpdf import FPDF

        logging.getLogger("fontTools").setLevel(logging.ERROR)
        self.marks: list[tuple[str, float, float, float, float]] = []
        pdf = FPDF(format="A4")
        pdf.set_margins(25, 25)
        pdf.set_auto_page_break(True, 25)
        for style, name in (
            ("", "Literata[opsz,wght].ttf"),
            ("I", "Literata-Italic[opsz,wght].ttf"),
        ):
            pdf.add_font("text", style, _font_file(name))
        pdf.set_font("text", size=11)
        pdf.add_page()
        setter = LineSetter(pdf, "text", (), {}, lambda *told: self.marks.append(told))
        setter.set_paragraph(pieces, look or ParagraphLook(11))
        self.pages = pdf.page
        self._bytes = bytes(pdf.output())

    @property
    def lines(self) -> list[str]:
        """The lines from top to bottom, of all pages."""
        from pypdfium2 import PdfDocument

        document = PdfDocument(BytesIO(self._bytes))
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            page.close()
        document.close()
        # pdfium tells so of a hyphen that breaks a word, and joins the lines
        whole = "\n".join(texts).replace("\x02", "-\n").replace("\ufffe", "-\n")
        return whole.replace("\r", "").split("\n")


def plain(text: str, mark: str = "", *, style: str = "") -> SetPiece:
    return SetPiece(text, style, mark)


def test_every_word_of_a_long_paragraph_is_set_once_in_order_on_lines_that_fit() -> None:
    words = [f"word{number}" for number in range(900)]
    made = Set([plain(" ".join(words), "all")])
    assert " ".join(made.lines).split() == words
    assert made.pages > 1
    assert all(left + width <= 210 - 25 for _, left, _, width, _ in made.marks)
    assert len(made.marks) == len(made.lines)


def test_a_word_of_several_looks_is_not_torn() -> None:
    pieces = [plain("un"), plain("broken", style="I"), plain(", ")] * 60
    lines = Set(pieces).lines
    assert len(lines) > 3
    assert all(line.strip().startswith("unbroken,") for line in lines)


def test_marks_stand_where_their_words_are() -> None:
    made = Set([plain("before "), plain("marked", "a"), plain(" between "), plain("also", "b")])
    (one, left, top, width, _), (other, left_b, top_b, width_b, _) = made.marks
    assert (one, other) == ("a", "b")
    assert top == top_b
    assert 26 < left < left + width < left_b < left_b + width_b < 185


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a" * 400, "a" * 400, id="a word wider than the page"),
        pytest.param("one\n\n    two", "one    two", id="lines that were broken before"),
        pytest.param("\tx = 1", "x = 1", id="a tab"),
    ],
)
def test_nothing_is_lost(text: str, expected: str) -> None:
    assert "".join("".join(Set([plain(text)]).lines).split()) == "".join(expected.split())


def test_a_soft_hyphen_shows_at_the_end_of_a_line_only() -> None:
    lines = Set([plain("hand\u00adschrift " * 60)]).lines
    assert any(line.endswith("-") for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == "handschrift" * 60


def test_ideographs_break_anywhere_but_before_what_ends_a_sentence() -> None:
    from reader.annotations.exchange.annotated_texts.pdf_lines import _parts

    parts = [(text, ends) for text, _, ends in _parts(plain("日本語「は」、good。"))]
    assert parts == [
        ("日", True),
        ("本", True),
        ("語", True),
        ("「は」、", True),
        ("good。", False),
    ]


def test_a_space_that_stands_for_a_point_is_kept_at_a_line_s_end() -> None:
    made = Set([plain("word " * 300), SetPiece("\u200a", "", "point", is_whole=True)])
    assert [mark for mark, *_ in made.marks] == ["point"]


def test_a_paragraph_of_no_letters_takes_no_room() -> None:
    made = Set([plain("")])
    assert made.marks == []
    assert made.lines == [""]


def test_a_bullet_stands_before_the_first_line() -> None:
    made = Set([plain("item " * 60)], ParagraphLook(11, indent=6.0, bullet="•"))
    assert made.lines[0].startswith("•")
    assert "•" not in "".join(made.lines[1:])
