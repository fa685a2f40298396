"""Speaks through a cache on the small disk that is mounted on the folder it is given, and tells.

A program of its own: only in a mount namespace of its own may it have a disk of any size.
"""

from __future__ import annotations

import json
import os
import queue
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reader.speech.audio_cache import AudioCache, cache_key
from reader.speech.cached_speech import CachedSpeech
from reader.speech.engine import Utterance, UtteranceAudio, VoiceId
from reader.speech.speech_events import AudioReady, SpeechEvent
from tests.fakes.scripted_speech import speak
from tests.fakes.spoken_utterances import utterance_of
from tests.patience import PATIENCE_S

_VOICE = VoiceId("scripted:one")
_UTTERANCES = [utterance_of(f"Number {number}.") for number in range(9)]
_PCM = bytes(range(1, 251)) * 240


def audio_of(utterance: Utterance) -> UtteranceAudio:
    """Return an utterance as 60 kB of audio."""
    return replace(speak(utterance), pcm=_PCM)


class FluentVoice:
    """A voice that answers at once."""

    def __init__(self, on_event: Callable[[SpeechEvent], None]) -> None:
        self._on_event = on_event

    def start(self, _voice: VoiceId) -> None:
        """Load nothing."""

    def request(
        self, generation: int, number: int, utterance: Utterance, *, at_once: bool = False
    ) -> None:
        """Answer, whole."""
        del at_once
        self._on_event(AudioReady(generation, number, audio_of(utterance)))

    def reads_at(self, _sample_rate: int) -> None:
        """Speak as ever."""

    def drop_before(self, _generation: int) -> None:
        """Forget nothing: nothing waits."""

    def is_at_hand(self, _utterance: Utterance) -> bool:
        """Whether it is there: never."""
        return False

    def close(self) -> None:
        """End."""


def main(disk: Path) -> None:
    """Fill the disk, speak on, make room, and tell what became of it."""
    folder = disk / "speech"
    cache = AudioCache(folder, 1_000_000_000)
    told: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
    speech = CachedSpeech(FluentVoice, told.put, cache, lambda _voice: "model")
    speech.start(_VOICE)
    for number, utterance in enumerate(_UTTERANCES):
        speech.request(1, number, utterance)
    answers = [told.get(timeout=PATIENCE_S) for _ in _UTTERANCES]
    speech.close()
    usage = os.statvfs(disk)
    keys = {cache_key(utterance, _VOICE, "model"): utterance for utterance in _UTTERANCES}
    kept = [key for key in keys if cache.has(key)]
    are_right = [cache.load(key, keys[key]) == audio_of(keys[key]) for key in kept]
    left_over = sorted({path.name for path in folder.iterdir()} - set(kept))
    (folder / kept[0]).unlink()
    cache.save("late", audio_of(_UTTERANCES[-1]))
    outcome = {
        "is_full": usage.f_bavail * usage.f_frsize < len(_PCM),
        "spoken": sum(isinstance(answer, AudioReady) for answer in answers),
        "kept_some": 2 <= len(kept) < len(_UTTERANCES),
        "kept_as_spoken": all(are_right),
        "left_over": left_over,
        "keeps_again": cache.load("late", _UTTERANCES[-1]) == audio_of(_UTTERANCES[-1]),
    }
    print(json.dumps(outcome))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
