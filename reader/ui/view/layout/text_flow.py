"""A document as a column of items, of which only those near the screen are laid out.

Items not laid out yet have an estimated height, and a section not read yet is one item with
nothing in it. The scroll bar counts in estimates alone, so that it stands still while exact heights
replace them; everything on the screen counts in exact heights.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from reader.errors import UnreadableText
from reader.text.document import Document, Place, Section, Span
from reader.text.lazy_sections import is_soon_there, length_of, section_at_hand
from reader.ui.look.theme import Theme
from reader.ui.view.layout.block_styles import usual_line, usual_width
from reader.ui.view.layout.item_builder import ItemBuilder, ItemRange
from reader.ui.view.layout.section_items import Measure, SectionItems, Sums
from reader.ui.view.layout.text_items import Frame, TextItem

if TYPE_CHECKING:  # imported for texts with pictures
    from reader.ui.view.pictures import PictureStore

READ_AT_ONCE = 30_000
"""Code points that are read, in some 6 ms, rather than shown as nothing until a thread did it."""

_CHARACTERS_PER_LINE = 66.0
_KEPT_ITEMS = 240
_SPACE_AT_TOP_PX, _MOST_SPACE_AT_TOP_PX = 40, 64
_ROOM = 1 << 32
"""Items are numbered by section × this + their number in it: reading one moves no other's."""


