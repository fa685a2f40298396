"""The list of notes, of the open text or of all: what it shows, and what comes of using it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from reader.annotations.model import AnnotationId
from reader.errors import SottovoceError
from reader.text.address import Address, address_from
from reader.text.document import Fingerprint, Span
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.desk.notes.notes_as_book import write_book
from reader.ui.desk.notes.removed_notes import RemovedNotes
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.note_cards import AnchoredNote
from reader.ui.margin.notebook import Notebook
from reader.ui.note_list.note_entries import (
    AllTextsEntries,
    NoteEntry,
    OpenTextEntries,
    TextEntries,
)
from reader.ui.note_list.notes_dialog import NotesDialog
from reader.ui.note_list.notes_listing import (
    Choice,
    Group,
    Kind,
    Listing,
    Order,
    listing_of,
)
from reader.ui.window import messages, note_messages

_GATHERING_MS = 60
"""How long changes are gathered before the list is made anew: undo may change many notes."""
_MANY = 1000
"""More notes than this are listed beside the window's thread."""
_FIRST_SHOWN = 100
"""So many notes of all texts are read before the first are shown, then four times as many."""


class _Reading:
    """The notes of all texts while they are read, more of them each time."""

    def __init__(self, texts: Iterator[TextEntries]) -> None:
        self.entries: list[NoteEntry] = []
        self.versions: dict[AnnotationId, Fingerprint] = {}
        """By a note, its text's newest version."""
        self.is_whole = False
        self._texts = texts
        self._room = _FIRST_SHOWN

    def go_on(self) -> None:
        """Read the next texts' notes, and what is known already. Raises StorageUnavailable."""
        room = self._room
        self._room *= 4
        for text in self._texts:
            self.entries += text.entries
            self.versions.update((entry.row.id, text.version) for entry in text.entries)
            room -= len(text.entries) if text.is_new else 0
            if room <= 0:
                return
        self.is_whole = True


