"""All voices of all engines: which are here or can be fetched, which can speak, and if not, why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reader.speech.engine import Voice, VoiceId
from reader.speech.engine_kinds import engine_kinds, voices_of
from reader.speech.engines.piper_voices import SHIPPED_VOICE, piper_voice_files
from reader.speech.voices.catalogue import published_voices
from reader.speech.voices.store import recorded_sums, sums_of

DEFAULT_VOICE = SHIPPED_VOICE


def installed_voices(voices_dir: Path) -> list[Voice]:
    """List the voices of all engines, the default engine's first.

    `voices_dir` holds those the user has installed. No model and no engine is loaded.
    """
    return [voice for kind in engine_kinds() for voice in voices_of(kind, voices_dir)]


def all_voices(voices_dir: Path) -> list[Voice]:
    """List the installed voices, then those that could be fetched."""
    published = published_voices()
    listed = installed_voices(voices_dir)
    here = [v for v in listed if v.is_installed or v.id not in published]
    known = {voice.id for voice in here}
    return [*here, *(voice.as_missing() for id_, voice in published.items() if id_ not in known)]


class Verdict(StrEnum):
    """What a voice's checksum says."""

    INTACT = "intact"
    DAMAGED = "damaged"
    UNKNOWN = "no checksum known"


@dataclass(frozen=True, slots=True)
class VerifiedVoice:
    """A voice and whether its files are those that were published, or installed."""

    id: VoiceId
    verdict: Verdict


def verify_voices(voices_dir: Path) -> Iterator[VerifiedVoice]:
    """Compare the files of installed voices with their checksums; about 0.3 s for each.

    These are the ones written down when the voice was installed, else those of the catalogue.
    """
    folders = set()
    for files in piper_voice_files(voices_dir):
        folders.add(files.model.parent)
        yield VerifiedVoice(files.id, _verdict_on(files.id, files.model))
    for sums in sorted(voices_dir.glob("[!.]*/*/SHA256SUMS")):
        folder = sums.parent
        if folder not in folders:
            voice = VoiceId(f"{folder.parent.name}:{folder.name}")
            yield VerifiedVoice(voice, _verdict_on_folder(folder))


def _verdict_on(voice: VoiceId, model: Path) -> Verdict:
    if model.name in recorded_sums(model.parent):
        return _verdict_on_folder(model.parent)
    published = published_voices().get(voice)
    if published is None:
        return Verdict.UNKNOWN
    # the model alone: configurations were published anew without the models
    sums = sums_of(model)
    is_intact = all(sums.are_of(file) for file in published.files if file.name == model.name)
    return Verdict.INTACT if is_intact else Verdict.DAMAGED


def _verdict_on_folder(folder: Path) -> Verdict:
    for name, sha256 in recorded_sums(folder).items():
        try:
            if sums_of(folder / name).sha256 != sha256:
                return Verdict.DAMAGED
        except OSError:
            return Verdict.DAMAGED
    return Verdict.INTACT
