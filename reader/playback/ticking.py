"""When the player is to be called again and again: while something moves, and a little longer."""

from __future__ import annotations

from collections.abc import Callable

from reader.playback.states import PlayerListener

_TAIL_S = 0.5  # what was given to the device before a pause has been heard by then, and told


class Ticking:
    """Asks for ticks and for their end, each once."""

    def __init__(self, listener: PlayerListener, clock: Callable[[], float]) -> None:
        self._listener, self._clock = listener, clock
        self._are_wanted = False
        self._until = 0.0

    def linger(self) -> None:
        """Go on a little from now, whatever is wanted."""
        self._until = self._clock() + _TAIL_S

    def update(self, *, is_moving: bool) -> None:
        """Ask for ticks, or for no more, if that has changed."""
        are_wanted = is_moving or self._clock() < self._until
        if are_wanted != self._are_wanted:
            self._are_wanted = are_wanted
            self._listener.ticks_wanted(are_wanted)
