"""Tests of reader.processes.framing."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.processes.framing import BrokenFraming, Message, read_message, write_message

_HEADERS = st.dictionaries(st.text(), st.one_of(st.integers(), st.text(), st.none()))


@given(messages=st.lists(st.builds(Message, _HEADERS, st.binary())))
def test_messages_come_out_as_they_went_in(messages: list[Message]) -> None:
    pipe = io.BytesIO()
    for message in messages:
        write_message(pipe, message)
    pipe.seek(0)
    read = [read_message(pipe) for _ in messages]
    assert read == messages
    assert read_message(pipe) is None


@given(cut=st.integers(min_value=0, max_value=29))
def test_a_stream_that_ends_within_a_message_has_ended(cut: int) -> None:
    pipe = io.BytesIO()
    write_message(pipe, Message({"type": "say"}, b"\x01\x02\x03\x04\x05\x06\x07"))
    whole = pipe.getvalue()
    assert len(whole) > cut
    assert read_message(io.BytesIO(whole[:cut])) is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"Loading voice, please wait...", id="chatter"),
        pytest.param(b"\x03\x00\x00\x00\x00\x00\x00\x00{]}", id="no JSON"),
    ],
)
def test_other_bytes_are_no_message(content: bytes) -> None:
    with pytest.raises(BrokenFraming):
        read_message(io.BytesIO(content))
