"""Five copies of the SQLite file that take turns, and what to do with them once it is damaged."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from reader.errors import StorageUnavailable, system_reason
from reader.storage.database import Database
from reader.storage.schema import APPLICATION_ID
from reader.values import value

KEPT = 5
"""How many copies there are; the oldest goes when a new one is made."""

OFTEN = timedelta(hours=20)
"""How old the newest copy has to be for another one: about one a day."""

_STAMP = "%Y%m%dT%H%M%S"
_NUMBERED = re.compile(r"notes-(\d+)-")
_MOST_MISSES = 5000
"""How many rows in a row may be unreadable before a table's end is taken to be there."""

_SIDE_FILES = ("-wal", "-shm", "-journal")


@value
class Mending:
    """What was done about a damaged file, which now lies at `damaged`.

    `saved` counts the annotations that could still be read from it, `restored` those that came
    from `backup`, the newest that was whole (None if there was none).
    """

    damaged: Path
    saved: int
    restored: int
    backup: Path | None


def backups_in(folder: Path) -> list[Path]:
    """Return the copies in a folder, the one made last first, whatever the clock said then."""
    return sorted(folder.glob("notes-*.sqlite3"), key=_turn_of, reverse=True)


def _turn_of(copy: Path) -> tuple[int, str]:
    """Return the number a copy has in its name, and the name; those of old have only a time."""
    numbered = _NUMBERED.match(copy.name)
    return (int(numbered[1]) if numbered else 0), copy.name


def is_backup_due(folder: Path, now: datetime) -> bool:
    """Whether no copy is from today; those a wrong clock dates in days to come tell nothing."""
    for copy in backups_in(folder):
        with suppress(FileNotFoundError):  # another program may just have made the next one
            if abs(now.timestamp() - copy.stat().st_mtime) < OFTEN.total_seconds():
                return False
    return True


def make_backup(database: Database, folder: Path, now: datetime) -> Path | None:
    """Copy the file, if the newest copy isn't from today; return the copy, None if none is due.

    Raises:
        StorageUnavailable: it can't be written.
    """
    if not is_backup_due(folder, now):
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnavailable(folder, system_reason(error)) from error
    number = 1 + max((_turn_of(copy)[0] for copy in backups_in(folder)), default=0)
    made = folder / f"notes-{number:06}-{now.strftime(_STAMP)}.sqlite3"
    part = made.with_suffix(".part")
    database.copy_to(part)
    try:
        os.utime(part, (now.timestamp(), now.timestamp()))
        part.replace(made)
    except OSError as error:
        raise StorageUnavailable(made, system_reason(error)) from error
    for old in backups_in(folder)[KEPT:]:
        with suppress(OSError):  # it goes with the next copy
            old.unlink()
    return made


def is_sound(path: Path) -> bool:
    """Whether a file is ours and hangs together; nothing is written to it."""
    try:
        with closing(_opened_to_read(path)) as connection:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error:
        return False
    return bool(application_id == APPLICATION_ID and answer == "ok")


def is_emptied(path: Path, folder: Path) -> bool:
    """Whether a file of which there are copies has lost all that it held, as a power cut may do."""
    log = path.with_name(f"{path.name}-wal")
    try:
        is_empty = path.stat().st_size == 0 and not (log.exists() and log.stat().st_size)
    except OSError:
        return False
    return is_empty and bool(backups_in(folder))


def mend(path: Path, folder: Path, now: datetime) -> Mending:
    """Put a sound file in the place of a damaged one: all that can be read of it, and of a backup.

    The damaged file is kept beside it. Nobody may have it open.

    Raises:
        StorageUnavailable: the disk doesn't let us; the damaged file is where it was.
    """
    backup = next((copy for copy in backups_in(folder) if is_sound(copy)), None)
    damaged = path.with_name(f"{path.stem}-damaged-{now.strftime(_STAMP)}{path.suffix}")
    mended = path.with_name(f"{path.stem}.mended{path.suffix}")
    _remove(mended)
    try:
        with Database(mended) as database, database.writing() as connection:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            _take_rows(connection, path)
            saved = _count(connection)
            if backup is not None:
                _take_rows(connection, backup)
            restored = _count(connection) - saved
            _give_texts(connection)
            _drop_strays(connection)
        _move(path, damaged)
        mended.replace(path)
    except OSError as error:
        raise StorageUnavailable(path, system_reason(error)) from error
    return Mending(damaged, saved, restored, backup)


