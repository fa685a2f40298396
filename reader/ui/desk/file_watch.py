"""Tells when the file of the open text changes on disk or goes away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from reader.formats.source import FileState, state_of
from reader.ui.background import Background

_SETTLING_MS = 300
"""Editors write in several steps; what counts is how the file looks afterwards."""


class FileWatch(QObject):
    """Watches one file; each change is told once."""

    changed = Signal()
    gone = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looking = background.latest()
        self._path: Path | None = None
        self._state: FileState | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_something_happened)
        self._watcher.directoryChanged.connect(self._on_something_happened)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self.check)

    def watch(self, path: Path, state: FileState | None) -> None:
        """Watch `path`, which was read when it was in this state, and nothing else."""
        self.stop()
        self._path = path
        self._state = state
        self._settling.start()  # it may have changed since then

    def stop(self) -> None:
        """Watch nothing."""
        self._path = None
        self._looking.forget()
        self._settling.stop()
        watched = self._watcher.files() + self._watcher.directories()
        if watched:
            self._watcher.removePaths(watched)

    def check(self) -> None:
        """Look at the file now: not every file system tells of changes."""
        path = self._path
        if path is None:
            return
        if self._looking.is_awaited:
            self._settling.start()  # once it was looked at
            return
        # not on the window's thread: a network drive may take seconds for it
        self._looking.run(lambda: _look_at(path), self._on_looked, lambda _error: None)

    def _on_looked(self, found: tuple[FileState | None, list[str]]) -> None:
        state, there = found
        if state != self._state:
            self._state = state
            (self.gone if state is None else self.changed).emit()
        # a file that was put in another's place has to be watched anew; its folder tells of it
        missing = set(there) - set(self._watcher.files()) - set(self._watcher.directories())
        if missing and self._path is not None:
            self._watcher.addPaths(sorted(missing))

    def _on_something_happened(self) -> None:
        self._settling.start()


def _look_at(path: Path) -> tuple[FileState | None, list[str]]:
    """Return a file's state, and what of it and its folder is there to be watched."""
    return state_of(path), [str(one) for one in (path, path.parent) if one.exists()]
