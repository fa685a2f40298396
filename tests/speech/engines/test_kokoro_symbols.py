"""Tests of reader.speech.engines.kokoro_symbols."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.engines.kokoro_symbols import SYMBOL_IDS, kokoro_symbols, with_words_parted


def _written(phonemes: str, *, is_british: bool = False) -> str:
    return "".join(symbol for symbol, _ in kokoro_symbols(phonemes, is_british=is_british))


@pytest.mark.parametrize(
    ("phonemes", "american", "british"),
    [
        pytest.param("dʒˈʌdʒ", "ʤˈʌʤ", "ʤˈʌʤ", id="judge"),
        pytest.param("tʃˈɜːtʃ", "ʧˈɜɹʧ", "ʧˈɜːʧ", id="church"),
        pytest.param("fˈaɪɚ", "fˈIəɹ", "fˈIə", id="fire"),
        pytest.param("tˈɔɪ", "tˈY", "tˈY", id="toy"),
        pytest.param("nˈaʊ", "nˈW", "nˈW", id="now"),
        pytest.param("ɡˈoʊ", "ɡˈO", "ɡˈQ", id="go, said by an American"),
        pytest.param("ɡˈəʊ", "ɡˈO", "ɡˈQ", id="go, said by a Briton"),
        pytest.param("ðˈeə", "ðˈAə", "ðˈɛː", id="there"),
        pytest.param("lˈɪɾəl", "lˈɪTᵊl", "lˈɪtᵊl", id="little"),
        pytest.param("pˈæɹəlˌɛl", "pˈæɹəlˌɛl", "pˈæɹəlˌɛl", id="parallel keeps its vowel"),
        pytest.param("bˈʌʔn̩", "bˈʌtᵊn", "bˈʌtᵊn", id="button"),
        pytest.param("bˈʌɾɚɹ ɪz", "bˈʌTəɹ ɪz", "bˈʌtəɹ ɪz", id="butter is"),
        pytest.param("tˈuː", "tˈu", "tˈuː", id="long vowels are British"),
        pytest.param("lˈɑːx", "lˈɑk", "lˈɑːk", id="loch"),
        pytest.param("yˈɛs, nˈoʊ.", "yˈɛs, nˈO.", "yˈɛs, nˈQ.", id="pauses stay"),
        pytest.param("ʘǃ", "", "", id="clicks it never learnt"),
    ],
)
def test_what_espeak_writes_is_said_in_kokoro_s_symbols(
    phonemes: str, american: str, british: str
) -> None:
    assert _written(phonemes) == american
    assert _written(phonemes, is_british=True) == british


def test_each_symbol_knows_the_phoneme_it_is_for() -> None:
    assert kokoro_symbols("tʃˈɜːn̩", is_british=False) == [
        ("ʧ", 0),
        ("ˈ", 2),
        ("ɜ", 3),
        ("ɹ", 3),
        ("ᵊ", 5),
        ("n", 5),
    ]


@given(phonemes=st.text("aɪəlnt\u0329ʃːɚɹˈ ,ʘ", max_size=40), is_british=st.booleans())
def test_any_phonemes_give_known_symbols_in_their_order(phonemes: str, is_british: bool) -> None:
    symbols = kokoro_symbols(phonemes, is_british=is_british)
    places = [place for _, place in symbols]
    assert places == sorted(places)
    assert all(0 <= place < len(phonemes) for place in places)
    assert all(symbol in SYMBOL_IDS for symbol, _ in symbols)


def test_every_symbol_has_a_number_of_its_own() -> None:
    assert len(set(SYMBOL_IDS.values())) == len(SYMBOL_IDS) == 80
    # from the vocabulary published with the model
    assert [SYMBOL_IDS[symbol] for symbol in "; ATzæʤəɡŋθɹʃʧʊʌʒˈːᵻ"] == [
        *(1, 16, 24, 36, 68, 72, 82, 83, 92, 112, 119, 123, 131, 133, 135, 138, 147, 156, 158, 177)
    ]


def test_words_that_espeak_runs_together_are_parted() -> None:
    phonemes, numbers = with_words_parted("ɪnðə tˈaʊn", [0, 0, 1, 1, None, 2, 2, 2, 2, 2])
    assert "".join(phonemes) == "ɪn ðə tˈaʊn"
    assert numbers == [0, 0, None, 1, 1, None, 2, 2, 2, 2, 2]
