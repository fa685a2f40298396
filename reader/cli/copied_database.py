"""The file of notes as commands use it: looked through and copied once a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from reader.app.daily_copy import copy_if_due
from reader.app.paths import Paths
from reader.app.wording import sentence_for
from reader.cli.output import say
from reader.errors import StorageDamaged, StorageUnavailable
from reader.storage.backups import is_backup_due
from reader.storage.database import Database


@contextmanager
def copied_database(paths: Paths, now: datetime) -> Iterator[Database]:
    """Give the database. If a copy is due it is looked through before, and copied afterwards.

    That it can't be copied is said, and is no fault of the command, whose work is on disk. One
    that fails leaves the copies as they are.

    Raises:
        StorageUnavailable: it can't be opened. StorageDamaged: not all of it can be read.
    """
    with Database(paths.database) as database:
        if is_backup_due(paths.backups_dir, now) and not database.is_sound():
            raise StorageDamaged(paths.database, "it is damaged")
        yield database
        try:
            copy_if_due(database, paths, now)
        except StorageUnavailable as fault:
            say(sentence_for(fault))
