"""Whether a key is held down or was pressed again, also where the system doesn't say."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent

_SAME_MOMENT_MS = 5
"""No finger presses a key again so soon after letting it go."""


class HeldKeys:
    """Follows the keys of a window: its ShortcutOverride and KeyRelease events.

    WORKAROUND(Qt 6.11, X11): the server tells a key that is held as one let go and pressed again in
    the same moment, which Qt doesn't know for that where it has read the one before the other came.

    It can go when Qt tells it by `isAutoRepeat` there too: then the end-to-end test of a held Space
    passes without it.
    """

    def __init__(self) -> None:
        self.is_held = False
        """Whether what was pressed last was that key again, held all the time."""
        self._let_go, self._let_go_ms = 0, 0

    def note(self, event: QKeyEvent) -> None:
        """Take note of a key that is about to do something, or was let go."""
        if event.type() is QEvent.Type.KeyRelease:
            self.is_held = False
            self._let_go, self._let_go_ms = event.key(), event.timestamp()
        else:
            at_ms = event.timestamp()  # 0 where a program presses it, and nobody knows
            is_same = event.key() == self._let_go and at_ms - self._let_go_ms <= _SAME_MOMENT_MS
            self.is_held = event.isAutoRepeat() or (at_ms > 0 and is_same)
