"""Tests of reader.speech.alignment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.alignment import words_of_phonemes


def _labelled(phonemes: str, words: list[str]) -> str:
    numbers = words_of_phonemes(list(phonemes), [list(word) for word in words])
    return "".join("-" if number is None else str(number) for number in numbers)


@pytest.mark.parametrize(
    ("phonemes", "words", "labels"),
    [
        pytest.param("ðə haʊs", ["ðə", "haʊs"], "00-1111", id="as said alone"),
        pytest.param("ɪnðə haʊs", ["ˈɪn", "ðə", "haʊs"], "0011-2222", id="two run together"),
        pytest.param("ðɪ ˈæpəl", ["ðə", "ˈæpəl"], "00-11111", id="a vowel changed"),
        pytest.param("wˈɛl, hiː", ["wˈɛl", "hˈiː"], "0000--111", id="a pause between"),
        pytest.param("ɡoʊɪŋ tə", ["ɡˌoʊ", "ˈɪŋ", "tˈuː"], "00011-22", id="stress lost"),
        pytest.param("hˈiː", ["hˈiː", "ˈɪt"], "0000", id="a word without any sound"),
        pytest.param("əˈɡoʊ", ["ɡoʊ"], "00000", id="a sound nobody expects"),
        pytest.param(".", ["wˈʌn"], "-", id="only a pause"),
        pytest.param("wˈʌn", [], "0000", id="no words"),
    ],
)
def test_each_phoneme_goes_to_its_word(phonemes: str, words: list[str], labels: str) -> None:
    assert _labelled(phonemes, words) == labels


_SOUNDS = st.text("aeɪˈptsn ,.", max_size=30)


@given(phonemes=_SOUNDS, words=st.lists(st.text("aeɪˈptsn", max_size=5), min_size=1, max_size=6))
def test_words_rise_along_the_sentence_whatever_it_sounds_like(
    phonemes: str, words: list[str]
) -> None:
    numbers = words_of_phonemes(list(phonemes), [list(word) for word in words])
    known = [number for number in numbers if number is not None]
    assert known == sorted(known)
    assert all(0 <= number < len(words) for number in known)
    assert [number is None for number in numbers] == [symbol in " ,." for symbol in phonemes]
