"""Stopping by itself: when the time is over, and where something ends."""

from __future__ import annotations

import pytest

from reader.playback.sleep import FADE_S, Countdown, SleepUnit, place_to_wait_at
from reader.speech.planning.planner import Plan
from reader.text.document import Block, BlockKind, Document, Fingerprint, Place, Section

PARTS = (
    ("Title.", BlockKind.HEADING),
    ("First chapter.", BlockKind.HEADING),
    ("One begins. One ends.", BlockKind.PARAGRAPH),
    ("Two stands alone.", BlockKind.PARAGRAPH),
    ("Second chapter.", BlockKind.HEADING),
    ("Three says this.", BlockKind.PARAGRAPH),
)


def document_of(parts: tuple[tuple[str, BlockKind], ...]) -> Document:
    """Return a text of two sections, the second one a single paragraph."""
    blocks, text = [], ""
    for part, kind in parts:
        blocks.append(Block(len(text), len(text) + len(part), kind))
        text += part + "\n\n"
    first = Section(0, "", text.rstrip(), tuple(blocks))
    second = Section(1, "", "Four is last.", (Block(0, 13, BlockKind.PARAGRAPH),))
    return Document("", (), "en", (first, second), Fingerprint("sha256:0"))


@pytest.mark.parametrize(
    ("unit", "here", "waits_at"),
    [
        (SleepUnit.SENTENCE, "One begins", "One ends"),
        (SleepUnit.SENTENCE, "One ends", "Two stands"),
        (SleepUnit.SENTENCE, "Three says", "Four"),
        (SleepUnit.PARAGRAPH, "One begins", "Two stands"),
        (SleepUnit.PARAGRAPH, "Two stands", "Second chapter"),
        (SleepUnit.PARAGRAPH, "Title", "Two stands"),
        (SleepUnit.PARAGRAPH, "First chapter", "Two stands"),
        (SleepUnit.PARAGRAPH, "Second chapter", "Four"),
        (SleepUnit.SECTION, "Title", "Second chapter"),
        (SleepUnit.SECTION, "First chapter", "Second chapter"),
        (SleepUnit.SECTION, "One ends", "Second chapter"),
        (SleepUnit.SECTION, "Second chapter", "Four"),
        (SleepUnit.SECTION, "Three says", "Four"),
    ],
)
def test_it_waits_at_the_start_of_what_follows(unit: SleepUnit, here: str, waits_at: str) -> None:
    document = document_of(PARTS)
    first, second = (section.text for section in document.sections)
    place = Place(0, first.index(here))
    expected = Place(0, first.index(waits_at)) if waits_at in first else Place(1, 0)
    assert waits_at in first + second
    assert place_to_wait_at(unit, place, document, Plan(document)) == expected


@pytest.mark.parametrize("unit", SleepUnit)
def test_at_the_end_of_the_text_there_is_nothing_to_wait_at(unit: SleepUnit) -> None:
    document = document_of(PARTS)
    assert place_to_wait_at(unit, Place(1, 5), document, Plan(document)) is None


def test_only_time_in_which_it_plays_counts() -> None:
    countdown = Countdown(100)
    for now_s, is_playing in ((0, True), (10, True), (500, False), (900, True), (920, True)):
        countdown.count(now_s, is_playing=is_playing)
    assert countdown.left_s == 70
    assert not countdown.is_over
    countdown.count(2000, is_playing=True)
    assert countdown.left_s == 0
    assert countdown.is_over


def test_it_grows_quieter_towards_the_end_and_never_louder() -> None:
    countdown, levels = Countdown(2 * FADE_S), []
    for second in range(int(2 * FADE_S) + 1):
        countdown.count(float(second), is_playing=True)
        levels.append(countdown.level)
    assert levels[: int(FADE_S) + 1] == [1.0] * (int(FADE_S) + 1)
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] == 0.0
