"""A process that does everything there is to do to notes, and reports each thing before and after.

python -m tests.annotations.busy_process FOLDER SEED

Two machines share a folder of notes: `one` has its text with a file of notes beside it, and is
written on, undone, imported into, synced and backed up all at once; `other` writes and syncs.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.annotations.editing import new_reply, with_note, with_tags
from reader.annotations.exchange.envelope import AnnotationFile, new_envelope
from reader.annotations.exchange.web_annotations.web_annotation import write_annotations
from reader.annotations.history import NoteHistory
from reader.annotations.model import Annotation, AnnotationId
from reader.annotations.note_steps import Change
from reader.annotations.sidecar import sidecar_path
from reader.annotations.store import AnnotationStore
from reader.annotations.sync.notes_folder import NotesFolder
from reader.atomic_write import write_atomically
from reader.storage.backups import make_backup
from reader.storage.database import Database
from tests.annotations.documents import LATER, document_of, note_on

DOCUMENT = document_of("All was quiet in the house. Only the clock went on.")
MACHINES = ("one", "other")
_TOGETHER = 12
"""Notes that come at once with a file."""

_reporting = threading.Lock()

States = Mapping[AnnotationId, Annotation | None]


def database_of(folder: Path, machine: str) -> Path:
    """Return where a machine keeps its notes."""
    return folder / machine / "sottovoce.sqlite3"


def shared_folder(folder: Path) -> Path:
    """Return the folder that both machines share."""
    return folder / "shared"


def text_path(folder: Path) -> Path:
    """Return the text that `one` reads."""
    return folder / "one" / "house.txt"


class Busy:
    """Writes on one machine, by chance."""

    def __init__(self, folder: Path, machine: str, seed: int, database: Database) -> None:
        self._folder = folder
        self._machine = machine
        self._chance = random.Random(f"{machine} {seed}")
        self._name = f"{machine} {seed}"
        self._count = 0
        self._store = AnnotationStore(database)
        self._history = NoteHistory(self._store, DOCUMENT.fingerprint)
        self._own: dict[AnnotationId, Annotation] = {}

    def go_on(self) -> None:
        """Do one thing after the other until killed."""
        deeds: list[Callable[[], None]] = [self._write, self._write, self._edit, self._remove]
        deeds += [self._reply, self._undo, self._redo]
        if self._machine == "one":
            deeds += [self._import, self._follow_sidecar]
        while True:
            self._chance.choice(deeds)()

    def _write(self) -> None:
        note = self._note()
        self._done({note.id: note}, lambda: self._history.save(note))

    def _edit(self) -> None:
        if self._own:
            note = self._chance.choice([*self._own.values()])
            changed = with_tags(with_note(note, f"{self._said()} again", LATER), ("twice",), LATER)
            self._done({note.id: changed}, lambda: self._history.save(changed))

    def _reply(self) -> None:
        if self._own:
            answered = self._chance.choice([*self._own])
            reply = new_reply(answered, self._said(), created=LATER)
            self._done({reply.id: reply}, lambda: self._history.save(reply))

    def _remove(self) -> None:
        if len(self._own) > 3:
            names = self._chance.sample([*self._own], 2)
            self._done(dict.fromkeys(names), lambda: self._history.remove(*names))

    def _undo(self) -> None:
        done = (step.changes for step in reversed(self._history._done))
        steps = ([change.reverse for change in reversed(changes)] for changes in done)
        self._take_back(steps, self._history.undo)

    def _redo(self) -> None:
        undone = (step.changes for step in reversed(self._history._undone))
        self._take_back(undone, self._history.redo)

    def _take_back(
        self, steps: Iterable[Sequence[Change]], do: Callable[[], tuple[Change, ...]]
    ) -> None:
        """Do what the first of these steps does of which anything can still be done."""
        known = {note.id: note for note in self._store.of_document(DOCUMENT.fingerprint)}
        for step in steps:
            possible = {c.id: c.after for c in step if known.get(c.id) == c.before}
            if possible:
                self._done(possible, do)
                return

    def _import(self) -> None:
        notes = tuple(self._note() for _ in range(_TOGETHER))
        read = AnnotationFile(notes, new_envelope("urn:x:file", "A file"))
        path = text_path(self._folder)
        self._done(
            {note.id: note for note in notes},
            lambda: self._store.import_file(path, DOCUMENT, read),
        )

    def _follow_sidecar(self) -> None:
        """Another program writes the file beside the text, and it is read."""
        notes = tuple(self._note() for _ in range(_TOGETHER))
        path = text_path(self._folder)
        known = self._store.of_document(DOCUMENT.fingerprint)
        there = tuple(note for note in known if note.note_text.startswith("beside"))
        beside = tuple(with_note(note, f"beside {note.note_text}", LATER) for note in notes)
        content = write_annotations((*there, *beside), new_envelope("urn:x:beside", "Beside"))
        write_atomically(sidecar_path(path), content)
        self._done(
            {note.id: note for note in beside},
            lambda: self._store.read_sidecar(path, DOCUMENT),
        )

    def _done(self, states: States, do: Callable[[], object]) -> None:
        said = {name: None if note is None else note.json_text for name, note in states.items()}
        report("begun", self._machine, said)
        do()
        report("done", self._machine, said)
        for name, note in states.items():
            if note is None:
                self._own.pop(name, None)
            else:
                self._own[name] = note

    def _note(self) -> Annotation:
        return note_on(DOCUMENT, "the clock", self._said())

    def _said(self) -> str:
        self._count += 1
        return f"{self._name} {self._count} " + "words " * self._chance.randrange(40)


def keep_in_step(folder: Path, machine: str, database: Database) -> None:
    """Sync the shared folder, and copy the database, over and over."""
    sharing = NotesFolder(database, shared_folder(folder), write_atomically)
    day = datetime.now(UTC)
    while True:
        sharing.sync()
        day += timedelta(days=2)
        make_backup(database, folder / machine / "backups", day)


def report(what: str, machine: str, states: Mapping[AnnotationId, str | None]) -> None:
    """Write one line straight into the pipe: it is there whatever becomes of this process."""
    line = json.dumps([what, machine, states], ensure_ascii=False).encode() + b"\n"
    with _reporting:  # longer than a pipe takes at once, so it may be written in parts
        while line:
            line = line[os.write(1, line) :]


def main() -> None:
    """Be busy in every way until killed."""
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    work: list[threading.Thread] = []
    for machine in MACHINES:
        (folder / machine).mkdir(parents=True, exist_ok=True)
        database = Database(database_of(folder, machine))
        busy = Busy(folder, machine, seed, database)
        work.append(threading.Thread(target=busy.go_on))
        work.append(threading.Thread(target=keep_in_step, args=(folder, machine, database)))
    text_path(folder).write_text(DOCUMENT.sections[0].text, encoding="utf-8")
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()


if __name__ == "__main__":
    main()
