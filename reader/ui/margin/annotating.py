"""Making and changing notes: between the text, the margin, the keys and the notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from reader.annotations.editing import (
    NEUTRAL_CREATOR,
    new_annotation,
    reattached,
    with_colour,
    with_note,
    with_tags,
)
from reader.annotations.history import NoteHistory
from reader.annotations.model import (
    BOOKMARKING,
    COMMENTING,
    HIGHLIGHTING,
    Annotation,
    AnnotationId,
)
from reader.annotations.note_steps import Change
from reader.text.document import Document, Place, Span
from reader.ui.look.theme import HIGHLIGHT_COLOURS, Theme
from reader.ui.margin.margin import Margin
from reader.ui.margin.note_cards import AnchoredNote
from reader.ui.margin.note_saver import RunInBackground
from reader.ui.margin.notebook import Notebook
from reader.ui.margin.replying import Replying
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.reading_view import ReadingView

if TYPE_CHECKING:  # imported when a text is first selected
    from PySide6.QtGui import QAction

    from reader.ui.margin.selection_popup import SelectionPopup

SentenceNow = Callable[[], Span | None]
"""Gives the sentence being read, or the one that would be read next."""


def _now() -> datetime:
    return datetime.now(UTC)


class Annotating(QObject):
    """Turns what the user does to text and cards into notes, and shows the notes there are.

    `actions` are to be added to the window, whose menu may show them.
    """

    notes_changed = Signal()
    """`notebook` holds other notes, or others with other words."""
    ticks_changed = Signal(list)
    """(Place, colour) for each note: the marks on the progress line."""
    play_from_wanted = Signal(object)
    """Place: read from here."""
    link_activated = Signal(str)
    """A link in a note was clicked; to be opened only if the user says so."""

    def __init__(
        self,
        theme: Theme,
        view: ReadingView,
        run_in_background: RunInBackground,
        parent: QObject | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = view
        self._run_in_background = run_in_background
        self._now = now
        self._notebook: Notebook | None = None
        self._source = ""
        self._sentence_now: SentenceNow = _no_sentence
        self._colour = HIGHLIGHT_COLOURS[0]
        self.creator = NEUTRAL_CREATOR
        """Who new notes say made them."""
        self._drafted: AnnotationId | None = None
        self._begun: AnnotationId | None = None
        self._spoken_note: AnnotationId | None = None
        self.margin = Margin(theme, view)
        self._replying = Replying(
            self.margin, lambda: self._notebook, lambda: (self._now(), self.creator), self
        )
        self._colour_actions: Sequence[QAction] = ()
        self._connect()

    def _connect(self) -> None:
        view, margin = self._view, self.margin
        view.clicked.connect(self._on_text_clicked)
        view.selection_changed.connect(self._on_selection_changed)
        view.selection_finished.connect(self._on_selection_finished)
        view.layout_changed.connect(self._place_popup)
        margin.card_activated.connect(self._show_passage)
        margin.focus_changed.connect(self._on_card_focused)
        margin.note_drafted.connect(self._on_note_drafted)
        margin.note_committed.connect(self._on_note_committed)
        margin.note_abandoned.connect(self._on_note_abandoned)
        margin.colour_chosen.connect(self._colour_note)
        margin.delete_requested.connect(self._delete_note)
        margin.menu_requested.connect(self._on_card_menu_requested)
        margin.link_activated.connect(self.link_activated)
        margin.left.connect(view.setFocus)

    @cached_property
    def actions(self) -> list[QAction]:
        """What is done by key and from the menu; the keys are listened to once it is asked for."""
        from reader.ui.margin.note_actions import note_actions

        actions, self._colour_actions = note_actions(self, self)
        self._enable_actions()
        return actions

    @cached_property
    def popup(self) -> SelectionPopup:
        """What floats beside a selection; made at the first one."""
        from reader.ui.margin.selection_popup import SelectionPopup

        popup = SelectionPopup(self._theme, self._view.viewport())
        popup.colour_chosen.connect(self.highlight)
        popup.note_wanted.connect(self.write_note)
        popup.copy_wanted.connect(self._copy)
        popup.play_wanted.connect(self._play_selection)
        return popup

    def _hide_popup(self) -> None:
        if "popup" in self.__dict__:
            self.popup.hide()

    # The text

    def open(
        self,
        document: Document,
        source: str,
        history: NoteHistory,
        notes: Iterable[AnchoredNote],
        sentence_now: SentenceNow,
    ) -> None:
        """Show the notes of the text the view shows; `source` is the text's IRI in new notes."""
        self.close()
        self._source = source
        self._sentence_now = sentence_now
        self._notebook = Notebook(document, history, notes, self._run_in_background, self)
        self._notebook.cards_changed.connect(self._show_cards)
        self._notebook.passages_changed.connect(self._show_passages)
        self._notebook.taken_back.connect(self._on_taken_back)
        self._show()

    def show_note(self, name: AnnotationId) -> bool:
        """Focus a note's card and show its passage; return whether there is such a note."""
        if self._notebook is None or self._notebook.note(name) is None:
            return False
        if self._notebook.root_of(name) != name:
            self._notebook.unfold_thread(name, is_unfolded=True)
        self.margin.focus_card(name)
        self._show_passage(name)
        return True

    def delete_note(self, name: AnnotationId) -> None:
        """Remove a note; undo brings it back."""
        self._delete_note(name)

    def bring_back(self, annotation: Annotation) -> None:
        """Have a note that was removed again, as it was."""
        if self._notebook is not None:
            self._notebook.change(annotation)

    def settle_place(self, name: AnnotationId, span: Span | None) -> None:
        """Take it from the user that a note's passage is `span`, or the one it was found at."""
        note = None if self._notebook is None else self._notebook.note(name)
        if self._notebook is None or note is None:
            return
        if span is None or span == note.span:
            self._notebook.confirm(name)
        else:
            document = self._notebook.document
            moved = reattached(note.annotation, document, span, self._now())
            self._notebook.attach(moved, span)

    def attach_to_selection(self, name: AnnotationId) -> bool:
        """Give a note the selected passage; return whether anything is selected."""
        span = self._selected()
        if span is None:
            return False
        self.settle_place(name, span)
        self._view.select(None)
        return True

    def finish_editing(self) -> None:
        """End the writing, if any; what was written becomes the note."""
        self.margin.finish_editing()

    def close(self) -> None:
        """Leave the text: what is being written is kept, and everything is on disk.

        Raises:
            SottovoceError: something can't be saved; the text stays open.
        """
        self.margin.finish_editing()
        if self._notebook is None:
            return
        self._notebook.flush()
        self._notebook.deleteLater()
        self._notebook = None
        self._sentence_now = _no_sentence
        self._hide_popup()
        self._show()

    def set_spoken(self, span: Span | None) -> None:
        """Light the cards whose passages hold the word being heard; none for None."""
        found = [] if span is None or self._notebook is None else self._notebook.index.around(span)
        self.margin.set_spoken(found)

    def set_note_spoken(self, name: AnnotationId | None) -> None:
        """Light the card of a note that is being read, and its passage; None: none is."""
        self._spoken_note = name
        self.margin.set_spoken(() if name is None else (name,))
        self._mark_active()

    @property
    def ticks(self) -> list[tuple[Place, str]]:
        """Where the progress line has marks, and their colours."""
        return [] if self._notebook is None else self._notebook.ticks

    @property
    def notebook(self) -> Notebook | None:
        """The notes of the text that is open; None where none can be made."""
        return self._notebook

    @property
    def is_writing(self) -> bool:
        """Whether a card is open for writing."""
        return self.margin.edited_card is not None

    @property
    def is_saved(self) -> bool:
        """Whether everything is on disk."""
        return self._notebook is None or self._notebook.is_saved

    # What the user can do

    def highlight(self, colour: str = "") -> None:
        """Highlight the selection, or else the sentence being read; "" for the last colour."""
        colour = colour or self._colour
        self._colour = colour
        now = self._sentence_now()
        spans = self._all_selected() or ([] if now is None else [now])
        if not spans or self._notebook is None:
            return
        for span in spans:
            there = self._notebook.note_on(span, (HIGHLIGHTING, COMMENTING))
            if there is not None:
                self._colour_note(there.annotation.id, colour)
            else:
                self._add(span, HIGHLIGHTING, colour)
        self._view.select(None)

    def write_note(self) -> None:
        """Write a note on the selection, in the focused card, or on the sentence being read."""
        span = self._selected()
        others = self._all_selected()[1:]
        if self._notebook is None:
            return
        if span is None and self.margin.focused_card is not None:
            self.margin.edit_card(self.margin.focused_card)
            return
        span = span or self._sentence_now()
        if span is None:
            return
        there = self._notebook.note_on(span, (HIGHLIGHTING, COMMENTING))
        if there is not None:
            name = there.annotation.id
        else:
            for other in others:  # a note belongs to one section; the rest is highlighted
                self._add(other, HIGHLIGHTING, self._colour)
            name = self._add(span, HIGHLIGHTING, self._colour)
            self._begun = name
        self._view.select(None)
        self._view.scroll_to(span.first_place)
        self.margin.edit_card(name)

    def mark(self, span: Span, tags: tuple[str, ...]) -> None:
        """Highlight a passage and tag it; one that is highlighted already gets the tags."""
        if self._notebook is None:
            return
        there = self._notebook.note_on(span, (HIGHLIGHTING, COMMENTING))
        if there is None:
            self._add(span, HIGHLIGHTING, self._colour, tags)
        else:
            wanted = dict.fromkeys((*there.annotation.tags, *tags))
            self._change(with_tags(there.annotation, tuple(wanted), self._now()))

    def edit(self, name: AnnotationId) -> None:
        """Show a note's passage and write in its card."""
        self._show_passage(name)
        self.margin.edit_card(name)

    def toggle_bookmark(self) -> None:
        """Bookmark the selection, or else the place being read; a second time takes it away."""
        span = self._selected()
        if span is None:
            sentence = self._sentence_now()
            if sentence is not None:
                span = Span(sentence.section, sentence.start, sentence.start)
        if span is None or self._notebook is None:
            return
        there = self._notebook.note_on(span, (BOOKMARKING,))
        if there is not None:
            self._notebook.remove(there.annotation.id)
        else:
            self._add(span, BOOKMARKING, None)
        self._view.select(None)

    def reply(self) -> None:
        """Write a reply to the focused card's note."""
        if self.margin.focused_card is not None:
            self._replying.reply(self.margin.focused_card)

    def delete(self) -> None:
        """Delete the focused card's note, or else the shortest highlight at the caret."""
        name = self.margin.focused_card
        caret = self._view.caret
        if name is None and self._notebook is not None and caret is not None:
            name = next(iter(self._notebook.index.at(caret)), None)
        if name is not None:
            self._delete_note(name)

    def undo(self) -> None:
        """Take back the last thing done to a note."""
        if self._notebook is not None:
            self._notebook.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        if self._notebook is not None:
            self._notebook.redo()

    def choose_colour(self, colour: str) -> None:
        """Highlight the selection in `colour`, or else give it to the focused card."""
        name = self.margin.focused_card
        if self._selected() is not None:
            self.highlight(colour)
        elif name is not None:
            self._colour_note(name, colour)

    def focus_next_note(self, step: int) -> None:
        """Focus the next (1) or previous (-1) card and show its passage."""
        name = self.margin.step_focus(step)
        if name is not None:
            self._show_passage(name)

    # Notes

    def _selected(self) -> Span | None:
        """Return the first of what is selected; None if nothing is."""
        return next(iter(self._all_selected()), None)

    def _all_selected(self) -> list[Span]:
        """Return what is selected, section by section, without the white space at its ends."""
        if self._notebook is None:
            return []
        found = []
        for span in self._view.selected_spans:
            text = self._notebook.document.sections[span.section].text[span.start : span.end]
            start = span.start + len(text) - len(text.lstrip())
            end = span.end - (len(text) - len(text.rstrip()))
            if start < end:
                found.append(Span(span.section, start, end))
        return found

    def _add(
        self, span: Span, motivation: str, colour: str | None, tags: tuple[str, ...] = ()
    ) -> AnnotationId:
        assert self._notebook is not None
        annotation = new_annotation(
            self._notebook.document,
            span,
            motivation,
            source=self._source,
            created=self._now(),
            tags=tags,
            colour=colour,
            creator=self.creator,
        )
        self._notebook.add(annotation, span)
        return annotation.id

    def _annotation(self, name: str) -> Annotation | None:
        note = None if self._notebook is None else self._notebook.note(name)
        return None if note is None else note.annotation

    def _change(self, annotation: Annotation, *, is_continued: bool = False) -> None:
        before = self._annotation(annotation.id)
        if self._notebook is not None and before is not None and annotation != before:
            self._notebook.change(annotation, is_continued=is_continued)

    def _colour_note(self, name: AnnotationId, colour: str) -> None:
        annotation = self._annotation(name)
        self._colour = colour
        if annotation is not None:
            self._change(with_colour(annotation, colour, self._now()))

    def _delete_note(self, name: AnnotationId) -> None:
        if self._notebook is not None and self._notebook.note(name) is not None:
            had_keyboard = self.margin.has_keyboard
            self._notebook.remove(name)
            if had_keyboard:
                self._view.setFocus()

    def _on_note_drafted(self, name: AnnotationId, note: str, tags: tuple[str, ...]) -> None:
        annotation = self._annotation(name)
        if annotation is None:
            return
        now = self._now()
        written = with_tags(with_note(annotation, note, now), tags, now)
        self._change(written, is_continued=self._drafted == name)
        if written != annotation:
            self._drafted = name

    def _on_note_committed(self, name: AnnotationId, note: str, tags: tuple[str, ...]) -> None:
        self._on_note_drafted(name, note, tags)
        self._drafted = None
        self._replying.drop_if_empty(name)

    def _on_note_abandoned(self, name: AnnotationId) -> None:
        if name == self._begun and self._notebook is not None:
            self._notebook.undo()
            self._view.setFocus()
        self._begun = None

    # What is shown

    def _show(self) -> None:
        self._show_cards()
        self._show_passages()

    def _show_cards(self) -> None:
        self.margin.show_cards([] if self._notebook is None else self._notebook.cards)
        self.notes_changed.emit()

    def _show_passages(self) -> None:
        notebook = self._notebook
        self._view.decorate("notes", [] if notebook is None else notebook.decorations)
        self._mark_active()
        self.ticks_changed.emit(self.ticks)

    def _mark_active(self) -> None:
        """Mark the passages of the focused card and of the note being read in the text."""
        marks = []
        for name in {self.margin.focused_card, self._spoken_note}:
            note = None if self._notebook is None else self._notebook.note(name)
            if note is not None and note.span is not None and not note.span.is_empty:
                marks.append(Decoration(note.span, Role.ACTIVE, note.annotation.colour))
        self._view.decorate("active-note", marks)

    def _show_passage(self, name: AnnotationId) -> None:
        span = None if self._notebook is None else self._notebook.span_of(name)
        if span is not None:
            self._view.scroll_to(span.first_place)

    def _on_card_focused(self) -> None:
        self._mark_active()
        self._enable_actions()

    def _on_taken_back(self, changes: Iterable[Change]) -> None:
        """Show where undo or redo did something."""
        for change in changes:
            if change.after is not None:
                self.margin.focus_card(change.id, takes_keyboard=False)
                self._show_passage(change.id)
                return

    def _on_text_clicked(self, place: Place) -> None:
        names = [] if self._notebook is None else self._notebook.index.at(place)
        focused = self.margin.focused_card
        wanted = names[0] if names else None
        if focused in names:  # where highlights lie over each other, clicks go through them
            wanted = names[(names.index(focused) + 1) % len(names)]
        self.margin.focus_card(wanted, takes_keyboard=False)

    def _on_selection_changed(self, span: Span | None) -> None:
        if span is None:
            self._hide_popup()
        self._enable_actions()

    def _on_selection_finished(self) -> None:
        if self._selected() is None:
            self._hide_popup()
        else:
            self.popup.show()
            self._place_popup()

    def _place_popup(self) -> None:
        span = self._view.selection
        if span is None or "popup" not in self.__dict__ or self.popup.isHidden():
            return
        boxes = [box for span in self._view.selected_spans for box in self._view.rects_of(span)]
        if boxes:
            self.popup.show_beside(boxes[-1])
        else:
            self._hide_popup()

    def _copy(self) -> None:
        self._view.copy()
        self._hide_popup()

    def _play_selection(self) -> None:
        span = self._selected()
        self._hide_popup()
        if span is not None:
            self.play_from_wanted.emit(span.first_place)

    def _enable_actions(self) -> None:
        """Take a colour's digit only where there is something to colour."""
        has_object = self._selected() is not None or self.margin.focused_card is not None
        for action in self._colour_actions:
            action.setEnabled(has_object)

    def _on_card_menu_requested(self, name: AnnotationId, position: QPoint) -> None:
        annotation = self._annotation(name)
        if annotation is not None:
            from reader.ui.margin.card_menu import show_card_menu

            show_card_menu(self._theme, self.margin, annotation, position)


def _no_sentence() -> None:
    return None
