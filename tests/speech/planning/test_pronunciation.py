"""Tests of reader.speech.planning.pronunciation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import PronunciationRefused
from reader.speech.planning.pronunciation import (
    EVERYWHERE,
    Match,
    Pronunciation,
    Rule,
    RuleFault,
    check_rule,
    rules_as_csv,
    rules_from_csv,
)
from reader.speech.verbalise import spoken_words
from reader.speech.verbalise.words import SpokenWord, join_words
from reader.text.document import Fingerprint

TEXT_ID = Fingerprint("sha256:abc")


def words_of(text: str, *rules: Rule, language: str = "en") -> list[SpokenWord]:
    """Return the words of a sentence as the rules have them."""
    words = spoken_words(text, 0, len(text), language)
    return Pronunciation(rules, TEXT_ID).applied(text, 0, len(text), language, words)


def said(text: str, *rules: Rule, language: str = "en") -> str:
    return join_words(words_of(text, *rules, language=language))[0]


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("Spike Jonze knows.", Rule("Jonze", "Jones"), "Spike Jones knows."),
        ("JONZE knows.", Rule("jonze", "Jones"), "Jones knows."),
        ("Polish polish.", Rule("Polish", "poe-lish", minds_case=True), "poe-lish polish."),
        ("Jonze’s film.", Rule("Jonze", "Jones"), "Jones's film."),
        ("Jonzes film.", Rule("Jonze", "Jones"), "Jonzes film."),
        ("The gifs load.", Rule("gif", "jif", Match.ANYWHERE), "The jifs load."),
        ("Tartar.", Rule("tar", "tair", Match.ANYWHERE), "tairtair."),
        ("In New York now.", Rule("New York", "noo yawk"), "In noo yawk now."),
        ("In New\nYork now.", Rule("New York", "Gotham"), "In Gotham now."),
        ("It’s a “GIF”, no?", Rule("GIF", "jif"), "It's a jif, no?"),
        ("He can't go.", Rule("can’t", "kant"), "He kant go."),
        ("See fig4 there.", Rule(r"fig(\d)", r"figure \1", Match.REGEX), "See figure four there."),
        ("Go → there.", Rule("→", "arrow", Match.ANYWHERE), "Go arrow there."),
        ("A 5GB disk.", Rule("GB", "gigs", Match.ANYWHERE), "A five gigs disk."),
        ("It cost 100 zł.", Rule("zł", "zlotys"), "It cost one hundred zlotys."),
        ("Say B2B now.", Rule("B2B", "bee 2 bee"), "Say bee two bee now."),
    ],
)
def test_words_sound_as_the_rules_say(text: str, rule: Rule, expected: str) -> None:
    assert said(text, rule) == expected


def test_each_word_keeps_its_place() -> None:
    text = "In New York the gifs load."
    words = words_of(text, Rule("New York", "noo yawk"), Rule("gif", "jif", Match.ANYWHERE))
    assert [(word.spoken, text[word.start : word.end]) for word in words] == [
        ("In", "In"),
        ("noo", "New"),
        ("yawk", "York"),
        ("the", "the"),
        ("jifs", "gifs"),
        ("load", "load"),
    ]
    assert words[-1].stop == "."


@pytest.mark.parametrize(
    ("scope", "language", "holds"),
    [
        (EVERYWHERE, "de", True),
        ("en", "en-GB", True),
        ("en-GB", "en", False),
        ("en", "de", False),
        (TEXT_ID, "de", True),
        ("sha256:other", "en", False),
    ],
)
def test_a_rule_holds_in_its_scope_only(scope: str, language: str, holds: bool) -> None:
    rule = Rule("Jonze", "Jones", scope=scope)
    assert ("Jones" in said("Jonze", rule, language=language)) is holds


def test_the_narrowest_scope_goes_first_and_then_the_rule_given_last() -> None:
    everywhere, english = Rule("Ms", "miss"), Rule("Ms", "mizz", scope="en")
    here = Rule("Ms", "em es", scope=TEXT_ID)
    assert said("Ms", here, english, everywhere) == "em es."
    assert said("Ms", english, everywhere) == "mizz."
    assert said("Ms", Rule("Ms", "one"), Rule("ms", "two", minds_case=False)) == "two."


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        (Rule(" ", "x"), 0),
        (Rule("a", "  "), 0),
        (Rule("a", "…!"), 0),
        (Rule("a" * 501, "b"), 0),
        (Rule("a(b", "x", Match.REGEX), 4),
        (Rule("ab[", "x", Match.REGEX), 4),
        (Rule("*a", "x", Match.REGEX), 1),
        (Rule("(a)", r"\2", Match.REGEX), 0),
        (Rule("(a)", r"\g<name>", Match.REGEX), 0),
        (Rule("(a)", "x\\", Match.REGEX), 0),
        (Rule("(" * 400, "x", Match.REGEX), 0),
    ],
)
def test_a_rule_that_cannot_work_is_refused_with_its_place(rule: Rule, column: int) -> None:
    with pytest.raises(PronunciationRefused) as refusal:
        check_rule(rule)
    assert refusal.value.column == column
    assert refusal.value.reason


@pytest.mark.parametrize("pattern", [r"(x+x+)+[yz]", r"(a|b|x|ab|xx)*[cd]"])
def test_an_expression_without_end_is_given_up_and_the_text_is_read(pattern: str) -> None:
    rule = Rule(pattern, "x", Match.REGEX)
    check_rule(rule)
    given_up: list[Rule] = []
    pronunciation = Pronunciation((rule, Rule("more", "less")), on_too_slow=given_up.append)
    text = "x" * 300 + " more"
    words = [SpokenWord("x", 0, 300), SpokenWord("more", 301, 305, ".")]
    for _ in range(4):
        heard = pronunciation.applied(text, 0, len(text), "en", words)
        assert [word.spoken for word in heard] == ["x", "less"]
    assert given_up == [rule]


RULES = [
    Rule("Jonze", "Jones"),
    Rule('say "hi", now', "say\thi", Match.ANYWHERE, True, "en-GB"),
    Rule(r"fig\.(\d+)", r"figure \1", Match.REGEX, False, TEXT_ID),
]


def test_rules_come_back_from_their_file_as_they_were() -> None:
    assert rules_from_csv(rules_as_csv(RULES)) == (RULES, [])
    assert rules_from_csv("\ufeff" + rules_as_csv(RULES).replace("\r\n", "\n"))[0] == RULES


_WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20
).map(str.strip).filter(lambda words: any(letter.isalnum() for letter in words))  # fmt: skip


@given(st.lists(st.tuples(_WORDS, _WORDS, st.booleans()), max_size=5, unique_by=lambda row: row[0]))
def test_any_rules_come_back(rows: list[tuple[str, str, bool]]) -> None:
    rules = [Rule(written, sounds, Match.ANYWHERE, case) for written, sounds, case in rows]
    assert rules_from_csv(rules_as_csv(rules)) == (rules, [])


@pytest.mark.parametrize(
    ("text", "rules", "faults"),
    [
        ("", [], [RuleFault(1, 0, "its first line doesn't name the columns written, sounds")]),
        ("written,sounds\nJonze,Jones\n\n", [Rule("Jonze", "Jones")], []),
        ("written,sounds\nJonze\n", [], [RuleFault(2, 0, "it doesn't say how the word sounds")]),
        (
            "sounds,written,match\nx,a(b,regex\ny,c,word\n",
            [Rule("c", "y")],
            [RuleFault(2, 2, "missing )")],
        ),
        (
            "written,sounds,match\na,b,other\n",
            [],
            [RuleFault(2, 0, '"other" is no kind of match')],
        ),
        ("written,sounds\na,b\na,c\n", [Rule("a", "c")], []),
    ],
)
def test_lines_that_cannot_be_used_are_told(
    text: str, rules: list[Rule], faults: list[RuleFault]
) -> None:
    found, told = rules_from_csv(text)
    assert found == rules
    assert [(fault.line, fault.reason) for fault in told] == [(f.line, f.reason) for f in faults]


@given(
    st.text(alphabet="ab '’.-5é\n", max_size=40),
    st.text(alphabet="ab '5é", min_size=1, max_size=4),
    st.sampled_from(list(Match)),
)
def test_words_stay_in_order_and_within_the_text(text: str, written: str, match: Match) -> None:
    rule = Rule(written, "sound", match)
    if not written.strip():
        return
    words = words_of(text, rule)
    end = 0
    for word in words:
        assert end <= word.start < word.end <= len(text)
        assert word.spoken.strip()
        end = word.end
