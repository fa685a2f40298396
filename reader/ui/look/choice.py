"""Buttons of which one holds: the others are let go of, and screen readers hear "radio button"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup

from reader.ui.look.controls import PaintedButton

Chosen = TypeVar("Chosen")


class Choice(QObject, Generic[Chosen]):
    """Makes a choice of buttons that stand wherever their owner puts them."""

    made = Signal(object)
    """What the button that was pressed stands for."""

    def __init__(self, buttons: Mapping[Chosen, PaintedButton], parent: QObject) -> None:
        super().__init__(parent)
        self.buttons = buttons
        self._group = QButtonGroup(self)
        for value, button in buttons.items():
            button.setCheckable(True)
            button.setAutoExclusive(True)  # in a group it does nothing but tell the role
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, chosen=value: self.made.emit(chosen))

    @property
    def value(self) -> Chosen | None:
        """What holds now, None for nothing."""
        return next((v for v, button in self.buttons.items() if button.isChecked()), None)

    def show(self, value: Chosen | None) -> None:
        """Show that this holds; what no button stands for shows as nothing."""
        self._group.setExclusive(False)  # or the last one could not be let go of
        for each, button in self.buttons.items():
            button.setChecked(each == value)
            button.update()
        self._group.setExclusive(True)
