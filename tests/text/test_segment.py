"""Tests of reader.text.segment."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.segment import sentence_ranges, word_ranges
from tests.text.sentence_cases import CASES, SentenceCase

UGLY_TEXT = st.text(
    st.one_of(
        st.sampled_from(list(" .?!…,;:'\"“”’()[]—–-\n\u00a0AaBbIi19。！」é\u0301😀\u200d")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


def split(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentence_ranges(text, 0, len(text), language)]


@pytest.mark.parametrize("case", CASES, ids=[f"{c.group}: {c.marked[:40]}" for c in CASES])
def test_sentences_end_where_a_reader_ends_them(case: SentenceCase) -> None:
    assert split(case.text, case.language) == case.sentences


def test_the_table_is_large_and_beats_the_libraries_it_was_chosen_from() -> None:
    def with_sentencex(case: SentenceCase) -> list[str]:
        import sentencex

        return [s.strip() for s in sentencex.segment(case.language, case.text)]

    def with_nupunkt(case: SentenceCase) -> list[str]:
        import nupunkt

        return [case.text[start:end].strip() for start, end in nupunkt.sent_spans(case.text)]

    def score(splitter: Callable[[SentenceCase], list[str]]) -> int:
        return sum(splitter(case) == case.sentences for case in CASES)

    scores = {
        "ours": score(lambda case: split(case.text, case.language)),
        "sentencex": score(with_sentencex),
        "nupunkt": score(with_nupunkt),
    }
    print(f"sentences right of {len(CASES)}: {scores}")
    assert len(CASES) >= 200
    assert scores["ours"] > max(scores["sentencex"], scores["nupunkt"])


@given(UGLY_TEXT, st.sampled_from(["en", "de", "fr", "ja", "xx", "en-GB"]))
def test_sentences_hold_all_but_white_space_once_in_order(text: str, language: str) -> None:
    ranges = sentence_ranges(text, 0, len(text), language)
    assert all(start < end for start, end in ranges)
    assert all(first[1] <= second[0] for first, second in pairwise(ranges))
    outside = set(range(len(text))).difference(*(range(*bounds) for bounds in ranges))
    assert all(text[at].isspace() for at in outside)
    assert all(text[start:end] == text[start:end].strip() for start, end in ranges)


def test_sentences_are_counted_in_the_whole_text() -> None:
    text = "😀 Before. One here. Two here. After."
    ranges = sentence_ranges(text, 10, 29, "en")
    assert [text[start:end] for start, end in ranges] == ["One here.", "Two here."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("don’t O'Brien l’homme", ["don’t", "O'Brien", "l’homme"], id="apostrophes"),
        pytest.param("self-perpetuating—love", ["self-perpetuating", "love"], id="hyphen and dash"),
        pytest.param("a--b - c", ["a", "b", "c"], id="typed dashes"),
        pytest.param(
            "3.14 12,500 5:30 1/2 v2.0.1", ["3.14", "12,500", "5:30", "1/2", "v2.0.1"], id="numbers"
        ),
        pytest.param("the U.S. e.g. end.", ["the", "U.S", "e.g", "end"], id="dotted letters"),
        pytest.param("AT&T R & D", ["AT&T", "R", "D"], id="ampersand"),
        pytest.param("cafe\u0301 नमस्ते", ["cafe\u0301", "नमस्ते"], id="combining marks"),
        pytest.param("你好世界 語を食べる", ["你好", "世界", "語を", "食べる"], id="Han and kana"),
        pytest.param("“Her”, (now) 😀!", ["Her", "now"], id="punctuation and emoji"),
        pytest.param("می\u200cخواهم", ["می\u200cخواهم"], id="zero-width non-joiner"),
        pytest.param("บ้าน น้ำ", ["บ้าน", "น้ำ"], id="Thai vowels stay with their consonants"),
        pytest.param("เล็กๆ ริม", ["เล็กๆ", "ริม"], id="Thai repetition"),
        pytest.param("snake_case so\u00adft", ["snake_case", "so\u00adft"], id="inner joiners"),
        pytest.param("love\u00a0suffers", ["love", "suffers"], id="no-break space"),
        pytest.param(" \u200d \u0301", ["\u0301"], id="a joiner alone is no word"),
    ],
)
def test_words_are_what_a_reader_sees_as_one(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in word_ranges(text, 0, len(text))] == words


@given(UGLY_TEXT)
def test_every_letter_is_in_one_word_with_its_marks(text: str) -> None:
    ranges = word_ranges(text, 0, len(text))
    assert all(first[1] <= second[0] for first, second in pairwise(ranges))
    inside = set().union(*(range(*bounds) for bounds in ranges))
    assert {at for at, letter in enumerate(text) if letter.isalnum()} <= inside
    for _, end in ranges:
        assert end == len(text) or not unicodedata.combining(text[end])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("At 5 a.m. Mr. Smith went out.", 1),
        ("By 10 p.m. Mary was asleep.", 1),
        ("We left at 5 a.m. The sun rose.", 2),
    ],
)
def test_a_time_that_opens_a_sentence_does_not_end_it(text: str, count: int) -> None:
    assert len(sentence_ranges(text, 0, len(text), "en")) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("He praised its cheapness.Ox carts came.", 2, id="a short word"),
        pytest.param("He praised its cheapness.Oxen came.", 2, id="a longer one"),
        pytest.param("It sets the variable.DBname to that.", 1, id="a name of programs"),
        pytest.param("It sets the variable.X to that.", 1, id="a letter"),
    ],
)
def test_without_a_space_only_a_plain_word_begins_a_sentence(text: str, count: int) -> None:
    assert len(sentence_ranges(text, 0, len(text), "en")) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("He paid it (!) Monday of all days.", 1, id="a remark in brackets"),
        pytest.param("He paid it [?] Monday of all days.", 1, id="in square ones"),
        pytest.param("He paid it! Monday of all days.", 2, id="without them"),
        pytest.param("He left . The door closed.", 2, id="a stop on its own"),
    ],
)
def test_marks_that_stand_oddly_end_what_they_end(text: str, count: int) -> None:
    assert len(sentence_ranges(text, 0, len(text), "en")) == count
