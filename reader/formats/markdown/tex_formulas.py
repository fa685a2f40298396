r"""Formulas in TeX, as Markdown has them between dollar signs or `\(…\)`, as one line of text.

A dollar sign may as well be money or a variable of a shell: what doesn't look like a formula, and
what can't be understood as one, stays as it is written.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_INLINE = re.compile(
    r"(?<![\w\\$])\$(?![\s$\d.,])((?:\\.|[^\\$]){1,1000}?)(?<![\s\\])\$(?![\w$])"
    r"|(?<![\w\\$])\$(\d(?:\\.|[^\\$]){0,1000}?[\\^_{}=+<>](?:\\.|[^\\$]){0,1000}?)(?<!\s)\$(?![\w$])"
    r"|\$\$((?:\\.|[^\\$]){1,2000}?)\$\$"
    r"|\\\(([^$]{1,1000}?)\\\)"
    r"|\\\[([^$]{1,2000}?)\\\]",
    re.DOTALL,
)
_BLOCK_FENCES = {"$$": "$$", "\\[": "\\]"}
_LOOKS_LIKE_ONE = re.compile(r"[\\^_={}+<>|/*()\[\]-]|^\w['′]*$")
_LONGEST_BLOCK_LINES = 60


def use_tex_formulas(parser: MarkdownIt) -> None:
    """Teach the parser formulas, in the lines of paragraphs and set apart."""
    parser.inline.ruler.before("escape", "tex_formula", _inline)
    parser.block.ruler.before(
        "fence", "tex_formula", _lines, {"alt": ["paragraph", "blockquote", "list"]}
    )


def line_of(tex: str) -> str:
    """Return a formula as one line of text; "" for what can't be understood as one."""
    from latex2mathml.converter import convert
    from lxml import etree

    from reader.formats.mathml import spoken_form

    if not _LOOKS_LIKE_ONE.search(tex.strip()):
        return ""
    try:
        line = spoken_form(etree.fromstring(convert(tex)))
    except Exception:  # noqa: BLE001 - it raises errors of its own, IndexError, RecursionError…
        return ""
    return "" if "\\" in line else line


def _inline(state: StateInline, silent: bool) -> bool:
    found = _INLINE.match(state.src, state.pos) if state.src[state.pos] in "$\\" else None
    line = "" if found is None else line_of(next(filter(None, found.groups())))
    if found is None or not line or found.end() > state.posMax:
        return False
    if not silent:
        state.push("text", "", 0).content = line
    state.pos = found.end()
    return True


def _lines(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    start = state.bMarks[first] + state.tShift[first]
    end = _BLOCK_FENCES.get(state.src[start : start + 2])
    if end is None:
        return False
    lines = state.getLines(first, min(last, first + _LONGEST_BLOCK_LINES), 0, False).split("\n")
    begun = lines[0].strip()
    for count, line in enumerate(lines, 1):
        inside = line.strip() if count > 1 else begun[2:].strip()
        if not inside and count > 1:
            return False  # a formula has no blank line in it
        if inside.endswith(end):
            formula = "\n".join((begun[2:], *lines[1:count])).strip()[:-2]
            break
    else:
        return False
    shown = line_of(formula)
    if not shown:
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.content = f"<p>{escape(shown)}</p>\n"
        token.map = [first, first + count]
        state.line = first + count
    return True
