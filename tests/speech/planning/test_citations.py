"""Tests of reader.speech.planning.citations."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reader.speech.planning.citations import Mark, cites_authors, is_raised_note, marks_within
from tests.patience import PATIENCE_S


def found_in(text: str, *, habit: bool = False) -> list[tuple[str, Mark]]:
    """Return what is found in a block of this text, in order."""
    marks = sorted(marks_within(text, 0, len(text), 0), key=lambda mark: mark.start)
    return [(text[m.start : m.end], m.mark) for m in marks if m.is_certain or habit]


CITATION, NOTE, YEAR, PAGE, LINK = (
    Mark.CITATION,
    Mark.NOTE,
    Mark.AUTHOR_YEAR,
    Mark.PAGE,
    Mark.WEB_ADDRESS,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was shown.[12] Later", [("[12]", CITATION)]),
        ("as described in [X] RFC 2119 [RFC2119].", [("[RFC2119]", CITATION)]),
        ("See [RFC2119] for it.", []),
        ("x = array([1,2,3]) is", []),
        ("It was shown ([1, 2])", [("[1, 2]", CITATION)]),
        ("It was shown [3, 5–7].", [("[3, 5–7]", CITATION)]),
        ("It was shown [12; 14], and", [("[12; 14]", CITATION)]),
        ("It was shown [12, p. 4].", [("[12, p. 4]", CITATION)]),
        ("Twice.[1][2] Thrice", [("[1]", CITATION), ("[2]", CITATION)]),
        ("In 1984[3] it was", [("[3]", CITATION)]),
        ("He said “no”[4] and", [("[4]", CITATION)]),
        ("It is so.[citation needed]", [("[citation needed]", CITATION)]),
        ("It is so.[note 3] And", [("[note 3]", NOTE)]),
        ("It is so.[a] And", [("[a]", NOTE)]),
        ("It is so.¹² And", [("¹²", NOTE)]),
        ("the claim² that", [("²", NOTE)]),
        ("the claim† that", [("†", NOTE)]),
        ("and so [Pg 12] it went", [("[Pg 12]", PAGE)]),
        ("and so {12} it went", [("{12}", PAGE)]),
        ("see https://a.org/b_(c)?d=1.", [("https://a.org/b_(c)?d=1", LINK)]),
    ],
)
def test_what_is_for_the_eye_is_found(text: str, expected: list[tuple[str, Mark]]) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "As shown in [12], it holds.",
        "See refs [3] and [4].",
        "[12] J. Smith, On voices, 2013.",
        "[7] The court held that the",
        "x[3] and a[12] are read",
        "items[3] = 5",
        "table[3].name is",
        "He earned $[3] million.",
        "the [2]nd of May",
        "“[T]he man went,” she said [sic].",
        "He had [long] been [a] friend.",
        "The year [1984] was his.",
        "Section [4] says so.",
        "He sighed [and left].",
        "E = mc² and 10 m² of CO₂",
        "a² + b² = c²",
        "Uranium ²³⁵U decays",
        "It cost 10³ dollars, about 5.²",
        "“Wait” (he said) [laughter]",
        "an array of [1, two, 3]",
        "f(x) = [0, 1]",
        "chapter {one} of the book",
    ],
)
def test_ordinary_brackets_and_powers_are_left_alone(text: str) -> None:
    assert found_in(text, habit=True) == []


@pytest.mark.parametrize(
    "citation",
    [
        "(Smith 2013, p. 4)",
        "(Smith, 2013: 45–47)",
        "(cf. Miller & Jones, 1999; Lee et al. 2004)",
        "(see also Lee et al., 2004)",
        "(Smith 2013a)",
        "(Smith 2001, 2004b)",
        "(van der Berg & de Souza 1999)",
        "(O’Brien et al., n.d.)",
        "(vgl. Müller 2001, S. 12)",
        "(Miller, Jones, and Lee 1999, 12–14)",
        "(World Health Organization 2010, p. 3)",
        "(e.g., Miller, 1999; Lee, 2004, 2006)",
        "(J. R. Smith 2013, pp. 4, 9)",
        "(Smith 2013, p. 4; emphasis added)",
        "(Miller & Jones, forthcoming)",
    ],
)
def test_unmistakable_citations_are_found_anywhere(citation: str) -> None:
    assert found_in(f"So it is {citation}, they say.") == [(citation, YEAR)]


@pytest.mark.parametrize("citation", ["(Smith 2013)", "(Smith, 2013)", "(Smith and Lee 2013)"])
def test_a_bare_citation_counts_only_in_a_text_that_cites(citation: str) -> None:
    text = f"So it is {citation}, they say."
    found = list(marks_within(text, 0, len(text), 0))
    assert [(text[m.start : m.end], m.is_certain) for m in found] in (
        [(citation, False)],
        [],  # two names and no comma may be anything
    )


@pytest.mark.parametrize(
    "text",
    [
        "He laughed (it was 1999) and left.",
        "The war (1914–1918) was long.",
        "Early that year (June 1940) he left.",
        "He was mayor (Lord Mayor 1641) then.",
        "They met (in Vienna, 1815) again.",
        "the film (released in 1999)",
        "It rained (as it had in 1816; nobody slept).",
        "(She was born in 1921, p. 4 says.)",
        "Her name (Anna) and year (2013)",
        "(see page 4)",
        "It cost much (about 2000 pounds).",
    ],
)
def test_ordinary_parentheses_are_never_citations(text: str) -> None:
    assert found_in(text, habit=True) == []


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("One (Smith 2013, p. 4). Two (Lee, 2004).", True),
        ("One (Smith, 2013). Two (Lee, 2004). Three (Ito, 1999).", True),
        ("One (Smith, 2013).\n\nReferences\n\nSmith 2013.", True),
        ("They met (Vienna, 1815) and parted (Paris, 1816).", False),
        ("Nothing here.\n\nReferences\n\nNone.", False),
    ],
)
def test_the_habit_of_citing_needs_proof(text: str, is_so: bool) -> None:
    assert cites_authors(text) is is_so


@pytest.mark.parametrize(
    ("text", "raised", "is_so"),
    [
        ("the claim12 that", "12", True),
        ("the end.3 Then", "3", True),
        ("10 m2 of", "2", False),
        ("1012 of", "12", False),
        ("the 19th day", "th", False),
        ("x2 is", "2", False),
    ],
)
def test_a_raised_figure_is_a_notes_only_behind_words(text: str, raised: str, is_so: bool) -> None:
    at = text.rindex(raised)
    assert is_raised_note(text, at, at + len(raised)) is is_so


@pytest.mark.parametrize(
    "text",
    [
        "(" * 2000 + "Aa " * 2000 + "(Aa, " * 400 + "2013" + ")" * 100,
        "(Smith, 2013" + ", 2014" * 45 + ", passim)",
        "(Smith, 2013" + "; 2014" * 45 + ", passim)",
        "(" + "al-" * 90 + ")",
    ],
    ids=["nested", "years", "years after semicolons", "particles"],
)
def test_hostile_parentheses_come_to_an_end(text: str) -> None:
    script = (
        "import sys; from reader.speech.planning.citations import marks_within; "
        "text = sys.stdin.read(); found = marks_within(text, 0, len(text), 0); "
        "print(sum(mark.is_certain for mark in found))"
    )
    ran = subprocess.run(  # a pattern that never ends can't be stopped within the process
        [sys.executable, "-c", script],
        input=text,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    assert ran.stdout.strip() == "0"
