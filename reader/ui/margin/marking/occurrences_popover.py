"""Asks which phrase is to be marked wherever it stands, and what its notes are to say."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from reader.text.finding import FindQuery
from reader.ui.announcing import announce
from reader.ui.look.controls import TextButton, word_switch
from reader.ui.look.field_style import field_style_sheet
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme
from reader.ui.margin.marking.look_row import LookRow

MOST = 2_000
"""Passages that may be marked at once: more would be marks without a meaning."""

_TITLE = "Mark every occurrence"
_WIDTH_PX = 330
_TOP_PX = 70
_TYPING_MS = 120


class OccurrencesPopover(Popover):
    """Enter marks what was found; Escape leaves everything as it was."""

    query_changed = Signal(object)
    """FindQuery."""
    look_chosen = Signal(str, str)
    """A colour and a style; "" for the one that isn't changed."""
    wanted = Signal(str)
    """Mark all, each with this note; "" for none."""

    def __init__(self, theme: Theme, window: QWidget, words: str, *, is_whole: bool) -> None:
        """`is_whole` says whether the words begin and end where words do."""
        super().__init__(theme, window, _TITLE)
        title = QLabel(_TITLE, self)
        title.setFont(theme.interface_font(13.5, 600))
        self.phrase = self._field("Word or phrase", words)
        self.note = self._field("Note on each, if you like", "")
        self.case_button = word_switch(theme, "Aa", "Match case", self)
        self.word_button = word_switch(theme, "Word", "Whole words only", self)
        self.word_button.setChecked(is_whole)
        self.looks = LookRow(theme, self)
        self.count = QLabel(self)
        self.count.setFont(theme.figure_font(11.5))
        self.count.setStyleSheet(f"color: {theme.palette.soft.name()};")
        title.setStyleSheet(f"color: {theme.palette.ink.name()};")
        self.mark_button = TextButton(theme, "Mark", self, is_accented=True, is_framed=True)
        below = QHBoxLayout()
        below.addWidget(self.count)
        below.addStretch()
        below.addWidget(self.mark_button)
        switches = QHBoxLayout()
        switches.addWidget(self.looks)
        switches.addStretch()
        switches.addWidget(self.case_button)
        switches.addWidget(self.word_button)
        self.content.addWidget(title)
        self.content.addWidget(self.phrase)
        self.content.addLayout(switches)
        self.content.addWidget(self.note)
        self.content.addLayout(below)
        self.setFocusProxy(self.phrase)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._connect()

    def _connect(self) -> None:
        self._typing.timeout.connect(self._tell_query)
        self.phrase.textChanged.connect(self._typing.start)
        for switch in (self.case_button, self.word_button):
            switch.toggled.connect(self._tell_query)
        self.looks.colour_chosen.connect(lambda colour: self.look_chosen.emit(colour, ""))
        self.looks.style_chosen.connect(lambda style: self.look_chosen.emit("", style))
        for field in (self.phrase, self.note):
            field.returnPressed.connect(self._mark)
        self.mark_button.clicked.connect(self._mark)

    @property
    def query(self) -> FindQuery:
        """What is to be marked."""
        return FindQuery(
            self.phrase.text(),
            is_case_kept=self.case_button.isChecked(),
            is_whole_word=self.word_button.isChecked(),
        )

    def show_count(self, count: int, marked: int, *, is_complete: bool) -> None:
        """Say how often the phrase stands in the text, and how many of these are marked already."""
        new = count - marked
        if not is_complete:
            words = f"{count:,}…"
        elif not count:
            words = "" if self.query.is_empty else "Nothing found"
        elif count > MOST:
            words = f"{count:,} in this text, more than {MOST:,}"
        else:
            words = f"{count:,} in this text"
            words += f", {marked:,} marked already" if marked else ""
        self.count.setText(words)
        self.mark_button.setText(f"Mark {new:,}" if 0 < new <= MOST else "Mark")
        self.mark_button.setAccessibleName(self.mark_button.text())
        self.mark_button.setEnabled(is_complete and new > 0 and count <= MOST)
        self.mark_button.updateGeometry()
        if is_complete:
            announce(self, words)

    def place(self) -> None:
        """Stand over the head of the window, in its middle."""
        window = self.parentWidget()
        if window is not None:
            size = self.sizeHint().boundedTo(window.size())
            left = (window.width() - size.width()) // 2
            top = min(round(self.theme.px(_TOP_PX)), window.height() - size.height())
            self.resize(size)
            self.move(QPoint(left, max(top, 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        event.accept()  # what is typed here is for nobody else

    def _mark(self) -> None:
        if self._typing.isActive():  # Enter right after a letter: first see how many there are
            self._typing.stop()
            self._tell_query()
        elif self.mark_button.isEnabled():
            note = self.note.text().strip()
            self.wanted.emit(note)
            self.close()

    def _tell_query(self) -> None:
        self.query_changed.emit(self.query)

    def _field(self, name: str, text: str) -> QLineEdit:
        field = QLineEdit(text, self)
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.setFont(self.theme.interface_font(13.5))
        field.setMinimumWidth(round(self.theme.px(_WIDTH_PX)))
        field.setStyleSheet(field_style_sheet(self.theme, is_on_card=True))
        field.selectAll()
        return field
