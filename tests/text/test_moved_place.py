"""Where a place is once the text's file changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.document import Place
from reader.text.moved_place import place_after_change
from tests.annotations.documents import document_of

TEXT = "One day the sea was calm. Two boats went out. Three came back, and nobody could say why."
PLACE = Place(0, TEXT.index("Three"))


@pytest.mark.parametrize(
    ("changed", "there"),
    [
        pytest.param(TEXT, "Three", id="as it was"),
        pytest.param("A new beginning. " * 9 + TEXT, "Three", id="text before it"),
        pytest.param(TEXT.removeprefix("One day the sea was calm. "), "Three", id="less before it"),
        pytest.param(TEXT + " That is all.", "Three", id="text after it"),
        pytest.param("Once. " + TEXT.replace("say why", "tell"), "Three", id="before and after"),
        pytest.param("Oh! " + TEXT.replace("Three", "Four"), "Four", id="its own word"),
    ],
)
def test_a_place_goes_where_its_words_went(changed: str, there: str) -> None:
    moved = place_after_change(document_of(TEXT), document_of(changed), PLACE)
    assert moved == Place(0, changed.index(there))


def test_of_words_that_stand_there_twice_the_nearest_count() -> None:
    lines = [f"Line {n}. The same again and again, and once more for good measure." for n in "ab"]
    old = "\n".join([lines[0], lines[0], lines[1]])
    place = Place(0, len(lines[0]) + 1)
    new = "A word. " + old + " The end."
    assert place_after_change(document_of(old), document_of(new), place) == Place(
        0, place.offset + len("A word. ")
    )


def test_where_the_words_are_gone_the_place_stays_as_far_in() -> None:
    other = "q" * len(TEXT)
    assert place_after_change(document_of(TEXT), document_of(other), PLACE) == PLACE


@pytest.mark.parametrize("place", [Place(1, 0), Place(0, len(TEXT) - 1)])
def test_there_is_no_place_beyond_the_new_text(place: Place) -> None:
    assert place_after_change(document_of(TEXT), document_of("qq"), place) is None


@given(old=st.text("ab \n", min_size=1), new=st.text("ab \n", min_size=1), at=st.integers(0, 99))
def test_what_is_told_is_a_place_of_the_new_text(old: str, new: str, at: int) -> None:
    document = document_of(new)
    moved = place_after_change(document_of(old), document, Place(0, min(at, len(old))))
    assert moved is None or 0 <= moved.offset < len(document.sections[0].text)
