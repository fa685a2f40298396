"""What is said of a note: plain words, whatever its Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.settings import Settings
from reader.app.trace import Trace
from reader.speech.engine import VoiceId
from reader.speech.planning.heard_notes import HeardNote, SaidNote
from reader.speech.planning.pronunciation import Rule
from reader.text.document import Document, Section, Span, fingerprint_of

AMY = VoiceId("piper:amy")


def said_of(
    words: str,
    folder: Path,
    *,
    voice: VoiceId | None = AMY,
    is_markdown: bool = True,
    rules: tuple[Rule, ...] = (),
) -> SaidNote:
    services = Services(user_paths(folder), Trace())
    text = Document("", (), "en", (Section(0, "", "", ()),), fingerprint_of(["text"]))
    for rule in rules:
        services.pronunciation_file.add(rule)
    notes = services.note_words(text, Settings(), voice)
    return notes.say(HeardNote("n", Span(0, 0, 1), words, is_markdown))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Cheap, **yet** *unattainable*.", "Cheap, yet unattainable."),
        ("See [the review](https://example.org/a?b=c) again.", "See the review again."),
        ("# Voice\n\nIt has none.", "Voice. It has none."),
        ("- one\n- two", "one. two."),
        ("> Quoted words.", "Quoted words."),
        ("`code` here", "code here."),
        ("1984 & No. 5", "nineteen eighty-four and number five."),
        ("---\nno: front matter\n---", "no: front matter."),
        ("", ""),
        ("![](picture.png)", ""),
    ],
)
def test_markdown_is_said_as_plain_words(markdown: str, expected: str, tmp_path: Path) -> None:
    said = said_of(markdown, tmp_path)
    assert " ".join(utterance.spoken for utterance in said.utterances) == expected
    assert not said.utterances or not said.is_by_reader


def test_a_plain_note_is_said_as_it_stands(tmp_path: Path) -> None:
    said = said_of("*Not* Markdown\nat all", tmp_path, is_markdown=False)
    spoken = " ".join(utterance.spoken for utterance in said.utterances)
    assert "Not" in spoken
    assert spoken.endswith("at all.")


def test_the_voice_for_notes_says_them_or_the_one_that_reads(tmp_path: Path) -> None:
    assert {u.voice for u in said_of("One. Two.", tmp_path).utterances} == {AMY}
    by_reader = said_of("One. Two.", tmp_path, voice=None)
    assert by_reader.is_by_reader
    assert {u.voice for u in by_reader.utterances} == {None}


def test_a_word_put_right_in_the_text_is_right_in_its_notes(tmp_path: Path) -> None:
    rule = Rule("Jonze", "Johns", scope=fingerprint_of(["text"]))
    (utterance,) = said_of("Ask Jonze.", tmp_path, rules=(rule,)).utterances
    assert utterance.spoken == "Ask Johns."
