"""Protobuf messages read and written by their bytes, as far as ONNX models need it.

The wire format is that of protobuf's encoding guide: a field is its number and kind, then its
content, with a length in front where that isn't told by the kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

_VARINT, _WITH_LENGTH = 0, 2


class UnreadableMessage(Exception):
    """The bytes are no protobuf message."""


class Field(NamedTuple):
    """A field of a message by where it is: [start, end) in all, its content at [content, end)."""

    number: int
    start: int
    content: int
    end: int


def fields(message: bytes | memoryview | mmap, start: int, end: int) -> Iterator[Field]:
    """Yield the fields of the message that is message[start:end].

    Raises:
        UnreadableMessage: it is none, or ends too soon.
    """
    at = start
    while at < end:
        begin = at
        key, at = varint(message, at)
        content = at
        match key & 7:
            case 0:
                _, at = varint(message, at)
            case 1:
                at += 8
            case 5:
                at += 4
            case 2:
                length, content = varint(message, at)
                at = content + length
            case wire_type:
                raise UnreadableMessage(f"wire type {wire_type}")
        if at > end:
            raise UnreadableMessage("it ends too soon")
        yield Field(key >> 3, begin, content, at)


def varint(message: bytes | memoryview | mmap, at: int) -> tuple[int, int]:
    """Return the number that starts at `at`, and where it ends."""
    value = shift = 0
    try:
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value, at
    except IndexError as error:
        raise UnreadableMessage("it ends too soon") from error


def number_field(number: int, value: int) -> bytes:
    """Write a field that holds a number."""
    return _as_varint(number << 3 | _VARINT) + _as_varint(value)


def field(number: int, content: bytes) -> bytes:
    """Write a field that holds a text, bytes or a message."""
    return field_head(number, len(content)) + content


def field_pieces(number: int, content: bytes | memoryview) -> tuple[bytes, bytes | memoryview]:
    """Write such a field without a copy of its content."""
    return field_head(number, len(content)), content


def field_head(number: int, length: int) -> bytes:
    """Write what stands before the content of such a field."""
    return _as_varint(number << 3 | _WITH_LENGTH) + _as_varint(length)


def _as_varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])
