"""What the importers make of whole files stays as it was; see golden_files.py to change it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.registry import open_document
from tests.formats.golden_files import INPUTS, described, golden_path
from tests.formats.sound_documents import assert_sound


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_a_file_becomes_what_it_became_before(path: Path) -> None:
    assert described(path) == golden_path(path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_a_golden_document_is_sound(path: Path) -> None:
    assert_sound(open_document(path))
