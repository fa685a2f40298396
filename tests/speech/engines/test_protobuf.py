"""Tests of reader.speech.engines.protobuf."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.engines.protobuf import (
    UnreadableMessage,
    field,
    field_head,
    fields,
    number_field,
    varint,
)


@given(
    texts=st.lists(st.tuples(st.integers(1, 2000), st.binary(max_size=300)), max_size=5),
    number=st.integers(0, 2**63),
)
def test_what_is_written_reads_back(texts: list[tuple[int, bytes]], number: int) -> None:
    message = b"".join(field(*text) for text in texts) + number_field(7, number)
    *found, last = fields(message, 0, len(message))
    assert [(f.number, message[f.content : f.end]) for f in found] == texts
    assert b"".join(message[f.start : f.end] for f in [*found, last]) == message
    assert varint(message, last.content) == (number, len(message))


def test_fixed_sizes_are_passed_over() -> None:
    message = b"\x09" + b"8" * 8 + b"\x15" + b"4" * 4 + field(3, b"x")
    assert [(f.number, f.end - f.start) for f in fields(message, 0, len(message))] == [
        (1, 9),
        (2, 5),
        (3, 3),
    ]


@pytest.mark.parametrize(
    "message",
    [b"<!DOCTYPE html>", b"\xff" * 20, field(1, b"whole")[:-1], b"\x09" + b"8" * 7, b"\x0b"],
    ids=repr,
)
def test_what_is_no_message_or_a_part_of_one_is_refused(message: bytes) -> None:
    with pytest.raises(UnreadableMessage):
        list(fields(message, 0, len(message)))


def test_a_head_and_its_content_are_a_field() -> None:
    assert field_head(5, 300) + b"x" * 300 == field(5, b"x" * 300)
