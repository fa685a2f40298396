"""The commands as actions of a window: what its keys and its menu give."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from reader.ui.window.commands import ENTRIES, Command


def command_actions(window: QWidget, give: Callable[[Command], None]) -> dict[Command, QAction]:
    """Return an action for each command, its keys listened to in `window` from now on."""
    actions: dict[Command, QAction] = {}
    for entry in ENTRIES:
        action = QAction(entry.label, window)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.triggered.connect(lambda _=False, command=entry.command: give(command))
        window.addAction(action)
        actions[entry.command] = action
    return actions
