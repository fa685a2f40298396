"""What is read and what is left out: a switch for each kind of passage."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from reader.app.settings import SETTINGS, WHAT_IS_READ, Setting, Settings
from reader.ui.look.controls import TextButton
from reader.ui.look.popover import Popover
from reader.ui.look.switch_row import SwitchRow
from reader.ui.look.theme import Theme


class ReadingPopover(Popover):
    """Made from the table of settings: a switch for yes or no, a row of words for a choice."""

    chosen = Signal(str, object)
    """The setting's name and its new value."""

    def __init__(self, theme: Theme, window: QWidget, settings: Settings) -> None:
        super().__init__(theme, window)
        self.setAccessibleName(WHAT_IS_READ)
        self.content.setSpacing(0)
        title = QLabel(WHAT_IS_READ, self)
        title.setFont(theme.interface_font(13, 600))
        title.setContentsMargins(round(theme.px(10)), 0, 0, round(theme.px(6)))
        self.content.addWidget(title)
        self.switches: dict[str, SwitchRow] = {}
        self.choices: dict[str, dict[str, TextButton]] = {}
        for setting in SETTINGS:
            if setting.group != WHAT_IS_READ:
                continue
            value = getattr(settings, setting.name)
            if setting.kind is bool:
                self._add_switch(setting, bool(value))
            else:
                self._add_choice(setting, str(value))

    def _add_switch(self, setting: Setting, is_on: bool) -> None:
        row = SwitchRow(self.theme, setting.description, is_on, self)
        row.toggled.connect(lambda is_on, name=setting.name: self.chosen.emit(name, is_on))
        self.switches[setting.name] = row
        self.content.addWidget(row)

    def _add_choice(self, setting: Setting, value: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        label = QLabel(setting.description, self)
        label.setFont(self.theme.interface_font(13))
        label.setContentsMargins(round(self.theme.px(10)), 0, round(self.theme.px(8)), 0)
        row.addWidget(label, 1)
        buttons = self.choices[setting.name] = {}
        for choice in setting.choices:
            button = TextButton(self.theme, choice[:1].upper() + choice[1:], self)
            button.setCheckable(True)
            button.setChecked(choice == value)
            button.clicked.connect(
                lambda _=False, name=setting.name, chosen=choice: self._choose(name, chosen)
            )
            buttons[choice] = button
            row.addWidget(button)
        self.content.addLayout(row)

    def _choose(self, name: str, chosen: str) -> None:
        for choice, button in self.choices[name].items():
            button.setChecked(choice == chosen)
        self.chosen.emit(name, chosen)
