"""Sections are read when asked for, once, and dropped when there are too many."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from reader.text.document import Section
from reader.text.lazy_sections import LazySections


class Shelf:
    """Reads sections of ten code points, and counts how often."""

    def __init__(self) -> None:
        self.reads: list[int] = []

    def read(self, index: int) -> Section:
        self.reads.append(index)
        return Section(index, f"Part {index}", str(index) * 10, ())


def test_nothing_is_read_before_it_is_asked_for() -> None:
    shelf = Shelf()
    sections = LazySections([5, 6, 7], shelf.read)
    assert len(sections) == 3
    assert sections.length_of(1) == 6
    assert sections.at_hand(1) is None
    assert shelf.reads == []


def test_a_section_is_read_once_and_its_length_is_exact_then() -> None:
    shelf = Shelf()
    sections = LazySections([5, 6, 7], shelf.read)
    assert sections[1] is sections[1]
    assert sections[-2].text == "1" * 10
    assert sections.length_of(1) == 10
    assert shelf.reads == [1]


def test_lengths_known_from_an_earlier_day_are_exact_and_nothing_is_read() -> None:
    shelf = Shelf()
    sections = LazySections([5, 6], shelf.read)
    assert not sections.is_exact(1)
    before = sections.news_count
    sections.learn_lengths([10, 12])
    assert [sections.length_of(n) for n in (0, 1)] == [10, 12]
    assert sections.is_exact(0)
    assert sections.is_exact(1)
    assert sections.news_count > before
    assert shelf.reads == []


def test_sections_are_counted_like_those_of_any_sequence() -> None:
    sections = LazySections([0, 0, 0], Shelf().read)
    assert [section.index for section in sections] == [0, 1, 2]
    assert [section.index for section in sections[1:]] == [1, 2]
    for index in (3, -4):
        with pytest.raises(IndexError):
            sections[index]


def test_those_asked_for_long_ago_are_dropped_and_read_again() -> None:
    shelf = Shelf()
    sections = LazySections([0] * 4, shelf.read, kept_code_points=20)
    for index in (0, 1, 0, 2):
        assert sections[index].index == index
    assert sections.at_hand(1) is None
    assert sections.at_hand(0) is not None
    assert sections.length_of(1) == 10
    assert sections[1].index == 1
    assert shelf.reads == [0, 1, 2, 1]


def test_the_last_one_is_kept_however_long_it_is() -> None:
    shelf = Shelf()
    sections = LazySections([0, 0], shelf.read, kept_code_points=1)
    assert sections[0] is sections[0]
    assert shelf.reads == [0]


def test_a_section_that_can_t_be_read_is_asked_for_again() -> None:
    failures = [OSError("away")]

    def read(index: int) -> Section:
        if failures:
            raise failures.pop()
        return Section(index, "", "back", ())

    sections = LazySections([0], read)
    with pytest.raises(OSError, match="away"):
        sections[0]
    assert sections[0].text == "back"


def test_threads_that_want_the_same_section_share_one_reading() -> None:
    shelf = Shelf()
    sections = LazySections([0] * 20, shelf.read)
    barrier = Barrier(6)
    found: list[list[Section]] = []

    def ask() -> None:
        barrier.wait()
        found.append(list(sections))

    threads = [Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(shelf.reads) == list(range(20))
    assert len(found) == 6
    assert all(
        one is other for answer in found for one, other in zip(answer, found[0], strict=True)
    )
