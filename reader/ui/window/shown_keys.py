"""Keys as the user's system writes them: under the pointer, in menus, in the overview."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def shown_key(key: QKeySequence | str) -> str:
    """Return a key, in Qt's portable notation, as the user's system writes it."""
    native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    if native == "+":
        return native
    return "+".join(_ARROWS.get(part, part) for part in native.split("+"))


def beside_key(label: str, key: str) -> str:
    """Return a menu's label with a key, which the menu shows beside it and doesn't listen to."""
    return f"{label}\t{shown_key(key)}"
