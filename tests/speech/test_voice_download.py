"""Tests of reader.speech.voice_download, against a real server on this machine."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from reader.errors import (
    DownloadFailed,
    OutputNotWritten,
    SottovoceError,
    VoiceBusy,
    VoiceFilesWrong,
)
from reader.speech.catalogue import PublishedVoice, published_voices
from reader.speech.voice_download import Outcome, Patience, Progress, VoiceDownload, is_allowed
from reader.speech.voice_store import recorded_sums, sums_of
from tests.fakes.voice_server import Dam, Misdeed, Visit, VoiceServer, voice_server
from tests.patience import PATIENCE_S

QUICK = Patience(silence_s=0.5, tries=3, first_wait_s=0.01)
MODEL = "xx_XX-test-low.onnx"


@pytest.fixture
def server() -> Iterator[VoiceServer]:
    """A publisher of voices."""
    with voice_server() as published:
        yield published


def download(voice: PublishedVoice, voices_dir: Path, **more: Any) -> VoiceDownload:
    """Return a download that doesn't wait long."""
    return VoiceDownload(voice, voices_dir, patience=QUICK, **more)


def files_below(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their relative paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def assert_whole(voices_dir: Path, server: VoiceServer) -> None:
    """The voice is in place as published, with its sums, and nothing else is there."""
    found = files_below(voices_dir)
    sums = found.pop("piper/xx_XX-test-low/SHA256SUMS")
    assert {name.rpartition("/")[2]: content for name, content in found.items()} == {
        path.rpartition("/")[2]: content for path, content in server.files.items()
    }
    folder = voices_dir / "piper" / "xx_XX-test-low"
    assert recorded_sums(folder)[MODEL] == sums_of(folder / MODEL).sha256
    assert sums.count(b"\n") == 2
    assert [path.name for path in voices_dir.iterdir()] == ["piper"]


def once(misdeed: Misdeed) -> Misdeed:
    """Misbehave at the first visit alone."""
    return lambda visit: visit.number == 1 and misdeed(visit)


def sent(act: Callable[[Visit], object]) -> Misdeed:
    """Answer the model's visits with `act`."""

    def misdeed(visit: Visit) -> bool:
        if not visit.path.endswith(MODEL):
            return False
        act(visit)
        return True

    return misdeed


def in_turn(*acts: Callable[[Visit], object]) -> Misdeed:
    """Answer the first visits with one act each, later ones properly."""

    def misdeed(visit: Visit) -> bool:
        if visit.number > len(acts):
            return False
        acts[visit.number - 1](visit)
        return True

    return misdeed


def test_a_voice_is_fetched_checked_and_put_in_place(tmp_path: Path, server: VoiceServer) -> None:
    told: list[Progress] = []
    voice = server.publish()
    assert download(voice, tmp_path, on_progress=told.append).run() is Outcome.INSTALLED
    assert_whole(tmp_path, server)
    assert [path for path, _start in server.visits] == list(server.files)
    assert told[-1] == Progress(voice.size_bytes, voice.size_bytes, is_checking=True)
    assert [p.done_bytes for p in told] == sorted(p.done_bytes for p in told)


def test_a_file_with_an_address_of_its_own_comes_from_there_unless_there_is_a_mirror(
    tmp_path: Path, server: VoiceServer
) -> None:
    voice = server.publish()
    model, *others = voice.files
    elsewhere = replace(model, address=f"{server.address}releases/v1")
    spread = replace(voice, files=(elsewhere, *others))
    assert spread.addresses == (server.address, f"{server.address}releases/v1")
    with pytest.raises(DownloadFailed):
        download(spread, tmp_path).run()
    server.files[f"/releases/v1/{MODEL}"] = server.files.pop(f"/{model.path}")
    assert download(spread, tmp_path).run() is Outcome.INSTALLED
    server.files[f"/{model.path}"] = server.files.pop(f"/releases/v1/{MODEL}")
    mirrored = download(spread, tmp_path / "mirrored", address=server.address)
    assert mirrored.run() is Outcome.INSTALLED


@pytest.mark.parametrize(
    "misdeed",
    [
        pytest.param(once(sent(lambda v: v.send_part(100_000))), id="breaks off"),
        pytest.param(sent(lambda v: v.send_part(120_000)), id="breaks off each time"),
        pytest.param(once(sent(lambda v: v.handler.connection.close())), id="hangs up"),
        pytest.param(once(sent(lambda v: v.send(503, {"Content-Length": "0"}))), id="is busy"),
        pytest.param(once(sent(lambda _v: time.sleep(0.8))), id="falls silent"),
        pytest.param(
            in_turn(lambda v: v.send_part(90_000), lambda v: v.send(200, {}, v.content)),
            id="doesn't go on but begins anew",
        ),
        pytest.param(
            in_turn(lambda v: v.send_part(90_000), lambda v: v.send(416, {"Content-Length": "0"})),
            id="denies what was there",
        ),
        pytest.param(sent(lambda v: v.send(200, {}, v.content)), id="says no length"),
        pytest.param(
            once(sent(lambda v: v.send(302, {"Location": f"{v.path}", "Content-Length": "0"}))),
            id="redirects to itself",
        ),
        pytest.param(
            once(sent(lambda v: v.send(200, {"Transfer-Encoding": "chunked"}, b"4\r\nmmmm\r\n"))),
            id="breaks off between chunks",
        ),
    ],
)
def test_the_voice_arrives_whole_even_if_the_server(
    tmp_path: Path, server: VoiceServer, misdeed: Misdeed
) -> None:
    voice = server.publish()
    server.misdeed = misdeed
    assert download(voice, tmp_path).run() is Outcome.INSTALLED
    assert_whole(tmp_path, server)


def test_after_a_break_only_the_rest_is_asked_for(tmp_path: Path, server: VoiceServer) -> None:
    voice = server.publish()
    server.misdeed = once(sent(lambda visit: visit.send_part(100_000)))
    download(voice, tmp_path).run()
    assert [start for _path, start in server.visits] == [None, 100_000, None]


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


@pytest.mark.parametrize(
    ("misdeed", "reason", "visits"),
    [
        pytest.param(sent(lambda v: v.send(404, {})), "answers 404", 1, id="not found"),
        pytest.param(sent(lambda v: v.send(500, {})), "answers 500", 3, id="broken"),
        pytest.param(sent(lambda v: v.handler.connection.close()), "breaks off", 3, id="gone"),
    ],
)
def test_a_server_that_will_not_is_left_in_peace(
    tmp_path: Path, server: VoiceServer, misdeed: Misdeed, reason: str, visits: int
) -> None:
    voice = server.publish()
    server.misdeed = misdeed
    with pytest.raises(DownloadFailed, match=reason):
        download(voice, tmp_path).run()
    assert len(server.visits) == visits
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_it_is_said_at_once(tmp_path: Path, server: VoiceServer) -> None:
    voice = server.publish()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # not listening
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(DownloadFailed, match="refused"):
            download(voice, tmp_path, address=address).run()


def test_what_came_before_the_server_gave_up_is_kept_for_the_next_try(
    tmp_path: Path, server: VoiceServer
) -> None:
    voice = server.publish()
    server.misdeed = in_turn(
        lambda v: v.send_part(50_000), *[lambda v: v.send(500, {"Content-Length": "0"})] * 9
    )
    with pytest.raises(DownloadFailed):
        download(voice, tmp_path).run()
    server.misdeed = lambda _visit: False
    server.visits.clear()
    assert download(voice, tmp_path).run() is Outcome.INSTALLED
    assert server.visits[0][1] == 50_000
    assert_whole(tmp_path, server)


def run_in_thread(wanted: VoiceDownload) -> tuple[threading.Thread, list[Outcome | SottovoceError]]:
    """Run a download beside the test."""
    outcomes: list[Outcome | SottovoceError] = []

    def run() -> None:
        try:
            outcomes.append(wanted.run())
        except SottovoceError as error:
            outcomes.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, outcomes


def wait_for_bytes(voices_dir: Path, byte_count: int) -> None:
    """Wait until so much of the model is on disk."""
    part = voices_dir / ".partial" / "piper+xx_XX-test-low" / f"{MODEL}.part"
    while not (part.exists() and part.stat().st_size >= byte_count):
        time.sleep(0.005)


def test_pausing_ends_at_once_and_what_has_come_is_used_again(
    tmp_path: Path, server: VoiceServer
) -> None:
    voice, dam = server.publish(), Dam()
    server.misdeed = dam.misdeed
    slow = VoiceDownload(voice, tmp_path, patience=Patience(silence_s=60))
    thread, outcomes = run_in_thread(slow)
    wait_for_bytes(tmp_path, 80_000)
    slow.pause()
    thread.join(PATIENCE_S)
    assert outcomes == [Outcome.PAUSED]  # though the server is still silent
    dam.opened.set()
    assert not (tmp_path / "piper").exists()
    assert download(voice, tmp_path).run() is Outcome.INSTALLED
    start = server.visits[1][1]
    assert start is not None
    assert 80_000 <= start <= 100_000
    assert_whole(tmp_path, server)


def test_cancelling_ends_at_once_and_leaves_nothing(tmp_path: Path, server: VoiceServer) -> None:
    voice, dam = server.publish(), Dam()
    server.misdeed = dam.misdeed
    slow = VoiceDownload(voice, tmp_path, patience=Patience(silence_s=60))
    thread, outcomes = run_in_thread(slow)
    dam.reached.wait(PATIENCE_S)
    slow.cancel()
    thread.join(PATIENCE_S)
    dam.opened.set()
    assert outcomes == [Outcome.CANCELLED]
    assert list(tmp_path.iterdir()) == []


def test_the_same_voice_twice_at_once_is_refused_the_second_time(
    tmp_path: Path, server: VoiceServer
) -> None:
    voice, dam = server.publish(), Dam()
    server.misdeed = dam.misdeed
    first = download(voice, tmp_path)
    thread, outcomes = run_in_thread(first)
    dam.reached.wait(PATIENCE_S)
    with pytest.raises(VoiceBusy) as refused:
        download(voice, tmp_path).run()
    assert refused.value.voice_id == voice.id
    dam.opened.set()
    thread.join(PATIENCE_S)
    assert outcomes == [Outcome.INSTALLED]
    assert_whole(tmp_path, server)


def test_two_voices_at_once_both_arrive(tmp_path: Path, server: VoiceServer) -> None:
    voices = [server.publish(f"xx_XX-{name}-low") for name in ("one", "two", "three")]
    running = [run_in_thread(download(voice, tmp_path)) for voice in voices]
    for thread, _outcomes in running:
        thread.join(PATIENCE_S)
    assert [outcomes for _thread, outcomes in running] == [[Outcome.INSTALLED]] * 3
    assert [path.name for path in tmp_path.iterdir()] == ["piper"]


def test_a_damaged_voice_is_replaced_as_a_whole(tmp_path: Path, server: VoiceServer) -> None:
    voice = server.publish()
    folder = tmp_path / "piper" / "xx_XX-test-low"
    folder.mkdir(parents=True)
    (folder / MODEL).write_bytes(b"half")
    (folder / "stray").write_bytes(b"stray")
    download(voice, tmp_path).run()
    assert_whole(tmp_path, server)


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


def test_a_disk_too_full_is_said_before_anything_is_fetched(
    tmp_path: Path, server: VoiceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = server.publish()
    usage = shutil.disk_usage(tmp_path)._replace(free=200_000)
    monkeypatch.setattr("reader.speech.voice_download.shutil.disk_usage", lambda _path: usage)
    with pytest.raises(OutputNotWritten, match="needed"):
        download(voice, tmp_path).run()
    assert server.visits == []


def test_a_disk_that_fills_up_gets_back_what_was_taken(
    tmp_path: Path, server: VoiceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = server.publish()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("reader.speech.voice_download.os.fsync", full)
    with pytest.raises(OutputNotWritten, match="no space"):
        download(voice, tmp_path).run()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path, server: VoiceServer) -> None:
    voice = server.publish()
    (tmp_path / "voices").write_bytes(b"a file where the folder should be")
    with pytest.raises(OutputNotWritten):
        download(voice, tmp_path / "voices").run()


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
