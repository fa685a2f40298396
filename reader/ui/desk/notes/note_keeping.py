"""Everything the user made, kept safe: copied once a day, mended, backed up and restored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from reader.app.backup import SUFFIX, Backup, make_backup_file, restore_backup_file
from reader.app.settings import Settings
from reader.errors import SottovoceError, StorageUnavailable
from reader.storage.backups import Mending
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.window import note_messages
from reader.ui.window.messages import Message

_FILES = f"Backups (*{SUFFIX})"


class NoteKeeping(QObject):
    """Works beside the window's thread.

    `put_away` has all notes on disk, or says why that can't be; without it nothing is restored.
    """

    def __init__(self, parts: DeskParts, put_away: Callable[[], bool]) -> None:
        super().__init__(parts.window)
        self._services = parts.services
        self._preferences = parts.preferences
        self._window = parts.window
        self._background = parts.background
        self._text = parts.text
        self._put_away = put_away

    def look_after(self) -> None:
        """Copy what is to be copied today; say what had to be mended."""

        def done(mending: Mending | None) -> None:
            if mending is not None:
                self._say(note_messages.about_mending(mending))
                self._text.open_notes()

        self._background.run(self._services.look_after_database, done, self._on_neglected)

    def ask_where_to(self) -> None:
        """Ask for a file and back everything up to it."""
        dialog = self._dialog("Back up everything")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(f"{datetime.now():%Y-%m-%d}{SUFFIX}")
        dialog.fileSelected.connect(lambda chosen: self.back_up(Path(chosen)))
        dialog.open()

    def back_up(self, out: Path) -> None:
        """Write everything to one file."""
        self._preferences.save()
        services, now = self._services, datetime.now().astimezone()
        self._background.run(
            lambda: make_backup_file(services.database, services.paths, out, now),
            lambda backup: self._say(note_messages.about_backup(backup.note_count, out)),
            self._on_failed,
        )

    def ask_where_from(self) -> None:
        """Ask for a backup and put everything back from it."""
        dialog = self._dialog("Restore a backup: it takes the place of everything here")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.restore(Path(chosen)))
        dialog.open()

    def restore(self, source: Path) -> None:
        """Put everything back from a backup; what was here is backed up before."""
        if not self._put_away():
            return
        self._preferences.save()
        services, now = self._services, datetime.now().astimezone()
        self._background.run(
            lambda: restore_backup_file(services.database, services.paths, source, now),
            self._on_restored,
            self._on_not_restored,
        )

    def _on_restored(self, backup: Backup) -> None:
        self._preferences.adopt(Settings.load(self._services.paths.settings).settings)
        self._say(note_messages.about_restoring(backup.note_count, backup.made))
        self._text.open_notes()

    def _on_not_restored(self, error: SottovoceError) -> None:
        self._on_failed(error)
        self._text.open_notes()

    def _on_failed(self, error: SottovoceError) -> None:
        self._say(note_messages.about_failed_backup(error))

    def _on_neglected(self, error: SottovoceError) -> None:
        if not isinstance(error, StorageUnavailable):
            self._on_failed(error)
        # else it has been said: the notes can't be read either, or the disk is full

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.setNameFilters([_FILES])
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _say(self, message: Message) -> None:
        self._window.messages.show_message(message)
