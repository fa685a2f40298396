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

    def __hash__(self) -> int:
        # by what tells nearly all apart: a jump hashes some hundreds, each several times
        return hash((self.span.start, self.span.end))


class DecorationIndex:
    """Every group's decorations, found by the number of the item they lie in."""

    def __init__(self, items_of: Callable[[Span], Iterable[int]]) -> None:
        self._items_of = items_of
        self._given: dict[str, Sequence[Decoration]] = {}
        self._groups: dict[str, dict[Decoration, int]] = {}
        """How often each was given."""
        self._by_item: dict[int, list[Decoration]] = defaultdict(list)

    def replace(self, group: str, wanted: Sequence[Decoration]) -> frozenset[Decoration]:
        """Take the whole wanted set of a group; return what was added or removed.

        Quick where most are the very ones, in the order, that were given the last time.
        """
        wanted = tuple(wanted)
        if not wanted and self._holds_most(group):
            return self._clear(group)
        before = self._given.get(group)
        if before is None:
            before = [one for one, n in self._groups.get(group, {}).items() for _ in range(n)]
        first, behind = _differing(before, wanted)
        self._given[group] = wanted
        return self._settle(
            group, before[first : len(before) - behind], wanted[first : len(wanted) - behind]
        )

    def change(
        self, group: str, old: Sequence[Decoration], new: Sequence[Decoration]
    ) -> frozenset[Decoration]:
        """Take some of a group away and put others in; return what was added or removed.

        For a group of thousands, most of which stays.
        """
        self._given.pop(group, None)
        return self._settle(group, old, new)

    def _settle(
        self, group: str, old: Sequence[Decoration], new: Sequence[Decoration]
    ) -> frozenset[Decoration]:
        counts = self._groups.setdefault(group, {})
        more: defaultdict[Decoration, int] = defaultdict(int)
        for one in old:
            more[one] -= 1
        for one in new:
            more[one] += 1
        gone, come = list[Decoration](), list[Decoration]()
        for one, count in more.items():
            before = counts.get(one, 0)
            if before + count:
                counts[one] = before + count
            elif before:
                del counts[one]
            if bool(before) != bool(before + count):
                (gone if before else come).append(one)
        for one in gone:
            for item in self._items_of(one.span):
                self._by_item[item].remove(one)
        for one in come:
            for item in self._items_of(one.span):
                self._by_item[item].append(one)
        return frozenset((*gone, *come))

    def _holds_most(self, group: str) -> bool:
        return 2 * len(self._groups.get(group, ())) > sum(map(len, self._groups.values()))

    def _clear(self, group: str) -> frozenset[Decoration]:
        """Take a group away: all items are gone through once, not each of its thousands' own.

        For one that holds most of what there is: what takes away a few must not go through all.
        """
        self._given.pop(group, None)
        gone = frozenset(self._groups.pop(group))
        others = {one for counts in self._groups.values() for one in counts}
        for one in gone & others:
            for item in self._items_of(one.span):
                self._by_item[item].remove(one)
        leave = gone - others
        for item, here in list(self._by_item.items()):
            stay = [one for one in here if one not in leave]
            if stay:
                self._by_item[item] = stay
            else:
                del self._by_item[item]
        return gone

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
        return {group: frozenset(counts) for group, counts in self._groups.items()}

    def of_group(self, group: str) -> frozenset[Decoration]:
        """Return what a group wants painted."""
        return frozenset(self._groups.get(group, ()))


def _differing(one: Sequence[Decoration], other: Sequence[Decoration]) -> tuple[int, int]:
    """Return how many at the beginning and how many at the end are the very same."""
    most = min(len(one), len(other))
    first = next((n for n in range(most) if one[n] is not other[n]), most)
    most -= first
    behind = next((n for n in range(most) if one[-1 - n] is not other[-1 - n]), most)
    return first, behind
