"""Fetches the files of one voice: with `web_page`, all that ever connects to the network.

Nothing here runs unless the user asked for that voice. What has come so far is kept, so that a
download goes on where it was paused or broke off; nothing counts before its checksum is right.
"""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event, Lock
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from reader import __version__
from reader.errors import DownloadFailed, OutputNotWritten, VoiceFilesWrong
from reader.network import connection_to, reason_of
from reader.speech.voices.catalogue import PublishedFile, PublishedVoice
from reader.speech.voices.store import Staging, Sums, size_of, sums_of
from reader.text.web_address import THIS_MACHINE

REDIRECTS_TO = ("huggingface.co", "hf.co", "githubusercontent.com")
"""The domains whose hosts a download may be sent on to: publishers keep large files on hosts of
their own that change with time and place (the one's guide for firewalls names `*.hf.co`)."""

_CHUNK_BYTES = 1 << 14
_TOLD_EVERY_S = 0.05
_MOST_REDIRECTS = 5
_PASSING_STATUSES = (408, 425, 429, 500, 502, 503, 504)
_SPARE_BYTES = 16 << 20


class Outcome(StrEnum):
    """How a download ended that met with no fault."""

    INSTALLED = "installed"
    PAUSED = "paused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of the voice is here; `is_checking`: all of a file is, and its checksum is taken."""

    done_bytes: int
    whole_bytes: int
    is_checking: bool = False


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a silent server is waited for, and how often a broken connection is tried again.

    A try that brought something starts the count anew.
    """

    silence_s: float = 20.0
    tries: int = 5
    first_wait_s: float = 1.0


class _BrokeOff(Exception):
    """The connection ended too soon; another try may bring the rest."""


class VoiceDownload:
    """One voice being fetched. `run` does it all on the caller's thread; the others may be called
    from any other. `address` stands for the publisher's own, as a mirror or a test has it.
    """

    def __init__(
        self,
        voice: PublishedVoice,
        voices_dir: Path,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
        *,
        address: str | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._voice = voice
        self._voices_dir = voices_dir
        self._on_progress = on_progress
        self._mirror = address
        self._patience = patience or Patience()
        self._staging = Staging(voices_dir, voice.place)
        self._stopped = Event()
        self._outcome = Outcome.INSTALLED
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self._has_answered = False
        self._told_s = 0.0

    def run(self) -> Outcome:
        """Fetch what is missing, check it, put it in place. Progress is told on this thread.

        Raises:
            DownloadFailed: it can't be had now; what has come is kept for the next try.
            VoiceFilesWrong: what came is not what was published; nothing of it is left.
            VoiceBusy: it is being fetched already.
            OutputNotWritten: the disk is full or can't be written.
        """
        with self._staging.held():
            try:
                sums = self._fetch_all()
            except VoiceFilesWrong:
                self._staging.discard()
                raise
            if sums is not None:
                self._staging.finish(sums)
                return Outcome.INSTALLED
            if self._outcome is Outcome.CANCELLED:
                self._staging.discard()
            return self._outcome

    def pause(self) -> None:
        """End `run` soon and keep what has come."""
        self._stop(Outcome.PAUSED)

    def cancel(self) -> None:
        """End `run` soon and keep nothing."""
        self._stop(Outcome.CANCELLED)

    def _stop(self, outcome: Outcome) -> None:
        with self._lock:
            self._outcome = outcome
            self._stopped.set()
            if self._socket is not None:
                _hang_up(self._socket)

    def _fetch_all(self) -> dict[str, Sums] | None:
        """Return the files' sums; None if it was stopped."""
        self._make_sure_of_room()
        sums = {}
        for file in self._voice.files:
            self._fetch(file)
            self._tell(is_checking=True)
            with self._staging.writing():
                sums[file.name] = sums_of(
                    self._staging.part(file.name), lambda: not self._stopped.is_set()
                )
            if self._stopped.is_set():
                return None
            if not sums[file.name].are_of(file):
                raise VoiceFilesWrong(self._url_of(file), "its checksum is wrong")
        return sums

    def _make_sure_of_room(self) -> None:
        free = shutil.disk_usage(self._voices_dir).free
        missing = self._voice.size_bytes - self._staging.kept_bytes()
        if free < missing + _SPARE_BYTES:
            raise OutputNotWritten(
                self._voices_dir,
                f"{missing / 1e6:,.0f} MB are needed and the disk has {free / 1e6:,.0f} left",
            )

    def _fetch(self, file: PublishedFile) -> None:
        """Bring the part of a file up to its full size, over as many connections as it takes."""
        part = self._staging.part(file.name)
        if size_of(part) > file.size_bytes:
            part.unlink()
        failures = 0
        while (have := size_of(part)) < file.size_bytes and not self._stopped.is_set():
            try:
                self._transfer(file, part, have)
            except _BrokeOff as error:
                failures = 1 if size_of(part) > have else failures + 1
                if self._stopped.is_set():
                    return
                if failures >= self._patience.tries:
                    raise DownloadFailed(self._url_of(file), str(error)) from error
                self._stopped.wait(self._patience.first_wait_s * 2 ** (failures - 1))

    def _transfer(self, file: PublishedFile, part: Path, have: int) -> None:
        """Write what one connection brings behind what there is.

        Raises:
            _BrokeOff: it ended too soon.
            DownloadFailed: the server won't.
            VoiceFilesWrong: the server says, or sends, what can't be the file.
        """
        with self._answer_to(self._url_of(file), have) as answer:
            start = self._start_of(answer, file, have)
            with self._staging.writing(), part.open("r+b" if start else "wb") as out:
                out.seek(start)
                while chunk := _read(answer):
                    if out.tell() + len(chunk) > file.size_bytes:
                        raise VoiceFilesWrong(self._url_of(file), "it is longer than published")
                    out.write(chunk)
                    self._tell()
                    if self._stopped.is_set():
                        break
                out.flush()
                os.fsync(out.fileno())
        if size_of(part) < file.size_bytes:
            raise _BrokeOff("the connection breaks off")

    def _start_of(self, answer: http.client.HTTPResponse, file: PublishedFile, have: int) -> int:
        """Return where in the file the answer's first byte belongs; refuse what can't be it."""
        url = self._url_of(file)
        if answer.status == 416 and have:
            self._staging.part(file.name).unlink()
            raise _BrokeOff("the server has less of it than has come")
        if answer.status in _PASSING_STATUSES:
            raise _BrokeOff(f"the server answers {answer.status}")
        if answer.status not in (200, 206) or (answer.status == 206 and not have):
            raise DownloadFailed(url, f"the server answers {answer.status}")
        start = have if answer.status == 206 else 0
        if start and answer.headers.get("Content-Range") != (
            f"bytes {start}-{file.size_bytes - 1}/{file.size_bytes}"
        ):
            raise VoiceFilesWrong(url, "the server has a file of another length")
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise VoiceFilesWrong(url, "it comes packed")
        if answer.length is not None and start + answer.length != file.size_bytes:
            raise VoiceFilesWrong(url, "the server has a file of another length")
        return start

    @contextmanager
    def _answer_to(self, url: str, have: int) -> Iterator[http.client.HTTPResponse]:
        """Ask for a file from byte `have` on, following redirects that are allowed."""
        origin = target = urlsplit(url)
        for _ in range(_MOST_REDIRECTS + 1):
            connection = self._connected(target, origin)
            try:
                with self._asked(connection, target, have) as answer:
                    location = answer.headers.get("Location")
                    if answer.status not in (301, 302, 303, 307, 308) or location is None:
                        yield answer
                        return
            finally:
                with self._lock:
                    self._socket = None
                connection.close()
            try:
                target = urlsplit(urljoin(target.geturl(), location))
            except ValueError as error:
                raise VoiceFilesWrong(url, "the server sends us on to nowhere") from error
        raise DownloadFailed(url, "the server sends us round in circles")

    def _connected(self, url: SplitResult, origin: SplitResult) -> http.client.HTTPConnection:
        if not is_allowed(url, origin):
            if url == origin:
                raise DownloadFailed(url.geturl(), "an address must begin with https")
            raise VoiceFilesWrong(
                origin.geturl(), f"the server sends us on to {url.scheme}://{url.netloc}"
            )
        connection = connection_to(url, self._patience.silence_s)
        try:
            connection.connect()
        except (OSError, http.client.HTTPException) as error:
            if self._has_answered and not isinstance(error, ssl.SSLCertVerificationError):
                raise _BrokeOff(reason_of(error)) from error
            raise DownloadFailed(url.geturl(), reason_of(error)) from error
        with self._lock:
            self._socket = connection.sock
            if self._stopped.is_set():
                _hang_up(connection.sock)
        return connection

    def _asked(
        self, connection: http.client.HTTPConnection, url: SplitResult, have: int
    ) -> http.client.HTTPResponse:
        headers = {"User-Agent": f"sottovoce/{__version__}", "Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        try:
            connection.request("GET", target, headers=headers)
            answer = connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _BrokeOff(reason_of(error)) from error
        self._has_answered = True
        return answer

    def _url_of(self, file: PublishedFile) -> str:
        if file.address and self._mirror is None:
            return f"{file.address.rstrip('/')}/{quote(file.name)}"
        return f"{(self._mirror or self._voice.address).rstrip('/')}/{quote(file.path)}"

    def _tell(self, *, is_checking: bool = False) -> None:
        now = time.monotonic()
        if is_checking or now - self._told_s >= _TOLD_EVERY_S:
            self._told_s = now
            done = self._staging.kept_bytes()
            self._on_progress(Progress(done, self._voice.size_bytes, is_checking))


def is_allowed(url: SplitResult, origin: SplitResult) -> bool:
    """Whether a download that began at `origin` may be had from `url`.

    That is the same server, or by https one of the publisher's. Without https only this machine.
    """
    try:
        is_same = (url.scheme, url.hostname, url.port) == (
            origin.scheme,
            origin.hostname,
            origin.port,
        )
        port = url.port
    except ValueError:
        return False
    host = (url.hostname or "").lower()
    if url.username is not None or not host:
        return False
    if url.scheme == "http":
        return is_same and host in THIS_MACHINE
    is_publishers = any(host == domain or host.endswith(f".{domain}") for domain in REDIRECTS_TO)
    return url.scheme == "https" and (is_same or (is_publishers and port in (None, 443)))


def _read(answer: http.client.HTTPResponse) -> bytes:
    try:
        return answer.read(_CHUNK_BYTES)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _BrokeOff(reason_of(error)) from error


def _hang_up(connected: socket.socket) -> None:
    """Wake the thread that waits for this connection."""
    with suppress(OSError):
        # not the method of an encrypted one, which also takes its encryption away under the reader
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
