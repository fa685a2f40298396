"""The words on a card."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.model import AnnotationId
from reader.text.document import Place
from reader.ui.margin.cards.card import (
    CardContent,
    CardKind,
    day_words,
    meta_words,
    parsed_tags,
    spoken_description,
    tag_field_text,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 2, 9, tzinfo=UTC), "2 Nov"),
        (datetime(2024, 2, 29, 9, tzinfo=UTC), "29 Feb 2024"),
        (datetime(2026, 11, 2, 1, tzinfo=timezone(timedelta(hours=2))), "1 Nov"),
    ],
    ids=["this year", "another year", "the local day"],
)
def test_a_day_is_said_shortly(moment: datetime, words: str) -> None:
    assert day_words(moment, NOW) == words


def test_the_meta_line_has_tags_then_the_day() -> None:
    card = CardContent(
        AnnotationId("a"),
        Place(0, 0),
        CardKind.NOTE,
        "rose",
        tags=("voice", "two words"),
        created=datetime(2026, 11, 2, tzinfo=UTC),
    )
    assert meta_words(card, NOW) == "#voice   #two words   2 Nov"


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("#voice #device", ("voice", "device")),
        ("#two words #one", ("two words", "one")),
        ("voice, two words", ("voice", "two words")),
        ("voice device", ("voice", "device")),
        ("#a, #a , a", ("a",)),
        ("  ", ()),
        ("#", ()),
    ],
)
def test_tags_are_read_as_they_are_typed(typed: str, tags: tuple[str, ...]) -> None:
    assert parsed_tags(typed) == tags


@given(
    st.lists(
        st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12),
        unique=True,
        max_size=6,
    ).map(tuple)
)
def test_tags_come_back_from_the_field_as_they_were(tags: tuple[str, ...]) -> None:
    assert parsed_tags(tag_field_text(tags)) == tags


def test_a_screen_reader_hears_note_tags_and_state() -> None:
    card = CardContent(
        AnnotationId("a"),
        None,
        CardKind.NOTE,
        "rose",
        "Listen.\n",
        tags=("voice",),
        state="not found in the text",
        quote="the breaths",
    )
    assert spoken_description(card, is_being_read=True) == (
        "Note: Listen., on “the breaths”, tag voice, being read, not found in the text"
    )
