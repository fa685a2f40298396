"""Tells when something changes in the watched folder, while the library is looked at."""

from __future__ import annotations

import os

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from reader.ui.background import Background

_SETTLING_MS = 2_000
"""Files that are being copied change many times."""

_MOST_FOLDERS = 500
"""Systems let one watch only so many; deeper ones are looked through when the library is shown."""

_POLL_MS = 300_000
"""Network drives don't tell of changes."""


class FolderWatch(QObject):
    """Watches one folder and those in it."""

    changed = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looking = background.latest()
        self._folder = ""
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_changed)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self._tell)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self.changed)

    def look_at(self, folder: str) -> None:
        """Watch this folder and no other; "" for none."""
        self._folder = folder
        watched = self._watcher.directories()
        if watched:
            self._watcher.removePaths(watched)
        self._settling.stop()
        self._poll.stop()
        self._looking.forget()
        if folder:  # not on the window's thread: a network drive may take seconds for it
            self._looking.run(lambda: folders_in(folder), self._watch, lambda _error: None)

    def _watch(self, folders: list[str]) -> None:
        if folders:
            self._watcher.addPaths(folders)
            self._poll.start()

    def _on_changed(self) -> None:
        self._settling.start()

    def _tell(self) -> None:
        self.look_at(self._folder)  # there may be new folders in it
        self.changed.emit()


def folders_in(folder: str) -> list[str]:
    """Return a folder and those in it but hidden ones, up to the most; nothing if it isn't one."""
    found = []
    for name, folders, _ in os.walk(folder):
        folders[:] = [inner for inner in folders if not inner.startswith(".")]
        found.append(name)
        if len(found) >= _MOST_FOLDERS:
            break
    return found
