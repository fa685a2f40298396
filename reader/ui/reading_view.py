"""The text in the window: a virtual view that lays out only the paragraphs near the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from reader.text.document import Document, Place, Span
from reader.ui.decorations import Decoration
from reader.ui.theme import Theme


class ReadingView(QAbstractScrollArea):
    """Shows a document, lets its text be selected, and keeps what is heard in view.

    Everything it is asked and tells is in places and spans of the document; points and rectangles
    are in the viewport's pixels.
    """

    place_activated = Signal(object)
    """Place: read from here (double click on a word, or Enter at the caret)."""
    clicked = Signal(object)
    """Place: a plain click on the text, after which nothing is selected."""
    selection_changed = Signal(object)
    """Span, or None when nothing is selected any more."""
    selection_finished = Signal(object)
    """Span: the mouse was let go, or the keyboard's selecting ended: time for a pop-up."""
    link_activated = Signal(str)
    """Target of a link or note reference that was clicked; the view itself follows none."""
    context_menu_requested = Signal(object, QPoint)
    """Place or None, and the global position: a menu is wanted there."""
    user_scrolled = Signal()
    """The user moved the text by wheel, key, bar or drag; following has stopped."""
    layout_changed = Signal()
    """What is where has changed: scrolled, resized, laid out anew. Cards are to be placed again."""
    painted_text = Signal()
    """The first frame of a document with text in it has been painted."""
    decorated_painted = Signal(str)
    """Group: the change asked for by the last `decorate` of it has been painted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def show_document(self, document: Document, place: Place | None = None) -> None:
        """Show `document` with `place` at the top, or its beginning."""
        raise NotImplementedError

    def decorate(self, group: str, decorations: Sequence[Decoration]) -> None:
        """Replace everything `group` wants painted; only what differs is painted anew."""
        raise NotImplementedError

    @property
    def selection(self) -> Span | None:
        """The selected span, or None. A selection stays within one section."""
        raise NotImplementedError

    def select(self, span: Span | None) -> None:
        """Select `span`, or nothing."""
        raise NotImplementedError

    def selected_text(self) -> str:
        """Return the selected text with paragraphs apart, as it would be pasted."""
        raise NotImplementedError

    def copy(self) -> None:
        """Put the selected text on the clipboard."""
        raise NotImplementedError

    def place_at(self, point: QPoint) -> Place | None:
        """Return the place nearest to a point in the viewport; None where there is no text."""
        raise NotImplementedError

    def spans_at(self, point: QPoint, group: str = "notes") -> list[Span]:
        """Return the spans of a group's decorations that lie under a point, shortest first."""
        raise NotImplementedError

    def line_top_of(self, place: Place) -> float:
        """Return the viewport y of the top of the line that holds `place`; estimated when far."""
        raise NotImplementedError

    def line_height(self) -> float:
        """Return the height of a line of running text in pixels."""
        raise NotImplementedError

    def rects_of(self, span: Span) -> list[QRect]:
        """Return the boxes of the part of `span` that is on the screen, one or more a line."""
        raise NotImplementedError

    def first_visible_place(self) -> Place | None:
        """Return the place where the first wholly visible line begins."""
        raise NotImplementedError

    def scroll_to(self, place: Place, animated: bool = True) -> None:
        """Bring the line of `place` comfortably into view. Doesn't count as the user's scrolling."""
        raise NotImplementedError

    def follow(self, span: Span) -> None:
        """Keep `span` in view: move only when its line leaves the comfortable band."""
        raise NotImplementedError

    def column_rect(self) -> QRect:
        """Return the column of text, as high as the viewport."""
        raise NotImplementedError

    def margin_rect(self) -> QRect:
        """Return where cards belong, as high as the viewport; null when they are folded away."""
        raise NotImplementedError

    @property
    def is_margin_folded(self) -> bool:
        """Whether there is no room for cards, so that markers stand beside the column."""
        raise NotImplementedError

    def set_margin_visible(self, is_visible: bool) -> None:
        """Leave room for cards beside the column, or centre the column."""
        raise NotImplementedError

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Jump instead of gliding."""
        raise NotImplementedError

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Hand the wish for a menu on."""
        event.accept()
