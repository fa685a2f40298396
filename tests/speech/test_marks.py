"""Tests of reader.speech.marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.engine import HeardWord, Piece, WordMark
from reader.speech.marks import estimated_marks, heard_words, spoken_words
from reader.text.document import Span


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("Well, he didn't.", ["Well", "he", "didn't"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("the well-known house", ["the", "well", "known", "house"]),
        ("naïve cafe\u0301 Zoë", ["naïve", "cafe\u0301", "Zoë"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("今日は good", ["今", "日", "は", "good"]),
        ("so\u00adft l’été", ["so\u00adft", "l’été"]),
        ("A & B, 5 % more", ["A", "&", "B", "5", "%", "more"]),
        ("... — !", []),
        ("", []),
    ],
)
def test_words_are_what_is_said_as_one(spoken: str, words: list[str]) -> None:
    assert [spoken[start:end] for start, end in spoken_words(spoken)] == words


def _marks(*frames: tuple[int, int, int, int]) -> list[WordMark]:
    return [WordMark(*frame) for frame in frames]


@pytest.mark.parametrize(
    ("pieces", "marks", "heard"),
    [
        pytest.param(
            [(0, 2, 10, 12), (3, 5, 13, 15)],
            _marks((5, 20, 0, 2), (20, 40, 3, 5)),
            [(10, 12, 5, 20), (13, 15, 20, 40)],
            id="one for one",
        ),
        pytest.param(
            [(0, 20, 4, 8)],
            _marks((0, 10, 0, 8), (12, 20, 9, 15), (20, 30, 16, 20)),
            [(4, 8, 0, 30)],
            id="1984 said as three words",
        ),
        pytest.param(
            [(0, 2, 0, 2), (2, 6, 3, 7)],
            _marks((0, 60, 0, 6)),
            [(0, 2, 0, 20), (3, 7, 20, 60)],
            id="two said as one share it by letters",
        ),
        pytest.param(
            [(0, 2, 0, 2), (3, 4, 3, 4), (5, 7, 5, 7)],
            _marks((0, 30, 0, 2), (30, 50, 5, 7)),
            [(0, 2, 0, 30), (3, 4, 30, 30), (5, 7, 30, 50)],
            id="one without a mark",
        ),
        pytest.param(
            [(0, 2, 0, 2), (3, 5, 3, 5)],
            _marks((0, 90, 0, 2), (90, 120, 3, 5)),
            [(0, 2, 0, 90), (3, 5, 90, 100)],
            id="kept within the audio",
        ),
        pytest.param([(0, 2, 0, 2)], [], [(0, 2, 0, 0)], id="no marks at all"),
    ],
)
def test_pieces_are_heard_when_their_words_are(
    pieces: list[tuple[int, int, int, int]],
    marks: list[WordMark],
    heard: list[tuple[int, int, int, int]],
) -> None:
    assert heard_words([Piece(*piece) for piece in pieces], marks, 3, 100) == tuple(
        HeardWord(Span(3, start, end), first, last) for start, end, first, last in heard
    )


@st.composite
def _ranges(draw: st.DrawFn, limit: int) -> list[tuple[int, int]]:
    cuts = sorted(draw(st.sets(st.integers(0, limit), max_size=14)))
    return [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]


@given(
    pieces=_ranges(60),
    spoken=_ranges(60),
    frames=st.lists(st.integers(0, 900), min_size=20, max_size=20),
)
def test_heard_words_are_in_order_and_within_whatever_the_marks(
    pieces: list[tuple[int, int]], spoken: list[tuple[int, int]], frames: list[int]
) -> None:
    marks = [
        WordMark(min(a, b), max(a, b), *word)
        for word, a, b in zip(spoken, frames[::2], frames[1::2], strict=False)
    ]
    heard = heard_words([Piece(a, b, a, b) for a, b in pieces], marks, 0, 700)
    assert [(word.span.start, word.span.end) for word in heard] == pieces
    edges = [edge for word in heard for edge in (word.first_frame, word.end_frame)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= 700 for edge in edges)


def test_a_guess_fills_the_audio_and_leaves_time_for_a_pause() -> None:
    spoken = "One, two three"
    words = spoken_words(spoken)
    marks = estimated_marks(spoken, words, 1000)
    assert marks[0].first_frame == 0
    assert marks[-1].end_frame == 1000
    assert marks[1].first_frame > marks[0].end_frame
    assert marks[2].first_frame == marks[1].end_frame
    assert [(mark.start, mark.end) for mark in marks] == words
