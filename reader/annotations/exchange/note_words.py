"""What a note says, in the forms that files want: plain words, Markdown, HTML."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from reader.annotations.bodies import BETWEEN_NOTES, MARKDOWN
from reader.annotations.editing import NEUTRAL_CREATOR
from reader.annotations.model import BOOKMARKING, Annotation

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINE_START = re.compile(r"^([^\S\n]*)([#>+=|~-]|\d+[.)])", re.MULTILINE)
_CONTROLS = dict.fromkeys((*range(9), *range(14, 32), 127, 0xFFFE, 0xFFFF), "") | {
    11: "\n",
    12: "\n",
}
_INLINE = re.compile(r"[\\`*_\[\]<>&$~|^]|(?<=!)(?=\[)")


def shown(text: str) -> str:
    """Return a text without control characters, which show nothing and which formats stumble over.

    One of them parts the fields of Anki's notes. Vertical tab and form feed are ends of lines.
    """
    return text.translate(_CONTROLS)


def plain_line(text: str) -> str:
    """Return a text on one line, white space as single spaces."""
    return " ".join(text.split())


def plain_note(annotation: Annotation) -> str:
    """Return the note as it was written, and after it what else it refers to."""
    return shown(
        BETWEEN_NOTES.join(
            part for part in (annotation.note_text, *annotation.descriptions) if part
        )
    )


def markdown_note(annotation: Annotation) -> str:
    """Return the note as Markdown."""
    is_markdown = annotation.note_format == MARKDOWN and not annotation.descriptions
    words = plain_note(annotation)
    return words if is_markdown else escaped_markdown(words)


def closed_markdown(text: str) -> str:
    """Return Markdown behind which something else may stand: nothing is left open.

    A fence is ended. The beginning of a comment or of other HTML that would last to the end of the
    page is escaped, and so is that of a comment of Obsidian's, or of a formula.
    """
    end = "behind"
    tokens = _whole_markdown().parse(f"{text}\n\n{end}")
    last = tokens[-2] if len(tokens) > 2 else tokens[-1]
    lines = text.split("\n")
    if last.content != end and tokens[-1].map is not None:
        first = tokens[-1].map[0]
        if tokens[-1].type == "fence":
            lines.append(tokens[-1].markup)
        elif first < len(lines):
            lines[first] = lines[first].replace("<", "\\<", 1)
    code = {
        number
        for token in tokens
        if token.type in ("fence", "code_block") and token.map is not None
        for number in range(*token.map)
    }
    for sign in ("%%", "$$"):
        with_sign = [n for n, line in enumerate(lines) if sign in line and n not in code]
        if sum(lines[number].count(sign) for number in with_sign) % 2:
            head, _, tail = lines[with_sign[-1]].rpartition(sign)
            lines[with_sign[-1]] = f"{head}\\{sign[0]}\\{sign[1]}{tail}"
    return "\n".join(lines)


def html_note(annotation: Annotation) -> str:
    """Return the note as HTML that runs nothing and loads nothing."""
    if annotation.note_format == MARKDOWN:
        return str(_markdown().render(plain_note(annotation))).strip()
    paragraphs = re.split(r"\n\s*\n", plain_note(annotation).strip())
    return "".join(
        f"<p>{escape(paragraph).replace(chr(10), '<br>')}</p>"
        for paragraph in paragraphs
        if paragraph
    )


def markdown_tokens(text: str) -> list[Token]:
    """Return a note in Markdown as the parser sees it, for formats that set it in their own way."""
    return _markdown().parse(text)


def replied(annotation: Annotation) -> str:
    """Say whose reply it is."""
    return f"{plain_line(annotation.creator) or NEUTRAL_CREATOR} replied"


def kind_words(annotation: Annotation) -> str:
    """Say what it is where nothing else does: a bookmark without words."""
    is_bare = annotation.motivation == BOOKMARKING and not plain_note(annotation)
    return "Bookmark" if is_bare else ""


def escaped_markdown(text: str) -> str:
    """Return Markdown that shows a text as it is."""
    text = _INLINE.sub(lambda match: "\\" + match[0] if match[0] else "\\", text)

    def escape_start(match: re.Match[str]) -> str:
        sign = match[2]
        head = sign[:-1] + "\\" + sign[-1] if sign[0].isdigit() else "\\" + sign
        return match[1] + head

    return _LINE_START.sub(escape_start, text)


def day_of(moment: datetime | None) -> str:
    """Return the day of a moment, as 2026-05-01; "" for none."""
    return "" if moment is None else moment.date().isoformat()


def second_of(moment: datetime | None) -> str:
    """Return a moment to the second, in its own time zone; "" for none."""
    return "" if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")


@cache
def _whole_markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True})


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # no HTML of the note's own, and no picture is loaded when the page is opened
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return parser.enable(["table", "strikethrough"]).disable("image")
