"""Tests of reader.speech.process.starting: a process that is there before it is asked for."""

from __future__ import annotations

import queue
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reader.speech.engine import VoiceId
from reader.speech.process import starting
from reader.speech.process.protocol import Answer, LoadVoice, VoiceLoaded, VoiceRefused, Working
from reader.speech.process.starting import start_ahead, worker_command
from reader.speech.process.worker_process import WorkerProcess
from reader.speech.voices.overview import DEFAULT_VOICE
from tests.patience import PATIENCE_S


@contextmanager
def worker(command: Sequence[str]) -> Iterator[tuple[WorkerProcess, queue.Queue[Answer | None]]]:
    """Give a worker and its answers, but for mere signs of life; end it."""
    process = WorkerProcess(command)
    answers: queue.Queue[Answer | None] = queue.Queue()
    process.listen(lambda answer: None if isinstance(answer, Working) else answers.put(answer))
    try:
        yield process, answers
    finally:
        process.end()


def pids_ahead() -> list[int]:
    """Return who was started ahead and not asked for yet."""
    return [process.pid for _, process in starting._ahead]


def test_a_process_started_ahead_is_the_one_that_is_asked(tmp_path: Path) -> None:
    start_ahead(tmp_path, DEFAULT_VOICE)
    (pid,) = pids_ahead()
    with worker(worker_command(tmp_path)) as (process, answers):
        assert process.pid == pid
        assert pids_ahead() == []
        process.send(LoadVoice(DEFAULT_VOICE))
        assert answers.get(timeout=PATIENCE_S) == VoiceLoaded(DEFAULT_VOICE, 22_050)


def test_what_is_wrong_with_the_voice_is_told_once_it_is_ordered(tmp_path: Path) -> None:
    start_ahead(tmp_path, "piper:nobody")
    with worker(worker_command(tmp_path)) as (process, answers):
        process.send(LoadVoice(VoiceId("piper:nobody")))
        assert isinstance(answers.get(timeout=PATIENCE_S), VoiceRefused)
        assert answers.empty()


def test_another_process_is_not_taken_for_it(tmp_path: Path) -> None:
    start_ahead(tmp_path / "one", DEFAULT_VOICE)
    (pid,) = pids_ahead()
    with worker([sys.executable, "-c", "input()"]) as (process, _):
        assert process.pid != pid
    with worker(worker_command(tmp_path / "one")) as (process, _):
        assert process.pid == pid
