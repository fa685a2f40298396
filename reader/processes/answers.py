"""Answers on a pipe: bytes behind their length."""

from __future__ import annotations

from typing import BinaryIO

_LENGTH_BYTES = 8


def write_answer(stream: BinaryIO, answer: bytes) -> None:
    """Write an answer behind its length."""
    stream.write(len(answer).to_bytes(_LENGTH_BYTES, "little"))
    stream.write(answer)
    stream.flush()


def read_answer(stream: BinaryIO) -> bytes | None:
    """Return the next answer; None where the stream ends."""
    head = stream.read(_LENGTH_BYTES)
    length = int.from_bytes(head, "little")
    answer = stream.read(length)
    return answer if len(head) == _LENGTH_BYTES and len(answer) == length else None
