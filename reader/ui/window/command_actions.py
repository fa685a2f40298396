"""The commands as actions of a window: what its keys and its menu give."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from reader.ui.window.commands import ENTRIES, REPEATED, Command, keys_of
from reader.ui.window.header_bar import HeaderBar
from reader.ui.window.shown_keys import shown_key
from reader.ui.window.transport_bar import TransportBar


def command_actions(window: QWidget, give: Callable[[Command], None]) -> dict[Command, QAction]:
    """Return an action for each command, its keys listened to in `window` from now on."""
    actions: dict[Command, QAction] = {}
    for entry in ENTRIES:
        action = QAction(entry.label, window)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.setAutoRepeat(entry.command in REPEATED)
        action.triggered.connect(lambda _=False, command=entry.command: give(command))
        window.addAction(action)
        actions[entry.command] = action
    return actions


def name_keys(header: HeaderBar, transport: TransportBar) -> None:
    """Have the buttons of the bars name the keys that do the same."""
    for button, command in (
        (header.library_button, Command.SHOW_LIBRARY),
        (header.contents_button, Command.SHOW_CONTENTS),
        (header.find_button, Command.FIND),
        (header.margin_button, Command.TOGGLE_MARGIN),
        (header.menu_button, Command.SHOW_MENU),
        (transport.voice_button, Command.CHOOSE_VOICE),
        (transport.previous_button, Command.PREVIOUS_SENTENCE),
        (transport.play_button, Command.PLAY_OR_PAUSE),
        (transport.next_button, Command.NEXT_SENTENCE),
        (transport.study_button, Command.CHOOSE_STUDY),
        (transport.sleep_button, Command.CHOOSE_SLEEP),
        (transport.highlights_button, Command.PLAY_HIGHLIGHTS),
        (transport.mark_button, Command.MARK_HEARD),
        (transport.dark_button, Command.IN_THE_DARK),
        (transport.look_button, Command.TOGGLE_LOOK),
    ):
        button.set_key(shown_key(keys_of(command)[0]))
    slower, faster = (shown_key(keys_of(c)[0]) for c in (Command.SLOWER, Command.FASTER))
    transport.speed_button.set_key(f"{slower} and {faster}")
