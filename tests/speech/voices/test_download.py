"""Tests of reader.speech.voices.download, against a real server on this machine."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from reader.errors import (
    DownloadFailed,
    OutputNotWritten,
    SottovoceError,
    VoiceBusy,
)
from reader.speech.voices.download import Outcome, Patience, Progress, VoiceDownload
from tests.fakes.voice_server import Dam, Misdeed, VoiceServer
from tests.patience import PATIENCE_S
from tests.speech.downloading import MODEL, assert_whole, download, in_turn, once, sent


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
    # on a busy machine a server may fall silent more often than it is meant to
    impatient = Patience(silence_s=0.5, tries=200, first_wait_s=0.01)
    assert download(voice, tmp_path, impatient).run() is Outcome.INSTALLED
    assert_whole(tmp_path, server)


def test_after_a_break_only_the_rest_is_asked_for(tmp_path: Path, server: VoiceServer) -> None:
    voice = server.publish()
    server.misdeed = once(sent(lambda visit: visit.send_part(100_000)))
    download(voice, tmp_path).run()
    assert [start for _path, start in server.visits] == [None, 100_000, None]


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


def test_a_disk_too_full_is_said_before_anything_is_fetched(
    tmp_path: Path, server: VoiceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = server.publish()
    usage = shutil.disk_usage(tmp_path)._replace(free=200_000)
    monkeypatch.setattr("reader.speech.voices.download.shutil.disk_usage", lambda _path: usage)
    with pytest.raises(OutputNotWritten, match="needed"):
        download(voice, tmp_path).run()
    assert server.visits == []


def test_a_disk_that_fills_up_gets_back_what_was_taken(
    tmp_path: Path, server: VoiceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = server.publish()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("reader.speech.voices.download.os.fsync", full)
    with pytest.raises(OutputNotWritten, match="no space"):
        download(voice, tmp_path).run()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path, server: VoiceServer) -> None:
    voice = server.publish()
    (tmp_path / "voices").write_bytes(b"a file where the folder should be")
    with pytest.raises(OutputNotWritten):
        download(voice, tmp_path / "voices").run()
