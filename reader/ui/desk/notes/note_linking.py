"""Links between notes, and the tags of all: what a writer is offered, what cards show, copies."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

from reader.annotations.linked_places import address_of_place, with_places
from reader.annotations.links import NamedNote, NoteLinks, named_notes, read_links, words_for
from reader.annotations.model import AnnotationId
from reader.annotations.overview import tags_by_use
from reader.app.services import Services
from reader.errors import SottovoceError
from reader.text.address import Address, address_of
from reader.text.document import Document, Place
from reader.text.lazy_sections import readable_section
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.cards.card_editor import CardEditor
from reader.ui.view.text_selection import trimmed
from reader.ui.window import messages

_GATHERING_MS = 300
"""How long changes are gathered before the links of all notes are read anew."""
_WORDS = 60


class NoteLinking(QObject):
    """Reads beside the window's thread; what can't be read is not offered."""

    def __init__(self, parts: DeskParts, annotating: Annotating) -> None:
        super().__init__(parts.window)
        self._services = parts.services
        self._window = parts.window
        self._reading_links = parts.background.latest()
        self._reading_tags = parts.background.latest()
        self._reading_names = parts.background.latest()
        self._annotating = annotating
        self._helped: CardEditor | None = None
        self._gathering = QTimer(self, singleShot=True, interval=_GATHERING_MS)
        self._gathering.timeout.connect(self._read_links)
        self._gathering.start()
        annotating.notes_changed.connect(self._gathering.start)
        annotating.notes_saved.connect(self._gathering.start)
        annotating.margin.writing_begun.connect(self._on_writing_begun)
        annotating.margin.link_copy_wanted.connect(self._copy_link_to_note)
        if annotating.is_writing:
            self._on_writing_begun(annotating.margin.editor)

    def close(self) -> None:
        """Read nothing more: the window closes."""
        self._annotating.notes_changed.disconnect(self._gathering.start)
        self._annotating.notes_saved.disconnect(self._gathering.start)
        self._gathering.stop()

    def copy_link(self) -> None:
        """Copy an address: of the focused note, else of what is selected or on the screen."""
        focused = self._annotating.margin.focused_card
        document = self._window.view.document
        if focused is not None:
            self._copy_link_to_note(focused)
        elif document is not None:
            place, words = self._place_now(document)
            if place is not None:
                self._copy(address_of_place(document, place), words)

    def _place_now(self, document: Document) -> tuple[Place | None, str]:
        view = self._window.view
        selected = (trimmed(document, span) for span in view.selected_spans)
        spans = [span for span in selected if span is not None]
        place = spans[0].first_place if spans else view.caret or view.first_visible_place()
        if place is None:
            return None, ""
        section = readable_section(document.sections, place.section)
        text = "" if section is None else section.text
        end = spans[0].end if spans else place.offset + _WORDS
        words = " ".join(text[place.offset : min(end, place.offset + _WORDS)].split())
        return place, words or document.title

    def _copy_link_to_note(self, name: str) -> None:
        notebook = self._annotating.notebook
        note = None if notebook is None else notebook.note(name)
        if notebook is not None and note is not None:
            address = address_of(notebook.document.fingerprint, AnnotationId(name))
            self._copy(address, words_for(note.annotation))

    def _copy(self, address: Address, words: str) -> None:
        """Put it on the clipboard as an address, and as a link with words for who takes those."""
        mime = QMimeData()
        mime.setText(str(address))
        mime.setHtml(f'<a href="{html.escape(str(address))}">{html.escape(words)}</a>')
        QGuiApplication.clipboard().setMimeData(mime)
        self._window.messages.show_message(messages.LINK_COPIED)

    def _on_writing_begun(self, editor: CardEditor) -> None:
        services = self._services

        def take_tags(tags: Sequence[str]) -> None:
            editor.known_tags = tags

        def take_notes(notes: Sequence[NamedNote]) -> None:
            editor.links.set_notes([note for note in notes if note.id != editor.card_id])

        self._reading_tags.run(lambda: tags_by_use(services.database), take_tags, self._on_failed)
        if self._helped is not editor:  # the margin has one for all its cards
            self._helped = editor
            editor.links.begun.connect(
                lambda: self._reading_names.run(
                    lambda: named_notes(services.database), take_notes, self._on_failed
                )
            )
            editor.links.ask_again()

    def _read_links(self) -> None:
        notebook = self._annotating.notebook
        services = self._services

        def show(links: NoteLinks) -> None:
            if notebook is not None and notebook is self._annotating.notebook:
                notebook.set_links(links)

        if notebook is not None:
            document = notebook.document
            self._reading_links.run(
                lambda: _links_around(services, document), show, self._on_failed
            )

    def _on_failed(self, _error: SottovoceError) -> None:
        """Offer nothing: that the notes can't be read is said elsewhere."""


def _links_around(services: Services, document: Document) -> NoteLinks:
    """Return the links of all notes, those to places in a document found in it."""
    read = read_links(services.database, document.fingerprint)
    if not read.to_places:
        return read.links
    past = services.annotations.past_of(document.fingerprint)
    return with_places(read.links, read.to_places, document, past)
