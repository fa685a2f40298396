"""Markdown to a Document: CommonMark, and what GitHub, Obsidian, pandoc and site makers add to it.

It is rendered to HTML and read as such, so raw HTML inside it, which may begin in one place and
end in another, means what it means to a browser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import TextDamaged
from reader.formats.decoding import read_decoded
from reader.formats.from_html import document_of_tree
from reader.formats.html.rules import KNOWN, LEFT_OUT
from reader.formats.markdown.front_matter import split_front_matter
from reader.formats.markdown.tex_formulas import use_tex_formulas
from reader.formats.markdown.vault import shape_vault_tokens, slug_of, use_vault_markdown
from reader.formats.source import Source
from reader.text.document import Document, Notice

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from reader.formats.html.page_pictures import PagePictures

LIMIT_BYTES = 10_000_000
"""The parser is written in Python and takes seconds for each megabyte."""

_MOST_OPENED = 1000
_DEEPEST = 100
"""Levels of nesting. CommonMark sets no limit; the parser's own, 20, loses text of real lists."""

_ENDLESS = """
    area base basefont br col colgroup dd dt embed frame hr img input li link meta option p param rp
    rt source tbody td tfoot th thead tr track wbr
"""
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_HEADING_NAME = re.compile(r"[ \t]*\{(?:#([^\s{}]{1,200}))?(?:\s*[.#\w][^{}]{0,200})?\}$")
"""What pandoc and kramdown let stand behind a heading: its name, classes and the like."""

_PART_TITLE = re.compile(r"\{?\.?[A-Za-z][\w-]*\}?[ \t]+(\S[^{}]*)")
_TASK = re.compile(r"\[[ xX]\] ")
_WITHOUT_END = frozenset(_ENDLESS.split())
_SWALLOWING = LEFT_OUT - _WITHOUT_END


def read_markdown(source: Source) -> Document:
    """Read a Markdown file; front matter may tell its title, authors and language.

    Raises:
        UnreadableText: too large, binary, damaged, or without a visible character.
    """
    from reader.formats.html.page_pictures import PagePictures

    decoded = read_decoded(source, LIMIT_BYTES)
    front, body = split_front_matter(decoded.text)
    pictures = PagePictures(source.path)
    document = document_of_markdown(
        body, source.path, front.language, decoded.notices, pictures=pictures
    )
    return replace(document, title=front.title or document.title, authors=front.authors)


def document_of_markdown(
    text: str,
    path: Path,
    language: str | None = None,
    notices: tuple[Notice, ...] = (),
    *,
    pictures: PagePictures | None = None,
) -> Document:
    """Return what Markdown says, without front matter; `path` is what errors call it.

    Raises:
        UnreadableText: nested too deep, or without a visible character.
    """
    from reader.formats.html.parsing import parse_html

    html = _render(text)
    if html is None:
        raise TextDamaged(path, "its lists or quotations are nested too deep")
    marked = f' lang="{language}"' if language else ""
    root = parse_html(f"<html{marked}><body>{html}</body></html>", path)
    if pictures is not None:
        pictures.point(root)
    return document_of_tree(root, path, notices, pictures=pictures)


def _render(text: str) -> str | None:
    """Return the HTML, or None where nesting is so deep that the parser leaves out text."""
    parser = _parser()
    environment: dict[str, object] = {}
    tokens = parser.parse(text, environment)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return None
    tokens = shape_vault_tokens(tokens)
    _mark_tasks(tokens)
    _name_headings(tokens)
    _show_lone_tags(tokens)
    rendered = parser.renderer.render(tokens, parser.options, environment)
    assert isinstance(rendered, str)
    return rendered


