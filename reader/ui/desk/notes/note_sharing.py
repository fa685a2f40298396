"""The folder of notes that machines share, kept in step while the window is open."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from reader.annotations.sync.notes_folder import NotesFolder, SyncReport
from reader.app.services import Services
from reader.atomic_write import write_atomically
from reader.errors import SottovoceError
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.library.folder_watch import FolderWatch
from reader.ui.margin.annotating import Annotating
from reader.ui.window import note_messages

_RESTING_MS = 3_000
"""How long notes must rest before they go to the folder: what is being written changes often."""


class _SharedFolder:
    """A folder for whoever syncs; with what is in step already, once the database was opened."""

    def __init__(self, services: Services, path: Path) -> None:
        self._services = services
        self._path = path
        self._opened: NotesFolder | None = None

    def sync(self) -> SyncReport:
        """See `NotesFolder.sync`."""
        if self._opened is None:
            self._opened = NotesFolder(self._services.database, self._path, write_atomically)
        return self._opened.sync()


class NoteSharing(QObject):
    """Does nothing while the setting names no folder. `close` brings what is left over."""

    def __init__(self, parts: DeskParts, annotating: Annotating) -> None:
        super().__init__(parts.window)
        self._services = parts.services
        self._preferences = parts.preferences
        self._window = parts.window
        self._background = parts.background
        self._text = parts.text
        self._annotating = annotating
        self._folder: _SharedFolder | None = None
        self._is_under_way = False
        self._watch = FolderWatch(parts.background, self)
        self._resting = QTimer(self, singleShot=True, interval=_RESTING_MS)
        self._resting.timeout.connect(self.sync)
        self._watch.changed.connect(self.sync)
        annotating.notes_changed.connect(self._on_notes_changed)
        parts.preferences.chosen.connect(self._on_setting_chosen)
        self._take_up()

    def sync(self) -> None:
        """Bring folder and notes to the same, beside the window's thread."""
        folder = self._folder
        if folder is None:
            return
        if self._is_under_way or self._annotating.is_at_work:
            self._resting.start()
            return
        self._is_under_way = True
        self._background.run(folder.sync, self._on_synced, self._on_failed)

    def close(self) -> None:
        """Bring what was written last to the folder; what can't be brought is the next time."""
        self._watch.look_at("")
        if self._folder is not None and self._resting.isActive() and not self._is_under_way:
            self._resting.stop()
            with suppress(SottovoceError):  # all is in the database; said when it begins again
                self._folder.sync()

    def _take_up(self) -> None:
        path = self._preferences.settings.notes_folder
        self._folder = None
        if path:
            self._folder = _SharedFolder(self._services, Path(path).expanduser())
        self._watch.look_at(path and str(Path(path).expanduser()))
        self.sync()

    def _on_setting_chosen(self, name: str) -> None:
        if name == "notes_folder":
            self._take_up()

    def _on_notes_changed(self) -> None:
        if self._folder is not None:
            self._resting.start()

    def _on_synced(self, report: SyncReport) -> None:
        self._is_under_way = False
        if report.is_waiting:
            self._resting.start()
        if report.rescues:
            self._window.messages.show_message(note_messages.about_rescued_file(report.rescues[0]))
        if report.problems:
            self._window.messages.show_message(note_messages.about_shared_file(report.problems[0]))
        text = self._text.open_text
        if text is not None and text.document.fingerprint in report.changed:
            self._text.open_notes()

    def _on_failed(self, error: SottovoceError) -> None:
        self._is_under_way = False
        self._window.messages.show_message(note_messages.about_sharing(error))
