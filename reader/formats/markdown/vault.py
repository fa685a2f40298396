"""What programs for notes, such as Obsidian, add to Markdown: links by name, callouts, comments.

Source: Obsidian's help, "Obsidian Flavored Markdown"; GitHub's alerts are callouts as well. Each is
shown as such a program shows it, not as it is written; in doubt, it is somebody's prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_WIKI_LINK = re.compile(r"(!?)\[\[(?!\s)([^\[\]\n|]{0,400}?)(?:\|([^\[\]\n]{0,400}))?\]\](?![(\[])")
_SHOWN_SIZE = re.compile(r"\d+(?:x\d+)?")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif)$", re.IGNORECASE)
_HIGHLIGHT_END = re.compile(r"(?<![\s=])==(?![=\w])")
_COMMENT_END = re.compile(r"(?<!%)%%(?![%\w])")
_COMMENT_LINE = re.compile(r"%%(?!%)(?P<closed>.*?(?<!%)%%\s*$)?")
_LONGEST_HIGHLIGHT = 4000
_LONGEST_COMMENT = 20_000
_BLOCK_ID = re.compile(r"(?:^|\s+)\^([A-Za-z0-9-]{1,100})$")
_CALLOUT = re.compile(r"\[!([A-Za-z][\w-]{0,40})(?:\|[^\]\n]{0,100})?\][+-]?[ \t]*")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


def use_vault_markdown(parser: MarkdownIt) -> None:
    """Teach the parser links and embeds by name, ==highlights== and %%comments%%."""
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    parser.inline.ruler.before("emphasis", "highlight", _highlight)
    parser.inline.ruler.before("emphasis", "vault_comment", _comment)
    parser.block.ruler.before(
        "fence", "vault_comment", _comment_lines, {"alt": ["paragraph", "blockquote", "list"]}
    )


def shape_vault_tokens(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with callouts titled, and the ids of blocks made places for links."""
    shaped: list[Token] = []
    for at, token in enumerate(tokens):
        if token.type != "inline" or not token.children:
            shaped.append(token)
            continue
        _take_block_id(token.children)
        is_first_quoted = at >= 2 and tokens[at - 2].type == "blockquote_open"
        callout = _CALLOUT.match(token.children[0].content) if is_first_quoted else None
        if callout is None or token.children[0].type != "text":
            shaped.append(token)
        else:
            shaped += _titled(tokens[at - 1], token, callout, tokens[at + 1])
    return shaped


def slug_of(heading: str) -> str:
    """Return the name under which links lead to a heading, as GitHub and most sites make it."""
    return _NOT_IN_SLUG.sub("", heading.strip().lower()).replace(" ", "-")


# Links, embeds, highlights, comments


def _wiki_link(state: StateInline, silent: bool) -> bool:
    found = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    if found is None or not (found[2].strip() or found[3]):
        return False
    if not silent:
        is_embedded, name, words = bool(found[1]), found[2].strip("\\ "), found[3]
        if is_embedded and _PICTURE.search(name):
            image = state.push("image", "img", 0)
            described = "" if words is None or _SHOWN_SIZE.fullmatch(words.strip()) else words
            image.attrs = {"src": name, "alt": ""}
            image.children = [_text(described)] if described else []
        else:
            link = state.push("link_open", "a", 1)
            link.attrs = {"href": _address_of(name)}
            state.push("text", "", 0).content = words or _shown_name(name)
            state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _address_of(name: str) -> str:
    page, _, place = name.partition("#")
    place = place.rpartition("#")[2]
    if not place:
        return page
    return f"{page}#{place if place.startswith('^') else slug_of(place)}"


def _shown_name(name: str) -> str:
    """Return what stands for a link without words: `Page > Heading`."""
    parts = (part.strip().removeprefix("^") for part in name.split("#"))
    return " > ".join(part for part in parts if part)


def _highlight(state: StateInline, silent: bool) -> bool:
    at = state.pos
    if not state.src.startswith("==", at) or silent or _is_in_word(state.src, at):
        return False
    following = state.src[at + 2 : at + 3]
    if not following or following.isspace() or following == "=":
        return False
    end = _HIGHLIGHT_END.search(state.src, at + 3, min(state.posMax, at + _LONGEST_HIGHLIGHT))
    if end is None:
        return False
    whole = state.posMax
    state.push("mark_open", "mark", 1)
    state.pos, state.posMax = at + 2, end.start()
    state.md.inline.tokenize(state)
    state.push("mark_close", "mark", -1)
    state.pos, state.posMax = end.end(), whole
    return True


def _comment(state: StateInline, silent: bool) -> bool:
    at = state.pos
    if not state.src.startswith("%%", at) or silent or _is_in_word(state.src, at):
        return False
    if state.src.startswith("%", at + 2):
        return False
    end = _COMMENT_END.search(state.src, at + 2, min(state.posMax, at + _LONGEST_COMMENT))
    if end is None:
        return False
    state.pos = end.end()
    return True


def _is_in_word(text: str, at: int) -> bool:
    """Whether a sign goes on with a word or with signs of its kind: `100%%`, `a==b`."""
    before = text[at - 1 : at] if at else ""
    return before.isalnum() or before == text[at]


def _comment_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Pass over lines that open with %% and end with it; one that nothing closes is none."""
    if state.is_code_block(start):
        return False
    found = _COMMENT_LINE.match(_line(state, start))
    if found is None:
        return False
    last = start
    if found["closed"] is None:
        later = range(start + 1, end)
        closing = (n for n in later if _line(state, n).rstrip().endswith("%%"))
        last = next(closing, -1)
        if last < 0 or _line(state, last).rstrip().endswith("%%%"):
            return False
    if not silent:
        state.line = last + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


# Blocks


def _take_block_id(children: list[Token]) -> None:
    """Make `^id` at a block's end the name of the place."""
    last = children[-1]
    found = _BLOCK_ID.search(last.content) if last.type == "text" else None
    if found is None:
        return
    last.content = last.content[: found.start()]
    while len(children) > 1 and children[-1].type in ("text", "softbreak"):
        if children[-1].content:
            break
        children.pop()
    place = _text("")
    place.type, place.content = "html_inline", f'<a id="^{found[1]}"></a>'
    children.insert(0, place)


def _titled(
    opening: Token, words: Token, callout: re.Match[str], closing: Token
) -> Iterator[Token]:
    """Yield a callout's first paragraph: its title, and what follows as a paragraph of its own."""
    children = words.children or []
    children[0].content = children[0].content[callout.end() :]
    length = next((n for n, child in enumerate(children) if child.type == "softbreak"), None)
    title = [child for child in islice(children, length) if child.type != "text" or child.content]
    told = title or [_text(callout[1].replace("-", " ").capitalize())]
    words.children = [_strong(1), *told, _strong(-1)]
    yield words
    if length is not None:
        yield closing
        yield opening
        rest = _text("")
        rest.type, rest.children = "inline", children[length + 1 :]
        yield rest


def _text(content: str) -> Token:
    from markdown_it.token import Token as NewToken

    return NewToken("text", "", 0, content=content)


def _strong(nesting: int) -> Token:
    made = _text("")
    made.type, made.tag = ("strong_open" if nesting > 0 else "strong_close"), "strong"
    made.nesting = 1 if nesting > 0 else -1
    return made
