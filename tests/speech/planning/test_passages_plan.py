"""A text reduced to passages: their sentences, whole, in order, with a pause where it jumps."""

from __future__ import annotations

import pytest

from reader.speech.engine import Pause
from reader.speech.planning.passages_plan import PassagesPlan, sentences_in
from reader.speech.planning.planner import Plan
from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Place,
    Section,
    Span,
    fingerprint_of,
)

FIRST = "One comes first. Two follows at once. Three ends it."
SECOND = "Four opens the next. Five says more, as it happens."
CODE = "x = 1"
LAST = "Six is last. Seven says goodbye."
TEXT = "\n\n".join((FIRST, SECOND, CODE, LAST))


def document() -> Document:
    blocks = []
    for part, kind in (
        (FIRST, BlockKind.PARAGRAPH),
        (SECOND, BlockKind.PARAGRAPH),
        (CODE, BlockKind.CODE),
        (LAST, BlockKind.PARAGRAPH),
    ):
        start = TEXT.index(part)
        blocks.append(Block(start, start + len(part), kind))
    section = Section(0, "", TEXT, tuple(blocks))
    return Document("", (), "en", (section,), fingerprint_of([TEXT]))


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(0, start, start + len(words))


def reduced(*passages: str) -> PassagesPlan:
    text = document()
    plan = Plan(text)
    return PassagesPlan(text, plan, sentences_in(plan, [span_of(words) for words in passages]))


def shown(span: Span | None) -> str:
    return "" if span is None else TEXT[span.start : span.end].split()[0]


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        pytest.param(("follows",), ["Two"], id="a word brings its sentence"),
        pytest.param(("at once. Three",), ["Two", "Three"], id="a passage over a full stop"),
        pytest.param(("it.\n\nFour",), ["Three", "Four"], id="over a paragraph's end"),
        pytest.param(("says more", "Five"), ["Five"], id="two in one sentence, said once"),
        pytest.param(("goodbye", "comes"), ["One", "Seven"], id="in the text's order"),
        pytest.param(("x = 1",), [], id="what isn't read is not"),
        pytest.param(("happens.\n\nx = 1\n\nSix",), ["Five", "Six"], id="over what isn't read"),
        pytest.param((), [], id="none"),
    ],
)
def test_sentences_are_whole_each_once(passages: tuple[str, ...], expected: list[str]) -> None:
    sentences = sentences_in(Plan(document()), [span_of(words) for words in passages])
    assert [shown(sentence) for sentence in sentences] == expected


def test_only_they_are_said_with_the_words_the_whole_text_would_have() -> None:
    plan = reduced("Two", "Six")
    spoken = [utterance.spoken for utterance in plan.utterances_from(Place(0, 0))]
    assert " ".join(spoken) == "Two follows at once. Six is last."


def test_where_it_jumps_is_a_longer_pause_where_it_goes_on_the_usual_one() -> None:
    plan = reduced("One", "Two", "Five")
    pauses = {
        shown(utterance.sentence): utterance.pause
        for utterance in plan.utterances_from(Place(0, 0))
    }
    assert pauses == {"One": Pause.SENTENCE, "Two": Pause.PARAGRAPH, "Five": Pause.PARAGRAPH}


def test_steps_go_from_one_to_the_next_and_by_runs() -> None:
    plan = reduced("One", "Two", "Five", "Seven")
    between = span_of("Four").first_place
    assert shown(plan.sentence_at(between)) == "Five"
    assert shown(plan.sentence_after(span_of("follows").first_place)) == "Five"
    assert shown(plan.sentence_after(between)) == "Five"
    assert shown(plan.sentence_before(span_of("Five").first_place)) == "Two"
    assert shown(plan.sentence_before(span_of("comes").first_place)) == ""
    assert shown(plan.sentence_at(span_of("goodbye").first_place)) == "Seven"
    assert shown(plan.sentence_after(span_of("goodbye").first_place)) == ""
    assert shown(plan.paragraph_after(span_of("comes").first_place)) == "Five"
    assert shown(plan.paragraph_before(span_of("Seven").first_place)) == "Five"
    assert shown(plan.paragraph_before(span_of("Five").first_place)) == "One"
    assert shown(plan.paragraph_before(span_of("Two").first_place)) == ""


def test_reading_begins_at_the_word_asked_for() -> None:
    plan = reduced("Five")
    (said, *_) = plan.utterances_from(span_of("more").first_place)
    assert said.spoken.startswith("more")


def test_its_length_is_that_of_its_sentences() -> None:
    plan = reduced("One", "Six")
    first, six = span_of("One comes first."), span_of("Six is last.")
    assert plan.extent.length == len("One comes first.") + len("Six is last.")
    assert plan.extent.before(first.first_place) == 0
    assert plan.extent.before(span_of("Four").first_place) == len("One comes first.")
    assert plan.extent.before(span_of("is last").first_place) == len("One comes first.Six ")
    assert plan.extent.before(Place(0, len(TEXT))) == plan.extent.length
    assert plan.extent.place_at(0.0) == first.first_place
    assert plan.extent.place_at(0.99) == Place(0, six.end - 1)
    assert reduced().extent.place_at(0.5) == Place(0, 0)
