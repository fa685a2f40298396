"""Font files on this machine that have the characters our own typeface hasn't."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

_SUFFIXES = (".ttf", ".otf", ".ttc")
_MOST_FILES = 800
_STYLED = ("bold", "italic", "oblique", "light", "thin", "black", "condensed", "medium", "mono")


def fonts_with(characters: set[str]) -> list[Path]:
    """Return as few files as will do, the one with the most of the characters first.

    What no font has stays missing. Takes up to some seconds where there are many fonts.
    """
    missing = {ord(character) for character in characters}
    found: list[tuple[int, Path, frozenset[int]]] = []
    for path in list(_font_files())[:_MOST_FILES]:
        has = _characters_of(path) & missing
        if has:
            found.append((len(has), path, frozenset(has)))
        if len(has) == len(missing):
            break
    chosen = []
    while missing and found:
        _, path, has_all = max(found, key=lambda entry: len(entry[2] & missing))
        if not has_all & missing:
            break
        chosen.append(path)
        missing -= has_all
    return chosen


def _font_files() -> Iterator[Path]:
    """Yield regular fonts before bold and slanted ones, Noto's before others."""
    files = [
        Path(folder, name)
        for root in _folders()
        for folder, _, names in os.walk(root)
        for name in names
        if name.lower().endswith(_SUFFIXES)
    ]

    def order(path: Path) -> tuple[bool, bool, str]:
        name = path.name.lower()
        return any(word in name for word in _STYLED), "noto" not in name, name

    yield from sorted(files, key=order)


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home))
        return [windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = [Path(folder) / "fonts" for folder in shared.split(":") if folder]
    return [*folders, home / ".local" / "share" / "fonts", home / ".fonts"]


def _characters_of(path: Path) -> set[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            # outlines of the PostScript kind can't be embedded
            return set(font.getBestCmap() or ()) if "glyf" in font else set()
    except (TTLibError, OSError, ValueError, KeyError, AssertionError):
        return set()
