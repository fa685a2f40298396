"""The contents in a popover, with a field above: a chapter's name, a page or a percentage typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from reader.ui.look.choice import Choice
from reader.ui.look.controls import TextButton
from reader.ui.look.field_style import field_style_sheet
from reader.ui.look.list_popover import Row, RowList
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme
from reader.ui.wayfinding.destinations import (
    Destination,
    Places,
    all_headings,
    all_pages,
    asks_for_page,
    destinations,
)

_WIDTH_PX = 400
_HEIGHT_PX = 560
_STAYS_MS = 250
"""How long it waits at most for what was chosen to be shown."""

_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_NOTHING = Row("Nothing of that name", "")
_NO_PAGE = Row("No page of that number", "")
_NO_PAGES = Row("This text doesn't say where its pages begin", "")


class ContentsPopover(Popover):
    """Type, and Enter goes to the first line; arrows choose another."""

    target_chosen = Signal(str)
    share_chosen = Signal(float)

    def __init__(
        self, theme: Theme, window: QWidget, places: Places, *, by_typing: bool = False
    ) -> None:
        """`by_typing`: nothing is listed before something is typed."""
        super().__init__(theme, window, "Go to" if by_typing else "Contents")
        self._places = places
        self._by_typing = by_typing
        self._shown: list[Destination] = []
        self._leaving = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._leaving.timeout.connect(self.close)
        self._closes_at_once = True
        # once for all keys that have come: typed quickly, each by itself would be a stall
        self._filling = QTimer(self, singleShot=True, interval=0)
        self._filling.timeout.connect(self._fill)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(_hint(places))
        self.field.setAccessibleName(f"Go to: {_hint(places).lower()}")
        self.rows = RowList(theme, "Contents", (), self)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content.addWidget(self.field)
        self._are_pages_shown = False
        if places.pages and not by_typing:
            self.content.addLayout(self._kinds())
        self.content.addWidget(self.rows, 1)
        self.setFocusProxy(self.field)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(lambda _typed: self._filling.start())
        self.rows.chosen.connect(self._on_chosen)
        self._dress()
        self._fill()
        theme.changed.connect(self._dress)

    def stay_until(self, shown: SignalInstance) -> None:
        """Once something is chosen, close when `shown` is told, or soon if it isn't.

        Closed at once it would uncover the old place, which would be painted for nothing, in the
        time in which the new one is being read.
        """
        self._closes_at_once = False
        shown.connect(self._on_shown)

    def set_places(self, places: Places) -> None:
        """List these from now on: what is typed stays."""
        self._places = places
        self.field.setPlaceholderText(_hint(places))
        self._fill()

    def open_at(self, *anchors: QWidget) -> None:
        super().open_at(*anchors)
        self.rows.show_current()

    def sizeHint(self) -> QSize:
        px = self.theme.px
        wanted = super().sizeHint()
        height = min(wanted.height(), round(px(_HEIGHT_PX)))
        return QSize(round(px(_WIDTH_PX)) + 2 * self.inset(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.field
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
        ):
            if event.key() in _LIST_KEYS:
                self._fill_if_typed()
                self.rows.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose_current()
                return True
        return super().eventFilter(watched, event)

    def _kinds(self) -> QHBoxLayout:
        """Return the choice between chapters and the pages of the printed book."""
        line = QHBoxLayout()
        line.setSpacing(0)
        buttons = {
            are_pages: TextButton(self.theme, words, self, size_px=12)
            for words, are_pages in (("Chapters", False), ("Pages", True))
        }
        for button in buttons.values():
            line.addWidget(button)
        kinds = Choice(buttons, self)
        kinds.show(False)
        kinds.made.connect(self._show_pages)
        line.addStretch(1)
        return line

    def _show_pages(self, are_pages: bool) -> None:
        self._are_pages_shown = are_pages
        self.field.clear()
        self._fill()
        self.field.setFocus()

    def _fill_if_typed(self) -> None:
        """List what has been typed by now, before one of it is chosen."""
        if self._filling.isActive():
            self._fill()

    def _fill(self) -> None:
        self._filling.stop()
        self._shown = self._wanted()
        rows = [_row(number, where) for number, where in enumerate(self._shown)]
        has_typed = bool(self.field.text().strip())
        self.rows.set_rows(rows or ([self._nothing()] if has_typed else []))
        if rows and (has_typed or self.rows.currentRow() < 0):
            self.rows.setCurrentRow(0)
        self.rows.setVisible(bool(rows) or has_typed)
        self.rows.show_current()
        self.rows.updateGeometry()
        self.content.activate()
        self.place()

    def _nothing(self) -> Row:
        if not asks_for_page(self.field.text()):
            return _NOTHING
        return _NO_PAGE if self._places.pages else _NO_PAGES

    def _wanted(self) -> list[Destination]:
        words = self.field.text()
        if words.strip():
            return destinations(words, self._places)
        if self._by_typing:
            return []
        return all_pages(self._places) if self._are_pages_shown else all_headings(self._places)

    def _choose_current(self) -> None:
        self._fill_if_typed()
        number = self.rows.currentRow()
        if 0 <= number < len(self._shown):
            self._on_chosen(str(number))

    def _on_chosen(self, key: str) -> None:
        if self._leaving.isActive():
            return  # one is chosen already
        chosen = self._shown[int(key)]
        if self._closes_at_once:
            self.close()
        else:
            self._leaving.start()
        if chosen.share is not None:
            self.share_chosen.emit(chosen.share)
        elif chosen.target:
            self.target_chosen.emit(chosen.target)

    def _on_shown(self) -> None:
        if self._leaving.isActive():
            self.close()

    def _dress(self) -> None:
        self.field.setFont(self.theme.interface_font(13.5))
        self.field.setStyleSheet(field_style_sheet(self.theme, is_on_card=True))


def _hint(places: Places) -> str:
    kinds = []
    if places.headings:
        kinds.append("chapter")
    if places.pages:
        kinds.append("page")
    kinds.append("percent")
    words = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"
    return words[0].upper() + words[1:]


def _row(number: int, where: Destination) -> Row:
    key = str(number) if where.target or where.share is not None else ""
    return Row(
        where.title, key, detail=where.detail, indent=where.depth, is_current=where.is_current
    )
