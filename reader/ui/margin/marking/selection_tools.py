"""What floats beside a selection: shown once it is made, placed as the text moves."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.text.document import Span
from reader.ui.look.theme import Theme
from reader.ui.margin.note_making import NoteMaker
from reader.ui.view.reading_view import ReadingView

if TYPE_CHECKING:  # imported when a text is first selected
    from reader.ui.margin.marking.selection_popup import SelectionPopup
    from reader.ui.view.passage_surface import PassageSurface


class SelectionTools(QObject):
    """Keeps the pop-up beside the last line of what is selected; tells what is chosen on it."""

    colour_chosen = Signal(str)
    style_chosen = Signal(str)
    note_wanted = Signal()
    play_from_wanted = Signal(object)
    """Place: read from here."""

    def __init__(self, theme: Theme, view: ReadingView, maker: NoteMaker, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = view
        self._surface: PassageSurface = view
        self._maker = maker
        view.layout_changed.connect(self._place)

    @cached_property
    def popup(self) -> SelectionPopup:
        """The pop-up; made at the first selection."""
        from reader.ui.margin.marking.selection_popup import SelectionPopup

        popup = SelectionPopup(self._theme, self._surface.viewport())
        popup.colour_chosen.connect(self.colour_chosen)
        popup.style_chosen.connect(self.style_chosen)
        popup.note_wanted.connect(self.note_wanted)
        popup.copy_wanted.connect(self._copy)
        popup.play_wanted.connect(self._play)
        return popup

    def stand_on(self, surface: PassageSurface) -> None:
        """Float over the text or over its pages, whichever is shown."""
        if surface is self._surface:
            return
        self._surface.layout_changed.disconnect(self._place)
        surface.layout_changed.connect(self._place)
        self._surface = surface
        if "popup" in self.__dict__:
            self.popup.hide()
            self.popup.deleteLater()
            del self.__dict__["popup"]

    def show(self) -> None:
        """Show it beside what is selected now."""
        self.popup.looks.show_look(self._maker.colour, self._maker.style)
        self.popup.show()
        self._place()

    def hide(self) -> None:
        """Take it away."""
        if "popup" in self.__dict__:
            self.popup.hide()

    def _place(self) -> None:
        if self._view.selection is None or "popup" not in self.__dict__ or self.popup.isHidden():
            return
        boxes = [box for span in self._view.selected_spans for box in self._surface.rects_of(span)]
        if boxes:
            self.popup.show_beside(boxes[-1])
        else:
            self.hide()

    def _copy(self) -> None:
        self._view.copy()
        self.hide()

    def _play(self) -> None:
        span: Span | None = self._view.selection
        self.hide()
        if span is not None:
            self.play_from_wanted.emit(span.first_place)
