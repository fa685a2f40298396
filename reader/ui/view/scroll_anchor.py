"""Where a text stands on the screen: which pixel of which item is at the viewport's top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.text.document import Place
from reader.ui.view.layout.text_flow import TextFlow
from reader.ui.view.layout.text_items import TextItem

_EXACT_WITHIN = 1.5
"""Viewport heights beyond the screen up to which places are measured rather than estimated."""


class ScrollAnchor:
    """The top of the viewport as (item, whole pixels into it), and all that follows from it.

    Nothing above the screen has to be laid out, and nothing that is can move what is on it. Where
    a section not read yet is on the screen, what was wanted there is found once it was read.
    """

    def __init__(self, flow: TextFlow, viewport_height: int) -> None:
        self.flow = flow
        self.viewport_height = viewport_height
        self._index = flow.first_index()
        self._offset = 0.0
        self._lowest: tuple[int, float] | None = None
        self._awaited: tuple[Place, float] | None = None
        flow.on_taken.append(self._on_taken)

    @property
    def is_at_top(self) -> bool:
        """Whether the text's beginning is on the screen."""
        return (self._index, self._offset) == (self.flow.first_index(), 0.0)

    def set_viewport_height(self, height: int) -> None:
        """Take another height, keeping what is at the top."""
        self.viewport_height = height
        self.forget_measures()
        self._settle()

    def forget_measures(self) -> None:
        """The flow has another look: what the end of the text measured holds no longer."""
        self._lowest = None

    def visible(self) -> Iterator[tuple[int, TextItem, float]]:
        """Yield number, item and viewport y of the items on the screen."""
        return self.flow.items_from(self._index, -self._offset, self.viewport_height)

    def move_by(self, pixels: float) -> float:
        """Move the text up by `pixels` (down if negative); return how far it could go."""
        before = (self._index, self._offset)
        self._awaited = None
        self._offset += pixels
        self._settle()
        return self.flow.distance(before[0], self._index) + self._offset - before[1]

    def move_to_top(self) -> None:
        """Go to the text's beginning."""
        self._awaited = None
        self._index, self._offset = self.flow.first_index(), 0.0

    def move_to_bottom(self) -> None:
        """Go to the text's end."""
        self._awaited = None
        self._index, self._offset = self._lowest_anchor()

    def put_line_at(self, place: Place, y: float) -> None:
        """Put the line that shows `place` at the viewport's `y`, as nearly as the ends allow."""
        self.flow.open_section(place.section)
        self._index = self.flow.index_of(place)
        if self.flow.is_read(self.flow.section_of(self._index)):
            self._awaited = None
            top = self.flow.item(self._index).line_of(place.offset)[0]
        else:
            self._awaited = (place, y)
            top = self._height_above(self._index, place)
        self._offset = round(top - y)
        self._settle()

    def line_at(self, place: Place) -> tuple[float, float]:
        """Return top and bottom of the line that shows `place` as viewport y; estimated if far."""
        flow = self.flow
        index = flow.index_of(place)
        near = self.viewport_height * _EXACT_WITHIN
        top = self._top_of(index) + self._height_above(index, place)
        if -near < top < self.viewport_height + near:
            flow.open_section(place.section)
            index = flow.index_of(place)
            between: int | None = min(index, self._index)
            while between is not None and between <= max(index, self._index):
                flow.item(between)
                between = flow.following(between)
        if not flow.is_laid_out(index):
            top = self._top_of(index) + self._height_above(index, place)
            return top, top
        top, bottom = self.flow.item(index).line_of(place.offset)
        item_top = self._top_of(index)
        return item_top + top, item_top + bottom

    def line_tops(self, places: Sequence[Place]) -> list[float]:
        """Return the tops of the lines that show places, which are in the text's order.

        The same as `line_at` tells of each; what those in one item share is found once.
        """
        flow = self.flow
        tops: list[float] = []
        section, end, item, item_top = -1, -1, None, 0.0
        for place in places:
            if item is not None and place.section == section and place.offset < end:
                tops.append(item_top + item.line_of(place.offset)[0])
                continue
            tops.append(self.line_at(place)[0])
            index = flow.index_of(place)
            item = flow.item(index) if flow.is_laid_out(index) else None
            if item is not None:
                section, end = place.section, flow.span_of(index).end
                item_top = self._top_of(index)
        return tops

    def first_visible_place(self) -> Place | None:
        """Return where the first line begins that is wholly below the viewport's top."""
        for _, item, top in self.visible():
            offset = item.first_line_below(-top)
            if offset is not None:
                return Place(item.section, offset)
        return None

    def item_at(self, y: float) -> tuple[TextItem, float]:
        """Return the item at a viewport y, on the screen or beyond, and its top; the nearest one
        where the text ends."""
        index, top = self._index, -self._offset
        while top > y and (above := self.flow.preceding(index)) is not None:
            index = above
            top -= self.flow.item(index).height
        while (
            top + self.flow.item(index).height <= y
            and (below := self.flow.following(index)) is not None
        ):
            top += self.flow.item(index).height
            index = below
        return self.flow.item(index), top

    def place_at(self, x: float, y: float, *, is_caret: bool = True) -> Place:
        """Return the place nearest to a point, `x` in the column and `y` in the viewport."""
        item, top = self.item_at(y)
        return Place(item.section, item.offset_at(x, y - top, is_caret=is_caret))

    def bar_value(self) -> int:
        """Return where the scroll bar stands for this."""
        return round(self.flow.bar_position(self._index, self._offset))

    def bar_maximum(self) -> int:
        """Return where the scroll bar stands at the text's end."""
        if not self.flow.is_end_read:
            return max(round(self.flow.bar_length) - self.viewport_height, self.bar_value())
        return round(self.flow.bar_position(*self._lowest_anchor()))

    def move_to_bar_value(self, value: int) -> None:
        """Go where the scroll bar was moved to."""
        self._awaited = None
        self._index, self._offset = self.flow.at_bar_position(value)
        self._settle()

    def unread_nearby(self, reach: float) -> list[int]:
        """Return the sections not read yet within `reach` pixels above or below the screen."""
        above, below = reach - self._offset, reach + self.viewport_height + self._offset
        return self.flow.unread_within(self._index, above, below)

    def _on_taken(self, section: int, height_before: float) -> None:
        """Put what was wanted where an item stood for the section, now that its own are there."""
        flow = self.flow
        self._lowest = None
        if self._awaited is not None and self._awaited[0].section == section:
            self.put_line_at(*self._awaited)
            return
        if flow.section_of(self._index) != section:
            return
        left = height_before - self._offset
        if left <= self.viewport_height:
            self._keep_below(section, left)
        else:
            share = self._offset / height_before
            self._index, self._offset = flow.at_share(section, share)
            self._settle()

    def _keep_below(self, section: int, y: float) -> None:
        """Keep at the viewport's `y` what follows a section; the text's end at its bottom."""
        after = self.flow.first_after(section)
        if after is None:
            self._index, self._offset = self._lowest_anchor()
        else:
            self._index, self._offset = after, -y
            self._settle()

    def _height_above(self, index: int, place: Place) -> float:
        """Return how high an item's text before `place` is, by its share of the characters."""
        span = self.flow.span_of(index)
        share = (place.offset - span.start) / max(span.end - span.start, 1)
        return min(max(share, 0.0), 1.0) * self.flow.height(index)

    def _top_of(self, index: int) -> float:
        return round(self.flow.distance(self._index, index)) - self._offset

    def _settle(self) -> None:
        """Bring the anchor into its item, and back between the text's ends."""
        flow = self.flow
        while self._offset < 0 and (above := flow.preceding(self._index)) is not None:
            self._index = above
            self._offset += flow.item(above).height
        while (
            self._offset >= flow.item(self._index).height
            and (below := flow.following(self._index)) is not None
        ):
            self._offset -= flow.item(self._index).height
            self._index = below
        self._offset = max(self._offset, 0.0)
        if not self.is_at_top and self._is_near_end():
            self._index, self._offset = min((self._index, self._offset), self._lowest_anchor())

    def _is_near_end(self) -> bool:
        return self.flow.distance_to_end(self._index) < 4 * self.viewport_height

    def _lowest_anchor(self) -> tuple[int, float]:
        """Return the anchor that shows the text's end at the viewport's bottom."""
        if self._lowest is None:
            index = self.flow.last_index()
            height = self.flow.item(index).height
            while (
                height < self.viewport_height and (above := self.flow.preceding(index)) is not None
            ):
                index = above
                height += self.flow.item(index).height
            self._lowest = (index, max(height - self.viewport_height, 0.0))
        return self._lowest
