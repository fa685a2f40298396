"""How sentences are repeated while one studies: how often, with how much silence, how slowly."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from reader.playback.study import Study
from reader.ui.look.choice import Choice
from reader.ui.look.controls import IconButton, TextButton
from reader.ui.look.icons import Icon
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme

MOST_REPEATS = 9
_PAUSES_S = (0.5, 2.0, 4.0, 8.0)


class StudyPopover(Popover):
    """Three choices and a start. `wanted` is what would be studied."""

    begin_wanted = Signal(object)
    """Study."""
    end_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        wanted: Study,
        *,
        is_selection: bool,
        is_studying: bool,
    ) -> None:
        super().__init__(theme, window, "Study loop")
        self._repeats, self._pause_s = wanted.repeats, wanted.pause_s
        self._within = wanted.within
        self._count = QLabel(self)
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pauses = {pause: TextButton(theme, f"{pause:g} s", self) for pause in _PAUSES_S}
        self._pauses = Choice(pauses, self)
        self._pauses.made.connect(self._pause)
        self._slower = TextButton(theme, "", self)
        self._slower.setCheckable(True)
        self._slower.setChecked(wanted.has_slow_second)
        wording = "Study the selection" if is_selection else "Study from here"
        self.begin_button = TextButton(theme, wording, self, is_accented=True)
        self._build(is_studying)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._begin()
        else:
            super().keyPressEvent(event)

    def _build(self, is_studying: bool) -> None:
        theme = self.theme
        fewer = IconButton(theme, Icon.MINUS, "Fewer times", self)
        more = IconButton(theme, Icon.PLUS, "More times", self)
        fewer.clicked.connect(lambda: self._repeat(self._repeats - 1))
        more.clicked.connect(lambda: self._repeat(self._repeats + 1))
        self._add_row(fewer, self._count, more)
        self._add_row(self._label("Silence after each"), *self._pauses.buttons.values())
        self._slower.clicked.connect(self._show)
        self._add_row(self._label("Slower the second time"), self._slower)
        self.begin_button.clicked.connect(self._begin)
        buttons: list[QWidget] = [self.begin_button]
        if is_studying:
            end = TextButton(theme, "End it", self)
            end.clicked.connect(self._end)
            buttons.insert(0, end)
        self._add_row(*buttons)

    def _add_row(self, *widgets: QWidget) -> None:
        row = QHBoxLayout()
        for widget in widgets:
            row.addWidget(widget, 1 if isinstance(widget, QLabel) else 0)
        self.content.addLayout(row)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setFont(self.theme.interface_font(12.5))
        return label

    def _repeat(self, count: int) -> None:
        self._repeats = min(MOST_REPEATS, max(1, count))
        self._show()

    def _pause(self, pause_s: float) -> None:
        self._pause_s = pause_s
        self._show()

    def _show(self) -> None:
        times = "once" if self._repeats == 1 else f"{self._repeats} times"
        self._count.setFont(self.theme.interface_font(15, 600))
        self._count.setText(f"Each sentence {times}")
        self._pauses.show(self._pause_s)
        is_slower = self._slower.isChecked()
        self._slower.setText("Yes" if is_slower else "No")
        self._slower.setAccessibleName(f"Slower the second time: {self._slower.text()}")
        self._slower.update()

    def _begin(self) -> None:
        study = Study(self._repeats, self._pause_s, self._slower.isChecked(), self._within)
        self.close()
        self.begin_wanted.emit(study)

    def _end(self) -> None:
        self.close()
        self.end_wanted.emit()
