"""Asks for the password of a locked text: one field, and Enter opens it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from reader.ui.look.controls import TextButton
from reader.ui.look.field_style import field_style_sheet
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme

_WIDTH_PX = 340


class PasswordPopover(Popover):
    """What is typed isn't shown, and is kept nowhere but until the text is left."""

    entered = Signal(str)

    def __init__(self, theme: Theme, window: QWidget, name: str, *, is_wrong: bool) -> None:
        super().__init__(theme, window, "Password")
        self._words = QLabel(_question(name, is_wrong=is_wrong), self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QLineEdit(self)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(f"Password of {name}")
        self.open_button = TextButton(theme, "Open", self, is_accented=True)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.open_button)
        self.content.addWidget(self._words)
        self.content.addLayout(row)
        self.setFocusProxy(self.field)
        self.field.returnPressed.connect(self._enter)
        self.open_button.clicked.connect(self._enter)
        self._dress()
        theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        width = round(self.theme.px(_WIDTH_PX)) + 2 * self.inset()
        return QSize(width, max(super().sizeHint().height(), self.heightForWidth(width)))

    def _enter(self) -> None:
        password = self.field.text()
        if password:
            self.close()
            self.entered.emit(password)

    def _dress(self) -> None:
        self._words.setFont(self.theme.interface_font(13))
        self.field.setFont(self.theme.interface_font(13))
        self.field.setStyleSheet(field_style_sheet(self.theme, is_on_card=True))


def _question(name: str, *, is_wrong: bool) -> str:
    if is_wrong:
        return f"That is not the password of {name}. Try another."
    return f"{name} is locked. Its password:"
