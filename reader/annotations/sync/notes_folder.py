"""A folder with the notes of every text, a file each, that Syncthing, git and such may share.

What the tools leave behind when two machines wrote at once, a second file of the same text under
whatever name, is merged like any other and then removed.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from reader.annotations.model import AnnotationId
from reader.annotations.sync.known_notes import (
    known_text,
    last_change,
    last_changes,
    last_content,
    put_last_content,
    put_notes,
    text_made_of,
    texts_known_as,
)
from reader.annotations.sync.merging import Notes, Removed, State, merged
from reader.annotations.sync.shared_file import (
    SharedText,
    file_name_of,
    merged_further,
    read_shared,
    write_shared,
)
from reader.annotations.sync.torn_file import has_key_twice, read_torn
from reader.errors import NotesUnreadable, OutputNotWritten, system_reason
from reader.storage.database import Database
from reader.storage.texts import TextId
from reader.text.document import Fingerprint
from reader.values import value

_ENDING = ".jsonld"
_LARGEST_BYTES = 200_000_000
_FRESH_S = 10.0
"""A broken file changed so lately may not be written to its end yet: programs that carry files into
the folder, unlike us, need not write them whole."""


@value
class Rescue:
    """A file that a merge had left broken, and the notes that could be read from it.

    It is whole again; `copy` is it as it was, unless all it said was surely read.
    """

    path: Path
    notes: int
    copy: Path | None


@value
class SyncReport:
    """What a syncing did. `changed` are versions of the texts whose notes are others here now.

    `problems` are files that could not be read; they are left as they are. `is_waiting` if one may
    still be being written: another syncing is due soon.
    """

    changed: frozenset[Fingerprint]
    written: int
    problems: tuple[NotesUnreadable, ...] = ()
    rescues: tuple[Rescue, ...] = ()
    is_waiting: bool = False


@value
class _File:
    path: Path
    content: bytes
    text: SharedText
    is_torn: bool = False
    """Whether a merge had left it broken."""
    is_whole: bool = True
    """Whether `text` is surely all that it says."""


@value
class _Synced:
    is_other_here: bool
    has_written: bool
    versions: tuple[Fingerprint, ...]


_Stamp = tuple[int, int]
_WRITTEN_HERE: _Stamp = (-1, -1)
"""Of a file whose content is known, but not how it looks: another may have written it since."""

_State = tuple[int, frozenset[tuple[Path, bytes]]]
"""How a text was on both sides: the number of its last change here, and its files."""


class NotesFolder:
    """Keeps a folder and the database in step; `write` writes a whole file or nothing.

    One at a time: two at once on one folder are as two machines. What hasn't changed on either side
    since this object saw it last is passed over.
    """

    def __init__(
        self,
        database: Database,
        folder: Path,
        write: Callable[[Path, bytes], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`clock` is seconds as the times of files are."""
        self._database = database
        self._folder = folder
        self._write = write
        self._clock = clock
        self._is_waiting = False
        self._files: dict[Path, tuple[_Stamp, _File | None]] = {}
        self._problems: dict[Path, NotesUnreadable] = {}
        self._in_step: dict[TextId, _State] = {}
        self._rescues: list[Rescue] = []

    def sync(self) -> SyncReport:
        """Bring both to the same.

        Raises:
            OutputNotWritten: the folder can't be read or written; what is here is as it was, or
                holds more.
            StorageUnavailable: the database can't be.
        """
        self._rescues.clear()
        self._is_waiting = False
        by_text = self._files_by_text()
        with self._database.reading() as connection:
            serials = last_changes(connection)
        changed: set[Fingerprint] = set()
        written = 0
        for text in dict.fromkeys((*by_text, *serials)):
            files = by_text.get(text, [])
            if self._in_step.get(text) == _state(serials.get(text, 0), files):
                continue
            done = self._sync_text(text, files)
            if done.is_other_here:
                changed.update(done.versions)
            written += done.has_written
        problems = tuple(self._problems.values())
        rescues = tuple(self._rescues)
        return SyncReport(frozenset(changed), written, problems, rescues, self._is_waiting)

    def _sync_text(self, text: TextId, files: Sequence[_File]) -> _Synced:
        """Merge one text's notes, and write them to both sides."""
        with self._database.writing() as connection:
            content_before = last_content(connection, text)
            # a file that still says what was written last has been understood already
            known = next((f for f in files if f.content == content_before and not f.is_torn), None)
            last = self._text_in(content_before) if known is None else known.text
            here = known_text(connection, text, last.notes)
            notes = here.notes
            for file in files:
                notes = merged(notes, file.text.notes)
            news = _differences(here.notes, notes)
            put_notes(connection, text, news)
            versions = tuple(
                sorted({*here.versions, *(v for file in files for v in file.text.versions)})
            )
            # a file's title stays, or machines that call a text differently would take turns
            title = min((f.text.title for f in files if f.text.title), default=here.title)
            further = merged_further(
                last.further, (file.text.further for file in files if not file.is_torn)
            )
            whole = SharedText(title, versions, notes, further)
            is_same = known is not None and known.text == whole
            content = content_before if content_before and is_same else write_shared(whole)
            kept = _File(self._keeper(files, title, versions), content, whole)
            if content != content_before:
                # with the notes themselves: whatever becomes of the file, it is known what came
                # after what, or a note removed next could come back
                put_last_content(connection, text, content)
            serial = last_change(connection, text)
        for file in files:
            if file.is_torn:
                self._rescue(file)
        has_written = all((f.path, f.content) != (kept.path, kept.content) for f in files)
        if not has_written or self._put_file(kept, files):
            if has_written:
                self._files[kept.path] = _WRITTEN_HERE, kept
            for file in files:
                if file.path != kept.path:
                    self._remove(file)
            self._in_step[text] = _state(serial, [kept])
        return _Synced(bool(news), has_written, versions)

    def _keeper(
        self, files: Sequence[_File], title: str, versions: tuple[Fingerprint, ...]
    ) -> Path:
        """Return the one file that stays: the same choice on every machine."""
        own = self._folder / file_name_of(title, versions)
        names = [file.path for file in files]
        if not names or own in names:
            return own
        return min(names, key=lambda path: (len(path.name), path.name))

    def _text_in(self, content: bytes | None) -> SharedText:
        last = None if content is None else read_shared(content, self._folder)
        return SharedText("", (), {}) if last is None else last

    # The folder

    def _files_by_text(self) -> dict[TextId, list[_File]]:
        """Read what is new in the folder; return all files by their texts, made known here."""
        files = [file for file in self._read_folder() if file.text.versions]
        by_text: dict[TextId, list[_File]] = {}
        with self._database.reading() as connection:
            known = [texts_known_as(connection, file.text.versions) for file in files]
        for file, texts in zip(files, known, strict=True):
            if not texts:
                with self._database.writing() as connection:
                    texts = [text_made_of(connection, file.text)]
            for text in texts:
                by_text.setdefault(text, []).append(file)
        return by_text

    def _read_folder(self) -> Iterable[_File]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            paths = sorted(path for path in self._folder.iterdir() if _is_ours(path.name))
        except OSError as error:
            raise _unwritten(self._folder, error) from error
        for gone in self._files.keys() - set(paths):
            del self._files[gone]
            self._problems.pop(gone, None)
        for path in paths:
            self._read_file(path)
        return [file for _, file in self._files.values() if file is not None]

    def _read_file(self, path: Path) -> None:
        try:
            seen = path.stat()
            stamp = seen.st_mtime_ns, seen.st_size
            known_stamp, known = self._files.get(path, (None, None))
            if known_stamp == stamp:
                return
            if seen.st_size > _LARGEST_BYTES:
                raise NotesUnreadable(path, "$", "it is larger than any file of notes")
            content = path.read_bytes()
            is_known = known is not None and known.content == content
            file = known if is_known else _read(path, content)
            self._problems.pop(path, None)
            if file is not None and not file.is_whole and self._is_fresh(seen.st_mtime):
                self._wait_for(path)
            else:
                self._files[path] = stamp, file
        except FileNotFoundError:
            self._files.pop(path, None)
        except OSError as error:
            reason = system_reason(error)
            self._problems[path] = NotesUnreadable(path, "$", reason)
            self._files.pop(path, None)
        except NotesUnreadable as problem:
            if self._is_fresh(seen.st_mtime):
                self._wait_for(path)
            else:
                self._problems[path] = problem
                self._files[path] = stamp, None

    def _is_fresh(self, changed_s: float) -> bool:
        return abs(self._clock() - changed_s) < _FRESH_S

    def _wait_for(self, path: Path) -> None:
        self._is_waiting = True
        self._files.pop(path, None)

    def _rescue(self, file: _File) -> None:
        """Keep a broken file as it was, unless all of it was read; the next write replaces it."""
        copy = None if file.is_whole else self._kept_aside(file.path, file.content)
        states = (version.state for version in file.text.notes.values())
        count = sum(not isinstance(state, Removed) for state in states)
        self._rescues.append(Rescue(file.path, count, copy))

    def _kept_aside(self, path: Path, content: bytes) -> Path:
        """Put what a broken file says beside it; return where."""
        sign = hashlib.sha256(content).hexdigest()[:8]
        copy = path.with_name(f"{path.name}.broken-{sign}")
        try:
            if not copy.exists():
                self._write(copy, content)
        except OSError as error:
            raise _unwritten(copy, error) from error
        return copy

    def _put_file(self, kept: _File, files: Sequence[_File]) -> bool:
        """Write it, unless somebody else has written meanwhile: then the next syncing does."""
        read = next((file.content for file in files if file.path == kept.path), None)
        try:
            now = kept.path.read_bytes() if kept.path.exists() else None
            if now != read:
                if now is None or kept.path not in self._problems or _is_json(now):
                    return False
                # cut off before its first note: left there it would stop the sharing for good
                copy = self._kept_aside(kept.path, now)
                self._rescues.append(Rescue(kept.path, 0, copy))
                del self._problems[kept.path]
            self._write(kept.path, kept.content)
        except OSError as error:
            raise _unwritten(kept.path, error) from error
        return True

    def _remove(self, file: _File) -> None:
        """Remove a second file of a text, now that the first holds all of it."""
        try:
            if file.path.read_bytes() == file.content:
                file.path.unlink()
        except FileNotFoundError:
            pass  # it was of another text as well, or somebody else has merged it
        except OSError as error:
            raise _unwritten(file.path, error) from error


