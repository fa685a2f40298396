"""Keeps on disk where the voice is, without the window waiting for the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from reader.errors import SottovoceError
from reader.text.document import Fingerprint, Place
from reader.ui.background import Background

_Kept = tuple[Place, float, Path]


class PlaceKeeper:
    """Writes one place at a time, each text's latest; those it had meanwhile are passed over."""

    def __init__(
        self, background: Background, write: Callable[[Fingerprint, Place, float, Path], None]
    ) -> None:
        self._writing = background.latest()
        self._write = write
        self._wanted: dict[Fingerprint, _Kept] = {}
        self._asked: tuple[Fingerprint, _Kept] | None = None
        self._turn = Lock()

    def keep(self, fingerprint: Fingerprint, place: Place, progress: float, path: Path) -> None:
        """Remember a place, how far it is (0 to 1), and the text's file; returns at once."""
        kept = (place, progress, path)
        if (fingerprint, kept) != self._asked:
            self._asked = (fingerprint, kept)
            self._wanted[fingerprint] = kept
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
                fingerprint, kept = self._wanted.popitem()
                try:
                    self._write(fingerprint, *kept)
                except SottovoceError:
                    self._wanted.setdefault(fingerprint, kept)
                    raise

    def _on_failed(self, _error: SottovoceError) -> None:
        """Leave it: the next place tries again, and the storage has a message of its own."""
