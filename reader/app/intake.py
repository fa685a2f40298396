"""Texts come into the library: files and folders the user names, and a folder that is watched."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from reader.annotations.store import AnnotationStore
from reader.errors import (
    NotesUnreadable,
    OutputNotWritten,
    TextMissing,
    UnreadableText,
    system_reason,
)
from reader.library.catalogue import Catalogue
from reader.library.files import LibraryFiles, files_below, stamp_of
from reader.storage.database import Database
from reader.storage.texts import TextId
from reader.text.document import Document

OnFile = Callable[[Path, int, int], None]
"""Told of a file before it is read, the how manieth it is, from 1, and of how many."""

_SETTLED_AFTER_S = 10.0
"""Who copies a large file over a slow line writes some of it more often than that."""


def _ignore(_path: Path, _number: int, _count: int) -> None:
    pass


@dataclass(slots=True)
class IntakeReport:
    """What became of the files looked at."""

    texts: list[TextId] = field(default_factory=list)
    """Those read now, each once, in the order they came."""
    faults: list[UnreadableText] = field(default_factory=list)
    is_unsettled: bool = False
    """Whether a file can't be read that is still being written, as it seems: look again soon."""


class Intake:
    """Reads files and notes them in the catalogue; takes as long as reading them does."""

    def __init__(self, database: Database, copies_dir: Path | None = None) -> None:
        """`copies_dir` is where copies of the files go; None leaves them where they are."""
        self._catalogue = Catalogue(database)
        self._files = LibraryFiles(database)
        self._notes = AnnotationStore(database)
        self._copies_dir = copies_dir

    def add(self, paths: Iterable[Path], on_file: OnFile = _ignore) -> IntakeReport:
        """Put files, and all texts in folders, into the library, also such as were removed.

        Raises StorageUnavailable, and OutputNotWritten where a copy can't be made. A file that
        can't be read is reported and the next one taken.
        """
        from reader.formats.registry import is_supported

        report = IntakeReport()
        self._read_all(list(files_below(paths, is_supported)), report, on_file)
        return report

    def look_through(self, folder: Path, on_file: OnFile = _ignore) -> IntakeReport:
        """Put what is new in a watched folder into the library; what was removed stays out."""
        from reader.formats.registry import is_supported

        report = IntakeReport()
        if not folder.is_dir():
            return report
        new = []
        for path in files_below([folder], is_supported):
            stamp = stamp_of(path)
            if stamp is None:
                continue
            if not self._files.is_known(path, stamp) and not self._files.is_removed(path):
                new.append(path)
        self._read_all(new, report, on_file, may_wait=True)
        return report

    def read_changed(self) -> IntakeReport:
        """Read the files anew that have changed: each is a new version of its text."""
        report = IntakeReport()
        for path in self._files.changed_files():
            self._read(path, report, may_wait=True)
        return report

    def _read_all(
        self,
        paths: Sequence[Path],
        report: IntakeReport,
        on_file: OnFile,
        *,
        may_wait: bool = False,
    ) -> None:
        for number, path in enumerate(paths, 1):
            on_file(path, number, len(paths))
            self._read(path, report, may_wait=may_wait)

    def _read(self, path: Path, report: IntakeReport, *, may_wait: bool = False) -> None:
        from reader.formats.registry import open_document

        stamp = stamp_of(path)
        try:
            if self._copies_dir is not None:
                path = _copied(path, self._copies_dir)
                stamp = stamp_of(path)
            document = open_document(path)
        except UnreadableText as fault:
            if may_wait and _is_being_written(path, stamp):
                report.is_unsettled = True
                return
            report.faults.append(fault)
            if stamp is not None:
                self._files.remember_unread(path, stamp)
            return
        if may_wait and document.notices and _is_being_written(path, stamp):
            report.is_unsettled = True  # what there is of it was read as far as it goes
            return
        text = self._catalogue.remember_added(document, path, datetime.now(UTC), stamp)
        self._read_notes(path, document)
        if text not in report.texts:
            report.texts.append(text)

    def _read_notes(self, path: Path, document: Document) -> None:
        """Take over the notes in a file beside the text, and find those known in this version."""
        from reader.annotations.placing import placed_annotations

        with suppress(NotesUnreadable):  # said when the text is opened
            self._notes.read_sidecar(path, document)
        with suppress(UnreadableText):
            placed_annotations(self._notes, document)


def _is_being_written(path: Path, stamp: str | None) -> bool:
    """Whether a file has changed since it looked like `stamp`, or did so a moment ago."""
    now = stamp_of(path)
    if now != stamp or now is None:
        return True
    age_s = time.time() - path.stat().st_mtime
    return 0 <= age_s < _SETTLED_AFTER_S


def _copied(path: Path, folder: Path) -> Path:
    """Return a copy of a file in `folder`; one that is there already is not made again."""
    if path.resolve().is_relative_to(folder.resolve()):
        return path
    if not path.is_file():
        raise TextMissing(path)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = 1
        copy = folder / path.name
        while copy.exists() and not _is_same(path, copy):
            number += 1
            copy = folder / f"{path.stem} ({number}){path.suffix}"
        if not copy.exists():
            half = copy.with_name(copy.name + ".part")
            try:
                shutil.copyfile(path, half)
                half.replace(copy)
            finally:
                with suppress(FileNotFoundError):
                    half.unlink()
    except OSError as error:
        raise OutputNotWritten(folder, system_reason(error)) from error
    return copy


def _is_same(one: Path, other: Path) -> bool:
    import filecmp

    return filecmp.cmp(one, other, shallow=False)
