"""The notes of a text, or of all, as a list: found, grouped, gone to, given back a lost place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from reader.ui.look.controls import TextButton, fit_on_screen
from reader.ui.look.field_style import field_style_sheet
from reader.ui.look.fitted_theme import FittedTheme
from reader.ui.look.theme import Theme
from reader.ui.note_list.note_entries import NoteRow
from reader.ui.note_list.note_settling import NoteSettling
from reader.ui.note_list.notes_filters import NotesFilters
from reader.ui.note_list.notes_lines import LINE, LinePainter, NoteLines
from reader.ui.note_list.notes_listing import Choice, Kind, Line, Order
from reader.ui.view.quiet_scroll_bar import QuietScrollBar
from reader.ui.window.commands import Command, keys_of
from reader.ui.window.leaving_keys import leave_by_keys
from reader.values import replaced

_SIZE_PX = (520, 680)
_SMALLEST_PX = (460, 340)
_SIDE_PX = 20
_BARS_PX = 420
"""What the lines of buttons need."""


class NotesDialog(QDialog):
    """A window of its own beside the text. Whoever opens it gives it lines when `asked` says so."""

    asked = Signal()
    """Other notes are wanted: `choice` says which and how, `is_of_all` of which texts."""
    note_chosen = Signal(str)
    """AnnotationId: its passage is to be shown."""
    removal_wanted = Signal(str)
    place_shown = Signal(object)
    """Span: a place where a lost passage may be; None for none any more: another note is chosen."""
    place_accepted = Signal(str, object)
    """AnnotationId and Span: it is there. None for the place it has been given."""
    undo_wanted = Signal()
    """What was done last to a note is to be taken back."""
    return_wanted = Signal(str)
    """AnnotationId: it was removed and is wanted back."""
    book_wanted = Signal()
    """The notes that are listed are to be read like a book."""
    attachment_wanted = Signal(str)
    """AnnotationId: it belongs to what is selected in the text."""

    def __init__(self, theme: Theme, window: QWidget | None) -> None:
        super().__init__(window)
        self._theme = theme
        self._candidate = -1
        self.setWindowTitle("Notes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find in notes, passages and #tags")
        self.search.setAccessibleName("Find in notes")
        fit_on_screen(self, theme, QSize(*_SIZE_PX), QSize(*_SMALLEST_PX))
        bars = FittedTheme(theme, self)
        bars.fit((self.width() - theme.px(2 * _SIDE_PX)) / _BARS_PX)
        self.filters = NotesFilters(bars, self)
        self.kinds = self.filters.kinds
        self.book = TextButton(bars, "Read like a book", self, is_framed=True)
        self.book.setToolTip("Opens the notes that are listed as a text, to be read and heard")
        self.lines = NoteLines(self)
        self.list = QListView(self)
        self._painter = LinePainter(theme, self.list)
        self.nothing = QLabel(self)
        self._settling = NoteSettling(bars, self)
        self._settling.hide()
        self._lay_out()
        self._connect()
        leave_by_keys(self)
        self._dress()

    @property
    def choice(self) -> Choice:
        """Which notes are wanted, and how."""
        return replaced(self.filters.choice, words=self.search.text())

    @property
    def is_of_all(self) -> bool:
        """Whether the notes of all texts are wanted."""
        return self.filters.is_of_all

    @property
    def current(self) -> NoteRow | None:
        """The note that is chosen."""
        line = self.list.currentIndex().data(LINE)
        return line if isinstance(line, NoteRow) else None

    def stand_over(self, margin: QWidget) -> None:
        """Cover the margin, not the text, where the desktop lets windows choose their place.

        A margin without cards may not have been laid out yet: it is at the window's right.
        """
        window = margin.window()
        right = window.mapToGlobal(window.rect().topRight())
        top = margin.mapToGlobal(margin.rect().topRight()).y() if margin.isVisible() else right.y()
        self.resize(self.width(), min(self.height(), window.height()))
        self.move(max(0, right.x() - self.width()), top)

    def show_waiting(self) -> None:
        """Say that the notes are still being read, if none are listed yet."""
        if not self.lines.rowCount():
            self.nothing.setText(READING)
            self.nothing.show()
            self.list.hide()

    def show_lines(
        self, lines: Sequence[Line], headings: int = 0, *, is_whole: bool = True
    ) -> None:
        """List these, with the same note chosen as before if it is among them.

        So many of them are `headings`. Of a list that isn't `is_whole` more is still being read.
        """
        if not (lines or is_whole):
            return  # what is there stays until there is more to show
        before = self.current
        is_grouped = self.choice.order is Order.PLACE and self.choice.kind is not Kind.REMOVED
        self._painter.names_texts = not is_grouped and (
            self.is_of_all or self.choice.kind is not Kind.REMOVED
        )
        self.lines.set(lines)
        count = len(lines) - headings
        self.setWindowTitle(f"Notes: {count:,}" if count and is_whole else "Notes")
        self.book.setEnabled(count > 0 and self.choice.kind is not Kind.REMOVED)
        self.nothing.setVisible(count == 0)
        self.list.setVisible(count > 0)
        self.nothing.setText(_words_for_nothing(self.choice))
        if before is not None:
            number = self.lines.number_of(before.id)
            if number is not None:
                self.list.setCurrentIndex(self.lines.index(number))
        self._show_settling()

    # Building

    def _lay_out(self) -> None:
        px = self._theme.px
        side, gap = round(px(_SIDE_PX)), round(px(10))
        self.list.setModel(self.lines)
        self.list.setItemDelegate(self._painter)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBar(QuietScrollBar(self._theme, self.list))
        self.list.setAccessibleName("Notes")
        self.list.viewport().setAutoFillBackground(False)
        self.list.setMouseTracking(True)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.book)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(side, side, side, round(px(12)))
        whole.setSpacing(gap)
        whole.addWidget(self.search)
        whole.addWidget(self.filters)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.nothing, 1)
        whole.addWidget(self._settling)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self.asked.emit())
        self.filters.changed.connect(self.asked)
        self.filters.scope_changed.connect(self.asked)
        self.book.clicked.connect(self.book_wanted)
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

    def _go(self) -> None:
        row = self.current
        if row is not None and row.removed:
            return
        if row is not None and (row.place is not None or row.address):
            self.note_chosen.emit(row.id)
        elif row is not None and row.candidates:
            self._step_candidate(1)

    def _on_current_changed(self) -> None:
        if self._candidate >= 0:
            self.place_shown.emit(None)
        self._candidate = -1
        self._show_settling()

    def _show_settling(self) -> None:
        self._settling.show_note(self.current, self._candidate)

    def _step_candidate(self, by: int) -> None:
        row = self.current
        if row is None or not row.candidates:
            return
        shown = self._candidate
        if shown < 0:  # the likeliest is shown already where the note stands
            shown = 0 if row.place is not None else min(0, -by)
        self._candidate = (shown + by) % len(row.candidates)
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
        can_remove = row is not None and not row.removed and self.focusWidget() is self.list
        if QKeySequence(event.keyCombination()).toString() in keys_of(Command.SHOW_ALL_NOTES):
            self.filters.show_all(not self.is_of_all)
        elif event.matches(QKeySequence.StandardKey.Undo) and self.focusWidget() is self.list:
            self.undo_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete and row is not None and can_remove:
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


READING = "The notes are being read…"


def _words_for_nothing(choice: Choice) -> str:
    kind = choice.kind
    if choice.words:
        return "No note has all these words."
    if choice.is_narrowed:
        return "No note is like that."
    if kind is Kind.TO_LOOK_AT:
        return "Every note is where it belongs."
    if kind is Kind.REMOVED:
        return "Nothing was removed in the last 30 days."
    if kind is Kind.INBOX:
        return "Nothing is marked. Press M while you listen."
    return "No notes here yet. Select a passage and press N to write, H to highlight."
