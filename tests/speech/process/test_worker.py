"""Tests of reader.speech.process.worker, as a process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from reader.processes.framing import read_message, write_message
from reader.speech.engine import VoiceId
from reader.speech.engines.piper_voices import files_of
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
    Working,
    answer_from,
    order_message,
)
from reader.speech.process.starting import worker_command
from reader.speech.voices.overview import DEFAULT_VOICE
from tests.fakes import speech_worker
from tests.fakes.speech_worker import BROKEN_VOICE, SAMPLE_RATE, VOICE
from tests.patience import PATIENCE_S


class _Worker:
    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def order(self, *orders: Order) -> None:
        for order in orders:
            write_message(cast(BinaryIO, self.process.stdin), order_message(order))

    def answer(self) -> Answer:
        """Return the next answer that isn't just a sign of life."""
        while True:
            message = read_message(cast(BinaryIO, self.process.stdout))
            assert message is not None
            answer = answer_from(message)
            if not isinstance(answer, Working):
                return answer

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):
                cast(BinaryIO, pipe).close()


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[_Worker]:
    """A worker with the obedient engine."""
    started = _Worker([sys.executable, speech_worker.__file__, str(tmp_path / "diary")])
    yield started
    started.end()


def _say(ticket: int, spoken: str) -> Say:
    return Say(ticket, spoken, "en", VOICE)


def test_orders_are_answered_in_order(worker: _Worker) -> None:
    worker.order(LoadVoice(VOICE), _say(1, "one"), _say(2, "fail"), _say(3, "bug"), _say(4, "two"))
    assert worker.answer() == VoiceLoaded(VOICE, SAMPLE_RATE)
    first = worker.answer()
    assert isinstance(first, Spoken)
    assert first.ticket == 1
    assert worker.answer() == NotSpoken(2, "asked to")
    assert worker.answer() == NotSpoken(3, "ZeroDivisionError")
    last = worker.answer()
    assert isinstance(last, Spoken)
    assert last.ticket == 4


def test_who_waits_is_given_what_comes_first_before_the_whole(worker: _Worker) -> None:
    worker.order(
        replace(_say(1, "begin it now"), at_once=True),
        _say(2, "begin it now"),
        replace(_say(3, "begin it now"), at_once=True, sample_rate=4000),
    )
    answers = [worker.answer() for _ in range(4)]
    assert all(isinstance(answer, Spoken) for answer in answers)
    begun, whole, *others = [answer for answer in answers if isinstance(answer, Spoken)]
    assert (begun.ticket, begun.audio.is_whole) == (1, False)
    assert (whole.ticket, whole.audio.is_whole) == (1, True)
    assert [(other.ticket, other.audio.is_whole) for other in others] == [(2, True), (3, True)]
    assert whole.audio.pcm.startswith(begun.audio.pcm)
    assert whole.audio.marks[: len(begun.audio.marks)] == begun.audio.marks


def test_what_has_begun_can_be_cancelled(worker: _Worker) -> None:
    worker.order(replace(_say(1, "begin and lull"), at_once=True))
    begun = worker.answer()
    assert isinstance(begun, Spoken)
    assert not begun.audio.is_whole
    worker.order(Cancel(1), _say(2, "one"))
    assert worker.answer() == NotSpoken(1, "cancelled")
    assert isinstance(worker.answer(), Spoken)


def test_a_voice_that_something_waits_for_is_not_warmed_up_first(
    worker: _Worker, tmp_path: Path
) -> None:
    worker.order(LoadVoice(VOICE, is_awaited=True), _say(1, "one"), LoadVoice(VOICE))
    assert worker.answer() == VoiceLoaded(VOICE)
    assert isinstance(worker.answer(), Spoken)
    assert worker.answer() == VoiceLoaded(VOICE, SAMPLE_RATE)
    assert (tmp_path / "diary").read_text(encoding="utf-8").splitlines() == ["one", "One, two."]


