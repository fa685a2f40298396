"""Hears of programs that are started beside this one, on a local socket, and calls the first there.

No network connection is opened. Loaded once the text is painted, or to leave at once.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from reader.errors import SottovoceError
from reader.text.address import Address, address_from
from reader.text.web_address import web_address_from
from reader.ui.one_window import TOKENS, OneWindow, Wish

ANSWERS_WITHIN_MS = 5_000
"""How long a second program waits for an answer: on a busy machine one may take a second or two.
If none comes by then the first hangs, and nobody is to wait for it."""

_LONGEST_WISH_BYTES = 65_536
_TAKEN, _STILL_THERE, _DONE = b"taken\n", b"still there\n", b"done\n"


class OtherStarts(QObject):
    """Listens for the one that is first in its seat; others never hear anything."""

    wished = Signal(object)
    """Wish of a program that was started beside this one."""

    def __init__(self, one: OneWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address_file = one.address_file
        self._server = QLocalServer(self)
        if one.is_first:
            self._listen()

    def _listen(self) -> None:
        server = self._server
        QLocalServer.removeServer(_read(self._address_file))  # left by one that was killed
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # a name that nobody can guess, and take first, in a folder that all may write to
        if server.listen(f"sottovoce-{os.urandom(8).hex()}"):
            server.newConnection.connect(self._on_connection)
            with suppress(OSError):
                self._address_file.write_text(server.fullServerName(), encoding="utf-8")

    @property
    def server_name(self) -> str:
        """Where it listens, "" where it doesn't."""
        return self._server.fullServerName() if self._server.isListening() else ""

    def close(self) -> None:
        """Hear of nobody any more; one whose wish isn't done is told so by the end of the line."""
        if self._server.isListening():
            with suppress(OSError):
                self._address_file.unlink(missing_ok=True)
            self._server.close()
        for caller in self.findChildren(_Caller):
            caller.hang_up()

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            caller = _Caller(self._server.nextPendingConnection(), self)
            caller.wished.connect(self.wished)


class _Caller(QObject):
    """A program started beside this one, on its end of the line.

    It is asked back before its wish is done: one that has waited in vain has a window of its own.
    """

    wished = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._wish: Wish | None = None
        socket.setParent(self)
        socket.readyRead.connect(self._on_ready)
        socket.disconnected.connect(self.deleteLater)
        self._on_ready()

    def _on_ready(self) -> None:
        socket = self._socket
        while socket.canReadLine():
            line = bytes(socket.readLine().data())
            if self._wish is None:
                self._wish = _wish_from(line)
                if self._wish is None:
                    socket.abort()
                    return
                socket.write(_TAKEN)
            elif line == _STILL_THERE:
                socket.write(_DONE)
                socket.flush()  # what is wished for may take a while
                socket.disconnectFromServer()
                self.wished.emit(self._wish)
                return
        if socket.bytesAvailable() > _LONGEST_WISH_BYTES:
            socket.abort()

    def hang_up(self) -> None:
        """Do nothing more for the other program."""
        self._socket.readyRead.disconnect(self._on_ready)
        self._socket.abort()


def hand_over(address_file: Path, wish: Wish) -> bool | None:
    """Return whether the first has done a wish; None if nobody listens yet, or no longer."""
    server_name = _read(address_file)
    if not server_name:
        return None
    socket = QLocalSocket()
    socket.connectToServer(server_name)
    if not socket.waitForConnected(ANSWERS_WITHIN_MS):
        return None
    for line, answer in ((_line_of(wish), _TAKEN), (_STILL_THERE, _DONE)):
        socket.write(line)
        told = _answer_on(socket)
        if told != answer:
            return None if not told and _has_hung_up(socket) else False
    socket.disconnectFromServer()
    return True


def _answer_on(socket: QLocalSocket) -> bytes:
    """Return the line the first answers with; empty if it doesn't in time, or hangs up."""
    end = time.monotonic() + ANSWERS_WITHIN_MS / 1000
    while not socket.canReadLine():
        left_ms = round((end - time.monotonic()) * 1000)
        if left_ms <= 0 or not socket.waitForReadyRead(left_ms):
            break
    return bytes(socket.readLine().data())


def _has_hung_up(socket: QLocalSocket) -> bool:
    return socket.state() is not QLocalSocket.LocalSocketState.ConnectedState


def _read(address_file: Path) -> str:
    try:
        return address_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _line_of(wish: Wish) -> bytes:
    match wish.target:
        case None:
            target = {}
        case Path() as path:
            target = {"path": str(path)}
        case Address() as address:
            target = {"address": str(address)}
        case page:
            target = {"page": page}
    line = {**target, "plays": wish.plays, "tokens": dict(wish.tokens)}
    return json.dumps(line).encode("ascii") + b"\n"


def _wish_from(line: bytes) -> Wish | None:
    """Return the wish a line holds; None if it holds none."""
    try:
        given: dict[str, Any] = json.loads(line)
        tokens = tuple((name, str(given["tokens"][name])) for name in given["tokens"])
        known = tuple(token for token in tokens if token[0] in TOKENS)
        target = _target_from(given)
        is_bare = not given.keys() & {"path", "address", "page"}
        return Wish(target, given["plays"] is True, known) if target or is_bare else None
    except (ValueError, TypeError, KeyError, AttributeError, SottovoceError):
        return None


def _target_from(given: dict[str, Any]) -> Path | Address | str | None:
    if "path" in given:
        return Path(given["path"])
    if "address" in given:
        return address_from(given["address"])
    return web_address_from(given["page"]) if "page" in given else None
