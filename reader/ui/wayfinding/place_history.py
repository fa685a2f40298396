"""Where the reader came from: the places left by a jump, to go back to and forward again."""

from __future__ import annotations

from reader.text.document import Place

_MOST = 200


class PlaceHistory:
    """A line of places with the reader between two of them. Pure: it moves nothing."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return bool(self._behind)

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place one came back from."""
        return bool(self._ahead)

    def leave(self, here: Place) -> None:
        """Remember a place that a jump leads away from; what lay ahead is forgotten."""
        if not self._behind or self._behind[-1] != here:
            self._behind.append(here)
            del self._behind[:-_MOST]
        self._ahead.clear()

    def back(self, here: Place) -> Place | None:
        """Return the place left last, None if there is none; `here` lies ahead then."""
        return self._step(self._behind, self._ahead, here)

    def forward(self, here: Place) -> Place | None:
        """Return the place one came back from, None if there is none; `here` lies behind then."""
        return self._step(self._ahead, self._behind, here)

    def forget(self) -> None:
        """Forget every place: the text is another."""
        self._behind.clear()
        self._ahead.clear()

    @staticmethod
    def _step(from_: list[Place], to: list[Place], here: Place) -> Place | None:
        while from_:
            found = from_.pop()
            if found != here:  # to go where one is, is to go nowhere
                to.append(here)
                return found
        return None
