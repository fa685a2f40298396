"""How far into a document a place lies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.document import Document, Fingerprint, Place, Section
from reader.text.extent import Extent
from reader.text.lazy_sections import LazySections


def document_of(*texts: str) -> Document:
    """Return a document with a section for each text."""
    sections = tuple(Section(number, "", text, ()) for number, text in enumerate(texts))
    return Document("", (), None, sections, Fingerprint("sha256:0"))


@pytest.mark.parametrize(
    ("place", "share"),
    [
        pytest.param(Place(0, 0), 0.0, id="start"),
        pytest.param(Place(0, 5), 0.5, id="end of the first section"),
        pytest.param(Place(1, 0), 0.5, id="start of the second"),
        pytest.param(Place(1, 5), 1.0, id="end"),
        pytest.param(Place(0, 99), 0.5, id="beyond a section: its end"),
        pytest.param(Place(2, 0), 1.0, id="right behind the last section: the end"),
        pytest.param(Place(7, 0), 1.0, id="beyond the last section: the end"),
    ],
)
def test_a_place_lies_as_far_as_the_text_before_it(place: Place, share: float) -> None:
    assert Extent(document_of("first", "other")).share_of(place) == share


def test_an_empty_document_has_a_beginning() -> None:
    extent = Extent(document_of())
    assert extent.share_of(Place(0, 0)) == 0.0
    assert extent.place_at(0.5) == Place(0, 0)


@given(
    lengths=st.lists(st.integers(0, 40), min_size=1, max_size=6).filter(any),
    share=st.floats(-0.5, 1.5),
)
def test_the_place_at_a_share_is_in_the_text_and_lies_there(
    lengths: list[int], share: float
) -> None:
    document = document_of(*("x" * length for length in lengths))
    extent = Extent(document)
    place = extent.place_at(share)
    assert place.offset < len(document.sections[place.section].text)
    assert abs(extent.share_of(place) - min(max(share, 0.0), 1.0)) <= 1 / extent.length + 1e-9


def test_sections_not_read_yet_count_with_their_estimates() -> None:
    was_read: list[int] = []

    def read(number: int) -> Section:
        was_read.append(number)
        return Section(number, "", "x" * 50, ())

    sections = LazySections([100, 100], read)
    document = Document("", (), None, sections, Fingerprint("sha256:0"))
    extent = Extent(document)
    assert extent.length == 200
    assert extent.place_at(0.75) == Place(1, 50)
    assert was_read == []
    assert sections[0].index == 0
    assert extent.length == 150
    assert extent.share_of(Place(1, 0)) == pytest.approx(1 / 3)
    sections.learn_lengths([50, 150])
    assert extent.share_of(Place(1, 0)) == 0.25
    assert was_read == [0]
