"""Keeps on disk where the voice is, without the window waiting for the disk."""

from __future__ import annotations

from collections.abc import Callable

from reader.errors import SottovoceError
from reader.text.document import Fingerprint, Place
from reader.ui.background import Background

_Kept = tuple[Fingerprint, Place, float]


class PlaceKeeper:
    """Writes one place at a time, the latest; those that came while it wrote are passed over."""

    def __init__(
        self, background: Background, write: Callable[[Fingerprint, Place, float], None]
    ) -> None:
        self._background = background
        self._write = write
        self._wanted: _Kept | None = None
        self._written: _Kept | None = None
        self._is_writing = False

    def keep(self, fingerprint: Fingerprint, place: Place, progress: float) -> None:
        """Remember a place and how far it is, 0 to 1; returns at once."""
        self._wanted = (fingerprint, place, progress)
        self._write_next()

    def finish(self) -> None:
        """Write what is still to be written, here and now. Raises StorageUnavailable."""
        if self._wanted is not None and self._wanted != self._written:
            self._write(*self._wanted)
            self._written = self._wanted

    def _write_next(self) -> None:
        wanted = self._wanted
        if self._is_writing or wanted is None or wanted == self._written:
            return
        self._is_writing = True
        self._background.run(
            lambda: self._write(*wanted), lambda _: self._on_written(wanted), self._on_failed
        )

    def _on_written(self, kept: _Kept) -> None:
        self._is_writing = False
        self._written = kept
        self._write_next()

    def _on_failed(self, _error: SottovoceError) -> None:
        self._is_writing = False  # the next place tries again; the storage has its own message
