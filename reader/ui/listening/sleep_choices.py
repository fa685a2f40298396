"""When the voice may stop by itself, as choices in a list and as words on the bar."""

from __future__ import annotations

import math

from reader.playback.sleep import Sleep, SleepAfter, SleepAtEnd, SleepUnit
from reader.ui.look.list_popover import Row

_MINUTES = (5, 15, 30, 60)
_OFF = "off"
_CHOICES: dict[str, Sleep] = {
    **{f"{minutes} min": SleepAfter(minutes * 60.0) for minutes in _MINUTES},
    **{unit.value: SleepAtEnd(unit) for unit in SleepUnit},
}
_NAMES = {
    **{f"{minutes} min": f"After {minutes} minutes" for minutes in _MINUTES},
    SleepUnit.SENTENCE.value: "After this sentence",
    SleepUnit.PARAGRAPH.value: "After this paragraph",
    SleepUnit.SECTION.value: "After this section",
}


def sleep_rows(current: Sleep | None) -> list[Row]:
    """Return the choices, the one that holds marked."""
    rows = [Row(_NAMES[key], key, is_current=choice == current) for key, choice in _CHOICES.items()]
    return [Row("Stop reading"), *rows, Row("Don't stop", _OFF, is_current=current is None)]


def sleep_for_key(key: str) -> Sleep | None:
    """Return what a row stands for."""
    return _CHOICES.get(key)


def sleep_words(sleep: Sleep | None, left_s: float | None) -> str:
    """Return what the bar shows of a sleep timer that is set; "" for none."""
    match sleep:
        case None:
            return ""
        case SleepAtEnd(unit=unit):
            return unit.value.capitalize()
        case SleepAfter(seconds=seconds):
            left = seconds if left_s is None else left_s
            if left < 60:
                return f"{math.ceil(left)} s"
            return f"{math.ceil(left / 60)} min"
