"""With thousands of notes a change is put in its place; the result is that of starting anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.anchoring import ORPHANED, Anchor, AnchorState
from reader.annotations.editing import new_annotation, new_reply, with_colour
from reader.annotations.model import AnnotationId
from reader.text.document import Place, Span
from reader.ui.look.theme import Theme
from reader.ui.margin.cards.card import CardContent, CardKind
from reader.ui.margin.cards.card_arrangement import Arrangement
from reader.ui.margin.cards.card_deck import CardDeck, RunChange, Unsaved
from reader.ui.margin.cards.card_face import CardFaces
from reader.ui.margin.note_cards import AnchoredNote, PassageIndex
from reader.values import replaced
from tests.ui.margin.reading_room import Room, note_on, open_room
from tests.ui.view.documents import prose

pytestmark = pytest.mark.usefixtures("qapp")

TEXT = prose("A paragraph of some words. " * 40)
NOW = datetime(2026, 11, 29, tzinfo=UTC)


def _note(start: int, end: int) -> AnchoredNote:
    span = Span(0, start, end)
    made = new_annotation(TEXT, span, source="a", created=NOW)
    return AnchoredNote(made, Anchor(AnchorState.ANCHORED, span, 1.0))


_SPANS = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda p: (p[0], p[0] + p[1]))


@settings(max_examples=40, deadline=None)
@given(
    first=st.lists(_SPANS, max_size=8),
    more=st.lists(_SPANS, max_size=8),
    gone=st.sets(st.integers(0, 15)),
    asked=_SPANS,
)
def test_an_index_that_notes_came_to_and_left_is_the_index_of_those_that_stay(
    first: list[tuple[int, int]],
    more: list[tuple[int, int]],
    gone: set[int],
    asked: tuple[int, int],
) -> None:
    notes = [_note(*ends) for ends in first]
    index = PassageIndex(notes)
    index.around(Span(0, *asked))
    for ends in more:
        notes.append(_note(*ends))
        index.add(notes[-1])
    for number in sorted(gone, reverse=True):
        if number < len(notes):
            index.remove(notes.pop(number))
    assert index.around(Span(0, *asked)) == PassageIndex(notes).around(Span(0, *asked))


def _card(number: int, offset: int) -> CardContent:
    return CardContent(AnnotationId(f"urn:{number}"), Place(0, offset), CardKind.NOTE, "rose")


def _changes(before: list[CardContent], now: list[CardContent]) -> list[RunChange]:
    """Return what a deck would tell, each card being a run of its own."""
    old, new = ({card.id: (card,) for card in cards} for cards in (before, now))
    pairs = ((old.get(name, ()), new.get(name, ())) for name in {**old, **new})
    return [RunChange(*pair) for pair in pairs if pair[0] != pair[1]]


def test_cards_that_come_go_or_move_stand_where_sorting_all_would_put_them() -> None:
    faces = CardFaces(Theme("light"))
    cards = [_card(number, (number * 37) % 500) for number in range(300)]
    kept = Arrangement(faces)
    kept.change(_changes([], cards))
    for changed in (
        [*cards, _card(300, 250), _card(301, 0), _card(302, 999)],
        [card for number, card in enumerate(cards) if number not in (3, 77, 150)],
        [*cards[:10], _card(10, 431), *cards[11:]],
    ):
        kept.change(_changes(cards, changed))
        anew = Arrangement(faces)
        anew.change(_changes([], changed))
        assert [card.place for card in kept.cards] == [card.place for card in anew.cards]
        assert {card.id for card in kept.cards} == {card.id for card in changed}
        assert all(
            kept.card(card.id) is card and kept.cards[kept.number_of(card.id) or 0] is card
            for card in changed
        )
        kept.change(_changes(changed, cards))


def test_a_card_that_looks_otherwise_stays_between_those_at_its_place() -> None:
    kept = Arrangement(CardFaces(Theme("light")))
    cards = [_card(number, 40) for number in range(3)]
    kept.change(_changes([], cards))
    other = replaced(cards[1], colour="sky")
    kept.change([RunChange((cards[1],), (other,))])
    assert list(kept.cards) == [cards[0], other, cards[2]]


_STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "answer", "remove", "back", "colour"]), st.integers(0, 9)),
    max_size=14,
)


@settings(max_examples=120, deadline=None)
@given(_STEPS)
def test_whatever_comes_of_notes_and_replies_the_cards_are_those_of_starting_anew(
    steps: list[tuple[str, int]],
) -> None:
    notes: dict[AnnotationId, AnchoredNote] = {}
    deck, kept = CardDeck(notes), Arrangement(CardFaces(Theme("light")))
    gone: list[AnchoredNote] = []

    def put(name: AnnotationId, after: AnchoredNote | None) -> None:
        before = notes.get(name)
        deck.forget(name)
        deck.forget_threads(name, before, after)
        if after is not None:
            notes[name] = after
        elif before is not None:
            gone.append(notes.pop(name))

    for step, number in steps:
        some = list(notes.values())[number : number + 1]
        if step == "add":
            made = _note(number, number + 5)
            put(made.annotation.id, made)
        elif step == "back" and gone:
            back = gone.pop()
            put(back.annotation.id, back)
        for note in some:
            name = note.annotation.id
            if step == "answer":
                reply = AnchoredNote(new_reply(name, "So?", created=NOW), ORPHANED)
                put(reply.annotation.id, reply)
            elif step == "remove":
                put(name, None)
            elif step == "colour":
                put(name, AnchoredNote(with_colour(note.annotation, "sky", NOW), note.anchor))
        kept.change(deck.take_changes(lambda _place: (), Unsaved()))
        anew = deck.cards(lambda _place: (), Unsaved())
        assert len(kept.cards) == len(anew)
        assert all(kept.card(card.id) == card for card in anew)
        assert [kept.number_of(card.id) for card in kept.cards] == list(range(len(anew)))
        runs = [card.depth for card in kept.cards]
        assert all(depth == 0 or runs[at - 1] >= depth - 1 for at, depth in enumerate(runs))
        assert not runs or runs[0] == 0


@pytest.fixture
def crowded(tmp_path: Path) -> Iterator[Room]:
    """A window with more cards than stand beside the text."""
    document = prose(*(f"Paragraph number {number} of them." for number in range(80)))
    notes = [note_on(document, f"number {number} ", f"Note {number}.") for number in range(80)]
    room = open_room(tmp_path, document, notes)
    yield room
    room.close()


def test_crowded_cards_look_the_same_whether_painted_or_from_pictures_kept(crowded: Room) -> None:
    margin, stage = crowded.annotating.margin, crowded.annotating.margin._stage
    crowded.view.scroll_by(60)
    crowded.settle()
    first = margin.grab().toImage()
    assert stage._pictures._kept, "they are kept"
    assert margin.grab().toImage() == first, "from what is kept"
    stage.forget_looks()
    assert not stage._pictures._kept
    assert margin.grab().toImage() == first


def test_a_card_that_changes_is_painted_anew_also_in_a_crowd(crowded: Room) -> None:
    margin = crowded.annotating.margin
    crowded.settle()
    before = margin.grab().toImage()
    (shown, *_) = margin._stage.shown()
    crowded.annotating.margin.colour_chosen.emit(shown.card.id, "sky")
    crowded.settle()
    assert margin.grab().toImage() != before
