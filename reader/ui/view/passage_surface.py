"""What passages are shown on, the text or its printed pages: where they are and how it moves."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPoint, QRect, SignalInstance
from PySide6.QtWidgets import QWidget

from reader.text.document import Document, Place, Span


class PassageSurface(Protocol):
    """Points and rectangles are in the viewport's pixels."""

    @property
    def layout_changed(self) -> SignalInstance:
        """What is where has changed: scrolled, resized, laid out anew."""

    @property
    def document(self) -> Document | None:
        """What is shown."""

    def viewport(self) -> QWidget:
        """Return what the passages are painted on."""

    def rects_of(self, span: Span) -> list[QRect]:
        """Return the boxes of a span that are on the screen, one or more a line."""

    def nearest_place(self, point: QPoint) -> Place | None:
        """Return the place between characters nearest to a point; None without a text there."""

    def scroll_by(self, pixels: int) -> None:
        """Move what is shown up by `pixels` at the user's wish (down if negative)."""
