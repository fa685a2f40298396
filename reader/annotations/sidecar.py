"""The file of annotations that lies beside a text: read when the text is opened, never written."""

from __future__ import annotations

from pathlib import Path

from reader.errors import NotesUnreadable
from reader.text.digest import sha256

SUFFIX = ".annotations.jsonld"


def sidecar_path(text_path: Path) -> Path:
    """Return the one name looked for: `her-review.annotations.jsonld` beside `her-review.txt`."""
    return text_path.with_name(text_path.stem + SUFFIX)


def sidecar_content(path: Path) -> bytes | None:
    """Return the file's bytes, None where there is no such file.

    Raises:
        NotesUnreadable: it is there but can't be read.
    """
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise NotesUnreadable(path, "$", (error.strerror or str(error)).lower()) from error


def digest_of(content: bytes) -> bytes:
    """Return what tells one version of the file from another."""
    return sha256(content).digest()
