"""The blocks or runs of a long section, made into values only where somebody looks."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, islice
from typing import Protocol, TypeVar, overload

Row = TypeVar("Row")


class _Ranged(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class LateRows(Sequence[Row]):
    """Rows in groups of `group_size`, each group made by `make` when one of it is first asked for.

    Equal to any sequence of the same rows. Threads may ask at once: at worst a group is made twice.
    `starts` and `ends` are where each row begins and ends, and `beside` the numbers of the table
    cells that stand in one line with the row before them: known without a row being made.
    """

    def __init__(
        self,
        starts: array[int],
        ends: array[int],
        group_size: int,
        make: Callable[[int], Sequence[Row]],
        *,
        beside: Collection[int] = frozenset(),
    ) -> None:
        self.starts = starts
        self.ends = ends
        self.beside = beside
        self._group_size = group_size
        self._make = make
        self._groups: list[Sequence[Row] | None] = [None] * -(-len(starts) // group_size)

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            first, last, step = index.indices(len(self))
            if step != 1 or first >= last:
                return tuple(self[number] for number in range(first, last, step))
            begin = first // self._group_size
            groups = map(self._group, range(begin, -(-last // self._group_size)))
            before = begin * self._group_size
            return tuple(islice(chain.from_iterable(groups), first - before, last - before))
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(index)
        group, within = divmod(number, self._group_size)
        return self._group(group)[within]

    def __iter__(self) -> Iterator[Row]:
        for group in range(len(self._groups)):
            yield from self._group(group)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    @property
    def made_count(self) -> int:
        """How many rows have been made so far."""
        return sum(len(group) for group in self._groups if group is not None)

    def make_around(self, offset: int, reach: int) -> None:
        """Make the rows that begin nearest to a place, `reach` on each side."""
        at = bisect_right(self.starts, offset)
        self[max(at - reach, 0) : at + reach]

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _group(self, number: int) -> Sequence[Row]:
        found = self._groups[number]
        if found is None:
            found = self._groups[number] = self._make(number)
        return found


def extents_of(rows: Sequence[_Ranged]) -> tuple[Sequence[int], Sequence[int]]:
    """Return where each row begins, and where each ends; makes none that wasn't made."""
    if isinstance(rows, LateRows):
        return rows.starts, rows.ends
    return [row.start for row in rows], [row.end for row in rows]
