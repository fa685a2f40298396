"""A slice of the fuzz run: the same few hundred cases each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.cases import all_seeds, case_of, run_case

SEEDS = all_seeds()
ROUNDS = 30


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_spoilt_files_are_read_or_refused(tmp_path: Path, name: str) -> None:
    names = sorted(SEEDS)
    numbers = range(names.index(name), ROUNDS * len(names), len(names))
    outcomes = [run_case(case_of(number, 7, SEEDS)[1], tmp_path) for number in numbers]
    assert len(outcomes) == ROUNDS
    assert any(outcomes)
