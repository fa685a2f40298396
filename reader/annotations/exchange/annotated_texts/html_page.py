"""A text with the notes in its margin as one page of HTML that needs nothing else.

No script, no font, nothing loaded. Where there is room a note stands beside its line, else and in
print below it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from reader.annotations.appearance import HIGHLIGHT
from reader.annotations.exchange.annotated_texts.marked_text import (
    LINE_BREAK,
    MarkedBlock,
    MarkedText,
    Piece,
    begins_with_title,
)
from reader.annotations.exchange.note_words import (
    day_of,
    html_note,
    kind_words,
    plain_line,
    replied,
)
from reader.annotations.exchange.text_with_notes import NotedPassage, TextWithNotes
from reader.annotations.model import Annotation
from reader.text.document import BlockKind, InlineKind, Section

_LARGEST_PICTURE_BYTES = 3_000_000
_PICTURES_BYTES = 40_000_000
"""Of all pictures of a page together; further ones are shown by their descriptions."""

_TAGS = (
    (InlineKind.STRONG, "strong"),
    (InlineKind.EMPHASIS, "em"),
    (InlineKind.CODE, "code"),
    (InlineKind.STRIKE, "s"),
    (InlineKind.SUPERSCRIPT, "sup"),
    (InlineKind.NOTE_REFERENCE, "sup"),
    (InlineKind.SUBSCRIPT, "sub"),
)
_SAFE_LINKS = ("http://", "https://", "mailto:")
_PICTURE_TYPES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


def write_page(text: TextWithNotes, style: str) -> bytes:
    """Return the page; `style` is its style sheet."""
    return "".join(_Page(text, style).parts()).encode("utf-8", "xmlcharrefreplace")


class _Page:
    def __init__(self, text: TextWithNotes, style: str) -> None:
        self._text = text
        self._marked = MarkedText(text.notes)
        self._style = style
        self._pictures_left_bytes = _PICTURES_BYTES

    def parts(self) -> Iterator[str]:
        text = self._text
        title = text.shown_title
        language = f' lang="{escape(text.language)}"' if text.language else ""
        direction = text.document.direction if text.document is not None else ""
        yield f"<!DOCTYPE html>\n<html{language}"
        yield f' dir="{direction}">\n' if direction in ("ltr", "rtl") else ">\n"
        yield '<head>\n<meta charset="utf-8">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield f"<title>{escape(title)}</title>\n<style>\n{self._style}</style>\n</head>\n"
        yield "<body>\n<main>\n"
        yield from self._head(title)
        if text.document is not None:
            for section in text.document.sections:
                yield from self._section(section)
        yield from self._lost()
        yield f'<p class="about"><a href="{escape(text.link)}">Open in Sottovoce</a></p>\n'
        yield "</main>\n</body>\n</html>\n"

    def _head(self, title: str) -> Iterator[str]:
        if not begins_with_title(self._text.document, title):
            yield f'<h1 dir="auto">{escape(title)}</h1>\n'
        if self._text.authors:
            yield f'<p class="byline">{escape(", ".join(self._text.authors))}</p>\n'

    def _lost(self) -> Iterator[str]:
        """Yield what has no place in the text; where there is no text, all notes."""
        lost = [number for number, note in enumerate(self._text.notes) if note.is_lost]
        if lost:
            yield '<section class="lost">\n'
            if self._text.document is not None:
                yield "<h2>Notes without a place in the text</h2>\n"
            for number in lost:
                yield self._card(number) + "\n"
            yield "</section>\n"

    # The text

    def _section(self, section: Section) -> Iterator[str]:
        blocks = list(self._marked.blocks_of(section))
        number = 0
        while number < len(blocks):
            kind, cell = blocks[number].block.kind, blocks[number].block.cell
            end = number + 1
            while end < len(blocks) and _go_together(blocks[number], blocks[end]):
                end += 1
            group = blocks[number:end]
            if cell is not None:
                yield from self._table(group)
            elif kind is BlockKind.LIST_ITEM:
                yield "<ul>\n" + "".join(map(self._list_item, group)) + "</ul>\n"
            else:
                yield self._block(group[0])
            number = end

    def _block(self, marked: MarkedBlock) -> str:
        block = marked.block
        match block.kind:
            case BlockKind.HEADING:
                level = min(max(block.level, 1), 6)
                return self._behind_cards(marked, f"h{level}")
            case BlockKind.CODE:
                return self._behind_cards(marked, "pre")
            case BlockKind.RULE:
                return "<hr>\n"
            case BlockKind.FIGURE:
                return self._figure(marked)
            case BlockKind.QUOTATION:
                return f'<blockquote dir="auto">{self._inline(marked)}</blockquote>\n'
            case BlockKind.CAPTION | BlockKind.FOOTNOTE as kind:
                return f'<div class="{kind}" dir="auto">{self._inline(marked)}</div>\n'
            case _:
                # a paragraph may not hold the card of a note, which has paragraphs of its own
                return f'<div class="p" role="paragraph" dir="auto">{self._inline(marked)}</div>\n'

    def _behind_cards(self, marked: MarkedBlock, tag: str) -> str:
        cards = "".join(self._card(note) for note in marked.begun)
        return f'{cards}<{tag} dir="auto">{self._inline(marked, has_cards=False)}</{tag}>\n'

    def _list_item(self, marked: MarkedBlock) -> str:
        block = marked.block
        level = f' style="--level: {block.level}"' if block.level > 1 else ""
        marker = f'<span class="marker">{escape(block.marker)}</span>' if block.marker else ""
        return f'<li{level} dir="auto">{marker}{self._inline(marked)}</li>\n'

    def _table(self, cells: Sequence[MarkedBlock]) -> Iterator[str]:
        yield "".join(self._card(note) for cell in cells for note in cell.begun)
        yield "<table>\n"
        row = -1
        for marked in cells:
            cell = marked.block.cell
            assert cell is not None
            if cell.row != row:
                yield "<tr>" if row < 0 else "</tr>\n<tr>"
                row = cell.row
            tag = "th" if cell.is_header else "td"
            yield f'<{tag} dir="auto">{self._inline(marked, has_cards=False)}</{tag}>'
        yield "</tr>\n</table>\n"

    def _figure(self, marked: MarkedBlock) -> str:
        described = self._inline(marked, has_cards=False)
        plain = escape("".join(piece.text for piece in marked.pieces))
        picture = self._picture(marked.block.picture)
        cards = "".join(self._card(note) for note in marked.begun)
        if picture:
            return f'{cards}<figure><img src="{picture}" alt="{plain}"></figure>\n'
        return f"{cards}<figure><figcaption>{described}</figcaption></figure>\n" if plain else cards

    def _picture(self, address: str) -> str:
        """Return a picture as an address that holds it, "" for one that can't be shown."""
        document = self._text.document
        if not address or document is None or document.pictures is None:
            return ""
        content = document.pictures.read(address)
        if content is None or len(content) > min(_LARGEST_PICTURE_BYTES, self._pictures_left_bytes):
            return ""
        kind = next((kind for head, kind in _PICTURE_TYPES if content.startswith(head)), "")
        if not kind and b"<svg" in content[:4096]:
            kind = "image/svg+xml"  # in an img element it runs nothing and loads nothing
        if not kind:
            return ""
        self._pictures_left_bytes -= len(content)
        return f"data:{kind};base64,{base64.b64encode(content).decode()}"

    def _inline(self, marked: MarkedBlock, *, has_cards: bool = True) -> str:
        out = []
        for piece in marked.pieces:
            if has_cards:
                out += [self._card(note) for note in piece.begun]
            if piece.text:
                out.append(self._piece(piece))
        return "".join(out)

    def _piece(self, piece: Piece) -> str:
        html = escape(piece.text).replace(LINE_BREAK, "<br>")
        for kind, tag in _TAGS:
            if kind in piece.kinds:
                html = f"<{tag}>{html}</{tag}>"
        if piece.target.lower().startswith(_SAFE_LINKS):
            html = f'<a href="{escape(piece.target)}">{html}</a>'
        if piece.notes:
            number = piece.notes[-1]
            note = self._text.notes[number]
            card = f' aria-details="note-{number + 1}"' if _says_something(note) else ""
            if not card and not piece.target:
                html = f'<a href="{escape(note.link)}" title="Open in Sottovoce">{html}</a>'
            html = f'<mark class="{_look(note)}"{card}>{html}</mark>'
            for look in self._looks_around(piece.notes):
                html = f'<mark class="{look}">{html}</mark>'
        return html

    def _looks_around(self, numbers: Sequence[int]) -> list[str]:
        """Return how the others look on a piece where several lie, those begun last first.

        Of grounds the last one is seen alone; a line below, or through, is seen with any of them.
        """
        inner = self._text.notes[numbers[-1]]
        seen = [_look(inner)]
        has_ground = inner.annotation.style == HIGHLIGHT
        for number in reversed(numbers[:-1]):
            note = self._text.notes[number]
            is_ground = note.annotation.style == HIGHLIGHT
            if _look(note) not in seen and not (is_ground and has_ground):
                seen.append(_look(note))
                has_ground = has_ground or is_ground
        return seen[1:]

    # The notes

    def _card(self, number: int) -> str:
        note = self._text.notes[number]
        if not _says_something(note):
            return ""
        annotation = note.annotation
        was = _quote_to_show(note)
        quote = f'<p class="was" dir="auto">“{escape(was)}”</p>' if was else ""
        said = html_note(annotation)
        replies = "".join(map(_reply, note.replies))
        meta = [words] if (words := kind_words(annotation)) else []
        meta += _tags_and_day(annotation)
        meta.append(f'<a href="{escape(note.link)}">Open in Sottovoce</a>')
        return (
            f'<aside class="card {annotation.colour}" id="note-{number + 1}" dir="auto">'
            f"{quote}{said}{_meta(meta)}{replies}</aside>"
        )


