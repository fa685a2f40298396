"""The bar one finds with: a field, how many there are, to the next and the one before."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from reader.text.finding import FindQuery
from reader.ui.announcing import announce
from reader.ui.look.controls import IconButton, word_switch
from reader.ui.look.icons import Icon
from reader.ui.look.popover import paint_floating_card
from reader.ui.look.theme import Theme

_FIELD_PX = 210
_SHADOW_PX = 8
_INNER_PX = 5


class FindField(QLineEdit):
    """Where one types what is to be found. Enter goes on, Shift+Enter back, Escape gives up."""

    next_wanted = Signal()
    previous_wanted = Signal()
    stay_wanted = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                held = event.modifiers()
                if held & Qt.KeyboardModifier.ControlModifier:
                    self.stay_wanted.emit()
                elif held & Qt.KeyboardModifier.ShiftModifier:
                    self.previous_wanted.emit()
                else:
                    self.next_wanted.emit()
            case Qt.Key.Key_Down:
                self.next_wanted.emit()
            case Qt.Key.Key_Up:
                self.previous_wanted.emit()
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case _:
                super().keyPressEvent(event)


class FindBar(QWidget):
    """A card over the text's head. It is told what was found and tells what is wanted."""

    query_changed = Signal(object)
    """FindQuery."""
    next_wanted = Signal()
    previous_wanted = Signal()
    stay_wanted = Signal()
    """Close, and stay at what was found."""
    escaped = Signal()
    """Close, and go back to where the search began."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._count_words = ""
        self.setAccessibleName("Find in this text")
        self.field = FindField(self)
        self.field.setPlaceholderText("Find in this text")
        self.field.setAccessibleName("Find in this text")
        self.count = QLabel(self)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.previous_button = IconButton(theme, Icon.UP, "The one before (Shift+F3)", self, 30)
        self.next_button = IconButton(theme, Icon.DOWN, "The next one (F3)", self, 30)
        self.case_button = word_switch(theme, "Aa", "Match case", self)
        self.word_button = word_switch(theme, "Word", "Whole words only", self)
        self.close_button = IconButton(theme, Icon.CLOSE, "Close and stay here", self, 30)
        row = self._row = QHBoxLayout(self)
        row.setSpacing(0)
        row.addWidget(self.field)
        row.addWidget(self.count)
        row.addSpacing(4)
        for button in (
            self.previous_button,
            self.next_button,
            self.case_button,
            self.word_button,
            self.close_button,
        ):
            row.addWidget(button)
        self._connect()
        self._dress()
        self.hide()

    def _connect(self) -> None:
        field = self.field
        field.textChanged.connect(self._tell_query)
        field.next_wanted.connect(self.next_wanted)
        field.previous_wanted.connect(self.previous_wanted)
        field.stay_wanted.connect(self.stay_wanted)
        field.escaped.connect(self.escaped)
        self.next_button.clicked.connect(self.next_wanted)
        self.previous_button.clicked.connect(self.previous_wanted)
        self.close_button.clicked.connect(self.stay_wanted)
        for switch in (self.case_button, self.word_button):
            switch.toggled.connect(self._tell_query)
        self._theme.changed.connect(self._dress)

    @property
    def query(self) -> FindQuery:
        """What is looked for."""
        return FindQuery(
            self.field.text(),
            is_case_kept=self.case_button.isChecked(),
            is_whole_word=self.word_button.isChecked(),
        )

    def open_with(self, words: str) -> None:
        """Show the bar with these words in it, or those that are there, ready to be typed over."""
        if words:
            self.field.setText(words)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_count(self, words: str, *, is_nothing: bool = False) -> None:
        """Say how many there are, and for screen readers as well."""
        palette = self._theme.palette
        colour = palette.accent if is_nothing else palette.soft
        self.count.setStyleSheet(f"color: {colour.name()}; background: transparent;")
        if words != self._count_words:
            self._count_words = words
            self.count.setText(words)
            announce(self, words)

    def set_has_hits(self, has_hits: bool) -> None:
        """Offer the way to the next one, or not."""
        self.next_button.setEnabled(has_hits)
        self.previous_button.setEnabled(has_hits)

    def place(self, right: int, top: int) -> None:
        """Stand with the card's right edge and top there, in the parent's pixels."""
        size = self.sizeHint()
        shadow = round(self._theme.px(_SHADOW_PX))
        left = max(right + shadow - size.width(), -shadow)
        self.setGeometry(left, top - shadow, size.width(), size.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the bar from its buttons, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint its ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shadow = round(self._theme.px(_SHADOW_PX))
        box = QRectF(self.rect()).adjusted(shadow, shadow, -shadow, -shadow)
        paint_floating_card(painter, box, self._theme, shadow)
        painter.end()

    def _tell_query(self) -> None:
        self.query_changed.emit(self.query)

    def _dress(self) -> None:
        theme, palette, px = self._theme, self._theme.palette, self._theme.px
        self.field.setFont(theme.interface_font(13.5))
        self.field.setFixedWidth(round(px(_FIELD_PX)))
        self.field.setStyleSheet(f"""
            QLineEdit {{
                background: transparent; color: {palette.ink.name()};
                placeholder-text-color: {palette.soft.name()};
                selection-background-color: {palette.selection.name()};
                selection-color: {palette.ink.name()};
                border: none; padding: {px(4):.0f}px {px(8):.0f}px;
            }}
        """)
        font = theme.figure_font(11.5)
        self.count.setFont(font)
        self.count.setMinimumWidth(round(QFontMetricsF(font).horizontalAdvance("000 of 0,000")))
        inner = round(px(_SHADOW_PX + _INNER_PX))
        self._row.setContentsMargins(inner, inner, inner, inner)
        self.show_count(self._count_words)
        self.adjustSize()
