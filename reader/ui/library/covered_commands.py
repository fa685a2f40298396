"""Commands that show themselves in the text: none can be given while the library covers it."""

from __future__ import annotations

from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow

_OF_THE_TEXT = (
    Command.RELOAD,
    Command.FIND,
    Command.FIND_NEXT,
    Command.FIND_PREVIOUS,
    Command.GO_TO,
    Command.GO_BACK,
    Command.GO_FORWARD,
    Command.SHOW_CONTENTS,
    Command.SHOW_INBOX,
    Command.SHOW_MENU,
    Command.TOGGLE_MARGIN,
    Command.BACK_TO_VOICE,
    Command.IN_THE_DARK,
    Command.CHOOSE_LOOK,
    Command.CHOOSE_SLEEP,
    Command.CHOOSE_SPEED,
    Command.CHOOSE_STUDY,
    Command.CHOOSE_VOICE,
    Command.CHOOSE_WHAT_IS_READ,
    Command.MARK_HEARD,
    Command.MARK_TO_WRITE,
    Command.PRONOUNCE,
)


class CoveredCommands:
    """Sets them aside, and gives back those that could be given before."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._set_aside: tuple[Command, ...] = ()

    def set_aside(self) -> None:
        """Let none of them be given, if that isn't so already."""
        actions = self._window.actions_by_command
        if not self._set_aside:
            self._set_aside = tuple(c for c in _OF_THE_TEXT if actions[c].isEnabled())
            self._window.set_commands_enabled(self._set_aside, is_enabled=False)

    def give_back(self) -> None:
        """Let them be given again."""
        self._window.set_commands_enabled(self._set_aside, is_enabled=True)
        self._set_aside = ()
