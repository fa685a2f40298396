"""Places, spans and fingerprints."""

from __future__ import annotations

import pytest

from reader.text.document import Place, Span, fingerprint_of


@pytest.mark.parametrize(
    ("place", "is_inside"),
    [
        (Place(0, 2), True),
        (Place(0, 4), True),
        (Place(0, 5), False),
        (Place(0, 1), False),
        (Place(1, 3), False),
    ],
    ids=["first", "last", "end", "before", "other section"],
)
def test_a_span_holds_its_places_but_not_its_end(place: Place, is_inside: bool) -> None:
    assert (place in Span(0, 2, 5)) is is_inside


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Span(0, 4, 9), True),
        (Span(0, 0, 3), True),
        (Span(0, 3, 4), True),
        (Span(0, 5, 9), False),
        (Span(0, 0, 2), False),
        (Span(1, 2, 5), False),
    ],
    ids=["at its end", "at its start", "inside", "after", "before", "other section"],
)
def test_spans_overlap_where_they_share_a_character(other: Span, overlaps: bool) -> None:
    assert Span(0, 2, 5).overlaps(other) is overlaps
    assert other.overlaps(Span(0, 2, 5)) is overlaps


def test_a_span_without_characters_is_empty() -> None:
    assert Span(0, 3, 3).is_empty
    assert not Span(0, 3, 4).is_empty
    assert Span(2, 3, 4).first_place == Place(2, 3)


def test_places_are_in_reading_order() -> None:
    assert sorted([Place(1, 0), Place(0, 9), Place(0, 2)]) == [
        Place(0, 2),
        Place(0, 9),
        Place(1, 0),
    ]


def test_a_fingerprint_is_the_sha256_of_one_sections_text() -> None:
    assert fingerprint_of(["abc"]) == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


@pytest.mark.parametrize(
    "texts", [["ab", "c"], ["a", "bc"], ["abc", ""], ["abc "], ["Abc"]], ids=repr
)
def test_another_text_or_division_has_another_fingerprint(texts: list[str]) -> None:
    assert fingerprint_of(texts) != fingerprint_of(["abc"])


def test_half_a_surrogate_pair_has_a_fingerprint_too() -> None:
    assert fingerprint_of(["\ud800"]) != fingerprint_of(["\ud801"])
