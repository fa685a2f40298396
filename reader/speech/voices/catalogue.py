"""The voices that can be fetched: their files with sizes and checksums, as they were published."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from reader.speech.engine import Voice, VoiceId

SEE_MODEL_CARD = "see the model card"
"""The licence of a voice whose publisher states it in a file beside the voice alone."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a voice; `path` is below the publisher's address, or `address` is the file's own.

    A checksum not known is "".
    """

    path: str
    name: str
    size_bytes: int
    md5: str
    sha256: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class PublishedVoice:
    """A voice as its publisher offers it. `place` is its folder below that of installed voices.

    Voices of one engine that share their files have the same place and the same files: they come
    and go together.
    """

    id: VoiceId
    language: str
    name: str
    quality: str
    licence: str
    address: str
    place: str
    files: tuple[PublishedFile, ...]

    @property
    def engine(self) -> str:
        """The engine that speaks with it."""
        return self.id.partition(":")[0]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where its files are fetched from, each place once."""
        return tuple(sorted({self.address, *(f.address for f in self.files if f.address)}))

    @property
    def size_bytes(self) -> int:
        """What is to be fetched."""
        return sum(file.size_bytes for file in self.files)

    def as_missing(self) -> Voice:
        """Return it as a voice that is not here."""
        return Voice(
            id=self.id,
            engine=self.engine,
            language=self.language,
            name=self.name,
            is_installed=False,
            is_available=False,
            reason="not installed",
            size_bytes=self.size_bytes,
            licence=self.licence,
        )


@cache
def published_voices() -> dict[VoiceId, PublishedVoice]:
    """Return the voices that can be fetched, by id: facts that came with the app, 2 ms to read."""
    from resources import resource

    catalogues = sorted(resource("voices").glob("*.json"))
    return {
        voice.id: voice
        for path in catalogues
        for voice in _voices(json.loads(path.read_text(encoding="utf-8")))
    }


def _voices(catalogue: dict[str, Any]) -> list[PublishedVoice]:
    engine = catalogue["engine"]
    shared = catalogue.get("files", {})  # where one folder holds all voices
    return [
        PublishedVoice(
            id=VoiceId(f"{engine}:{voice['name']}"),
            language=voice["language"],
            name=voice["title"],
            quality=voice["quality"],
            licence=voice.get("licence", SEE_MODEL_CARD),
            address=catalogue["address"],
            place=f"{engine}/{voice.get('place', voice['name'])}",
            files=tuple(
                _file(name, voice["folder"], *facts)
                for name, facts in (voice.get("files") or shared).items()
            ),
        )
        for voice in catalogue["voices"]
    ]


def _file(
    name: str, folder: str, size_bytes: int, md5: str, sha256: str = "", address: str = ""
) -> PublishedFile:
    path = f"{folder}/{name}" if folder else name
    return PublishedFile(path, name, size_bytes, md5, sha256, address)
