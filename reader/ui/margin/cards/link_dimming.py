"""In a note that is being written, the addresses of links stand back behind their words."""

from __future__ import annotations

import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from reader.text.utf16 import Utf16Map
from reader.ui.look.theme import Theme
from reader.ui.margin.cards.note_markdown import SMALL_PX

_ADDRESS = re.compile(r"(?<=\])\((?:[^()\s\\]|\\.)+\)")


class LinkDimming(QSyntaxHighlighter):
    """Shows addresses small and soft. What is written stays as it is, and all of it can be edited.

    Qt counts UTF-16 units here, and so do the positions it is told.
    """

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme

    def highlightBlock(self, text: str) -> None:
        """Format one paragraph."""
        found = list(_ADDRESS.finditer(text))
        if not found:
            return
        units = Utf16Map(text)
        dimmed = QTextCharFormat()
        dimmed.setFont(self._theme.interface_font(SMALL_PX - 2))
        dimmed.setForeground(self._theme.palette.soft)
        for address in found:
            start, end = map(units.to_utf16, address.span())
            self.setFormat(start, end - start, dimmed)
