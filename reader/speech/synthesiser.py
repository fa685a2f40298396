"""The speech process seen from outside: utterances are asked for, audio comes back as events."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from reader.errors import (
    EngineUnavailable,
    SottovoceError,
    SpeechProcessFailed,
    VoiceNotInstalled,
)
from reader.speech.engine import SpokenAudio, Utterance, UtteranceAudio, VoiceId
from reader.speech.marks import heard_words
from reader.speech.protocol import (
    Answer,
    Cancel,
    LoadVoice,
    NotSpoken,
    Say,
    Spoken,
    VoiceLoaded,
    VoiceRefused,
)
from reader.speech.voice_speed import SpeedMeasure
from reader.speech.worker_process import WorkerProcess, worker_command


class ProcessState(StrEnum):
    """What became of the speech process."""

    STARTED = "started"
    DIED = "died"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class VoiceReady:
    """The voice is loaded and warm: the next utterance starts at once."""

    voice: VoiceId


@dataclass(frozen=True, slots=True)
class VoiceMeasured:
    """How fast this machine speaks with a voice: seconds of work for a second of speech.

    Told after VoiceReady where it is known from earlier, and when it was measured anew.
    """

    voice: VoiceId
    real_time_factor: float


@dataclass(frozen=True, slots=True)
class AudioReady:
    """The answer to request `number` of `generation`."""

    generation: int
    number: int
    audio: UtteranceAudio


@dataclass(frozen=True, slots=True)
class UtteranceFailed:
    """Request `number` of `generation` can't be spoken; the next one may still work."""

    generation: int
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ProcessChanged:
    """The speech process started, died (and is started again) or stopped for good."""

    pid: int | None
    state: ProcessState


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """No more answers will come before the next `start`; unanswered requests are forgotten."""

    error: SottovoceError


