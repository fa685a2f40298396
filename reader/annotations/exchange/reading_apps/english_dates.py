"""Moments with the months' names in English, as Kindle and Readwise write them.

`strptime` knows such names by the C library's locale, and Qt sets that to the desktop's: in a
window on a German desktop it would know "Mai", and not "May".
"""

from __future__ import annotations

import re
from datetime import datetime

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DATE = re.compile(
    r"(?:[a-z]+,\s+)?"  # the day of the week
    r"(?:(?P<month>[a-z]+)\s+(?P<day>\d{1,2}),|(?P<day_first>\d{1,2})\s+(?P<month_behind>[a-z]+))"
    r"\s+(?P<year>\d{4}|\d{2})"
    r"(?:,?\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s+(?P<half>[ap]m))?)?",
    re.IGNORECASE | re.ASCII,
)


def moment_in_english(written: str) -> datetime | None:
    """Return the moment of "Friday, May 1, 2026 12:00:00 PM" or "1 May 2026 12:00:00".

    It has no time zone, and is midnight where no time is told. None for anything else.
    """
    told = _DATE.fullmatch(written)
    month = "" if told is None else (told["month"] or told["month_behind"]).lower()
    if told is None or month not in _MONTHS:
        return None
    year = int(told["year"])
    hour = int(told["hour"] or 0)
    if told["half"] is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if told["half"].lower() == "pm" else 0)
    try:
        return datetime(
            year + 2000 if year < 100 else year,
            _MONTHS.index(month) + 1,
            int(told["day"] or told["day_first"]),
            hour,
            int(told["minute"] or 0),
            int(told["second"] or 0),
        )
    except ValueError:
        return None
