"""The keys of the window: none means two things."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from reader.ui.look.theme import Theme
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.note_actions import NoteActions
from reader.ui.view.reading_view import ReadingView
from reader.ui.window.commands import ENTRIES
from tests.fakes.manual_background import ManualBackground


@pytest.mark.usefixtures("qapp")
def test_no_key_is_given_to_two_commands() -> None:
    keys = [QKeySequence(key).toString() for entry in ENTRIES for key in entry.keys]
    with closing(QWidget()) as window:
        theme = Theme()
        view = ReadingView(theme, window)
        annotating = Annotating(theme, view, ManualBackground().run, window)
        actions = NoteActions(annotating).all
        keys += [key.toString() for action in actions for key in action.shortcuts()]
        window.deleteLater()
    assert [key for key, count in Counter(keys).items() if count > 1] == []
