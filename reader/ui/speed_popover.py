"""How fast the voice reads, from half to four times its own pace."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from reader.ui.controls import IconButton, TextButton
from reader.ui.icons import Icon
from reader.ui.popover import Popover
from reader.ui.theme import Theme
from reader.ui.transport_bar import speed_label

SLOWEST, FASTEST = 0.5, 4.0
PRESETS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_PER_ROW = 5


def stepped_speed(speed: float, direction: int) -> float:
    """Return the next speed up (1) or down (-1): by 0.1 up to 2×, by 0.25 above."""
    step = 0.1 if speed + direction * 0.01 < 2.0 else 0.25
    stepped = round(round(speed / step) * step + direction * step, 2)
    return min(max(stepped, SLOWEST), FASTEST)


def words_for(speed: float) -> str:
    """Say honestly what to expect of a speed; measured by word error rates."""
    if speed < 1.0:
        return "Slower than the voice's own pace"
    if speed <= 1.5:
        return "As clear as the voice's own pace"
    if speed <= 2.0:
        return "Clear for most"
    if speed <= 2.5:
        return "For practised ears"
    return "Skimming, with the text in view"


class SpeedPopover(Popover):
    """Steps, presets and a word on what to expect."""

    speed_chosen = Signal(float)

    def __init__(self, theme: Theme, window: QWidget, speed: float) -> None:
        super().__init__(theme, window)
        self._value = QLabel(self)
        self._value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = QLabel(self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._presets = {preset: TextButton(theme, speed_label(preset), self) for preset in PRESETS}
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
        for number, (preset, button) in enumerate(self._presets.items()):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, chosen=preset: self._choose(chosen))
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
        self._words.setText(words_for(speed))
        for preset, button in self._presets.items():
            button.setChecked(abs(preset - speed) < 0.001)
            button.update()

    def _choose(self, speed: float) -> None:
        self.show_speed(speed)
        self.speed_chosen.emit(speed)
