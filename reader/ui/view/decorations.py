"""What may be painted under the text, as values, and the index that finds it item by item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from reader.text.document import Span
from reader.values import value


class Role(StrEnum):
    """What a decoration means; the theme says how that looks."""

    SKIPPED = "skipped"
    SENTENCE = "sentence"
    HIGHLIGHT = "highlight"
    ACTIVE = "active"
    SEARCH = "search"
    WORD = "word"


NOTES_GROUP = "notes"
"""The group of the passages that have notes."""


class LineStyle(StrEnum):
    """A line that marks a passage in place of a ground."""

    UNDERLINE = "underline"
    STRIKE = "strike"
    SQUIGGLE = "squiggle"


@value
class Decoration:
    """A span of the text that is to look different.

    `colour` names a highlight's colour; it has a ground in it, or the `line`.
    """

    span: Span
    role: Role
    colour: str = ""
    line: LineStyle | None = None


class DecorationIndex:
    """Every group's decorations, found by the number of the item they lie in."""

    def __init__(self, items_of: Callable[[Span], Iterable[int]]) -> None:
        self._items_of = items_of
        self._groups: dict[str, frozenset[Decoration]] = {}
        self._by_item: dict[int, list[Decoration]] = defaultdict(list)

    def replace(self, group: str, wanted: Sequence[Decoration]) -> frozenset[Decoration]:
        """Take the whole wanted set of a group; return what was added or removed."""
        before = self._groups.get(group, frozenset())
        after = frozenset(wanted)
        for gone in before - after:
            for item in self._items_of(gone.span):
                self._by_item[item].remove(gone)
        for new in after - before:
            for item in self._items_of(new.span):
                self._by_item[item].append(new)
        self._groups[group] = after
        return before ^ after

    def find_again(self, item: int) -> None:
        """Look anew for where that lies which lay in an item: others have taken its place."""
        for decoration in self._by_item.pop(item, ()):
            for now in self._items_of(decoration.span):
                self._by_item[now].append(decoration)

    def in_item(self, item: int) -> Sequence[Decoration]:
        """Return the decorations of all groups that touch an item."""
        return self._by_item.get(item, ())

    def groups(self) -> dict[str, frozenset[Decoration]]:
        """Return what each group wants painted."""
        return dict(self._groups)

    def of_group(self, group: str) -> frozenset[Decoration]:
        """Return what a group wants painted."""
        return self._groups.get(group, frozenset())
