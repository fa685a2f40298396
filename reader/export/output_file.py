"""A file that is written as a stream and is there only once it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from reader.errors import OutputNotWritten, system_reason

STANDARD_OUTPUT = Path("-")


@contextmanager
def open_output(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes its place when the block ends without an error.

    Until then what was there stays. `-` is standard output; a device or pipe is written directly.

    Raises:
        OutputNotWritten: it can't be written.
    """
    if path == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = path.resolve()  # a link stays a link
    if target.is_dir():
        raise OutputNotWritten(path, "it is a folder")
    if not target.parent.is_dir():
        raise OutputNotWritten(path, f"there is no folder {target.parent}")
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                yield file
            return
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with part.open("xb") as file:
                yield file
            part.replace(target)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputNotWritten(path, system_reason(error)) from error
