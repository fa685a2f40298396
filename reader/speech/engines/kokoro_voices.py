"""The Kokoro voices on this machine: one model, and the style vectors of each voice beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from reader.errors import VoiceNotInstalled
from reader.speech.engine import Voice, VoiceId
from reader.speech.voices.catalogue import PublishedVoice, published_voices

ENGINE = "kokoro"
_MODEL_SUFFIX, _STYLES_SUFFIX = ".onnx", ".bin"


@dataclass(frozen=True, slots=True)
class KokoroFiles:
    """A voice's model, shared with the others, and its style vectors."""

    model: Path
    styles: Path


def kokoro_voices(voices_dir: Path) -> list[Voice]:
    """List the voices that are here; none of them, or all that were published."""
    missing = [name for name in ("piper", "onnxruntime", "numpy") if find_spec(name) is None]
    reason = f"{' and '.join(missing)} not installed" if missing else ""
    return [
        replace(voice.as_missing(), is_installed=True, is_available=not reason, reason=reason)
        for voice in published_voices().values()
        if voice.engine == ENGINE and _are_here(_files_of(voice, voices_dir))
    ]


def kokoro_files(voice: VoiceId, voices_dir: Path) -> KokoroFiles:
    """Return where a voice is.

    Raises:
        VoiceNotInstalled: it is not here.
    """
    published = published_voices().get(voice)
    if published is not None and published.engine == ENGINE:
        files = _files_of(published, voices_dir)
        if _are_here(files):
            return files
    raise VoiceNotInstalled(voice)


def is_british(voice: VoiceId) -> bool:
    """Whether a voice speaks British English; the others speak American."""
    return voice.removeprefix(f"{ENGINE}:").startswith("b")


def _files_of(voice: PublishedVoice, voices_dir: Path) -> KokoroFiles:
    folder = voices_dir / voice.place
    model = next(file.name for file in voice.files if file.name.endswith(_MODEL_SUFFIX))
    return KokoroFiles(
        folder / model, folder / f"{voice.id.removeprefix(f'{ENGINE}:')}{_STYLES_SUFFIX}"
    )


def _are_here(files: KokoroFiles) -> bool:
    return files.model.is_file() and files.styles.is_file()
