"""The pictures that lie beside a saved page or a Markdown file, in a folder of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reader.formats.picture_kinds import is_picture

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LIMIT_BYTES = 40_000_000
_MOST_PICTURES = 5000


class PagePictures:
    """Pictures in the folder of a file, or below it; nothing else of the disk is looked at."""

    def __init__(self, page: Path) -> None:
        self._folder = page.parent

    def point(self, root: Element) -> None:
        """Give the images of a page the addresses that `read` knows, and none to all others."""
        for number, image in enumerate(root.iter("img")):
            told = image.get("src") or image.get("data-src") or ""
            is_here = number < _MOST_PICTURES and self._find(told) is not None
            image.set("src", told if is_here else "")

    def read(self, address: str) -> bytes | None:
        """Return a picture's bytes; see `reader.text.document.Pictures`."""
        path = self._find(address)
        try:
            if path is None or path.stat().st_size > LIMIT_BYTES:
                return None
            content = path.read_bytes()
        except OSError:
            return None
        return content if is_picture(content) else None

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
