"""Fetches one web page at the user's word and keeps a copy of it; nothing the page names is loaded.

With the voice download it is all that ever connects to the network. A page may send us on, not from
https to http, and to the public network only: an address typed by the user may be anywhere, one
that a server chooses may not be in the user's own house.
"""

from __future__ import annotations

import hashlib
import http.client
import re
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from reader import __version__
from reader.atomic_write import write_atomically
from reader.errors import OutputNotWritten, PageNotFetched, system_reason
from reader.network import connection_to, is_public_peer, reason_of
from reader.text.web_address import host_of, web_address_from
from reader.values import value

LIMIT_BYTES = 30_000_000
_SILENCE_S = 20.0
_LONGEST_S = 120.0
_CHUNK_BYTES = 1 << 15
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/x-fictionbook+xml": ".fb2",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "multipart/related": ".mhtml",
}
_TEXTS = {".html", ".txt", ".md"}
_BY_NAME = {*_SUFFIXES.values(), ".markdown", ".fb2.zip", ".mht"}
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_ASSUMED = {"iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252"}
"""What servers tell that were never told anything else."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@value
class KeptPage:
    """A page that is kept: its file, and where it came from in the end."""

    path: Path
    address: str

    @property
    def host(self) -> str:
        """Who sent it."""
        return host_of(self.address)


@value
class _Answer:
    content: bytes
    content_type: str
    address: str


class Stopped(Exception):
    """The user wants it no longer."""


def fetch_page(
    address: str,
    folder: Path,
    *,
    on_progress: Callable[[int], None] = lambda _bytes: None,
    is_stopped: Callable[[], bool] = lambda: False,
    silence_s: float = _SILENCE_S,
) -> KeptPage:
    """Fetch what is at `address`, as `web_address_from` gives it, into `folder`.

    The same address has the same file, so that what comes later is a new version of the same text.

    Raises:
        PageNotFetched: it can't be had, or isn't a text; nothing is kept.
        OutputNotWritten: the disk is full or can't be written.
        Stopped: `is_stopped` said so.
    """
    answer = _Fetching(address, on_progress, is_stopped, silence_s).run()
    suffix = _suffix_of(answer)
    if suffix is None:
        kind = answer.content_type or "unknown"
        raise PageNotFetched(address, f"what is there is no text that can be read ({kind[:60]})")
    content = answer.content
    if suffix in _TEXTS:
        content = _as_utf8(content, answer)
    if suffix == ".html":
        content = _with_origin(content, answer)
    path = folder / f"{_name_of(address)}{suffix}"
    _write(path, content)
    return KeptPage(path, answer.address)


class _Fetching:
    """One page being asked for, over as many servers as send us on."""

    def __init__(
        self,
        address: str,
        on_progress: Callable[[int], None],
        is_stopped: Callable[[], bool],
        silence_s: float,
    ) -> None:
        self._address = address
        self._on_progress = on_progress
        self._is_stopped = is_stopped
        self._silence_s = silence_s
        self._ends_s = time.monotonic() + _LONGEST_S

    def run(self) -> _Answer:
        """Return what was sent in the end."""
        origin = target = urlsplit(self._address)
        for _ in range(_MOST_REDIRECTS + 1):
            with self._answer_to(target, origin) as answer:
                location = answer.headers.get("Location")
                if answer.status not in _REDIRECTS or location is None:
                    return self._taken(answer, target)
            target = self._next(target, location)
        raise PageNotFetched(self._address, "the server sends us round in circles")

    def _next(self, target: SplitResult, location: str) -> SplitResult:
        """Return where a server sends us on to."""
        try:
            wanted = urljoin(target.geturl(), location)
        except ValueError:
            wanted = ""
        address = web_address_from(wanted)
        if address is None:
            raise PageNotFetched(self._address, "the server sends us on to what is no web page")
        if target.scheme == "https" and urlsplit(address).scheme != "https":
            raise PageNotFetched(self._address, "the server sends us on to what isn't encrypted")
        return urlsplit(address)

    @contextmanager
    def _answer_to(
        self, target: SplitResult, origin: SplitResult
    ) -> Iterator[http.client.HTTPResponse]:
        if self._is_stopped():
            raise Stopped
        connection = connection_to(target, self._silence_s)
        try:
            connection.connect()
            if target.hostname != origin.hostname and not is_public_peer(connection):
                raise PageNotFetched(
                    self._address, f"the server sends us on to {target.netloc}, a private address"
                )
            connection.request("GET", _path_of(target), headers=_headers())
            with connection.getresponse() as answer:
                yield answer
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise PageNotFetched(self._address, reason_of(error)) from error
        finally:
            connection.close()

    def _taken(self, answer: http.client.HTTPResponse, target: SplitResult) -> _Answer:
        if answer.status != 200:
            raise PageNotFetched(self._address, _words_for(answer.status))
        if answer.length is not None and answer.length > LIMIT_BYTES:
            raise self._too_large()
        packing = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
        if packing not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise PageNotFetched(self._address, f"it comes packed in a way unknown here: {packing}")
        unpacker = None if packing in ("identity", "") else zlib.decompressobj(zlib.MAX_WBITS | 32)
        content = bytearray()
        promised = answer.length
        received = 0
        while chunk := answer.read1(_CHUNK_BYTES):
            if self._is_stopped():
                raise Stopped
            if time.monotonic() > self._ends_s:
                raise PageNotFetched(self._address, "it takes too long")
            received += len(chunk)
            content += self._unpacked(unpacker, chunk, LIMIT_BYTES + 1 - len(content))
            if len(content) > LIMIT_BYTES:
                raise self._too_large()
            self._on_progress(received)
        if promised is not None and received < promised:
            raise PageNotFetched(self._address, "the connection breaks off")
        told = answer.headers.get("Content-Type") or ""
        return _Answer(bytes(content), told, target.geturl())

    def _unpacked(self, unpacker: zlib._Decompress | None, chunk: bytes, most: int) -> bytes:
        if unpacker is None:
            return chunk
        try:
            return unpacker.decompress(chunk, max(most, 1))
        except zlib.error as error:
            raise PageNotFetched(self._address, "it comes damaged") from error

    def _too_large(self) -> PageNotFetched:
        limit = LIMIT_BYTES / 1e6
        return PageNotFetched(self._address, f"it is larger than {limit:,.0f} MB")


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"Mozilla/5.0 (compatible; sottovoce/{__version__})",
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip",
    }


def _path_of(url: SplitResult) -> str:
    return (url.path or "/") + (f"?{url.query}" if url.query else "")


def _words_for(status: int) -> str:
    if status in (404, 410):
        return "there is no such page"
    if status in (401, 402, 403, 407, 451):
        return f"the server doesn't give it to everybody ({status})"
    return f"the server answers {status}"


def _suffix_of(answer: _Answer) -> str | None:
    """Return the ending of the kept file's name; None for what is no text."""
    kind = answer.content_type.partition(";")[0].strip().lower()
    path = unquote(urlsplit(answer.address).path).lower()
    named = next((suffix for suffix in sorted(_BY_NAME) if path.endswith(suffix)), None)
    if kind in ("text/plain", "application/octet-stream", "application/zip", "") and named:
        return named  # servers often know a name but not what it means
    if kind in _SUFFIXES:
        return _SUFFIXES[kind]
    if not kind:
        return ".html" if b"<" in answer.content[:2000] else None
    return ".txt" if kind.startswith("text/") else None


