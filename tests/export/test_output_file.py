"""Tests of reader.export.output_file."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from reader.errors import OutputNotWritten
from reader.export.output_file import open_output


def test_the_file_is_there_once_it_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.wav"
    out.write_bytes(b"old")
    with open_output(out) as file:
        file.write(b"new")
        assert out.read_bytes() == b"old"
    assert out.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["out.wav"]


def test_what_fails_halfway_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out.wav"
    out.write_bytes(b"old")

    def write_half() -> None:
        with open_output(out) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert out.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.wav"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "out.wav"
    link.symlink_to(tmp_path / "real" / "out.wav")
    with open_output(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (tmp_path / "real" / "out.wav").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    with open_output(pipe) as file:
        file.write(b"sound")
    reader.join()
    assert read == [b"sound"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["", "no/such/folder.wav"], ids=["a folder", "in no folder"])
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputNotWritten), open_output(tmp_path / name):
        pass
