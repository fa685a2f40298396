"""Runs the real program and keeps what its voice spoke: `audio_keeper FOLDER [ARGUMENT…]`.

What was played can then be found in a recording by its own waveform. The trace tells every turn
of the event loop besides (see `turn_probe`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from reader.app.services import Services
from reader.speech.engine import UtteranceAudio
from reader.speech.speech_events import AudioReady, SpeechEvent
from reader.speech.synthesiser import Synthesiser
from reader.ui import event_loop_probe
from tests.benchmarks.turn_probe import TurnProbe

LIST_NAME = "utterances.jsonl"


class AudioKeeper:
    """Stands between voice and window, writes down the audio and hands everything on."""

    def __init__(self, folder: Path, on_event: Callable[[SpeechEvent], None]) -> None:
        self._folder = folder
        self._on_event = on_event
        self._count = 0

    def on_event(self, event: SpeechEvent) -> None:
        """Take an event on the speech thread."""
        self._on_event(event)
        if isinstance(event, AudioReady):
            self._keep(event.audio)

    def _keep(self, audio: UtteranceAudio) -> None:
        name = f"{self._count:04}.pcm"
        self._count += 1
        (self._folder / name).write_bytes(audio.pcm)
        words = [[w.span.section, w.span.start, w.span.end, w.first_frame] for w in audio.words]
        line = {
            "pcm": name,
            "sample_rate": audio.sample_rate,
            "words": words,
            "voice": audio.utterance.voice,
            "pause": audio.utterance.pause.value,
        }
        with (self._folder / LIST_NAME).open("a", encoding="utf-8") as listing:
            listing.write(json.dumps(line) + "\n")


def main() -> int:
    """Run the program until its window is closed."""
    from reader.__main__ import main as run_program

    folder = Path(sys.argv[1])
    folder.mkdir()

    def synthesiser(services: Services, on_event: Callable[[SpeechEvent], None]) -> Synthesiser:
        keeper = AudioKeeper(folder, on_event)
        return Synthesiser(keeper.on_event, voices_dir=services.paths.voices_dir)

    with (
        patch.object(Services, "synthesiser", synthesiser),
        patch.object(event_loop_probe, "EventLoopProbe", TurnProbe),
    ):
        return run_program(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
