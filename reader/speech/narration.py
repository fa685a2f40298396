"""Reads utterances aloud one after the other, a few ahead, for whoever writes them to a file."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable, Generator, Iterable
from itertools import islice
from typing import Protocol

from reader.errors import SynthesisFailed
from reader.speech.engine import Utterance, UtteranceAudio, VoiceId
from reader.speech.speech_events import AudioReady, SpeechEvent, SpeechStopped, UtteranceFailed

_AHEAD = 4
_FAILURES_IN_A_ROW = 3


class Narrator(Protocol):
    """What speaks: shaped like reader.speech.synthesiser.Synthesiser."""

    def start(self, voice: VoiceId) -> None:
        """Load a voice."""

    def request(self, generation: int, number: int, utterance: Utterance) -> None:
        """Ask for an utterance."""

    def close(self) -> None:
        """End it."""


def narrate(
    utterances: Iterable[Utterance],
    voice: VoiceId,
    open_narrator: Callable[[Callable[[SpeechEvent], None]], Narrator],
    on_failure: Callable[[Utterance, str], None],
) -> Generator[UtteranceAudio]:
    """Yield the audio of each utterance in order; memory holds a few of them only.

    `on_failure` is told of one that can't be spoken, and why; it is left out.

    Raises:
        SynthesisFailed: three in a row can't be spoken.
        SottovoceError: the voice is not there, or speech does not work.
    """
    events: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
    narrator = open_narrator(events.put)
    try:
        narrator.start(voice)
        rest = iter(utterances)
        asked: deque[Utterance] = deque()
        failures = number = 0
        while True:
            for utterance in islice(rest, _AHEAD - len(asked)):
                narrator.request(0, number, utterance)
                asked.append(utterance)
                number += 1
            if not asked:
                return
            match events.get():
                case AudioReady(_, _, audio):
                    asked.popleft()
                    failures = 0
                    yield audio
                case UtteranceFailed(_, _, reason):
                    on_failure(asked.popleft(), reason)
                    failures += 1
                    if failures == _FAILURES_IN_A_ROW:
                        raise SynthesisFailed(reason)
                case SpeechStopped(error):
                    raise error
                case _:
                    pass
    finally:
        narrator.close()
