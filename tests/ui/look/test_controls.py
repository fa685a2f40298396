"""The small painted controls: what they look like when they can't be pressed."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.look.controls import TextButton
from reader.ui.look.theme import Theme


@pytest.mark.parametrize(
    ("is_framed", "is_accented"), [(False, False), (True, False), (True, True)]
)
def test_a_button_that_cannot_be_pressed_stands_back(
    qtbot: QtBot, is_framed: bool, is_accented: bool
) -> None:
    theme = Theme("light")
    button = TextButton(theme, "Read", is_framed=is_framed, is_accented=is_accented)
    qtbot.addWidget(button)
    button.setEnabled(False)
    assert button.content_colour() == theme.palette.faint
    button.setEnabled(True)
    assert button.content_colour() != theme.palette.faint
