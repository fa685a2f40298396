"""One window for each data folder: a program started beside it hands over what it was to open.

The first holds a lock, and listens (`reader.ui.other_starts`) once its text is painted. All that is
here happens before that, and must take no time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from reader.app.paths import Paths
from reader.file_lock import FileLock
from reader.values import value

if TYPE_CHECKING:
    from reader.text.address import Address

STARTS_WITHIN_S = 5.0
"""How long a second program waits for one that has just been started to listen."""

TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""What a launcher gives the program it starts, so that it may come to the front."""

_LOOK_S = 0.02


class Seat(StrEnum):
    """What becomes of a program that wants a window."""

    FIRST = "first"
    """It has the window of this data folder."""
    HANDED_OVER = "handed over"
    """Another has, and opens what this one was to open."""
    BESIDE = "beside"
    """Another has and doesn't answer: this one opens a window of its own."""


@value
class Wish:
    """What a program was started for; `target` is None where it was only to show itself.

    It is a file, an address of a place in a text, or the address of a web page. `tokens` are
    the values of the variables by which a launcher lets it come to the front.
    """

    target: Path | Address | str | None
    plays: bool = False
    tokens: tuple[tuple[str, str], ...] = ()


def wish_of(target: Path | Address | str | None, *, plays: bool) -> Wish:
    """Return this program's own wish; a path means the same in another program's folder."""
    tokens = tuple((name, os.environ[name]) for name in TOKENS if os.environ.get(name))
    return Wish(target.absolute() if isinstance(target, Path) else target, plays, tokens)


HandOver = Callable[[Path, Wish], bool | None]
"""Tells the first a wish, by the file with its address (`other_starts.hand_over`).

It returns whether the first has done it; None if nobody listens yet, or no longer.
"""


class OneWindow:
    """The seat of the one program that has a data folder's window."""

    def __init__(self, paths: Paths) -> None:
        self.address_file = paths.window_address
        """Where the first writes down how it can be called."""
        self._lock = FileLock(paths.window_lock)

    @property
    def is_first(self) -> bool:
        """Whether this program has the seat; it has none where nothing can be written."""
        return self._lock.is_held

    def take_seat(self, wish: Wish, hand_over: HandOver) -> Seat:
        """Be the first; if another is, hand the wish over."""
        if self._try():
            return Seat.FIRST
        end = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < end:
            has_taken = hand_over(self.address_file, wish)
            if has_taken is not None:
                return Seat.HANDED_OVER if has_taken else Seat.BESIDE
            time.sleep(_LOOK_S)  # it is about to listen, or about to leave
            if self._try():
                return Seat.FIRST
        return Seat.BESIDE

    def leave(self) -> None:
        """Let another be the first."""
        self._lock.release()

    def _try(self) -> bool:
        try:
            return self._lock.take()
        except OSError:
            return True  # where nothing can be written each has a window of its own
