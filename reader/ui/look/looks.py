"""How the window looks: theme, size and typeface, changed by the user and kept as settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from reader.ui.desk.preferences import Preferences
from reader.ui.look.theme import Spacing, Theme
from reader.values import replaced

_SCALES = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0, 2.25, 2.5, 3.0, 3.5, 4.0)
_SPACINGS = {
    "lines": (0.85, 0.92, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0),
    "letters": (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.16, 0.2),
    "column": (0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.8),
}
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
        else:
            self.set_scale(_stepped(_SCALES, self._theme.chosen_scale, direction))

    def set_scale(self, scale: float) -> None:
        """Show everything `scale` times as large as the desktop has it."""
        self._theme.set_scale(scale)
        self._preferences.change(text_scale=self._theme.chosen_scale)

    def step_spacing(self, name: str, direction: int) -> None:
        """Set texts looser (1) or closer (-1) in one field of Spacing, or as usual (0)."""
        spacing = self._theme.spacing
        present = getattr(spacing, name)
        wanted = (
            _stepped(_SPACINGS[name], present, direction) if direction else getattr(Spacing(), name)
        )
        self._theme.set_spacing(replaced(spacing, **{name: wanted}))
        spacing = self._theme.spacing
        self._preferences.change(
            line_spacing=spacing.lines, letter_spacing=spacing.letters, column_width=spacing.column
        )

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


def _stepped(steps: Sequence[float], present: float, direction: int) -> float:
    """Return the step above (1) or below (-1) the present value; at the end, the last one."""
    if direction > 0:
        return min((step for step in steps if step > present + 0.005), default=steps[-1])
    return max((step for step in steps if step < present - 0.005), default=steps[0])
