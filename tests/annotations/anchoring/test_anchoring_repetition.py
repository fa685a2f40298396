"""In a text that says everything several times a doubtful passage is asked about, not taken."""

from __future__ import annotations

import random

from reader.annotations.anchoring import Anchor, AnchorState, KnownPlace, Past, anchor_annotations
from reader.annotations.anchoring.folding import fold
from reader.annotations.anchoring.grams import is_repetitive, numbers_of
from reader.text.document import Document
from tests.annotations.anchoring.test_anchoring_versions import sentence
from tests.annotations.documents import document_of, note_on

REFRAIN = "And so say all of us, and so say all of us, for nobody can deny it tonight."


def song(verses: int, seed: int) -> list[str]:
    """Return verses of few lines, each followed by the refrain."""
    chance = random.Random(seed)
    lines = [sentence(number) for number in range(6)]
    return [f"{chance.choice(lines)} {chance.choice(lines)} {REFRAIN}" for _ in range(verses)]


def followed(old: Document, new: Document, passage: str) -> Anchor:
    note = note_on(old, passage)
    position = note.target.position
    assert position is not None
    place = KnownPlace(old.fingerprint, position.start, position.end)
    past = Past({note.id: place}, {old.fingerprint: old.sections[0].text})
    return anchor_annotations((note,), new, past)[0]


def test_a_song_repeats_itself_and_prose_does_not() -> None:
    prose = " ".join(sentence(number) for number in range(400))
    assert is_repetitive(*numbers_of(fold(" ".join(song(60, 1)))))
    assert not is_repetitive(*numbers_of(fold(prose)))
    assert not is_repetitive(*numbers_of(""))


def test_what_is_gone_from_a_song_is_on_no_other_verse_without_asking() -> None:
    verses = song(40, 2)
    unique = "Only once it is said that the lamp went out."
    verses.insert(20, f"{unique} {REFRAIN}")
    old = document_of("\n\n".join(verses))
    changed = [*verses[:18], *verses[23:30], *song(6, 3), *verses[30:]]
    anchor = followed(old, document_of("\n\n".join(changed)), f"{unique} {REFRAIN}")
    assert anchor.state in (AnchorState.ORPHAN, AnchorState.AMBIGUOUS)


def test_what_stands_in_a_song_as_it_did_is_found() -> None:
    verses = song(40, 4)
    unique = "Only once it is said that the lamp went out."
    verses.insert(20, f"{unique} {REFRAIN}")
    old, new = document_of("\n\n".join(verses)), document_of("\n\n".join(verses[5:]))
    anchor = followed(old, new, unique)
    assert anchor.state is AnchorState.MOVED
    assert not anchor.needs_look
