"""What the tests of shared notes have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.annotations.sync.sharing_machines import (
    Carrier,
    Machine,
)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[Machine, Machine, Carrier]]:
    with ExitStack() as stack:
        one, other = (Machine(tmp_path / name, stack) for name in ("one", "other"))
        yield one, other, Carrier(one, other)
