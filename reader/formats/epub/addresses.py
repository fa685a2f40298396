"""Where an address inside a book leads: a file of the book and a place in it, or somewhere else."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from reader.formats.archive import Archive, Entry
from reader.values import value

_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")


@value
class Address:
    """A file of the book, and the name of a place in it or nothing."""

    entry: Entry
    fragment: str


def is_remote(address: str) -> bool:
    """Whether it leads out of the book; such addresses are never followed."""
    return _SCHEME.match(address) is not None or address.lstrip().startswith("//")


def resolve(archive: Archive, base: str, address: str) -> Address | None:
    """Return what `address`, written in the file named `base`, leads to; None if it isn't there.

    Paths that climb out of the book stop at its root, as in browsers.
    """
    if is_remote(address):
        return None
    path, _, fragment = address.strip().partition("#")
    fragment = unquote(fragment)
    path = path.replace("\\", "/")
    # Names with a literal percent sign or question mark do exist, so both readings are tried.
    for candidate in (path, unquote(path), unquote(path.partition("?")[0])):
        entry = archive.find(_joined(base, candidate) if candidate else base)
        if entry is not None:
            return Address(entry, fragment)
    return None


def _joined(base: str, path: str) -> str:
    folder = "" if path.startswith("/") else posixpath.dirname(base)
    return posixpath.normpath(posixpath.join("/", folder, path.lstrip("/"))).lstrip("/")
