"""The window as it was left, so that it comes back; the text and the place are the catalogue's."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from pathlib import Path
from typing import Self

from reader.atomic_write import write_atomically
from reader.values import value


@value
class Session:
    """`geometry` is whatever the window system's library made of size and place; b"" at first."""

    geometry: bytes = b""
    is_maximised: bool = False

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return what the file holds; a first one where there is none or it can't be used."""
        try:
            stored = json.loads(path.read_bytes())
            geometry = base64.b64decode(stored["geometry"], validate=True)
            return cls(geometry, stored["is_maximised"] is True)
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            return cls()

    def save(self, path: Path) -> None:
        """Write the file. Where that fails there is nothing to tell: the next window is new."""
        stored = {
            "geometry": base64.b64encode(self.geometry).decode("ascii"),
            "is_maximised": self.is_maximised,
        }
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(path, json.dumps(stored).encode("utf-8"))
