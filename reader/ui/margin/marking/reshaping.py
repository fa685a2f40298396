"""Highlights resized by their ends, merged and split: each one step that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QObject, Signal

from reader.annotations.editing import answering, merged, with_span
from reader.annotations.model import BOOKMARKING, Annotation, AnnotationId, Body, Target
from reader.text.document import Document, Place, Span
from reader.text.lazy_sections import readable_section
from reader.text.word_edges import edge_beside, nearest_edge
from reader.ui.margin.note_cards import AnchoredNote
from reader.ui.margin.note_making import NoteMaker
from reader.ui.margin.notebook import Notebook
from reader.ui.margin.notes_at_hand import NotesAtHand
from reader.ui.view.text_selection import spans_between, trimmed
from reader.values import replaced

ALONE = "This highlight touches no other one. Select several to merge them."
NOTHING_TO_MERGE = "Click into a highlight to merge it with those it touches, or select several."
NOTHING_TO_SPLIT = "Click into a highlight, or select a part of it: it is split there."
NOTHING_TO_RESIZE = "Click a highlight first: these keys move its ends."

_Note = tuple[AnnotationId, Span]


_State = tuple[AnnotationId, datetime | None, Target, tuple[Body, ...]]


class Reshaping(QObject):
    """Works on the card with the ring, else on the highlight at the caret or the selection."""

    told = Signal(str)
    """A sentence for the user: why nothing was done, or what was."""

    def __init__(self, at_hand: NotesAtHand, maker: NoteMaker, parent: QObject) -> None:
        super().__init__(parent)
        self._at_hand = at_hand
        self._view = at_hand.view
        self._margin = at_hand.margin
        self._maker = maker
        self._just_resized: _State | None = None

    # Ends

    def step_end(self, is_start: bool, is_forward: bool, by_character: bool) -> None:
        """Move an end of the focused highlight by a word or character; steps in a row are one."""
        notebook, note = self._at_hand.notebook, self.focused
        if notebook is None or note is None:
            self.told.emit(NOTHING_TO_RESIZE)
            return
        place = end_of(note[1], is_start=is_start)
        moves = self._view.caret_moves()
        if by_character and moves is not None:
            wanted: Place | None = moves.beside(place, is_forward=is_forward, by_word=False)
        else:
            wanted = edge_beside(notebook.document, place, is_start=is_start, is_forward=is_forward)
        if wanted is not None:
            self.resize(note[0], wanted, is_start=is_start, is_continued=True)

    def resize(
        self, name: AnnotationId, place: Place, *, is_start: bool, is_continued: bool = False
    ) -> None:
        """Put an end of a highlight there; what reaches into other sections is marked there too.

        `is_continued` joins it with the step before, if that resized the same highlight.
        """
        notebook = self._at_hand.notebook
        note = None if notebook is None else notebook.note(name)
        if notebook is None or note is None or note.span is None:
            return
        spans = resized_spans(notebook.document, note.span, place, is_start=is_start)
        own = next((span for span in spans if span.section == note.span.section), None)
        if own is None or (own == note.span and len(spans) == 1):
            return
        before = note.annotation
        changed = with_span(before, notebook.document, own, self._maker.now())
        wanted: dict[AnnotationId, Annotation | None] = {name: changed}
        made_on = {name: own}
        for span in spans:
            if span is not own and notebook.note_on(span) is None:
                other = self._maker.highlight(notebook.document, span, like=before)
                wanted[other.id], made_on[other.id] = other, span
        joins = is_continued and _state_of(before) == self._just_resized and len(wanted) == 1
        notebook.change_all(wanted, made_on, is_continued=joins)
        self._just_resized = _state_of(changed)
        self._show_end(own, place, is_start=is_start)

    def _show_end(self, span: Span, place: Place, *, is_start: bool) -> None:
        at = end_of(span, is_start=is_start) if place.section == span.section else place
        self._view.show_line(at)

    @property
    def focused(self) -> _Note | None:
        """The highlight of the card with the ring, else the one at the caret, and its passage."""
        notebook, name = self._at_hand.notebook, self._margin.focused_card
        if notebook is None:
            return None
        named = [AnnotationId(name)] if name is not None else self._at_hand.at_caret()
        notes = [note for one in named if (note := notebook.note(one)) is not None]
        return next(iter(_highlights(notes)), None)

    # Merging

    def merge(self) -> None:
        """Make one highlight of those that are selected, or of those that touch the focused one."""
        notebook, names = self._at_hand.notebook, self.mergeable()
        if notebook is None or not names:
            self.told.emit(NOTHING_TO_MERGE if self.focused is None else ALONE)
            return
        notes = [note for name in names if (note := notebook.note(name)) is not None]
        spans = [note.span for note in notes if note.span is not None]
        whole = Span(spans[0].section, spans[0].start, max(span.end for span in spans))
        annotations = [note.annotation for note in notes]
        focused = self._margin.focused_card
        kept = next((one for one in annotations if one.id == focused), annotations[0])
        made = merged(annotations, kept, notebook.document, whole, self._maker.now())
        wanted: dict[AnnotationId, Annotation | None] = {kept.id: made}
        wanted |= {one.id: None for one in annotations if one.id != kept.id}
        wanted |= self._replies_moved(notebook, wanted.keys() - {kept.id}, kept.id)
        notebook.change_all(wanted, {kept.id: whole})
        self._view.select(None)
        self._margin.focus_card(kept.id)
        self.told.emit(f"{len(annotations)} highlights are one now.")

    def _replies_moved(
        self, notebook: Notebook, gone: Set[AnnotationId], kept: AnnotationId
    ) -> dict[AnnotationId, Annotation | None]:
        """Return the replies to notes that go as replies to the one that is kept."""
        threads = (notebook.threads.replies.get(name, ()) for name in gone)
        replies = (reply.annotation for thread in threads for reply in thread)
        answers = (reply for reply in replies if reply.answered in gone)
        return {reply.id: answering(reply, kept, self._maker.now()) for reply in answers}

    def mergeable(self) -> list[AnnotationId]:
        """Return the highlights that `merge` would make one, in order; none if there is but one."""
        notebook = self._at_hand.notebook
        if notebook is None:
            return []
        selected = self._selected(notebook.document)
        if selected is not None:
            inside = (notebook.note(name) for name in notebook.index.around(selected))
            names = [name for name, _ in _highlights(note for note in inside if note is not None)]
        else:
            focused = self.focused
            names = [] if focused is None else _touching(notebook, focused)
        return names if len(names) > 1 else []

    # Splitting

    def split(self) -> None:
        """Cut a highlight at both ends of the selection in it, or beside the word at the caret."""
        notebook = self._at_hand.notebook
        parts = self.parts()
        if notebook is None or parts is None:
            self.told.emit(NOTHING_TO_SPLIT)
            return
        name, (first, *others) = parts
        note = notebook.note(name)
        assert note is not None
        document, before = notebook.document, note.annotation
        shortened = with_span(before, document, first, self._maker.now())
        wanted: dict[AnnotationId, Annotation | None] = {name: shortened}
        made_on = {name: first}
        for span in others:
            part = self._maker.highlight(document, span, tags=before.tags, like=before)
            wanted[part.id], made_on[part.id] = part, span
        notebook.change_all(wanted, made_on)
        self._view.select(None)
        self._margin.focus_card(name)

    def parts(self) -> tuple[AnnotationId, list[Span]] | None:
        """Return the highlight that `split` would cut, and what it would become; None for none."""
        notebook = self._at_hand.notebook
        if notebook is None:
            return None
        selected, caret = self._selected(notebook.document), self._view.caret
        if selected is not None:
            at, ways = selected, [[selected.start, selected.end]]
        elif caret is not None:
            at = Span(caret.section, caret.offset, caret.offset)
            ways = [[edge] for edge in _words_beginning_near(notebook.document, caret)]
        else:
            return None
        focused = self.focused
        names = notebook.index.around(Span(at.section, at.start, at.end + 1))
        if focused is not None and focused[0] in names:
            names.insert(0, focused[0])
        for name in names:
            note = notebook.note(name)
            span = None if note is None else note.span
            if span is None:
                continue
            for cuts in ways:
                pieces = _cut(notebook.document, span, cuts)
                if len(pieces) > 1:
                    return name, pieces
        return None

    def _selected(self, document: Document) -> Span | None:
        selection = self._view.selection
        return None if selection is None else trimmed(document, selection)


def end_of(span: Span, *, is_start: bool) -> Place:
    """Return where a passage begins, or where it ends."""
    return Place(span.section, span.start if is_start else span.end)


def resized_spans(
    document: Document, span: Span, place: Place, *, is_start: bool
) -> tuple[Span, ...]:
    """Return what a passage covers with one end at `place`, a span for each section.

    Empty where nothing would be left of it.
    """
    fixed = end_of(span, is_start=not is_start)
    if place >= fixed if is_start else place <= fixed:
        return ()
    between = spans_between(fixed, place, document)
    return tuple(part for one in between if (part := trimmed(document, one)) is not None)


def _words_beginning_near(document: Document, place: Place) -> list[int]:
    """Return where a word begins at a place, else where they do about it, the nearest first."""
    section = readable_section(document.sections, place.section)
    if section is None:
        return []
    found = {nearest_edge(section, place.offset, is_start=True)}
    if place.offset in found:
        return [place.offset]
    for is_forward in (False, True):
        beside = edge_beside(document, place, is_start=True, is_forward=is_forward)
        if beside is not None and beside.section == place.section:
            found.add(beside.offset)
    return sorted(found, key=lambda edge: (abs(edge - place.offset), edge))


def _cut(document: Document, span: Span, cuts: Iterable[int]) -> list[Span]:
    inside = [offset for offset in cuts if span.start < offset < span.end]
    edges = [span.start, *inside, span.end]
    pieces = (trimmed(document, Span(span.section, *ends)) for ends in pairwise(edges))
    return [piece for piece in pieces if piece is not None]


def _highlights(notes: Iterable[AnchoredNote]) -> list[_Note]:
    """Return what marks a passage, in the order of the text."""
    found = [
        (note.annotation.id, note.span)
        for note in notes
        if note.span is not None
        and not note.span.is_empty
        and note.annotation.motivation != BOOKMARKING
    ]
    return sorted(found, key=lambda one: one[1])


def _touching(notebook: Notebook, focused: _Note) -> list[AnnotationId]:
    """Return the highlights that hang together with one: over each other, or only space between."""
    name, span = focused
    section = readable_section(notebook.document.sections, span.section)
    if section is None:
        return []
    text = section.text
    start, end = span.start, span.end
    while True:
        while start > 0 and text[start - 1].isspace():
            start -= 1
        while end < len(text) and text[end].isspace():
            end += 1
        near = notebook.index.around(Span(span.section, max(0, start - 1), end + 1))
        notes = (notebook.note(one) for one in near)
        group = _highlights(note for note in notes if note is not None)
        first = min((one.start for _, one in group), default=start)
        last = max((one.end for _, one in group), default=end)
        if first >= start and last <= end:
            return [one for one, _ in group] if name in dict(group) else []
        start, end = min(first, start), max(last, end)


def _state_of(annotation: Annotation) -> _State:
    """Return what tells whether somebody has changed it since: more said of its place is none."""
    target = replaced(annotation.target, other_selectors=())
    return annotation.id, annotation.modified, target, annotation.bodies
