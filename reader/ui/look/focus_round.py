"""Tab within what lies over the window: round its controls as one reads them, and not out of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_round(within: QWidget, *, is_forward: bool) -> QWidget | None:
    """Give the focus to the next control within a widget, or the one before; return it.

    After the last comes the first. None, and nothing done, where there is no control.
    """
    stops = stops_within(within)
    if not stops:
        return None
    focused = QApplication.focusWidget()
    here = next((at for at, stop in enumerate(stops) if stop is focused), None)
    if here is None:
        following = stops[0] if is_forward else stops[-1]
    else:
        following = stops[(here + (1 if is_forward else -1)) % len(stops)]
    reason = Qt.FocusReason.TabFocusReason if is_forward else Qt.FocusReason.BacktabFocusReason
    following.setFocus(reason)
    return following


def stops_within(within: QWidget) -> list[QWidget]:
    """Return the controls that Tab stops at: row by row from the top, each from the left."""
    placed = [
        (QRect(child.mapTo(within, QPoint(0, 0)), child.size()), child)
        for child in within.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isEnabled()
        and child.isVisible()
        and child.focusProxy() is None
    ]
    placed.sort(key=lambda stop: stop[0].top())
    ordered: list[QWidget] = []
    while placed:
        first, row = placed[0], placed[0][0]  # which may have no height, and so no middle
        beside = [
            stop
            for stop in placed
            if stop is first or row.top() <= stop[0].center().y() <= row.bottom()
        ]
        placed = [stop for stop in placed if stop not in beside]
        beside.sort(key=lambda stop: stop[0].left())
        ordered += [child for _, child in beside]
    return ordered
