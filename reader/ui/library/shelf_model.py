"""What stands in the library's column, as Qt's views and screen readers ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.library.holdings import Holding
from reader.library.search.excerpts import Excerpt
from reader.text.document import Span
from reader.ui.library.shelf_layout import Form, Group
from reader.ui.library.shelf_words import spoken_words
from reader.values import value

ENTRY = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex


@value
class TextEntry:
    """A text, to be shown as a cover or a line."""

    text: Holding


@value
class FoundEntry:
    """A place in a text, or a note on one: `note` is its id then, and `span` may not be known."""

    name: str
    detail: str
    excerpt: Excerpt
    text: Holding
    span: Span | None = None
    note: str | None = None


Entry = TextEntry | FoundEntry


@value
class EntryGroup:
    """Entries under one heading."""

    heading: str
    form: Form
    entries: tuple[Entry, ...]
    is_one_row: bool = False
    detail: str = ""

    @property
    def group(self) -> Group:
        """What the layout needs to know of it."""
        return Group(self.heading, self.form, len(self.entries), self.is_one_row, self.detail)


class ShelfModel(QAbstractListModel):
    """A list of entries; their groups are known to who lays them out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups: tuple[EntryGroup, ...] = ()
        self._entries: list[Entry] = []
        self._rows: dict[int, list[int]] = {}
        self._speed = 1.0

    def show_groups(self, groups: Sequence[EntryGroup], speed: float) -> None:
        """Hold these instead; `speed` is the voice's, by which times are told."""
        self.beginResetModel()
        self.groups = tuple(groups)
        self._entries = [entry for group in groups for entry in group.entries]
        self._speed = speed
        self._rows = {}
        for row, entry in enumerate(self._entries):
            if isinstance(entry, TextEntry):
                self._rows.setdefault(entry.text.id, []).append(row)
        self.endResetModel()

    def entry(self, row: int) -> Entry:
        """Return the entry in a row."""
        return self._entries[row]

    def rows_of(self, text: int) -> list[int]:
        """Return the rows in which a text is shown by itself."""
        return self._rows.get(text, [])

    def rowCount(self, _parent: _Index | None = None) -> int:
        return len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text.title if isinstance(entry, TextEntry) else entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(entry, TextEntry):
                return spoken_words(entry.text, self._speed)
            return ", ".join(
                part for part in (entry.name, entry.detail, entry.excerpt.text) if part
            )
        return None
