"""Imports PySide6 without compiling its support code anew at every start.

WORKAROUND(PySide6 6.11): its wheels carry thirteen Python modules as source inside a library, and
compile them whenever they are imported, 45 ms: a quarter of what a bare window takes to appear.
Python's own cache doesn't know them, so what comes of them is kept beside it.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any
from zlib import crc32

_SUPPORT = "shibokensupport"

_Kept = dict[str, tuple[int, CodeType]]
"""By the file's name: the CRC-32 of its source, and what came of it."""


def import_pyside() -> None:
    """Import what all of PySide6 stands on, if that hasn't been done."""
    if "PySide6.QtCore" in sys.modules:
        return
    path = Path(cache_from_source(__file__)).with_suffix(".pyside")
    kept = _read(path)
    before = dict(kept)
    plain = builtins.compile
    builtins.compile = _remembering(plain, kept)
    try:
        import_module("PySide6.QtCore")
    finally:
        builtins.compile = plain
    if kept != before and not sys.dont_write_bytecode:
        _write(path, kept)


def _remembering(plain: Callable[..., Any], kept: _Kept) -> Callable[..., Any]:
    """Return `compile` that knows what came of the support code the last time."""

    def compiled(source: Any, filename: Any, mode: str, *more: Any, **named: Any) -> Any:
        is_support = isinstance(source, bytes) and str(filename).startswith(_SUPPORT)
        if not is_support or mode != "exec" or more or named:
            return plain(source, filename, mode, *more, **named)
        checksum = crc32(source)
        if kept.get(filename, (None,))[0] != checksum:
            kept[filename] = checksum, plain(source, filename, mode)
        return kept[filename][1]

    return compiled


def _read(path: Path) -> _Kept:
    with suppress(OSError, EOFError, ValueError, TypeError):
        content = path.read_bytes()
        if content.startswith(MAGIC_NUMBER):  # of this Python's byte code
            kept: _Kept = marshal.loads(content[len(MAGIC_NUMBER) :])
            return kept
    return {}


def _write(path: Path, kept: _Kept) -> None:
    unfinished = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # a folder that isn't ours to write: compiled anew each time
        path.parent.mkdir(exist_ok=True)
        unfinished.write_bytes(MAGIC_NUMBER + marshal.dumps(kept))
        unfinished.replace(path)