def _take_noise_as_text(state: StateCore) -> None:
    """Let brackets and dollars that open nothing be text, where there are thousands in a paragraph.

    The parser looks for the end of each anew: no file that a person wrote has so many.
    """
    for token in state.tokens:
        if token.type == "inline":
            for sign, used in (("[", "]("), ("$", "")):
                found = token.content.count(sign) - (token.content.count(used) if used else 0)
                if found > _MOST_OPENED:
                    token.content = token.content.replace(sign, f"\\{sign}")


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.admon import admon_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST, "html": True})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    parser.use(admon_plugin)
    parser.use(container_plugin, "part", validate=_begins_part, render=_render_part)
    use_vault_markdown(parser)
    use_tex_formulas(parser)
    parser.core.ruler.before("inline", "noise", _take_noise_as_text)
    return parser


def _begins_part(told: str, _markers: str) -> bool:
    """Whether colons begin a part of the page (`::: note`), as pandoc and site makers have it."""
    return bool(told.strip())


def _render_part(
    _renderer: object, tokens: Sequence[Token], at: int, _options: object, _environment: object
) -> str:
    if tokens[at].nesting < 0:
        return "</div>"
    told = _PART_TITLE.fullmatch(tokens[at].info.strip())
    return "<div>" + (f"<p><strong>{escape(told[1])}</strong></p>" if told else "")


def _name_headings(tokens: Sequence[Token]) -> None:
    """Give each heading the name that links lead to it by: its own, `{#name}`, or its words'."""
    taken: Counter[str] = Counter()
    for opening, words in pairwise(tokens):
        if opening.type != "heading_open" or not words.children:
            continue
        last = words.children[-1]
        own = _HEADING_NAME.search(last.content) if last.type == "text" else None
        if own is not None:
            last.content = last.content[: own.start()]
        shown = "".join(child.content for child in words.children)
        name = (own[1] if own is not None else None) or slug_of(shown)
        opening.attrSet("id", f"{name}-{taken[name]}" if taken[name] else name)
        taken[name] += 1


def _mark_tasks(tokens: Sequence[Token]) -> None:
    """Put a box before each task of a list; the plugin for it takes the square of their number."""
    from markdown_it.token import Token as NewToken

    for item, paragraph, words in zip(tokens, tokens[1:], tokens[2:], strict=False):
        kinds = (item.type, paragraph.type, words.type)
        children = words.children
        if kinds != ("list_item_open", "paragraph_open", "inline") or not children:
            continue
        if _TASK.match(children[0].content) and children[0].type == "text":
            is_done = children[0].content[1] != " "
            box = NewToken("html_inline", "", 0)
            box.content = f'<input type="checkbox"{" checked" if is_done else ""}>'
            children[0].content = children[0].content[3:]
            children.insert(0, box)


def _show_lone_tags(tokens: Sequence[Token]) -> None:
    """Show as text the tags that only look like HTML, and those that would swallow what follows.

    `List<String>` is somebody's prose; so is "the <nav> element", and a <script> never closed.
    """
    blocks = [token for token in tokens if token.type == "html_block"]
    swallowing = _unclosed(block.content for block in blocks) & _SWALLOWING
    for block in blocks:
        block.content = _TAG.sub(
            lambda tag: _as_text(tag.group()) if tag[2].lower() in swallowing else tag.group(),
            block.content,
        )
    for token in tokens:
        runs = [child for child in token.children or () if child.type == "html_inline"]
        unclosed = _unclosed(run.content for run in runs)
        for run in runs:
            if (found := _TAG.match(run.content)) is not None:
                name, is_bare = found[2].lower(), run.content[found.end() :].strip() == ">"
                is_mentioned = name in unclosed and (is_bare or name in _SWALLOWING)
                if is_mentioned or (name not in KNOWN and "-" not in name):
                    run.type = "text"


def _unclosed(pieces: Iterable[str]) -> set[str]:
    """Return the names of elements that are begun more often than ended, but need an end."""
    open_count: Counter[str] = Counter()
    for piece in pieces:
        for end, name in _TAG.findall(piece):
            open_count[name.lower()] += -1 if end else 1
    return {name for name, count in open_count.items() if count > 0 and name not in _WITHOUT_END}


def _as_text(tag: str) -> str:
    return tag.replace("<", "&lt;")
