"""What a command for notes means: what is selected, the focused card, the sentence being read."""

from __future__ import annotations

from collections.abc import Callable

from reader.annotations.model import COMMENTING, HIGHLIGHTING, Annotation, AnnotationId
from reader.text.document import Span
from reader.ui.margin.margin import Margin
from reader.ui.margin.note_cards import AnchoredNote
from reader.ui.margin.notebook import Notebook
from reader.ui.view.reading_view import ReadingView
from reader.ui.view.text_selection import trimmed

SentenceNow = Callable[[], Span | None]
"""Gives the sentence being read, or the one that would be read next."""


def no_sentence() -> None:
    """Return that no sentence is being read: there is no text."""
    return


class NotesAtHand:
    """The notes of the open text, and which of them and of its passages the user means now."""

    def __init__(self, view: ReadingView, margin: Margin) -> None:
        self.view = view
        self.margin = margin
        self.notebook: Notebook | None = None
        """None where no text is open that notes can be made on."""
        self.sentence_now: SentenceNow = no_sentence

    @property
    def selected_spans(self) -> list[Span]:
        """What is selected, section by section, without the white space at its ends."""
        if self.notebook is None:
            return []
        document = self.notebook.document
        found = (trimmed(document, span) for span in self.view.selected_spans)
        return [span for span in found if span is not None]

    @property
    def selected(self) -> Span | None:
        """The first of what is selected; None if nothing is."""
        return next(iter(self.selected_spans), None)

    @property
    def focused(self) -> Annotation | None:
        """The note of the card with the ring."""
        return self.annotation(self.margin.focused_card)

    def at_caret(self) -> list[AnnotationId]:
        """Return the note around the caret or ending there, as what was just marked does."""
        caret = self.view.caret
        if caret is None or self.notebook is None:
            return []
        before = Span(caret.section, max(0, caret.offset - 1), caret.offset + 1)
        return self.notebook.index.around(before)[:1]

    def annotation(self, name: str | None) -> Annotation | None:
        """Return a note by its id, None if there is none such."""
        note = None if self.notebook is None else self.notebook.note(name)
        return None if note is None else note.annotation

    def marked(self, span: Span) -> AnchoredNote | None:
        """Return the highlight or note on exactly this passage."""
        if self.notebook is None:
            return None
        return self.notebook.note_on(span, (HIGHLIGHTING, COMMENTING))

    def change(self, annotation: Annotation, *, is_continued: bool = False) -> None:
        """Keep another version of a note; as a part of the last step if that `is_continued`."""
        before = self.annotation(annotation.id)
        if self.notebook is not None and before is not None and annotation != before:
            self.notebook.change(annotation, is_continued=is_continued)
