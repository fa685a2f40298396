"""The one SQLite file: opened with care, brought up to date, used by one transaction at a time."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from reader.errors import StorageDamaged, StorageNotWritable, StorageUnavailable, system_reason
from reader.storage.schema import APPLICATION_ID, MIGRATIONS

BUSY_TIMEOUT_S = 5.0
"""How long another program may hold the file before we say that it is locked."""

_REASONS = {
    sqlite3.SQLITE_BUSY: "another program holds it; close that one, then try again",
    sqlite3.SQLITE_LOCKED: "another program holds it; close that one, then try again",
    sqlite3.SQLITE_PERM: "you may not write to it; change its permissions",
    sqlite3.SQLITE_READONLY: "it or its folder can't be written to; change the permissions",
    sqlite3.SQLITE_CANTOPEN: "it or its folder can't be written to; change the permissions",
    sqlite3.SQLITE_IOERR: "the disk failed or is full; free some space, or check the disk",
    sqlite3.SQLITE_FULL: "the disk is full; free some space",
    sqlite3.SQLITE_CORRUPT: "it is damaged; close the window and open it again, which mends it",
    sqlite3.SQLITE_NOTADB: "it is damaged; close the window and open it again, which mends it",
}
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_READABLE_ALL_THE_SAME = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
)
"""Faults that keep SQLite from writing beside the file what it needs for a write-ahead log."""


def sqlite_connection(path: Path | str, busy_timeout_s: float) -> sqlite3.Connection:
    """Return a connection that any thread may use, and that begins no transaction by itself."""
    return sqlite3.connect(
        path, timeout=busy_timeout_s, isolation_level=None, check_same_thread=False
    )


def begin_write_ahead_log(connection: sqlite3.Connection, busy_timeout_s: float) -> None:
    """Begin it, or wait for the other process that does: here SQLite itself doesn't wait."""
    patience_ends = time.monotonic() + busy_timeout_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _code_of(error) != sqlite3.SQLITE_BUSY or time.monotonic() > patience_ends:
                raise
        time.sleep(0.01)


def reason_of(error: sqlite3.DatabaseError) -> str | None:
    """Say why the file can't be used; None where that is a bug of ours, not the machine's."""
    return _REASONS.get(_code_of(error))


