"""What links do: a footnote opens beside its mark, a place is gone to, an address is shown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QObject, QPoint, QRect, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from reader.errors import SottovoceError
from reader.formats.file_beside import file_beside
from reader.text.address import address_from
from reader.text.document import Document, Place, Span
from reader.ui.background import Background
from reader.ui.view.text_selection import Link
from reader.ui.wayfinding.note_card import NoteCard
from reader.ui.wayfinding.note_text import is_footnote, note_at, note_html
from reader.ui.window.main_window import MainWindow

GO_THERE = "Go there"
OPEN_OUTSIDE = "Open in the browser"
OPEN_FILE = "Open this text"
WRITE_MAIL = "Write a mail"
COPY_ADDRESS = "Copy the address"

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = ("http", "https")
_LONGEST_SHOWN = 400


class Links(QObject):
    """Opens one card at a time. Nothing outside the text is opened but by its button."""

    file_chosen = Signal(Path, str)
    """A file beside the text, and the name of a place in it or "": where a link in it leads."""
    own_address_chosen = Signal(str)
    """A link in the text leads to a note or a place, in this text or another."""

    def __init__(
        self,
        window: MainWindow,
        go_to: Callable[[Place], None],
        open_outside: Callable[[str], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`open_outside` hands an address to the desktop."""
        super().__init__(parent)
        self._window = window
        self._view = window.view
        self._go_to = go_to
        self._open_outside = open_outside or _open_in_browser
        self.text_path: Callable[[], Path | None] = lambda: None
        """Tells the file of the open text, beside which others may be linked to."""
        self._background = Background(self)
        self._finding = self._background.latest()
        self._card: NoteCard | None = None
        self._view.link_activated.connect(self.follow)
        self._view.user_scrolled.connect(self.close_card)

    @property
    def card(self) -> NoteCard | None:
        """The card that is open."""
        return self._card

    def follow(self, link: Link) -> None:
        """Show or go to what a link in the text leads to."""
        document = self._view.document
        if document is not None:
            self._follow(document, link, self._rect_of(link.span))

    def close_card(self) -> bool:
        """Close the card; return whether there was one."""
        card, self._card = self._card, None
        if card is None:
            return False
        card.close()
        return True

    def close(self) -> None:
        """Follow nothing more: the window closes."""
        self._view.link_activated.disconnect(self.follow)
        self.close_card()
        self._background.close()

    def _follow(self, document: Document, link: Link, at: QRect) -> None:
        if document.section_of(link.target, link.span.section) is None:
            self.show_address(link.target, at)
            return

        def find() -> tuple[Place, Span | None] | None:
            place = document.place_of(link.target, link.span.section)
            if place is None:
                return None
            section = document.sections[place.section]
            may_be_note = link.is_note or (
                is_footnote(section, place)
                and not is_footnote(document.sections[link.span.section], link.span.first_place)
            )
            return place, note_at(section, place) if may_be_note else None

        def show(found: tuple[Place, Span | None] | None) -> None:
            if document is not self._view.document or found is None:
                return
            place, note = found
            if note is None:
                self._go_to(place)
            else:
                self._show_note(document, note, place, at)

        self._finding.run(find, show, self._on_failed)

    def _show_note(self, document: Document, note: Span, place: Place, at: QRect) -> None:
        section = document.sections[note.section]
        accent = self._window.theme.palette.accent.name()
        body = note_html(section, note, accent)
        words = " ".join(section.text[note.start : note.end].split())
        card = self._open(f"Note: {words[:_LONGEST_SHOWN]}", body, (GO_THERE,), at)
        card.chosen.connect(lambda _words: self._go_to(place))

        def follow(target: str) -> None:
            self._follow(document, Link(target, note, False), at)

        card.link_chosen.connect(follow)

    def show_address(self, target: str, at: QRect) -> None:
        """Show beside `at`, in the window's pixels, an address outside of the text."""
        if address_from(target) is not None:
            self.own_address_chosen.emit(target)
            return
        scheme = _SCHEME.match(target.strip())
        kind = scheme[1].lower() if scheme is not None else ""
        shown = target.strip()
        shown = shown if len(shown) <= _LONGEST_SHOWN else shown[:_LONGEST_SHOWN] + "…"
        if not shown or (not kind and not shown.startswith("//")):
            self._show_file(target.strip(), at)
            return
        buttons: tuple[str, ...] = (COPY_ADDRESS,)
        if kind in _WEB:
            buttons = (OPEN_OUTSIDE, COPY_ADDRESS)
        elif kind == "mailto":
            buttons = (WRITE_MAIL, COPY_ADDRESS)
        # may be broken anywhere, or a long one would be cut off
        breakable = "\u200b".join(html.escape(c) for c in shown)
        card = self._open(f"Leads to {shown}", f"<p>{breakable}</p>", buttons, at)
        card.chosen.connect(lambda words: self._take_address(words, target.strip()))

    def _show_file(self, target: str, at: QRect) -> None:
        """Offer the file beside the text that an address names, if there is one."""
        text = self.text_path()

        def show(found: Path | None) -> None:
            if found is None:
                body = "<p>This leads to nothing that is here.</p>"
                self._open("This link leads to nothing that is here", body, (), at)
                return
            body = f"<p>{html.escape(found.name)}</p>"
            card = self._open(f"Leads to {found.name}", body, (OPEN_FILE,), at)
            name = unquote(target.partition("#")[2])
            card.chosen.connect(lambda _words: self.file_chosen.emit(found, name))

        if text is None or not target:
            show(None)
        else:
            self._finding.run(lambda: file_beside(text, target), show, self._on_failed)

    def _take_address(self, words: str, address: str) -> None:
        if words == COPY_ADDRESS:
            QGuiApplication.clipboard().setText(address)
        else:
            self._open_outside(address)

    def _open(self, name: str, body: str, buttons: tuple[str, ...], at: QRect) -> NoteCard:
        self.close_card()
        card = self._card = NoteCard(self._window.theme, self._window, name, body, buttons)
        card.closed.connect(lambda: self._on_closed(card))
        card.open_beside(at)
        return card

    def _on_closed(self, card: NoteCard) -> None:
        if self._card is card:
            self._card = None

    def _rect_of(self, span: Span) -> QRect:
        """Return where the link's first line is, in the window's pixels."""
        view = self._view
        boxes = view.rects_of(span)
        at = boxes[0] if boxes else QRect(view.column_rect().center(), view.column_rect().center())
        return at.translated(view.viewport().mapTo(self._window, QPoint(0, 0)))

    def _on_failed(self, _error: SottovoceError) -> None:
        """Stay: the file went away, which is said elsewhere."""


def _open_in_browser(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
