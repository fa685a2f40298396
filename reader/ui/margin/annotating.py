"""Making and changing notes: between the text, the margin, the keys and the notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from reader.annotations.appearance import HIGHLIGHT
from reader.annotations.editing import (
    reattached,
    with_colour,
    with_note,
    with_style,
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
from reader.ui.look.theme import Theme
from reader.ui.margin.margin import Margin
from reader.ui.margin.note_cards import AnchoredNote
from reader.ui.margin.note_making import NoteMaker
from reader.ui.margin.note_saver import RunInBackground
from reader.ui.margin.notebook import Notebook
from reader.ui.margin.passage_marks import PassageMarks
from reader.ui.margin.replying import Replying
from reader.ui.margin.selection_tools import SelectionTools
from reader.ui.view.reading_view import ReadingView
from reader.ui.view.text_selection import trimmed

if TYPE_CHECKING:  # imported once the keys are listened to, and when first asked for
    from PySide6.QtGui import QAction

    from reader.ui.margin.occurrences import Occurrences
    from reader.ui.margin.reshaping import Reshaping

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
    told = Signal(str)
    """A sentence for the user: what was done, or why nothing was."""

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
        self._sentence_now: SentenceNow = _no_sentence
        self.maker = NoteMaker(now)
        self._drafted: AnnotationId | None = None
        self._begun: AnnotationId | None = None
        self.margin = Margin(theme, view)
        self._marks = PassageMarks(theme, view, self.margin, self)
        self._replying = Replying(
            self.margin, lambda: self._notebook, lambda: (self._now(), self.maker.creator), self
        )
        self.tools = SelectionTools(theme, view, self.maker, self)
        self._colour_actions: Sequence[QAction] = ()
        self._connect()

    def _connect(self) -> None:
        view, margin, tools = self._view, self.margin, self.tools
        view.clicked.connect(self._on_text_clicked)
        view.selection_changed.connect(self._on_selection_changed)
        view.selection_finished.connect(self._on_selection_finished)
        margin.card_activated.connect(self._show_passage)
        margin.focus_changed.connect(self._enable_actions)
        margin.note_drafted.connect(self._on_note_drafted)
        margin.note_committed.connect(self._on_note_committed)
        margin.note_abandoned.connect(self._on_note_abandoned)
        margin.colour_chosen.connect(self._colour_note)
        margin.delete_requested.connect(self.delete_note)
        margin.menu_requested.connect(self._on_card_menu_requested)
        margin.link_activated.connect(self.link_activated)
        margin.left.connect(view.setFocus)
        tools.colour_chosen.connect(self.highlight)
        tools.style_chosen.connect(self.mark_in_style)
        tools.note_wanted.connect(self.write_note)
        tools.play_from_wanted.connect(self.play_from_wanted)
        self._marks.ticks_changed.connect(self.ticks_changed)
        self._marks.resize_wanted.connect(self._on_end_dropped)
        self._marks.step_wanted.connect(self._on_end_stepped)
        self._marks.grips_left.connect(self._on_grips_left)

    @cached_property
    def actions(self) -> list[QAction]:
        """What is done by key and from the menu; the keys are listened to once it is asked for."""
        from reader.ui.margin.note_actions import note_actions

        actions, self._colour_actions = note_actions(self, self)
        self._enable_actions()
        return actions

    @cached_property
    def reshaping(self) -> Reshaping:
        """Resizes, merges and splits highlights; made when first asked for."""
        from reader.ui.margin.reshaping import Reshaping

        made = Reshaping(self._view, self.margin, self.maker, lambda: self._notebook, self)
        made.told.connect(self.told)
        return made

    @cached_property
    def occurrences(self) -> Occurrences:
        """Marks every place where a phrase stands; made when first asked for."""
        from reader.ui.margin.occurrences import Occurrences

        made = Occurrences(self._theme, self._view, self.maker, self._run_in_background, self)
        made.told.connect(self.told)
        return made

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
        self.maker.source = source
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
        if self._notebook is not None and self._notebook.note(name) is not None:
            had_keyboard = self.margin.has_keyboard
            self._notebook.remove(name)
            if had_keyboard:
                self._view.setFocus()

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
        self.tools.hide()
        if "occurrences" in self.__dict__:
            self.occurrences.leave_text()
        self._show()

    def set_spoken(self, span: Span | None) -> None:
        """Light the cards whose passages hold the word being heard; none for None."""
        found = [] if span is None or self._notebook is None else self._notebook.index.around(span)
        self.margin.set_spoken(found)

    def set_note_spoken(self, name: AnnotationId | None) -> None:
        """Light the card of a note that is being read, and its passage; None: none is."""
        self.margin.set_spoken(() if name is None else (name,))
        self._marks.set_spoken(name)

    @property
    def ticks(self) -> list[tuple[Place, str]]:
        """Where the progress line has marks, and their colours."""
        return self._marks.ticks

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
        """Highlight the selection, or else the sentence being read; "" for the last colour.

        With a colour what is marked keeps the last style, without one it is a plain highlight.
        """
        self._mark_in(colour, "" if colour else HIGHLIGHT)

    def mark_in_style(self, style: str) -> None:
        """Mark the selection, or else the focused card's passage, or the sentence being read.

        The style that a focused card has already makes way for a plain highlight.
        """
        name = self.margin.focused_card
        annotation = None if self._selected() is not None else self._annotation(name)
        if annotation is None:
            self._mark_in("", style)
        else:
            wanted = HIGHLIGHT if annotation.style == style else style
            self._style_note(annotation.id, wanted)

    def _mark_in(self, colour: str, style: str) -> None:
        self.maker.colour = colour = colour or self.maker.colour
        self.maker.style = style = style or self.maker.style
        now = self._sentence_now()
        spans = self._all_selected() or ([] if now is None else [now])
        if not spans or self._notebook is None:
            return
        wanted: dict[AnnotationId, Annotation | None] = {}
        made_on: dict[AnnotationId, Span] = {}
        for span in spans:
            there = self._notebook.note_on(span, (HIGHLIGHTING, COMMENTING))
            if there is None:
                made = self.maker.highlight(self._notebook.document, span)
                wanted[made.id], made_on[made.id] = made, span
            else:
                coloured = with_colour(there.annotation, colour, self._now())
                changed = with_style(coloured, style, self._now())
                if changed != there.annotation:
                    wanted[changed.id] = changed
        if wanted:
            self._notebook.change_all(wanted, made_on)
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
                self._add(other)
            name = self._add(span)
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
            self._add(span, tags)
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
            made = self.maker.other(self._notebook.document, span, BOOKMARKING)
            self._notebook.add(made, span)
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
            self.delete_note(name)

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

    def move_end(self, *, is_start: bool, is_forward: bool) -> None:
        """Move an end of the focused highlight by a word."""
        self.reshaping.step_end(is_start, is_forward, False)

    def merge(self) -> None:
        """Make one highlight of those selected, or of those that touch the focused one."""
        self.reshaping.merge()

    def split(self) -> None:
        """Cut a highlight at the caret, or at the ends of the selection."""
        self.reshaping.split()

    def mark_every(self) -> None:
        """Ask for a phrase, beginning with the one selected or focused, to mark wherever it is."""
        if self._notebook is None:
            return
        span = self._selected()
        note = None if span is not None else self._annotation(self.margin.focused_card)
        words = self._view.selected_text() if span is not None else ""
        if note is not None and note.target.quote is not None:
            words = note.target.quote.exact
        self.tools.hide()
        self.occurrences.ask(self._notebook, words)

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
        document = self._notebook.document
        found = (trimmed(document, span) for span in self._view.selected_spans)
        return [span for span in found if span is not None]

    def _add(self, span: Span, tags: tuple[str, ...] = ()) -> AnnotationId:
        assert self._notebook is not None
        annotation = self.maker.highlight(self._notebook.document, span, tags=tags)
        self._notebook.add(annotation, span)
        return annotation.id

    def _annotation(self, name: str | None) -> Annotation | None:
        note = None if self._notebook is None else self._notebook.note(name)
        return None if note is None else note.annotation

    def _change(self, annotation: Annotation, *, is_continued: bool = False) -> None:
        before = self._annotation(annotation.id)
        if self._notebook is not None and before is not None and annotation != before:
            self._notebook.change(annotation, is_continued=is_continued)

    def _colour_note(self, name: AnnotationId, colour: str) -> None:
        annotation = self._annotation(name)
        self.maker.colour = colour
        if annotation is not None:
            self._change(with_colour(annotation, colour, self._now()))

    def _style_note(self, name: AnnotationId, style: str) -> None:
        annotation = self._annotation(name)
        self.maker.style = style
        if annotation is not None:
            self._change(with_style(annotation, style, self._now()))

    def _on_end_dropped(self, name: str, place: Place, is_start: bool) -> None:
        self.reshaping.resize(AnnotationId(name), place, is_start=is_start)

    def _on_end_stepped(self, is_start: bool, is_forward: bool, by_character: bool) -> None:
        self.reshaping.step_end(is_start, is_forward, by_character)

    def _on_grips_left(self) -> None:
        self.margin.focus_card(self.margin.focused_card)

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
        self._marks.show(self._notebook)

    def _show_passage(self, name: AnnotationId) -> None:
        span = None if self._notebook is None else self._notebook.span_of(name)
        if span is not None:
            self._view.scroll_to(span.first_place)

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
            self.tools.hide()
        self._enable_actions()

    def _on_selection_finished(self) -> None:
        if self._selected() is None:
            self.tools.hide()
        else:
            self.tools.show()

    def _enable_actions(self) -> None:
        """Take a colour's digit only where there is something to colour."""
        has_object = self._selected() is not None or self.margin.focused_card is not None
        for action in self._colour_actions:
            action.setEnabled(has_object)

    def _on_card_menu_requested(self, name: AnnotationId, position: QPoint) -> None:
        annotation = self._annotation(name)
        if annotation is None:
            return
        from reader.ui.margin.card_menu import PassageDeeds, show_card_menu

        reshaping, quote = self.reshaping, annotation.target.quote
        parts = reshaping.parts()
        deeds = PassageDeeds(
            choose_style=partial(self._style_note, name),
            merge=reshaping.merge if reshaping.mergeable() else None,
            split=reshaping.split if parts is not None and parts[0] == name else None,
            mark_every=self.mark_every if quote is not None and quote.exact else None,
        )
        show_card_menu(self._theme, self.margin, annotation, position, deeds)


def _no_sentence() -> None:
    return None
