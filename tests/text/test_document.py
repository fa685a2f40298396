"""Places, spans and fingerprints."""

from __future__ import annotations

import pytest

from reader.text.document import (
    Document,
    Fingerprint,
    Place,
    Section,
    Span,
    fingerprint_of,
    fingerprint_of_sources,
)


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


@pytest.mark.parametrize(
    ("target", "section", "expected"),
    [
        pytest.param("1:3", 0, Place(1, 3), id="an offset"),
        pytest.param("1#", 0, Place(1, 0), id="a section"),
        pytest.param("1#end", 0, Place(1, 4), id="a name in a section"),
        pytest.param("#end", 1, Place(1, 4), id="a name in the same section"),
        pytest.param("1#nowhere", 0, Place(1, 0), id="an unknown name in a section"),
        pytest.param("#nowhere", 1, None, id="an unknown name"),
        pytest.param("#end", 0, None, id="a name of another section"),
        pytest.param("2#end", 0, None, id="no such section"),
        pytest.param("https://example.org/#end", 1, None, id="an address elsewhere"),
        pytest.param("", 1, None, id="nothing"),
    ],
)
def test_links_lead_to_places(target: str, section: int, expected: Place | None) -> None:
    sections = (Section(0, "", "One", ()), Section(1, "", "Two ends", (), anchors={"end": 4}))
    document = Document("", (), None, sections, Fingerprint(""))
    assert document.place_of(target, section) == expected


def test_a_fingerprint_of_sources_tells_format_order_and_content() -> None:
    fingerprints = {
        fingerprint_of_sources("epub", [(1, 2), (3, 4)]),
        fingerprint_of_sources("epub", [(3, 4), (1, 2)]),
        fingerprint_of_sources("epub", [(1, 2), (3, 5)]),
        fingerprint_of_sources("epub", [(1, 2)]),
        fingerprint_of_sources("other", [(1, 2), (3, 4)]),
    }
    assert len(fingerprints) == 5
    assert all(fingerprint.startswith("sha256:") for fingerprint in fingerprints)
