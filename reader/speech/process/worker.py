"""The speech process: reads orders on standard input, answers with audio on standard output.

It leaves at once when its input ends, so it never outlives the program that started it.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import logging
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from reader.errors import EngineUnavailable, SottovoceError, VoiceNotInstalled
from reader.processes.framing import BrokenFraming, read_message, write_message
from reader.processes.memory import give_freed_memory_back, give_large_blocks_back
from reader.speech.engine import Cancellation, Engine, SpokenAudio, Streaming, VoiceId
from reader.speech.engine_faults import fault_words
from reader.speech.flux import flux_of
from reader.speech.pcm import at_rate
from reader.speech.process.protocol import (
    Answer,
    Cancel,
    LoadVoice,
    NotSpoken,
    Say,
    Spoken,
    VoiceLoaded,
    VoiceRefused,
    Working,
    answer_message,
    order_from,
)

log = logging.getLogger(__name__)
_WARM_UP = "One, two."
_BETWEEN_PULSES_S = 1.0
_LARGE_BLOCK_BYTES = 1 << 20
"""What a sentence takes comes in blocks of a megabyte and more. Cut from the heap they leave holes:
the process would grow from 110 to over 200 MB."""


class SpeechServer:
    """Answers orders one at a time, in order, with the engines that are found by their names."""

    def __init__(self, find_engine: Callable[[str], Engine | None], answers: BinaryIO) -> None:
        self._find_engine = find_engine
        self._answers = answers
        self._orders: queue.SimpleQueue[LoadVoice | tuple[Say, Cancellation]] = queue.SimpleQueue()
        self._waiting: dict[int, Cancellation] = {}
        self._lock = threading.Lock()
        self._told = threading.Lock()  # one answer after the other
        self._begun_cpu_s: float | None = None  # the CPU time before the order under way

    def read_orders(self, orders: BinaryIO) -> None:
        """Take orders until the input ends; cancelling takes effect at once, from here."""
        while (message := read_message(orders)) is not None:
            match order_from(message):
                case Cancel(ticket):
                    with self._lock:
                        cancellation = self._waiting.get(ticket)
                    if cancellation is not None:
                        cancellation.request()
                case Say() as say:
                    cancellation = Cancellation()
                    with self._lock:
                        self._waiting[say.ticket] = cancellation
                    self._orders.put((say, cancellation))
                case LoadVoice() as load:
                    self._orders.put(load)

    def serve(self, first: VoiceId | None = None) -> None:
        """Answer orders for ever; the `first` voice is loaded before anybody orders it."""
        if first is not None:
            self._begun_cpu_s = time.process_time()
            self._load(first, warms_up=False)  # what is wrong with it is told when it is ordered
            with self._told:
                self._begun_cpu_s = None
        while True:
            if self._orders.empty():  # nobody waits; else the heap's holes grow as one listens
                give_freed_memory_back()
            order = self._orders.get()
            self._begun_cpu_s = time.process_time()
            match order:
                case LoadVoice():
                    self._tell_last(self._load(order.voice, warms_up=not order.is_awaited))
                case (say, cancellation):
                    self._answer(say, cancellation)

    def tell_of_work(self) -> None:
        """Tell once, if an order is under way, how much has been worked on it."""
        with self._told:
            if self._begun_cpu_s is not None:
                self._write(Working(time.process_time() - self._begun_cpu_s))

    def _answer(self, say: Say, cancellation: Cancellation) -> None:
        for answer in self._say(say, cancellation):
            if isinstance(answer, Spoken) and not answer.audio.is_whole:
                with self._told:
                    self._write(answer)
            else:
                self._tell_last(answer)
        with self._lock:
            del self._waiting[say.ticket]

    def _tell_last(self, answer: Answer) -> None:
        """Tell what ends an order, and before it how much was worked on it."""
        with self._told:
            if self._begun_cpu_s is not None:
                self._write(Working(time.process_time() - self._begun_cpu_s))
            self._begun_cpu_s = None
            self._write(answer)

    def _write(self, answer: Answer) -> None:
        write_message(self._answers, answer_message(answer))

    def _load(self, voice: VoiceId, *, warms_up: bool) -> VoiceLoaded | VoiceRefused:
        sample_rate = None
        try:
            engine = self._engine_of(voice)
            engine.load(voice)
            flux_of(b"\1\0" * 400, 8000)  # brings numpy in: no utterance should wait for that
            if warms_up:
                # the first run of a model is slow; one that stays silent at this may still speak
                with contextlib.suppress(Exception):
                    audio = engine.synthesise(_WARM_UP, "en", voice, Cancellation())
                    sample_rate = audio.sample_rate
        except VoiceNotInstalled:
            return VoiceRefused(voice, "", "not installed")
        except EngineUnavailable as error:
            return VoiceRefused(voice, error.engine, error.reason)
        except Exception as error:
            # an engine may be somebody else's: its faults must not look like a process that died
            log.exception("a voice could not be loaded")
            return VoiceRefused(voice, voice.partition(":")[0], fault_words(error))
        return VoiceLoaded(voice, sample_rate)

    def _say(self, say: Say, cancellation: Cancellation) -> Iterator[Spoken | NotSpoken]:
        """Yield the answers to an order, the last of which ends it."""
        if cancellation.is_requested:
            yield NotSpoken(say.ticket, "cancelled")
            return
        try:
            for audio in _spoken(self._engine_of(say.voice), say, cancellation):
                yield Spoken(say.ticket, audio)
        except SottovoceError as error:
            yield NotSpoken(say.ticket, str(error))
        except Exception as error:
            # a fault of ours or of a library's at one sentence must not end the book
            log.exception("an utterance failed")
            yield NotSpoken(say.ticket, type(error).__name__)

    def _engine_of(self, voice: VoiceId) -> Engine:
        engine = self._find_engine(voice.partition(":")[0])
        if engine is None:
            raise VoiceNotInstalled(voice)
        return engine


def _spoken(engine: Engine, say: Say, cancellation: Cancellation) -> Iterator[SpokenAudio]:
    """Have an engine say something; yield it with its flux, at once if that is wanted and can be.

    Brought to another sample rate it comes whole: the end of a part would ring.
    """
    asked = say.spoken, say.language, say.voice, cancellation
    if say.at_once and say.sample_rate is None and isinstance(engine, Streaming):
        for audio in engine.stream(*asked):
            yield _with_flux(audio)
        return
    audio = engine.synthesise(*asked)
    yield _with_flux(audio if say.sample_rate is None else at_rate(audio, say.sample_rate))


def _with_flux(audio: SpokenAudio) -> SpokenAudio:
    return replace(audio, flux=flux_of(audio.pcm, audio.sample_rate))


def serve_engines(find_engine: Callable[[str], Engine | None], first: VoiceId | None = None) -> int:
    """Be the speech process of whoever holds the other ends of our standard streams."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then ends us
    if sys.stderr is not None:  # as it is in a windowed program on Windows
        faulthandler.enable()
    # by number, as there may be no sys.stdin for the same reason
    orders, answers = os.fdopen(os.dup(0), "rb"), _own_standard_output()
    server = SpeechServer(find_engine, answers)

    def read_until_parent_leaves() -> None:
        try:
            server.read_orders(orders)
        except BrokenFraming as error:
            print(error, file=sys.stderr)
        finally:
            os._exit(0)  # without waiting for a synthesis, or for libraries to tidy up

    def pulse() -> None:
        with contextlib.suppress(BrokenPipeError):
            while True:
                time.sleep(_BETWEEN_PULSES_S)
                server.tell_of_work()

    threading.Thread(target=read_until_parent_leaves, name="orders", daemon=True).start()
    threading.Thread(target=pulse, name="pulse", daemon=True).start()
    with contextlib.suppress(BrokenPipeError):
        server.serve(first)
    return 0


def _own_standard_output() -> BinaryIO:
    """Keep standard output for answers; what libraries print goes to standard error."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the speech process with the real engines."""
    parser = argparse.ArgumentParser("reader.speech.process.worker", allow_abbrev=False)
    parser.add_argument("--speech-worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--voices-dir", type=Path, required=True)
    parser.add_argument("--voice", type=VoiceId, help="load it at once: it will be asked for")
    parser.add_argument("--transcribe", nargs=2, metavar=("LANGUAGE", "WORDS"))
    options = parser.parse_args(arguments)
    if options.transcribe:
        from reader.speech.transcription import transcribe

        language, words = options.transcribe
        sys.stdout.buffer.write(transcribe(words, language).encode())
        return 0
    give_large_blocks_back(_LARGE_BLOCK_BYTES)
    # onnxruntime 1.29 and later report to their maker unless told not to before they are loaded
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from reader.speech.engine_kinds import Engines

    return serve_engines(Engines(options.voices_dir).find, options.voice)


if __name__ == "__main__":
    sys.exit(main())
