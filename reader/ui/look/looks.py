"""How the window looks: theme, size and typeface, changed by the user and kept as settings."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reader.ui.desk.preferences import Preferences
from reader.ui.look.theme import Theme

_SCALES = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0, 2.25, 2.5, 3.0, 3.5, 4.0)
_OPPOSITES = {
    "light": "dark",
    "dark": "light",
    "sepia": "sepia-dark",
    "sepia-dark": "sepia",
    "contrast": "contrast-dark",
    "contrast-dark": "contrast",
}


class Looks(QObject):
    """Changes the theme and remembers what it was changed to."""

    def __init__(
        self, theme: Theme, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences

    def step_size(self, direction: int) -> None:
        """Show everything a step larger (1), smaller (-1), or in its natural size (0)."""
        if direction == 0:
            self.set_scale(1.0)
        elif direction > 0:
            self.set_scale(
                min((s for s in _SCALES if s > self._theme.scale + 0.01), default=_SCALES[-1])
            )
        else:
            self.set_scale(
                max((s for s in _SCALES if s < self._theme.scale - 0.01), default=_SCALES[0])
            )

    def set_scale(self, scale: float) -> None:
        """Show everything `scale` times as large as drawn."""
        self._theme.set_scale(scale)
        self._preferences.change(text_scale=self._theme.scale)

    def set_family(self, family: str) -> None:
        """Set texts in another typeface."""
        self._theme.set_text_family(family)
        self._preferences.change(text_family=family)

    def choose(self, choice: str) -> None:
        """Take another look, or follow the system's."""
        self._theme.set_choice(choice)
        self._preferences.change(theme=choice)

    def toggle(self) -> None:
        """Change between light and dark, within the same kind of look."""
        shown = self._theme.choice
        if shown not in _OPPOSITES:
            shown = "dark" if self._theme.palette.is_dark else "light"
        self.choose(_OPPOSITES[shown])
