"""Goes to a note, passage or place of any text, which is opened if it isn't already."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from reader.annotations.model import Annotation, AnnotationId
from reader.errors import SottovoceError
from reader.text.address import Address, text_key
from reader.text.document import Place, Span
from reader.ui.desk.desk_notes import DeskNotes
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.window import messages
from reader.ui.window.messages import Message, Remedy
from reader.values import value


@value
class _Wanted:
    """What is to be shown of a text: a note, else a passage, else a place, else its beginning."""

    path: Path
    note: AnnotationId | None = None
    span: Span | None = None
    address: Address | None = None
    """Leads to a place in the text, unless to all of it."""
    name: str = ""
    """That of a heading or another place, as links to it have it."""
    is_found: bool = False
    """It was looked for: its passage is selected, so that it catches the eye."""


class SpotOpening(QObject):
    """Remembers what is wanted until its text is there; whatever is asked for next is instead."""

    def __init__(self, parts: DeskParts, notes: DeskNotes) -> None:
        super().__init__(parts.window)
        self._services = parts.services
        self._window = parts.window
        self._looking_up = parts.background.latest()
        self._text = parts.text
        self._notes = notes
        self._annotating = notes.annotating
        self._wanted: _Wanted | None = None
        self._removed: Annotation | None = None
        """The removed note that a link led to, while it is offered to bring it back."""
        self._window.messages.remedy_chosen.connect(self._on_remedy_chosen)
        self._text.asked.connect(self._looking_up.forget)
        self._text.shown.connect(self._on_shown)
        self._text.failed.connect(self._forget)
        notes.settled.connect(self._on_notes_settled)

    def follow(self, address: Address) -> None:
        """Show what an address names, in whatever text it leads to."""

        def go(path: Path) -> None:
            self.arrive_at(address, path)
            self._go()

        document, here = self._window.view.document, self._text.path
        is_open = document is not None and text_key(document.fingerprint) == address.text_key
        if is_open and here is not None:  # one just opened may not be in the catalogue yet
            go(here)
            return
        self._looking_up.run(lambda: self._services.texts.at(address), go, self._on_failed)

    def arrive_at(self, address: Address, path: Path) -> None:
        """Show what an address names once the text at `path` is open and its notes are there."""
        self._looking_up.forget()
        note = AnnotationId(address.note) if address.note else None
        self._wanted = _Wanted(path.absolute(), note, address=address)

    def show(self, path: Path, span: Span | None, note: str) -> None:
        """Show a passage of the text at `path`, or that of a note ("" for none)."""
        self._looking_up.forget()
        self._wanted = _Wanted(
            path.absolute(), AnnotationId(note) if note else None, span, is_found=True
        )
        self._go()

    def show_named(self, path: Path, name: str) -> None:
        """Show the place of that name in the text at `path`; without a name, the text."""
        self._looking_up.forget()
        self._wanted = _Wanted(path.absolute(), name=name)
        self._go()

    def _go(self) -> None:
        if self._wanted is None:
            return
        if self._is_here(self._wanted):
            self._on_shown()
            if not self._notes.are_awaited:
                self._on_notes_settled()
        else:
            self._text.open(self._wanted.path)

    def _is_here(self, wanted: _Wanted) -> bool:
        here = self._text.path
        return here is not None and _is_same(here, wanted.path)

    def _on_shown(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if not self._is_here(wanted):  # the user has opened another text meanwhile
            self._wanted = None
        elif wanted.note is None:
            self._wanted = None
            self._show_passage(wanted)

    def _on_notes_settled(self) -> None:
        """Show a note where it stands now; its place may have been found only just."""
        wanted = self._wanted
        if wanted is None or wanted.note is None or not self._is_here(wanted):
            return
        self._wanted = None
        notebook = self._annotating.notebook
        holder = None if notebook is None else notebook.holder_of(wanted.note)
        span = None if notebook is None else notebook.span_of(holder)
        if self._annotating.show_note(wanted.note):
            if span is not None and wanted.is_found:
                self._text.show_span(span)
            return
        if wanted.span is None and (wanted.address is None or wanted.address.place is None):
            self._tell_gone(wanted.note)
        self._show_passage(wanted)

    def _tell_gone(self, name: AnnotationId) -> None:
        """Say that a note is not there any more; one that was removed can be brought back."""
        from reader.annotations.all_notes import RemovedNote, removed_notes

        document, services = self._window.view.document, self._services
        if document is None:
            return

        def tell(removed: list[RemovedNote]) -> None:
            self._removed = next(
                (note.annotation for note in removed if note.annotation.id == name), None
            )
            is_there = self._removed is not None
            message = messages.NOTE_REMOVED if is_there else messages.NOTE_GONE
            self._window.messages.show_message(message)

        version = document.fingerprint
        self._looking_up.run(
            lambda: removed_notes(services.database, version), tell, self._on_failed
        )

    def _on_remedy_chosen(self, _message: Message, remedy: Remedy) -> None:
        note, self._removed = self._removed, None
        if remedy is Remedy.BRING_BACK and note is not None:
            self._annotating.bring_back(note)
            self._annotating.show_note(note.id)

    def _show_passage(self, wanted: _Wanted) -> None:
        if wanted.span is not None:
            self._text.show_span(wanted.span)
        elif wanted.address is not None and wanted.address.place is not None:
            self._find_place(wanted.address)
        elif wanted.name:
            self._find_named(wanted.name)

    def _find_named(self, name: str) -> None:
        document = self._window.view.document
        if document is None:
            return

        def show(place: Place | None) -> None:
            if place is None:
                self._window.messages.show_message(messages.NO_SUCH_PLACE)
            else:
                self._window.view.user_scrolled.emit()
                self._window.view.scroll_to(place)

        self._text.jumps.run(lambda: document.place_named(name), show, self._on_failed)

    def _find_place(self, address: Address) -> None:
        """Show where an address leads in the text as it is now, which may have changed."""
        document = self._window.view.document
        if document is None:
            return
        # with what anchoring needs: only once a place is gone to
        from reader.annotations.anchoring import UNKNOWN_PAST
        from reader.annotations.linked_places import LinkedPlace, linked_places

        services = self._services

        def find() -> LinkedPlace | None:
            is_old = address.text_key != text_key(document.fingerprint)
            past = services.annotations.past_of(document.fingerprint) if is_old else UNKNOWN_PAST
            return linked_places([address], document, past)[0]

        def show(found: LinkedPlace | None) -> None:
            if found is not None:
                self._window.view.user_scrolled.emit()
                self._window.view.scroll_to(found.place)
            if found is None or not found.is_sure:
                self._window.messages.show_message(messages.PLACE_UNSURE)

        self._text.jumps.run(find, show, self._on_failed)

    def _on_failed(self, error: SottovoceError) -> None:
        self._forget()
        self._window.messages.show_message(messages.about_address(error))

    def _forget(self) -> None:
        self._wanted = None


def _is_same(one: Path, other: Path) -> bool:
    return one == other or one.resolve() == other.resolve()
