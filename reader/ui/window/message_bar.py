"""Quiet messages over the foot of the text, each with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

from reader.ui.look.controls import IconButton, TextButton
from reader.ui.look.icons import Icon
from reader.ui.look.theme import Theme
from reader.ui.window.messages import Message, Remedy, Subject

_WIDEST_PX = 820
_PASSING_MS = 8000
_ZERO_WIDTH_SPACE = "\u200b"


class MessageBar(QWidget):
    """Shows the latest message; the one before it comes back when it is closed.

    Its owner says where: `place(room, foot)`.
    """

    ACCESSIBLE_ROLE = "Notification"

    remedy_chosen = Signal(object, object)
    """Message, Remedy. The message is closed already."""
    changed = Signal()
    """Shown, closed or of another height: it is to be placed again."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._messages: list[Message] = []
        self._buttons: list[TextButton] = []
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._close_button = IconButton(theme, Icon.CLOSE, "Close this message", self, side_px=30)
        self._close_button.clicked.connect(self._on_closed)
        self._passing = QTimer(self, singleShot=True, interval=_PASSING_MS)
        self._passing.timeout.connect(self._on_closed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown, or None."""
        return self._messages[-1] if self._messages else None

    def show_message(self, message: Message) -> None:
        """Show `message` in place of an earlier one about the same subject."""
        self._messages = [other for other in self._messages if other.subject != message.subject]
        self._messages.append(message)
        self._show_latest()

    def settle(self, *subjects: Subject) -> None:
        """Take back what was said about these subjects: it is so no longer."""
        left = [message for message in self._messages if message.subject not in subjects]
        if left != self._messages:
            self._messages = left
            self._show_latest()

    def close_message(self) -> bool:
        """Close what is shown; return whether there was anything."""
        if not self._messages:
            return False
        self._on_closed()
        return True

    def place(self, room: int, foot: int) -> None:
        """Stand in the middle of `room` pixels of width with the lower edge at y = `foot`."""
        px = self._theme.px
        inset, gap, row = round(px(18)), round(px(8)), round(px(33))
        sizes = [button.sizeHint() for button in self._buttons]
        close = self._close_button.sizeHint()
        buttons_width = sum(size.width() for size in sizes) + close.width() + gap
        text_width = self._label.sizeHint().width()
        width = min(round(px(_WIDEST_PX)), room - 2 * round(px(12)))
        is_stacked = width - buttons_width - inset - gap < px(240)
        taken = inset + gap + (close.width() + gap if is_stacked else buttons_width)
        if not is_stacked:
            one_line = self._label.fontMetrics().horizontalAdvance(self._label.text())
            width = min(width, taken + max(one_line, text_width) + gap)
        text_width = width - taken
        text_height = max(self._label.heightForWidth(text_width), close.height())
        padding = round(px(8))
        height = text_height + 2 * padding + (row if is_stacked and sizes else 0)
        self._label.setGeometry(inset, padding, text_width, text_height)
        middle = padding + text_height // 2
        right = width - gap
        self._close_button.setGeometry(
            right - close.width(), middle - close.height() // 2, *close.toTuple()
        )
        if is_stacked:
            middle = padding + text_height + row // 2 + padding // 2
        else:
            right -= close.width()
        self._place_buttons(sizes, right, middle)
        self.setGeometry((room - width) // 2, foot - height, width, height)

    def _place_buttons(self, sizes: list[QSize], right: int, middle: int) -> None:
        """Line the remedies up towards `right`, the first one leftmost."""
        left = right - sum(size.width() for size in sizes)
        for button, size in zip(self._buttons, sizes, strict=True):
            button.setGeometry(left, middle - size.height() // 2, size.width(), size.height())
            left += size.width()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self._theme.px(10)
        painter.setPen(QPen(self._theme.palette.line, 1))
        painter.setBrush(self._theme.palette.card)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, radius, radius)
        painter.end()

    def _show_latest(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        self._passing.stop()
        message = self.message
        if message is None:
            self.hide()
            self.changed.emit()
            return
        # a long path may break after each slash
        self._label.setText(message.text.replace("/", "/" + _ZERO_WIDTH_SPACE))
        for remedy in message.remedies:
            button = TextButton(self._theme, remedy.value, self, is_accented=True)
            button.clicked.connect(lambda _=False, chosen=remedy: self._on_chosen(chosen))
            button.show()
            self._buttons.append(button)
        if not message.remedies and not message.stays:
            self._passing.start()
        self.setAccessibleName(message.text)
        self.hide()  # screen readers say a notification when it comes to be shown, and only then
        self.show()
        self.raise_()
        self.changed.emit()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_chosen(self, remedy: Remedy) -> None:
        message = self._messages.pop()
        self._show_latest()
        self.remedy_chosen.emit(message, remedy)

    def _on_closed(self) -> None:
        if self._messages:
            self._messages.pop()
            self._show_latest()

    def _on_theme_changed(self) -> None:
        self._label.setFont(self._theme.interface_font(13))
        colours = self._label.palette()
        colours.setColor(QPalette.ColorRole.WindowText, self._theme.palette.ink)
        self._label.setPalette(colours)
        self.changed.emit()
