"""A popover with one line to write in: the name of a collection, the tags of a text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from reader.ui.look.field_style import field_style_sheet
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme
from reader.ui.margin.cards.completion import TagCompletion

_WIDTH_PX = 280


class NamingPopover(Popover):
    """Enter takes what is written, Escape leaves it as it was."""

    named = Signal(str)

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        label: str,
        text: str,
        offered: Sequence[str] = (),
    ) -> None:
        """`offered` are names with commas between them that are offered while one writes."""
        super().__init__(theme, window, label)
        words = QLabel(label, self)
        words.setFont(theme.interface_font(12))
        self.line = QLineEdit(text, self)
        self.line.setAccessibleName(label)
        self.line.setFont(theme.interface_font(13.5))
        self.line.setMinimumWidth(round(theme.px(_WIDTH_PX)))
        self.line.setStyleSheet(field_style_sheet(theme, is_on_card=True))
        self.line.selectAll()
        self.content.addWidget(words)
        self.content.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.returnPressed.connect(self._on_entered)
        self.offer = TagCompletion(theme, self.line, lambda: offered, has_signs=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        event.accept()  # what is typed here is for nobody else

    def _on_entered(self) -> None:
        text = self.line.text()
        self.close()
        self.named.emit(text)
