"""A web site on this machine, real over HTTP or HTTPS, that answers each path as it is told to.

The certificates beside it were made for it, by an authority of their own that nobody else trusts:
`here` is for localhost and 127.0.0.1 until 2120, `expired` was until 2002, `elsewhere` is for
another server. `authority` signed them and kept no key.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CERTIFICATES = Path(__file__).with_name("certificates")
Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class PageServer:
    """What is at which path, and who asked for it with which headers."""

    port: int = 0
    scheme: str = "http"
    pages: dict[str, Behaviour] = field(default_factory=dict)
    visits: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def address(self, path: str = "/") -> str:
        """Return the address of a path."""
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def serve(self, path: str, body: bytes, content_type: str = "text/html", **headers: str) -> str:
        """Answer a path with this; return its address."""
        self.pages[path] = lambda handler: answer(
            handler,
            200,
            {"Content-Type": content_type, "Content-Length": str(len(body)), **headers},
            body,
        )
        return self.address(path)

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        """Send whoever asks for a path on to another place."""
        headers = {"Location": location, "Content-Length": "0"}
        self.pages[path] = lambda handler: answer(handler, status, headers)
        return self.address(path)


def answer(
    handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes = b""
) -> None:
    """Send exactly this."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def _nothing(handler: BaseHTTPRequestHandler) -> None:
    answer(handler, 404, {"Content-Length": "0"})


@contextmanager
def page_server(certificate: str = "") -> Iterator[PageServer]:
    """A server that runs until the block is left; over HTTPS with a certificate's name."""
    site = PageServer(scheme="https" if certificate else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.visits.append((self.path, dict(self.headers.items())))
            site.pages.get(self.path, _nothing)(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass  # whoever doesn't trust us hangs up

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
