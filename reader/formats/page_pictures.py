"""The pictures that lie beside a saved page or a Markdown file, in a folder of their own."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reader.formats.picture_kinds import is_picture

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LIMIT_BYTES = 40_000_000
_HEAD_BYTES = 64_000
_MOST_PICTURES = 5000
_WRITTEN = re.compile(r"data:image/[\w.+-]+(?:;[\w=.+-]+)*,", re.IGNORECASE)
"""How a picture begins that is written into the page itself (RFC 2397)."""


class PagePictures:
    """Pictures in the file, in its folder, or below it; nothing else of the disk is looked at."""

    def __init__(self, page: Path) -> None:
        self._folder = page.parent

    def head(self, address: str) -> bytes | None:
        """Return a picture's first bytes; see `reader.text.document.PicturesWithHeads`."""
        return self._content(address, _HEAD_BYTES)

    def point(self, root: Element) -> None:
        """Give the images of a page the addresses that `read` knows, and none to all others."""
        for number, image in enumerate(root.iter("img")):
            # what is shown once one scrolls there comes before what holds its place until then
            told = [image.get("data-src") or "", image.get("src") or ""]
            here = [address for address in told if number < _MOST_PICTURES and self._has(address)]
            image.set("src", here[0] if here else "")

    def read(self, address: str) -> bytes | None:
        """Return a picture's bytes; see `reader.text.document.Pictures`."""
        return self._content(address, LIMIT_BYTES)

    def _content(self, address: str, most_bytes: int) -> bytes | None:
        written = _WRITTEN.match(address)
        if written is not None:
            content = _written_content(written.group(), address[written.end() :], most_bytes)
            return content if content is not None and is_picture(content) else None
        path = self._find(address)
        try:
            if path is None or path.stat().st_size > LIMIT_BYTES:
                return None
            with path.open("rb") as file:
                content = file.read(most_bytes)
        except OSError:
            return None
        return content if is_picture(content) else None

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


def _written_content(head: str, written: str, most_bytes: int) -> bytes | None:
    if ";base64" not in head.lower():
        return unquote(written).encode()[:most_bytes]
    most = most_bytes // 3 * 4
    try:
        return base64.b64decode("".join(written[: most + most // 8].split())[:most] + "==")
    except (binascii.Error, ValueError):
        return None
