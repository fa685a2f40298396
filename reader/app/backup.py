"""Everything the user made, in one file: notes, texts' places, settings, rules, templates."""

from __future__ import annotations

import json
import os
import re
import tempfile
import zipfile
import zlib
from datetime import datetime
from pathlib import Path, PurePosixPath

from reader import __version__
from reader.app.paths import Paths
from reader.atomic_write import write_atomically
from reader.errors import BackupUnreadable, OutputNotWritten, StorageUnavailable, system_reason
from reader.storage.backups import is_sound
from reader.storage.database import Database
from reader.values import value

SUFFIX = ".sottovoce-backup"
_KIND = "sottovoce backup"
_FORMAT = 1
_ABOUT, _DATABASE = "backup.json", "sottovoce.sqlite3"
_LARGEST_BYTES = 8 << 30
_LARGEST_REST_BYTES = 100_000_000
"""Settings, rules and templates: what is held in memory."""

_NO_NAME = re.compile(r'[\\:*?"<>|\x00-\x1f]')
"""What a template's name can't hold on every system: on Windows some of it leads elsewhere."""


@value
class Backup:
    """What a backup says of itself: when it was made and how many notes it holds."""

    made: datetime
    note_count: int


def make_backup_file(database: Database, paths: Paths, out: Path, now: datetime) -> Backup:
    """Write everything to one file, there once it is whole.

    Raises:
        OutputNotWritten: the disk or the permissions don't let us.
        StorageUnavailable: the notes can't be read.
    """
    part = out.with_name(f".{out.name}.part")
    backup = Backup(now, _count_notes(database))
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".backup-") as folder:
            copy = Path(folder) / _DATABASE
            database.copy_to(copy)
            with part.open("wb") as written:
                # a clock that was wrong may have dated a file before 1980, where ZIP's time begins
                with zipfile.ZipFile(
                    written, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False
                ) as archive:
                    archive.writestr(_ABOUT, _about(backup))
                    archive.write(copy, _DATABASE)
                    for name, file in _files(paths):
                        archive.write(file, name)
                written.flush()
                os.fsync(written.fileno())
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputNotWritten(out, system_reason(error)) from error
    return backup


def restore_backup_file(database: Database, paths: Paths, source: Path, now: datetime) -> Backup:
    """Put everything a backup holds in the place of what is here now.

    What is here is first written to a backup of its own, in the folder of backups.

    Raises:
        BackupUnreadable: it is none of ours, newer than this app, or damaged; nothing is changed.
        OutputNotWritten, StorageUnavailable: the disk doesn't let us.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            backup, names = _checked(archive, source)
            contents = {name: archive.read(name) for name in names}
            try:
                with tempfile.TemporaryDirectory(dir=paths.data_dir, prefix="restore-") as folder:
                    copy = Path(archive.extract(_DATABASE, folder))
                    if not is_sound(copy):
                        raise BackupUnreadable(source, "the notes in it are damaged")
                    _bring_up_to_date(copy, source)
                    before = paths.backups_dir / f"before-restoring-{now:%Y%m%dT%H%M%S}{SUFFIX}"
                    paths.backups_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
                    make_backup_file(database, paths, before, now)
                    database.copy_from(copy)
                for name, content in contents.items():
                    file = paths.data_dir / name
                    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    write_atomically(file, content)
            except OSError as error:  # the backup has been read whole: the disk here is at fault
                reason = system_reason(error)
                raise OutputNotWritten(paths.data_dir, reason) from error
    except (
        *(OSError, EOFError, NotImplementedError, RuntimeError),
        *(zipfile.BadZipFile, zlib.error),
    ) as error:
        reason = (
            "there is no such file" if isinstance(error, FileNotFoundError) else "it is damaged"
        )
        raise BackupUnreadable(source, reason) from error
    return backup


def _bring_up_to_date(copy: Path, source: Path) -> None:
    """Refuse the notes of a newer app before anything is changed."""
    try:
        Database(copy).close()
    except StorageUnavailable as error:
        raise BackupUnreadable(source, error.reason) from error


def _files(paths: Paths) -> list[tuple[str, Path]]:
    """Return the files besides the database, with their names in a backup."""
    files = [paths.settings, paths.pronunciation, *sorted(paths.templates_dir.glob("*"))]
    return [(file.relative_to(paths.data_dir).as_posix(), file) for file in files if file.is_file()]


def _about(backup: Backup) -> str:
    about = {
        "kind": _KIND,
        "format": _FORMAT,
        "app": __version__,
        "made": backup.made.isoformat(),
        "notes": backup.note_count,
    }
    return json.dumps(about, indent=1)


def _checked(archive: zipfile.ZipFile, source: Path) -> tuple[Backup, list[str]]:
    """Return what a backup says of itself and its files besides the database, all looked at."""
    sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    # before anything is unpacked
    small = sum(size for name, size in sizes.items() if name != _DATABASE)
    if sum(sizes.values()) > _LARGEST_BYTES or small > _LARGEST_REST_BYTES:
        raise BackupUnreadable(source, "it is larger than any backup")
    if archive.testzip() is not None:
        raise BackupUnreadable(source, "it is damaged")
    try:
        about = json.loads(archive.read(_ABOUT)) if _ABOUT in sizes else {}
        if about.get("kind") != _KIND or _DATABASE not in sizes:
            raise BackupUnreadable(source, "it is no backup that this app made")
        if about["format"] > _FORMAT:
            raise BackupUnreadable(source, "a newer version of this app made it; install that one")
        backup = Backup(datetime.fromisoformat(about["made"]), int(about["notes"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupUnreadable(source, "it is no backup that this app made") from error
    names = [name for name in sizes if name not in (_ABOUT, _DATABASE)]
    return backup, [name for name in names if _is_ours(name)]


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    is_template = (
        len(parts) == 2
        and parts[0] == "templates"
        and parts[1] not in ("..", ".")
        and not _NO_NAME.search(parts[1])
    )
    return name in ("settings.json", "pronunciation.csv") or is_template


def _count_notes(database: Database) -> int:
    with database.reading() as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM annotation WHERE removed IS NULL"
        ).fetchone()
    return int(count)
