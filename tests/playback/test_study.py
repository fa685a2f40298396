"""The order in which sentences are repeated."""

from __future__ import annotations

from reader.playback.study import SLOWER, Study
from reader.playback.takes import Take, study_takes
from reader.text.document import Place, Span
from tests.fakes.scripted_speech import WordPlan


def order(study: Study, sentences: int = 3) -> list[tuple[int, float, float | None]]:
    """Return which sentence is played, at which pace and with which silence, in order."""
    plan = WordPlan(sentences)
    found = study_takes(plan.utterances_from(Place(0, 0)), study)
    return [
        (plan.sentence_spans.index(take.utterance.sentence), take.pace, take.pause_s)
        for take in found
    ]


def test_each_is_repeated_the_second_time_slower_silence_after_each() -> None:
    assert order(Study(repeats=3, pause_s=1.5), sentences=2) == [
        (0, 1.0, 1.5),
        (0, SLOWER, 1.5),
        (0, 1.0, 1.5),
        (1, 1.0, 1.5),
        (1, SLOWER, 1.5),
        (1, 1.0, 1.5),
    ]


def test_the_second_time_can_be_like_the_first() -> None:
    assert {pace for _, pace, _ in order(Study(has_slow_second=False))} == {1.0}


def test_only_what_is_within_is_studied_sentences_whole() -> None:
    within = Span(0, 5, 15)  # the end of the first sentence and the start of the second
    assert [number for number, _, _ in order(Study(2, within=within))] == [0, 0, 1, 1]


def test_the_silence_follows_the_last_part_of_a_sentence() -> None:
    plan = WordPlan(1)
    (whole,) = plan.utterances_from(Place(0, 0))
    assert list(study_takes(iter([whole, whole]), Study(1, 2.0))) == [
        Take(whole),
        Take(whole, 1.0, 2.0),
    ]
