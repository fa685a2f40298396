"""Keeps a speech process that does what is asked: started, given its orders, restarted, ended."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from reader.errors import (
    EngineUnavailable,
    SottovoceError,
    SpeechProcessFailed,
    VoiceNotInstalled,
    system_reason,
)
from reader.speech.engine import SpokenAudio, Utterance, UtteranceAudio, VoiceId
from reader.speech.marks import heard_words
from reader.speech.process.letters import (
    Answered,
    Asked,
    Closed,
    Dropped,
    Letter,
    ReadsAt,
    Started,
)
from reader.speech.process.limits import Allowance, Deaths, End, Limits, TimeLimit, UsualWork
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
)
from reader.speech.process.requests import Request, RequestQueue
from reader.speech.process.worker_process import WorkerProcess
from reader.speech.speech_events import (
    AudioBegun,
    AudioReady,
    ProcessChanged,
    ProcessState,
    SpeechEvent,
    SpeechStopped,
    UtteranceFailed,
    VoiceMeasured,
    VoiceReady,
)
from reader.speech.voices.speed import SpeedMeasure


class Supervisor:
    """Owns the process and what was asked of it; lives on one thread, so it needs no lock."""

    def __init__(
        self,
        on_event: Callable[[SpeechEvent], None],
        letters: queue.SimpleQueue[Letter],
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
        self._reading_rate: int | None = None  # of the audio of the voice that reads, once known
        self._warmed: VoiceId | None = None  # the voice whose rate was asked for
        self._requests = RequestQueue()
        self._under_way: LoadVoice | Request | None = None
        self._limit: TimeLimit | None = None  # of the order under way
        self._usual_work = UsualWork()
        self._asked_at = 0.0  # when the order under way was given, on the monotonic clock
        self._has_spoken = False  # the voice that is loaded, be it only to be warmed up
        self._has_hung = False  # the process: it has been ended for that
        self._deaths = Deaths(limits)
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
                case Started(voice):
                    self._on_started(voice)
                case ReadsAt(sample_rate):
                    self._reading_rate = sample_rate
                case Asked():
                    self._on_asked(letter)
                case Dropped(before):
                    self._on_dropped(before)
                case Answered(process, answer):
                    if process is self._process:
                        self._on_answer(answer)
                case Closed():
                    self._stop_process()
                    return
                case _:
                    assert_never(letter)
            self._go_on()

    def _seconds_left(self) -> float | None:
        return None if self._limit is None else max(self._limit.overdue_at - time.monotonic(), 0.0)

    def _on_started(self, voice: VoiceId) -> None:
        if voice != self._voice:
            self._reading_rate = None
        self._voice = voice
        self._has_stopped = False
        if self._loaded == voice and self._process is not None:
            self._tell_ready(voice)

    def _on_asked(self, asked: Asked) -> None:
        if self._voice is None:
            self._stop(SpeechProcessFailed("no voice was started"))
            return
        own = asked.utterance.voice
        voice = self._voice if own is None or own in self._refused else own
        request = Request(
            asked.generation, asked.number, asked.utterance, voice, at_once=asked.at_once
        )
        if self._requests.add(request):
            self._has_stopped = False

    def _on_dropped(self, before: int) -> None:
        self._requests.drop_before(before)
        under_way = self._under_way
        if isinstance(under_way, Request) and under_way.generation < before and self._process:
            self._process.send(Cancel(self._ticket))

    def _on_answer(self, answer: Answer | None) -> None:
        if answer is None:
            self._on_process_ended()
            return
        if self._has_hung:
            return  # it came too late: the process has been ended
        if isinstance(answer, Working):
            if self._limit is not None:
                self._limit.has_worked(answer.cpu_s, time.monotonic())
            return
        if isinstance(answer, Spoken) and not answer.audio.is_whole:
            self._on_begun(answer.audio)
            return
        under_way, self._under_way = self._under_way, None
        limit, self._limit = self._limit, None
        match answer:
            case VoiceLoaded(voice, sample_rate):
                self._loaded, self._has_spoken = voice, sample_rate is not None
                if voice == self._voice and sample_rate is not None:
                    self._reading_rate = sample_rate
                self._tell_ready(voice)
            case VoiceRefused(voice, engine, reason):
                if voice != self._voice:
                    self._do_without(voice)
                else:
                    self._stop(
                        EngineUnavailable(engine, reason) if engine else VoiceNotInstalled(voice)
                    )
            case Spoken() | NotSpoken():
                self._deaths.forget()
                if isinstance(under_way, Request):
                    self._on_said(under_way, answer, 0.0 if limit is None else limit.work_s)
            case _:
                assert_never(answer)

    def _do_without(self, refused: VoiceId) -> None:
        """Have what another voice was to say said by the one that reads: never silence."""
        assert self._voice is not None  # else nothing was asked for
        self._refused.add(refused)
        self._requests.use_instead(refused, self._voice)

    def _on_begun(self, audio: SpokenAudio) -> None:
        """Hand on what comes first, unless it is of a part of an utterance."""
        if self._limit is not None:
            self._limit.has_given(time.monotonic())
        request = self._under_way
        if isinstance(request, Request) and not request.said:
            self._under_way = request.with_beginning(audio)
            if self._requests.counts(request.generation):
                begun = utterance_audio(request.utterance, audio)
                self._on_event(AudioBegun(request.generation, request.number, begun))

    def _on_said(self, request: Request, answer: Spoken | NotSpoken, work_s: float) -> None:
        took_s = time.monotonic() - self._asked_at
        if isinstance(answer, NotSpoken):
            self._go_on()
            if self._requests.counts(request.generation):
                self._tell_failed(request, answer.reason)
            return
        if request.voice == self._voice:
            self._reading_rate = answer.audio.sample_rate
        self._has_spoken = True
        self._usual_work.add(request.voice, len(request.text), work_s)
        is_whole = request.is_last_part
        request = request.with_answer(answer.audio)
        if not is_whole:
            self._requests.put_back(request)
        self._go_on()  # the next one is asked for before this one is handed on
        if is_whole:
            self._tell_whole(request)
        self._measure(request.voice, answer.audio, took_s)

    def _tell_whole(self, request: Request) -> None:
        if self._requests.counts(request.generation):
            audio = utterance_audio(request.utterance, request.joined())
            self._on_event(AudioReady(request.generation, request.number, audio))

    def _tell_failed(self, request: Request, reason: str) -> None:
        self._on_event(UtteranceFailed(request.generation, request.number, reason))

    def _tell_ready(self, voice: VoiceId) -> None:
        self._on_event(VoiceReady(voice))
        factor = self._speeds.known(voice)
        if factor is not None:
            self._on_event(VoiceMeasured(voice, factor))

    def _measure(self, voice: VoiceId, audio: SpokenAudio, took_s: float) -> None:
        factor = self._speeds.add(voice, len(audio.pcm) / 2 / audio.sample_rate, took_s)
        if factor is not None:
            self._on_event(VoiceMeasured(voice, factor))

    def _on_process_ended(self) -> None:
        assert self._process is not None
        pid, how = self._process.pid, self._how_it_ended(self._process)
        under_way, self._under_way, self._limit = self._under_way, None, None
        self._process = self._loaded = None
        self._has_hung = False
        self._on_event(ProcessChanged(pid, ProcessState.DIED))
        match under_way:
            case None:
                return  # between two orders: nothing of ours can have caused it
            case Request():
                self._ask_again(under_way, how)
                if under_way.deaths == 0 or how is End.KILLED:  # each text counts once
                    self._count_death(how)
            case LoadVoice(voice) if voice != self._voice and how is not End.KILLED:
                self._do_without(voice)  # the text is read without it
            case LoadVoice() if how is End.HUNG:
                self._stop(SpeechProcessFailed("it did not finish loading"))
            case LoadVoice():
                self._count_death(how)
            case _:
                assert_never(under_way)

    def _how_it_ended(self, process: WorkerProcess) -> End:
        process.end()
        if self._has_hung:
            return End.HUNG
        return End.KILLED if process.was_killed_by_others else End.CRASHED

    def _count_death(self, how: End) -> None:
        """Give up where it died too often."""
        too_often = self._deaths.add(how, time.monotonic())
        if too_often:
            self._stop(SpeechProcessFailed(f"its process ended {too_often} times"))

    def _ask_again(self, request: Request, how: End) -> None:
        """Ask once more for what a process died at, unless that seems to be the cause.

        What hung is not asked again: that took long enough.
        """
        was_blamed, request = request.deaths > 0, request.going_on()
        if request.is_said:
            self._tell_whole(request)
        elif how is End.KILLED:
            self._requests.put_back(request.in_shorter_parts())
        elif how is End.CRASHED and not was_blamed:
            self._requests.put_back(replace(request, deaths=1))
        elif self._requests.counts(request.generation):
            hung, died = "the voice did not finish it", "the speech process ended twice at it"
            self._tell_failed(request, hung if how is End.HUNG else died)

    def _go_on(self) -> None:
        """Give the process its next order, if it waits for one; start it if need be."""
        if self._has_stopped or self._under_way is not None or self._voice is None:
            return
        if self._process is None and not self._start_process():
            return
        wanted = self._next_voice(self._voice)
        if self._loaded != wanted:
            is_awaited = bool(self._requests) and self._requests.next_voice == wanted
            if wanted == self._voice and not is_awaited:
                self._warmed = wanted
            load = LoadVoice(wanted, is_awaited=is_awaited)
            self._give(load, self._limits.loading)
            self._under_way = load
        elif self._requests:
            request = self._requests.take()
            self._ticket += 1
            # what others say among it is played in one stream with it, without a gap
            rate = None if request.voice == self._voice else self._reading_rate
            language = request.utterance.language
            say = Say(
                self._ticket, request.text, language, request.voice, rate, request.is_streamed
            )
            length = len(say.spoken)
            factor = self._speeds.known(say.voice) if self._has_spoken else None
            usual_s = self._usual_work.expected_s(say.voice, length, factor)
            self._give(say, self._limits.saying(length, usual_s))
            self._under_way = request

    def _next_voice(self, reading: VoiceId) -> VoiceId:
        """Return the voice to be loaded for what is next.

        Where another one begins, the one that reads is asked first at which rate it speaks: both
        are played in one stream, and a change of rate would leave a gap.
        """
        if not self._requests:
            return reading
        voice = self._requests.next_voice
        is_unknown = self._reading_rate is None and reading not in (self._warmed, self._loaded)
        return reading if voice != reading and is_unknown else voice

    def _give(self, order: LoadVoice | Say, allowance: Allowance) -> None:
        """Give the process an order, and so long to carry it out."""
        assert self._process is not None
        self._asked_at = time.monotonic()
        self._limit = TimeLimit(allowance, self._asked_at)
        self._process.send(order)

    def _start_process(self) -> bool:
        try:
            process = WorkerProcess(self._command)
        except OSError as error:
            self._stop(SpeechProcessFailed(system_reason(error)))
            return False
        self._process = process
        process.listen(lambda answer: self._letters.put(Answered(process, answer)))
        self._on_event(ProcessChanged(process.pid, ProcessState.STARTED))
        return True

    def _end_hung_process(self) -> None:
        self._limit = None
        if self._process is not None:
            self._has_hung = True
            self._process.kill()  # its end is then heard of like any other

    def _stop(self, error: SottovoceError) -> None:
        """Give up until something is asked for again."""
        self._has_stopped = True
        self._requests.clear()
        self._deaths.forget()
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
    pieces = utterance.pieces
    if not spoken.is_whole:  # a word is told of once it is there to its end
        end = spoken.marks[-1].end if spoken.marks else 0
        pieces = tuple(piece for piece in pieces if piece.spoken_end <= end)
    words = heard_words(pieces, spoken.marks, utterance.span.section, frame_count)
    return UtteranceAudio(
        utterance,
        spoken.pcm,
        spoken.sample_rate,
        words,
        spoken.precision,
        spoken.flux,
        spoken.is_whole,
    )
