"""Marks every place where a phrase stands, with the same note if there is one, as one step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from reader.annotations.model import COMMENTING, HIGHLIGHTING, Annotation, AnnotationId
from reader.app.wording import sentence_for
from reader.errors import SottovoceError
from reader.text.document import Document, Place, Span
from reader.text.finding import FindQuery
from reader.text.word_edges import has_whole_words
from reader.ui.background import RunBeside
from reader.ui.look.theme import Theme
from reader.ui.margin.marking.occurrences_popover import MOST, OccurrencesPopover
from reader.ui.margin.note_making import NoteMaker
from reader.ui.margin.notebook import Notebook
from reader.ui.view.reading_view import ReadingView
from reader.ui.wayfinding.text_search import TextSearch

_Made = tuple[dict[AnnotationId, Annotation | None], dict[AnnotationId, Span]]


class Occurrences(QObject):
    """Asks for a phrase, says how often it stands in the text, and marks what isn't marked yet.

    It is found as in the bar one finds with: accents, quotation marks and spaces never count.
    """

    told = Signal(str)
    """A sentence for the user: how many were marked, or why none."""

    def __init__(
        self,
        theme: Theme,
        view: ReadingView,
        maker: NoteMaker,
        run_in_background: RunBeside,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = view
        self._maker = maker
        self._run_in_background = run_in_background
        self._notebook: Notebook | None = None
        self._popover: OccurrencesPopover | None = None
        self._search = TextSearch(self)
        self._search.found.connect(self._on_found)

    @property
    def popover(self) -> OccurrencesPopover | None:
        """What asks, while it is open."""
        return self._popover if self._popover is not None and isValid(self._popover) else None

    def ask(self, notebook: Notebook, words: str, span: Span | None = None) -> OccurrencesPopover:
        """Open the popover with these words in it, which stand at `span` if they do anywhere.

        Of a part of a word, other parts of words are looked for.
        """
        self._notebook = notebook
        is_whole = span is None or has_whole_words(notebook.document, span)
        phrase = " ".join(words.split())
        popover = OccurrencesPopover(self._theme, self._view.window(), phrase, is_whole=is_whole)
        popover.looks.show_look(self._maker.colour, self._maker.style)
        popover.query_changed.connect(self._find)
        popover.look_chosen.connect(self._on_look_chosen)
        popover.wanted.connect(self._mark)
        popover.closed.connect(self._search.stop)
        self._popover = popover
        popover.open_at(self._view)
        self._find(popover.query)
        return popover

    def leave_text(self) -> None:
        """Ask no more: another text is shown."""
        self._notebook = None
        self._search.forget()
        if self.popover is not None:
            self.popover.close()

    def _on_look_chosen(self, colour: str, style: str) -> None:
        self._maker.colour = colour or self._maker.colour
        self._maker.style = style or self._maker.style
        if self.popover is not None:
            self.popover.looks.show_look(self._maker.colour, self._maker.style)

    def _find(self, query: FindQuery) -> None:
        if self._notebook is None or query.is_empty:
            self._search.stop()
            if self.popover is not None:
                self.popover.show_count(0, 0, is_complete=True)
            return
        here = self._view.first_visible_place() or Place(0, 0)
        self._search.begin(self._notebook.document, query, here.section)
        self._on_found()

    def _on_found(self) -> None:
        popover, hits = self.popover, self._search.hits
        if popover is None:
            return
        marked = hits.count - len(self._unmarked()) if 0 < hits.count <= MOST else 0
        popover.show_count(hits.count, marked, is_complete=hits.is_complete)

    def _unmarked(self) -> list[Span]:
        """Return where the phrase stands and no highlight lies exactly there."""
        notebook = self._notebook
        if notebook is None:
            return []
        marking = (HIGHLIGHTING, COMMENTING)
        return [span for span in self._search.hits.all() if notebook.note_on(span, marking) is None]

    def _mark(self, note: str) -> None:
        notebook, spans = self._notebook, self._unmarked()
        if notebook is None or not spans:
            return

        def show(made: _Made) -> None:
            wanted, made_on = made
            if notebook is self._notebook:
                notebook.change_all(wanted, made_on)
                self.told.emit(
                    "1 passage is marked." if len(spans) == 1 else f"{len(spans):,} are marked."
                )

        # beside the window's thread: positions count all sections before a passage
        self._run_in_background(
            lambda: _made(self._maker, notebook.document, spans, note), show, self._on_failed
        )

    def _on_failed(self, error: SottovoceError) -> None:
        self.told.emit(sentence_for(error))


def _made(maker: NoteMaker, document: Document, spans: Sequence[Span], note: str) -> _Made:
    notes = [maker.highlight(document, span, note=note) for span in spans]
    wanted: dict[AnnotationId, Annotation | None] = {one.id: one for one in notes}
    return wanted, {one.id: span for one, span in zip(notes, spans, strict=True)}
