"""The notes of a text as a list beside it: found, grouped, gone to, and given back a lost place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.model import AnnotationId
from reader.ui.look.controls import TextButton
from reader.ui.look.setting_rows import field_style_sheet
from reader.ui.look.theme import Theme
from reader.ui.margin.notes_listing import Heading, Kind, Line, NoteRow, Order
from reader.ui.view.quiet_scroll_bar import QuietScrollBar

_Index = QModelIndex | QPersistentModelIndex
_SIZE_PX = (480, 640)
_SMALLEST_PX = (360, 320)
_ROW_PX, _HEADING_PX, _SIDE_PX = 66, 38, 20
_LINE = Qt.ItemDataRole.UserRole


class NotesDialog(QDialog):
    """A window of its own beside the text. Whoever opens it gives it lines when `asked` says so."""

    asked = Signal()
    """Other notes are wanted: `kind`, `order` and `wanted` say which and how."""
    note_chosen = Signal(str)
    """AnnotationId: its passage is to be shown."""
    removal_wanted = Signal(str)
    place_shown = Signal(object)
    """Span: a place where a lost passage may be."""
    place_accepted = Signal(str, object)
    """AnnotationId and Span: it is there. None for the place it has been given."""
    return_wanted = Signal(str)
    """AnnotationId: it was removed and is wanted back."""
    attachment_wanted = Signal(str)
    """AnnotationId: it belongs to what is selected in the text."""

    def __init__(self, theme: Theme, window: QWidget | None) -> None:
        super().__init__(window)
        self._theme = theme
        self.kind, self.order = Kind.ALL, Order.PLACE
        self._candidate = -1
        self.setWindowTitle("Notes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find in notes, passages and #tags")
        self.search.setAccessibleName("Find in notes")
        self.kinds = {kind: TextButton(theme, kind.value, self) for kind in Kind}
        self.orders = TextButton(theme, self.order.value, self)
        self.lines = _Lines(self)
        self.list = QListView(self)
        self.nothing = QLabel(self)
        self._settling = _Settling(theme, self)
        self._lay_out()
        self._connect()
        self._dress()

    @property
    def wanted(self) -> str:
        """The words that are looked for."""
        return self.search.text()

    @property
    def current(self) -> NoteRow | None:
        """The note that is chosen."""
        line = self.list.currentIndex().data(_LINE)
        return line if isinstance(line, NoteRow) else None

    def show_lines(self, lines: Sequence[Line]) -> None:
        """List these, with the same note chosen as before if it is among them."""
        before = self.current
        self.lines.set(lines)
        count = sum(isinstance(line, NoteRow) for line in lines)
        self.setWindowTitle("Notes" if not count else f"Notes: {count:,}")
        self.nothing.setVisible(count == 0)
        self.list.setVisible(count > 0)
        self.nothing.setText(_words_for_nothing(self.kind, self.wanted))
        if before is not None:
            number = self.lines.number_of(before.id)
            if number is not None:
                self.list.setCurrentIndex(self.lines.index(number))
        self._show_settling()

    # Building

    def _lay_out(self) -> None:
        px = self._theme.px
        side, gap = round(px(_SIDE_PX)), round(px(10))
        self.setMinimumSize(*(round(px(length)) for length in _SMALLEST_PX))
        self.resize(*(round(px(length)) for length in _SIZE_PX))
        self.list.setModel(self.lines)
        self.list.setItemDelegate(_LinePainter(self._theme, self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBar(QuietScrollBar(self._theme, self.list))
        self.list.setAccessibleName("Notes of this text")
        self.list.viewport().setAutoFillBackground(False)
        self.list.setMouseTracking(True)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        kinds = QHBoxLayout()
        kinds.setSpacing(0)
        for kind, button in self.kinds.items():
            button.setCheckable(True)
            button.setChecked(kind is self.kind)
            kinds.addWidget(button)
        kinds.addStretch(1)
        kinds.addWidget(self.orders)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(side, side, side, round(px(12)))
        whole.setSpacing(gap)
        whole.addWidget(self.search)
        whole.addLayout(kinds)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.nothing, 1)
        whole.addWidget(self._settling)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self.asked.emit())
        for kind, button in self.kinds.items():
            button.clicked.connect(lambda _=False, chosen=kind: self._choose_kind(chosen))
        self.orders.clicked.connect(self._choose_next_order)
        self.list.activated.connect(lambda _index: self._go())
        self.list.clicked.connect(lambda _index: self._go())
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._settling.stepped.connect(self._step_candidate)
        self._settling.accepted.connect(self._accept)
        self._settling.attach.clicked.connect(self._attach)
        self._settling.back.clicked.connect(self._bring_back)
        self._theme.changed.connect(self._dress)

    def _dress(self) -> None:
        palette = self._theme.palette
        self.search.setFont(self._theme.interface_font(13))
        self.search.setStyleSheet(field_style_sheet(self._theme))
        self.nothing.setFont(self._theme.interface_font(13))
        colours = self.nothing.palette()
        colours.setColor(colours.ColorRole.WindowText, palette.soft)
        self.nothing.setPalette(colours)
        self.list.viewport().update()

    # What the user does

    def _choose_kind(self, kind: Kind) -> None:
        self.kind = kind
        for other, button in self.kinds.items():
            button.setChecked(other is kind)
        self.asked.emit()

    def _choose_next_order(self) -> None:
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.orders.setText(self.order.value)
        self.orders.setAccessibleName(self.order.value)
        self.orders.updateGeometry()
        self.asked.emit()

    def _go(self) -> None:
        row = self.current
        if row is not None and row.removed:
            return
        if row is not None and row.place is not None:
            self.note_chosen.emit(row.id)
        elif row is not None and row.candidates:
            self._step_candidate(1)

    def _on_current_changed(self) -> None:
        self._candidate = -1
        self._show_settling()

    def _show_settling(self) -> None:
        self._settling.show_note(self.current, self._candidate)

    def _step_candidate(self, by: int) -> None:
        row = self.current
        if row is None or not row.candidates:
            return
        self._candidate = (max(self._candidate, -1 if by > 0 else 0) + by) % len(row.candidates)
        self._show_settling()
        self.place_shown.emit(row.candidates[self._candidate])

    def _accept(self) -> None:
        row = self.current
        if row is None:
            return
        shown = row.candidates[self._candidate] if self._candidate >= 0 else None
        if shown is not None or row.place is not None:
            self._candidate = -1
            self.place_accepted.emit(row.id, shown)

    def _bring_back(self) -> None:
        if self.current is not None:
            self.return_wanted.emit(self.current.id)

    def _attach(self) -> None:
        if self.current is not None:
            self.attachment_wanted.emit(self.current.id)

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current
        can_remove = row is not None and not row.removed and self.list.hasFocus()
        if event.key() == Qt.Key.Key_Delete and row is not None and can_remove:
            self.removal_wanted.emit(row.id)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return) and self.search.hasFocus():
            first = self.lines.number_of(None)
            if first is not None:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.list.setCurrentIndex(self.lines.index(first))
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


class _Settling(QWidget):
    """What can be done about a note whose place is not sure."""

    stepped = Signal(int)
    accepted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setFont(theme.interface_font(12.5))
        self.before = TextButton(theme, "‹", self)
        self.before.setAccessibleName("The place before")
        self.after = TextButton(theme, "›", self)
        self.after.setAccessibleName("The next place")
        self.accept = TextButton(theme, "It is here", self, is_framed=True, is_accented=True)
        self.attach = TextButton(theme, "It is what I select", self, is_framed=True)
        self.attach.setToolTip("Select the passage in the text, then press this")
        self.back = TextButton(theme, "Bring it back", self, is_framed=True, is_accented=True)
        row = QHBoxLayout()
        for button in (self.before, self.after, self.accept, self.attach, self.back):
            row.addWidget(button)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._said)
        whole.addLayout(row)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.accept.clicked.connect(self.accepted)

    def show_note(self, row: NoteRow | None, candidate: int) -> None:
        """Offer what helps this note; nothing for one whose place is sure."""
        is_wanted = row is not None and bool(row.doubt or row.removed)
        self.setVisible(is_wanted)
        if row is None or not is_wanted:
            return
        self.back.setVisible(bool(row.removed))
        self.attach.setVisible(not row.removed)
        if row.removed:
            self._said.setText("It can be brought back for 30 days.")
            for button in (self.before, self.after, self.accept):
                button.hide()
            return
        count = len(row.candidates)
        if candidate >= 0:
            self._said.setText(f"Place {candidate + 1} of {count}: is it this one?")
        elif row.place is not None:
            self._said.setText("The text has changed here. Is this still the passage?")
        elif count:
            self._said.setText("The passage was not found. It may be at one of these places.")
        else:
            self._said.setText("The passage was not found. Select it in the text if it is there.")
        for button in (self.before, self.after):
            button.setVisible(count > 0)
        self.accept.setVisible(candidate >= 0 or row.place is not None)


class _Lines(QAbstractListModel):
    """The lines as Qt's lists want them; headings can't be chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()

    def set(self, lines: Sequence[Line]) -> None:
        """Hold these."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def number_of(self, name: AnnotationId | None) -> int | None:
        """Return the number of a note's line; of the first note for None."""
        for number, line in enumerate(self._lines):
            if isinstance(line, NoteRow) and name in (None, line.id):
                return number
        return None

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == _LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(line)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self._lines[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _LinePainter(QStyledItemDelegate):
    """Paints a heading, or a note: its bar, passage, what was written, and a meta line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = _HEADING_PX if isinstance(index.data(_LINE), Heading) else _ROW_PX
        return QSize(100, round(self._theme.px(height)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line, box = index.data(_LINE), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._paint_heading(painter, box, line)
        else:
            state = option.state
            self._paint_note(painter, box, line, is_chosen=bool(state & _SELECTED))
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRectF, heading: Heading) -> None:
        px, palette = self._theme.px, self._theme.palette
        painter.setFont(self._theme.interface_font(11.5, 600))
        painter.setPen(palette.soft)
        low = box.adjusted(px(6), 0, -px(8), -px(6))
        title = self._elided(f"{heading.title} · {heading.count:,}", low.width(), painter.font())
        painter.drawText(low, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_note(self, painter: QPainter, box: QRectF, row: NoteRow, *, is_chosen: bool) -> None:
        px, palette = self._theme.px, self._theme.palette
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.card)
            painter.drawRoundedRect(box.adjusted(0, 1, -px(6), -1), px(8), px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.strong(row.colour))
        bar = QRectF(box.left() + px(6), box.top() + px(9), px(3), box.height() - px(18))
        painter.drawRoundedRect(bar, px(1.5), px(1.5))
        text = box.adjusted(px(18), px(7), -px(14), -px(7))
        third = text.height() / 3
        interface, serif = self._theme.interface_font, self._theme.text_font
        ink, soft = palette.ink, palette.soft
        lines = [(row.note, interface(13), ink)] if row.note else []
        if row.quote or not row.note:
            lines.append((row.quote or "Bookmark", serif(12.5), soft if row.note else ink))
        lines.append((_meta(row), interface(11), palette.accent if row.doubt else soft))
        top = text.top() + (3 - len(lines)) * third / 2
        for number, (words, font, colour) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(colour)
            line = QRectF(text.left(), top + number * third, text.width(), third)
            painter.drawText(
                line,
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                self._elided(words, line.width(), font),
            )

    @staticmethod
    def _elided(words: str, width: float, font: QFont) -> str:
        return QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, width)


_SELECTED = QStyle.StateFlag.State_Selected


def _meta(row: NoteRow) -> str:
    tags = (f"#{tag}" for tag in row.tags)
    parts = (row.doubt.capitalize(), *tags, row.removed or row.date)
    return "  ".join(part for part in parts if part)


def _spoken(line: Line) -> str:
    if isinstance(line, Heading):
        return f"{line.title}, {line.count}"
    return ". ".join(part for part in (line.note, line.quote, _meta(line)) if part)


def _words_for_nothing(kind: Kind, wanted: str) -> str:
    if wanted:
        return "No note has all these words."
    if kind is Kind.TO_LOOK_AT:
        return "Every note is where it belongs."
    if kind is Kind.REMOVED:
        return "Nothing was removed in the last 30 days."
    if kind is Kind.INBOX:
        return "Nothing is marked. Press M while you listen."
    return "No notes here yet. Select a passage and press N to write, H to highlight."
