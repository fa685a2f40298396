"""The file beside a text that a link in it names: `[[Another note]]`, `chapter-2.html`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

_ENDINGS = ("", ".md", ".markdown", ".txt", ".html", ".htm")
_DEEPEST = 6
_MOST_FILES = 20_000
"""Looked at in the folders below: a vault of notes has so many, a home folder more."""


def file_beside(text: Path, target: str) -> Path | None:
    """Return the file that an address without a scheme names, None where there is none.

    It is in the text's own folder or in one below: programs for notes name a file from wherever
    it is. Nothing else on the disk is ever named. Takes a moment: not for the window's thread.
    """
    named = unquote(target.partition("#")[0]).strip().replace("\\", "/")
    if not named or named.startswith("/") or ":" in named or "\0" in named:
        return None
    folder = text.parent.resolve()
    for ending in _ENDINGS:
        found = (folder / f"{named}{ending}").resolve()
        if found.is_relative_to(folder) and found.is_file():
            return found
    wanted = {f"{named}{ending}".casefold() for ending in _ENDINGS}
    named_so = (path for path in _below(folder) if _ends_with(path, folder, wanted))
    return next((path for path in named_so if path.resolve().is_relative_to(folder)), None)


def _ends_with(path: Path, folder: Path, wanted: set[str]) -> bool:
    """Whether a file's last parts are one of the names."""
    parts = path.relative_to(folder).as_posix().casefold().split("/")
    return any("/".join(parts[at:]) in wanted for at in range(len(parts)))


def _below(folder: Path) -> list[Path]:
    """Return the files of a folder and those below, the nearest first, hidden ones left out."""
    found: list[Path] = []
    for name, folders, files in os.walk(folder):
        depth = len(Path(name).relative_to(folder).parts)
        folders[:] = [] if depth >= _DEEPEST else sorted(f for f in folders if f[0] != ".")
        found += (Path(name, file) for file in sorted(files) if file[0] != ".")
        if len(found) >= _MOST_FILES:
            break
    return sorted(found, key=lambda path: len(path.parts))
