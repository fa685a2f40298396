"""What a download of a voice refuses: other bytes, other hosts, connections that aren't safe."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from reader.errors import (
    DownloadFailed,
    VoiceFilesWrong,
)
from reader.speech.voices.catalogue import published_voices
from reader.speech.voices.download import is_allowed
from tests.fakes.voice_server import Misdeed, VoiceServer
from tests.patience import PATIENCE_S
from tests.speech.downloading import MODEL, assert_whole, download, in_turn, sent


@pytest.mark.parametrize(
    ("misdeed", "reason"),
    [
        pytest.param(
            sent(lambda v: v.send(200, {"Content-Length": "300000"}, b"w" * 300_000)),
            "checksum",
            id="serves wrong bytes",
        ),
        pytest.param(
            sent(lambda v: v.send(200, {"Content-Length": "5"}, b"short")),
            "another length",
            id="has less",
        ),
        pytest.param(
            sent(lambda v: v.send(200, {"Content-Length": "9000000"}, b"m" * 1000)),
            "another length",
            id="promises more",
        ),
        pytest.param(
            sent(lambda v: v.send(200, {}, v.content + b"more")), "longer", id="sends more"
        ),
        pytest.param(
            sent(lambda v: v.send(200, {"Content-Encoding": "gzip"}, v.content)),
            "packed",
            id="packs it",
        ),
        pytest.param(
            in_turn(
                lambda v: v.send_part(1000),
                lambda v: v.send(
                    206, {"Content-Range": "bytes 1000-299998/299999"}, v.content[1000:]
                ),
            ),
            "another length",
            id="goes on with another file",
        ),
        pytest.param(
            in_turn(
                lambda v: v.send_part(1000),
                lambda v: v.send(206, {"Content-Range": "bytes 0-299999/300000"}, v.content),
            ),
            "another length",
            id="goes on at another place",
        ),
    ],
)
def test_what_is_not_the_published_file_is_refused_and_leaves_nothing(
    tmp_path: Path, server: VoiceServer, misdeed: Misdeed, reason: str
) -> None:
    voice = server.publish()
    server.misdeed = misdeed
    with pytest.raises(VoiceFilesWrong, match=reason):
        download(voice, tmp_path).run()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.2:{port}/xx/a",
        "http://127.0.0.1:1/xx/a",
        "http://example.org/a",
        "https://example.org/a",
        "https://huggingface.co.example.org/a",
        "http://huggingface.co/a",
        "https://huggingface.co:8443/a",
        "https://me@huggingface.co/a",
        "ftp://huggingface.co/a",
        "file:///etc/passwd",
        "http://[::1/a",
        "//127.0.0.1:99999/a",
    ],
)
def test_a_redirect_elsewhere_is_refused_before_anybody_is_asked(
    tmp_path: Path, server: VoiceServer, monkeypatch: pytest.MonkeyPatch, location: str
) -> None:
    asked: list[object] = []
    connect = socket.create_connection

    def noted(address: Any, *more: Any, **names: Any) -> socket.socket:
        asked.append(address)
        return connect(address, *more, **names)

    monkeypatch.setattr(socket, "create_connection", noted)
    voice = server.publish()
    server.misdeed = sent(
        lambda visit: visit.send(
            302, {"Location": location.format(port=server.port), "Content-Length": "0"}
        )
    )
    with pytest.raises(VoiceFilesWrong, match="sends us on"):
        download(voice, tmp_path).run()
    assert asked == [("127.0.0.1", server.port)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://huggingface.co/x", True),
        ("https://cdn-lfs.hf.co/x?signature=1", True),
        ("https://us.aws.cdn.hf.co/x", True),
        ("https://HF.co:443/x", True),
        ("https://hf.co.evil.example/x", False),
        ("https://evilhf.co/x", False),
        ("http://hf.co/x", False),
    ],
)
def test_the_publishers_own_hosts_may_be_sent_on_to(url: str, *, expected: bool) -> None:
    origin = urlsplit(next(iter(published_voices().values())).address)
    assert is_allowed(urlsplit(url), origin) is expected


@pytest.mark.parametrize("address", ["http://voices.example/", "ftp://127.0.0.1/", "voices", "//"])
def test_without_https_nothing_is_fetched_but_from_this_machine(
    tmp_path: Path, server: VoiceServer, address: str
) -> None:
    voice = server.publish()
    with pytest.raises(DownloadFailed, match="https"):
        download(voice, tmp_path, address=address).run()


def test_endless_redirects_end(tmp_path: Path, server: VoiceServer) -> None:
    voice = server.publish()
    server.misdeed = sent(lambda visit: visit.send(302, {"Location": visit.path}))
    with pytest.raises(DownloadFailed, match="circles"):
        download(voice, tmp_path).run()
    assert len(server.visits) == 6


def test_parts_that_were_tampered_with_are_refused(tmp_path: Path, server: VoiceServer) -> None:
    voice = server.publish()
    partial = tmp_path / ".partial" / "piper+xx_XX-test-low"
    partial.mkdir(parents=True)
    (partial / f"{MODEL}.part").write_bytes(b"not what was published")
    with pytest.raises(VoiceFilesWrong, match="checksum"):
        download(voice, tmp_path).run()
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_is_too_long_is_begun_anew(tmp_path: Path, server: VoiceServer) -> None:
    voice = server.publish()
    partial = tmp_path / ".partial" / "piper+xx_XX-test-low"
    partial.mkdir(parents=True)
    (partial / f"{MODEL}.part").write_bytes(b"m" * 300_001)
    download(voice, tmp_path).run()
    assert_whole(tmp_path, server)


def test_the_systems_proxy_is_asked_for_a_way_through(
    tmp_path: Path, server: VoiceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:

        def answer() -> None:
            connection, _ = proxy.accept()
            with connection:
                asked.append(connection.recv(4096))
                connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        port = proxy.getsockname()[1]
        monkeypatch.setenv("https_proxy", f"http://me:p%40ss@127.0.0.1:{port}")
        voice = replace(server.publish(), address="https://voices.example/")
        with pytest.raises(DownloadFailed, match="407"):
            download(voice, tmp_path).run()
        thread.join(PATIENCE_S)
    assert asked[0].startswith(b"CONNECT voices.example:443 ")
    assert b"Proxy-Authorization: Basic bWU6cEBzcw==" in asked[0]


def test_piper_s_voices_come_from_one_place_by_https() -> None:
    addresses = {v.address for v in published_voices().values() if v.engine == "piper"}
    assert len(addresses) == 1
    assert addresses.pop().startswith("https://")
