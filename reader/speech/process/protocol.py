"""What the app and its speech process tell each other, and its form on the pipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reader.processes.framing import BrokenFraming, Message
from reader.speech.engine import Precision, SpokenAudio, VoiceId, WordMark


@dataclass(frozen=True, slots=True)
class LoadVoice:
    """App: make a voice ready. Answered by VoiceLoaded or VoiceRefused.

    `is_awaited`: something waits to be said by it, so it isn't warmed up before.
    """

    voice: VoiceId
    is_awaited: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """App: speak a text. Answered by Spoken or NotSpoken with the same ticket.

    `sample_rate`: what the audio is brought to, None for the voice's own. `at_once`: somebody waits
    to hear it, so several Spoken may answer, each with more of it.
    """

    ticket: int
    spoken: str
    language: str
    voice: VoiceId
    sample_rate: int | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Cancel:
    """App: a Say is not wanted any more. It is still answered, sooner."""

    ticket: int


@dataclass(frozen=True, slots=True)
class VoiceLoaded:
    """Speech process: the voice is loaded; if it was warmed up, it speaks at `sample_rate`."""

    voice: VoiceId
    sample_rate: int | None = None


@dataclass(frozen=True, slots=True)
class VoiceRefused:
    """Speech process: the voice can't be used. `engine` is "" where the voice is not installed."""

    voice: VoiceId
    engine: str
    reason: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Speech process: the audio of a Say; if it isn't whole, another one follows."""

    ticket: int
    audio: SpokenAudio


@dataclass(frozen=True, slots=True)
class NotSpoken:
    """Speech process: there is no audio for a Say."""

    ticket: int
    reason: str


@dataclass(frozen=True, slots=True)
class Working:
    """Speech process, now and then and before it ends an order: the CPU time spent on it so far."""

    cpu_s: float


Order = LoadVoice | Say | Cancel
Answer = VoiceLoaded | VoiceRefused | Spoken | NotSpoken | Working

_ORDERS: Mapping[str, type[Order]] = {"load": LoadVoice, "say": Say, "cancel": Cancel}
_PLAIN_ANSWERS: Mapping[str, type[VoiceLoaded | VoiceRefused | NotSpoken | Working]] = {
    "loaded": VoiceLoaded,
    "refused": VoiceRefused,
    "not_spoken": NotSpoken,
    "working": Working,
}


def order_message(order: Order) -> Message:
    """Write an order down."""
    return Message({"type": _name_of(order, _ORDERS), **asdict(order)})


def order_from(message: Message) -> Order:
    """Read an order.

    Raises:
        BrokenFraming: it is none.
    """
    fields = dict(message.header)
    try:
        return _ORDERS[fields.pop("type")](**fields)
    except (KeyError, TypeError) as error:
        raise BrokenFraming(f"no order: {message.header}") from error


def answer_message(answer: Answer) -> Message:
    """Write an answer down; PCM and flux go as the payload."""
    if not isinstance(answer, Spoken):
        return Message({"type": _name_of(answer, _PLAIN_ANSWERS), **asdict(answer)})
    audio = answer.audio
    header = {
        "type": "spoken",
        "ticket": answer.ticket,
        "sample_rate": audio.sample_rate,
        "precision": audio.precision.value,
        "marks": [[m.first_frame, m.end_frame, m.start, m.end] for m in audio.marks],
        "pcm_bytes": len(audio.pcm),
        "is_whole": audio.is_whole,
    }
    return Message(header, audio.pcm + audio.flux)


def answer_from(message: Message) -> Answer:
    """Read an answer.

    Raises:
        BrokenFraming: it is none.
    """
    fields = dict(message.header)
    try:
        kind = fields.pop("type")
        if kind != "spoken":
            return _PLAIN_ANSWERS[kind](**fields)
        marks = tuple(WordMark(*mark) for mark in fields["marks"])
        precision = Precision(fields["precision"])
        pcm, flux = message.payload[: fields["pcm_bytes"]], message.payload[fields["pcm_bytes"] :]
        is_whole = fields["is_whole"]
        audio = SpokenAudio(pcm, fields["sample_rate"], marks, precision, flux, is_whole)
        return Spoken(fields["ticket"], audio)
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenFraming(f"no answer: {message.header}") from error


def _name_of(value: object, names: Mapping[str, type[Any]]) -> str:
    return next(name for name, kind in names.items() if type(value) is kind)
