"""What the window says of notes written out, read in, shared, backed up, or not saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader import errors
from reader.app.wording import mending_sentence, notes_counted, sentence_for
from reader.ui.window.messages import Message, Remedy, Subject

if TYPE_CHECKING:
    from reader.annotations.store import ImportReport
    from reader.annotations.sync.notes_folder import Rescue
    from reader.storage.backups import Mending

EXPORTING = Message(Subject.NOTES, "Writing the notes…", (Remedy.STOP,), stays=True)


EXPORT_STOPPED = Message(Subject.NOTES, "Stopped. The notes were not written.")


def about_export_under_way(count: int) -> Message:
    """Say how far an export of all notes is."""
    return Message(
        Subject.NOTES, f"Writing the notes… {count} texts so far.", (Remedy.STOP,), stays=True
    )


def about_export_failed(sentence: str) -> Message:
    """Say why another process could not write the notes, in its words."""
    return Message(Subject.NOTES, sentence, stays=True)


def about_export(files: Sequence[Path]) -> Message:
    """Say where notes were written to."""
    if not files:
        return Message(Subject.NOTES, "There are no notes to write yet.")
    where = str(files[0]) if len(files) == 1 else f"{len(files)} files in {files[0].parent}"
    return Message(Subject.NOTES, f"The notes are in {where}.")


def about_import(report: ImportReport, elsewhere: Sequence[str]) -> Message:
    """Say what became of the notes of a file."""
    counts = (
        (report.added, "new"),
        (report.changed, "changed"),
        (report.left, "here already"),
        (report.deleted, "that you had deleted left out"),
    )
    said = ", ".join(f"{count} {word}" for count, word in counts if count)
    text = f"Notes from the file: {said}." if said else "The file holds no notes."
    if elsewhere:
        text += " More are only named in it, and lie elsewhere."
    return Message(Subject.NOTES, text)


def about_note_file(error: errors.SottovoceError) -> Message:
    """Say why notes could not be written to or read from a file."""
    return Message(Subject.NOTES, sentence_for(error), stays=True)


def about_mending(mending: Mending) -> Message:
    """Say that the file of notes was damaged, and what is there of it now."""
    return Message(Subject.BACKUP, mending_sentence(mending), stays=True)


def about_backup(note_count: int, out: Path) -> Message:
    """Say what has been backed up, and to where."""
    return Message(Subject.BACKUP, f"{notes_counted(note_count)} and your settings are in {out}.")


def about_restoring(note_count: int, made: datetime) -> Message:
    """Say what has been put back."""
    text = f"{notes_counted(note_count)} as of {made:%Y-%m-%d %H:%M} are back. "
    return Message(Subject.BACKUP, f"{text}What was here is in the folder of backups.")


def about_failed_backup(error: errors.SottovoceError) -> Message:
    """Say why nothing was backed up or restored."""
    return Message(Subject.BACKUP, sentence_for(error))


def about_shared_file(error: errors.NotesUnreadable) -> Message:
    """Say that a file in the folder of notes can't be read, and that it is left as it is."""
    return Message(Subject.SHARING, f"{sentence_for(error)} It is left as it is.")


def about_rescued_file(rescue: Rescue) -> Message:
    """Say what was read of a file in the folder of notes that a merge had left broken."""
    noun = "note" if rescue.notes == 1 else "notes"
    if rescue.copy is None:
        said = f"{rescue.path.name} held both sides of a merge. The {noun} of both are here now."
    else:
        said = (
            f"{rescue.path.name} was broken, by a merge perhaps. {rescue.notes:,} {noun} could be"
            f" read from it; as it was it is kept beside it as {rescue.copy.name}."
        )
    return Message(Subject.SHARING, said)


def about_sharing(error: errors.SottovoceError) -> Message:
    """Say why the folder of notes is not kept in step."""
    return Message(Subject.SHARING, f"The folder of notes waits: {sentence_for(error)}")


def about_sidecar(error: errors.NotesUnreadable) -> Message:
    """Say that the file of annotations beside the text can't be read; others are there."""
    return Message(Subject.NOTES, sentence_for(error), (Remedy.TRY_AGAIN,))


def about_unsaved(error: errors.SottovoceError) -> Message:
    """Say that what was written last isn't on disk, and that leaving now loses it."""
    text = f"{sentence_for(error)} Your last note is not saved; close again to leave without it."
    return Message(Subject.NOTES, text, stays=True)