def _reply(note: NotedPassage) -> str:
    """Return a reply as it stands in the card of the note it answers."""
    annotation = note.annotation
    meta = [f"<bdi>{escape(replied(annotation))}</bdi>", *_tags_and_day(annotation)]
    deeper = f' style="--depth: {note.depth}"' if note.depth > 1 else ""
    return f'<div class="reply"{deeper} dir="auto">{html_note(annotation)}{_meta(meta)}</div>'


def _tags_and_day(annotation: Annotation) -> list[str]:
    """Return each tag and the day it was made, as HTML: words of any script keep to themselves."""
    tags = [f"<bdi>{escape(f'#{tag}')}</bdi>" for tag in annotation.tags]
    return [*tags, day_of(annotation.created)] if annotation.created else tags


def _meta(parts: Iterable[str]) -> str:
    """Return the small line below a note, which is English whatever script the note is in."""
    return f'<span class="meta" dir="ltr">{" · ".join(parts)}</span>'


def _look(note: NotedPassage) -> str:
    """Return the classes that make a mark look like its passage in the window."""
    annotation = note.annotation
    is_plain = annotation.style == HIGHLIGHT
    return annotation.colour if is_plain else f"{annotation.colour} {annotation.style}"


def _says_something(note: NotedPassage) -> bool:
    """Whether a note has a card: a highlight that says nothing is its own link."""
    annotation, span = note.annotation, note.span
    is_mark_only = span is not None and not span.is_empty
    return bool(annotation.bodies) or not is_mark_only


def _quote_to_show(note: NotedPassage) -> str:
    """Return the passage where it can't be seen beside the card."""
    return plain_line(note.quote) if note.span is None else ""


def _go_together(first: MarkedBlock, other: MarkedBlock) -> bool:
    one, two = first.block, other.block
    if one.cell is not None:
        return two.cell is not None and two.cell.table == one.cell.table
    return one.kind is BlockKind.LIST_ITEM and two.kind is BlockKind.LIST_ITEM and two.cell is None
