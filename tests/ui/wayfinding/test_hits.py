"""From hit to hit, round the text, also while not all of it has been searched."""

from __future__ import annotations

from array import array

import pytest

from reader.text.document import Place, Span
from reader.ui.wayfinding.hits import Hits


def hits_of(*sections: list[int] | None) -> Hits:
    """Return hits three code points long that begin there; None: not searched yet."""
    hits = Hits(len(sections))
    for number, starts in enumerate(sections):
        if starts is not None:
            hits.add(number, array("q", starts), array("q", [start + 3 for start in starts]))
    return hits


def test_the_way_leads_round_the_text_and_back() -> None:
    hits = hits_of([2, 10], [], [5])
    first = hits.at_or_after(Place(0, 0))
    assert first == Span(0, 2, 5)
    second = hits.after(Span(0, 2, 5))
    assert second == Span(0, 10, 13)
    assert hits.after(Span(0, 10, 13)) == Span(2, 5, 8)
    assert hits.after(Span(2, 5, 8)) == Span(0, 2, 5)
    assert hits.before(Place(0, 2)) == Span(2, 5, 8)
    assert hits.before(Place(2, 5)) == Span(0, 10, 13)


@pytest.mark.parametrize(("offset", "start"), [(2, 2), (4, 2), (5, 10), (13, 2)])
def test_a_place_inside_a_hit_is_at_it(offset: int, start: int) -> None:
    found = hits_of([2, 10]).at_or_after(Place(0, offset))
    assert found is not None
    assert found.start == start


def test_what_may_come_before_isn_t_passed_over() -> None:
    hits = hits_of([2], None, [7])
    assert hits.at_or_after(Place(0, 0)) == Span(0, 2, 5)
    assert hits.after(Span(0, 2, 5)) is None
    assert hits.before(Place(2, 7)) is None
    hits.add(1, array("q"), array("q"))
    assert hits.after(Span(0, 2, 5)) == Span(2, 7, 10)
    assert hits.before(Place(2, 7)) == Span(0, 2, 5)


def test_hits_are_numbered_once_all_before_them_are_known() -> None:
    hits = hits_of([2, 10], None, [5, 9])
    assert hits.number_of(Span(0, 10, 13)) == 2
    assert hits.number_of(Span(2, 9, 12)) is None
    assert (hits.count, hits.is_complete) == (4, False)
    hits.add(1, array("q", [1]), array("q", [4]))
    assert hits.number_of(Span(2, 9, 12)) == 5
    assert (hits.count, hits.is_complete) == (5, True)


def test_without_hits_there_is_no_way() -> None:
    hits = hits_of([], [])
    assert hits.at_or_after(Place(1, 3)) is None
    assert hits.before(Place(1, 3)) is None


def test_those_within_a_paragraph_are_found_with_those_across_its_ends() -> None:
    hits = hits_of([2, 10, 20])
    assert [hit.start for hit in hits.within(Span(0, 4, 20))] == [2, 10]
    assert [hit.start for hit in hits.within(Span(0, 5, 21))] == [10, 20]
    assert list(hits_of([2], None).within(Span(1, 0, 9))) == []


def test_marks_lie_where_hits_do_and_are_never_too_many() -> None:
    assert hits_of([0, 50], [], [99]).marks([100, 100, 100], 100) == [0.0, 0.16, 0.99]
    many = hits_of(list(range(0, 100_000, 3)))
    marks = many.marks([100_000], 50)
    assert marks == [number / 50 for number in range(50)]
