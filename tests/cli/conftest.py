"""The text that commands are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.noted_text import TEXT


@pytest.fixture
def text_path(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path
