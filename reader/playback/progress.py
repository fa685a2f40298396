"""What has come of all that the device was given: it still sounds, or why nothing more does."""

from __future__ import annotations

from dataclasses import dataclass

from reader.text.document import Place


@dataclass(frozen=True, slots=True)
class Sounds:
    """Some of it hasn't been heard yet."""


@dataclass(frozen=True, slots=True)
class AwaitsVoice:
    """All of it has been heard; the voice hasn't said what follows."""


@dataclass(frozen=True, slots=True)
class AtStop:
    """All before `place` has been heard, where it was to stop, or where what is studied ends."""

    place: Place


@dataclass(frozen=True, slots=True)
class AtEnd:
    """The text has been heard to its end."""


@dataclass(frozen=True, slots=True)
class CannotBeSaid:
    """Too much in a row can't be said; the first of it is where one is now."""

    reason: str


Progress = Sounds | AwaitsVoice | AtStop | AtEnd | CannotBeSaid
