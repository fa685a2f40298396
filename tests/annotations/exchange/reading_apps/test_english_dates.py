"""Dates with English months are read whatever the desktop's language is."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from importlib import import_module

import pytest

from reader.annotations.exchange.reading_apps.english_dates import moment_in_english
from reader.annotations.exchange.reading_apps.readwise import read_highlights
from tests.annotations.exchange.reading_apps.test_readwise import PATH, STORY

GERMAN_MONTHS = (
    *("", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September"),
    *("Oktober", "November", "Dezember"),
)


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Python knows of months and days where the C library's locale is German."""
    monkeypatch.setattr(calendar, "month_name", GERMAN_MONTHS)
    parser = import_module("_strptime")
    monkeypatch.setattr(parser, "_TimeRE_cache", parser.TimeRE())
    monkeypatch.setattr(parser, "_regex_cache", {})


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Friday, May 1, 2026 12:00:00 PM", datetime(2026, 5, 1, 12)),
        ("Friday, May 1, 2026, 12:30 AM", datetime(2026, 5, 1, 0, 30)),
        ("Friday, 1 May 2026 23:01:02", datetime(2026, 5, 1, 23, 1, 2)),
        ("Friday, 1 May 26 23:01:02", datetime(2026, 5, 1, 23, 1, 2)),
        ("May 1, 2026", datetime(2026, 5, 1)),
        ("May 32, 2026", None),
        ("May 1, 2026 13:00:00 PM", None),
        ("Freitag, 1. Mai 2026 12:02:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_moments(written: str, moment: datetime | None) -> None:
    assert moment_in_english(written) == moment


@pytest.mark.usefixtures("german")
def test_readwises_dates_are_read_on_a_german_desktop() -> None:
    file = read_highlights(
        b'Highlight,Highlighted at\nwas quiet,"May 1, 2026 12:00:00 PM"\n', PATH, STORY
    )
    assert [a.created for a in file.annotations] == [datetime(2026, 5, 1, 12, tzinfo=UTC)]