class TextFlow:
    """The items of a document in one theme and one width, laid out when asked for.

    `on_taken` are told when a section's items take the place of the one that stood for it: its
    number, and the height that stood for it. Only what goes from item to item reads sections, and
    only short ones; whoever wants a long one has it read elsewhere and hands it to `take`.
    """

    def __init__(
        self,
        document: Document,
        theme: Theme,
        width: float,
        pictures: PictureStore | None = None,
    ) -> None:
        self.document = document
        self._pictures = pictures
        self.on_taken: list[Callable[[int, float], None]] = []
        self._measure = _measure(theme, width)
        sections = document.sections
        self._sections = [
            SectionItems(
                section_at_hand(sections, number), length_of(sections, number), self._measure
            )
            for number in range(len(sections))
        ]
        self.set_look(theme, width)

    def set_look(self, theme: Theme, width: float) -> None:
        """Take another theme or width: everything is to be laid out anew."""
        self._builder = ItemBuilder(self.document, theme, width, self._pictures)
        self._items: dict[int, TextItem] = {}
        self._space_at_top = min(round(theme.px(_SPACE_AT_TOP_PX)), _MOST_SPACE_AT_TOP_PX)
        self._space_at_bottom = round(theme.px(36))
        self._measure = _measure(theme, width)
        for items in self._sections:
            items.estimate(self._measure)
        totals = [items.estimates.total for items in self._sections]
        self._bar = Sums(array("d", totals))
        self._heights = Sums(array("d", totals))

    def __len__(self) -> int:
        return sum(len(items) for items in self._sections)

    # sections

    def first_number(self, section: int) -> int:
        """Return the number of a section's first item, which is that of the one standing for it."""
        return section * _ROOM

    def section_of(self, index: int) -> int:
        """Return the number of the section item `index` is in."""
        return index // _ROOM

    def is_read(self, section: int) -> bool:
        """Whether a section's own items are here, rather than the one that stands for it."""
        return not self._sections[section].is_stand_in

    @property
    def is_end_read(self) -> bool:
        """Whether it is known where the text ends."""
        last = next((items for items in reversed(self._sections) if len(items)), None)
        return last is not None and not last.is_stand_in

    def open_section(self, number: int) -> None:
        """Take a section's items if that is a matter of milliseconds."""
        if not self._sections[number].is_stand_in:
            return
        sections = self.document.sections
        if not is_soon_there(sections, number, READ_AT_ONCE):
            return
        with suppress(UnreadableText):  # the file went away: what was read stays on the screen
            self.take(sections[number])

    def take(self, section: Section) -> None:
        """Put a section's items in the place of the one that stands for it."""
        number = section.index
        stand_in = self._sections[number]
        if not stand_in.is_stand_in:
            return
        self._items.pop(number * _ROOM, None)
        self._sections[number] = SectionItems(section, len(section.text), self._measure)
        self._heights.set(number, self._sections[number].heights.total)
        for tell in self.on_taken:
            tell(number, stand_in.heights.total)

    def unread_within(self, index: int, above: float, below: float) -> list[int]:
        """Return the sections not read yet that show less than so many pixels from item `index`."""
        here = self.section_of(index)
        found = [here]
        top = self._sections[here].heights.before(index % _ROOM)
        number = here
        while number and top < above:
            number -= 1
            found.append(number)
            top += self._heights.values[number]
        bottom = self._heights.values[here] - self._sections[here].heights.before(index % _ROOM)
        number = here
        while number + 1 < len(self._sections) and bottom < below:
            number += 1
            found.append(number)
            bottom += self._heights.values[number]
        return [number for number in found if self._sections[number].is_stand_in]

    # items

    def first_index(self) -> int:
        """Return the text's first item."""
        return self._first_from(0) or 0

    def last_index(self) -> int:
        """Return the text's last item."""
        return self._last_to(len(self._sections) - 1) or 0

    def following(self, index: int) -> int | None:
        """Return the next item, None after the last."""
        section, number = divmod(index, _ROOM)
        if number + 1 < len(self._sections[section]):
            return index + 1
        return self._first_from(section + 1)

    def preceding(self, index: int) -> int | None:
        """Return the item before, None before the first."""
        section, number = divmod(index, _ROOM)
        return index - 1 if number else self._last_to(section - 1)

    def first_after(self, section: int) -> int | None:
        """Return the first item after a section, None after the last."""
        return self._first_from(section + 1)

    def _first_from(self, section: int) -> int | None:
        for number in range(section, len(self._sections)):
            self.open_section(number)
            if len(self._sections[number]):
                return number * _ROOM
        return None

    def _last_to(self, section: int) -> int | None:
        for number in range(section, -1, -1):
            self.open_section(number)
            count = len(self._sections[number])
            if count:
                return number * _ROOM + count - 1
        return None

    def range_of(self, index: int) -> ItemRange:
        """Return what item `index` shows; its section has been read."""
        section, number = divmod(index, _ROOM)
        items = self._sections[section]
        first = items.first_blocks[number]
        is_last = number + 1 == len(items)
        blocks = self.document.sections[section].blocks
        last = len(blocks) if is_last else items.first_blocks[number + 1]
        return ItemRange(
            section, items.starts[number], items.ends[number], first, max(last, first + 1)
        )

    def span_of(self, index: int) -> Span:
        """Return what item `index` shows, as a span."""
        section, number = divmod(index, _ROOM)
        items = self._sections[section]
        return Span(section, items.starts[number], items.ends[number])

    def index_of(self, place: Place) -> int:
        """Return the item that shows `place`; the nearest one for a place outside all blocks."""
        section = min(max(place.section, 0), len(self._sections) - 1)
        items = self._sections[section]
        if len(items):
            return section * _ROOM + items.at(place.offset)
        found = self._first_from(section)
        return self.last_index() if found is None else found

    def indexes_of(self, span: Span) -> range:
        """Return the items that show some of `span`."""
        first = self.index_of(span.first_place)
        last = self.index_of(Place(span.section, max(span.end - 1, span.start)))
        return range(first, last + 1)

    def item(self, index: int) -> TextItem:
        """Return item `index` laid out; with nothing in it if it stands for a section."""
        found = self._items.get(index)
        if found is None:
            if len(self._items) >= _KEPT_ITEMS:
                self._drop_far_from(index)
            section, number = divmod(index, _ROOM)
            items = self._sections[section]
            if items.is_stand_in:
                found = self._builder.stand_in(section, items.heights.total)
            else:
                found = self._builder.build(
                    self.range_of(index),
                    self._space_at_top if index == self.first_index() else 0,
                    self._space_at_bottom if self.following(index) is None else 0,
                )
            self._items[index] = found
            items.heights.set(number, found.height)
            self._heights.set(section, items.heights.total)
        return found

    def drop_picture(self, address: str) -> list[int]:
        """Lay out anew, when they are next asked for, the items with a picture that has failed."""
        gone = [
            index
            for index, item in self._items.items()
            if any(picture.address == address for picture in item.pictures)
        ]
        for index in gone:
            del self._items[index]
        return gone

    def is_laid_out(self, index: int) -> bool:
        """Whether the item's layout is at hand."""
        return index in self._items and self.is_read(self.section_of(index))

    def laid_out_count(self) -> int:
        """How many layouts are kept now."""
        return len(self._items)

    # heights

    def height(self, index: int) -> float:
        """Return the item's height: exact if it was ever laid out in this look, else estimated."""
        section, number = divmod(index, _ROOM)
        return self._sections[section].heights.values[number]

    def distance(self, first: int, last: int) -> float:
        """Return the pixels from the top of item `first` to that of `last`, as known so far."""
        from_section, from_number = divmod(first, _ROOM)
        to_section, to_number = divmod(last, _ROOM)
        if from_section == to_section:
            return self._sections[from_section].heights.between(from_number, to_number)
        between = self._heights.between(from_section, to_section)
        into = self._sections[to_section].heights.before(to_number)
        return between + into - self._sections[from_section].heights.before(from_number)

    def distance_to_end(self, index: int) -> float:
        """Return the pixels from the top of item `index` to the text's end, as known so far."""
        section, number = divmod(index, _ROOM)
        into = self._sections[section].heights.before(number)
        return self._heights.total - self._heights.before(section) - into

    @property
    def bar_length(self) -> float:
        """The whole text on the scroll bar, in estimated pixels."""
        return self._bar.total

    def bar_position(self, index: int, offset: float) -> float:
        """Return where `offset` pixels into an item are on the scroll bar, in estimated pixels."""
        section, number = divmod(index, _ROOM)
        items = self._sections[section]
        height = items.heights.values[number]
        share = offset / height if height > 0 else 0.0
        inside = items.estimates.before(number) + share * items.estimates.values[number]
        return self._bar.before(section) + inside * self._bar_scale(section)

    def at_bar_position(self, position: float) -> tuple[int, float]:
        """Return the item and the offset into it at a scroll bar's position; lays the item out."""
        section = self._bar.index_at(position)
        self.open_section(section)
        inside = position - self._bar.before(section)
        whole = self._bar.values[section]
        return self.at_share(section, inside / whole if whole > 0 else 0.0)

    def at_share(self, section: int, share: float) -> tuple[int, float]:
        """Return the item and the offset into it where that share of a section lies above."""
        items = self._sections[section]
        if not len(items):
            return self.index_of(Place(section, 0)), 0.0
        inside = min(max(share, 0.0), 1.0) * items.estimates.total
        number = items.estimates.index_at(inside)
        estimate = items.estimates.values[number]
        inside -= items.estimates.before(number)
        share = min(max(inside / estimate, 0.0), 1.0) if estimate > 0 else 0.0
        index = section * _ROOM + number
        return index, round(share * self.item(index).height)

    def _bar_scale(self, section: int) -> float:
        """Return how long a section's estimates are on the bar, which was made before them."""
        total = self._sections[section].estimates.total
        return self._bar.values[section] / total if total > 0 else 1.0

    # places

    def first_place(self) -> Place:
        """Return where the text begins."""
        return self.span_of(self.first_index()).first_place

    def last_place(self) -> Place:
        """Return where the text ends."""
        span = self.span_of(self.last_index())
        return Place(span.section, span.end)

    def place_across_blocks(self, index: int, frame: Frame, *, is_forward: bool) -> Place | None:
        """Return the nearest place in the frame after or before one of item `index`'s, if any."""
        frames = self.item(index).frames
        number = frames.index(frame) + (1 if is_forward else -1)
        if not 0 <= number < len(frames):
            beside = self.following(index) if is_forward else self.preceding(index)
            if beside is None:
                return None
            index = beside
            frames = self.item(index).frames
            number = 0 if is_forward else len(frames) - 1
        found = frames[number]
        return Place(self.section_of(index), found.start if is_forward else found.end)

    def items_from(
        self, index: int, top: float, bottom: float
    ) -> Iterator[tuple[int, TextItem, float]]:
        """Yield number, item and top from item `index`, itself at `top`, down to `bottom`."""
        at: int | None = index
        while at is not None and top < bottom:
            item = self.item(at)
            yield at, item, top
            top += item.height
            at = self.following(at) if top < bottom else None

    def _drop_far_from(self, index: int) -> None:
        by_distance = sorted(self._items, key=lambda kept: abs(kept - index))
        for far in by_distance[_KEPT_ITEMS // 2 :]:
            del self._items[far]


def _measure(theme: Theme, width: float) -> Measure:
    per_line = _CHARACTERS_PER_LINE * width / usual_width(theme)
    return Measure(per_line, usual_line(theme))
