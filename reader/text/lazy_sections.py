"""Sections that are read only when somebody asks for them, on whatever thread that is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import overload

from reader.errors import UnreadableText
from reader.text.document import Section

KEPT_CODE_POINTS = 12_000_000
"""Of the sections last asked for; about twice the Bible's. The one asked for last always stays."""


class LazySections(Sequence[Section]):
    """The sections of a document, each read by `read` when first asked for, and again if dropped.

    Asking may take long and may raise what `read` raises (reader.errors.UnreadableText for a file
    that went away); `length_of` and `at_hand` never read. Threads that want the same section wait
    for one reading; those that want different ones don't wait for each other.
    """

    def __init__(
        self,
        estimates: Sequence[int],
        read: Callable[[int], Section],
        kept_code_points: int = KEPT_CODE_POINTS,
        *,
        is_alike_elsewhere: bool = False,
        is_quick: bool = True,
    ) -> None:
        """`estimates` are the sections' lengths in code points, as far as they can be guessed.

        `is_alike_elsewhere`: `read` does nothing but return a section that depends on the file
        alone, so that another process may read it as well, or another day. `is_quick`: a short
        section is there in milliseconds, so that one may wait for it.
        """
        self.is_quick = is_quick
        self.is_alike_elsewhere = is_alike_elsewhere
        self._read = read
        self._lengths = list(estimates)
        self._is_exact = [False] * len(estimates)
        self._limit = kept_code_points
        self._kept: OrderedDict[int, Section] = OrderedDict()
        self._kept_length = 0
        self._lock = Lock()
        self._reading = [Lock() for _ in estimates]
        self._news_count = 0

    def __len__(self) -> int:
        return len(self._lengths)

    @overload
    def __getitem__(self, index: int) -> Section: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Section, ...]: ...

    def __getitem__(self, index: int | slice) -> Section | tuple[Section, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(index)
        found = self.at_hand(number)
        if found is None:
            with self._reading[number]:
                found = self.at_hand(number)  # another thread may just have read it
                if found is None:
                    found = self._read(number)
                    self._keep(found)
        return found

    def read_by(self, way: Callable[[int, Callable[[int], Section]], Section]) -> None:
        """Read sections this way from now on; it is given a number, and the way until now.

        That takes as long as it may take: nobody should wait for it who has something to do.
        """
        until_now = self._read
        self.is_quick = False
        self._read = lambda index: way(index, until_now)

    def at_hand(self, index: int) -> Section | None:
        """Return section number `index` if it needn't be read."""
        with self._lock:
            found = self._kept.get(index)
            if found is not None:
                self._kept.move_to_end(index)
            return found

    def length_of(self, index: int) -> int:
        """Return the section's length in code points: exact once it is known, else an estimate."""
        return self._lengths[index]

    @property
    def news_count(self) -> int:
        """How often lengths became known: as long as it is the same, so are all of them."""
        return self._news_count

    def is_exact(self, index: int) -> bool:
        """Whether `length_of` is the section's length and no estimate."""
        return self._is_exact[index]

    def learn_lengths(self, lengths: Sequence[int]) -> None:
        """Take these for the sections' lengths: somebody knows them from an earlier day."""
        with self._lock:
            self._lengths = list(lengths)
            self._is_exact = [True] * len(lengths)
            self._news_count += 1

    def _keep(self, section: Section) -> None:
        with self._lock:
            self._lengths[section.index] = len(section.text)
            self._is_exact[section.index] = True
            self._news_count += 1
            self._kept[section.index] = section
            self._kept_length += len(section.text)
            while self._kept_length > self._limit and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._kept_length -= len(dropped.text)


def section_at_hand(sections: Sequence[Section], index: int) -> Section | None:
    """Return section number `index` of any document if it needn't be read."""
    return sections.at_hand(index) if isinstance(sections, LazySections) else sections[index]


def readable_section(sections: Sequence[Section], index: int) -> Section | None:
    """Return section number `index`, read if need be; None where it can't be read any more."""
    try:
        return sections[index]
    except UnreadableText:
        return None


def is_soon_there(sections: Sequence[Section], index: int, most: int) -> bool:
    """Whether a section is at hand, or no longer than `most` code points and quickly read."""
    if not isinstance(sections, LazySections) or sections.at_hand(index) is not None:
        return True
    return sections.is_quick and sections.length_of(index) <= most


def length_of(sections: Sequence[Section], index: int) -> int:
    """Return a section's length in code points, an estimate where it isn't read yet."""
    if isinstance(sections, LazySections):
        return sections.length_of(index)
    return len(sections[index].text)


def exact_length_of(sections: Sequence[Section], index: int) -> int:
    """Return a section's length in code points; reads it if nobody knows its length."""
    if isinstance(sections, LazySections) and sections.is_exact(index):
        return sections.length_of(index)
    return len(sections[index].text)