def _take_rows(connection: sqlite3.Connection, source: Path) -> None:
    """Copy every row that can be read and isn't here yet.

    Table by table and row by row, since a page that is lost takes only its own rows along. What
    can't be written is no such loss: it is raised.
    """
    try:
        opened = _opened_to_read(source)
    except sqlite3.Error:
        return
    with closing(opened) as old:
        for table in _tables(connection):
            for row in _readable_rows(old, table, _columns(connection, table)):
                names, holes = ", ".join(row), ", ".join("?" * len(row))
                with suppress(sqlite3.IntegrityError):
                    connection.execute(
                        f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({holes})",
                        list(row.values()),
                    )


def _readable_rows(
    connection: sqlite3.Connection, table: str, wanted: list[str]
) -> Iterator[dict[str, object]]:
    """Yield the rows of a table as far as they can be read."""
    try:
        names = [name for name in wanted if name in _columns(connection, table)]
        has_rowid = "WITHOUT ROWID" not in _definition(connection, table)
    except sqlite3.Error:
        return
    columns = ", ".join(names)
    if not names:
        return
    if has_rowid:
        rows = _rows_by_number(connection, table, columns)
    else:
        rows = _rows_from_both_ends(connection, table, columns)
    for row in rows:
        yield dict(zip(names, row, strict=True))


def _rows_by_number(
    connection: sqlite3.Connection, table: str, columns: str
) -> Iterator[tuple[object, ...]]:
    """Go on behind each page that can't be read, number by number, until there is nothing more."""
    query = f"SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid"
    last = misses = 0
    while misses < _MOST_MISSES:
        try:
            for number, *row in connection.execute(query, (last,)):
                last, misses = number, 0
                yield tuple(row)
            return
        except sqlite3.Error:
            last, misses = last + 1, misses + 1


def _rows_from_both_ends(
    connection: sqlite3.Connection, table: str, columns: str
) -> Iterator[tuple[object, ...]]:
    seen: set[tuple[object, ...]] = set()
    for order in ("ASC", "DESC"):
        with suppress(sqlite3.Error):
            key = _key_of(connection, table)
            query = f"SELECT {columns} FROM {table} ORDER BY {key} {order}"
            for row in connection.execute(query):
                if row in seen:
                    break
                seen.add(row)
                yield row


def _definition(connection: sqlite3.Connection, table: str) -> str:
    (text,) = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
    ).fetchone() or ("",)
    return str(text)


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables, those that others refer to first."""
    rows = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name <> 'annotation_change' ORDER BY rowid"
    )
    return [name for (name,) in rows]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _key_of(connection: sqlite3.Connection, table: str) -> str:
    """Return the name of the first column of the primary key."""
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return str(min((row for row in rows if row[5]), key=lambda row: row[5])[1])


def _give_texts(connection: sqlite3.Connection) -> None:
    """Have a text for every annotation, also for those whose own text can't be read any more."""
    connection.execute(
        "INSERT INTO text (id, fingerprint) SELECT DISTINCT annotation.text, coalesce("
        " (SELECT fingerprint FROM text_version WHERE text_version.text = annotation.text),"
        " 'lost:' || annotation.text) FROM annotation"
        " WHERE annotation.text NOT IN (SELECT id FROM text)"
    )


def _drop_strays(connection: sqlite3.Connection) -> None:
    """Remove rows whose other half is lost, such as the place of a note that can't be read."""
    are_left = True
    while are_left:
        are_left = False
        for table in _tables(connection):
            keys: dict[int, list[tuple[str, str, str]]] = {}
            for number, _, parent, own, its, *_ in connection.execute(
                f"PRAGMA foreign_key_list({table})"
            ):
                keys.setdefault(number, []).append((parent, own, its))
            for columns in keys.values():
                parent = columns[0][0]
                own, its = (", ".join(column[n] for column in columns) for n in (1, 2))
                dropped = connection.execute(
                    f"DELETE FROM {table} WHERE ({own}) NOT IN (SELECT {its} FROM {parent})"
                )
                are_left = are_left or dropped.rowcount > 0


def _count(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM annotation WHERE removed IS NULL"
    ).fetchone()
    return int(count)


def _opened_to_read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _move(path: Path, to: Path) -> None:
    path.replace(to)
    for ending in _SIDE_FILES:
        side = path.with_name(path.name + ending)
        if side.exists():
            side.replace(to.with_name(to.name + ending))


def _remove(path: Path) -> None:
    for ending in ("", *_SIDE_FILES):
        path.with_name(path.name + ending).unlink(missing_ok=True)
