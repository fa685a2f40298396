"""A publisher of voices on this machine, real over HTTP, that misbehaves as it is told to."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import resources
from reader.speech.engine import VoiceId
from reader.speech.voices.catalogue import PublishedFile, PublishedVoice, published_voices
from tests.patience import PATIENCE_S

CONFIGURATION = b'{"phoneme_id_map": {"_": [0]}, "audio": {"sample_rate": 8000}}'
Misdeed = Callable[["Visit"], bool]
"""Answers a visit in its own way and says True, or leaves it to be answered properly."""


@dataclass
class Visit:
    """One request: its path and the first byte asked for, with the means to answer it."""

    path: str
    start: int | None
    number: int
    handler: BaseHTTPRequestHandler
    content: bytes

    def send(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        """Answer with exactly this."""
        self.handler.send_response(status)
        for name, value in headers.items():
            self.handler.send_header(name, value)
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def send_part(self, byte_count: int) -> None:
        """Promise all from where it was asked for, send so much and hang up."""
        start = self.start or 0
        whole = len(self.content)
        headers = {"Content-Length": str(whole - start)}
        if self.start is not None:
            headers["Content-Range"] = f"bytes {start}-{whole - 1}/{whole}"
        body = self.content[start : start + byte_count]
        self.send(200 if self.start is None else 206, headers, body)


@dataclass
class VoiceServer:
    """What is published, who came for it, and what is to go wrong."""

    files: dict[str, bytes] = field(default_factory=dict)
    visits: list[tuple[str, int | None]] = field(default_factory=list)
    misdeed: Misdeed = lambda _visit: False
    port: int = 0

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}/"

    def publish(
        self, name: str = "xx_XX-test-low", model: bytes = b"m" * 300_000, language: str = "xx-XX"
    ) -> PublishedVoice:
        """Offer a voice of two files and return what a catalogue says of it."""
        contents = {f"{name}.onnx": model, f"{name}.onnx.json": CONFIGURATION}
        self.files |= {f"/xx/{name}/{file}": content for file, content in contents.items()}
        return PublishedVoice(
            id=VoiceId(f"piper:{name}"),
            language=language,
            name=name.split("-")[1].capitalize(),
            quality="low",
            licence="see the model card",
            address=self.address,
            place=f"piper/{name}",
            files=tuple(
                PublishedFile(
                    path=f"xx/{name}/{file}",
                    name=file,
                    size_bytes=len(content),
                    md5=hashlib.md5(content, usedforsecurity=False).hexdigest(),
                    sha256="",
                )
                for file, content in contents.items()
            ),
        )


class Dam:
    """Lets a server send 100,000 bytes of the first file, and the rest when it is opened."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def misdeed(self, visit: Visit) -> bool:
        """Hold back the rest at the first visit."""
        if visit.number != 1:
            return False
        visit.send_part(100_000)
        visit.handler.wfile.flush()
        self.reached.set()
        self.opened.wait(PATIENCE_S)
        return True


@contextmanager
def only_published(folder: Path, *voices: PublishedVoice) -> Iterator[None]:
    """Let the app know these voices alone, from a catalogue written below `folder`."""
    (folder / "voices").mkdir(parents=True)
    for voice in voices:
        name = voice.id.partition(":")[2]
        catalogue = {
            "engine": voice.engine,
            "address": voice.address,
            "voices": [
                {
                    "name": name,
                    "language": voice.language,
                    "title": voice.name,
                    "quality": voice.quality,
                    "folder": f"xx/{name}",
                    "files": {f.name: [f.size_bytes, f.md5] for f in voice.files},
                }
            ],
        }
        (folder / "voices" / f"{name}.json").write_text(json.dumps(catalogue), encoding="utf-8")
    usual = resources.__path__
    resources.__path__ = [str(folder)]
    published_voices.cache_clear()
    try:
        yield
    finally:
        resources.__path__ = usual
        published_voices.cache_clear()


@contextmanager
def voice_server() -> Iterator[VoiceServer]:
    """Serve on a free port of this machine until the end of the block."""
    published = VoiceServer()

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            start = None if asked is None else int(asked.removeprefix("bytes=").rstrip("-"))
            published.visits.append((self.path, start))
            content = published.files.get(self.path, b"")
            visit = Visit(self.path, start, len(published.visits), self, content)
            if published.misdeed(visit):
                return
            if not content:
                visit.send(404, {"Content-Length": "0"})
            else:
                visit.send_part(len(content))

        def log_message(self, *_arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = False

        def handle_error(self, *_arguments: object) -> None:
            pass  # a visitor who hangs up is no fault

    with Server(("127.0.0.1", 0), Handler) as server:
        published.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), name="voice server")
        thread.start()
        try:
            yield published
        finally:
            server.shutdown()
            thread.join()
