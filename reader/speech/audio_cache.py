"""What has been spoken, kept on disk so that hearing it again needs no voice.

An entry is a file of its own, named by a hash of everything that its sound depends on. The files'
times of change tell which were used last. Any entry may vanish or be damaged at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import zlib
from collections import OrderedDict
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from reader import __version__
from reader.speech.engine import HeardWord, Precision, Utterance, UtteranceAudio, VoiceId
from reader.text.document import Span

_FORMAT = b"sottovoce audio 2\n"
_CHECKSUM_BYTES = 4
_LENGTH_BYTES = 4
_PART = ".part"
_WHERE_IT_STANDS = ("span", "sentence", "pieces", "pause")
"""What of an utterance says where its text stands, and nothing of how it sounds."""


def cache_key(utterance: Utterance, voice: VoiceId, model: str) -> str:
    """Return the name under which an utterance's audio is kept.

    `model` identifies the files the voice speaks from. Rules of pronunciation have done their work
    on the utterance already; whatever else is said in it about how it sounds counts too.
    """
    sound = [
        (field.name, str(getattr(utterance, field.name)))
        for field in fields(utterance)
        if field.name not in _WHERE_IT_STANDS
    ]
    start = utterance.span.start
    pieces = [
        (p.spoken_start, p.spoken_end, p.source_start - start, p.source_end - start)
        for p in utterance.pieces
    ]
    whole = json.dumps([__version__, voice, model, sound, pieces])
    return hashlib.sha256(whole.encode("utf-8", "backslashreplace")).hexdigest()


class AudioCache:
    """Entries in one folder, at most `limit_bytes` in all; the least recently used go first.

    It does what it can and raises nothing: without a disk there is no cache. `save` belongs to one
    thread, `load` to another: who waits to hear an entry never waits for one to be written. Not
    compressed: deflate saves 22 % of speech, at 13 ms for ten seconds of it.
    """

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder, self._limit_bytes = folder, limit_bytes
        self._lock = threading.Lock()  # of what follows; never held while the disk is waited for
        self._sizes: OrderedDict[str, int] | None = None

    def has(self, key: str) -> bool:
        """Whether there is such an entry, good or damaged; may be asked on any thread."""
        return (self._folder / key).exists()

    def load(self, key: str, utterance: Utterance) -> UtteranceAudio | None:
        """Return the audio of an utterance, None if it isn't kept or is damaged."""
        path = self._folder / key
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        audio = _audio_from(entry, utterance)
        with suppress(OSError):
            if audio is None:
                path.unlink()
            else:
                os.utime(path)
            self._note_use(key, None if audio is None else len(entry))
        return audio

    def save(self, key: str, audio: UtteranceAudio) -> None:
        """Keep an utterance's audio, if it can be."""
        entry = _entry_of(audio)
        part = self._folder / (key + _PART)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_bytes(entry)
            part.replace(self._folder / key)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return
        if self._sizes is None:
            found = self._found()
            with self._lock:
                self._sizes = found
        self._note_use(key, len(entry))
        for unused in self._too_many():
            with suppress(OSError):
                (self._folder / unused).unlink(missing_ok=True)

    def _note_use(self, key: str, size_bytes: int | None) -> None:
        """Take note that an entry was used, or (None) is gone; before they are known, it shows."""
        with self._lock:
            if self._sizes is None:
                return
            self._sizes.pop(key, None)
            if size_bytes is not None:
                self._sizes[key] = size_bytes

    def _too_many(self) -> list[str]:
        """Return the entries that have no room any more, and count on them no longer."""
        with self._lock:
            known = self._sizes or OrderedDict()
            size_bytes, unused = sum(known.values()), []
            while size_bytes > self._limit_bytes and known:
                key, entry_bytes = known.popitem(last=False)
                size_bytes -= entry_bytes
                unused.append(key)
        return unused

    def _found(self) -> OrderedDict[str, int]:
        """Return the sizes of the entries there are, least recently used first."""
        found: list[tuple[int, str, int]] = []
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(OSError):  # gone meanwhile, or another program is just writing it
                    if entry.name.endswith(_PART):  # left by a program that was ended
                        os.unlink(entry.path)
                    else:
                        status = entry.stat()
                        found.append((status.st_mtime_ns, entry.name, status.st_size))
        return OrderedDict((name, size) for _, name, size in sorted(found))


def _entry_of(audio: UtteranceAudio) -> bytes:
    start = audio.utterance.span.start
    header = json.dumps(
        {
            "sample_rate": audio.sample_rate,
            "precision": audio.precision.value,
            "pcm_bytes": len(audio.pcm),
            "words": [
                [word.span.start - start, word.span.end - start, word.first_frame, word.end_frame]
                for word in audio.words
            ],
        }
    ).encode()
    body = len(header).to_bytes(_LENGTH_BYTES, "big") + header + audio.pcm + audio.flux
    return _FORMAT + zlib.crc32(body).to_bytes(_CHECKSUM_BYTES, "big") + body


def _audio_from(entry: bytes, utterance: Utterance) -> UtteranceAudio | None:
    at = len(_FORMAT)
    if len(entry) < at + _CHECKSUM_BYTES + _LENGTH_BYTES:
        return None  # cut short: of nothing, the checksum would be right
    checksum, body = entry[at : at + _CHECKSUM_BYTES], entry[at + _CHECKSUM_BYTES :]
    if not entry.startswith(_FORMAT) or int.from_bytes(checksum, "big") != zlib.crc32(body):
        return None
    length = int.from_bytes(body[:_LENGTH_BYTES], "big")
    header: dict[str, Any] = json.loads(body[_LENGTH_BYTES : _LENGTH_BYTES + length])
    section, start = utterance.span.section, utterance.span.start
    words = tuple(
        HeardWord(Span(section, start + first, start + end), first_frame, end_frame)
        for first, end, first_frame, end_frame in header["words"]
    )
    sound = body[_LENGTH_BYTES + length :]
    pcm, flux = sound[: header["pcm_bytes"]], sound[header["pcm_bytes"] :]
    precision = Precision(header["precision"])
    return UtteranceAudio(utterance, pcm, header["sample_rate"], words, precision, flux)
