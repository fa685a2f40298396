"""A theme for what stands around the text: as large as the text's, if that leaves room for it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reader.ui.look.theme import LARGEST_SCALE, Theme


class FittedTheme(Theme):
    """Another theme, followed in everything, at a scale of at most what `fit` allows."""

    def __init__(self, followed: Theme, parent: QObject | None = None) -> None:
        super().__init__(
            followed.choice, followed.scale, followed.text_family, followed.spacing, parent
        )
        self._followed = followed
        self._largest_scale = LARGEST_SCALE
        followed.changed.connect(self._on_followed_changed)

    def fit(self, largest_scale: float) -> None:
        """Show everything as large as the followed theme does, but no larger than that.

        What is drawn at its natural size, or smaller, stays as it is however little room there is.
        """
        self._largest_scale = max(largest_scale, 1.0)
        self.set_scale(min(self._followed.scale, self._largest_scale))

    def _on_followed_changed(self) -> None:
        followed = self._followed
        self._choice, self._palette = followed.choice, followed.palette
        self._text_family, self._spacing = followed.text_family, followed.spacing
        self._chosen_scale = self._scale = min(followed.scale, self._largest_scale)
        self.changed.emit()
