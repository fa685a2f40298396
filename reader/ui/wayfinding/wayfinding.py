"""Where the reader goes in a text, other than by reading on: search, jumps, and the way back."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QCursor, QHelpEvent
from PySide6.QtWidgets import QToolTip

from reader.text.document import Place
from reader.ui.look.controls import FloatingButton
from reader.ui.look.icons import Icon
from reader.ui.look.popover import close_overlays
from reader.ui.view.layout.text_items import Picture
from reader.ui.view.text_selection import link_at
from reader.ui.wayfinding.finding import Finding
from reader.ui.wayfinding.links import Links
from reader.ui.wayfinding.place_history import PlaceHistory
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow

_TOOL_TIP_CHARACTERS = 600
_OFFERED_MS = 12_000
"""How long the way back stands beside the text after a jump; its key works on."""


def tool_tip_of(words: str) -> str:
    """Return words as a tool tip shows them, in lines of a readable length."""
    shown = textwrap.shorten(words, _TOOL_TIP_CHARACTERS, placeholder="…") or ""
    return f"<p>{html.escape(shown)}</p>" if shown else ""


class Wayfinding(QObject):
    """Made once the text has been painted."""

    def __init__(
        self,
        window: MainWindow,
        parent: QObject | None = None,
        *,
        open_outside: Callable[[str], object] | None = None,
    ) -> None:
        """`open_outside` hands an address to the desktop; by default its browser gets it."""
        super().__init__(parent)
        self._window = window
        self._view = window.view
        self.finding = Finding(window, self)
        self.links = Links(window, self.go_to, open_outside, self)
        self.history = PlaceHistory()
        self._offering = QTimer(self, singleShot=True, interval=_OFFERED_MS)
        self._offering.timeout.connect(self._hide_back_button)
        window.view.layout_changed.connect(self._place_back_button)
        window.view.picture_activated.connect(self.show_picture)
        window.view.viewport().installEventFilter(self)
        window.view.jumping.connect(self._on_jumping)
        self.finding.left_for_hit.connect(self._on_jumping)

    @property
    def deeds(self) -> dict[Command, Callable[[], object]]:
        """What is done when commanded."""
        return {
            Command.FIND: self.finding.open,
            Command.FIND_NEXT: lambda: self.finding.step(1),
            Command.FIND_PREVIOUS: lambda: self.finding.step(-1),
            Command.GO_BACK: self.go_back,
            Command.GO_FORWARD: self.go_forward,
        }

    def go_to(self, place: Place) -> None:
        """Show a place, with a way back; the voice stays where it is."""
        self._view.user_scrolled.emit()
        self._view.scroll_to(place)
        self._view.setFocus()

    def show_address(self, address: str) -> None:
        """Show an address that was clicked in a note, beside the pointer."""
        at = self._window.mapFromGlobal(QCursor.pos())
        self.links.show_address(address, QRect(at, QSize(1, 1)))

    def show_picture(self, picture: Picture) -> None:
        """Show a picture as large as the window."""
        document = self._view.document
        if document is None or document.pictures is None:
            return
        from reader.ui.wayfinding.picture_viewer import PictureViewer

        PictureViewer(
            self._window.theme,
            self._window,
            document.pictures,
            picture.address,
            picture.description,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say what a picture shows and where a link leads, where the pointer rests on it."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_at(event.pos())
            if words:
                QToolTip.showText(event.globalPos(), words, self._view.viewport())
                return True
        return super().eventFilter(watched, event)

    def _words_at(self, point: QPoint) -> str:
        picture = self._view.picture_at(point)
        if picture is not None:
            return tool_tip_of(picture.description)
        document, place = self._view.document, self._view.place_at(point)
        link = None if document is None or place is None else link_at(document, place)
        is_outside = (
            link is not None
            and document is not None
            and document.section_of(link.target, link.span.section) is None
        )
        return tool_tip_of(link.target) if is_outside and link is not None else ""

    def go_back(self) -> None:
        """Show what was on the screen before the last jump."""
        self._go_where(self.history.back)

    def go_forward(self) -> None:
        """Show what one came back from."""
        self._go_where(self.history.forward)

    def leave_text(self) -> None:
        """Forget the places of the text until now: another is shown."""
        self.finding.leave_text()
        self.links.close_card()
        self._hide_back_button()
        self.history.forget()
        self.show_ways()

    def close_top(self) -> bool:
        """Close what lies over the text; return whether anything did."""
        if self.links.close_card():
            return True
        if self.finding.is_open:
            self.finding.give_up()
            return True
        return False

    def close(self) -> None:
        """Do nothing more: the window closes."""
        self._offering.stop()
        self._view.viewport().removeEventFilter(self)
        self.finding.close()
        self.links.close()
        close_overlays(self._window)

    def _go_where(self, way: Callable[[Place], Place | None]) -> None:
        from reader.ui.look.popover import close_overlays

        close_overlays(self._window)  # what was opened to go elsewhere isn't wanted any more
        here = self._view.first_visible_place()
        place = None if here is None else way(here)
        self._hide_back_button()
        if place is not None:
            self._view.user_scrolled.emit()
            self._view.show_at_top(place)
        self.show_ways()

    def _on_jumping(self, here: Place) -> None:
        self.history.leave(here)
        self._offer_back()
        self.show_ways()

    @cached_property
    def back_button(self) -> FloatingButton:
        """The way back beside the text; made with the first jump."""
        button = FloatingButton(self._window.theme, Icon.BACK, "Back", self._window)
        button.setToolTip("Back to where you were (Alt+Left)")
        button.clicked.connect(self.go_back)
        return button

    def _hide_back_button(self) -> None:
        if "back_button" in self.__dict__:
            self.back_button.hide()

    def _offer_back(self) -> None:
        """Show for a while the way back, for those who don't know its key."""
        self.back_button.show()
        self.back_button.raise_()
        self._place_back_button()
        self._offering.start()

    def _place_back_button(self) -> None:
        """Stand at the foot of the text, beside the column or over its edge."""
        if "back_button" not in self.__dict__ or self.back_button.isHidden():
            return
        view, px = self._view, self._window.theme.px
        size = self.back_button.sizeHint()
        gap = round(px(16))
        left = view.x() + view.column_rect().left() - size.width() - gap
        top = view.geometry().bottom() - size.height() - gap
        self.back_button.setGeometry(max(left, gap), top, size.width(), size.height())

    def show_ways(self) -> None:
        """Offer the ways back and forward, where there are any."""
        for command, is_there in (
            (Command.GO_BACK, self.history.can_go_back),
            (Command.GO_FORWARD, self.history.can_go_forward),
        ):
            self._window.set_commands_enabled([command], is_enabled=is_there)
