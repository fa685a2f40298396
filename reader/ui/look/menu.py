"""A menu in the theme's colours: made when it is opened, gone once it is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from reader.ui.look.theme import Theme


class Menu(QMenu):
    """Shows what holds at the moment it is made; menus within it look the same."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setStyleSheet(_style_sheet(theme))


def _style_sheet(theme: Theme) -> str:
    palette, px = theme.palette, theme.px
    return f"""
        QMenu {{
            background: {palette.card.name()}; color: {palette.ink.name()};
            border: 1px solid {palette.line.name()}; padding: {px(6):.0f}px;
            menu-scrollable: 1;
        }}
        QMenu::item {{
            padding: {px(6):.0f}px {px(28):.0f}px {px(6):.0f}px {px(14):.0f}px;
            border-radius: {px(6):.0f}px;
        }}
        QMenu::item:selected {{ background: {palette.line.name()}; }}
        QMenu::item:disabled {{ color: {palette.faint.name()}; background: transparent; }}
        QMenu::separator {{
            height: 1px; background: {palette.line.name()}; margin: {px(5):.0f}px {px(8):.0f}px;
        }}
    """
