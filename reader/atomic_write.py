"""Writing a whole file so that after a crash there is the old one or the new one, never a part."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_NAME_KEPT = 40
"""Characters of the file's name in that of its unfinished part: a longer name might be too long."""


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path`, on disk when it returns.

    Raises:
        OSError: it can't be written; what was at `path` is as it was.
    """
    target = path.resolve()  # a link stays a link
    part = target.with_name(f".{target.name[:_NAME_KEPT]}.{os.urandom(6).hex()}")
    try:
        with part.open("xb") as file:
            with suppress(FileNotFoundError):  # before anything is in it that others may not read
                part.chmod(target.stat().st_mode & 0o777)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder can't be opened, and renaming is durable itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
