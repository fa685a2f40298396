"""Texts of a library that is nowhere, for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader.library.holdings import Holding
from reader.storage.texts import TextId
from reader.text.document import Fingerprint

_TEXT = Holding(
    id=TextId(1),
    fingerprint=Fingerprint("sha256:1"),
    path=Path("/texts/one.txt"),
    title="One",
    authors=(),
    language="en",
    length=96_000,
    progress=0.0,
    added=datetime(2026, 5, 1, tzinfo=UTC),
    opened=None,
    is_missing=False,
    is_removed=False,
    note_count=0,
)


def holding(number: int = 1, **more: Any) -> Holding:
    """Return a text of 100 minutes that nobody has read, but for what is said of it."""
    return replace(_TEXT, id=TextId(number), fingerprint=Fingerprint(f"sha256:{number}"), **more)