def _code_of(error: BaseException | None) -> int:
    """Return SQLite's primary result code, 0 where there is none."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    """Do all that is done meanwhile or nothing of it; `kind` is SQLite's, such as "IMMEDIATE"."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # after some faults, such as a full disk, SQLite has rolled back by itself
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def _connection_for_reading(path: Path) -> sqlite3.Connection:
    """Return a connection that needs no room on the disk, and no right to write there.

    Without a write-ahead log SQLite is told that nobody changes the file: it wants to make one else
    (https://www.sqlite.org/wal.html, "Read-Only Databases").
    """
    log = path.with_name(f"{path.name}-wal")
    is_whole = not log.exists() or log.stat().st_size == 0
    uri = f"{path.absolute().as_uri()}?mode=ro" + ("&immutable=1" if is_whole else "")
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def _identity_of(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at `path` from any other; None if there is none."""
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


class Database:
    """A connection to the file. Any thread may use it; transactions wait for each other.

    Once `writing` has ended, what it wrote is on disk: WAL with synchronous=FULL. Where the disk is
    full or the folder can't be written to, what is there can be read all the same; whoever writes
    is told why that isn't possible, until it is.

    A file that is removed or moved away while it is open could be written as before, but nobody
    would find it there. So whoever writes looks first whether it still is in its place.
    """

    def __init__(
        self, path: Path, busy_timeout_s: float = BUSY_TIMEOUT_S, *, is_kept: bool = True
    ) -> None:
        """Open the file at `path`, made if there is none, and bring it to the newest version.

        One that is not kept is empty, lies in memory and leaves nothing behind.

        Raises:
            StorageUnavailable: newer, foreign, damaged or locked; or there is no file of the newest
                version, and it can't be written. The file is left as it was.
        """
        self.path = path
        self._is_kept = is_kept
        self._busy_timeout_s = busy_timeout_s
        self._lock = threading.RLock()
        self._identity: tuple[int, int] | None = None
        """Of the file that is open; None for one in memory, and while it is being opened."""
        try:
            if is_kept:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            reason = f"its folder can't be made ({system_reason(error)})"
            raise StorageUnavailable(path, reason) from error
        if is_kept and path.is_dir():
            raise StorageUnavailable(path, "a folder is in its place; move it away")
        self._open()

    def _open(self) -> None:
        try:
            self._open_for_all()
        except StorageUnavailable as fault:
            is_readable = _code_of(fault.__cause__) in _READABLE_ALL_THE_SAME
            if not is_readable or not self._open_for_reading():
                raise

    def _open_for_all(self) -> None:
        with self._faults_named():
            path = self.path if self._is_kept else ":memory:"
            self._connection = sqlite_connection(path, self._busy_timeout_s)
            self._is_only_read, self._identity = False, None
            try:
                self._prepare()
                self._identity = _identity_of(self.path) if self._is_kept else None
            except BaseException:
                self._connection.close()
                raise

    def _open_for_reading(self) -> bool:
        """Open the file as it is; return whether that is possible, and it is of this version."""
        try:
            self._connection = _connection_for_reading(self.path)
            if self._checked_version() == len(MIGRATIONS):
                self._is_only_read = True
                return True
            self._connection.close()
        except (sqlite3.Error, OSError, StorageUnavailable):
            pass  # what hinders the writing is told
        return False

    def _open_anew(self, *, is_to_write: bool) -> None:
        """Look whether it can be written by now: what is read goes on being read if it can't.

        Raises StorageUnavailable where it is to be written and can't.
        """
        self._connection.close()
        try:
            if is_to_write:
                self._open_for_all()
            else:
                self._open()
        except StorageUnavailable as fault:
            is_readable = self._open_for_reading()
            self._is_only_read = True  # to be looked at again the next time, whatever there is
            if is_readable and not isinstance(fault, StorageDamaged):
                raise StorageNotWritable(self.path, fault.reason) from fault
            raise

    def _go_where_it_should_be(self) -> None:
        """Go on in the file's place, from which the one that is open has gone.

        Raises StorageUnavailable while its folder isn't there: it may be on a disk that comes back.
        """
        if not self.path.parent.is_dir():
            raise StorageUnavailable(self.path, "its folder is gone; put it back")
        if not self.path.exists():
            kept = self.path.with_name(f"{self.path.name}.put-back")
            self.copy_to(kept)  # what is open has everything still
            try:
                for rest in ("-wal", "-shm"):  # of the old file: with the new one they'd spoil it
                    self.path.with_name(f"{self.path.name}{rest}").unlink(missing_ok=True)
                kept.replace(self.path)
            except OSError as error:
                reason = f"it is gone, and can't be put back ({system_reason(error)})"
                raise StorageUnavailable(self.path, reason) from error
        self._open_anew(is_to_write=True)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for queries that see one state of the file.

        Raises:
            StorageUnavailable: it can't be read.
        """
        with self._transaction("DEFERRED") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for changes: all on disk at the end, or none after an exception.

        Raises:
            StorageUnavailable: it can't be written.
        """
        with self._transaction("IMMEDIATE") as connection:
            yield connection

    def is_sound(self) -> bool:
        """Whether the whole file hangs together; reads all of it (0.1 s for 50 MB)."""
        try:
            with self._lock, self._faults_named():
                (answer,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        except StorageDamaged:
            return False
        return bool(answer == "ok")

    def copy_to(self, path: Path) -> None:
        """Copy the file as it is now, in one piece; whoever writes meanwhile hardly waits.

        Raises:
            StorageUnavailable: the copy can't be made; what there is of it is removed.
        """
        try:
            with closing(sqlite3.connect(path)) as copy, self._lock, self._faults_named():
                self._connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, not three
        except (sqlite3.Error, StorageUnavailable) as error:
            path.unlink(missing_ok=True)
            raise StorageUnavailable(path, "the copy can't be written; free some space") from error

    def copy_from(self, path: Path) -> None:
        """Have what another file holds in place of what this one does, all at once.

        Others that have it open see the new content from their next transaction on.

        Raises:
            StorageUnavailable: it can't be written; it holds what it held.
        """
        with self._lock, self._faults_named():
            with closing(sqlite3.connect(path)) as source:
                source.backup(self._connection)
            self._prepare()

    def replace_by(self, put_another: Callable[[Path], None]) -> None:
        """Close the file, have another put in its place, and go on with that one.

        Raises:
            StorageUnavailable: as when it is opened. Whatever `put_another` raises comes through,
                once the file that is there then has been opened again.
        """
        with self._lock:
            self._connection.close()
            try:
                put_another(self.path)
            finally:
                self._open()

    def close(self) -> None:
        """Close the file; the last one to do so folds the write-ahead log into it."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[sqlite3.Connection]:
        with self._lock, self._faults_named():
            if self._is_only_read:
                self._open_anew(is_to_write=kind == "IMMEDIATE")
            elif (
                kind == "IMMEDIATE"
                and self._identity is not None
                and _identity_of(self.path) != self._identity
            ):
                self._go_where_it_should_be()
            with transaction(self._connection, kind):
                yield self._connection

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            reason = reason_of(error)
            if reason is None:
                raise
            kind = StorageDamaged if _code_of(error) in _DAMAGED else StorageUnavailable
            raise kind(self.path, reason) from error

    def _prepare(self) -> None:
        connection = self._connection
        # before anything that would change the file; in one transaction, because another process
        # may be making the file right now
        with self._transaction("DEFERRED"):
            version = self._checked_version()
        begin_write_ahead_log(connection, self._busy_timeout_s)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone doesn't reach the disk
        connection.execute("PRAGMA foreign_keys = ON")
        while version < len(MIGRATIONS):
            with self._transaction("IMMEDIATE"):
                # another process may have been faster
                version = self._checked_version()
                if version == len(MIGRATIONS):
                    break
                for statement in MIGRATIONS[version]:
                    connection.execute(statement)
                version += 1
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version}")

    def _checked_version(self) -> int:
        """Return the file's schema version, 0 for an empty one; refuse a foreign or newer one."""
        connection = self._connection
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        is_empty = application_id == 0 and version == 0 and tables == 0
        if application_id != APPLICATION_ID and not is_empty:
            raise StorageUnavailable(self.path, "it belongs to another program; move it away")
        if version > len(MIGRATIONS):
            raise StorageUnavailable(
                self.path, "a newer version of this app made it; install that one again"
            )
        return int(version)
