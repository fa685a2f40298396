"""Machines that share a folder of notes, and what carries files between their folders."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path

from reader.annotations.editing import with_note
from reader.annotations.exchange.envelope import new_envelope
from reader.annotations.exchange.web_annotations.web_annotation import write_annotations
from reader.annotations.model import Annotation
from reader.annotations.note_steps import Change
from reader.annotations.sidecar import sidecar_path
from reader.annotations.store import AnnotationStore
from reader.annotations.sync.notes_folder import NotesFolder, SyncReport
from reader.atomic_write import write_atomically
from reader.storage.database import Database
from tests.annotations.documents import document_of, note_on

DOCUMENT = document_of("A quiet voice reads in the dark, and nobody answers.")
WORDS = ("quiet", "voice", "reads", "dark", "nobody", "answers")
TEXT = DOCUMENT.fingerprint
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


@dataclass
class Machine:
    """One with a database and a folder of its own, and somebody who writes on it."""

    root: Path
    stack: ExitStack
    clock: list[datetime] = field(default_factory=lambda: [MONDAY])
    waited_s: float = 60.0
    """How long before now all files were written, as this machine sees it."""

    def __post_init__(self) -> None:
        self.folder = self.root / "notes"
        self.database = self.stack.enter_context(Database(self.root / "s.sqlite3"))
        self.store = AnnotationStore(self.database)
        self.sharing = NotesFolder(self.database, self.folder, write_atomically, self._now_s)

    def _now_s(self) -> float:
        return time.time() + self.waited_s

    @property
    def notes(self) -> tuple[Annotation, ...]:
        return self.store.of_document(TEXT)

    @property
    def texts(self) -> set[str]:
        return {note.note_text for note in self.notes}

    def write(self, text: str, word: str = "quiet") -> Annotation:
        note = with_note(note_on(DOCUMENT, word), text, self.clock[0])
        self.store.save(TEXT, note)
        return note

    def edit(self, note: Annotation, text: str) -> None:
        self.store.save(TEXT, with_note(note, text, self.clock[0]))

    def remove(self, note: Annotation) -> None:
        self.store.remove(TEXT, note.id)

    def take_back(self, wanted: Change) -> None:
        """Undo or redo something."""
        self.store.write_unchanged(TEXT, [wanted])

    @property
    def text_path(self) -> Path:
        return self.root / "quiet.txt"

    def write_beside(self, *notes: Annotation) -> None:
        """Have another program write the file beside the text, and read it."""
        content = write_annotations(notes, new_envelope("urn:x:beside", "Beside"))
        sidecar_path(self.text_path).write_bytes(content)
        self.store.read_sidecar(self.text_path, DOCUMENT)

    def sync(self) -> SyncReport:
        return self.sharing.sync()

    @property
    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.glob("*"))}


@dataclass
class Carrier:
    """Carries files between two folders as Syncthing does, conflicts included.

    Or as people with git do, who leave what it can't merge as it stands; the app sees to it.
    """

    one: Machine
    other: Machine
    common: dict[str, bytes] = field(default_factory=dict)
    conflicts: int = 0
    merge: Callable[[bytes, bytes], bytes] | None = None
    is_seen_to: bool = True
    """Whether the app is open on both machines, and reads what was merged at once."""

    def carry(self) -> None:
        for machine in (self.one, self.other):
            machine.folder.mkdir(exist_ok=True)
        here, there = self.one.files, self.other.files
        for name in {*here, *there}:
            mine, theirs, before = here.get(name), there.get(name), self.common.get(name)
            if mine == theirs:
                result = mine
            elif mine == before:
                result = theirs
            elif theirs == before or theirs is None:
                result = mine
            elif mine is None:
                result = theirs
            else:
                self.conflicts += 1
                result = mine
                if self.merge is None:
                    self._put(self._conflict_name(name), theirs)
                else:
                    self._put(name, self.merge(mine, theirs))
                    if self.is_seen_to:
                        self.one.sync()
                        self.other.sync()
                    continue
            self._put(name, result)

    def _conflict_name(self, name: str) -> str:
        """Return what Syncthing calls a second version: all that goes before the last ending."""
        stem, _, ending = name.rpartition(".")
        time = f"{self.conflicts // 3600:02}{self.conflicts // 60 % 60:02}{self.conflicts % 60:02}"
        return f"{stem}.sync-conflict-20261129-{time}-ABCDEFG.{ending}"

    def _put(self, name: str, content: bytes | None) -> None:
        for machine in (self.one, self.other):
            path = machine.folder / name
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        if content is None:
            self.common.pop(name, None)
        else:
            self.common[name] = content


def with_marks(mine: bytes, theirs: bytes) -> bytes:
    """Return what git leaves of two versions that begin with nothing in common."""
    ours, others = mine.splitlines(keepends=True), theirs.splitlines(keepends=True)
    found: list[bytes] = []
    for kind, first, behind, begin, end in SequenceMatcher(None, ours, others).get_opcodes():
        if kind == "equal":
            found += ours[first:behind]
        else:
            found += [b"<<<<<<< HEAD\n", *ours[first:behind], b"=======\n"]
            found += [*others[begin:end], b">>>>>>> laptop\n"]
    return b"".join(found)


def without_marks(mine: bytes, theirs: bytes) -> bytes:
    """Return what comes of taking out git's marks and nothing else."""
    marks = (b"<<<<<<<", b"=======", b">>>>>>>")
    lines = with_marks(mine, theirs).splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(marks))


def settle(machines: Sequence[Machine], carriers: Sequence[Carrier]) -> None:
    """Let everything come everywhere."""
    for _ in range(5):
        for machine in machines:
            machine.sync()
        for carrier in carriers:
            carrier.carry()


Room = tuple[Machine, Machine, Carrier]
