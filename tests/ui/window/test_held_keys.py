"""Tests of reader.ui.window.held_keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from reader.ui.window.held_keys import HeldKeys

PRESS, LET_GO = QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease
SPACE, M = Qt.Key.Key_Space, Qt.Key.Key_M


def key(kind: QEvent.Type, key: Qt.Key, at_ms: int, *, repeats: bool = False) -> QKeyEvent:
    """Return an event of a key at a moment."""
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeats)
    event.setTimestamp(at_ms)
    return event


@pytest.mark.parametrize(
    ("events", "is_held"),
    [
        pytest.param([key(PRESS, SPACE, 10)], False, id="pressed"),
        pytest.param(
            [key(PRESS, SPACE, 10), key(PRESS, SPACE, 700, repeats=True)], True, id="Qt knows"
        ),
        pytest.param(
            [key(PRESS, SPACE, 10), key(LET_GO, SPACE, 700), key(PRESS, SPACE, 700)],
            True,
            id="let go and pressed in one moment",
        ),
        pytest.param(
            [key(PRESS, SPACE, 10), key(LET_GO, SPACE, 80), key(PRESS, SPACE, 140)],
            False,
            id="pressed twice",
        ),
        pytest.param(
            [key(PRESS, M, 10), key(LET_GO, M, 80), key(PRESS, SPACE, 80)],
            False,
            id="another key in the same moment",
        ),
        pytest.param(
            [key(PRESS, SPACE, 0), key(LET_GO, SPACE, 0), key(PRESS, SPACE, 0)],
            False,
            id="moments are not known",
        ),
        pytest.param(
            [key(PRESS, SPACE, 10), key(PRESS, SPACE, 700, repeats=True), key(LET_GO, SPACE, 750)],
            False,
            id="let go at last",
        ),
    ],
)
def test_a_key_that_is_held_is_told_from_one_pressed_again(
    events: list[QKeyEvent], is_held: bool
) -> None:
    keys = HeldKeys()
    for event in events:
        keys.note(event)
    assert keys.is_held == is_held
