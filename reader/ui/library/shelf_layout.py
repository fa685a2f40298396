"""Where everything stands in the library's column: computed, never stored item by item.

So 5,000 texts cost as much as five. All lengths are pixels; the column's own start is 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import accumulate

from reader.values import value


class Form(StrEnum):
    """How the items of a group are shown."""

    COVER = "cover"
    LINE = "line"
    FOUND = "found"


@value
class Group:
    """Items with a heading over them. `is_one_row` shows no more of them than fit beside each
    other. `detail` stands beside the heading, small."""

    heading: str
    form: Form
    count: int
    is_one_row: bool = False
    detail: str = ""


@value
class Sizes:
    """The measures that the layout needs, in pixels."""

    cover_width: int
    cover_gap: int
    cover_pitch: int
    line_height: int
    found_height: int
    heading_height: int
    group_gap: int


@value
class Box:
    """A rectangle in the column."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, x: int, y: int) -> bool:
        """Whether a point is in it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


class ShelfLayout:
    """The groups in a column of some width. Items are numbered through all groups."""

    def __init__(self, groups: Sequence[Group], width: int, sizes: Sizes) -> None:
        self.groups = tuple(groups)
        self.width = width
        self._sizes = sizes
        pitch = sizes.cover_width + sizes.cover_gap
        self.columns = max(1, (width + sizes.cover_gap) // pitch)
        self._firsts = [0, *accumulate(group.count for group in groups)]
        heights = [self._height_of(group) for group in groups]
        self._tops = [0, *accumulate(heights)]

    @property
    def height(self) -> int:
        """Of the whole column."""
        return self._tops[-1]

    @property
    def count(self) -> int:
        """How many items there are, those not shown included."""
        return self._firsts[-1]

    def group_of(self, item: int) -> int:
        """Return the number of an item's group."""
        return next(n for n in range(len(self.groups)) if item < self._firsts[n + 1])

    def first_of(self, group: int) -> int:
        """Return the number of a group's first item."""
        return self._firsts[group]

    def box_of(self, item: int) -> Box | None:
        """Return where an item stands; None for one that doesn't fit into its only row."""
        if not 0 <= item < self.count:
            return None
        number = self.group_of(item)
        group, index = self.groups[number], item - self._firsts[number]
        if index >= self._shown_in(group):
            return None
        top = self._tops[number] + self._heading_of(group)
        sizes = self._sizes
        if group.form is Form.COVER:
            row, column = divmod(index, self.columns)
            x = column * (sizes.cover_width + sizes.cover_gap)
            y = top + row * sizes.cover_pitch
            return Box(x, y, sizes.cover_width, sizes.cover_pitch - sizes.cover_gap // 2)
        height = self._pitch_of(group)
        return Box(0, top + index * height, self.width, height)

    def item_at(self, x: int, y: int) -> int | None:
        """Return the item at a point."""
        for item in self.items_between(y, y + 1):
            box = self.box_of(item)
            if box is not None and box.holds(x, y):
                return item
        return None

    def items_between(self, top: int, bottom: int) -> Iterator[int]:
        """Yield the items that may reach into this stretch of the column."""
        for number, group in enumerate(self.groups):
            start = self._tops[number] + self._heading_of(group)
            pitch, columns = self._pitch_of(group), self._columns_of(group)
            first_row = max(0, (top - start) // pitch)
            last_row = (bottom - 1 - start) // pitch
            shown = self._shown_in(group)
            for index in range(first_row * columns, min(shown, (last_row + 1) * columns)):
                yield self._firsts[number] + index

    def headings_between(self, top: int, bottom: int) -> Iterator[tuple[Group, int]]:
        """Yield groups whose headings reach into this stretch, with the headings' tops."""
        for number, group in enumerate(self.groups):
            y = self._tops[number]
            if group.heading and y < bottom and y + self._sizes.heading_height > top:
                yield group, y

    def beside(self, item: int, step: int) -> int:
        """Return the item next to one, before it (-1) or behind it (1), if there is any."""
        wanted = item + step
        while 0 <= wanted < self.count and self.box_of(wanted) is None:
            wanted += step
        return wanted if 0 <= wanted < self.count else item

    def above_or_below(self, item: int, step: int) -> int:
        """Return the item in the row above (-1) or below (1) that is nearest."""
        box = self.box_of(item)
        if box is None:
            return self.beside(item, step)
        number = self.group_of(item)
        columns = self._columns_of(self.groups[number])
        index = item - self._firsts[number] + step * columns
        shown = self._shown_in(self.groups[number])
        if 0 <= index < shown:
            return self._firsts[number] + index
        if step > 0 and (index - step * columns) // columns < (shown - 1) // columns:
            return self._firsts[number] + shown - 1  # the last row is shorter
        return self._in_other_group(item, number + step, box.x, step)

    def _in_other_group(self, item: int, number: int, x: int, step: int) -> int:
        """Return the item nearest to `x` in the first or last row of another group."""
        while 0 <= number < len(self.groups):
            group = self.groups[number]
            shown, columns = self._shown_in(group), self._columns_of(group)
            if shown:
                column = 0
                if group.form is Form.COVER:
                    column = x // (self._sizes.cover_width + self._sizes.cover_gap)
                row = 0 if step > 0 else (shown - 1) // columns
                index = min(row * columns + min(column, columns - 1), shown - 1)
                return self._firsts[number] + index
            number += step
        return item

    def _columns_of(self, group: Group) -> int:
        return self.columns if group.form is Form.COVER else 1

    def _pitch_of(self, group: Group) -> int:
        match group.form:
            case Form.COVER:
                return self._sizes.cover_pitch
            case Form.LINE:
                return self._sizes.line_height
            case Form.FOUND:
                return self._sizes.found_height

    def _heading_of(self, group: Group) -> int:
        return self._sizes.heading_height if group.heading else 0

    def _shown_in(self, group: Group) -> int:
        return min(group.count, self._columns_of(group)) if group.is_one_row else group.count

    def _height_of(self, group: Group) -> int:
        rows = -(-self._shown_in(group) // self._columns_of(group))
        return self._heading_of(group) + rows * self._pitch_of(group) + self._sizes.group_gap
