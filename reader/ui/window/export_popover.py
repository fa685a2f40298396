"""Which notes go out, and in which format."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from reader.annotations.exchange.note_formats import NoteWriter
from reader.ui.look.list_popover import Row, RowList
from reader.ui.look.popover import Popover
from reader.ui.look.switch_row import SwitchRow
from reader.ui.look.theme import Theme

ALL_TEXTS = "The notes on all texts"


class ExportPopover(Popover):
    """A switch for whose notes, and the formats; choosing one closes it."""

    chosen = Signal(str, bool)
    """The format's name, and whether the notes on all texts are meant."""

    def __init__(
        self, theme: Theme, window: QWidget, writers: Sequence[NoteWriter], *, has_text: bool
    ) -> None:
        """Without a text of its own only all texts can be meant."""
        super().__init__(theme, window, "Export notes")
        title = QLabel("Export notes", self)
        title.setFont(theme.interface_font(13, 600))
        title.setContentsMargins(round(theme.px(10)), 0, 0, 0)
        self.content.addWidget(title)
        self.all_texts = SwitchRow(theme, ALL_TEXTS, not has_text, self)
        self.all_texts.setEnabled(has_text)
        self.content.addWidget(self.all_texts)
        rows = [Row(writer.label, writer.name, detail=writer.suffix) for writer in writers]
        self.formats = RowList(theme, "Formats", rows, self)
        self.content.addWidget(self.formats)
        self.setFocusProxy(self.formats)
        self.formats.chosen.connect(self._on_chosen)

    def _on_chosen(self, name: str) -> None:
        self.close()
        self.chosen.emit(name, self.all_texts.isChecked())
