"""The folder of installed voices: how a voice gets in whole or not at all, and out again.

Each voice has a folder of its own, `<engine>/<voice>`, with its files and their SHA-256 in
`SHA256SUMS` (the form of coreutils' sha256sum). What is on its way in lies below `.partial`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from reader.errors import OutputNotWritten, VoiceBusy, system_reason
from reader.file_lock import FileLock
from reader.speech.voices.catalogue import PublishedFile

SUMS = "SHA256SUMS"
_PARTIAL = ".partial"
_PART = ".part"
_SUM_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_CHUNK_BYTES = 1 << 20
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Sums:
    """The checksums of a file, in lower-case hexadecimal digits, and its size."""

    size_bytes: int
    md5: str
    sha256: str

    def are_of(self, published: PublishedFile) -> bool:
        """Whether the file is the published one, by all that is known of that."""
        return (
            self.size_bytes == published.size_bytes
            and published.md5 in ("", self.md5)
            and published.sha256 in ("", self.sha256)
        )


def sums_of(path: Path, is_wanted: Callable[[], bool] = lambda: True) -> Sums:
    """Read a file for its checksums (0.3 s for 63 MB); stops early once it isn't wanted.

    Raises:
        OSError: it can't be read.
    """
    md5, sha256, size_bytes = hashlib.md5(usedforsecurity=False), hashlib.sha256(), 0
    with path.open("rb") as file:
        while is_wanted() and (chunk := file.read(_CHUNK_BYTES)):
            md5.update(chunk)
            sha256.update(chunk)
            size_bytes += len(chunk)
    return Sums(size_bytes, md5.hexdigest(), sha256.hexdigest())


def recorded_sums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a voice, as written down when it was installed."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    found = (_SUM_LINE.fullmatch(line) for line in lines)
    return {match[2]: match[1] for match in found if match and Path(match[2]).name == match[2]}


class Staging:
    """A voice on its way in. `place` is its folder below `voices_dir`, such as `piper/<voice>`.

    All but `kept_bytes` is for the one who holds it.
    """

    def __init__(self, voices_dir: Path, place: str) -> None:
        self._place = place
        self._partial = voices_dir / _PARTIAL
        self._folder = self._partial / place.replace("/", "+")
        self._target = voices_dir / place

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others, in this program or another, from bringing in the same voice meanwhile.

        Raises:
            VoiceBusy: another one does.
            OutputNotWritten: the folder can't be written.
        """
        with ExitStack() as stack:
            stack.callback(_remove_if_empty, self._partial)
            with self.writing():
                stack.callback(self._taken_lock().release, removes_file=True)
                stack.callback(_remove_if_empty, self._folder)  # while nobody else can have it
                self._folder.mkdir(mode=0o700, exist_ok=True)
            yield

    def part(self, name: str) -> Path:
        """Return where a file is written until all are there."""
        return self._folder / f"{name}{_PART}"

    def kept_bytes(self) -> int:
        """How much of the voice an earlier try has left here."""
        return sum(size_of(part) for part in self._folder.glob(f"*{_PART}"))

    def finish(self, sums: Mapping[str, Sums]) -> Path:
        """Move the files, all checked, into place at once; return the voice's folder.

        Raises:
            OutputNotWritten: it can't be done; what was there before is as it was.
        """
        with self.writing():
            parts = {name: self.part(name) for name in sums}
            for stray in set(self._folder.iterdir()) - set(parts.values()):
                stray.unlink()
            for name, part in parts.items():
                part.rename(self._folder / name)
            lines = "".join(f"{sums[name].sha256}  {name}\n" for name in sorted(sums))
            (self._folder / SUMS).write_text(lines, encoding="utf-8", newline="\n")
            self._target.parent.mkdir(parents=True, exist_ok=True)
            _take_the_place_of(self._target, self._folder)
        return self._target

    def discard(self) -> None:
        """Leave nothing of it."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make OutputNotWritten of the disk's faults within; a full one gets our part back."""
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                self.discard()
            reason = system_reason(error)
            raise OutputNotWritten(self._target, reason) from error

    def _taken_lock(self) -> FileLock:
        lock = FileLock(self._partial / f"{self._folder.name}.lock")
        for _ in range(_TRIES):
            with suppress(FileNotFoundError):  # another one left, and took the folder along
                if lock.take():
                    return lock
                raise VoiceBusy(self._place.replace("/", ":", 1))
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))


def _take_the_place_of(target: Path, folder: Path) -> None:
    """Move `folder` to `target`, where another one may be; if that fails, it is there again."""
    old = folder.with_name(folder.name + ".old")
    with suppress(FileNotFoundError):
        target.rename(old)
    try:
        folder.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def remove_folder(voices_dir: Path, place: str) -> None:
    """Take a voice's folder out, at once, so that no half of it is ever seen.

    Raises:
        VoiceBusy: it is just being brought in anew.
        OutputNotWritten: it can't be done.
    """
    staging = Staging(voices_dir, place)
    with staging.held():
        doomed = staging.part("removed")
        with staging.writing():
            (voices_dir / place).rename(doomed)
        staging.discard()


def size_of(path: Path) -> int:
    """Return a file's size in bytes, 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
