"""The window's own shape: what the bars leave to the text."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.look.theme import DARK, Theme
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow


def window_at(qtbot: QtBot, scale: float, height: int) -> MainWindow:
    """Return a window on the screen with everything so much larger than drawn."""
    window = MainWindow(Theme("light", scale), lambda: True)
    qtbot.addWidget(window)
    window.resize(1280, height)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.mark.parametrize("height", [700, 860, 1400])
def test_the_largest_text_has_two_thirds_of_the_window(qtbot: QtBot, height: int) -> None:
    window = window_at(qtbot, 4.0, height)
    assert window.view.height() >= height * 2 // 3
    assert window.view.theme.scale == 4.0
    assert window.transport.voice_button.isVisible()


def test_bars_have_the_size_of_the_text_where_there_is_room(qtbot: QtBot) -> None:
    window = window_at(qtbot, 1.0, 860)
    assert (window.header.height(), window.transport.height()) == (48, 86)
    window.theme.set_scale(1.5)
    assert (window.header.height(), window.transport.height()) == (72, 129)
    window.resize(1280, 400)
    assert (window.header.height(), window.transport.height()) == (48, 86)
    window.resize(1280, 860)
    assert (window.header.height(), window.transport.height()) == (72, 129)


def test_bars_take_on_another_look(qtbot: QtBot) -> None:
    window = window_at(qtbot, 4.0, 700)
    window.theme.set_choice("dark")
    corner = window.transport.grab().toImage().pixelColor(2, window.transport.height() - 2)
    assert corner == DARK.paper


def test_buttons_name_the_key_that_does_the_same_once_keys_are_listened_to(qtbot: QtBot) -> None:
    window = window_at(qtbot, 1.0, 860)
    header, transport = window.header, window.transport
    assert transport.play_button.toolTip() == "Play or pause"
    assert window.actions_by_command
    header.set_margin_shown(False)
    window.theme.set_choice("dark")
    tips = {
        header.library_button: "Library (Ctrl+B)",
        header.margin_button: "Show the notes (Ctrl+M)",
        header.look_button: "Text size and colours",
        transport.play_button: "Play or pause (Space)",
        transport.previous_button: "Previous sentence (←)",
        transport.speed_button: "Speed ([ and ])",
        transport.mark_button: "Mark what you just heard (M)",
        transport.dark_button: "In the dark: the voice alone (F11)",
        transport.look_button: "Light look (Ctrl+Shift+L)",
    }
    assert {button: button.toolTip() for button in tips} == tips


def test_a_key_held_down_goes_on_stepping_and_does_all_else_once(qtbot: QtBot) -> None:
    actions = window_at(qtbot, 1.0, 860).actions_by_command
    assert actions[Command.NEXT_SENTENCE].autoRepeat()
    assert actions[Command.FASTER].autoRepeat()
    for command in (Command.PLAY_OR_PAUSE, Command.MARK_HEARD, Command.TOGGLE_LOOK):
        assert not actions[command].autoRepeat()
