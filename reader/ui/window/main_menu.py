"""The menu behind the three dots: every command with its keys, and the texts read lately."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from reader.ui.look.menu import Menu
from reader.ui.look.theme import Theme
from reader.ui.window.commands import ENTRIES, Command, Group

_TITLE_PX = 320


class MainMenu(Menu):
    """Every command in its group, and what can be done to notes."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        actions: Mapping[Command, QAction],
        note_actions: Sequence[QAction] = (),
    ) -> None:
        super().__init__(theme, window)
        self._theme = theme
        of_group = {
            group: [actions[entry.command] for entry in ENTRIES if entry.group is group]
            for group in Group
        }
        of_group[Group.NOTES] = [*note_actions, *of_group[Group.NOTES]]
        of_group[Group.APP].remove(actions[Command.SHOW_MENU])  # this is it
        first, *rest = of_group.pop(Group.TEXT)
        *kept, leave = of_group.pop(Group.APP)
        self.addAction(first)
        self._recent = self._add_menu("Recent texts")
        self._recent.menuAction().setVisible(False)
        self.addActions(rest)
        self.addSeparator()
        for group, members in of_group.items():
            self._add_menu(group.value).addActions(members)
        self.addSeparator()
        self.addActions(kept)
        self.addSeparator()
        self.addAction(leave)

    def offer_texts(
        self, texts: Sequence[tuple[str, Path]], chosen: Callable[[Path], None]
    ) -> None:
        """Offer these titles; `chosen` is called with the path of the one taken."""
        self._recent.menuAction().setVisible(bool(texts))
        width = round(self._theme.px(_TITLE_PX))
        for title, path in texts:
            label = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, width)
            action = self._recent.addAction(label.replace("&", "&&"))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: chosen(path))
        self._recent.setToolTipsVisible(True)

    def _add_menu(self, title: str) -> QMenu:
        menu = QMenu(title, self)
        self.addMenu(menu)
        return menu
