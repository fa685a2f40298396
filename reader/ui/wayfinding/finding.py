"""Finding in the text: between the bar, the search and the view."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.text.document import Place, Span
from reader.text.lazy_sections import length_of
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.reading_view import ReadingView
from reader.ui.wayfinding.text_search import TextSearch
from reader.ui.window.main_window import MainWindow

if TYPE_CHECKING:  # imported when one wants to find something
    from reader.ui.wayfinding.find_bar import FindBar

_GROUP = "search"
_TYPING_MS = 60
"""Between two letters typed fast: only the last one's query is searched."""

_MARKING_MS = 250
_MOST_MARKS = 400
_MOST_LIT = 600
"""Hits lit at once: more don't stand on a screen, but for queries of one letter."""

_LONGEST_SELECTION = 80
_TOP_PX = 14
_SIDE_PX = 26


class Finding(QObject):
    """One search at a time. The voice reads on where it is; only the view goes to what is found."""

    left_for_hit = Signal(object)
    """Place: where the reader was before the search, which now stays at a hit."""

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._view: ReadingView = window.view
        self._search = TextSearch(self)
        self._origin: Place | None = None
        self._from = Place(0, 0)
        self._current: Span | None = None
        self._wanted_step = 0
        self._has_moved = False
        self._is_moving = False
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._begin)
        self._marking = QTimer(self, singleShot=True, interval=_MARKING_MS)
        self._marking.timeout.connect(self._mark_bar)
        self._connect()

    def _connect(self) -> None:
        view = self._view
        self._search.found.connect(self._on_found)
        view.layout_changed.connect(self._on_layout_changed)
        view.user_scrolled.connect(self._on_user_scrolled)

    @property
    def is_open(self) -> bool:
        """Whether the bar is there."""
        return "bar" in self.__dict__ and self.bar.isVisibleTo(self._window)

    @cached_property
    def bar(self) -> FindBar:
        """The bar; made when it is first asked for."""
        from reader.ui.wayfinding.find_bar import FindBar

        bar = FindBar(self._window.theme, self._window)
        bar.query_changed.connect(lambda _query: self._typing.start())
        bar.next_wanted.connect(lambda: self.step(1))
        bar.previous_wanted.connect(lambda: self.step(-1))
        bar.stay_wanted.connect(self.stay)
        bar.escaped.connect(self.give_up)
        return bar

    @property
    def current(self) -> Span | None:
        """The hit one is at."""
        return self._current

    def open(self) -> None:
        """Show the bar in place of what else lies over the text; what is selected is looked for."""
        from reader.ui.look.popover import close_overlays

        close_overlays(self._window)
        selection = self._view.selection
        words = ""
        if selection is not None and selection.end - selection.start <= _LONGEST_SELECTION:
            words = " ".join(self._view.selected_text().split())
        if not self.is_open:
            self._origin = self._view.first_visible_place()
            self._has_moved = False
            self._from = self._origin or Place(0, 0)
        if words and selection is not None:
            self._from = selection.first_place
        self._place()
        self.bar.open_with(words)
        self._begin()

    def step(self, direction: int) -> None:
        """Go to the next hit (1) or the one before (-1); open the bar first if it isn't there."""
        if not self.is_open:
            if self.bar.query.is_empty or self._view.selection is not None:
                self.open()
                return
            self._origin = self._from = self._view.first_visible_place() or Place(0, 0)
            self._has_moved = False
            self._place()
            self.bar.show()
            self.bar.raise_()
            self._begin()
            if direction > 0:
                return  # the first hit from here on is the next
        if self._typing.isActive():
            self._begin()
        self._wanted_step += direction
        self._take_wanted_steps()

    def stay(self) -> None:
        """Close the bar and stay at the hit, selected: it can be copied, marked or written on."""
        current, origin = self._current, self._origin
        self._close()
        if current is not None:
            if origin is not None:
                self.left_for_hit.emit(origin)
            self._view.select(current)

    def give_up(self) -> None:
        """Close the bar and go back to where the search began, unless the reader went elsewhere."""
        origin, has_moved = self._origin, self._has_moved
        is_at_hit = self._current is not None
        self._close()
        if origin is not None and is_at_hit and not has_moved:
            self._view.show_at_top(origin)

    def leave_text(self) -> None:
        """Close the bar: another text is shown."""
        if self.is_open:
            self._close()
        self._search.forget()

    def close(self) -> None:
        """Search no more: the window closes."""
        self._typing.stop()
        self._marking.stop()
        self._search.close()

    def _close(self) -> None:
        self._typing.stop()
        self._marking.stop()
        self._search.forget()
        self._current = None
        self._wanted_step = 0
        self.bar.hide()
        self._view.decorate(_GROUP, ())
        self._view.mark_on_bar(())
        self._view.setFocus()

    # the search

    def _begin(self) -> None:
        self._typing.stop()
        document, query = self._view.document, self.bar.query
        if self._current is not None:
            self._from = self._current.first_place
        self._current = None
        self._wanted_step = 0
        if document is None or query.is_empty:
            self._search.stop()
            self._show_nothing()
            return
        self._search.begin(document, query, self._from.section)
        self.bar.show_count("…")

    def _on_found(self) -> None:
        if not self.is_open:
            return
        if self._current is None:
            self._go(self._search.hits.at_or_after(self._from))
        self._take_wanted_steps()
        if not self._marking.isActive():
            self._marking.start()

    def _take_wanted_steps(self) -> None:
        """Go as many hits on as were asked for, as far as they are known by now."""
        hits = self._search.hits
        while self._wanted_step and self._current is not None:
            if self._wanted_step > 0:
                found = hits.after(self._current)
            else:
                found = hits.before(self._current.first_place)
            if found is None:
                break
            self._wanted_step -= 1 if self._wanted_step > 0 else -1
            self._go(found)
        self._show()

    def _go(self, hit: Span | None) -> None:
        if hit is None:
            return
        self._current = hit
        self._has_moved = False
        self._is_moving = True
        self._view.user_scrolled.emit()  # the view goes where the reader wants, not the voice
        self._view.scroll_to(hit.first_place, is_jump=False)
        self._is_moving = False

    # what is shown

    def _show(self) -> None:
        hits = self._search.hits
        self.bar.set_has_hits(hits.count > 0)
        number = None if self._current is None else hits.number_of(self._current)
        whole = f"{hits.count:,}" + ("" if hits.is_complete else "…")
        if number is not None and hits.count:
            self.bar.show_count(f"{number:,} of {whole}")
        elif hits.count:
            self.bar.show_count(whole)
        elif hits.is_complete:
            self.bar.show_count("Nothing found", is_nothing=True)
        else:
            self.bar.show_count("…")
        self._light()

    def _show_nothing(self) -> None:
        self.bar.set_has_hits(False)
        self.bar.show_count("")
        self._view.decorate(_GROUP, ())
        self._view.mark_on_bar(())

    def _light(self) -> None:
        """Light the hits on the screen; the one one is at is filled."""
        shown, hits = self._view.visible_spans(), self._search.hits
        seen = (hit for span in shown for hit in hits.within(span))
        lit = [
            Decoration(hit, Role.SEARCH, "current" if hit == self._current else "")
            for hit in islice(seen, _MOST_LIT)
        ]
        self._view.decorate(_GROUP, lit)

    def _mark_bar(self) -> None:
        document = self._view.document
        if document is None or not self.is_open or self.bar.query.is_empty:
            return
        sections = document.sections
        lengths = [length_of(sections, number) for number in range(len(sections))]
        self._view.mark_on_bar(self._search.hits.marks(lengths, _MOST_MARKS))

    def _on_layout_changed(self) -> None:
        if self.is_open:
            self._place()
            self._light()

    def _on_user_scrolled(self) -> None:
        if not self._is_moving:
            self._has_moved = True

    def _place(self) -> None:
        """Stand beside the column where there is room, else over its head."""
        view, theme, bar = self._view, self._window.theme, self.bar
        column = view.column_rect().translated(view.pos())
        right = self._window.width() - round(theme.px(_SIDE_PX))
        if right - bar.sizeHint().width() < column.right():
            right = min(max(column.right(), bar.sizeHint().width()), right)
        bar.place(right, view.y() + round(theme.px(_TOP_PX)))
