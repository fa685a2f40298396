"""A note as the comment that Word shows: its words as they are meant, its tags, the link back.

Source: Office Open XML, ECMA-376 part 1, section 17.13.4 (comments); [MS-DOCX] 2.5.1.1 (threads).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from reader.annotations.bodies import MARKDOWN
from reader.annotations.exchange.note_words import markdown_tokens, plain_note
from reader.annotations.exchange.text_with_notes import NotedPassage
from reader.annotations.model import Annotation
from reader.text.xml_text import xml_text
from reader.values import replaced, value

if TYPE_CHECKING:
    from markdown_it.token import Token

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""The namespace of what Word's documents are made of."""

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MARKED = re.compile(r"[\\`*_~\[<&]|^\s*([#>+|-]|\d+[.)])|^ {4}|^=|\t", re.MULTILINE)
"""Where a note has none of these it reads in Markdown as it stands."""
MONOSPACE = "Courier New"
_INDENT = "    "


@value
class WordComment:
    """The XML of a comment, and the addresses that its relationships lead to, by their names."""

    xml: str
    links: Mapping[str, str]


@value
class _Words:
    """Words set alike: which properties of a run they have, and where they lead."""

    text: str
    properties: frozenset[str] = frozenset()
    href: str = ""


_BREAK = _Words("\n")
_PROPERTIES = {"strong": "<w:b/>", "em": "<w:i/>", "s": "<w:strike/>"}
_ORDER = ("code", "strong", "em", "s")
"""Of a run's properties (section 17.3.2.28): its font comes first."""

_Line = list[_Words]


def word_comment(note: NotedPassage, number: int) -> WordComment:
    """Return a note as the comment with a number: a paragraph for each of the note's.

    The address is shown in full: not every reader finds a link's target in this part of the file.
    """
    annotation = note.annotation
    author = xml_text(annotation.creator or "Reader")
    initials = "".join(word[0] for word in author.split())[:3].upper()
    lines = [line for line in _lines(annotation) if any(words.text.strip() for words in line)]
    if annotation.tags:
        lines.append([_Words("  ".join(f"#{tag}" for tag in annotation.tags))])
    lines.append([_Words(note.link, href=note.link)])
    links: dict[str, str] = {}
    paragraphs = [_paragraph(line, number, links) for line in lines]
    date = ""
    if annotation.created is not None:
        moment = annotation.created.astimezone(UTC).replace(microsecond=0, tzinfo=None)
        date = f' w:date="{moment.isoformat()}Z"'
    style = '<w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
    return WordComment(
        f'<w:comment xmlns:w="{WORD}" xmlns:r="{_R}" w:id="{number}" w:author={quoteattr(author)}'
        f" w:initials={quoteattr(initials)}{date}>"
        + "".join(f"<w:p>{style}{runs}</w:p>" for runs in paragraphs[:-1])
        + f'<w:p xmlns:w14="{_W14}" w14:paraId="{_paragraph_id(number)}">'
        + f"{style}{paragraphs[-1]}</w:p></w:comment>",
        links,
    )


def threads_xml(count: int, answers: Mapping[int, int]) -> str:
    """Return the part that says which of so many comments answer which, by their last paragraphs.

    Word shows one level: all answer the comment that their thread begins with.
    """
    told = []
    for number in range(count):
        root = answers.get(number)
        parent = "" if root is None else f' w15:paraIdParent="{_paragraph_id(root)}"'
        told.append(f'<w15:commentEx w15:paraId="{_paragraph_id(number)}"{parent} w15:done="0"/>')
    return f'<w15:commentsEx xmlns:w15="{_W15}">{"".join(told)}</w15:commentsEx>'


def _paragraph_id(number: int) -> str:
    """Return what names the last paragraph of a comment; 0 is not allowed."""
    return f"{number + 1:08X}"


def _paragraph(line: Sequence[_Words], number: int, links: dict[str, str]) -> str:
    """Return the runs of a line; the addresses in it are added to `links`."""
    parts = []
    for words in line:
        run = _run(words)
        if words.href:
            name = f"rIdLink{number}" + (f"_{len(links)}" if links else "")
            links[name] = words.href
            run = f'<w:hyperlink r:id="{name}">{run}</w:hyperlink>'
        parts.append(run)
    return "".join(parts)


def _run(words: _Words) -> str:
    if words == _BREAK:
        return "<w:r><w:br/></w:r>"
    font = f'<w:rFonts w:ascii="{MONOSPACE}" w:hAnsi="{MONOSPACE}"/>'
    known = {**_PROPERTIES, "code": font}
    told = "".join(known[name] for name in _ORDER if name in words.properties)
    told += '<w:u w:val="single"/>' if words.href else ""
    properties = f"<w:rPr>{told}</w:rPr>" if told else ""
    text = escape(xml_text(words.text))
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _lines(annotation: Annotation) -> list[_Line]:
    text = plain_note(annotation)
    if annotation.note_format != MARKDOWN or not _MARKED.search(text):
        return [[_Words(line)] for line in text.split("\n")]
    return list(_MarkdownLines(markdown_tokens(text)).lines())


class _MarkdownLines:
    """Goes through a note's tokens; lists keep their signs, and what is in them stands in."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._lists: list[int | None] = []
        """The number of the next item of each list around, None where they have none."""
        self._sign = ""
        self._cells: _Line = []

    def lines(self) -> Iterator[_Line]:
        """Yield the lines, each as words that are set alike."""
        is_heading = is_cell = False
        for token in self._tokens:
            match token.type:
                case "bullet_list_open":
                    self._lists.append(None)
                case "ordered_list_open":
                    self._lists.append(int(token.attrs.get("start", 1)))
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._begin_item()
                case "th_open" | "td_open" | "th_close" | "td_close":
                    is_cell = token.type.endswith("_open")
                case "heading_open" | "heading_close":
                    is_heading = token.type == "heading_open"
                case "inline":
                    words = _words_in(token.children or (), is_strong=is_heading)
                    if is_cell:
                        self._cells += [*([_Words("\t")] if self._cells else ()), *words]
                    else:
                        yield self._indented(words)
                case "tr_close":
                    yield self._indented(self._cells)
                    self._cells = []
                case "fence" | "code_block":
                    for line in token.content.rstrip("\n").split("\n"):
                        yield self._indented([_Words(line, frozenset({"code"}))])

    def _begin_item(self) -> None:
        number = self._lists[-1]
        self._sign = "• " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _indented(self, words: Sequence[_Words]) -> _Line:
        sign, self._sign = self._sign, ""
        lead = _INDENT * (len(self._lists) - 1) + sign
        return [*([_Words(lead)] if lead else ()), *words]


def _words_in(tokens: Sequence[Token], *, is_strong: bool) -> _Line:
    around: list[str] = ["strong"] if is_strong else []
    href = ""
    found: _Line = []
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            href = ""
        elif token.type.endswith("_open"):
            around.append(name)
        elif token.type.endswith("_close"):
            around.remove(name)
        elif token.type in ("softbreak", "hardbreak"):
            found.append(_BREAK)
        elif token.content:
            words = _Words(token.content, frozenset(around) & {*_ORDER}, href)
            if token.type == "code_inline":
                words = replaced(words, properties=words.properties | {"code"})
            found.append(words)
    return found
