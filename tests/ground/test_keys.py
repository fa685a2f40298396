"""The keys of the window: none means two things."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from reader.ui.margin.note_actions import note_actions
from reader.ui.window.commands import ENTRIES


class _NoCommands:
    """Does nothing, and so do its parts."""

    def __getattr__(self, _name: str) -> _NoCommands:
        return self

    def __call__(self, *_arguments: object) -> None:
        """Do nothing."""


@pytest.mark.usefixtures("qapp")
def test_no_key_is_given_to_two_commands() -> None:
    keys = [QKeySequence(key).toString() for entry in ENTRIES for key in entry.keys]
    parent = QObject()
    actions, _colours = note_actions(_NoCommands(), parent)  # type: ignore[arg-type]
    keys += [key.toString() for action in actions for key in action.shortcuts()]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
