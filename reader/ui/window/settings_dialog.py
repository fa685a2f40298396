"""Settings: every choice that is not made where it shows, in groups, as the one table has them."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from reader.app.settings import SETTINGS, Settings
from reader.ui.look.controls import fit_on_screen
from reader.ui.look.setting_rows import setting_row
from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar
from reader.ui.window.leaving_keys import leave_by_keys

_SIZE_PX = (620, 680)
_SMALLEST_PX = (560, 320)


class SettingsDialog(QDialog):
    """A window of its own beside the text: what is chosen holds at once, there is no button."""

    chosen = Signal(str, object)
    """The setting's name and its new value."""

    def __init__(self, theme: Theme, window: QWidget | None, settings: Settings) -> None:
        super().__init__(window)
        self._theme = theme
        self.rows: dict[str, QWidget] = {}
        self.setWindowTitle("Settings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit_on_screen(self, theme, QSize(*_SIZE_PX), QSize(*_SMALLEST_PX))
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBar(QuietScrollBar(theme, self._scroll))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self._fill(settings)
        leave_by_keys(self)
        theme.changed.connect(self._on_theme_changed)

    def _fill(self, settings: Settings) -> None:
        """Build the rows; anew when the look has changed, which may be by one of them."""
        self._settings = settings
        place = self._scroll.verticalScrollBar().value()
        had_focus = next((n for n, row in self.rows.items() if row.hasFocus()), None)
        self.rows = {}
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        px = self._theme.px
        column.setContentsMargins(round(px(18)), round(px(8)), round(px(18)), round(px(20)))
        column.setSpacing(round(px(2)))
        shown = sorted((row for row in SETTINGS if row.group), key=lambda row: _ORDER[row.group])
        for group, settings_of_it in groupby(shown, key=lambda row: row.group):
            column.addSpacing(round(px(18)))
            column.addWidget(self._heading(group, sheet))
            column.addSpacing(round(px(6)))
            for setting in settings_of_it:
                value = getattr(settings, setting.name)
                row = setting_row(self._theme, setting, value, sheet, self._choose)
                self.rows[setting.name] = row
                column.addWidget(row)
        column.addStretch(1)
        self._scroll.setWidget(sheet)
        sheet.setAutoFillBackground(False)  # setWidget turns it on
        self._scroll.verticalScrollBar().setValue(place)
        if had_focus is not None:
            self.rows[had_focus].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_theme_changed(self) -> None:
        self._fill(self._settings)

    def _heading(self, text: str, parent: QWidget) -> QLabel:
        heading = QLabel(text, parent)
        heading.setFont(self._theme.text_font(18, 600))
        heading.setContentsMargins(round(self._theme.px(10)), 0, 0, 0)
        return heading

    def _choose(self, name: str, value: object) -> None:
        setting = next(row for row in SETTINGS if row.name == name)
        if isinstance(value, (bool, int, float, str)) and setting.accepts(value):
            self._settings = self._settings.with_value(name, value)
            self.chosen.emit(name, value)


_ORDER = {group: place for place, group in enumerate(dict.fromkeys(s.group for s in SETTINGS))}
"""The groups in the order in which the table first names them."""