def _is_ours(name: str) -> bool:
    """Whether a file may hold notes; hidden ones are those of file systems and other programs."""
    return not name.startswith(".") and name.lower().endswith(_ENDING)


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return True


def _read(path: Path, content: bytes) -> _File | None:
    """Return a file of notes, or what is left of one; None for a legal file that is no such one.

    Raises:
        NotesUnreadable: nothing can be read of it.
    """
    try:
        text = read_shared(content, path)
        if text is None or not has_key_twice(content):
            return None if text is None else _File(path, content, text)
        fault = None
    except NotesUnreadable as unreadable:
        fault = unreadable
    torn = read_torn(content, path)
    if torn is not None:
        return _File(path, content, torn.text, is_torn=True, is_whole=torn.is_whole)
    raise fault or NotesUnreadable(path, "$", "a key has two values")


def _state(serial: int, files: Iterable[_File]) -> _State:
    return serial, frozenset((file.path, file.content) for file in files)


def _differences(before: Notes, after: Notes) -> dict[AnnotationId, State]:
    """Return the states that are others now."""
    return {
        name: version.state
        for name, version in after.items()
        if name not in before or before[name].state != version.state
    }


def _unwritten(path: Path, error: OSError) -> OutputNotWritten:
    return OutputNotWritten(path, system_reason(error))
