"""The process that reads new texts and indexes them, as the library in the window sees it."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QProcess, QTimer, Signal

from reader.app.paths import Paths
from reader.processes.starting import program_start

_LEAVES_WITHIN_MS = 500

_AGAIN_AFTER_MS = 5_000
"""How long a file that is still being written is left alone."""


def library_command(paths: Paths, *arguments: str) -> list[str]:
    """Return what starts `sottovoce library …`, from a checkout as from a frozen program."""
    return [*program_start(), *paths.options, "library", *arguments]


class LibraryUpdates(QObject):
    """One job at a time, in a process of its own that gives way to everything else.

    What it has done stays done if it is ended in the middle.
    """

    texts_changed = Signal()
    """There are new texts, or some that were missing are back."""
    progressed = Signal(str)
    """What goes on, in words; "" when nothing does any more."""
    notes_brought_in = Signal(str)
    """What came from other apps, in words."""
    faults_found = Signal(object)
    """list[str]: sentences on files that could not be read, or on why the job ended early."""

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._jobs: deque[tuple[str, ...]] = deque()
        self._process: QProcess | None = None
        self._line = b""
        self._has_ended_well = False
        self._is_indexing = False
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_AFTER_MS)
        self._again.timeout.connect(self.update)

    @property
    def is_running(self) -> bool:
        """Whether there is anything under way."""
        return self._process is not None

    @property
    def is_indexing(self) -> bool:
        """Whether some texts can't be searched yet."""
        return self._is_indexing

    def add(self, files: Sequence[Path], *, keeps_copies: bool) -> None:
        """Put files and folders into the library, then index them."""
        copy = ("--copy",) if keeps_copies else ()
        self._jobs.append(("add", "--progress", *copy, "--", *map(str, files)))
        self.update()

    def bring_in_notes(self, folder: Path) -> None:
        """Bring in what other apps keep below a folder."""
        self._jobs.append(("import", "--progress", "--", str(folder)))
        self.update()

    def update(self) -> None:
        """Look for new, changed and missing files, and index what is wanting."""
        if ("update", "--progress") not in self._jobs:
            self._jobs.append(("update", "--progress"))
        self._start_next()

    def close(self) -> None:
        """End what is under way."""
        self._jobs.clear()
        self._again.stop()
        process, self._process = self._process, None
        if process is not None:
            process.readyReadStandardOutput.disconnect()
            process.finished.disconnect()
            process.terminate()
            if not process.waitForFinished(_LEAVES_WITHIN_MS):
                process.kill()
                process.waitForFinished(_LEAVES_WITHIN_MS)

    def _start_next(self) -> None:
        if self._process is not None or not self._jobs:
            return
        program, *arguments = library_command(self._paths, *self._jobs.popleft())
        self._line, self._has_ended_well = b"", False
        self._process = process = QProcess(self)
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start(program, arguments)

    def _on_output(self) -> None:
        if self._process is None:
            return
        output: QByteArray = self._process.readAllStandardOutput()
        *lines, self._line = (self._line + bytes(output.data())).split(b"\n")
        for line in lines:
            self._on_event(json.loads(line))

    def _on_event(self, event: dict[str, object]) -> None:
        match event:
            case {"event": "reading", "file": str(name)}:
                number, count = event.get("number", 1), event.get("count", 1)
                how_far = "" if count == 1 else f" {number} of {count} ·"
                self.progressed.emit(f"Reading{how_far} {name}")
            case {"event": "files"}:
                self.texts_changed.emit()
            case {"event": "index damaged"}:
                self.progressed.emit("The search index was damaged and is made anew")
            case {"event": "indexing", "done": int(done), "whole": int(whole), "title": str(title)}:
                share = min(99, 100 * done // max(1, whole))
                self._is_indexing = bool(title)
                self.progressed.emit(f"Indexing, {share} % · {title}" if title else "")
            case {"event": "notes", "words": str(words)}:
                self.notes_brought_in.emit(words)
                self.texts_changed.emit()
            case {"event": "unsettled"}:
                self._again.start()
            case {"event": "end", "texts": list(texts), "faults": list(faults)}:
                self._has_ended_well = True
                if texts:
                    self.texts_changed.emit()
                if faults:
                    self.faults_found.emit([str(fault) for fault in faults])

    def _on_finished(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        self._is_indexing = False
        self.progressed.emit("")
        if not self._has_ended_well:
            said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
            lines = [line.removeprefix("sottovoce: ") for line in said.splitlines() if line]
            self.faults_found.emit(lines[-1:] or ["Looking for texts was ended from outside."])
        process.deleteLater()
        self._start_next()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._process.deleteLater()
            self._process = None
            self.faults_found.emit(["The process that reads new texts could not be started."])
