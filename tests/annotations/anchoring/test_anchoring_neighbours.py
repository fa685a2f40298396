"""Notes of one import tell where each other are: what is like one elsewhere isn't taken for it."""

from __future__ import annotations

import random

import pytest

from reader.annotations.anchoring import Anchor, AnchorState, anchor_annotations
from reader.annotations.anchoring.neighbours import Neighbours
from reader.annotations.anchoring.runs import Run
from reader.annotations.editing import new_annotation
from reader.text.document import Document, Span
from tests.annotations.anchoring.test_anchoring_repetition import REFRAIN
from tests.annotations.anchoring.test_anchoring_versions import sentence
from tests.annotations.documents import NOON, document_of, note_on

PASSAGE = "the lamp in the upper window went out"
AROUND = f"Nobody had gone home when {PASSAGE}, and it was quiet."
ALTERED = AROUND.replace("quiet", "silent").replace("Nobody", "No one")


def imported(old: Document, new: Document, *passages: str) -> tuple[Anchor, ...]:
    """Return the anchors in `new` of notes made on `old`, of which no text is kept."""
    return anchor_annotations([note_on(old, passage) for passage in passages], new)


def text_with(*inserted: tuple[int, str]) -> Document:
    """Return a text of 60 sentences with others before some of them."""
    sentences = [sentence(number) for number in range(60)]
    for number, line in sorted(inserted, reverse=True):
        sentences.insert(number, line)
    return document_of("\n\n".join(sentences))


def others() -> list[str]:
    return [sentence(number) for number in range(2, 60, 6)]


def found_in(document: Document, anchor: Anchor) -> tuple[str, int]:
    """Return what an anchor stands on, and where."""
    assert anchor.span is not None
    return document.sections[0].text[anchor.span.start : anchor.span.end], anchor.span.start


def test_a_passage_changed_in_its_place_is_preferred_to_its_copy_elsewhere() -> None:
    new = text_with((0, "This is new."), (10, ALTERED), (40, AROUND))
    anchor = imported(text_with((10, AROUND)), new, PASSAGE, *others())[0]
    place = new.sections[0].text.index(PASSAGE)
    assert (anchor.state, found_in(new, anchor)) == (AnchorState.MOVED, (PASSAGE, place))


def test_a_passage_moved_alone_is_found_where_it_is() -> None:
    new = text_with((0, "This is new."), (40, AROUND))
    anchor = imported(text_with((10, AROUND)), new, PASSAGE, *others())[0]
    assert (anchor.state, found_in(new, anchor)[0]) == (AnchorState.MOVED, PASSAGE)


def test_something_like_a_passage_that_is_gone_is_asked_about() -> None:
    changed = AROUND.replace("upper", "other").replace("Nobody had gone", "All had come")
    new = text_with((0, "This is new."), (40, changed))
    anchor = imported(text_with((10, AROUND)), new, PASSAGE, *others())[0]
    assert anchor.state in (AnchorState.ORPHAN, AnchorState.AMBIGUOUS)


def test_of_a_phrase_said_everywhere_the_one_between_its_neighbours_is_taken() -> None:
    refrain = "and so it went on."
    old = text_with(*((number, f"{number} {refrain}") for number in range(5, 55, 7)))
    new = text_with(
        (0, "This is new."), *((number, f"No {number} {refrain}") for number in range(5, 55, 7))
    )
    text = old.sections[0].text
    note = note_on(old, f"19 {refrain}")
    anchor = anchor_annotations([note, *(note_on(old, line) for line in others())], new)[0]
    assert text.count(refrain) == 8
    assert found_in(new, anchor)[0] == f"19 {refrain}"


def sung(changed: int = -1) -> list[str]:
    """Return 60 verses with a refrain; each third has a line of its own, one another line."""
    lines = [sentence(number) for number in range(12)]
    chance = random.Random(4)
    verses = [f"{chance.choice(lines)} {chance.choice(lines)} {REFRAIN}" for _ in range(60)]
    for number in range(0, 60, 3):
        verses[number] = f"{sentence(100 + number)} {verses[number]}"
    if changed >= 0:
        verses[changed] = f"Wholly other words, sung by nobody before. {REFRAIN}"
    return verses


