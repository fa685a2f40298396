"""What the entries of a menu say, without the keys that stand beside them."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu


def words_of(action: QAction) -> str:
    """Return an entry's words."""
    return action.text().partition("\t")[0]


def entries_of(menu: QMenu) -> dict[str, QAction]:
    """Return the entries of a menu, without its lines, by their words."""
    return {words_of(action): action for action in menu.actions() if action.text()}
