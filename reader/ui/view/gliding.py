"""A short eased movement in whole pixels that stands still when it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

DURATION_MS = 150
_FRAME_MS = 16


class Glide(QObject):
    """Hands out a distance in whole pixels over 150 ms, fast at first; all at once if reduced."""

    def __init__(self, move: Callable[[int], None], parent: QObject) -> None:
        super().__init__(parent)
        self._move = move
        self._distance = 0
        self._moved = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._on_frame)
        self.is_reduced = False

    @property
    def left(self) -> int:
        """The pixels still to go."""
        return self._distance - self._moved

    def start(self, distance: int) -> None:
        """Move by `distance` from where it stands now, in place of what was left."""
        self.stop()
        if self.is_reduced or abs(distance) <= 1:
            if distance:
                self._move(distance)
            return
        self._distance = distance
        self._clock.start()
        self._timer.start()

    def stop(self) -> None:
        """Stand still where it is."""
        self._timer.stop()
        self._distance = self._moved = 0

    def _on_frame(self) -> None:
        share = min(self._clock.elapsed() / DURATION_MS, 1.0)
        due = round(self._distance * (1 - (1 - share) ** 3))
        step, self._moved = due - self._moved, due
        if share >= 1.0:
            self.stop()
        if step:
            self._move(step)
