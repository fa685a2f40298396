"""The speech process killed again and again while a text is read: nothing is lost, nothing twice.

Process, supervision, planning and player are real; the engine says any word in 100 frames, and the
device plays ten times as fast as one would listen, so that what was spoken ahead is soon used up
and every death is felt. `tests.benchmarks killed-speech` does the same with the real voice, heard.
"""

from __future__ import annotations

import os
import queue
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reader.playback.player import Player
from reader.playback.states import Playing, Preparing
from reader.speech.planning.planner import Plan
from reader.speech.speech_events import ProcessChanged, ProcessState, SpeechEvent, VoiceReady
from reader.speech.synthesiser import Synthesiser
from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Place,
    Section,
    Span,
    fingerprint_of,
)
from tests.fakes import speech_worker
from tests.fakes.manual_audio_output import ManualAudioOutput
from tests.patience import PATIENCE_S
from tests.playback.player_room import Told

_KILLS = 50
_HASTE = 10
_SENTENCES = " ".join(f"Here is sentence {number}, and it has an end." for number in range(4000))


class Booth:
    """A player with a real speech process, on a device that is driven by `run_until`."""

    def __init__(self, folder: Path) -> None:
        self.told = Told()
        self.pids: list[int] = []
        self.ready_count = 0
        self.output = ManualAudioOutput()
        self._events: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
        command = [sys.executable, speech_worker.__file__, str(folder / "diary")]
        self.speech = Synthesiser(self._events.put, voices_dir=folder, command=command)
        self.player = Player(self.speech, self.output, self.told)
        self._played_until = time.monotonic()
        block = Block(0, len(_SENTENCES), BlockKind.PARAGRAPH)
        section = Section(0, "", _SENTENCES, (block,))
        self.document = Document("", (), "en", (section,), fingerprint_of([_SENTENCES]))
        self.plan = Plan(self.document)

    def pump(self) -> None:
        """Let a moment pass: hand events over, let the device play, let the player look."""
        while not self._events.empty():
            event = self._events.get()
            if isinstance(event, ProcessChanged) and event.state is ProcessState.STARTED:
                self.pids.append(event.pid or 0)
            self.ready_count += isinstance(event, VoiceReady)
            self.player.on_speech_event(event)
        now = time.monotonic()
        self.output.play(round((now - self._played_until) * _HASTE * speech_worker.SAMPLE_RATE))
        self._played_until = now
        self.player.tick()
        time.sleep(0.002)

    def pump_for(self, seconds: float) -> None:
        """Let time pass."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.pump()

    def pump_until(self, is_so: Callable[[], bool]) -> None:
        """Go on until it is so."""
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < end
            self.pump()

    def has_started(self, count: int) -> bool:
        """Whether so many speech processes have been started."""
        return len(self.pids) >= count

    def words_said(self) -> list[Span]:
        """Return the words of the text in the order they are said."""
        return [
            Span(said.span.section, piece.source_start, piece.source_end)
            for said in self.plan.utterances()
            for piece in said.pieces
        ]


def test_killed_fifty_times_at_random_moments_every_word_is_heard_once(tmp_path: Path) -> None:
    booth, chance = Booth(tmp_path), random.Random(4)
    try:
        booth.player.set_voice(speech_worker.VOICE)
        booth.player.open(booth.document, booth.plan, Place(0, 0))
        booth.player.play()
        for kill in range(_KILLS):
            booth.pump_until(partial(booth.has_started, kill + 1))
            # while it starts, loads, waits or speaks; mostly once it has begun to speak
            if chance.random() < 0.7:
                booth.pump_until(lambda: booth.ready_count > 0)
            booth.pump_for(chance.uniform(0.0, 0.08))
            booth.ready_count = 0
            os.kill(booth.pids[kill], signal.SIGKILL)
        heard = len(booth.told.lit)
        booth.pump_until(lambda: len(booth.told.lit) >= heard + 40)
        assert isinstance(booth.player.state, Playing | Preparing)
    finally:
        booth.player.close()
        booth.speech.close()
    assert booth.told.lit == booth.words_said()[: len(booth.told.lit)]
    assert booth.told.skipped == []
    assert len(booth.pids) == _KILLS + 1
    for pid in booth.pids:  # a zombie would still have an entry
        assert not Path(f"/proc/{pid}").exists()
