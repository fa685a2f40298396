"""Imports PySide6 without what it does at every start for nobody's use.

WORKAROUND(PySide6 6.11): half of the instructions of `import PySide6.QtCore` go into this, and
more into every import after it.

- Its wheels carry fourteen Python modules as source inside a library, and compile them at each
  import. Python's own cache doesn't know them, so what comes of them is kept beside it.
- Two of them write type stubs, which no program with a window does. They are left empty.
- The pattern by which another reads signatures, to word an error, is made when there is an error.
- For switches like those of `__future__` it takes the place of Python's `__import__`, and reads the
  source of all that is imported from then on. Nobody here uses them: Python's own is put back.

PySide works the same without any of this module, only later.
"""

from __future__ import annotations

import builtins
import marshal
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from importlib import import_module
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any
from zlib import crc32

_SUPPORT = ("shibokensupport/", "signature_bootstrap.py")
"""How the names of its files begin, as it gives them to Python's `compile`."""

_STUB_WRITERS = (
    "shibokensupport/signature/lib/enum_sig.py",
    "shibokensupport/signature/lib/pyi_generator.py",
)

_Kept = dict[str, tuple[int, CodeType]]
"""By the file's name: the CRC-32 of its source, and what came of it."""


def import_pyside() -> None:
    """Import what all of PySide6 stands on, if that hasn't been done."""
    if "PySide6.QtCore" in sys.modules:
        return
    path = Path(cache_from_source(__file__)).with_suffix(".pyside")
    kept = _read(path)
    before = dict(kept)
    plain = builtins.__import__
    with (
        _replaced(builtins, "compile", _remembering(builtins.compile, kept)),
        _replaced(re, "compile", _postponing(re.compile)),
    ):
        import_module("PySide6.QtCore")
    builtins.__import__ = plain
    if kept != before and not sys.dont_write_bytecode:
        _write(path, kept)


@contextmanager
def _replaced(owner: object, name: str, stand_in: object) -> Iterator[None]:
    plain = getattr(owner, name)
    setattr(owner, name, stand_in)
    try:
        yield
    finally:
        setattr(owner, name, plain)


def _remembering(plain: Callable[..., Any], kept: _Kept) -> Callable[..., Any]:
    """Return `compile` that knows what came of the support code the last time."""

    def compiled(source: Any, filename: Any, mode: str, *more: Any, **named: Any) -> Any:
        is_support = str(filename).startswith(_SUPPORT) and isinstance(source, (bytes, str))
        if not is_support or mode != "exec" or more or named:
            return plain(source, filename, mode, *more, **named)
        wanted = "" if filename in _STUB_WRITERS else source
        checksum = crc32(wanted.encode() if isinstance(wanted, str) else wanted)
        if kept.get(filename, (None,))[0] != checksum:
            kept[filename] = checksum, plain(wanted, filename, mode)
        return kept[filename][1]

    return compiled


def _postponing(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Return `re.compile` that leaves the support code's patterns for when they are used."""

    def compiled(*given: Any, **named: Any) -> Any:
        is_support = sys._getframe(1).f_code.co_filename.startswith(_SUPPORT)
        make = partial(plain, *given, **named)
        return _PostponedPattern(make) if is_support else make()

    return compiled


class _PostponedPattern:
    """Stands in for a pattern whose `finditer` is taken at once and used when there is an error."""

    def __init__(self, make: Callable[[], re.Pattern[str]]) -> None:
        self._make = make

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return self._make()

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)


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