@pytest.mark.parametrize("number", [10, 22, 40, 49])
def test_of_refrains_the_one_exactly_in_step_with_a_neighbour_is_taken(number: int) -> None:
    verses, changed = sung(), [sentence(900), *sung(number)]
    old, new = document_of("\n\n".join(verses)), document_of("\n\n".join(changed))
    phrase = "say all of us, for"  # and what surrounds it is of the refrain as well
    within = REFRAIN.index(phrase) - len(REFRAIN) - 2
    start = sum(len(verse) + 2 for verse in verses[: number + 1]) + within
    place = sum(len(verse) + 2 for verse in changed[: number + 2]) + within
    span = Span(0, start, start + len(phrase))
    note = new_annotation(old, span, source="a", created=NOON)
    own = [note_on(old, sentence(100 + other)) for other in range(0, 60, 3)]
    anchor = anchor_annotations([note, *own], new)[0]
    assert (anchor.state, found_in(new, anchor)) == (AnchorState.MOVED, (phrase, place))


def test_neighbours_tell_where_a_note_is_expected() -> None:
    neighbours = Neighbours([Run(100, 150, 30), Run(900, 1950, 30), Run(2000, 3050, 30)])
    expected = neighbours.expected(500)
    assert expected is not None
    assert (expected.first, expected.last) == (550, 1550)
    assert expected.is_likely(1000)
    assert not expected.is_plain(1000)
    assert expected.is_plain(560)
    assert not expected.is_likely(5000)


def test_a_note_out_of_order_tells_nothing_of_the_others() -> None:
    runs = [Run(place, place + 10, 30) for place in range(0, 1000, 100)]
    expected = Neighbours([*runs, Run(450, 9000, 30)]).expected(460)
    assert expected is not None
    assert (expected.first, expected.last) == (470, 470)


def test_of_several_places_for_one_note_one_keeps_the_order() -> None:
    runs = [Run(place, place + 10, 30) for place in range(0, 1000, 100)]
    expected = Neighbours([*runs, *(Run(450, place, 30) for place in (20, 460, 480, 9000))])
    assert expected.expected(470) is not None
    assert len(expected) <= len(runs) + 1


def test_notes_in_no_order_tell_nothing() -> None:
    runs = [Run(place, 1000 - place, 30) for place in range(0, 1000, 100)]
    assert Neighbours(runs).expected(450) is None
    assert Neighbours([]).expected(450) is None


def test_a_passage_misprinted_between_both_its_sides_is_preferred_to_one_to_the_letter() -> None:
    misprinted = AROUND.replace("lamp", "lanp")
    alike = AROUND.replace("and it was quiet", "but all of them were singing")
    new = text_with((10, misprinted), (30, alike))
    anchor = imported(text_with((10, AROUND)), new, PASSAGE, *others())[0]
    assert found_in(new, anchor)[0] == PASSAGE.replace("lamp", "lanp")
    assert anchor.needs_look


def test_where_two_places_say_as_much_of_a_quote_one_is_asked() -> None:
    misprinted = AROUND.replace("lamp", "lanp").replace("and it was quiet", "while we all slept")
    alike = AROUND.replace("and it was quiet", "but all of them were singing")
    new = text_with((10, misprinted), (30, alike))
    anchor = imported(text_with((10, AROUND)), new, PASSAGE)[0]
    assert anchor.state is AnchorState.AMBIGUOUS
    text = new.sections[0].text
    offered = {text[span.start : span.end] for span in anchor.candidates}
    assert offered == {PASSAGE, PASSAGE.replace("lamp", "lanp")}


def test_a_passage_at_the_end_of_a_paragraph_that_moved_is_found_with_one_side() -> None:
    moved = AROUND.replace("it was quiet.", "").strip()
    misprinted = moved.replace("lamp", "lanp")
    old = text_with((10, moved))
    for line in (moved, misprinted):
        new = text_with((0, "This is new."), (50, line))
        anchor = imported(old, new, f"{PASSAGE}, and", *others())[0]
        assert (anchor.state, anchor.needs_look) == (AnchorState.MOVED, True)
        assert found_in(new, anchor)[0] == line[line.index("the la") :]


def test_a_passage_whole_but_for_its_typography_is_told_from_one_that_ends_otherwise() -> None:
    line = "What is set here is shown to all; the heading, as it stands above the {}."
    old = document_of("\n\n".join([line.format("page"), line.format("plan"), "And so on."]))
    new = document_of(old.sections[0].text.replace("ea", "e\u00ada").replace("ho", "h\u00ado"))
    (anchor,) = imported(old, new, "the heading, as it stands")
    found, start = found_in(new, anchor)
    assert (anchor.state, anchor.needs_look) == (AnchorState.MOVED, True)
    assert (found, start) == ("the he\u00adading, as it stands", new.sections[0].text.index(found))
