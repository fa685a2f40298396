"""What the text and the progress line show of the notes: passages, and the one the reader is at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from reader.annotations.model import AnnotationId
from reader.text.document import Span
from reader.ui.look.theme import Theme
from reader.ui.margin.margin import Margin
from reader.ui.margin.note_cards import Tick, marking
from reader.ui.margin.notebook import Notebook
from reader.ui.view.decorations import NOTES_GROUP, Role
from reader.ui.view.reading_view import ReadingView

if TYPE_CHECKING:  # imported when a highlight is first focused
    from reader.ui.margin.marking.highlight_grips import HighlightGrips
    from reader.ui.view.passage_surface import PassageSurface


class PassageMarks(QObject):
    """Marks the passages of one notebook in the view; the focused one has grips at its ends."""

    ticks_changed = Signal()
    """`ticks` gives something else."""
    resize_wanted = Signal(str, object, bool)
    step_wanted = Signal(bool, bool, bool)
    grips_left = Signal()
    """As `HighlightGrips` tells."""

    def __init__(self, theme: Theme, view: ReadingView, margin: Margin, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = view
        self._surface: PassageSurface = view
        self._margin = margin
        self._notebook: Notebook | None = None
        self._spoken: AnnotationId | None = None
        margin.focus_changed.connect(self.mark_active)
        margin.editing_changed.connect(self.mark_active)

    @cached_property
    def grips(self) -> HighlightGrips:
        """The grips; made when a highlight is first focused."""
        from reader.ui.margin.marking.highlight_grips import HighlightGrips

        grips = HighlightGrips(self._theme, self._surface, self._focused_box, self)
        grips.preview_changed.connect(self.mark_active)
        grips.resize_wanted.connect(self.resize_wanted)
        grips.step_wanted.connect(self.step_wanted)
        grips.left.connect(self.grips_left)
        return grips

    def _focused_box(self) -> QRect | None:
        """Return where the focused card is seen, in the viewport; None where no cards are shown."""
        name = self._margin.focused_card
        box = None if name is None or not self._margin.isVisible() else self._margin.box_of(name)
        return None if box is None else box.translated(self._margin.pos())

    @property
    def ticks(self) -> Sequence[Tick]:
        """Where the progress line has marks, and their colours."""
        return () if self._notebook is None else self._notebook.ticks

    def show(self, notebook: Notebook | None) -> None:
        """Show the passages of these notes, or none."""
        self._notebook = notebook
        self._view.decorate(NOTES_GROUP, ())
        self.show_changes()

    def show_changes(self) -> None:
        """Show what came, went or looks otherwise since the notes were shown."""
        if self._notebook is not None:
            self._view.redecorate(NOTES_GROUP, *self._notebook.take_decoration_changes())
        self.mark_active()
        self.ticks_changed.emit()

    def stand_on(self, surface: PassageSurface) -> None:
        """Have the grips on the text or on its pages, whichever is shown."""
        if surface is self._surface:
            return
        self._surface = surface
        if "grips" in self.__dict__:
            self.grips.remove()
            del self.__dict__["grips"]
        self.mark_active()

    def set_spoken(self, name: AnnotationId | None) -> None:
        """Mark the passage of a note that is being read; None: none is."""
        self._spoken = name
        self.mark_active()

    def mark_active(self) -> None:
        """Mark the passages of the focused card and of the note being read in the text."""
        marks = []
        focused = None
        for name in {self._margin.focused_card, self._spoken}:
            note = None if self._notebook is None else self._notebook.note(name)
            if note is None or note.span is None or note.span.is_empty:
                continue
            spans: Sequence[Span] = (note.span,)
            if name == self._margin.focused_card:
                focused = note
                spans = self.grips.preview or spans
            marks += [marking(span, Role.ACTIVE, note.annotation) for span in spans]
        self._view.decorate("active-note", marks)
        is_shaped = self._margin.edited_card is None  # nothing is resized while it is written about
        if focused is not None and focused.span is not None and self._notebook and is_shaped:
            self.grips.show_for(focused.annotation, focused.span, self._notebook.document)
        elif "grips" in self.__dict__:
            self.grips.show_none()
