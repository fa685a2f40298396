"""What a reader types is found in the text as it was printed, at the right code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.finding import FindQuery, FoldedText


def found(text: str, words: str, *, case: bool = False, whole: bool = False) -> list[str]:
    query = FindQuery(words, is_case_kept=case, is_whole_word=whole)
    hits = FoldedText(text, is_case_kept=case).find(query)
    return [text[start:end] for start, end in hits]


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        pytest.param("The voice, the Voice", "voice", ["voice", "Voice"], id="any case"),
        pytest.param("Émile est à l'École", "ecole", ["École"], id="accents don't count"),
        pytest.param("Emile", "Émile", ["Emile"], id="nor in the query"),
        pytest.param("cafe\u0301 noir", "café", ["cafe"], id="decomposed"),
        pytest.param("It’s “so” — yes", 'it\'s "so" - yes', ["It’s “so” — yes"], id="signs"),
        pytest.param("die Straße und", "strasse", ["Straße"], id="sharp s"),
        pytest.param("ﬁne ﬂow", "fine", ["ﬁne"], id="ligatures"),
        pytest.param("Cæsar, Phœnix", "caesar", ["Cæsar"], id="ae"),
        pytest.param("pro\u00adnounce it", "pronounce", ["pro\u00adnounce"], id="soft hyphens"),
        pytest.param("one\ntwo  three\u00a0four", "one two three four", None, id="any white space"),
        pytest.param("one\u2028two", "one two", None, id="a line the author broke"),
        pytest.param("end.\n\nBegin", "end. begin", [], id="not across paragraphs"),
        pytest.param("a.b a+b (a*b)", "a+b", ["a+b"], id="no pattern"),
        pytest.param("aaaa", "aa", ["aa", "aa"], id="no overlaps"),
        pytest.param("wait… what", "wait... what", ["wait… what"], id="an ellipsis"),
        pytest.param("ἀρχὴ ἦν ὁ λόγος", "λογος", ["λόγος"], id="Greek"),
        pytest.param("東京タワー", "京タ", ["京タ"], id="Japanese"),
        pytest.param("\U0001f3f0 tower", "tower", ["tower"], id="behind a wide character"),
        pytest.param("call `x` now", "`x`", ["`x`"], id="what programs quote with"),
        pytest.param("call `x` now", "‘x’", ["`x`"], id="and the other way round"),
    ],
)
def test_words_are_found_as_they_are_meant(text: str, words: str, hits: list[str] | None) -> None:
    assert found(text, words) == ([text] if hits is None else hits)


def test_with_its_case_only_the_same_case_is_found() -> None:
    assert found("Voice voice École", "Voice", case=True) == ["Voice"]
    assert found("École école", "Ecole", case=True) == ["École"]


def test_whole_words_are_no_parts_of_words() -> None:
    text = "man, woman, a man’s, manly; man"
    assert found(text, "man", whole=True) == ["man", "man", "man"]


def test_nothing_is_found_of_nothing() -> None:
    assert found("a text", "") == []
    assert found("a text", "  \n") == []
    assert found("a text", "\u00ad") == []


_LETTERS = st.text(alphabet="abß\u0301éﬁ \n’…\U0001f3f0\u00adÆı", max_size=40)


@given(_LETTERS, _LETTERS)
def test_whatever_stands_in_a_text_is_found_where_it_stands(before: str, after: str) -> None:
    text = f"{before}qXz{after}"
    hits = list(FoldedText(text, is_case_kept=False).find(FindQuery("QxZ")))
    assert (len(before), len(before) + 3) in hits


@given(_LETTERS, st.data())
def test_every_hit_is_a_range_of_the_text_that_folds_to_the_query(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    previous = 0
    for begin, end in FoldedText(text, is_case_kept=False).find(FindQuery(words)):
        assert previous <= begin < end <= len(text)
        again = list(FoldedText(text[begin:end], is_case_kept=False).find(FindQuery(words)))
        assert len(again) == 1
        previous = end
