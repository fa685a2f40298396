"""What the tools on the desk share: the window, the text in it, and what works behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.values import value

if TYPE_CHECKING:
    from reader.app.services import Services
    from reader.ui.background import Background
    from reader.ui.desk.desk_text import DeskText
    from reader.ui.desk.preferences import Preferences
    from reader.ui.window.main_window import MainWindow


@value
class DeskParts:
    """Made once; all of it lives as long as the desk."""

    services: Services
    preferences: Preferences
    window: MainWindow
    background: Background
    text: DeskText
