"""What is read and what is left out: a switch for each kind of passage."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from reader.app.settings import SETTINGS, WHAT_IS_READ, Settings
from reader.ui.look.popover import Popover
from reader.ui.look.setting_rows import setting_row
from reader.ui.look.theme import Theme


class ReadingPopover(Popover):
    """Made from the table of settings: a switch for yes or no, a row of words for a choice."""

    chosen = Signal(str, object)
    """The setting's name and its new value."""

    def __init__(self, theme: Theme, window: QWidget, settings: Settings) -> None:
        super().__init__(theme, window, WHAT_IS_READ)
        self.content.setSpacing(0)
        title = QLabel(WHAT_IS_READ, self)
        title.setFont(theme.interface_font(13, 600))
        title.setContentsMargins(round(theme.px(10)), 0, 0, round(theme.px(6)))
        self.content.addWidget(title)
        self.rows: dict[str, QWidget] = {}
        for setting in SETTINGS:
            if setting.group != WHAT_IS_READ:
                continue
            value = getattr(settings, setting.name)
            row = setting_row(theme, setting, value, self, self.chosen.emit)
            self.rows[setting.name] = row
            self.content.addWidget(row)
