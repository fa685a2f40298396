"""The notes of the open text at work: shown in text and margin, changed from there and by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from reader.annotations.editing import reattached
from reader.annotations.history import NoteHistory
from reader.annotations.model import Annotation, AnnotationId
from reader.annotations.note_steps import Change
from reader.text.document import Document, Place, Span
from reader.ui.background import RunBeside
from reader.ui.look.theme import Theme
from reader.ui.margin.margin import Margin
from reader.ui.margin.marking.passage_marking import PassageMarking
from reader.ui.margin.marking.passage_marks import PassageMarks
from reader.ui.margin.marking.selection_tools import SelectionTools
from reader.ui.margin.note_cards import AnchoredNote, Tick, doubt_about
from reader.ui.margin.note_making import NoteMaker
from reader.ui.margin.note_writing import NoteWriting
from reader.ui.margin.notebook import Notebook
from reader.ui.margin.notes_at_hand import NotesAtHand, SentenceNow, no_sentence
from reader.ui.view.reading_view import ReadingView

if TYPE_CHECKING:  # imported when first asked for
    from reader.ui.margin.marking.occurrences import Occurrences
    from reader.ui.margin.marking.reshaping import Reshaping
    from reader.ui.view.passage_surface import PassageSurface


def _now() -> datetime:
    return datetime.now(UTC)


NO_LINK = "There is no link in this note, and none leads to it."
NO_CARD_TO_FOLLOW = "Click a note first: this key goes where its link leads."


class Annotating(QObject):
    """Turns what the user does to text and cards into notes, and shows the notes there are."""

    notes_changed = Signal()
    """`notebook` holds other notes, or others with other words."""
    notes_saved = Signal()
    """More of what was changed is on disk, where whoever looks at all texts' notes reads it."""
    ticks_changed = Signal()
    """`ticks`, the marks on the progress line, gives something else."""
    play_from_wanted = Signal(object)
    """Place: read from here."""
    link_activated = Signal(str)
    """A link in a note was clicked; to be opened only if the user says so."""
    can_mark_changed = Signal()
    """`can_mark` may be something else now."""
    taken_back = Signal()
    """What was last done to notes: what was told of it is so no longer."""
    told = Signal(str)
    """A sentence for the user: what was done, or why nothing was."""

    def __init__(
        self,
        theme: Theme,
        view: ReadingView,
        run_in_background: RunBeside,
        parent: QObject | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = view
        self._run_in_background = run_in_background
        self.maker = NoteMaker(now)
        self.margin = Margin(theme, view)
        self.at_hand = NotesAtHand(view, self.margin)
        self.marking = PassageMarking(self.at_hand, self.maker)
        self.writing = NoteWriting(self.at_hand, self.maker, self.marking, self)
        self._marks = PassageMarks(theme, view, self.margin, self)
        self.tools = SelectionTools(theme, view, self.maker, self)
        self._connect()

    def _connect(self) -> None:
        view, margin, tools = self._view, self.margin, self.tools
        view.clicked.connect(self._on_text_clicked)
        view.selection_changed.connect(self._on_selection_changed)
        view.selection_finished.connect(self._on_selection_finished)
        margin.card_activated.connect(self._show_passage)
        margin.focus_changed.connect(self.can_mark_changed)
        view.caret_moved.connect(self.can_mark_changed)
        margin.colour_chosen.connect(self.marking.give_colour)
        margin.delete_requested.connect(self.delete_note)
        margin.menu_requested.connect(self._on_card_menu_requested)
        margin.link_activated.connect(self.link_activated)
        margin.left.connect(view.setFocus)
        tools.colour_chosen.connect(self.marking.highlight)
        tools.style_chosen.connect(self.marking.mark_in_style)
        tools.note_wanted.connect(self.writing.write_note)
        tools.play_from_wanted.connect(self.play_from_wanted)
        self._marks.ticks_changed.connect(self.ticks_changed)
        self._marks.resize_wanted.connect(self._on_end_dropped)
        self._marks.step_wanted.connect(self._on_end_stepped)
        self._marks.grips_left.connect(self._on_grips_left)

    @cached_property
    def reshaping(self) -> Reshaping:
        """Resizes, merges and splits highlights; made when first asked for."""
        from reader.ui.margin.marking.reshaping import Reshaping

        made = Reshaping(self.at_hand, self.maker, self)
        made.told.connect(self.told)
        return made

    @cached_property
    def occurrences(self) -> Occurrences:
        """Marks every place where a phrase stands; made when first asked for."""
        from reader.ui.margin.marking.occurrences import Occurrences

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
        *,
        is_whole: bool = True,
    ) -> None:
        """Show the notes of the text the view shows; `source` is the text's IRI in new notes.

        If they aren't all, `notebook.complete` is to follow.
        """
        self.close()
        self.maker.source = source
        self.at_hand.sentence_now = sentence_now
        self.at_hand.notebook = notebook = Notebook(
            document, history, notes, self._run_in_background, self, is_whole=is_whole
        )
        notebook.cards_changed.connect(self._show_cards)
        notebook.passages_changed.connect(self._marks.show_changes)
        notebook.saved.connect(self.notes_saved)
        notebook.taken_back.connect(self._on_taken_back)
        self._show()

    def stand_on(self, surface: PassageSurface) -> None:
        """Have grips and the pop-up of a selection on the text or its pages, whichever is shown."""
        self._marks.stand_on(surface)
        self.tools.stand_on(surface)

    def show_note(self, name: AnnotationId) -> bool:
        """Focus a note's card and show its passage; return whether there is such a note.

        Of one that was merged into another, that other one.
        """
        holder = None if self.notebook is None else self.notebook.holder_of(name)
        if self.notebook is None or holder is None:
            return False
        if self.notebook.root_of(holder) != holder:
            self.notebook.unfold_thread(holder, is_unfolded=True)
        self.margin.focus_card(holder)
        self._show_passage(holder)
        return True

    def delete_note(self, name: AnnotationId) -> None:
        """Remove a note; undo brings it back."""
        if self.notebook is not None and self.notebook.note(name) is not None:
            had_keyboard = self.margin.has_keyboard
            self.notebook.remove(name)
            if had_keyboard:
                self._view.setFocus()

    def bring_back(self, annotation: Annotation) -> None:
        """Have a note that was removed again, as it was."""
        if self.notebook is not None:
            self.notebook.change(annotation)

    def settle_place(self, name: AnnotationId, span: Span | None) -> None:
        """Take it from the user that a note's passage is `span`, or the one it was found at."""
        note = None if self.notebook is None else self.notebook.note(name)
        if self.notebook is None or note is None:
            return
        if span is None or span == note.span:
            self.notebook.confirm(name)
        else:
            document = self.notebook.document
            moved = reattached(note.annotation, document, span, self.maker.now())
            self.notebook.attach(moved, span)

    def attach_to_selection(self, name: AnnotationId) -> bool:
        """Give a note the selected passage; return whether anything is selected."""
        span = self.at_hand.selected
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
        if self.notebook is None:
            return
        self.notebook.flush()
        self.notebook.deleteLater()
        self.at_hand.notebook = None
        self.at_hand.sentence_now = no_sentence
        self.tools.hide()
        if "occurrences" in self.__dict__:
            self.occurrences.leave_text()
        self._show()

    def set_spoken(self, span: Span | None) -> None:
        """Light the cards whose passages hold the word being heard; none for None."""
        found = [] if span is None or self.notebook is None else self.notebook.index.around(span)
        self.margin.set_spoken(found)

    def set_note_spoken(self, name: AnnotationId | None) -> None:
        """Light the card of a note that is being read, and its passage; None: none is."""
        self.margin.set_spoken(() if name is None else (name,))
        self._marks.set_spoken(name)

    @property
    def ticks(self) -> Sequence[Tick]:
        """Where the progress line has marks, and their colours."""
        return self._marks.ticks

    @property
    def notebook(self) -> Notebook | None:
        """The notes of the text that is open; None where none can be made."""
        return self.at_hand.notebook

    @property
    def can_mark(self) -> bool:
        """Whether something can be given a colour: selected words, a card, what one clicked."""
        at_hand = self.at_hand
        is_meant = self.margin.focused_card or self.marking.just_marked or at_hand.at_caret()
        return bool(at_hand.selected or is_meant)

    @property
    def is_writing(self) -> bool:
        """Whether a card is open for writing."""
        return self.margin.edited_card is not None

    @property
    def is_saved(self) -> bool:
        """Whether everything is on disk."""
        return self.notebook is None or self.notebook.is_saved

    @property
    def is_at_work(self) -> bool:
        """Whether there is something that isn't on disk yet, or may be about to be."""
        is_at_rest = self.notebook is None or self.notebook.is_at_rest
        return self.is_writing or not is_at_rest

    # What the user can do

    def edit(self, name: AnnotationId) -> None:
        """Show a note's passage and write in its card."""
        self._show_passage(name)
        self.margin.edit_card(name)

    def delete(self) -> None:
        """Delete the focused card's note, or else the shortest highlight at the caret."""
        name = self.margin.focused_card
        caret = self._view.caret
        if name is None and self.notebook is not None and caret is not None:
            name = next(iter(self.notebook.index.at(caret)), None)
        if name is not None:
            self.delete_note(name)

    def undo(self) -> None:
        """Take back the last thing done to a note."""
        if self.notebook is not None:
            self.notebook.undo()
            self.taken_back.emit()

    def redo(self) -> None:
        """Do again what was undone last."""
        if self.notebook is not None:
            self.notebook.redo()

    def move_end(self, *, is_start: bool, is_forward: bool) -> None:
        """Move an end of the focused highlight by a word."""
        self.reshaping.step_end(is_start, is_forward, False)

    def mark_every(self) -> None:
        """Ask for a phrase, beginning with the one selected or focused, to mark wherever it is."""
        if self.notebook is None:
            return
        span = self.at_hand.selected
        note = None if span is not None else self.at_hand.focused
        words = self._view.selected_text() if span is not None else ""
        if note is not None and note.target.quote is not None:
            words, span = note.target.quote.exact, self.notebook.span_of(note.id)
        self.tools.hide()
        self.occurrences.ask(self.notebook, words, span)

    def follow_link(self) -> None:
        """Go where the focused card's note links to, or come from; of several the user chooses."""
        name = self.margin.focused_card
        links = self.margin.links_of(name)
        if name is None or not links:
            self.told.emit(NO_LINK if name else NO_CARD_TO_FOLLOW)
        elif len(links) == 1:
            self.link_activated.emit(links[0].address)
        else:
            from reader.ui.margin.cards.card_menu import show_links

            show_links(self._theme, self.margin, name)

    def focus_next_note(self, step: int) -> None:
        """Focus the next (1) or previous (-1) card and show its passage."""
        name = self.margin.step_focus(step)
        if name is not None:
            self._show_passage(name)

    def _on_end_dropped(self, name: str, place: Place, is_start: bool) -> None:
        self.reshaping.resize(AnnotationId(name), place, is_start=is_start)

    def _on_end_stepped(self, is_start: bool, is_forward: bool, by_character: bool) -> None:
        self.reshaping.step_end(is_start, is_forward, by_character)

    def _on_grips_left(self) -> None:
        self.margin.focus_card(self.margin.focused_card)

    # What is shown

    def _show(self) -> None:
        self._show_cards()
        self._marks.show(self.notebook)

    def _show_cards(self) -> None:
        if self.notebook is None:
            self.margin.clear()
        else:
            self.margin.change_cards(self.notebook.take_card_changes())
        self.notes_changed.emit()

    def _show_passage(self, name: AnnotationId) -> None:
        span = None if self.notebook is None else self.notebook.span_of(name)
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
        names = [] if self.notebook is None else self.notebook.index.at(place)
        focused = self.margin.focused_card
        wanted = names[0] if names else None
        if focused in names:  # where highlights lie over each other, clicks go through them
            wanted = names[(names.index(focused) + 1) % len(names)]
        self.margin.focus_card(wanted, takes_keyboard=False)

    def _on_selection_changed(self, span: Span | None) -> None:
        if span is None:
            self.tools.hide()
        self.can_mark_changed.emit()

    def _on_selection_finished(self) -> None:
        if self.at_hand.selected is None:
            self.tools.hide()
        else:
            self.tools.show()

    def _on_card_menu_requested(self, name: AnnotationId, position: QPoint) -> None:
        annotation = self.at_hand.annotation(name)
        if annotation is None:
            return
        from reader.ui.margin.cards.card_menu import PassageDeeds, show_card_menu

        reshaping, quote = self.reshaping, annotation.target.quote
        parts = reshaping.parts()
        note = None if self.notebook is None else self.notebook.note(name)
        is_reply = annotation.answered is not None
        is_unsure = note is not None and not is_reply and bool(doubt_about(note))
        has_place = note is not None and note.span is not None
        deeds = PassageDeeds(
            choose_style=partial(self.marking.give_style, name),
            merge=reshaping.merge if reshaping.mergeable() else None,
            split=reshaping.split if parts is not None and parts[0] == name else None,
            mark_every=self.mark_every if quote is not None and quote.exact else None,
            is_unsure=is_unsure,
            confirm=partial(self.settle_place, name, None) if has_place else None,
            attach=partial(self.attach_to_selection, name) if self.at_hand.selected else None,
        )
        show_card_menu(self._theme, self.margin, annotation, position, deeds)
