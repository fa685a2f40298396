"""Tests of reader.speech.word_times."""

from __future__ import annotations

from reader.speech.engine import WordMark
from reader.speech.word_times import PhonemeTimes, marks_between, word_marks

# "in a, so": each phoneme 100 frames long, behind 50 frames of silence
_PHONEMES = list("ɪn a, so")
_TIMES = PhonemeTimes(tuple(50 + 100 * n for n in range(9)))
_WORDS = [(0, 2), (3, 4), (6, 8)]
_NUMBERS = [0, 0, None, 1, None, None, 2, 2]


def _starts(marks: tuple[WordMark, ...]) -> list[tuple[int, int]]:
    return [(mark.first_frame, mark.end_frame) for mark in marks]


def test_a_word_starts_with_the_space_before_it_and_after_a_pause_with_its_first_sound() -> None:
    marks = word_marks(_WORDS, _PHONEMES, _NUMBERS, _TIMES, 0, 850)
    assert _starts(marks) == [(50, 250), (250, 450), (650, 850)]


def test_the_lead_is_for_running_speech_only() -> None:
    marks = word_marks(_WORDS, _PHONEMES, _NUMBERS, _TIMES, 0, 850, lead_frames=10)
    assert _starts(marks) == [(50, 240), (240, 450), (650, 850)]


def test_marks_move_with_what_was_trimmed_and_stay_within_the_audio() -> None:
    marks = word_marks(_WORDS, _PHONEMES, _NUMBERS, _TIMES, 60, 700)
    assert _starts(marks) == [(0, 190), (190, 390), (590, 700)]


def test_a_word_without_sounds_shares_those_of_the_one_before_by_letters() -> None:
    words = [(0, 2), (3, 9), (10, 12)]
    marks = word_marks(words, list("ɪn so"), [0, 0, None, 2, 2], _TIMES, 0, 850)
    assert _starts(marks) == [(50, 100), (100, 250), (250, 550)]


def test_the_first_words_without_sounds_share_those_of_the_next() -> None:
    marks = marks_between([(0, 1), (2, 3), (4, 5)], {2: 90}, {2: 390}, 0, 400)
    assert _starts(marks) == [(90, 190), (190, 290), (290, 390)]


def test_without_any_sound_there_are_no_marks() -> None:
    assert word_marks(_WORDS, list(".,"), [None, None], PhonemeTimes((0, 1, 2)), 0, 10) == ()


def test_durations_are_steps_that_together_fill_the_audio() -> None:
    # begin, pad, two phonemes of one id and a pad, one the model lacks, end
    times = PhonemeTimes.from_ids([1, 1, 2, 1, 3, 1, 1], [None, None, 0, 0, 1, 1, None], 3, 1000)
    assert times.starts == (200, 500, 900, 900)
