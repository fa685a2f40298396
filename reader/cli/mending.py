"""A damaged file of notes, mended on the command line as the window mends it."""

from __future__ import annotations

from datetime import datetime

from reader.app.paths import Paths
from reader.app.wording import mending_sentence
from reader.cli.output import say
from reader.file_lock import FileLock


def mended(paths: Paths) -> bool:
    """Mend the file and say what is there of it now; False while a window has it open.

    Raises:
        StorageUnavailable: the disk doesn't let us; the damaged file is where it was.
    """
    from reader.storage.backups import mend  # of what is hardly ever wanted

    lock = FileLock(paths.window_lock)
    try:
        if not lock.take():
            return False
    except OSError:
        return False  # nobody may write there
    try:
        mending = mend(paths.database, paths.backups_dir, datetime.now().astimezone())
    finally:
        lock.release()
    say(mending_sentence(mending))
    return True
