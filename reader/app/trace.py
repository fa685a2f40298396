"""The flight recorder: what the app did and when, one JSON object a line."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Self

Field = str | int | float | bool | None


class Trace:
    """Appends events to a file, each with `t`, seconds on CLOCK_MONOTONIC. Any thread may record.

    Without a file it records nothing and costs one test, so callers never ask whether it is on.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._file = None if path is None else path.open("a", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()

    @property
    def is_on(self) -> bool:
        """Whether events go anywhere."""
        return self._file is not None

    def record(self, event: str, **fields: Field) -> None:
        """Write one event, which happens now."""
        if self._file is None:
            return
        line = json.dumps({"t": time.monotonic(), "event": event, **fields})
        with self._lock:
            if self._file is not None:  # it may have been closed meanwhile
                self._file.write(line + "\n")

    def close(self) -> None:
        """Stop recording."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
