"""Notes as annotations in a copy of a PDF: marks where the passages stand on its pages.

Source: ISO 32000-2, section 12.5: annotations; 12.5.6.10: text markup.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.annotations.appearance import HIGHLIGHT, SQUIGGLE, STRIKE, UNDERLINE, mark_colour
from reader.annotations.exchange.note_words import plain_line, plain_note, replied
from reader.annotations.exchange.text_with_notes import NotedPassage, TextWithNotes
from reader.errors import NotesNotWritable
from reader.text.document import Place, Span
from reader.text.printed_pages import PageBox, PrintedPages
from reader.text.utf16 import without_halves
from reader.values import value

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

_PRINTED = 4
"""The flag of annotations that come with the page on paper."""
_STICKER_PT = 18.0
MARKUP = {
    HIGHLIGHT: "Highlight",
    UNDERLINE: "Underline",
    STRIKE: "StrikeOut",
    SQUIGGLE: "Squiggly",
}
"""The kinds of text markup that PDF has for our styles."""

_MOST_PAGES = 50
"""Pages that one passage is marked on; a longer one is a whole chapter."""


@value
class _Marked:
    """A note on one page of its passage; what it says is told on the first of them only."""

    page: int
    boxes: tuple[PageBox, ...]
    is_first: bool


def write_copy(text: TextWithNotes, source: bytes, pages: PrintedPages) -> bytes:
    """Return the PDF `source` with the notes on its pages; all that is in it stays.

    Raises:
        NotesNotWritable: it may not be changed, or is too damaged.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(source), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotesNotWritable("the PDF is locked by a password")
        # not appended: what pypdf appends has a wrong count of objects, of which readers warn
        writer = PdfWriter(clone_from=reader)
        _add_notes(text, writer, pages)
        out = io.BytesIO()
        writer.write(out)
    except DependencyError as error:
        raise NotesNotWritable("the PDF is locked in a way that can't be undone here") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        # a damaged file shows as any of these, deep in the library
        raise NotesNotWritable("the PDF is damaged: its pages can't be written to") from error
    return out.getvalue()


def _add_notes(text: TextWithNotes, writer: PdfWriter, pages: PrintedPages) -> None:
    count = min(len(writer.pages), pages.count)
    lost = 0
    for note in text.notes:
        if note.root is not None:
            continue  # it is told with the note it answers
        marks = [] if note.span is None else list(_marks(note.span, pages, count))
        for mark in marks:
            page = writer.pages[mark.page]
            corners = [_in_page(box, page) for box in mark.boxes]
            if note.span is not None and note.span.is_empty:
                _add(writer, mark.page, _sticker(note, corners[0][0], corners[0][3]))
            else:
                _add(writer, mark.page, _markup(note, corners, says=mark.is_first))
        if not marks and count:
            left, _, _, top = _in_page(PageBox(12, 12 + lost * 22.0, 30, 30), writer.pages[0])
            _add(writer, 0, _sticker(note, left, top))
            lost += 1


def _marks(span: Span, pages: PrintedPages, count: int) -> Iterator[_Marked]:
    """Yield where a passage stands, page by page."""
    shown = span if not span.is_empty else Span(span.section, span.start, span.start + 1)
    first = pages.page_of(shown.first_place)
    last = pages.page_of(Place(shown.section, max(shown.start, shown.end - 1)))
    is_first = True
    for number in range(first, min(last + 1, count, first + _MOST_PAGES)):
        boxes = tuple(pages.page(number).boxes_of(shown))
        if boxes:
            yield _Marked(number, boxes, is_first)
            is_first = False


def _in_page(box: PageBox, page: PageObject) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a box in the page's own coordinates.

    Boxes are counted from the upper left corner of the page as it is shown: cropped and turned.
    """
    crop = page.cropbox
    width, height = float(crop.width), float(crop.height)
    corners = ((box.left, box.top), (box.right, box.bottom))
    match page.rotation % 360:
        case 90:
            turned = [(y, x) for x, y in corners]
        case 180:
            turned = [(width - x, y) for x, y in corners]
        case 270:
            turned = [(width - y, height - x) for x, y in corners]
        case _:
            turned = [(x, height - y) for x, y in corners]
    across, up = zip(*turned, strict=True)
    left, bottom = float(crop.left), float(crop.bottom)
    return left + min(across), bottom + min(up), left + max(across), bottom + max(up)


def _markup(
    note: NotedPassage, corners: Sequence[tuple[float, float, float, float]], *, says: bool
) -> dict[str, Any]:
    points = []
    for left, bottom, right, top in corners:
        points += [left, top, right, top, left, bottom, right, bottom]
    rect = [
        min(corner[0] for corner in corners),
        min(corner[1] for corner in corners),
        max(corner[2] for corner in corners),
        max(corner[3] for corner in corners),
    ]
    return {
        "/Subtype": f"/{MARKUP[note.annotation.style]}",
        "/Rect": rect,
        "/QuadPoints": points,
        **_said(note, says=says),
    }


def _sticker(note: NotedPassage, left: float, top: float) -> dict[str, Any]:
    """Return a note that stands at a place; one whose passage isn't on the pages quotes it."""
    rect = [left, top - _STICKER_PT, left + _STICKER_PT, top]
    return {"/Subtype": "/Text", "/Name": "/Note", "/Rect": rect, **_said(note, says=True)}


def _said(note: NotedPassage, *, says: bool) -> dict[str, Any]:
    annotation = note.annotation
    more: dict[str, Any] = {
        "/C": [
            part / 255 for part in bytes.fromhex(mark_colour(annotation.colour, annotation.style))
        ],
        "/F": _PRINTED,
        "text:/T": annotation.creator or "Reader",
        "text:/NM": annotation.id,
        "text:/Contents": note_contents(note) if says else "",
    }
    if annotation.created is not None:
        more["text:/CreationDate"] = _moment(annotation.created)
    changed = annotation.modified or annotation.created
    if changed is not None:
        more["text:/M"] = _moment(changed)
    return more


def note_contents(note: NotedPassage) -> str:
    """Return what the pop-up of a note says: the note, its tags, and the link back."""
    annotation = note.annotation
    quote = f"“{plain_line(note.quote)}”" if note.span is None and note.quote else ""
    tags = " ".join(f"#{tag}" for tag in annotation.tags)
    replies = (
        f"{replied(reply.annotation)}: {plain_note(reply.annotation)}" for reply in note.replies
    )
    parts = (quote, plain_note(annotation), tags, *replies, note.link)
    return "\n".join(part for part in parts if part)


def _moment(moment: datetime) -> str:
    return str(moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ"))


def _add(writer: PdfWriter, page: int, described: dict[str, Any]) -> None:
    """Put an annotation on a page: keys that begin with `text:` hold text, others PDF's own."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    made = DictionaryObject({NameObject("/Type"): NameObject("/Annot")})
    for key, given in described.items():
        if key.startswith("text:"):
            clean = without_halves(given)
            made[NameObject(key.removeprefix("text:"))] = TextStringObject(clean)
        elif isinstance(given, list):
            made[NameObject(key)] = ArrayObject(FloatObject(round(n, 3)) for n in given)
        elif isinstance(given, int):
            made[NameObject(key)] = NumberObject(given)
        else:
            made[NameObject(key)] = NameObject(given)
    writer.add_annotation(page, made)


def pdf_source(path: Path | None) -> bytes | None:
    """Return the bytes of a PDF that is still there; None for anything else."""
    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if b"%PDF-" in content[:1024] else None
