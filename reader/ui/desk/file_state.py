"""How a file looks from outside: by this one sees that it has changed."""

from __future__ import annotations

import os
from pathlib import Path

FileState = tuple[int, int, int]
"""Modification time in nanoseconds, size in bytes, inode."""


def state_of(path: Path) -> FileState | None:
    """Return a file's state; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
