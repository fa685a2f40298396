"""Writes notes to files in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from reader.annotations.exchange.note_formats import NoteWriter
from reader.app.paths import Paths
from reader.processes.starting import program_start

_LEAVES_WITHIN_MS = 500
_NOT_STARTED = "The process that writes the notes could not be started."
_ENDED = "The process that writes the notes was ended before it was done. Nothing was written."


class ExportProcess(QObject):
    """Runs `sottovoce notes export`, one export at a time.

    A PDF needs 300 MB of libraries and fonts; and thousands of notes take seconds in any format,
    in which a thread would hold up the window's again and again.
    """

    gathered = Signal(int)
    """So many texts have been gathered so far."""
    written = Signal(object)
    """list[Path]: done."""
    failed = Signal(str)
    """Why nothing, or not all, was written: a sentence."""

    def __init__(self, paths: Paths, parent: QObject) -> None:
        super().__init__(parent)
        self._paths = paths
        self._process: QProcess | None = None
        self._line = b""
        self._files: list[Path] | None = None

    @property
    def is_running(self) -> bool:
        """Whether an export is under way."""
        return self._process is not None

    def start(
        self, text: Path | None, writer: NoteWriter, output: Path, password: str = ""
    ) -> None:
        """Write the notes on a text, locked with `password`, or on all texts (None).

        An export that is under way is given up.
        """
        self.stop()
        which = ["--all"] if text is None else ["--", str(text)]
        program, *arguments = [
            *(*program_start(), *self._paths.options, "notes", "export", "--progress"),
            *("--format", writer.name, "--output", str(output), *which),
        ]
        self._line, self._files = b"", None
        self._process = process = QProcess(self)
        if password:
            from reader.formats.from_pdf import PASSWORD_VARIABLE

            environment = QProcessEnvironment.systemEnvironment()
            environment.insert(PASSWORD_VARIABLE, password)
            process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start(program, arguments)

    def stop(self) -> None:
        """Give up what is under way, if anything; nothing is told of it any more."""
        process, self._process = self._process, None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect()
        process.finished.disconnect()
        process.errorOccurred.disconnect()
        process.finished.connect(process.deleteLater)
        process.terminate()
        QTimer.singleShot(_LEAVES_WITHIN_MS, process, process.kill)

    def close(self) -> None:
        """Give up what is under way, and wait until it is."""
        self.stop()
        for process in self.findChildren(QProcess):
            if not process.waitForFinished(_LEAVES_WITHIN_MS):
                process.kill()
                process.waitForFinished(_LEAVES_WITHIN_MS)

    def _on_output(self) -> None:
        if self._process is None:
            return
        *lines, self._line = (
            self._line + bytes(self._process.readAllStandardOutput().data())
        ).split(b"\n")
        for line in lines:
            match json.loads(line):
                case {"event": "gathered", "count": int(count)}:
                    self.gathered.emit(count)
                case {"event": "written", "files": list(files)}:
                    self._files = [Path(file) for file in files]

    def _on_finished(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if self._files is not None:
            self.written.emit(self._files)
        else:
            said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
            lines = [line for line in said.splitlines() if line.startswith("sottovoce: ")]
            self.failed.emit(lines[-1].removeprefix("sottovoce: ") if lines else _ENDED)
        process.deleteLater()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._process.deleteLater()
            self._process = None
            self.failed.emit(_NOT_STARTED)
