"""The voices of one shelf, one row below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from reader.speech.engine import Voice
from reader.ui.look.controls import TextButton
from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar
from reader.ui.voices.voice_row import VoiceRow


class VoiceColumn(QScrollArea):
    """Scrolls where there is no room for all."""

    act_chosen = Signal(str, object)
    """VoiceId, Act."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: dict[str, VoiceRow] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(QuietScrollBar(theme, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def rows(self) -> list[VoiceRow]:
        """Return the rows from top to bottom."""
        return list(self._rows.values())

    def row(self, voice: str) -> VoiceRow | None:
        """Return the row of a voice, if it is on this shelf."""
        return self._rows.get(voice)

    def buttons(self) -> list[TextButton]:
        """Return the buttons of all rows, in the order in which one reads."""
        return [button for row in self._rows.values() for button in row.buttons()]

    def show_voices(self, voices: Sequence[Voice], instead: str) -> None:
        """Build rows for these, which show nothing yet; `instead` stands there without any."""
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, round(self._theme.px(6)), 0)
        column.setSpacing(0)
        self._rows = {}
        for voice in voices:
            row = VoiceRow(self._theme, voice, sheet)
            row.act_chosen.connect(self.act_chosen)
            column.addWidget(row)
            self._rows[voice.id] = row
        if not voices and instead:
            nothing = QLabel(instead, sheet)
            nothing.setFont(self._theme.interface_font(13))
            nothing.setForegroundRole(sheet.foregroundRole())
            column.addWidget(nothing)
        column.addStretch(1)
        self.setWidget(sheet)
        sheet.setAutoFillBackground(False)  # setWidget turns it on
