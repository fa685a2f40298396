"""How fast the voice reads, from half to four times its own pace."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from reader.ui.listening.speeds import PRESETS, speed_label, stepped_speed, words_for_speed
from reader.ui.look.choice import Choice
from reader.ui.look.controls import IconButton, TextButton
from reader.ui.look.icons import Icon
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme

_PER_ROW = 5


class SpeedPopover(Popover):
    """Steps, presets and a word on what to expect."""

    speed_chosen = Signal(float)

    def __init__(self, theme: Theme, window: QWidget, speed: float) -> None:
        super().__init__(theme, window, "Speed")
        self._value = QLabel(self)
        self._value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = QLabel(self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = {preset: TextButton(theme, speed_label(preset), self) for preset in PRESETS}
        self._presets = Choice(buttons, self)
        self._presets.made.connect(self._choose)
        slower = IconButton(theme, Icon.MINUS, "Slower ([)", self)
        faster = IconButton(theme, Icon.PLUS, "Faster (])", self)
        slower.clicked.connect(lambda: self._choose(stepped_speed(self._speed, -1)))
        faster.clicked.connect(lambda: self._choose(stepped_speed(self._speed, 1)))
        steps = QHBoxLayout()
        steps.addWidget(slower)
        steps.addWidget(self._value, 1)
        steps.addWidget(faster)
        self.content.addLayout(steps)
        grid = QGridLayout()
        grid.setSpacing(round(theme.px(2)))
        for number, button in enumerate(buttons.values()):
            grid.addWidget(button, number // _PER_ROW, number % _PER_ROW)
        self.content.addLayout(grid)
        self.content.addWidget(self._words)
        self.show_speed(speed)

    def show_speed(self, speed: float) -> None:
        """Show the speed that holds now."""
        self._speed = speed
        self._value.setFont(self.theme.interface_font(17, 600))
        self._value.setText(speed_label(speed))
        self._words.setFont(self.theme.interface_font(11.5))
        self._words.setText(words_for_speed(speed))
        self._presets.show(next((p for p in PRESETS if abs(p - speed) < 0.001), None))

    def _choose(self, speed: float) -> None:
        self.show_speed(speed)
        self.speed_chosen.emit(speed)