class NoteList(QObject):
    """One window at a time; it stays open when another text is opened."""

    def __init__(
        self, parts: DeskParts, annotating: Annotating, follow: Callable[[Address], object]
    ) -> None:
        """`follow` goes to a note of another text."""
        super().__init__(parts.window)
        self._services = parts.services
        self._background = parts.background
        self._listing = parts.background.latest()
        self._window = parts.window
        self._text = parts.text
        self._annotating = annotating
        self._follow = follow
        self._dialog: NotesDialog | None = None
        self._shown_place: Span | None = None
        """Where the note that is chosen may be, as the user was shown last."""
        self._removed = RemovedNotes(parts, annotating, self._listing, self._list, self._on_failed)
        self._open_entries: tuple[Notebook, OpenTextEntries] | None = None
        self._open_notes: tuple[AnchoredNote, ...] | None = None
        """The open text's; None once they have changed."""
        self._all: AllTextsEntries | None = None
        self._one_reader = Lock()
        self._versions: dict[AnnotationId, Fingerprint] = {}
        """By a note of all texts, its text's newest version."""
        self._groups: Sequence[Group] = ()
        self._gathering = QTimer(self, singleShot=True, interval=_GATHERING_MS)
        self._gathering.timeout.connect(self._list)
        annotating.notes_changed.connect(self._on_changed)
        annotating.notes_saved.connect(self._on_saved)

    @property
    def dialog(self) -> NotesDialog | None:
        """The window, while it is open."""
        is_open = self._dialog is not None and isValid(self._dialog) and self._dialog.isVisible()
        return self._dialog if is_open else None

    def show(self, *, is_of_all: bool = False) -> None:
        """Open it, or bring it to the front."""
        dialog = self.dialog
        if dialog is None:
            dialog = self._dialog = NotesDialog(self._window.theme, self._window)
            dialog.asked.connect(self._list)
            dialog.note_chosen.connect(self._on_note_chosen)
            dialog.removal_wanted.connect(self._on_removal_wanted)
            dialog.undo_wanted.connect(lambda: self._annotating.undo())
            dialog.place_shown.connect(self._show_place)
            dialog.place_accepted.connect(self._on_place_accepted)
            dialog.attachment_wanted.connect(self._on_attachment_wanted)
            dialog.return_wanted.connect(lambda name: self._removed.bring_back(AnnotationId(name)))
            dialog.book_wanted.connect(self._read_as_book)
            dialog.filters.show_all(is_of_all)  # which asks for the lines
            dialog.stand_over(self._annotating.margin)
            dialog.show()
            dialog.search.setFocus()
        elif dialog.is_of_all != is_of_all:
            dialog.filters.show_all(is_of_all)
        dialog.activateWindow()

    def close(self) -> None:
        """List nothing more: the window closes."""
        self._annotating.notes_changed.disconnect(self._on_changed)
        self._annotating.notes_saved.disconnect(self._on_saved)
        self._gathering.stop()

    # What is listed

    def _on_changed(self) -> None:
        self._open_notes = None
        self._gathering.start()

    def _on_saved(self) -> None:
        """List anew what is read from the disk, where it may have been missing until now."""
        dialog = self.dialog
        if dialog is not None and (dialog.is_of_all or dialog.choice.kind is Kind.REMOVED):
            self._gathering.start()

    def _list(self) -> None:
        dialog, notebook = self.dialog or self._dialog, self._annotating.notebook
        if dialog is None or not isValid(dialog):
            return
        self._listing.forget()
        if dialog.choice.kind is Kind.REMOVED:
            self._removed.list_in(dialog)
        elif dialog.is_of_all:
            self._list_all(dialog)
        elif notebook is None:
            self._groups = ()
            dialog.show_lines([])
            if self._window.view.document is not None:
                dialog.show_waiting()
        else:
            self._list_open(dialog, notebook)

    def _list_open(self, dialog: NotesDialog, notebook: Notebook) -> None:
        if self._open_entries is None or self._open_entries[0] is not notebook:
            self._open_entries = notebook, OpenTextEntries(notebook.document)
            self._open_notes = None
        entries = self._open_entries[1]
        if self._open_notes is None:
            self._open_notes = tuple(notebook.notes)
        notes, threads = self._open_notes, notebook.threads
        choice, today = dialog.choice, _today()

        def listed() -> Listing:
            with self._one_reader:
                return listing_of(entries.of(notes, threads), choice, today)

        if len(notes) <= _MANY:
            self._show(dialog, listed())
            return
        dialog.show_waiting()
        self._listing.run(listed, partial(self._show, dialog), self._on_failed)

    def _list_all(self, dialog: NotesDialog) -> None:
        """List the notes of all texts: those of the first texts as soon as these are read."""
        dialog.show_waiting()
        self._go_on_listing(dialog, dialog.choice, _Reading(self._of_all_texts()))

    def _of_all_texts(self) -> Iterator[TextEntries]:
        """Yield the notes of all texts, read only as they are asked for; by one thread at a time.

        Raises StorageUnavailable, then.
        """
        if self._all is None:
            self._all = AllTextsEntries(self._services.database)
        yield from self._all.by_text()

    def _go_on_listing(self, dialog: NotesDialog, choice: Choice, reading: _Reading) -> None:
        today = _today()

        def listed() -> Listing:
            with self._one_reader:
                reading.go_on()
            return listing_of(reading.entries, choice, today)

        def show(listing: Listing) -> None:
            self._versions = reading.versions
            if reading.is_whole or choice.order is Order.PLACE:  # else more may come in between
                self._show(dialog, listing, is_whole=reading.is_whole)
            if not reading.is_whole and isValid(dialog):
                self._go_on_listing(dialog, choice, reading)

        self._listing.run(listed, show, self._on_failed)

    def _show(self, dialog: NotesDialog, listing: Listing, *, is_whole: bool = True) -> None:
        if isValid(dialog):
            self._groups = listing.groups
            dialog.filters.offer_tags(listing.tags)
            dialog.show_lines(listing.lines, listing.headings, is_whole=is_whole)

    def _on_failed(self, error: SottovoceError) -> None:
        self._window.messages.show_message(messages.about_storage(error))

    # What is done with it

    def _read_as_book(self) -> None:
        """Open the notes that are listed as a text of their own."""
        dialog, notebook = self.dialog, self._annotating.notebook
        if dialog is None or not self._groups:
            return
        document = None if dialog.is_of_all or notebook is None else notebook.document
        groups, choice, folder = self._groups, dialog.choice, self._services.paths.note_books_dir

        def show(path: Path) -> None:
            self._text.open(path)
            if isValid(dialog):
                dialog.close()  # it would list the book's own notes now

        self._background.run(
            lambda: write_book(folder, groups, choice, document), show, self._on_not_written
        )

    def _on_not_written(self, error: SottovoceError) -> None:
        self._window.messages.show_message(note_messages.about_note_file(error))

    def _on_removal_wanted(self, name: str) -> None:
        notebook, note = self._annotating.notebook, AnnotationId(name)
        if notebook is not None and notebook.note(note) is not None:
            self._annotating.delete_note(note)
        elif note in self._versions:
            self._removed.remove_elsewhere(note, self._versions[note])

    def _on_note_chosen(self, name: str) -> None:
        row = None if self.dialog is None else self.dialog.current
        address = None if row is None else address_from(row.address)
        if address is not None:
            self._follow(address)
        else:
            self._annotating.show_note(AnnotationId(name))

    def _show_place(self, span: Span | None) -> None:
        """Select a place where a passage may be; let go of the one shown before if there is none.

        Left selected it would be taken for what belongs to the note that is chosen then.
        """
        view, shown, self._shown_place = self._window.view, self._shown_place, span
        if span is not None:
            view.scroll_to(span.first_place)
            view.select(span)
        elif view.selected_spans == (shown,):
            view.select(None)

    def _on_place_accepted(self, name: str, span: Span | None) -> None:
        self._shown_place = None
        self._window.view.select(None)
        self._annotating.settle_place(AnnotationId(name), span)

    def _on_attachment_wanted(self, name: str) -> None:
        if not self._annotating.attach_to_selection(AnnotationId(name)):
            self._window.messages.show_message(messages.NOTHING_SELECTED)


def _today() -> date:
    return datetime.now().astimezone().date()
