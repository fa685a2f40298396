"""Messages on a pipe: a JSON header and raw bytes behind it, both with their lengths in front."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

_LENGTHS = struct.Struct("<II")  # bytes of the header, bytes of the payload
_LONGEST = 1 << 30  # a length above it can only be something else's output on our pipe


@dataclass(frozen=True, slots=True)
class Message:
    """What one side tells the other."""

    header: Mapping[str, Any]
    payload: bytes = b""


class BrokenFraming(Exception):
    """The bytes on the pipe are not messages."""


def write_message(pipe: BinaryIO, message: Message) -> None:
    """Write one message and flush it."""
    header = json.dumps(message.header, ensure_ascii=True).encode("ascii")
    pipe.write(_LENGTHS.pack(len(header), len(message.payload)) + header + message.payload)
    pipe.flush()


def read_message(pipe: BinaryIO) -> Message | None:
    """Read the next message; None at the end of the stream, also where it ends within a message.

    Raises:
        BrokenFraming: what was read is no message.
    """
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header_bytes, payload_bytes = _LENGTHS.unpack(lengths)
    if max(header_bytes, payload_bytes) > _LONGEST:
        raise BrokenFraming(f"a message of {header_bytes} and {payload_bytes} bytes")
    header = pipe.read(header_bytes)
    payload = pipe.read(payload_bytes)
    if len(header) < header_bytes or len(payload) < payload_bytes:
        return None
    try:
        return Message(json.loads(header), payload)
    except ValueError as error:
        raise BrokenFraming(str(error)) from error
