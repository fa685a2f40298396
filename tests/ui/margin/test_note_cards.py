"""What is shown of annotations, and finding them by place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.anchoring import ORPHANED, Anchor, AnchorState
from reader.annotations.editing import new_annotation
from reader.annotations.model import BOOKMARKING, AnnotationId, JsonObject, annotation_from_json
from reader.text.document import Place, Span
from reader.ui.margin.cards.card import CardKind
from reader.ui.margin.note_cards import (
    NOT_FOUND,
    PLEASE_LOOK,
    WITHOUT_PLACE,
    AnchoredNote,
    PassageIndex,
    card_of,
    decoration_of,
    tick_of,
)
from reader.ui.note_list.note_entries import row_of
from tests.annotations.documents import annotation_json
from tests.ui.margin.reading_room import NOW, letter, note_on, span_of

LETTER = letter()


def _anchored(state: AnchorState = AnchorState.ANCHORED, note: str = "Listen.") -> AnchoredNote:
    annotation = note_on(LETTER, "soft light", note)
    span = None if state is AnchorState.ORPHAN else span_of(LETTER, "soft light")
    return AnchoredNote(annotation, Anchor(state, span, 1.0))


def test_a_note_that_was_found_says_nothing_of_it() -> None:
    card = card_of(_anchored())
    assert (card.state, card.quote, card.kind) == ("", "", CardKind.NOTE)


def test_a_note_that_was_not_found_keeps_its_old_passage() -> None:
    card = card_of(_anchored(AnchorState.ORPHAN))
    assert (card.place, card.state, card.quote) == (None, NOT_FOUND, "soft light")


@pytest.mark.parametrize(
    ("state", "needs_look", "said"),
    [
        (AnchorState.MOVED, False, ""),
        (AnchorState.MOVED, True, PLEASE_LOOK),
        (AnchorState.AMBIGUOUS, True, PLEASE_LOOK),
    ],
    ids=["sure", "less sure", "ambiguous"],
)
def test_only_a_doubtful_place_is_to_be_looked_at(
    state: AnchorState, needs_look: bool, said: str
) -> None:
    words = "everything we know of her"
    anchor = Anchor(state, span_of(LETTER, words), 1.0, needs_look=needs_look)
    card = card_of(AnchoredNote(note_on(LETTER, words), anchor))
    assert card.state == said
    assert card.quote == (words if said else "")


def test_a_highlight_has_a_card_without_a_note() -> None:
    assert card_of(_anchored(note="")).kind is CardKind.HIGHLIGHT


def test_a_point_is_not_painted_but_has_a_tick() -> None:
    point = Span(0, 10, 10)
    mark = new_annotation(LETTER, point, BOOKMARKING, source="letter.txt", created=NOW)
    note = AnchoredNote(mark, Anchor(AnchorState.ANCHORED, point, 1.0))
    assert decoration_of(note) is None
    assert tick_of(note) == ((0, 10), "sky")
    assert card_of(note).kind is CardKind.BOOKMARK


def _named(number: int, span: Span) -> AnchoredNote:
    value: JsonObject = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:x:{number}",
        "type": "Annotation",
        "target": "letter.txt",
    }
    return AnchoredNote(annotation_from_json(value), Anchor(AnchorState.ANCHORED, span, 1.0))


SPANS = st.builds(
    lambda section, start, length: Span(section, start, start + length),
    st.integers(0, 1),
    st.integers(0, 60),
    st.integers(0, 25),
)


QUOTE: dict[str, Any] = {"type": "TextQuoteSelector", "exact": "rain"}


@given(st.lists(SPANS, max_size=25), SPANS)
def test_the_index_finds_what_looking_at_all_finds(spans: list[Span], wanted: Span) -> None:
    notes = [_named(number, span) for number, span in enumerate(spans)]
    found = PassageIndex(notes).around(wanted)
    expected = {
        AnnotationId(f"urn:x:{number}")
        for number, span in enumerate(spans)
        if Span(span.section, span.start, max(span.end, span.start + 1)).overlaps(wanted)
    }
    assert set(found) == expected
    assert len(found) == len(set(found))


def test_the_shortest_passage_comes_first() -> None:
    notes = [_named(0, Span(0, 0, 50)), _named(1, Span(0, 10, 20)), _named(2, Span(0, 5, 30))]
    assert PassageIndex(notes).at(Place(0, 12)) == ["urn:x:1", "urn:x:2", "urn:x:0"]


def test_a_note_that_tells_no_passage_says_so_and_what_else_it_holds() -> None:
    value = annotation_json(
        target=["urn:example:page", {"source": "b", "selector": {"type": "SvgSelector"}}],
        body={"id": "http://example.org/rain.ogg"},
    )
    note = AnchoredNote(annotation_from_json(value), ORPHANED)
    card = card_of(note)
    assert card.state == WITHOUT_PLACE
    assert card.notice == (
        "It refers to http://example.org/rain.ogg. It has another target too. "
        "Its place is told by a shape on a picture, which can't be followed in this text."
    )
    assert row_of(note).note == card.notice  # a list would have an empty line


@pytest.mark.parametrize(
    ("bodies", "words"),
    [
        (["urn:a"], "It refers to urn:a."),
        (["urn:a", "urn:b", "urn:a"], "It refers to urn:a and urn:b."),
        (
            [f"urn:{name}" for name in "abcde"],
            "It refers to urn:a, urn:b, urn:c and 2 more.",
        ),
        (
            [{"type": "List", "items": [{"value": "Rain"}, "urn:a"]}],
            "It refers to urn:a. It says besides: “Rain”",
        ),
    ],
)
def test_what_a_note_refers_to_is_counted_off(bodies: list[Any], words: str) -> None:
    value = annotation_json(body=bodies, target={"source": "a", "selector": QUOTE})
    assert card_of(AnchoredNote(annotation_from_json(value), ORPHANED)).notice == words
