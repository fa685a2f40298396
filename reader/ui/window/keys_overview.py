"""Every key on one calm sheet over the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from reader.ui.look.fitted_theme import FittedTheme
from reader.ui.look.popover import Overlay, paint_floating_card
from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar
from reader.ui.window.commands import ENTRIES, Group
from reader.ui.window.shown_keys import shown_key
from reader.values import value

_COLUMN_PX = 350
_ROW_PX = 28
_HEADING_PX = 40
_PADDING_PX = 28


@value
class KeyLine:
    """One line: what happens, and the keys as the user's system writes them."""

    group: Group
    label: str
    keys: tuple[str, ...]


READING_KEYS = (
    KeyLine(Group.WAY, "Scroll", ("↑", "↓", "PgUp", "PgDn")),
    KeyLine(Group.LISTENING, "Read from the word clicked", ("Enter", "double click")),
    KeyLine(Group.WAY, "Caret in the text", ("F7",)),
    KeyLine(Group.WAY, "From link to link, with the caret", ("Tab",)),
    KeyLine(Group.WAY, "Follow a link, see a picture large", ("Enter",)),
    KeyLine(Group.VIEW, "Words in the dark", ("W",)),
    KeyLine(Group.APP, "Close what is open", ("Esc",)),
)


def lines_of_commands() -> list[KeyLine]:
    """Return the window's own keys, as the system writes them; media keys explain themselves."""
    return [
        KeyLine(
            entry.group,
            entry.label.rstrip("…"),
            tuple(shown_key(key) for key in entry.keys if "Media" not in key),
        )
        for entry in ENTRIES
        if entry.keys
    ]


def lines_of_actions(actions: Sequence[QAction]) -> list[KeyLine]:
    """Return the keys of the actions on notes."""
    return [
        KeyLine(
            Group.NOTES,
            action.text().rstrip("…"),
            tuple(shown_key(key) for key in action.shortcuts()),
        )
        for action in actions
        if action.shortcuts()
    ]


class KeysOverview(Overlay, QScrollArea):
    """Covers the window; a click, Escape or the same key again closes it."""

    ACCESSIBLE_ROLE = "Dialog"

    def __init__(self, theme: Theme, window: QWidget, lines: Sequence[KeyLine]) -> None:
        super().__init__(window)
        self._theme = FittedTheme(theme, self)  # a column is to be no wider than the window
        self.remember_focus()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setVerticalScrollBar(QuietScrollBar(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Keys")
        self.viewport().setAutoFillBackground(False)
        self._sheet = _Sheet(self._theme, lines)
        self.setWidget(self._sheet)
        self._sheet.setAutoFillBackground(False)  # setWidget turns it on
        self._theme.changed.connect(self.place)
        window.installEventFilter(self)
        self.place()

    def place(self) -> None:
        """Cover the window, the sheet in its middle."""
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        self._theme.fit(window.width() / (_COLUMN_PX + 2 * _PADDING_PX))
        size = self._sheet.size_for(window.width())
        self._sheet.resize(max(size.width(), window.width()), max(size.height(), window.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() is QEvent.Type.Resize:
            self.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        veil = QColor(self._theme.palette.paper)
        veil.setAlphaF(0.82)
        painter.fillRect(self.viewport().rect(), veil)
        painter.end()
        super().paintEvent(event)

    def focusNextPrevChild(self, _is_next: bool, /) -> bool:
        """Keep the focus: what lies below can't be seen."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Question):
            self.close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.give_focus_back()


class _UnseenLabel(QLabel):
    """Lets screen readers find a line that is painted on the sheet below it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint nothing: the sheet does."""


class _Sheet(QWidget):
    def __init__(self, theme: Theme, lines: Sequence[KeyLine]) -> None:
        super().__init__()
        self._theme = theme
        self._groups = [
            (group, [line for line in lines if line.group is group])
            for group in Group
            if any(line.group is group for line in lines)
        ]
        self._unseen = {
            id(line): _UnseenLabel(f"{line.label}: {' or '.join(line.keys)}", self)
            for _, lines in self._groups
            for line in lines
        }

    def size_for(self, room: int) -> QSize:
        """Return the size of the card that fits in `room` pixels of width."""
        px = self._theme.px
        columns = self._columns(room)
        height = max(sum(self._group_height(lines) for _, lines in column) for column in columns)
        return QSize(
            round(px(_COLUMN_PX) * len(columns) + px(2 * _PADDING_PX)),
            round(height + px(2 * _PADDING_PX)),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self._theme.px
        size = self.size_for(self.width())
        box = QRectF(
            round((self.width() - size.width()) / 2),
            round(max(0.0, (self.height() - size.height()) / 2)),
            size.width(),
            size.height(),
        )
        paint_floating_card(painter, box, self._theme, round(px(14)))
        for number, column in enumerate(self._columns(self.width())):
            x = box.left() + px(_PADDING_PX) + number * px(_COLUMN_PX)
            y = box.top() + px(_PADDING_PX)
            for group, lines in column:
                y = self._paint_group(painter, x, y, group, lines)
        painter.end()

    def _columns(self, room: int) -> list[list[tuple[Group, list[KeyLine]]]]:
        """Spread the groups over two columns where they fit, even in height."""
        if room < self._theme.px(2 * _COLUMN_PX + 2 * _PADDING_PX):
            return [self._groups]
        best, least = 1, float("inf")
        for split in range(1, len(self._groups)):
            left = sum(self._group_height(lines) for _, lines in self._groups[:split])
            right = sum(self._group_height(lines) for _, lines in self._groups[split:])
            if max(left, right) < least:
                best, least = split, max(left, right)
        return [self._groups[:best], self._groups[best:]]

    def _group_height(self, lines: Sequence[KeyLine]) -> float:
        return self._theme.px(_HEADING_PX + _ROW_PX * len(lines) + 12)

    def _paint_group(
        self, painter: QPainter, x: float, y: float, group: Group, lines: Sequence[KeyLine]
    ) -> float:
        palette, px = self._theme.palette, self._theme.px
        painter.setFont(self._theme.text_font(17, 600))
        painter.setPen(palette.ink)
        painter.drawText(QPointF(x, y + px(20)), group.value)
        y += px(_HEADING_PX)
        font = self._theme.interface_font(13)
        for line in lines:
            baseline = y + px(18)
            painter.setFont(font)
            painter.setPen(palette.soft)
            painter.drawText(QPointF(x, baseline), line.label)
            row = QRectF(x, y, px(_COLUMN_PX - 28), px(_ROW_PX))
            self._unseen[id(line)].setGeometry(row.toRect())
            self._paint_keys(painter, x + px(_COLUMN_PX - 28), baseline, line.keys)
            y += px(_ROW_PX)
        return y + px(12)

    def _paint_keys(
        self, painter: QPainter, right: float, baseline: float, keys: Sequence[str]
    ) -> None:
        """Paint key caps that end at `right`, the first key leftmost."""
        palette, px = self._theme.palette, self._theme.px
        font: QFont = self._theme.interface_font(11.5, 500)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for key in reversed(keys):
            width = max(px(22), metrics.horizontalAdvance(key) + px(12))
            cap = QRectF(right - width, baseline - px(15), width, px(21))
            painter.setPen(QPen(palette.line, 1))
            painter.setBrush(palette.paper)
            painter.drawRoundedRect(cap, px(5), px(5))
            painter.setPen(palette.ink)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            right -= width + px(5)
