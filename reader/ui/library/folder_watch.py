"""Tells when something changes in the watched folder, while the library is looked at."""

from __future__ import annotations

import os
import time
from contextlib import suppress

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from reader.ui.background import Background
from reader.values import value

_SETTLING_MS = 1_000
"""Files being copied change many times: that is told once there was no change for so long."""

_MOST_ROUNDS = 30
"""Where it never settles, a change is told all the same after so many."""

_MOST_FOLDERS = 500
"""Systems let one watch only so many; deeper ones are looked through when the library is shown."""

_POLL_MS = 10_000
"""The system tells which files come and go; not which are written on, nor of network drives."""

_SHARE_OF_TIME = 20
"""Where a look takes long, as on network drives, so many times as long goes by until the next."""


@value
class Look:
    """What was seen of a folder; two are equal as long as no file in it looks otherwise.

    `folders`: it and those in it but hidden ones, up to the most. `stamp` is made of all files'
    names, sizes and times.
    """

    folders: tuple[str, ...]
    stamp: int


class FolderWatch(QObject):
    """Watches one folder and those in it."""

    changed = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looking = background.latest()
        self._folder = ""
        self._look: Look | None = None
        self._rounds = 0  # of looks since a change that isn't told yet
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_changed)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self._look_again)
        self._poll = QTimer(self, singleShot=True, interval=_POLL_MS)
        self._poll.timeout.connect(self._look_again)

    def look_at(self, folder: str) -> None:
        """Watch this folder and no other; "" for none."""
        self._folder, self._look, self._rounds = folder, None, 0
        self._watch(())
        self._settling.stop()
        self._poll.stop()
        self._looking.forget()
        if folder:
            self._look_again()

    def _look_again(self) -> None:
        # not on the window's thread: a network drive may take seconds for it
        folder, began = self._folder, time.monotonic()
        self._looking.run(
            lambda: look_into(folder),
            lambda look: self._on_looked(look, time.monotonic() - began),
            lambda _error: None,
        )

    def _on_looked(self, look: Look, took_s: float) -> None:
        before, self._look = self._look, look
        self._watch(look.folders)
        self._poll.start(max(_POLL_MS, round(took_s * 1000 * _SHARE_OF_TIME)))
        has_moved = before is not None and look != before
        if has_moved or self._rounds:
            self._rounds += 1
        if has_moved and self._rounds <= _MOST_ROUNDS:
            self._settling.start()
        elif self._rounds:
            self._rounds = 0
            self.changed.emit()

    def _watch(self, folders: tuple[str, ...]) -> None:
        wanted, watched = set(folders), set(self._watcher.directories())
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        if new := wanted - watched:
            self._watcher.addPaths(sorted(new))

    def _on_changed(self) -> None:
        self._settling.start()


def look_into(folder: str) -> Look:
    """Look through a folder and those in it; nothing is seen where there is none."""
    folders: list[str] = []
    stamps = []
    for name, inside, files in os.walk(folder):
        inside[:] = sorted(inner for inner in inside if not inner.startswith("."))
        folders.append(name)
        for file in files:
            with suppress(OSError):  # gone meanwhile
                status = os.stat(os.path.join(name, file))
                stamps.append((name, file, status.st_size, status.st_mtime_ns))
        if len(folders) >= _MOST_FOLDERS:
            break
    return Look(tuple(folders), hash(tuple(sorted(stamps))))
