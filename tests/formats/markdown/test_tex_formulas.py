"""Tests of reader.formats.markdown.tex_formulas: what Markdown with formulas shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.from_markdown import document_of_markdown


def shown(markdown: str) -> list[str]:
    (section,) = document_of_markdown(markdown, Path("a.md")).sections
    return [section.text[block.start : block.end] for block in section.blocks]


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        pytest.param("So $x^2$ grows.", "So x² grows.", id="inline"),
        pytest.param("A variable $x$ here", "A variable x here", id="a letter"),
        pytest.param(r"As \(a \leq b\) holds", "As a ≤ b holds", id="in brackets"),
        pytest.param(r"It is $\frac{a+b}{2}$.", "It is (a + b)/2.", id="fraction"),
        pytest.param(r"$2x_1 = y$ again", "2x₁ = y again", id="begins with a figure"),
        pytest.param(r"$a_1 b_1$ and _this_", "a₁b₁ and this", id="no emphasis inside"),
        pytest.param(r"$$E = mc^2$$", "E = mc²", id="set apart on a line"),
        pytest.param("$$\na\n+ b\n- c\n$$", "a + b − c", id="no list inside"),
        pytest.param("\\[\nx < y\n\\]", "x < y", id="set apart in brackets"),
        pytest.param(r"$y = \text{one if } x > 0$", "y = one if x > 0", id="words"),
    ],
)
def test_a_formula_is_shown_as_a_line(markdown: str, line: str) -> None:
    assert shown(markdown) == [line]


@pytest.mark.parametrize(
    "markdown",
    [
        "It costs $5 and then $6.",
        "From $5-$10 a piece",
        "US$ and A$ are moneys",
        "Say $HOME and $PATH or $HOME/bin:$PATH there",
        "The value $HOME$ is no formula",
        "A sum of $20, or (in all) $30, each",
        "Half of one: $x^2 and no end",
        "A wrong one $\\frac{$ here",
        "An unknown $\\nonsense{x}$ here",
        "`code $x^2$ here`",
    ],
)
def test_what_is_no_formula_stays_as_it_is_written(markdown: str) -> None:
    assert shown(markdown) == [markdown.strip("`")]


def test_a_formula_may_stand_in_lists_quotations_and_tables() -> None:
    markdown = "- one $x^2$\n- two\n\n> $$\n> y^2\n> $$\n\n| a | b |\n|---|---|\n| $z^2$ | 1 |\n"
    assert shown(markdown) == ["one x²", "two", "y²", "a", "b", "z²", "1"]


def test_a_long_row_of_dollar_signs_is_read_at_once() -> None:
    assert shown("$" * 5000 + " x " + "$a " * 3000)
