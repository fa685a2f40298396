"""What is offered while a note is written: tags that are in use, and notes to link to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QTextEdit, QWidget

from reader.annotations.links import NamedNote, markdown_link, notes_matching
from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar

_ROW_PX, _ROWS = 30, 6
_NARROWEST_PX, _WIDEST_PX = 160, 460
_FRAME_PX = 24
"""Beside a line: the list's own edges, and room for its scroll bar."""
_OFFERED = 40
_BEGUN_LINK = re.compile(r"\[\[([^\[\]\n]*)\Z")


class OfferList(QListWidget):
    """The list under what is being written; the keyboard stays where one writes."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(QuietScrollBar(theme, self))
        self.setUniformItemSizes(True)
        self.setAccessibleName("Offered")
        self.hide()

    def offer(self, lines: Sequence[tuple[str, str]], below: QRect) -> None:
        """Show lines (words, and what explains them) at `below`, in the window's pixels."""
        self._dress()
        self.clear()
        for words, detail in lines:
            item = QListWidgetItem(f"{words}   {detail}" if detail else words, self)
            item.setToolTip(detail)
        self.setCurrentRow(0)
        px, room = self._theme.px, self._window.rect()
        height = round(px(_ROW_PX) * min(len(lines), _ROWS) + px(8))
        wanted = self.sizeHintForColumn(0) + px(_FRAME_PX)
        width = round(min(max(wanted, px(_NARROWEST_PX)), px(_WIDEST_PX), room.width()))
        top = below.bottom() + 4
        if top + height > room.bottom():
            top = max(room.top(), below.top() - height - 4)
        left = max(room.left(), min(below.left(), room.right() - width))
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Choose the next line or the one before."""
        self.setCurrentRow((self.currentRow() + by) % self.count())

    def _dress(self) -> None:
        palette, px = self._theme.palette, self._theme.px
        self.setFont(self._theme.interface_font(12.5))
        self.setStyleSheet(f"""
            QListWidget {{ background: {palette.card.name()}; color: {palette.ink.name()};
                border: 1px solid {palette.line.name()}; border-radius: {px(8):.0f}px;
                padding: {px(3):.0f}px; outline: none; }}
            QListWidget::item {{ height: {px(_ROW_PX - 4):.0f}px; padding: 0 {px(8):.0f}px;
                border-radius: {px(6):.0f}px; }}
            QListWidget::item:selected {{ background: {palette.sentence.name()};
                color: {palette.ink.name()}; }}
        """)


class _Completion(QObject):
    """Offers something at one field; what both kinds share."""

    def __init__(self, theme: Theme, field: QWidget) -> None:
        super().__init__(field)
        self._theme = theme
        self._field = field
        self._list: OfferList | None = None
        field.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether something is offered now."""
        return self._list is not None and self._list.isVisible()

    @property
    def offered(self) -> list[str]:
        """The lines that are offered now."""
        if self._list is None or not self.is_open:
            return []
        return [self._list.item(row).text() for row in range(self._list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are meant for what is offered, before the field does."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._takes(event)
        if event.type() is QEvent.Type.FocusOut:
            self.close()
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        if self._list is None or not self.is_open:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._take(self._list.currentRow())
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True

    def close(self) -> None:
        """Offer nothing."""
        if self._list is not None:
            self._list.hide()

    def _show(self, lines: Sequence[tuple[str, str]], at: QRect) -> None:
        if not lines:
            self.close()
            return
        if self._list is None:
            self._list = OfferList(self._theme, self._field.window())
            self._list.itemClicked.connect(self._on_clicked)
            self._field.destroyed.connect(self._list.deleteLater)
        corner = self._field.mapTo(self._field.window(), at.topLeft())
        self._list.offer(lines, QRect(corner, at.size()))

    def _on_clicked(self, item: QListWidgetItem) -> None:
        if self._list is not None:
            self._take(self._list.row(item))

    def _take(self, row: int) -> None:
        raise NotImplementedError


class TagCompletion(_Completion):
    """Offers tags in a line of them: "#one #two", or "one, two" where they have no signs."""

    def __init__(
        self,
        theme: Theme,
        line: QLineEdit,
        known: Callable[[], Sequence[str]],
        *,
        has_signs: bool = True,
    ) -> None:
        """`known` gives the tags in use, those used most first."""
        super().__init__(theme, line)
        self._line = line
        self._known = known
        self._has_signs = has_signs
        self._tags: list[str] = []
        line.textEdited.connect(self._on_edited)

    def _on_edited(self) -> None:
        begun = self._begun()
        self._tags = [] if begun is None else tags_offered(self._known(), begun, self._others())
        sign = "#" if self._has_signs else ""
        self._show([(f"{sign}{tag}", "") for tag in self._tags], self._at())

    def _begun(self) -> str | None:
        """Return the tag that is being written, without its "#"; None for none."""
        before = self._line.text()[: self._line.cursorPosition()]
        start = self._start(before)
        word = before[start:].lstrip().removeprefix("#")
        return word if word or before.endswith("#") else None

    def _start(self, before: str) -> int:
        if not self._has_signs:
            return before.rfind(",") + 1
        signs = "#" if "#" in self._line.text() else ", " if "," in before else " "
        found = max(before.rfind(sign) for sign in signs)
        return found if found >= 0 and signs == "#" else found + 1

    def _others(self) -> set[str]:
        after = self._line.text()[self._line.cursorPosition() :]
        before = self._line.text()[: self._line.cursorPosition()]
        written = f"{before[: self._start(before)]} {after}"
        return {tag.strip().casefold() for tag in re.split("[#,]", written)}

    def _at(self) -> QRect:
        return QRect(self._line.cursorRect().left(), 0, 1, self._line.height())

    def _take(self, row: int) -> None:
        at = self._line.cursorPosition()
        before, after = self._line.text()[:at], self._line.text()[at:]
        kept = before[: self._start(before)].rstrip(", ")
        # the next sign stands there already: words after a tag would be taken for more of it
        tag = f"#{self._tags[row]} #" if self._has_signs else f"{self._tags[row]}, "
        between = " " if self._has_signs or not kept else ", "
        written = f"{kept}{between}{tag}".lstrip()
        self._line.setText(written + after.lstrip())
        self._line.setCursorPosition(len(written))
        self._line.textEdited.emit(self._line.text())
        self.close()


def tags_offered(known: Sequence[str], begun: str, others: set[str]) -> list[str]:
    """Return the tags that begin so, then those with a word that does, those used most first."""
    wanted = begun.casefold().lstrip()
    free = [tag for tag in known if tag.casefold() not in others and tag.casefold() != wanted]
    first = [tag for tag in free if tag.casefold().startswith(wanted)]
    second = [tag for tag in free if f" {wanted}" in tag.casefold() and tag not in first]
    return [*first, *second][:_OFFERED]


class LinkCompletion(_Completion):
    """Offers notes to link to behind "[["."""

    begun = Signal()
    """A link is being written: `set_notes` is to be called, if it has not been."""

    def __init__(self, theme: Theme, field: QTextEdit) -> None:
        super().__init__(theme, field)
        self._text = field
        self._notes: Sequence[NamedNote] | None = None
        self._has_asked = False
        self._offered: list[NamedNote] = []
        field.textChanged.connect(self._on_changed)
        field.cursorPositionChanged.connect(self._on_moved)

    def set_notes(self, notes: Sequence[NamedNote]) -> None:
        """Take the notes that can be linked to."""
        self._notes = notes
        self._on_changed()

    def forget(self) -> None:
        """Ask for the notes anew the next time: another note is written."""
        self._notes = None
        self._has_asked = False
        self.close()

    def ask_again(self) -> None:
        """Ask once more if there was no answer: now somebody listens."""
        self._has_asked = False
        self._on_changed()

    def _on_moved(self) -> None:
        if self.is_open and self._begun() is None:
            self.close()

    def _on_changed(self) -> None:
        begun = self._begun()
        if begun is None or not self._text.hasFocus():
            self.close()
            return
        if self._notes is None and not self._has_asked:
            self._has_asked = True
            self.begun.emit()
        self._offered = notes_matching(self._notes or (), begun, _OFFERED)
        lines = [(note.words, f"· {note.title}" if note.title else "") for note in self._offered]
        self._show(lines, self._text.cursorRect())

    def _begun(self) -> str | None:
        cursor = self._text.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = _BEGUN_LINK.search(before)
        return None if found is None else found[1]

    def _take(self, row: int) -> None:
        begun = self._begun()
        if begun is None:
            return
        note, cursor = self._offered[row], self._text.textCursor()
        rest = cursor.block().text()[cursor.positionInBlock() :]
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(begun) + 2
        )
        closing = len("]]") if rest.startswith("]]") else 0
        cursor.movePosition(
            QTextCursor.MoveOperation.Right,
            QTextCursor.MoveMode.KeepAnchor,
            len(begun) + 2 + closing,
        )
        cursor.insertText(markdown_link(note.words, note.address))
        self._text.setTextCursor(cursor)
        self.close()
