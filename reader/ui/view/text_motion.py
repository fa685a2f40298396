"""Moves a text: at the user's wish, or to keep what is heard in view, in short eased steps."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reader.text.document import Place
from reader.ui.view.gliding import Glide
from reader.ui.view.scroll_anchor import ScrollAnchor

_BAND_TOP = 0.10
_BAND_BOTTOM = 0.74
_COMFORTABLE = 0.28
"""Shares of the viewport's height: where a line followed may be, and where it is brought."""
_TOO_FAR_TO_GLIDE = 1.5
"""Viewport heights from which on the text jumps: what would pass by could not be read."""


class TextMotion(QObject):
    """Moves the anchor it is given; `moved` tells each time the text stands elsewhere."""

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._anchor: ScrollAnchor | None = None
        self._glide = Glide(self._move_by, self)
        self._is_users_glide = False

    def take(self, anchor: ScrollAnchor | None) -> None:
        """Move another text from now on, or none."""
        self._glide.stop()
        self._anchor = anchor

    def stop(self) -> None:
        """Stand still."""
        self._glide.stop()

    def set_reduced(self, is_reduced: bool) -> None:
        """Jump instead of gliding."""
        self._glide.is_reduced = is_reduced

    @property
    def is_reduced(self) -> bool:
        """Whether it jumps instead of gliding."""
        return self._glide.is_reduced

    def bring_into_band(self, place: Place, *, is_animated: bool) -> None:
        """Bring the line of `place` to a comfortable height, unless it is at one already."""
        anchor = self._anchor
        if anchor is None:
            return
        height = anchor.viewport_height
        top, bottom = anchor.line_at(place)
        left = self._glide.left
        if _BAND_TOP * height <= top - left and bottom - left <= _BAND_BOTTOM * height:
            return
        distance = round(top - _COMFORTABLE * height)
        if is_animated and abs(distance) < _TOO_FAR_TO_GLIDE * height:
            self._is_users_glide = False
            self._glide.start(distance)
            return
        self._glide.stop()
        anchor.put_line_at(place, round(_COMFORTABLE * height))
        self.moved.emit()

    def put_at_top(self, place: Place) -> None:
        """Put the line of `place` at the top, the text's first one where it stands there."""
        self._glide.stop()
        if self._anchor is None:
            return
        if place <= self._anchor.flow.first_place():
            self._anchor.move_to_top()
        else:
            self._anchor.put_line_at(place, 0)
        self.moved.emit()

    def move(self, pixels: int, *, is_animated: bool) -> None:
        """Move the text up by `pixels` (down if negative); turns of a wheel add up."""
        left = self._glide.left if self._is_users_glide else 0
        if is_animated:
            self._is_users_glide = True
            self._glide.start(left + pixels)
        else:
            self._glide.stop()
            self._move_by(pixels)

    def go_to_end(self, *, is_start: bool) -> None:
        """Go to the text's beginning or end."""
        self._glide.stop()
        if self._anchor is None:
            return
        if is_start:
            self._anchor.move_to_top()
        else:
            self._anchor.move_to_bottom()
        self.moved.emit()

    def go_to_bar_value(self, value: int) -> None:
        """Go where the scroll bar was moved to."""
        self._glide.stop()
        if self._anchor is not None:
            self._anchor.move_to_bar_value(value)
            self.moved.emit()

    def show_line(self, place: Place, room: float) -> None:
        """Move just so far that the line of `place` is on the screen, with `room` beyond it."""
        if self._anchor is None:
            return
        top, bottom = self._anchor.line_at(place)
        height = self._anchor.viewport_height
        if top < 0:
            self._move_by(round(top - room))
        elif bottom > height:
            self._move_by(round(bottom - height + room))

    def _move_by(self, pixels: int) -> None:
        if self._anchor is not None and self._anchor.move_by(pixels):
            self.moved.emit()
        else:
            self._glide.stop()  # at an end of the text
