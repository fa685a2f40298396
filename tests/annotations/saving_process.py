"""A process that saves notes, and reports each one once it is saved.

python -m tests.annotations.saving_process DATABASE NAME COUNT [FILE-SIZE-LIMIT]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reader.annotations.editing import with_note
from reader.annotations.store import AnnotationStore
from reader.errors import StorageUnavailable
from reader.storage.database import Database
from tests.annotations.documents import LATER, document_of, note_on

DOCUMENT = document_of("All was quiet in the house. Only the clock went on.")


def save_notes(path: Path, name: str, count: int) -> None:
    """Save notes and now and then change or remove one; report what then has to be on disk."""
    with Database(path) as database:
        store = AnnotationStore(database)
        for number in range(count):
            note = note_on(DOCUMENT, "the clock", f"{name} {number} " + "words " * (number % 50))
            store.save(DOCUMENT.fingerprint, note)
            report("saved", note.id, note.note_text)
            if number % 3 == 1:
                changed = with_note(note, f"{name} {number} changed", LATER)
                store.save(DOCUMENT.fingerprint, changed)
                report("saved", note.id, changed.note_text)
            elif number % 3 == 2:
                report("removing", note.id, "")
                store.remove(DOCUMENT.fingerprint, note.id)
                report("removed", note.id, "")


def report(what: str, name: str, note: str) -> None:
    """Write one line straight into the pipe: it is there whatever becomes of this process."""
    os.write(1, f"{what}\t{name}\t{note}\n".encode())


def main() -> int:
    """Save that many, unless killed before or the disk is full: then say so and return 3."""
    path, name, count, *limit = sys.argv[1:]
    if limit:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), int(limit[0])))
    try:
        save_notes(Path(path), name, int(count))
    except StorageUnavailable as error:
        report("failed", "", error.reason)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
