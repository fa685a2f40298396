"""Lines with letters written from right to left are read as they are meant."""

from __future__ import annotations

import pytest

from reader.formats.pdf.words.right_to_left import Glyph, words_of

_WIDE, _SPACE, _PAGE = 10.0, 4.0, 500.0


def seen(text: str) -> list[Glyph]:
    """Return a line of 12 points as it looks, from left to right; points take no room."""
    glyphs: list[Glyph] = []
    at = 100.0
    for number, letter in enumerate(text):
        width = _SPACE if letter == " " else _WIDE
        glyph = Glyph(number, letter, at, 20, at + width, 32, 12, 30)
        if glyph.is_mark:  # over the letter before, wherever the file has it
            glyph = Glyph(number, letter, at - 7, 15, at - 3, 20, 12, 33)
            width = 0
        glyphs.append(glyph)
        at += width
    return glyphs


def read(text: str, *, is_backwards: bool) -> str:
    words = words_of(seen(text), _PAGE if is_backwards else None)
    return " ".join("".join(glyph.text for _, _, glyph in word) for word in words)


@pytest.mark.parametrize(
    ("look", "meant"),
    [
        pytest.param("םולש דלי", "ילד שלום", id="words"),
        pytest.param(".דלי 12", "12 ילד.", id="a stop at the left"),
        pytest.param(".10:30 העשב", "בשעה 10:30.", id="a time"),
        pytest.param("3.5%־ב", "ב־3.5%", id="a share"),
        pytest.param("אב )גד( הו", "וה (דג) בא", id="brackets as pdfium mirrors them"),
        pytest.param("אב (גד) הו", "וה (דג) בא", id="brackets as they look"),
        pytest.param("ב Big Sea א", "א Big Sea ב", id="words from left to right"),
        pytest.param("ב Windows 10 א", "א Windows 10 ב", id="a name with a number"),
        pytest.param("ב MB 10 א", "א 10 MB ב", id="a number with its unit"),
        pytest.param("ًباتك", "كتابً", id="a vowel point"),
    ],
)
def test_a_line_that_runs_to_the_left_is_read_as_it_is_meant(look: str, meant: str) -> None:
    assert read(look, is_backwards=True) == meant


@pytest.mark.parametrize(
    ("look", "meant"),
    [
        pytest.param("He said םלוע םולש twice.", "He said שלום עולם twice.", id="words"),
        pytest.param("in תנש 1948 ביבאב it", "in באביב 1948 שנת it", id="a number among them"),
        pytest.param("see (םולש) there", "see (שלום) there", id="brackets around them"),
    ],
)
def test_words_that_run_to_the_left_in_a_line_that_does_not(look: str, meant: str) -> None:
    assert read(look, is_backwards=False) == meant


def test_what_is_read_on_has_growing_edges_whichever_way_the_line_runs() -> None:
    for is_backwards in (True, False):
        words = words_of(seen("אבג Big Sea 12 דה"), _PAGE if is_backwards else None)
        edges = [(left, right) for word in words for left, right, _ in word]
        assert edges == sorted(edges)


def test_a_ligature_of_lam_and_alef_is_read_in_that_order() -> None:
    shared = [Glyph(n, letter, 100, 20, 110, 32, 12, 30) for n, letter in enumerate("ال")]
    for glyphs in (shared, shared[::-1]):
        (word,) = words_of(glyphs, _PAGE)
        assert "".join(glyph.text for _, _, glyph in word) == "لا"
