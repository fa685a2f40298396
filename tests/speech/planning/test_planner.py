"""Tests of reader.speech.planning.planner."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import TextReadFailed
from reader.speech.engine import Pause
from reader.speech.planning import block_sentences, planner, stretches
from reader.speech.planning.planner import Plan
from reader.speech.planning.skipping import SkipReason, WhatIsRead
from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Inline,
    InlineKind,
    Place,
    Section,
    Span,
    fingerprint_of,
)
from reader.text.lazy_sections import LazySections
from tests.speech.planned_documents import (
    assert_every_letter_once,
    assert_sound,
    document_of,
    one_block,
    paragraphs,
    section_of,
    text_of,
)


def _book_whose_file_went_away() -> Document:
    """Return a book of three chapters of which the first alone can be read."""

    def read(number: int) -> Section:
        if number:
            raise TextReadFailed(Path("book.epub"), "it changed while it was open")
        return section_of(0, [(BlockKind.PARAGRAPH, "One. Two.")])

    return Document("", (), "en", LazySections([9] * 3, read), fingerprint_of([""]))


def test_for_a_listener_a_text_ends_where_it_cannot_be_read_any_more() -> None:
    plan = Plan(_book_whose_file_went_away(), ends_where_unreadable=True)
    assert [said.spoken for said in plan.utterances_from(Place(0, 0))] == ["One.", "Two."]
    assert plan.sentence_after(Place(0, 5)) is None
    assert plan.paragraph_after(Place(0, 0)) is None
    assert plan.sentence_at(Place(2, 0)) is None
    assert plan.sentence_before(Place(2, 0)) is None
    with pytest.raises(TextReadFailed):
        plan.prepare(Place(2, 0))


def test_what_is_to_be_whole_is_not_ended_where_it_cannot_be_read_any_more() -> None:
    with pytest.raises(TextReadFailed):
        list(Plan(_book_whose_file_went_away()).utterances())


REVIEW_SENTENCES = [
    ("The sad, joyful,", "own self-perpetuating personality."),
    ("They fall", "in love."),
    ("You could say", "suffers a few setbacks."),
    ("He doesn’t know", "except when he’s not."),
    ("For her part,", "a voice in the dark."),
    ("Weirdly enough,", "sympathize with Samantha."),
    ("Trying to imagine", "in that place forever."),
    ("It’s hard", "those existential crises."),
    ("Samantha’s nightmares", "his\u00a0earbud out."),
    ("“Her” is about", "achingly\u00a0human."),
    ("The film, however,", "melodrama or cheapness."),
    ("The Los Angeles", "towards technology."),
    ("It begs", "loving way?"),
    ("“Her” is fascinating", "world of Mr. Jonze."),
    ("It doesn’t insidiously", "murder you outright."),
    ("It exists,", "for the losers."),
    ("It can", "yourself within it."),
    ("Or both.", "Or both."),
    ("Just hope", "in your heart."),
    ("A", "A"),
]


def test_the_review_has_the_sentences_a_reader_sees(shared_inputs: Path) -> None:
    document = one_block((shared_inputs / "her-review.txt").read_text(encoding="utf-8").strip())
    sentences = [text_of(document, span) for span in Plan(document).sentences()]
    assert len(sentences) == len(REVIEW_SENTENCES)
    for sentence, (first, last) in zip(sentences, REVIEW_SENTENCES, strict=True):
        assert sentence.startswith(first)
        assert sentence.endswith(last)
    assert_every_letter_once(document)
    assert_sound(list(Plan(document).utterances()))


def test_the_doubled_word_of_the_review_is_read_twice() -> None:
    document = one_block("She makes a a great impact.")
    (utterance,) = Plan(document).utterances()
    assert utterance.spoken == "She makes a a great impact."
    assert [(p.source_start, p.source_end) for p in utterance.pieces][2:4] == [(10, 11), (12, 13)]


def test_blocks_end_with_the_pause_of_their_kind() -> None:
    document = document_of(
        section_of(
            0,
            [
                (BlockKind.HEADING, "A heading"),
                (BlockKind.PARAGRAPH, "One. Two."),
                (BlockKind.TABLE_CELL, "cell"),
                (BlockKind.LIST_ITEM, "item"),
            ],
        )
    )
    spoken = [(u.spoken, u.pause) for u in Plan(document).utterances()]
    assert spoken == [
        ("A heading.", Pause.HEADING),
        ("One.", Pause.SENTENCE),
        ("Two.", Pause.PARAGRAPH),
        ("cell.", Pause.SENTENCE),
        ("item.", Pause.PARAGRAPH),
    ]


def test_what_is_not_spoken_is_listed_with_its_reason() -> None:
    document = document_of(
        section_of(
            0,
            [
                (BlockKind.PARAGRAPH, "Before. ***"),
                (BlockKind.CODE, "print(1)"),
                (BlockKind.RULE, "* * *"),
                (BlockKind.PARAGRAPH, "—"),
                (BlockKind.PARAGRAPH, "After."),
            ],
        )
    )
    plan = Plan(document)
    assert [u.spoken for u in plan.utterances()] == ["Before.", "After."]
    assert [(text_of(document, skip.span), skip.reason) for skip in plan.skipped()] == [
        ("***", SkipReason.NOTHING_TO_SAY),
        ("print(1)", SkipReason.CODE),
        ("* * *", SkipReason.RULE),
        ("—", SkipReason.NOTHING_TO_SAY),
    ]
    assert next(plan.utterances()).pause is Pause.PARAGRAPH


def test_a_note_reference_is_passed_over_and_the_sentence_goes_on() -> None:
    text = "The claim1 that he made.2 Next."
    section = Section(
        0,
        "",
        text,
        (Block(0, len(text), BlockKind.PARAGRAPH),),
        (Inline(9, 10, InlineKind.NOTE_REFERENCE), Inline(24, 25, InlineKind.NOTE_REFERENCE)),
    )
    document = document_of(section)
    plan = Plan(document)
    assert [u.spoken for u in plan.utterances()] == ["The claim that he made.", "Next."]
    assert [skip.span for skip in plan.skipped()] == [Span(0, 9, 10), Span(0, 24, 25)]
    assert_every_letter_once(document)


def test_a_paragraph_of_nothing_but_a_note_reference_is_passed_over() -> None:
    block = Block(0, 1, BlockKind.PARAGRAPH)
    reference = Inline(0, 1, InlineKind.NOTE_REFERENCE)
    document = document_of(Section(0, "", "1", (block,), (reference,)))
    plan = Plan(document)
    assert list(plan.utterances()) == []
    assert [skip.span for skip in plan.skipped()] == [Span(0, 0, 1)]
    assert_every_letter_once(document)


def test_a_long_sentence_is_said_in_parts_that_share_their_sentence() -> None:
    text = "He went on, and on, and on, past the mill, past the church, " * 3 + "until dark."
    document = one_block(text)
    utterances = list(Plan(document).utterances())
    assert len(utterances) > 1
    assert {u.sentence for u in utterances} == {Span(0, 0, len(text))}
    assert [u.pause for u in utterances[:-1]] == [Pause.CLAUSE] * (len(utterances) - 1)
    assert " ".join(text_of(document, u.span) for u in utterances) == text
    assert_sound(utterances)


def test_the_first_utterance_is_short_and_the_rest_follows_without_loss() -> None:
    text = (
        "For her part, she longs to be more than just a voice in the dark, and who would not "
        "wish the same for her in that place. He nods."
    )
    document = one_block(text)
    utterances = list(Plan(document).utterances_from(Place(0, 0)))
    assert len(utterances[0].spoken.split()) <= 9
    assert "".join(u.spoken for u in utterances).replace(" ", "") == text.replace(" ", "")
    assert_sound(utterances)


def test_reading_starts_at_the_word_that_holds_the_place() -> None:
    text = "One two three. Four five six."
    document = one_block(text)
    for offset, first in ((0, "One"), (5, "two"), (7, "three"), (13, "Four"), (20, "five")):
        utterance = next(iter(Plan(document).utterances_from(Place(0, offset))))
        assert utterance.spoken.startswith(first)
        assert text[utterance.span.start :].startswith(first)


def test_reading_goes_on_across_blocks_and_sections_to_the_end() -> None:
    document = document_of(
        section_of(0, [(BlockKind.PARAGRAPH, "One."), (BlockKind.PARAGRAPH, "Two.")]),
        section_of(1, []),
        section_of(2, [(BlockKind.CODE, "x"), (BlockKind.PARAGRAPH, "Three.")]),
    )
    plan = Plan(document)
    assert [u.spoken for u in plan.utterances_from(Place(0, 5))] == ["Two.", "Three."]
    assert list(plan.utterances_from(Place(2, 100))) == []
    assert list(plan.utterances_from(Place(7, 0))) == []


@pytest.fixture
def two_sections() -> Document:
    return document_of(
        section_of(0, [(BlockKind.HEADING, "Title"), (BlockKind.PARAGRAPH, "Ab cd. Ef. ***")]),
        section_of(1, [(BlockKind.PARAGRAPH, "Gh."), (BlockKind.PARAGRAPH, "Ij. Kl.")]),
    )


def test_sentences_are_found_around_a_place(two_sections: Document) -> None:
    plan = Plan(two_sections)
    title, ab, ef, gh, ij, kl = plan.sentences()
    assert plan.sentence_at(Place(0, 9)) == ab
    assert plan.sentence_at(Place(0, 5)) == ab  # between two: the next
    assert plan.sentence_at(Place(0, 19)) == gh  # what isn't spoken is passed over
    assert plan.sentence_at(Place(1, 99)) is None
    assert [plan.sentence_after(s.first_place) for s in (title, ab, ef, gh, ij, kl)] == [
        ab, ef, gh, ij, kl, None,
    ]  # fmt: skip
    assert [plan.sentence_before(s.first_place) for s in (title, ab, ef, gh, ij, kl)] == [
        None, title, ab, ef, gh, ij,
    ]  # fmt: skip
    assert plan.sentence_before(Place(0, 9)) == title  # from within: not its own beginning
    assert plan.sentence_before(Place(9, 0)) == kl


def test_paragraphs_are_found_around_a_place(two_sections: Document) -> None:
    plan = Plan(two_sections)
    title, first, second, third = Span(0, 0, 5), Span(0, 7, 21), Span(1, 0, 3), Span(1, 5, 12)
    assert plan.paragraph_after(Place(0, 2)) == first
    assert plan.paragraph_after(Place(0, 9)) == second
    assert plan.paragraph_after(Place(1, 6)) is None
    assert plan.paragraph_before(Place(1, 6)) == second
    assert plan.paragraph_before(Place(1, 0)) == first
    assert plan.paragraph_before(Place(0, 9)) == title
    assert plan.paragraph_before(Place(0, 2)) is None
    assert plan.paragraph_before(Place(1, 12)) == third


def test_a_long_block_is_planned_in_stretches_that_lose_nothing() -> None:
    sentences = [f"Sentence {n} said to Mr. Smith, e.g. at {n} p.m. in May." for n in range(600)]
    text = " ".join(sentences)
    document = one_block(text)
    plan = Plan(document)
    assert [text_of(document, span) for span in plan.sentences()] == sentences
    middle = Place(0, len(text) // 2)
    at = plan.sentence_at(middle)
    assert at is not None
    assert middle in at or at.first_place > middle
    assert plan.sentence_before(at.first_place) in list(plan.sentences())
    assert_every_letter_once(document)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("word " * 5000, id="no sentence ends"),
        pytest.param("a" * 20_000, id="one word"),
        pytest.param("你好" * 8_000, id="no spaces"),
    ],
)
def test_a_block_without_an_end_of_sentence_is_read_all_the_same(text: str) -> None:
    document = one_block(text)
    assert_every_letter_once(document)
    assert_sound(list(Plan(document).utterances()))


UGLY_WORDS = (
    "Mr. Poe said: “No. Never!” (He was 5'10\") | *** — § 12 3.14 $5 million e.g. a.m. U.S. II. "
    "www.example.org/a?b=c 你好。 😀 1914–18 don’t and, which; and: ... … \n x² ª ʰ ٣ \u200d"
)


PIECES = st.sampled_from(UGLY_WORDS.split(" "))


@given(
    st.lists(st.lists(PIECES, min_size=1, max_size=60).map(" ".join), min_size=1, max_size=4),
    st.integers(0, 200),
)
def test_any_text_is_planned_once_and_in_order(texts: list[str], offset: int) -> None:
    document = paragraphs(*[text.strip() or "x" for text in texts])
    assert_every_letter_once(document)
    plan = Plan(document)
    assert_sound(list(plan.utterances()))
    started = list(plan.utterances_from(Place(0, offset)))
    assert_sound(started)
    spans = [(piece.source_start, piece.source_end) for u in started for piece in u.pieces]
    whole = [
        (piece.source_start, piece.source_end) for u in plan.utterances() for piece in u.pieces
    ]
    assert spans == [bounds for bounds in whole if bounds[1] > offset]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Voices matter [3], because we listen.", ["Voices matter, because we listen."]),
        ("It holds (Smith 2013, p. 4).", ["It holds."]),
        ("Does it hold [3]?", ["Does it hold?"]),
        ("Does it?[3] It does.", ["Does it?", "It does."]),
        ("It ends.¹² Then more.", ["It ends.", "Then more."]),
        ("The claim² is his.", ["The claim is his."]),
    ],
)
def test_a_sentence_is_said_as_if_what_is_passed_over_were_not_there(
    text: str, spoken: list[str]
) -> None:
    document = one_block(text)
    assert [u.spoken for u in Plan(document).utterances()] == spoken
    assert_every_letter_once(document)


def test_a_passage_asked_for_is_read_in_its_place() -> None:
    document = one_block("It holds [3].")
    plan = Plan(document, what=WhatIsRead(wanted=frozenset((Span(0, 9, 12),))))
    assert [u.spoken for u in plan.utterances()] == ["It holds three."]
    assert list(plan.skipped()) == []


def test_code_asked_for_is_read_however_long_it_is() -> None:
    code = "one two three. " * 800
    section = section_of(0, [(BlockKind.CODE, code.strip())])
    what = WhatIsRead(skipped=frozenset())
    plan = Plan(document_of(section), what=what)
    assert len(list(plan.sentences())) == 800


def test_what_was_prepared_is_not_planned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    document = paragraphs(*(f"This is paragraph {n}. It has two sentences." for n in range(60)))
    plan = Plan(document)
    place = Place(0, document.sections[0].text.index("paragraph 40"))
    expected = list(islice(Plan(document).utterances_from(place), 4))
    plan.prepare(place)

    _let_nothing_be_planned(monkeypatch)
    assert plan.sentence_at(place) is not None
    assert list(islice(plan.utterances_from(place), 4)) == expected


def test_nor_is_what_leads_up_to_a_prepared_place_in_a_very_long_paragraph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = " ".join(f"It was, as somebody said, evening number {n}." for n in range(900))
    document = paragraphs(long)
    place = Place(0, document.sections[0].text.index("number 500"))
    plan, fresh = Plan(document), Plan(document)
    here = fresh.sentence_at(place)
    assert here is not None
    before = fresh.sentence_before(here.first_place)
    assert before is not None
    expected = list(islice(fresh.utterances_from(before.first_place), 2))
    plan.prepare(place)
    _let_nothing_be_planned(monkeypatch)
    assert plan.sentence_before(here.first_place) == before
    assert list(islice(plan.utterances_from(before.first_place), 2)) == expected


def _let_nothing_be_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    def planned_again(*_: object, **_options: object) -> None:
        raise AssertionError("planned already")

    for module, name in (
        (block_sentences, "passages_of"),
        (block_sentences, "sentence_ranges"),
        (planner, "utterances_of"),
        (stretches, "sentence_ranges"),
    ):
        monkeypatch.setattr(module, name, planned_again)
