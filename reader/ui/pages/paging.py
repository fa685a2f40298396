"""Shows the pages of the text in place of the text, and the text again, at the same passage."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from reader.text.document import Document, Place, Span
from reader.ui.margin.annotating import Annotating
from reader.ui.pages.page_view import PageView
from reader.ui.window.main_window import MainWindow


class Paging(QObject):
    """Made when the pages are first asked for. The view of the text stays what all others know."""

    def __init__(self, window: MainWindow, annotating: Annotating) -> None:
        super().__init__(window)
        self._window = window
        self._text = window.view
        self._annotating = annotating
        self._is_following = True
        self._brought = Place(0, 0)
        self._comes_back = False
        """Whether the pages are away only while a note is written."""
        self.view = PageView(window.theme, window)
        self.view.hide()
        self._connect()

    def _connect(self) -> None:
        text, pages = self._text, self.view
        pages.place_pressed.connect(text.place_pressed)
        pages.clicked.connect(self._take_click)
        pages.place_activated.connect(text.place_activated)
        pages.spans_selected.connect(text.select_spans)
        pages.selection_finished.connect(text.finish_selection)
        pages.copy_wanted.connect(text.copy)
        pages.user_scrolled.connect(text.user_scrolled)
        pages.settled.connect(self._keep_text_near)
        text.selection_changed.connect(lambda _span: pages.select(text.selected_spans))
        text.decorated.connect(self._decorate)
        text.brought_into_view.connect(self._follow)
        pages.context_menu_requested.connect(text.context_menu_requested)
        # once whoever began or ended the writing is done
        self._annotating.margin.editing_changed.connect(
            self._make_room_for_writing, Qt.ConnectionType.QueuedConnection
        )

    @property
    def is_on(self) -> bool:
        """Whether the pages are shown."""
        return self.view.isVisibleTo(self._window)

    def toggle(self) -> None:
        """Show the pages, or the text again."""
        self._comes_back = False
        if self.is_on:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Show the pages, at what the text shows."""
        document = self._text.document
        if document is None or document.printed is None:
            return
        here = self._text.first_visible_place() or Place(0, 0)
        self.view.set_reduced_motion(True)
        self._show(document)
        self.view.follow(Span(here.section, here.offset, here.offset + 1))
        self.view.set_reduced_motion(self._text.is_motion_reduced)

    def _show(self, document: Document) -> None:
        """Show the pages where they stood, with what is to be seen on them now."""
        self._window.show_over_text(self.view)
        self.view.show_pages(document)
        for group, decorations in self._text.decorations().items():
            self.view.decorate(group, decorations)
        self.view.select(self._text.selected_spans)
        self._annotating.stand_on(self.view)
        self.view.setFocus()

    def _take_click(self, place: Place) -> None:
        self._text.set_caret(place)
        self._text.clicked.emit(place)

    def leave(self) -> None:
        """Show the text, at what the pages show."""
        if not self.is_on:
            return
        here = self.view.first_visible_place()
        self._show_text()
        self._text.setFocus()
        if here is not None:
            self._text.scroll_to(here, animated=False, is_jump=False)

    def _show_text(self) -> None:
        self._window.show_over_text(None)
        self._annotating.stand_on(self._text)

    def take_up(self) -> None:
        """Show the pages of the text that was opened in place of those before, if it has any."""
        document = self._text.document
        if self.is_on:
            if document is None or document.printed is None:
                self.leave()
            else:
                self.enter()

    def close(self) -> None:
        """End what is under way: the window closes."""
        self.view.close_supply()

    def _decorate(self, group: str) -> None:
        if self.is_on:
            self.view.decorate(group, self._text.decorations_of(group))

    def _keep_text_near(self, place: Place) -> None:
        """Have the text stand where the pages do: others ask it where the reader is."""
        self._is_following = False
        self._text.scroll_to(place, animated=False, is_jump=False)
        self._is_following = True

    def _make_room_for_writing(self) -> None:
        """Show the text while a note is written, whose card stands there, then the pages again."""
        is_writing = self._annotating.margin.edited_card is not None
        if is_writing and self.is_on:
            passage = self._brought
            self._show_text()
            self._text.scroll_to(passage, animated=False, is_jump=False)
            self._annotating.margin.editor.note.setFocus()
            self._comes_back = True
        elif self._comes_back and not is_writing:
            self._comes_back = False
            document = self._text.document
            if document is not None and document.printed is not None:
                self._show(document)

    def _follow(self, place: Place) -> None:
        self._brought = place
        if self.is_on and self._is_following:
            self.view.follow(Span(place.section, place.offset, place.offset + 1))
