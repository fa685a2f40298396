"""Marks passages: in colours and styles, with tags, with bookmarks; one marked already changes."""

from __future__ import annotations

from reader.annotations.appearance import HIGHLIGHT
from reader.annotations.editing import with_colour, with_style, with_tags
from reader.annotations.model import BOOKMARKING, Annotation, AnnotationId
from reader.text.document import Place, Span
from reader.ui.margin.note_cards import AnchoredNote
from reader.ui.margin.note_making import NoteMaker
from reader.ui.margin.notes_at_hand import NotesAtHand


class PassageMarking:
    """Each call is one step that can be taken back; where nothing is meant nothing is done."""

    def __init__(self, at_hand: NotesAtHand, maker: NoteMaker) -> None:
        self._at_hand = at_hand
        self._maker = maker
        self._last: tuple[Place | None, Span | None, AnchoredNote] | None = None
        """The caret and the sentence being read when a passage was marked last, and its note."""
        at_hand.margin.focus_changed.connect(self._forget_last)

    def highlight(self, colour: str = "") -> None:
        """Highlight the selection, or else the sentence being read; "" for the last colour.

        With a colour what is marked keeps the last style, without one it is a plain highlight.
        """
        self._mark_in(colour, "" if colour else HIGHLIGHT)

    def mark_in_style(self, style: str) -> None:
        """Mark the selection, or else the focused card's passage, or the sentence being read.

        What was just marked is meant until the voice goes on, another place is clicked or a card
        was gone to. The style that a passage has already makes way for a plain highlight.
        """
        at_hand = self._at_hand
        meant = None if at_hand.selected else at_hand.focused or self.just_marked
        if meant is None:
            self._mark_in("", style)
        else:
            self.give_style(meant.id, HIGHLIGHT if meant.style == style else style)

    def choose_colour(self, colour: str) -> None:
        """Highlight the selection in `colour`, or else give it to the focused card.

        Where there is neither what was just marked takes it, or the highlight at the caret.
        """
        focused = self._at_hand.focused or self.just_marked
        if self._at_hand.selected is not None:
            self.highlight(colour)
        elif focused is not None:
            self.give_colour(focused.id, colour)
        else:
            for name in self._at_hand.at_caret():
                self.give_colour(name, colour)

    def mark(self, span: Span, tags: tuple[str, ...]) -> None:
        """Highlight a passage and tag it; one that is highlighted already gets the tags."""
        there = self._at_hand.marked(span)
        if there is None:
            self.add(span, tags)
        else:
            wanted = dict.fromkeys((*there.annotation.tags, *tags))
            changed = with_tags(there.annotation, tuple(wanted), self._maker.now())
            self._at_hand.change(changed)

    def add(self, span: Span, tags: tuple[str, ...] = ()) -> AnnotationId | None:
        """Highlight a passage; return the highlight's id, None where no text is open."""
        notebook = self._at_hand.notebook
        if notebook is None:
            return None
        made = self._maker.highlight(notebook.document, span, tags=tags)
        notebook.add(made, span)
        return made.id

    def toggle_bookmark(self) -> None:
        """Bookmark the selection, or else the place being read; a second time takes it away."""
        at_hand, notebook = self._at_hand, self._at_hand.notebook
        span = at_hand.selected
        if span is None:
            sentence = at_hand.sentence_now()
            if sentence is not None:
                span = Span(sentence.section, sentence.start, sentence.start)
        if span is None or notebook is None:
            return
        there = notebook.note_on(span, (BOOKMARKING,))
        if there is not None:
            notebook.remove(there.annotation.id)
        else:
            notebook.add(self._maker.other(notebook.document, span, BOOKMARKING), span)
        at_hand.view.select(None)

    def give_colour(self, name: AnnotationId, colour: str) -> None:
        """Show a note in another colour; new ones have it too."""
        self._maker.colour = colour
        annotation = self._at_hand.annotation(name)
        if annotation is not None:
            self._at_hand.change(with_colour(annotation, colour, self._maker.now()))

    def give_style(self, name: AnnotationId, style: str) -> None:
        """Mark a note's passage in another style; new ones have it too."""
        self._maker.style = style
        annotation = self._at_hand.annotation(name)
        if annotation is not None:
            self._at_hand.change(with_style(annotation, style, self._maker.now()))

    def _mark_in(self, colour: str, style: str) -> None:
        maker, at_hand, notebook = self._maker, self._at_hand, self._at_hand.notebook
        maker.colour = colour = colour or maker.colour
        maker.style = style = style or maker.style
        now = at_hand.sentence_now()
        selected = at_hand.selected_spans
        spans = selected or ([] if now is None else [now])
        if not spans or notebook is None:
            return
        wanted: dict[AnnotationId, Annotation | None] = {}
        made_on: dict[AnnotationId, Span] = {}
        for span in spans:
            there = at_hand.marked(span)
            if there is None:
                made = maker.highlight(notebook.document, span)
                wanted[made.id], made_on[made.id] = made, span
            else:
                coloured = with_colour(there.annotation, colour, maker.now())
                changed = with_style(coloured, style, maker.now())
                if changed != there.annotation:
                    wanted[changed.id] = changed
        if wanted:
            notebook.change_all(wanted, made_on)
        if selected:
            at_hand.margin.focus_card(None)  # what is done next isn't meant for an earlier card
            note = at_hand.marked(selected[0])
            self._last = None if note is None else (at_hand.view.caret, now, note)
        at_hand.view.select(None)  # last: what can be marked is looked at again then

    def _forget_last(self) -> None:
        self._last = None

    @property
    def just_marked(self) -> Annotation | None:
        """What was marked last, while nothing else is meant."""
        if self._last is None:
            return None
        caret, sentence, note = self._last
        is_so = (caret, sentence) == (self._at_hand.view.caret, self._at_hand.sentence_now())
        return self._at_hand.annotation(note.annotation.id) if is_so else None
