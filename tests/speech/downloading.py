"""Downloads of a voice from a server that may misbehave, and what must be there at their end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.speech.voices.catalogue import PublishedVoice
from reader.speech.voices.download import Patience, VoiceDownload
from reader.speech.voices.store import recorded_sums, sums_of
from tests.fakes.voice_server import Misdeed, Visit, VoiceServer
from tests.patience import PATIENCE_S

STEADY = Patience(silence_s=PATIENCE_S, tries=3, first_wait_s=0.01)


MODEL = "xx_XX-test-low.onnx"


def download(
    voice: PublishedVoice, voices_dir: Path, patience: Patience = STEADY, **more: Any
) -> VoiceDownload:
    """Return a download that waits for a busy machine, and not long between its tries."""
    return VoiceDownload(voice, voices_dir, patience=patience, **more)


def files_below(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their relative paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def assert_whole(voices_dir: Path, server: VoiceServer) -> None:
    """The voice is in place as published, with its sums, and nothing else is there."""
    found = files_below(voices_dir)
    sums = found.pop("piper/xx_XX-test-low/SHA256SUMS")
    assert {name.rpartition("/")[2]: content for name, content in found.items()} == {
        path.rpartition("/")[2]: content for path, content in server.files.items()
    }
    folder = voices_dir / "piper" / "xx_XX-test-low"
    assert recorded_sums(folder)[MODEL] == sums_of(folder / MODEL).sha256
    assert sums.count(b"\n") == 2
    assert [path.name for path in voices_dir.iterdir()] == ["piper"]


def once(misdeed: Misdeed) -> Misdeed:
    """Misbehave at the first visit alone."""
    return lambda visit: visit.number == 1 and misdeed(visit)


def sent(act: Callable[[Visit], object]) -> Misdeed:
    """Answer the model's visits with `act`."""

    def misdeed(visit: Visit) -> bool:
        if not visit.path.endswith(MODEL):
            return False
        act(visit)
        return True

    return misdeed


def in_turn(*acts: Callable[[Visit], object]) -> Misdeed:
    """Answer the first visits with one act each, later ones properly."""

    def misdeed(visit: Visit) -> bool:
        if visit.number > len(acts):
            return False
        acts[visit.number - 1](visit)
        return True

    return misdeed
