"""An engine of another package: the voice that comes with the app, but for some words.

At "unsayable" it fails, at "endless" it waits for ever, at "circling" it goes round for ever.
"""

from __future__ import annotations

import itertools
import os
import time
from pathlib import Path

from reader.errors import SynthesisFailed
from reader.speech.engine import (
    Cancellation,
    Engine,
    EngineAbilities,
    SpokenAudio,
    Voice,
    VoiceId,
)
from reader.speech.engine_kinds import ENTRY_POINT_GROUP, PIPER, EngineKind
from reader.speech.voices.overview import DEFAULT_VOICE

VOICE = VoiceId("faulty:joe")


class FaultyEngine:
    """Hands all other texts on to the real engine."""

    name = "faulty"

    def __init__(self, voices_dir: Path) -> None:
        self._real: Engine = PIPER.make_engine(voices_dir)

    def abilities(self, _voice: VoiceId, /) -> EngineAbilities:
        """Those of the real one."""
        return self._real.abilities(DEFAULT_VOICE)

    def load(self, _voice: VoiceId, /) -> None:
        """Load the real voice."""
        self._real.load(DEFAULT_VOICE)

    def synthesise(
        self, spoken: str, language: str, _voice: VoiceId, cancellation: Cancellation, /
    ) -> SpokenAudio:
        """Say it, unless there is such a word in it."""
        if "unsayable" in spoken:
            raise SynthesisFailed("a word in it has no sound")
        if "endless" in spoken:
            time.sleep(10_000)
        if "circling" in spoken:
            for _ in itertools.count():
                pass
        return self._real.synthesise(spoken, language, DEFAULT_VOICE, cancellation)


def _voices(_voices_dir: Path) -> list[Voice]:
    return [Voice(VOICE, "faulty", "en-US", "Faulty Joe", True, True, "", 0, "")]


KIND = EngineKind("faulty", _voices, FaultyEngine)


def install(folder: Path) -> dict[str, str]:
    """Make it an installed package below a folder; return what the program's environment needs."""
    package = folder / "faulty_voice-1.0.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty-voice\nVersion: 1.0\n")
    entry_points = f"[{ENTRY_POINT_GROUP}]\nfaulty = {__name__}:KIND\n"
    (package / "entry_points.txt").write_text(entry_points)
    # this module, too, which the program doesn't know of
    return {"PYTHONPATH": os.pathsep.join((str(folder), str(Path(__file__).parents[2])))}
