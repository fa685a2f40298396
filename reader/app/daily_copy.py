"""The copy of the notes that is made once a day, whoever works with them: window or command."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reader.app.paths import Paths
from reader.errors import StorageUnavailable, system_reason
from reader.file_lock import FileLock
from reader.storage.backups import is_backup_due, make_backup
from reader.storage.database import Database

_LOCK = "copying.lock"


def copy_if_due(database: Database, paths: Paths, now: datetime) -> Path | None:
    """Copy the database if that is due and nobody else is at it; return the copy.

    Several commands may run at once: were each to make its copy, those of the last days would go.

    Raises:
        StorageUnavailable: the copy can't be written.
    """
    folder = paths.backups_dir
    if not is_backup_due(folder, now):
        return None
    lock = FileLock(folder / _LOCK)
    try:
        if not lock.take():
            return None
    except OSError as error:
        raise StorageUnavailable(folder, system_reason(error)) from error
    try:
        return make_backup(database, folder, now)
    finally:
        lock.release()
