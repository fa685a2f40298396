"""Files that can't be read are refused with their reason, at once and without harm."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from reader.errors import (
    TextEmpty,
    TextIsFolder,
    TextMissing,
    TextNotAFile,
    TextNotPermitted,
    TextReadFailed,
    TextTooLarge,
)
from reader.formats.source import look_at
from tests.patience import PATIENCE_S


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("nowhere.txt", id="no such file"),
        pytest.param("a.txt/b.txt", id="below a file"),
        pytest.param("x" * 5000, id="a name longer than names may be"),
        pytest.param("a\0b.txt", id="a name with a NUL"),
    ],
)
def test_a_file_that_cannot_be_is_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("text")
    with pytest.raises(TextMissing):
        look_at(tmp_path / name)


def test_a_folder_is_told_from_a_file(tmp_path: Path) -> None:
    with pytest.raises(TextIsFolder):
        look_at(tmp_path)


def test_a_file_without_a_byte_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(TextEmpty):
        look_at(tmp_path / "a.txt")


def test_an_endless_device_is_refused() -> None:
    with pytest.raises(TextNotAFile):
        look_at(Path("/dev/zero"))


def test_a_pipe_is_refused_without_waiting_for_its_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    outcome: list[Exception] = []

    def look() -> None:
        try:
            look_at(tmp_path / "pipe.txt")
        except TextNotAFile as error:
            outcome.append(error)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(timeout=PATIENCE_S)
    assert outcome


def test_a_link_that_leads_nowhere_is_missing(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.raises(TextMissing):
        look_at(tmp_path / "link.txt")


def test_a_link_to_itself_fails_with_the_systems_reason(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "link.txt")
    with pytest.raises(TextReadFailed) as caught:
        look_at(tmp_path / "link.txt")
    assert caught.value.reason == os.strerror(errno.ELOOP).lower()


def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"text")
        file.truncate(2_000_000_000)
    source = look_at(path)
    with pytest.raises(TextTooLarge) as caught:
        source.read(1_000)
    assert caught.value.size_bytes == 2_000_000_000


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 1_000)
    assert look_at(tmp_path / "a.txt").read(1_000) == b"x" * 1_000


def test_a_file_that_vanishes_between_look_and_reading_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("text")
    source = look_at(path)
    path.unlink()
    with pytest.raises(TextMissing):
        source.read(1_000)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        pytest.param(errno.EACCES, TextNotPermitted, id="not permitted"),
        pytest.param(errno.EPERM, TextNotPermitted, id="forbidden by the system"),
        pytest.param(errno.EIO, TextReadFailed, id="a disk that fails"),
        pytest.param(errno.ESTALE, TextReadFailed, id="a share that went away"),
    ],
)
def test_what_the_system_says_becomes_a_kind_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception]
) -> None:
    # The fault is put in by hand: whoever runs as root is permitted everything.
    path = tmp_path / "a.txt"
    path.write_text("text")

    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("reader.formats.source.os.open", fail)
    with pytest.raises(kind):
        look_at(path)


def test_a_file_without_permission_is_not_permitted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("text")
    path.chmod(0)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)  # root may read everything, nobody may not
    try:
        with pytest.raises(TextNotPermitted):
            look_at(path)
    finally:
        if is_root:
            os.seteuid(0)


def test_a_file_that_becomes_shorter_while_read_is_not_taken_for_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a text")
    source = look_at(path)
    fstat = os.fstat

    def fstat_then_shorten(number: int) -> os.stat_result:
        found = fstat(number)
        os.truncate(path, 3)
        return found

    monkeypatch.setattr("reader.formats.source.os.fstat", fstat_then_shorten)
    with pytest.raises(TextReadFailed):
        source.read(1_000)
