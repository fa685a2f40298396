"""The pictures that lie beside a saved page or a Markdown file, in a folder of their own."""

from __future__ import annotations

import base64
import binascii
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from reader.formats.picture_kinds import PICTURE_LIMIT_BYTES, picture_in

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEAD_BYTES = 64_000
_MOST_PICTURES = 5000
_MOST_FILES = 5000
_DEEPEST_FOLDER = 3
_WRITTEN = re.compile(r"data:image/[\w.+-]+(?:;[\w=.+-]+)*,", re.IGNORECASE)
"""How a picture begins that is written into the page itself (RFC 2397)."""


class PagePictures:
    """Pictures in the file, in its folder, or below it; nothing else of the disk is looked at."""

    def __init__(self, page: Path) -> None:
        self._folder = page.parent
        self._by_name: dict[str, str] | None = None

    def head(self, address: str) -> bytes | None:
        """Return a picture's first bytes; see `reader.text.document.PicturesWithHeads`."""
        return self._content(address, _HEAD_BYTES)

    def point(self, root: Element) -> None:
        """Give the images of a page the addresses that `read` knows, and none to all others."""
        for number, image in enumerate(root.iter("img")):
            # what is shown once one scrolls there comes before what holds its place until then
            told = [image.get("data-src") or "", image.get("src") or ""]
            here = [address for address in told if number < _MOST_PICTURES and self._has(address)]
            image.set("src", here[0] if here else self._found_by_name(told[-1]))

    def read(self, address: str) -> bytes | None:
        """Return a picture's bytes; see `reader.text.document.Pictures`."""
        return self._content(address, PICTURE_LIMIT_BYTES)

    def _found_by_name(self, address: str) -> str:
        """Return the address of the picture of that bare name, as programs for notes embed them."""
        name = unquote(address)
        if not name or "/" in name or "." not in name:
            return ""
        if self._by_name is None:
            self._by_name = _files_below(self._folder)
        found = self._by_name.get(name.casefold(), "")
        return found if self._has(found) else ""

    def _content(self, address: str, most_bytes: int) -> bytes | None:
        written = _WRITTEN.match(address)
        if written is not None:
            return picture_in(
                _written_content(written.group(), address[written.end() :], most_bytes)
            )
        path = self._find(address)
        try:
            if path is None or path.stat().st_size > PICTURE_LIMIT_BYTES:
                return None
            with path.open("rb") as file:
                return picture_in(file.read(most_bytes))
        except OSError:
            return None

    def _has(self, address: str) -> bool:
        return _WRITTEN.match(address) is not None or self._find(address) is not None

    def _find(self, address: str) -> Path | None:
        try:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                return None
            folder = self._folder.resolve()
            path = (folder / unquote(parts.path)).resolve()
            is_inside = path.is_relative_to(folder) and path.is_file()
        except (OSError, ValueError, RuntimeError):
            return None
        return path if is_inside else None


def _files_below(folder: Path) -> dict[str, str]:
    """Return the addresses of the files below a folder by their names; of many, only the first."""
    found: dict[str, str] = {}
    seen = 0
    for place, folders, names in os.walk(folder):
        near = Path(place).relative_to(folder)
        is_deep = len(near.parts) >= _DEEPEST_FOLDER
        folders[:] = [] if is_deep else sorted(f for f in folders if f[0] != ".")
        for name in names:
            found.setdefault(name.casefold(), quote((near / name).as_posix()))
        seen += len(names) + len(folders)
        if seen > _MOST_FILES:
            break
    return found


def _written_content(head: str, written: str, most_bytes: int) -> bytes | None:
    if ";base64" not in head.lower():
        return unquote(written).encode()[:most_bytes]
    most = most_bytes // 3 * 4
    try:
        return base64.b64decode("".join(written[: most + most // 8].split())[:most] + "==")
    except (binascii.Error, ValueError):
        return None
