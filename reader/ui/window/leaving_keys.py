"""The keys that close a window beside the text, or quit from there, as in the window itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from reader.ui.window.commands import Command, keys_of

_CLOSING = "Ctrl+W"
"""Closes the window it is pressed in alone; the other keys of the command quit."""


def leave_by_keys(dialog: QDialog) -> None:
    """Let a window beside the text be closed by its key, and the program be quit from it.

    The actions of the main window are deaf while another window has the keyboard.
    """
    for keys in keys_of(Command.CLOSE_WINDOW):
        shortcut = QShortcut(QKeySequence(keys), dialog)
        shortcut.activated.connect(dialog.close if keys == _CLOSING else partial(_quit, dialog))


def _quit(dialog: QDialog) -> None:
    parent = dialog.parentWidget()
    if parent is not None:
        parent.window().close()
