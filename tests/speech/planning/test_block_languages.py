"""Tests of reader.speech.planning.block_languages: short sentences in other languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.registry import open_document
from reader.speech.planning.planner import Plan


def spoken_in(tmp_path: Path, text: str) -> list[str]:
    """Return the language of each sentence of a plain text."""
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    utterances = list(Plan(open_document(path)).utterances())
    firsts = {u.sentence: u.language for u in reversed(utterances)}
    return [firsts[sentence] for sentence in sorted(firsts)]


ENGLISH = (
    "She had never been to the old town before, and the river was higher than she had thought."
)


def test_lines_in_two_languages_are_each_said_in_their_own(tmp_path: Path) -> None:
    lines = (
        f"{ENGLISH} {ENGLISH}",
        "Wie geht es Ihnen heute?",
        "How are you today?",
        "Ich weiß es noch nicht.",
        "I do not know yet.",
    )
    assert spoken_in(tmp_path, "\n\n".join(lines)) == ["en", "en", "de", "en", "de", "en"]


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        (f"{ENGLISH} Elle ne sait pas ce que c’est. {ENGLISH}", ["en", "fr", "en"]),
        (f"{ENGLISH} It was La La Land in Den Haag. {ENGLISH}", ["en", "en", "en"]),
        (f"{ENGLISH} He was a man of the people, El Niño de la Mancha.", ["en", "en"]),
    ],
)
def test_one_sentence_of_a_paragraph_may_be_in_another_language(
    tmp_path: Path, text: str, languages: list[str]
) -> None:
    assert spoken_in(tmp_path, text) == languages


def test_what_stands_around_a_quotation_has_a_language_too(tmp_path: Path) -> None:
    text = f"{ENGLISH}\n\nDer Roman beginnt mit dem Satz: “It was the best of times, my dear.”"
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    last = [u for u in Plan(open_document(path)).utterances() if u.sentence.start > len(ENGLISH)]
    assert [u.language for u in last] == ["de", "en"]
