"""Tests of reader.speech.process.protocol."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reader.processes.framing import BrokenFraming, Message
from reader.speech.engine import Precision, SpokenAudio, VoiceId, WordMark
from reader.speech.process.protocol import (
    Answer,
    Cancel,
    LoadVoice,
    NotSpoken,
    Order,
    Say,
    Spoken,
    VoiceLoaded,
    VoiceRefused,
    answer_from,
    answer_message,
    order_from,
    order_message,
)

_VOICE = VoiceId("piper:en_US-joe-medium")
_AUDIO = SpokenAudio(
    b"\1\0\2\0", 22_050, (WordMark(0, 1, 0, 2), WordMark(1, 2, 3, 5)), Precision.WORD
)


def _through_json(message: Message) -> Message:
    return Message(json.loads(json.dumps(message.header)), message.payload)


@pytest.mark.parametrize(
    "order",
    [LoadVoice(_VOICE), Say(7, "Zoë’s word.", "en-GB", _VOICE, at_once=True), Cancel(7)],
    ids=str,
)
def test_orders_arrive_as_given(order: Order) -> None:
    assert order_from(_through_json(order_message(order))) == order


@pytest.mark.parametrize(
    "answer",
    [
        VoiceLoaded(_VOICE),
        VoiceRefused(_VOICE, "piper", "no"),
        NotSpoken(7, "cancelled"),
        Spoken(7, _AUDIO),
        Spoken(7, replace(_AUDIO, is_whole=False)),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_answers_arrive_as_given(answer: Answer) -> None:
    assert answer_from(_through_json(answer_message(answer))) == answer


@pytest.mark.parametrize(
    "header", [{}, {"type": "sing"}, {"type": "say", "ticket": 1}, {"type": "spoken"}], ids=str
)
def test_what_is_neither_is_refused(header: dict[str, object]) -> None:
    with pytest.raises(BrokenFraming):
        order_from(Message(header))
    with pytest.raises(BrokenFraming):
        answer_from(Message(header))
