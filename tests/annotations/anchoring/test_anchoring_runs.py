"""What two texts share is told to the letter: what kept its order, and what moved."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.anchoring import sharing
from reader.annotations.anchoring.grams import numbers_of, sampled, sampling
from reader.annotations.anchoring.runs import Run, SharedRuns
from reader.annotations.anchoring.shared_letters import SharedLetters

PIECES = st.lists(st.integers(0, 30), max_size=25)


def prose(number: int, length: int = 150) -> str:
    """Return letters that no other number has."""
    chance = random.Random(number)
    return "".join(chance.choices("etaoinshrdlu", k=length))


def shared_runs(old: str, new: str) -> SharedRuns:
    return sharing.shared_runs(*sampled(old, new))


def joined(numbers: list[int]) -> str:
    return "".join(prose(number) for number in numbers)


@settings(deadline=None, max_examples=60)
@given(PIECES, PIECES)
def test_runs_stand_in_both_texts_and_those_in_place_keep_their_order(
    left: list[int], right: list[int]
) -> None:
    old, new = joined(left), joined(right)
    shared = shared_runs(old, new)
    for run in (*shared.in_place, *(run for passage in shared.moved for run in passage)):
        assert run.length > 0
        assert old[run.old : run.old_end] == new[run.new : run.new_end]
    for one, other in pairwise(shared.in_place):
        assert one.old_end <= other.old
        assert one.new_end <= other.new


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="abcdefgh", max_size=400))
def test_a_text_is_one_run_of_itself(text: str) -> None:
    shared = shared_runs(text, text)
    assert (
        sum(run.length for run in shared.in_place) == len(text)
        or len(text) < 24
        or (not shared.moved)
    )


def test_passages_that_changed_places_are_in_place_or_moved_but_never_lost() -> None:
    numbers = list(range(30))
    moved = [*numbers[:5], *numbers[12:], *numbers[5:12]]
    shared = shared_runs(joined(numbers), joined(moved))
    assert sum(run.length for run in shared.in_place) == 23 * 150
    assert [(p[0].old, p[-1].old_end) for p in shared.moved] == [(5 * 150, 12 * 150)]


def test_in_a_large_text_a_moved_paragraph_is_found_though_few_grams_are_looked_at() -> None:
    numbers = list(range(1500))
    moved = [*numbers[:100], *numbers[101:900], 100, *numbers[900:]]
    old, new = joined(numbers), joined(moved)
    shared = shared_runs(old, new)
    assert [(p[0].old, p[-1].old_end) for p in shared.moved] == [(15_000, 15_150)]
    covered = sum(run.length for run in shared.in_place) + 150
    assert covered == len(old)


def test_however_many_short_passages_moved_each_is_found() -> None:
    chance = random.Random(8)
    numbers = list(range(4_000))
    moved = chance.sample(numbers, 1_500)
    kept = sorted(set(numbers) - set(moved))
    old = "".join(prose(number, 90) for number in numbers)
    new = "".join(prose(number, 90) for number in (*kept, *moved))
    shared = shared_runs(old, new)
    found = sum(run.length for passage in shared.moved for run in passage)
    assert found > 0.98 * 90 * len(moved)
    assert sum(run.length for run in shared.in_place) > 0.99 * 90 * len(kept)


def test_what_stands_several_times_is_not_said_to_have_moved() -> None:
    chance = random.Random(9)
    phrase = prose(5_000, 70)
    pieces = [prose(number, 90) for number in range(4_000)]
    for at in chance.sample(range(4_000), 30):
        pieces[at] += phrase
    old = "".join(pieces)
    new = "".join(piece.replace(phrase, "") for piece in pieces) + phrase
    assert shared_runs(old, new).moved == ()


@pytest.mark.parametrize("length", [1, 31, 32, 33, 96, 5_000, 20_000])
@pytest.mark.parametrize("letter", ["x", "ж", "𐐷"])
def test_runs_reach_as_far_as_letters_are_the_same(length: int, letter: str) -> None:
    """In one byte a letter, in two or in four."""
    shared = "a" * 40 + prose(7, 24) + "b" * length
    old, new = f"{letter}c{shared}d", f"{letter}eeeee{shared}f"
    numbers = numbers_of(old, new)
    place = np.array([42])
    run = SharedLetters(*numbers).extended(place, place + 4).listed()
    assert run == [Run(2, 6, len(shared))]


def test_a_short_phrase_out_of_order_is_not_said_to_have_moved() -> None:
    phrase = prose(99, 40)
    old = prose(1, 900) + phrase + prose(2, 900)
    new = prose(1, 900) + prose(2, 900) + phrase
    assert shared_runs(old, new).moved == ()


@pytest.mark.parametrize(
    "alphabet", ["acgt", "etaoinshrdlu", "".join(map(chr, range(0x4E00, 0x5800)))]
)
def test_about_as_many_places_are_sampled_as_asked_for_whatever_the_letters(alphabet: str) -> None:
    text = "".join(random.Random(5).choices(alphabet, k=200_000))
    new = text + "xyzw" * 50  # letters that the old text doesn't have are no help
    old, other = numbers_of(text, new)
    places = sampling(old, other, len(text), spacing=64).places(old)
    assert len(text) / 130 < len(places) < len(text) / 3
    if len(alphabet) > 8:
        assert len(places) < len(text) / 40
