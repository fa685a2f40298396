"""From annotations and their anchors to what is shown: cards, decorations, ticks, who is spoken."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import assert_never

from reader.annotations.anchoring import Anchor, AnchorState
from reader.annotations.appearance import HIGHLIGHT
from reader.annotations.bodies import MARKDOWN
from reader.annotations.links import NamedNote, markdown_link
from reader.annotations.model import BOOKMARKING, Annotation, AnnotationId
from reader.app.wording import further_words, unplaced_words
from reader.text.document import Place, Span
from reader.ui.margin.cards.card import CardContent, CardKind, CardLink
from reader.ui.view.decorations import Decoration, LineStyle, Role
from reader.values import value

NOT_FOUND = "not found in the text"
WITHOUT_PLACE = "without a place"
PLEASE_LOOK = "please look"
ANSWERS_NOTHING = "the note it answers is gone"
SAVING = "saving…"

_QUOTE_CHARACTERS = 160
_LINKED_PLACE = "linked-place:"


@value
class AnchoredNote:
    """An annotation and where it stands in the text that is open."""

    annotation: Annotation
    anchor: Anchor

    @property
    def span(self) -> Span | None:
        """The passage, None where it was not found."""
        return self.anchor.span


@value
class CardSurroundings:
    """What a card shows of other notes. `root` is the one that a reply's thread begins with."""

    root: AnchoredNote | None = None
    depth: int = 0
    replies: int = 0
    thread_words: str = ""
    links_here: tuple[NamedNote, ...] = ()
    gone_links: tuple[str, ...] = ()


ALONE = CardSurroundings()


def card_of(
    note: AnchoredNote, around: CardSurroundings = ALONE, *, state: str = "", notice: str = ""
) -> CardContent:
    """Return the card of a note. `state` and `notice` go before what its anchor has to say."""
    annotation = note.annotation
    stands_with = around.root or note
    span = stands_with.span
    quote = annotation.target.quote
    doubt = "" if around.root is not None else doubt_about(note)
    note_text = annotation.note_text
    return CardContent(
        id=annotation.id,
        place=None if span is None else span.first_place,
        kind=_kind_of(annotation, note_text),
        colour=stands_with.annotation.colour,
        style=stands_with.annotation.style,
        note_markdown=note_text,
        tags=annotation.tags,
        created=annotation.created,
        state=state or doubt,
        notice=notice or _notice_on(note) or _gone_words(around.gone_links),
        quote=quote.exact[:_QUOTE_CHARACTERS] if doubt and quote is not None else "",
        is_markdown=not note_text or annotation.note_format == MARKDOWN,
        depth=around.depth,
        by=annotation.creator if around.depth else "",
        replies=around.replies,
        thread_words=around.thread_words,
        links_here=tuple(CardLink(link.words, link.address) for link in around.links_here),
        gone_links=around.gone_links,
    )


def linked_place_card(place: Place, links: Sequence[NamedNote]) -> CardContent:
    """Return the card of a place in the text that notes lead to."""
    lines = (f"← {markdown_link(link.words, link.address)}" for link in links)
    return CardContent(
        id=AnnotationId(f"{_LINKED_PLACE}{place.section}:{place.offset}"),
        place=place,
        kind=CardKind.LINKED_PLACE,
        colour="",
        note_markdown="\n".join(lines),
        is_editable=False,
    )


def _gone_words(gone: tuple[str, ...]) -> str:
    if not gone:
        return ""
    if len(gone) == 1:
        return "What the struck-out link leads to is not here any more."
    return f"What {len(gone)} links lead to is not here any more."


def thread_words(replies: int, shown: int, *, is_unfolded: bool) -> str:
    """Return what unfolds a thread, or folds it; "" for one that is always shown whole."""
    hidden = replies - shown
    if hidden:
        return "1 earlier reply" if hidden == 1 else f"{hidden} earlier replies"
    return "fewer replies" if is_unfolded else ""


def _notice_on(note: AnchoredNote) -> str:
    has_place = note.span is not None
    return further_words(note.annotation) if has_place else notice_of(note.annotation)


def notice_of(annotation: Annotation) -> str:
    """Say what an annotation holds besides its note, and why it has no place; "" for most."""
    said = (further_words(annotation), unplaced_words(annotation))
    return " ".join(words for words in said if words)