SpeechEvent = (
    VoiceReady | VoiceMeasured | AudioReady | UtteranceFailed | ProcessChanged | SpeechStopped
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the speech process may take, and how often it may die between two answers.

    Killed by others (SIGKILL, SIGTERM) it may be more often: the text can't be to blame for that.
    """

    load_s: float = 60.0
    utterance_s: float = 15.0
    utterance_s_per_character: float = 0.1
    deaths: int = 3
    kills: int = 30
    deaths_within_s: float = 60.0


@dataclass(frozen=True, slots=True)
class _Request:
    generation: int
    number: int
    utterance: Utterance
    voice: VoiceId
    deaths: int = 0  # of processes that were speaking it


@dataclass(frozen=True, slots=True)
class _Started:
    voice: VoiceId


@dataclass(frozen=True, slots=True)
class _Asked:
    generation: int
    number: int
    utterance: Utterance


@dataclass(frozen=True, slots=True)
class _Dropped:
    before: int


@dataclass(frozen=True, slots=True)
class _Answered:
    process: WorkerProcess
    answer: Answer | None  # None: the process ended


@dataclass(frozen=True, slots=True)
class _Closed:
    pass


_Letter = _Started | _Asked | _Dropped | _Answered | _Closed


class Synthesiser:
    """Speaks through a process of its own, in the order asked, one utterance at a time.

    All methods return at once and may be called from any thread. Events come one at a time on a
    thread of the synthesiser's own; `on_event` must not block it for long. The process is started
    by `start`, and again when it dies: what is unanswered is asked again, each request once.
    """

    def __init__(
        self,
        on_event: Callable[[SpeechEvent], None],
        *,
        voices_dir: Path,
        speeds_file: Path | None = None,
        command: Sequence[str] | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Start nothing yet; `speeds_file` is where measured speeds are kept."""
        self._letters: queue.SimpleQueue[_Letter] = queue.SimpleQueue()
        supervisor = _Supervisor(
            on_event,
            self._letters,
            worker_command(voices_dir) if command is None else command,
            Limits() if limits is None else limits,
            SpeedMeasure(speeds_file),
        )
        self._thread = threading.Thread(target=supervisor.run, name="speech", daemon=True)
        self._thread.start()

    def start(self, voice: VoiceId) -> None:
        """Load `voice`, starting the process if none runs; later requests are spoken with it.

        Answered by VoiceReady or SpeechStopped.
        """
        self._letters.put(_Started(voice))

    def request(self, generation: int, number: int, utterance: Utterance) -> None:
        """Ask for an utterance; it is answered by AudioReady, UtteranceFailed or SpeechStopped.

        After SpeechStopped this tries the voice once more.
        """
        self._letters.put(_Asked(generation, number, utterance))

    def drop_before(self, generation: int) -> None:
        """Forget the requests of older generations; the one being spoken is cancelled.

        An answer that is under way may still come; listeners compare the generation.
        """
        self._letters.put(_Dropped(generation))

    def is_at_hand(self, _utterance: Utterance) -> bool:
        """Whether it can be answered without speaking: never."""
        return False

    def close(self) -> None:
        """End the process and wait until it is gone (at most about a second)."""
        self._letters.put(_Closed())
        if threading.current_thread() is not self._thread:
            self._thread.join()


class _Supervisor:
    """Owns the process and what was asked of it; lives on one thread, so it needs no lock."""

    def __init__(
        self,
        on_event: Callable[[SpeechEvent], None],
        letters: queue.SimpleQueue[_Letter],
        command: Sequence[str],
        limits: Limits,
        speeds: SpeedMeasure,
    ) -> None:
        self._on_event = on_event
        self._letters = letters
        self._command = command
        self._limits = limits
        self._speeds = speeds
        self._process: WorkerProcess | None = None
        self._voice: VoiceId | None = None
        self._refused: set[VoiceId] = set()
        self._loaded: VoiceId | None = None
        self._pending: deque[_Request] = deque()
        self._under_way: LoadVoice | _Request | None = None
        self._deadline: float | None = None
        self._asked_at = 0.0  # when the order under way was given, on the monotonic clock
        self._oldest_generation: int | None = None
        self._deaths: list[float] = []  # since the last answer, on the monotonic clock
        self._has_stopped = False
        self._ticket = 0

    def run(self) -> None:
        """Handle what comes until closed."""
        while True:
            try:
                letter = self._letters.get(timeout=self._seconds_left())
            except queue.Empty:
                self._end_hung_process()
                continue
            match letter:
                case _Started(voice):
                    self._on_started(voice)
                case _Asked():
                    self._on_asked(letter)
                case _Dropped(before):
                    self._on_dropped(before)
                case _Answered(process, answer):
                    if process is self._process:
                        self._on_answer(answer)
                case _Closed():
                    self._stop_process()
                    return
                case _:
                    assert_never(letter)
            self._go_on()

    def _seconds_left(self) -> float | None:
        return None if self._deadline is None else max(self._deadline - time.monotonic(), 0.0)

    def _on_started(self, voice: VoiceId) -> None:
        self._voice = voice
        self._has_stopped = False
        if self._loaded == voice and self._process is not None:
            self._tell_ready(voice)

    def _on_asked(self, asked: _Asked) -> None:
        oldest = self._oldest_generation
        if self._voice is None:
            self._stop(SpeechProcessFailed("no voice was started"))
        elif oldest is None or asked.generation >= oldest:
            self._has_stopped = False
            own = asked.utterance.voice
            voice = self._voice if own is None or own in self._refused else own
            self._pending.append(_Request(asked.generation, asked.number, asked.utterance, voice))

    def _on_dropped(self, before: int) -> None:
        self._oldest_generation = before
        self._pending = deque(r for r in self._pending if r.generation >= before)
        under_way = self._under_way
        if isinstance(under_way, _Request) and under_way.generation < before and self._process:
            self._process.send(Cancel(self._ticket))

    def _on_answer(self, answer: Answer | None) -> None:
        if answer is None:
            self._on_process_ended()
            return
        under_way, self._under_way, self._deadline = self._under_way, None, None
        match answer:
            case VoiceLoaded(voice):
                self._loaded = voice
                self._tell_ready(voice)
            case VoiceRefused(voice, engine, reason):
                if self._voice is not None and voice != self._voice:
                    self._do_without(voice, self._voice)
                else:
                    self._stop(
                        EngineUnavailable(engine, reason) if engine else VoiceNotInstalled(voice)
                    )
            case Spoken() | NotSpoken():
                self._deaths.clear()
                took_s = time.monotonic() - self._asked_at
                # the next one is asked for before this one is handed on
                self._go_on()
                if isinstance(under_way, _Request):
                    self._hand_on(under_way, answer)
                    self._measure(under_way.voice, answer, took_s)
            case _:
                assert_never(answer)

    def _do_without(self, refused: VoiceId, reading: VoiceId) -> None:
        """Have what another voice was to say said by the one that reads: never silence."""
        self._refused.add(refused)
        self._pending = deque(
            replace(request, voice=reading) if request.voice == refused else request
            for request in self._pending
        )

    def _hand_on(self, request: _Request, answer: Spoken | NotSpoken) -> None:
        if self._oldest_generation is not None and request.generation < self._oldest_generation:
            return  # asked for before the last seek; the listener has moved on
        if isinstance(answer, NotSpoken):
            self._on_event(UtteranceFailed(request.generation, request.number, answer.reason))
            return
        audio = utterance_audio(request.utterance, answer.audio)
        self._on_event(AudioReady(request.generation, request.number, audio))

    def _tell_ready(self, voice: VoiceId) -> None:
        self._on_event(VoiceReady(voice))
        factor = self._speeds.known(voice)
        if factor is not None:
            self._on_event(VoiceMeasured(voice, factor))

    def _measure(self, voice: VoiceId, answer: Spoken | NotSpoken, took_s: float) -> None:
        if isinstance(answer, NotSpoken):
            return
        speech_s = len(answer.audio.pcm) / 2 / answer.audio.sample_rate
        factor = self._speeds.add(voice, speech_s, took_s)
        if factor is not None:
            self._on_event(VoiceMeasured(voice, factor))

    def _on_process_ended(self) -> None:
        assert self._process is not None
        pid = self._process.pid
        self._process.end()
        was_killed = self._process.was_killed_by_others
        under_way, self._under_way, self._deadline = self._under_way, None, None
        self._process = self._loaded = None
        self._on_event(ProcessChanged(pid, ProcessState.DIED))
        if under_way is None:
            return  # between two orders: nothing of ours can have caused it
        now = time.monotonic()
        recent = [t for t in self._deaths if now - t < self._limits.deaths_within_s]
        self._deaths = [*recent, now]
        if isinstance(under_way, _Request):
            self._ask_again(under_way, is_blamed=not was_killed)
        elif self._voice is not None and under_way.voice != self._voice and not was_killed:
            self._do_without(under_way.voice, self._voice)  # the text is read without it
            self._deaths.clear()
        if len(self._deaths) >= (self._limits.kills if was_killed else self._limits.deaths):
            self._stop(SpeechProcessFailed(f"its process ended {len(self._deaths)} times"))

    def _ask_again(self, request: _Request, *, is_blamed: bool) -> None:
        if self._oldest_generation is not None and request.generation < self._oldest_generation:
            return
        if not is_blamed:
            self._pending.appendleft(request)
        elif request.deaths:
            reason = "the speech process ended twice at it"
            self._on_event(UtteranceFailed(request.generation, request.number, reason))
        else:
            self._pending.appendleft(replace(request, deaths=1))

    def _go_on(self) -> None:
        """Give the process its next order, if it waits for one; start it if need be."""
        if self._has_stopped or self._under_way is not None or self._voice is None:
            return
        if self._process is None and not self._start_process():
            return
        assert self._process is not None
        wanted = self._pending[0].voice if self._pending else self._voice
        if self._loaded != wanted:
            self._under_way = LoadVoice(wanted)
            self._deadline = time.monotonic() + self._limits.load_s
            self._process.send(self._under_way)
        elif self._pending:
            request = self._under_way = self._pending.popleft()
            spoken = request.utterance.spoken
            limit_s = self._limits.utterance_s + (
                len(spoken) * self._limits.utterance_s_per_character
            )
            self._deadline = time.monotonic() + limit_s
            self._ticket += 1
            self._asked_at = time.monotonic()
            self._process.send(Say(self._ticket, spoken, request.utterance.language, request.voice))

    def _start_process(self) -> bool:
        try:
            process = WorkerProcess(self._command)
        except OSError as error:
            self._stop(SpeechProcessFailed(error.strerror or type(error).__name__))
            return False
        self._process = process
        process.listen(lambda answer: self._letters.put(_Answered(process, answer)))
        self._on_event(ProcessChanged(process.pid, ProcessState.STARTED))
        return True

    def _end_hung_process(self) -> None:
        self._deadline = None
        if self._process is not None:
            self._process.kill()  # its end is then heard of like any other

    def _stop(self, error: SottovoceError) -> None:
        """Give up until something is asked for again."""
        self._has_stopped = True
        self._pending.clear()
        self._deaths.clear()
        if self._process is None:
            self._on_event(ProcessChanged(None, ProcessState.STOPPED))
        self._on_event(SpeechStopped(error))

    def _stop_process(self) -> None:
        if self._process is not None:
            self._process.end()
            self._on_event(ProcessChanged(self._process.pid, ProcessState.STOPPED))
            self._process = None


def utterance_audio(utterance: Utterance, spoken: SpokenAudio) -> UtteranceAudio:
    """Carry an engine's marks on the spoken text to the words of the source."""
    frame_count = len(spoken.pcm) // 2
    words = heard_words(utterance.pieces, spoken.marks, utterance.span.section, frame_count)
    return UtteranceAudio(
        utterance, spoken.pcm, spoken.sample_rate, words, spoken.precision, spoken.flux
    )
