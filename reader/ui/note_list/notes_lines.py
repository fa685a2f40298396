"""The lines of the list of notes: as Qt's views ask for them, and how they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.annotations.appearance import HIGHLIGHT
from reader.annotations.model import AnnotationId
from reader.ui.look.theme import Theme
from reader.ui.margin.cards.card import SPOKEN_STYLES, date_words
from reader.ui.margin.cards.style_bar import BAR_WIDTH_PX, paint_style_bar
from reader.ui.note_list.note_entries import NoteRow
from reader.ui.note_list.notes_listing import Heading, Line

_Index = QModelIndex | QPersistentModelIndex
ROW_PX = 64
LINE = Qt.ItemDataRole.UserRole
_SELECTED = QStyle.StateFlag.State_Selected


class NoteLines(QStringListModel):
    """The lines as Qt's lists want them; headings can't be chosen.

    A view asks several times for each of its rows how many there are, also for those that aren't
    seen. Asked in Python that takes 50 ms for 10,000; so Qt counts strings, which are empty.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()

    def set(self, lines: Sequence[Line]) -> None:
        """Hold these; where they are the ones held and more, the view stays as it is."""
        held, count = len(self._lines), len(lines)
        is_more = 0 < held < count and lines[:held] == self._lines
        self._lines = lines
        if is_more:
            self.insertRows(held, count - held)
        else:
            self.setStringList([""] * count)

    def number_of(self, name: AnnotationId | None) -> int | None:
        """Return the number of a note's line; of the first note for None."""
        for number, line in enumerate(self._lines):
            if isinstance(line, NoteRow) and name in (None, line.id):
                return number
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(line)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._lines[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class LinePainter(QStyledItemDelegate):
    """Paints a heading, or a note: its bar, passage, what was written, and a meta line.

    All lines are equally high, so that a list of ten thousand needs no measuring.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.names_texts = True
        """Whether each note says which text it is on, where that isn't known anyway."""
        theme.changed.connect(self._set_type)
        self._set_type()

    def _set_type(self) -> None:
        interface, text = self._theme.interface_font, self._theme.text_font
        self._fonts = {
            "heading": interface(11.5, 600),
            "note": interface(13),
            "quote": text(12.5),
            "meta": interface(11),
        }
        self._metrics = {name: QFontMetricsF(font) for name, font in self._fonts.items()}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(100, round(self._theme.px(ROW_PX)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line, box = index.data(LINE), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._paint_heading(painter, box, line)
        else:
            self._paint_note(painter, box, line, is_chosen=bool(option.state & _SELECTED))
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRectF, heading: Heading) -> None:
        px, palette = self._theme.px, self._theme.palette
        painter.setPen(palette.line)
        low = box.adjusted(px(6), 0, -px(8), -px(8))
        painter.drawLine(low.bottomLeft(), low.bottomRight())
        painter.setPen(palette.soft)
        words = low.adjusted(0, 0, 0, -px(5))
        title = f"{heading.title} · {heading.count:,}"
        self._draw(painter, words, title, "heading", Qt.AlignmentFlag.AlignBottom)

    def _paint_note(self, painter: QPainter, box: QRectF, row: NoteRow, *, is_chosen: bool) -> None:
        px, palette = self._theme.px, self._theme.palette
        painter.setPen(Qt.PenStyle.NoPen)
        if is_chosen:
            painter.setBrush(palette.card)
            painter.drawRoundedRect(box.adjusted(0, 1, -px(6), -1), px(8), px(8))
        indent = px(14) if row.is_reply else 0
        colour = palette.line if row.is_reply else palette.strong(row.colour)
        left = box.left() + px(6) + indent
        bar = QRectF(left, box.top() + px(9), px(BAR_WIDTH_PX), box.height() - px(18))
        paint_style_bar(painter, bar, colour, row.style, px)
        text = box.adjusted(px(18) + indent, px(6), -px(14), -px(6))
        ink, soft = palette.ink, palette.soft
        lines = [(row.note, "note", ink)] if row.note else []
        if row.quote or not row.note:
            said = row.quote or ("Reply" if row.is_reply else "Bookmark")
            lines.append((said, "quote", soft if row.note else ink))
        lines.append(
            (meta_of(row, self.names_texts), "meta", palette.accent if row.doubt else soft)
        )
        third = text.height() / 3
        top = text.top() + (3 - len(lines)) * third / 2
        for number, (words, font, colour) in enumerate(lines):
            painter.setPen(colour)
            line = QRectF(text.left(), top + number * third, text.width(), third)
            self._draw(painter, line, words, font, Qt.AlignmentFlag.AlignVCenter)

    def _draw(
        self, painter: QPainter, box: QRectF, words: str, font: str, align: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(self._font(font))
        metrics = self._metrics[font]
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, align | Qt.AlignmentFlag.AlignLeft, shown)

    def _font(self, name: str) -> QFont:
        return self._fonts[name]


def meta_of(row: NoteRow, names_text: bool = True) -> str:
    """Return the small line of a note: what is unsure, its tags, its day, its text."""
    tags = (f"#{tag}" for tag in row.tags)
    day = row.removed or (
        date_words(date.fromisoformat(row.date), date.today()) if row.date else ""
    )
    parts = (row.doubt.capitalize(), *tags, day, row.text_title if names_text else "")
    return "   ".join(part for part in parts if part)


def _spoken(line: Line) -> str:
    if isinstance(line, Heading):
        return f"{line.title}, {line.count}"
    style = "" if line.style == HIGHLIGHT else SPOKEN_STYLES[line.style]
    said = (line.note, line.quote, style, meta_of(line))
    return ". ".join(part for part in said if part)
