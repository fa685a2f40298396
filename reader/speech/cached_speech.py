"""A voice that remembers: what it has said before comes from disk, at once and without it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from reader.processes.memory import give_freed_memory_back
from reader.speech.audio_cache import AudioCache, cache_key
from reader.speech.engine import Utterance, UtteranceAudio, VoiceId
from reader.speech.speaking import LiveSpeech
from reader.speech.speech_events import AudioReady, SpeechEvent

_ASKED_BETWEEN_TIDYING = 16
"""Utterances, about a minute of listening. Each takes some 100 KB, none as much as another, and the
holes they leave fill up: 4 MB in five minutes, of 21 that the sound takes (malloc_info, smaps)."""


@dataclass(frozen=True, slots=True)
class _Start:
    voice: VoiceId


@dataclass(frozen=True, slots=True)
class _Request:
    generation: int
    number: int
    utterance: Utterance
    at_once: bool


@dataclass(frozen=True, slots=True)
class _Close:
    pass


_Letter = _Start | _Request | _Close


class CachedSpeech:
    """Stands before a voice, and is asked and answers as one.

    All methods return at once and may be called from any thread. What is asked for is looked up on
    a thread of its own, in the order asked. What was spoken is written on another one: a disk that
    is busy may take a second for that, and somebody may wait to hear. `model_of` identifies the
    files a voice speaks from; None for one that isn't worth keeping.
    """

    def __init__(
        self,
        open_speech: Callable[[Callable[[SpeechEvent], None]], LiveSpeech],
        on_event: Callable[[SpeechEvent], None],
        cache: AudioCache,
        model_of: Callable[[VoiceId], str | None],
    ) -> None:
        self._on_event, self._cache, self._model_of = on_event, cache, model_of
        self._letters: queue.SimpleQueue[_Letter] = queue.SimpleQueue()
        self._oldest_generation = 0
        self._started: VoiceId | None = None  # what was asked for last
        self._speaking: VoiceId | None = None  # what speaks the request being answered
        self._models: dict[VoiceId, str | None] = {}
        self._reading_rate: int | None = None  # at which the voice that reads was heard last
        self._lock = threading.Lock()  # of the next two
        self._unwritten: dict[str, UtteranceAudio] = {}
        self._keys: dict[tuple[int, int], str] = {}  # of what the voice was asked for
        self._asked = 0
        self._chores: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._speech = open_speech(self._on_speech_event)
        self._threads = (
            threading.Thread(target=self._run, name="audio cache", daemon=True),
            threading.Thread(target=self._do_chores, name="audio keeping", daemon=True),
        )
        for thread in self._threads:
            thread.start()

    def start(self, voice: VoiceId) -> None:
        """Load a voice; later requests are spoken with it."""
        self._started = voice
        self._models = {}  # its files may be others than the last time
        self._letters.put(_Start(voice))

    def request(
        self, generation: int, number: int, utterance: Utterance, *, at_once: bool = False
    ) -> None:
        """Ask for an utterance; the answer is an event, `at_once`: maybe of what comes first."""
        self._letters.put(_Request(generation, number, utterance, at_once))

    def drop_before(self, generation: int) -> None:
        """Forget the requests of older generations; the one being spoken is cancelled."""
        self._oldest_generation = generation
        self._speech.drop_before(generation)

    def is_at_hand(self, utterance: Utterance) -> bool:
        """Whether it is kept on disk; a look at a folder, not into a file."""
        key = self._key_of(utterance, self._started)
        return key is not None and self._cache.has(key)

    def close(self) -> None:
        """End the voice and wait until it and what was being written have ended."""
        self._letters.put(_Close())
        for thread in self._threads:
            thread.join()
        self._speech.close()

    def _on_speech_event(self, event: SpeechEvent) -> None:
        if isinstance(event, AudioReady):
            if event.audio.utterance.voice is None:
                self._reading_rate = event.audio.sample_rate
            with self._lock:
                key = self._keys.pop((event.generation, event.number), None)
                if key is not None:
                    self._unwritten[key] = event.audio
            if key is not None:
                self._chores.put(partial(self._keep, key, event.audio))
        self._on_event(event)

    def _run(self) -> None:
        while True:
            letter = self._letters.get()
            match letter:
                case _Start(voice):
                    if voice != self._speaking:
                        self._reading_rate = None
                    self._speaking = voice
                    self._speech.start(voice)
                case _Request():
                    self._answer(letter)
                    self._tidy_up()
                case _Close():
                    self._chores.put(None)
                    return
                case _:
                    assert_never(letter)

    def _keep(self, key: str, audio: UtteranceAudio) -> None:
        self._cache.save(key, audio)
        with self._lock:
            self._unwritten.pop(key, None)

    def _do_chores(self) -> None:
        while (chore := self._chores.get()) is not None:
            chore()
            del chore  # what it has kept is not to be held until there is more

    def _tidy_up(self) -> None:
        self._asked += 1
        if self._asked % _ASKED_BETWEEN_TIDYING == 0:
            self._chores.put(give_freed_memory_back)

    def _answer(self, request: _Request) -> None:
        oldest = self._oldest_generation
        if request.generation < oldest:
            return  # asked for before the last seek; the listener has moved on
        key = self._key_of(request.utterance, self._speaking)
        if key is not None:
            with self._lock:
                unwritten = self._unwritten.get(key)
            is_same = unwritten is not None and unwritten.utterance == request.utterance
            audio = unwritten if is_same else self._cache.load(key, request.utterance)
            if audio is not None and self._fits(audio):
                self._on_event(AudioReady(request.generation, request.number, audio))
                return
            with self._lock:
                self._keys = {asked: k for asked, k in self._keys.items() if asked[0] >= oldest}
                self._keys[request.generation, request.number] = key
        self._speech.request(
            request.generation, request.number, request.utterance, at_once=request.at_once
        )

    def _fits(self, audio: UtteranceAudio) -> bool:
        """Whether what was kept can be played among what is read, in one stream with it.

        A note may have been kept beside another voice, at the sample rate of that.
        """
        rate = audio.sample_rate
        if audio.utterance.voice is not None:
            return self._reading_rate in (None, rate)
        if rate != self._reading_rate:
            self._reading_rate = rate
            self._speech.reads_at(rate)
        return True

    def _key_of(self, utterance: Utterance, usual: VoiceId | None) -> str | None:
        """Return the name an utterance is kept under; None for what isn't kept."""
        voice = utterance.voice or usual
        if voice is None:
            return None
        models = self._models  # another thread may start a voice meanwhile
        if voice not in models:
            models[voice] = self._model_of(voice)
        model = models[voice]
        return None if model is None else cache_key(utterance, voice, model)