def _as_utf8(content: bytes, answer: _Answer) -> bytes:
    """Return a text as UTF-8, marked as such, where its server told its encoding."""
    told = _CHARSET.search(answer.content_type)
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    encoding = encoding or (told[1] if told else None)
    if encoding is not None and encoding.lower() in _ASSUMED:
        with suppress(UnicodeError):  # bytes of these are hardly ever UTF-8 by chance
            return b"\xef\xbb\xbf" + content.decode("utf-8").encode("utf-8")
    if encoding is not None:
        with suppress(LookupError, UnicodeError):
            return b"\xef\xbb\xbf" + content.decode(encoding).encode("utf-8")
    return content


def _with_origin(content: bytes, answer: _Answer) -> bytes:
    """Return a page with where it came from, in the comment that browsers write as they save."""
    address = answer.address.replace("--", "%2D%2D")
    told = f"<!-- saved from url=({len(address):04d}){address} -->\n".encode()
    mark = content[:3] if content.startswith(b"\xef\xbb\xbf") else b""
    return mark + told + content[len(mark) :]


def _name_of(address: str) -> str:
    parts = urlsplit(address)
    words = re.sub(r"[^a-z0-9]+", "-", unquote(parts.path).lower()).strip("-")[-60:]
    key = hashlib.sha256(address.encode()).hexdigest()[:8]
    host = re.sub(r"[^a-z0-9.]+", "-", (parts.hostname or "").removeprefix("www."))
    return "-".join(filter(None, (host[:60], words, key)))


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, content)
    except OSError as error:
        raise OutputNotWritten(path, system_reason(error)) from error
