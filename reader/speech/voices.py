"""All voices of all engines: which are here, which can speak, and if not, why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reader.speech.engine import Voice, VoiceId
from reader.speech.engines.piper_voices import piper_voice_files, piper_voices
from reader.speech.engines.pyttsx3_engine import pyttsx3_voices

DEFAULT_VOICE = VoiceId("piper:en_US-joe-medium")


def installed_voices(voices_dir: Path) -> list[Voice]:
    """List the voices of all engines, the default engine's first.

    `voices_dir` holds those the user has installed. No model and no engine is loaded.
    """
    return [*piper_voices(voices_dir), *pyttsx3_voices()]


class Verdict(StrEnum):
    """What a voice's checksum says."""

    INTACT = "intact"
    DAMAGED = "damaged"
    UNKNOWN = "no checksum known"


@dataclass(frozen=True, slots=True)
class VerifiedVoice:
    """A voice and whether its model is the one that was published."""

    id: VoiceId
    verdict: Verdict


def verify_voices(voices_dir: Path) -> Iterator[VerifiedVoice]:
    """Compare the models of installed voices with their checksums; about 0.2 s for each."""
    for files in piper_voice_files(voices_dir):
        if files.sha256 is None:
            yield VerifiedVoice(files.id, Verdict.UNKNOWN)
            continue
        with files.model.open("rb") as model:
            digest = hashlib.file_digest(model, "sha256").hexdigest()
        verdict = Verdict.INTACT if digest == files.sha256 else Verdict.DAMAGED
        yield VerifiedVoice(files.id, verdict)
