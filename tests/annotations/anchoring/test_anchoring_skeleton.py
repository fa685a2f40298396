"""A text's letters say what it says in any typography, and each is found in the text again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.anchoring.folding import fold, weight
from reader.annotations.anchoring.skeleton import Skeleton, all_folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("“Don’t”, she said—", '"Don\'t", she said--', id="quotation marks, dashes"),
        pytest.param("re-wrap-\nped  lines", "rewrapped lines", id="line ends"),
        pytest.param("**Bold** and _soft_", "Bold and soft", id="Markdown"),
        pytest.param("ﬁnd the ﬄ", "find the ffl", id="ligatures"),
        pytest.param("Cafe\u0301 NAÏVE", "café naive", id="accents, case"),
        pytest.param("Ægir, Œuvre, Łódź", "aegir oeuvre lodz", id="letters spelt out"),
        pytest.param("straße", "STRASSE", id="sharp s"),
        pytest.param("ΟΔΟΣ", "οδός", id="final sigma"),
        pytest.param("שָׁלוֹם", "שלום", id="Hebrew points"),
        pytest.param("مُحَمَّد", "محمد", id="Arabic points"),
        pytest.param("한국어", "한국어", id="Hangul"),
        pytest.param("ｶﾞ１２", "ガ12", id="half and full width"),
        pytest.param("a\ufe0fb\u00adc\u200dd", "abcd", id="signs that aren't seen"),
    ],
)
def test_letters_are_the_same_in_any_typography(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("कि", "की", id="Devanagari vowel signs"),
        pytest.param("กา", "กี", id="Thai vowels"),
        pytest.param("7", "8", id="digits"),
    ],
)
def test_what_makes_another_word_is_kept(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_an_ideograph_tells_as_much_as_three_letters() -> None:
    assert weight(fold("春眠不覺曉")) == 15
    assert weight(fold("spring")) == 6


@settings(deadline=None)
@given(st.text(max_size=700), st.data())
def test_letters_and_places_agree(text: str, data: st.DataObject) -> None:
    skeleton = Skeleton(text)
    assert skeleton.letters == fold(text)
    offset = data.draw(st.integers(0, len(text)))
    assert skeleton.letters_before(offset) == len(fold(text[:offset]))
    letter = data.draw(st.integers(0, len(skeleton)))
    place = skeleton.offset_of(letter)
    assert skeleton.letters_before(place) <= letter
    if letter < len(skeleton):
        assert skeleton.letters[letter] in fold(text[place])
        assert skeleton.letters_before(place + 1) > letter
    else:
        assert place == len(text)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_folding_goes_character_by_character(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)
    assert fold(fold(one)) == fold(one)


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=20))
def test_many_texts_are_folded_as_each_of_them_is(texts: list[str]) -> None:
    assert all_folded(texts) == list(map(fold, texts))
