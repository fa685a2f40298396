"""What a crash leaves behind, so that it can be told at the next start."""

from __future__ import annotations

import faulthandler
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO

from reader import __version__


class CrashLog:
    """Writes down native crashes and exceptions nobody caught, from `start` to `close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def take_last(self) -> Path | None:
        """Move away what the last run left; return where it is now, None if all went well."""
        kept = self._path.with_suffix(".last.log")
        try:
            if not self._path.stat().st_size:
                return None
            self._path.replace(kept)
        except OSError:
            return None
        return kept

    def start(self) -> None:
        """Write down what goes wrong from now on. Where nothing can be written, do without."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = self._path.open("a", encoding="utf-8")
        except OSError:
            return
        faulthandler.enable(self._file)
        sys.excepthook = self._on_uncaught
        threading.excepthook = lambda caught: self._on_uncaught(
            caught.exc_type, caught.exc_value, caught.exc_traceback
        )

    def close(self) -> None:
        """Stop; a log with nothing in it is removed."""
        if self._file is None:
            return
        faulthandler.disable()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        self._file.close()
        self._file = None
        with suppress(OSError):  # another window may have taken it meanwhile
            if not self._path.stat().st_size:
                self._path.unlink()

    def _on_uncaught(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if issubclass(kind, SystemExit):  # how a thread may end itself
            return
        lines = traceback.format_exception(kind, error, where)
        if sys.stderr is not None:  # a window started from a desktop on Windows has none
            sys.stderr.writelines(lines)
        if self._file is not None and not issubclass(kind, KeyboardInterrupt):
            self._file.write(f"sottovoce {__version__}, Python {sys.version.split()[0]}\n")
            self._file.writelines(lines)
            self._file.flush()
