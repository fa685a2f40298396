"""Keeps on disk where the voice is, without the window waiting for the disk."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from reader.errors import SottovoceError
from reader.text.document import Fingerprint, Place
from reader.ui.background import Background


class PlaceKeeper:
    """Writes one place at a time, each text's latest; those it had meanwhile are passed over."""

    def __init__(
        self, background: Background, write: Callable[[Fingerprint, Place, float], None]
    ) -> None:
        self._writing = background.latest()
        self._write = write
        self._wanted: dict[Fingerprint, tuple[Place, float]] = {}
        self._asked: tuple[Fingerprint, Place, float] | None = None
        self._turn = Lock()

    def keep(self, fingerprint: Fingerprint, place: Place, progress: float) -> None:
        """Remember a place and how far it is, 0 to 1; returns at once."""
        asked = (fingerprint, place, progress)
        if asked != self._asked:
            self._asked = asked
            self._wanted[fingerprint] = (place, progress)
        self._write_next()

    def finish(self) -> None:
        """Write what is still to be written, here and now. Raises StorageUnavailable."""
        self._write_wanted()

    def _write_next(self) -> None:
        if self._wanted and not self._writing.is_awaited:
            self._writing.run(self._write_wanted, lambda _: self._write_next(), self._on_failed)

    def _write_wanted(self) -> None:
        with self._turn:  # or what was begun before `finish` might be written after it
            while self._wanted:
                fingerprint, (place, progress) = self._wanted.popitem()
                try:
                    self._write(fingerprint, place, progress)
                except SottovoceError:
                    self._wanted.setdefault(fingerprint, (place, progress))
                    raise

    def _on_failed(self, _error: SottovoceError) -> None:
        """Leave it: the next place tries again, and the storage has a message of its own."""
