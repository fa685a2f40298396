"""Lines in which one setting is changed, made from its row in the table of settings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from reader.app.settings import Setting, SettingValue
from reader.ui.look.choice import Choice
from reader.ui.look.controls import TextButton
from reader.ui.look.field_style import field_style_sheet
from reader.ui.look.switch_row import SwitchRow
from reader.ui.look.theme import Theme

Chosen = Callable[[str, SettingValue], None]
_STEPS = ((10, 1), (5_000, 50))
"""Up to this maximum a number goes by this step; above, by a hundred."""
_FIELD_PX = 120
_LABEL_PX = 140
"""The least that words beside choices need; where the screen hasn't got it they stand above."""
_AROUND_PX = 60


def setting_row(
    theme: Theme, setting: Setting, value: SettingValue, parent: QWidget, chosen: Chosen
) -> QWidget:
    """Return the line for a setting; `chosen` is called with its name and each new value."""
    name = setting.name
    if setting.kind is bool:
        switch = SwitchRow(theme, setting.description, bool(value), parent)
        switch.toggled.connect(lambda is_on: chosen(name, is_on))
        return switch
    if setting.choices:
        choice = ChoiceRow(theme, setting, str(value), parent)
        choice.chosen.connect(lambda wanted: chosen(name, wanted))
        return choice
    if setting.kind is int:
        number = _Number(setting, int(value), parent)
        number.valueChanged.connect(lambda wanted: chosen(name, wanted))
        return _Labelled(theme, setting.description, number, parent)
    field = QLineEdit(str(value), parent)
    field.editingFinished.connect(lambda: chosen(name, field.text().strip() or setting.default))
    row = _Labelled(theme, setting.description, field, parent)
    if setting.is_folder:
        field.setPlaceholderText("None")
        row.add_folder_button(theme, field)
    return row


class ChoiceRow(QWidget):
    """Words, and behind them a few choices of which one holds."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, setting: Setting, value: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = _row_with_label(theme, setting.description, self)
        row.setSpacing(0)
        self.buttons = {
            choice: TextButton(theme, choice[:1].upper() + choice[1:], self)
            for choice in setting.choices
        }
        of_buttons = self._room_for_buttons(theme, row)
        for choice, button in self.buttons.items():
            button.setAccessibleName(f"{setting.description}: {choice}")
            of_buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        choices = Choice(self.buttons, self)
        choices.show(value)
        choices.made.connect(self.chosen.emit)

    def _room_for_buttons(self, theme: Theme, row: QBoxLayout) -> QBoxLayout:
        """Return where the buttons go: behind the words or, in large letters, below them."""
        room = self.screen().availableSize().width() - theme.px(_AROUND_PX)
        width = sum(button.sizeHint().width() for button in self.buttons.values())
        if width + theme.px(_LABEL_PX) <= room:
            return row
        row.setDirection(QBoxLayout.Direction.TopToBottom)
        if width > room:
            return row
        below = QHBoxLayout()
        row.addLayout(below)
        return below


class _Labelled(QWidget):
    """Words, and a field behind them."""

    def __init__(self, theme: Theme, text: str, field: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        row = _row_with_label(theme, text, self)
        field.setAccessibleName(text)
        field.setFont(theme.interface_font(13))
        field.setFixedWidth(round(theme.px(_FIELD_PX)))
        field.setStyleSheet(field_style_sheet(theme))
        row.addWidget(field)
        self.setFocusProxy(field)

    def add_folder_button(self, theme: Theme, field: QLineEdit) -> None:
        """Let the field be filled from the system's dialog."""
        button = TextButton(theme, "Choose…", self)
        row = self.layout()
        assert row is not None
        row.addWidget(button)

        def choose() -> None:
            dialog = QFileDialog(self.window(), field.accessibleName(), field.text())
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            dialog.fileSelected.connect(field.setText)
            dialog.fileSelected.connect(lambda _: field.editingFinished.emit())
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        button.clicked.connect(choose)


class _Number(QSpinBox):
    """A number with its unit. The wheel scrolls what it stands in, and changes nothing."""

    def __init__(self, setting: Setting, value: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRange(int(setting.minimum), int(setting.maximum))
        self.setSingleStep(next((by for most, by in _STEPS if setting.maximum <= most), 100))
        self.setSuffix(f" {setting.unit}")
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setValue(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _row_with_label(theme: Theme, text: str, parent: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(parent)
    between = round(theme.px(3))
    row.setContentsMargins(0, between, round(theme.px(10)), between)
    label = QLabel(text, parent)
    label.setFont(theme.interface_font(13))
    label.setWordWrap(True)
    label.setContentsMargins(round(theme.px(10)), 0, round(theme.px(8)), 0)
    row.addWidget(label, 1)
    return row
