"""Passages with notes, and what is said of them, for tests of playing."""

from __future__ import annotations

from dataclasses import replace

from reader.speech.engine import VoiceId
from reader.speech.planning.heard_notes import (
    HeardNote,
    HeardNotes,
    NotesHeard,
    SaidNote,
)
from reader.text.document import Span
from tests.fakes.spoken_utterances import utterance_of

SECOND = VoiceId("scripted:two")


def say(passage: HeardNote) -> SaidNote:
    """Say a note's words in the second voice, a sentence at a time."""
    parts = [part.strip() + "." for part in passage.words.split(".") if part.strip()]
    return SaidNote(tuple(replace(utterance_of(part), voice=SECOND) for part in parts))


def say_alike(passage: HeardNote) -> SaidNote:
    """Say them in the voice that reads."""
    return SaidNote((utterance_of(passage.words),), is_by_reader=True)


def noted(note: str, start: int, end: int, words: str = "") -> HeardNote:
    """Return a passage with a note."""
    return HeardNote(note, Span(0, start, end), words)


def notes(when: NotesHeard, *passages: HeardNote) -> HeardNotes:
    """Return what is heard of notes."""
    return HeardNotes(passages, when, say)
