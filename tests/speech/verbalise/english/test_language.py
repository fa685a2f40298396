"""Tests of English put into words: reader.speech.verbalise with its English rules and tables."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.verbalise import spoken_words
from reader.speech.verbalise.words import join_words


def said(text: str) -> str:
    return join_words(spoken_words(text, 0, len(text), "en"))[0]


@pytest.mark.parametrize("text", ["***", "—", "", "…", "  \n", "\u200d", "()", "----"])
def test_what_holds_no_word_is_not_said(text: str) -> None:
    assert said(text) == ""


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("In 1984, Mr. Poe", ["In", "1984", "Mr.", "Poe"], id="numbers and titles"),
        pytest.param("a $5 million deal", ["a", "$5", "million", "deal"], id="money"),
        pytest.param("at 5:30 p.m. now", ["at", "5:30", "p.m.", "now"], id="time"),
        pytest.param("don’t self-made", ["don’t", "self-made"], id="compounds"),
        pytest.param("love\u00a0it 👍🏽!", ["love", "it", "👍🏽"], id="emoji"),
    ],
)
def test_each_piece_is_a_word_as_a_reader_counts_them(text: str, pieces: list[str]) -> None:
    words = spoken_words(text, 0, len(text), "en")
    assert [text[word.start : word.end] for word in words] == pieces


UGLY_WORDS = (
    "Mr. Dr St. No. p. 5 12,500 1984 '80s $5 £3.20 million 3rd 1/2 ½ x² II IV Henry I A a "
    "e.g. U.S. Ph.D. 5:30 p.m. May 3–5 1914–18 -5 °C % km & § → # @ a@b.org www.a.org/x "
    "v2.0.1 https:// ‘ ’ “ ” ( ) [ ] ... … — - -- . ? ! , ; : \n \u00a0 "
    "😀 ❤️ ٣ ① Ⅳ ² ₂ "
    "THE END word(s) don’t 你好 é e\u0301 \u200d 555-1234 007 1,2 3.4.5 +1 = < > ~ * _ / "
)
UGLY_TEXT = st.lists(
    st.one_of(
        st.sampled_from(UGLY_WORDS.split(" ")),
        st.text(max_size=4),
    ),
    max_size=14,
).flatmap(lambda parts: st.sampled_from([" ".join(parts), "".join(parts)]))


@given(UGLY_TEXT)
def test_english_words_are_in_order_within_the_source_and_hold_no_figures(text: str) -> None:
    words = spoken_words(text, 0, len(text), "en")
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(first.end <= second.start for first, second in pairwise(words))
    spoken, ranges = join_words(words)
    assert not any(letter.isdigit() for letter in spoken)
    assert not re.search(r"[\"“”‘’()\[\]…—–/\n\u00a0]", spoken)
    assert [spoken[start:end] for start, end in ranges] == [word.spoken for word in words]
    assert all(word.spoken == word.spoken.strip() != "" for word in words)


@given(UGLY_TEXT)
def test_only_the_stops_an_engine_knows_are_spoken(text: str) -> None:
    words = spoken_words(text, 0, len(text), "en")
    assert {word.stop for word in words} <= {"", ",", ";", ":", ".", "?", "!"}
    assert not words or words[-1].stop


def test_every_letter_of_real_prose_is_in_a_piece(shared_inputs: Path) -> None:
    text = (shared_inputs / "her-review.txt").read_text(encoding="utf-8")
    words = spoken_words(text, 0, len(text), "en")
    inside = set().union(*(range(word.start, word.end) for word in words))
    assert [at for at, letter in enumerate(text) if letter.isalnum() and at not in inside] == []