def decoration_of(note: AnchoredNote) -> Decoration | None:
    """Return what is painted under the note's passage; None where there is none, as at a point."""
    span = note.span
    if span is None or span.is_empty:
        return None
    return marking(span, Role.HIGHLIGHT, note.annotation)


def marking(span: Span, role: Role, annotation: Annotation) -> Decoration:
    """Return what marks a passage in an annotation's colour and style."""
    line = None if annotation.style == HIGHLIGHT else LineStyle(annotation.style)
    return Decoration(span, role, annotation.colour, line)


Tick = tuple[tuple[int, int], str]
"""A mark on the progress line: its place as section and offset, its colour."""


def tick_of(note: AnchoredNote) -> Tick | None:
    """Return the mark that the progress line has for a note, None for one without a place."""
    span = note.span
    if span is None:
        return None
    return (span.section, span.start), note.annotation.colour


class PassageIndex:
    """Finds the notes at a place or around a span, however many there are."""

    def __init__(self, notes: Iterable[AnchoredNote]) -> None:
        self._sections: dict[int, list[tuple[int, int, AnnotationId]]] = {}
        for note in notes:
            span = note.span
            if span is not None:
                self._sections.setdefault(span.section, []).append(_passage(span, note))
        for passages in self._sections.values():
            passages.sort()
        self._furthest_ends = {
            section: list(accumulate((end for _, end, _ in passages), max))
            for section, passages in self._sections.items()
        }
        """How far any passage reaches of those up to each."""

    def add(self, note: AnchoredNote) -> None:
        """Find another note as well."""
        if note.span is not None:
            section, passage = note.span.section, _passage(note.span, note)
            passages = self._sections.setdefault(section, [])
            number = bisect_left(passages, passage)
            passages.insert(number, passage)
            self._furthest_ends.setdefault(section, []).insert(number, 0)
            self._reach_anew(section, number)

    def remove(self, note: AnchoredNote) -> None:
        """Find a note no more."""
        if note.span is not None:
            section, passage = note.span.section, _passage(note.span, note)
            passages = self._sections.get(section, [])
            number = bisect_left(passages, passage)
            if number < len(passages) and passages[number] == passage:
                del passages[number]
                del self._furthest_ends[section][number]
                self._reach_anew(section, number)

    def _reach_anew(self, section: int, first: int) -> None:
        """Work out how far passages reach from one that came or went on, until nothing changes."""
        passages, ends = self._sections[section], self._furthest_ends[section]
        reached = ends[first - 1] if first else 0
        for number in range(first, len(passages)):
            reached = max(reached, passages[number][1])
            if number > first and ends[number] == reached:
                return
            ends[number] = reached

    def at(self, place: Place) -> list[AnnotationId]:
        """Return the notes whose passages hold `place`, the shortest passage first."""
        return self.around(Span(place.section, place.offset, place.offset + 1))

    def around(self, span: Span) -> list[AnnotationId]:
        """Return the notes whose passages share a character with `span`, the shortest first.

        A point counts as the character behind it.
        """
        passages = self._sections.get(span.section, [])
        last = bisect_left(passages, span.end, key=lambda passage: passage[0])
        furthest_ends = self._furthest_ends.get(span.section, [])
        # all before this one end before the span begins; a point ends where it starts
        first = bisect_right(furthest_ends, span.start - 1)
        found = [
            (end - start, start, name)
            for start, end, name in passages[first:last]
            if max(end, start + 1) > span.start
        ]
        return [name for _, _, name in sorted(found)]


def _passage(span: Span, note: AnchoredNote) -> tuple[int, int, AnnotationId]:
    return span.start, span.end, note.annotation.id


def _kind_of(annotation: Annotation, note_text: str) -> CardKind:
    if note_text:
        return CardKind.NOTE
    return CardKind.BOOKMARK if annotation.motivation == BOOKMARKING else CardKind.HIGHLIGHT


def doubt_about(note: AnchoredNote) -> str:
    """Return what the card says of its place; "" for one that needs no second look."""
    if note.annotation.answered is not None:
        return ANSWERS_NOTHING
    match note.anchor.state:
        case AnchorState.ANCHORED:
            return ""
        case AnchorState.MOVED:
            return PLEASE_LOOK if note.anchor.needs_look else ""
        case AnchorState.AMBIGUOUS:
            return PLEASE_LOOK
        case AnchorState.ORPHAN:
            return NOT_FOUND if note.annotation.target.is_of_text else WITHOUT_PLACE
        case _:
            assert_never(note.anchor.state)
