"""Which files a voice speaks from: audio kept from it is good as long as they are the same."""

from __future__ import annotations

from pathlib import Path

from reader.errors import VoiceNotInstalled
from reader.speech.engine import VoiceId
from reader.speech.engines.kokoro_voices import ENGINE as KOKORO
from reader.speech.engines.kokoro_voices import kokoro_files
from reader.speech.engines.piper_voices import ENGINE as PIPER
from reader.speech.engines.piper_voices import files_of


def model_identity(voice: VoiceId, voices_dir: Path) -> str | None:
    """Identify the files of a voice by their sizes and times; None where it has none we know."""
    engine = voice.partition(":")[0]
    try:
        if engine == PIPER:
            piper = files_of(voice, voices_dir)
            paths = [piper.model, piper.configuration]
        elif engine == KOKORO:
            kokoro = kokoro_files(voice, voices_dir)
            paths = [kokoro.model, kokoro.styles]
        else:
            return None
        status = [path.stat() for path in paths]
    except (VoiceNotInstalled, OSError):
        return None
    return " ".join(f"{found.st_size}:{found.st_mtime_ns}" for found in status)
