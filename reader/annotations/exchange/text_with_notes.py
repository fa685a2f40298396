"""A text with its notes as exporters want them: placed, in order, each with a link back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path

from reader.annotations.anchoring import ORPHANED, Anchor
from reader.annotations.exchange.envelope import Envelope
from reader.annotations.exchange.note_words import plain_line, shown
from reader.annotations.model import Annotation, AnnotationId
from reader.annotations.threads import threads_of
from reader.text.address import address_of
from reader.text.document import BlockKind, Document, Fingerprint, Section, Span
from reader.values import replaced, value


@value
class NotedPassage:
    """One annotation and where it stands now.

    `quote` is what stands there, or else what it was made on. `heading` is the one it stands under,
    empty where there is none. Both are one line each as far as they are shown in one.
    """

    annotation: Annotation
    anchor: Anchor
    quote: str
    heading: str
    link: str
    root: AnnotationId | None = None
    """The note that a reply's thread begins with; None for what is no reply, or to what is gone."""
    depth: int = 0
    """Of a reply in its thread, from 1."""
    replies: tuple[NotedPassage, ...] = ()
    """To a note that begins a thread, each before those that answer it; they are notes as well."""

    @property
    def span(self) -> Span | None:
        """The passage, None where it was not found."""
        return self.anchor.span

    @property
    def is_lost(self) -> bool:
        """Whether it has no place: neither a passage nor a note that it answers."""
        return self.span is None and self.root is None


@value
class TextWithNotes:
    """A text with its notes, in the order of the text, those without a place last, and right
    behind each the replies to it.

    `document` is None for a text whose file is not on this disk any more; `path` is where it was.
    `in_order_kept` are the same annotations in the order they came in.
    """

    fingerprint: Fingerprint
    title: str
    authors: tuple[str, ...]
    language: str | None
    path: Path | None
    document: Document | None
    notes: tuple[NotedPassage, ...]
    in_order_kept: tuple[Annotation, ...]
    envelope: Envelope | None = None
    is_alone: bool = True
    """Whether the notes on this text are wanted, not those on all texts."""

    @property
    def link(self) -> str:
        """The address that opens the text."""
        return str(address_of(self.fingerprint))

    @property
    def shown_title(self) -> str:
        """What it is called, on one line; its file's name where it has no title."""
        return plain_line(self.title) or self.file_name

    @property
    def file_name(self) -> str:
        """What its file is or was called; its title where that isn't known."""
        return self.title if self.path is None else self.path.name


def text_with_notes(
    document: Document,
    path: Path | None,
    placed: Iterable[tuple[Annotation, Anchor]],
    envelope: Envelope | None = None,
    *,
    is_alone: bool = True,
) -> TextWithNotes:
    """Return a text that is at hand with its notes."""
    headings = _Headings(document)
    placed = tuple(placed)
    notes = [
        NotedPassage(
            annotation,
            anchor,
            _passage(document, annotation, anchor),
            "" if anchor.span is None else headings.above(anchor.span),
            str(address_of(document.fingerprint, annotation.id)),
        )
        for annotation, anchor in placed
    ]
    notes.sort(key=lambda note: (note.span is None, note.span or ()))
    notes = _with_replies_behind(notes)
    return TextWithNotes(
        document.fingerprint,
        document.title,
        document.authors,
        document.language,
        path,
        document,
        tuple(notes),
        tuple(annotation for annotation, _ in placed),
        envelope,
        is_alone,
    )


def notes_without_text(
    fingerprint: Fingerprint,
    title: str,
    path: Path | None,
    annotations: Iterable[Annotation],
    envelope: Envelope | None = None,
    *,
    is_alone: bool = False,
) -> TextWithNotes:
    """Return a text that can't or needn't be read with its notes, in the order of their positions.

    One that can't be read is one of all texts: nobody can ask for it alone.
    """
    kept = tuple(annotations)

    def order(annotation: Annotation) -> tuple[bool, int]:
        position = annotation.target.position
        return position is None, 0 if position is None else position.start

    notes = [
        NotedPassage(
            annotation,
            ORPHANED,
            _quoted(annotation),
            "",
            str(address_of(fingerprint, annotation.id)),
        )
        for annotation in sorted(kept, key=order)
    ]
    in_order = tuple(_with_replies_behind(notes))
    return TextWithNotes(
        fingerprint, title, (), None, path, None, in_order, kept, envelope, is_alone
    )


def _with_replies_behind(notes: Sequence[NotedPassage]) -> list[NotedPassage]:
    """Return the notes, each followed by the replies to it, whatever else stands between."""
    threads = threads_of(note.annotation for note in notes)
    if not threads.roots:
        return list(notes)
    by_id = {note.annotation.id: note for note in notes}
    ordered: list[NotedPassage] = []
    for note in notes:
        if note.annotation.id not in threads.roots:
            replies = threads.replies.get(note.annotation.id, ())
            behind = tuple(
                replaced(by_id[reply.annotation.id], root=note.annotation.id, depth=reply.depth)
                for reply in replies
            )
            ordered += [replaced(note, replies=behind) if behind else note, *behind]
    return ordered


def _passage(document: Document, annotation: Annotation, anchor: Anchor) -> str:
    if anchor.span is None:
        return _quoted(annotation)
    section = document.sections[anchor.span.section]
    return shown(section.text[anchor.span.start : anchor.span.end])


def _quoted(annotation: Annotation) -> str:
    quote = annotation.target.quote
    return "" if quote is None else shown(quote.exact)


class _Headings:
    """Finds the heading that a passage stands under; reads only the passages' own sections."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._of_section: dict[int, tuple[list[int], list[str]]] = {}

    def above(self, span: Span) -> str:
        section = self._document.sections[span.section]
        if span.section not in self._of_section:
            self._of_section[span.section] = _headings_in(section)
        starts, titles = self._of_section[span.section]
        before = bisect_right(starts, span.start)
        return titles[before - 1] if before else plain_line(section.title)


def _headings_in(section: Section) -> tuple[list[int], list[str]]:
    found = [block for block in section.blocks if block.kind is BlockKind.HEADING]
    titles = [plain_line(section.text[block.start : block.end]) for block in found]
    return [block.start for block in found], titles