def test_a_voice_that_cannot_speak_is_refused_with_the_reason(worker: _Worker) -> None:
    worker.order(LoadVoice(BROKEN_VOICE), LoadVoice(DEFAULT_VOICE))
    assert worker.answer() == VoiceRefused(BROKEN_VOICE, "fake", "it is broken")
    assert worker.answer() == VoiceRefused(DEFAULT_VOICE, "", "not installed")


def test_what_a_library_prints_does_not_reach_the_answers(worker: _Worker) -> None:
    worker.order(_say(1, "print"), _say(2, "one"))
    assert isinstance(worker.answer(), Spoken)
    assert isinstance(worker.answer(), Spoken)


def test_cancelling_reaches_one_that_is_being_said_and_one_that_waits(worker: _Worker) -> None:
    worker.order(_say(1, "slow"), _say(2, "one"), Cancel(2), Cancel(9), Cancel(1), _say(3, "two"))
    assert worker.answer() == NotSpoken(1, "cancelled")
    assert worker.answer() == NotSpoken(2, "cancelled")
    assert isinstance(worker.answer(), Spoken)


def test_it_leaves_when_its_input_ends_even_while_it_hangs(worker: _Worker, tmp_path: Path) -> None:
    worker.order(LoadVoice(VOICE), _say(1, "hang"))
    worker.answer()
    while "hang" not in (tmp_path / "diary").read_text(encoding="utf-8"):
        time.sleep(0.005)
    cast(BinaryIO, worker.process.stdin).close()
    assert worker.process.wait(timeout=PATIENCE_S) == 0


def test_it_leaves_when_it_is_told_nonsense(worker: _Worker) -> None:
    cast(BinaryIO, worker.process.stdin).write(b"this is no order, is it? not at all")
    cast(BinaryIO, worker.process.stdin).flush()
    assert worker.process.wait(timeout=PATIENCE_S) == 0


def test_it_dies_with_the_program_that_started_it(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from reader.speech.process.worker_process import WorkerProcess\n"
        f"worker = WorkerProcess([sys.executable, {speech_worker.__file__!r}, 'diary'])\n"
        "print(worker.pid, flush=True)\n"
        "time.sleep(600)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=tmp_path, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    descriptor = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    parent.kill()
    parent.communicate()
    if descriptor is not None:
        import select

        ended, _, _ = select.select([descriptor], [], [], PATIENCE_S)
        os.close(descriptor)
        assert ended


def test_ctrl_c_is_for_the_program_not_for_its_worker(worker: _Worker) -> None:
    worker.order(LoadVoice(VOICE))
    worker.answer()
    worker.process.send_signal(signal.SIGINT)
    worker.order(_say(1, "one"))
    assert isinstance(worker.answer(), Spoken)


def _longest_sentence() -> str:
    clause = "the old house on the hill was empty and nobody in the town could say why it was so"
    return f"{clause}, {clause} {clause} {clause}."


@pytest.mark.parametrize("voice_count", [1, 2], ids=["one voice", "two that alternate"])
def test_the_real_one_speaks_within_its_memory(tmp_path: Path, voice_count: int) -> None:
    files = files_of(DEFAULT_VOICE, tmp_path)
    (tmp_path / "en_US-double-medium.onnx").symlink_to(files.model)
    (tmp_path / "en_US-double-medium.onnx.json").symlink_to(files.configuration)
    voices = (DEFAULT_VOICE, VoiceId("piper:en_US-double-medium"))[:voice_count]
    real, text = _Worker(worker_command(tmp_path)), _longest_sentence()
    try:
        for ticket, voice in enumerate(voices * (3 - voice_count)):
            real.order(LoadVoice(voice))
            assert real.answer() == VoiceLoaded(voice, 22_050)
            real.order(Say(ticket, text, "en", voice))
            spoken = real.answer()
            assert isinstance(spoken, Spoken)
            assert len(spoken.audio.marks) == len(text.split())
        status = Path(f"/proc/{real.process.pid}/status")
        if status.exists():
            peak_kb = int(status.read_text().split("VmHWM:")[1].split()[0])
            assert peak_kb <= 340_000
    finally:
        real.end()
