"""MHTML to a Document: a web page that a browser saved as one file (RFC 2557), with its pictures.

The page is read as any saved page is; of the other parts only the pictures count. What is in no
part is not fetched.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Sequence
from email.message import Message
from urllib.parse import urljoin

from lxml.etree import _Element as Element

from reader.errors import ArchiveUnsafe, TextDamaged, TextEmpty
from reader.formats.decoding import decode, has_visible
from reader.formats.from_html import document_of_page
from reader.formats.html.page_links import point_within
from reader.formats.html.parsing import parse_html
from reader.formats.picture_kinds import picture_in
from reader.formats.source import Source
from reader.formats.xml_trees import declared_encoding
from reader.text.document import Document
from reader.values import replaced

LIMIT_BYTES = 40_000_000
_MOST_PARTS = 10_000
_MOST_FRAMES = 50
_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(source: Source) -> Document:
    """Read a saved page.

    Raises:
        ArchiveUnsafe: it holds more parts than any page.
        UnreadableText: too large, no page in it, damaged, or without a visible character.
    """
    parts = _parts_of(source)
    page = _page_of(parts)
    if page is None:
        raise TextDamaged(source.path, "there is no web page in it")
    content = _bytes_of(page)
    if not content.strip():
        raise TextEmpty(source.path)
    decoded = decode(content, page.get_content_charset() or declared_encoding(content))
    if decoded is None:
        raise TextDamaged(source.path, "its page is no text")
    pictures = MhtmlPictures(parts)
    root = parse_html(decoded.text, source.path)
    base = page.get("Content-Location") or ""
    _take_in_frames(root, parts, str(base), source)
    point_within(root, str(base))
    for image in root.iter("img"):
        image.set("src", pictures.address_of(image.get("src") or "", str(base)))
    document = document_of_page(root, source.path, decoded.notices, pictures)
    return replaced(document, address=str(base) if str(base).startswith("http") else "")


def _take_in_frames(root: Element, parts: Sequence[Message], base: str, source: Source) -> None:
    """Put the pages of its frames into a page that has nothing to read but them.

    In others they are mostly what the reader didn't come for: advertisements, players.
    """
    body = root.find("body")
    own = "" if body is None else "".join(body.itertext())
    frames = list(root.iter("frame", "iframe"))[:_MOST_FRAMES]
    if not frames or has_visible(own):
        return
    pages = {name: part for part in parts if _is_page(part) for name in _addresses_of(part)}
    shown: list[Message | None] = []
    for frame in frames:
        told = frame.get("src") or ""
        part = pages.get(told) or pages.get(_joined(base, told))
        if part in shown:
            continue  # fifty frames of one page would be fifty times its size
        shown.append(part)
        content = b"" if part is None else _bytes_of(part)
        charset = None if part is None else part.get_content_charset()
        decoded = decode(content, charset or declared_encoding(content)) if content else None
        if decoded is not None:
            inner = parse_html(decoded.text, source.path).find("body")
            if inner is not None:
                inner.tag = "div"
                root.append(inner)


class MhtmlPictures:
    """The parts that are pictures, by the addresses and names that pages call them."""

    def __init__(self, parts: list[Message]) -> None:
        self._parts: dict[str, Message] = {}
        for part in parts:
            if part.get_content_maintype() == "image":
                for address in _addresses_of(part):
                    self._parts.setdefault(address, part)

    def address_of(self, told: str, base: str) -> str:
        """Return the address of the picture that a page calls so, empty where it isn't here."""
        for address in (told, _joined(base, told)):
            if address in self._parts:
                return address
        return ""

    def read(self, address: str) -> bytes | None:
        """Return a picture's bytes; see `reader.text.document.Pictures`."""
        part = self._parts.get(address)
        return None if part is None else picture_in(_bytes_of(part))


def _parts_of(source: Source) -> list[Message]:
    content = source.read(LIMIT_BYTES)
    count = content.count(b"\nContent-Type:")  # before the parser, which takes time for each
    if count > _MOST_PARTS:
        raise ArchiveUnsafe(source.path, f"it holds {count:,} parts")
    try:
        message = email.message_from_bytes(content.lstrip(), policy=email.policy.compat32)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError, TypeError) as error:
        raise TextDamaged(source.path, "its parts are nested too deep, or cut off") from error
    start = str(message.get_param("start") or "")
    parts.sort(key=lambda part: start == "" or str(part.get("Content-ID") or "") != start)
    return parts


def _page_of(parts: list[Message]) -> Message | None:
    return next((part for part in parts if _is_page(part)), None)


def _is_page(part: Message) -> bool:
    return part.get_content_type() in _PAGES


def _addresses_of(part: Message) -> list[str]:
    found = []
    if location := str(part.get("Content-Location") or "").strip():
        found.append(location)
    if name := str(part.get("Content-ID") or "").strip().strip("<>"):
        found.append(f"cid:{name}")
    return found


def _bytes_of(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        return b""
    return content if isinstance(content, bytes) else b""


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address
