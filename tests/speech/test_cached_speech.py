"""A voice that remembers: asked once for what it says twice."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.speech.audio_cache import AudioCache
from reader.speech.cached_speech import CachedSpeech
from reader.speech.engine import Utterance, UtteranceAudio, VoiceId
from reader.speech.speech_events import AudioBegun, AudioReady, SpeechEvent, VoiceReady
from reader.text.document import Place
from tests.fakes.scripted_speech import SAMPLE_RATE, WordPlan, speak
from tests.patience import PATIENCE_S

JOE, SHOUTING = VoiceId("piper:joe"), VoiceId("pyttsx3:loud")
UTTERANCE = next(WordPlan(1).utterances_from(Place(0, 0)))


class PromptSpeech:
    """A voice that answers at once, and remembers what it was asked."""

    def __init__(self, on_event: Callable[[SpeechEvent], None]) -> None:
        self.on_event = on_event
        self.asked: list[Utterance] = []
        self.dropped: list[int] = []
        self.rate = SAMPLE_RATE  # at which it speaks
        self.told_rates: list[int] = []
        self.is_closed = False

    def start(self, voice: VoiceId) -> None:
        self.on_event(VoiceReady(voice))

    def request(
        self, generation: int, number: int, utterance: Utterance, *, at_once: bool = False
    ) -> None:
        self.asked.append(utterance)
        if at_once:
            whole = speak(utterance)
            begun = replace(whole, pcm=whole.pcm[:100], words=(), is_whole=False)
            self.on_event(AudioBegun(generation, number, begun))
        self.on_event(AudioReady(generation, number, speak(utterance, self.rate)))

    def reads_at(self, sample_rate: int) -> None:
        self.told_rates.append(sample_rate)

    def drop_before(self, generation: int) -> None:
        self.dropped.append(generation)

    def is_at_hand(self, _utterance: Utterance) -> bool:
        return False

    def close(self) -> None:
        self.is_closed = True


class Booth:
    """A remembering voice over a prompt one, and what it told."""

    def __init__(self, folder: Path) -> None:
        self.told: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
        self.inner: PromptSpeech | None = None
        self.models = {JOE: "model of joe"}
        cache = AudioCache(folder, 1_000_000)
        self.speech = CachedSpeech(self._open, self.told.put, cache, self.models.get)

    def _open(self, on_event: Callable[[SpeechEvent], None]) -> PromptSpeech:
        self.inner = PromptSpeech(on_event)
        return self.inner

    @property
    def asked(self) -> int:
        assert self.inner is not None
        return len(self.inner.asked)

    def hear(self) -> SpeechEvent:
        return self.told.get(timeout=PATIENCE_S)


@pytest.fixture
def booths(tmp_path: Path) -> Iterator[Callable[[], Booth]]:
    """Give a function that opens booths on one folder; all are closed at the end."""
    opened: list[Booth] = []

    def open_one() -> Booth:
        opened.append(Booth(tmp_path / "speech"))
        return opened[-1]

    yield open_one
    for booth in opened:
        booth.speech.close()


def test_the_second_time_the_voice_is_not_asked(booths: Callable[[], Booth]) -> None:
    booth = booths()
    booth.speech.start(JOE)
    assert booth.hear() == VoiceReady(JOE)
    for number in range(3):
        booth.speech.request(1, number, UTTERANCE)
        assert booth.hear() == AudioReady(1, number, speak(UTTERANCE))
    assert booth.asked == 1


def test_what_comes_first_is_handed_on_and_only_the_whole_is_kept(
    booths: Callable[[], Booth],
) -> None:
    booth = booths()
    booth.speech.start(JOE)
    booth.speech.request(1, 0, UTTERANCE, at_once=True)
    told = [booth.hear() for _ in range(3)]
    assert [type(event) for event in told] == [VoiceReady, AudioBegun, AudioReady]
    booth.speech.request(1, 1, UTTERANCE, at_once=True)
    assert booth.hear() == AudioReady(1, 1, speak(UTTERANCE))
    assert booth.asked == 1


def test_a_note_kept_at_another_rate_than_the_text_is_played_at_is_spoken_anew(
    booths: Callable[[], Booth],
) -> None:
    note = replace(UTTERANCE, spoken="A note.", voice=SHOUTING)
    first = booths()
    first.models[SHOUTING] = "model of the loud one"
    first.speech.start(JOE)
    first.speech.request(1, 0, UTTERANCE)
    assert first.inner is not None
    assert [type(first.hear()) for _ in range(2)] == [VoiceReady, AudioReady]
    first.inner.rate = SAMPLE_RATE * 2  # as if another voice had read the text when it was kept
    first.speech.request(1, 1, note)
    first.hear()
    first.speech.close()
    booth = booths()
    booth.models[SHOUTING] = "model of the loud one"
    booth.speech.start(JOE)
    for number, said in enumerate((UTTERANCE, note, note)):
        booth.speech.request(1, number, said)
    _ready, *answers = [booth.hear() for _ in range(4)]
    assert [a.audio.sample_rate for a in answers if isinstance(a, AudioReady)] == [SAMPLE_RATE] * 3
    assert booth.inner is not None
    assert booth.inner.told_rates == [SAMPLE_RATE]
    assert booth.inner.asked == [note], "the text was kept, and then the note"


def test_the_next_program_remembers_too(booths: Callable[[], Booth]) -> None:
    first = booths()
    first.speech.start(JOE)
    first.speech.request(1, 0, UTTERANCE)
    assert [type(first.hear()) for _ in range(2)] == [VoiceReady, AudioReady]
    first.speech.close()
    second = booths()
    second.speech.start(JOE)
    second.speech.request(1, 0, UTTERANCE)
    assert second.hear() == VoiceReady(JOE)
    assert second.hear() == AudioReady(1, 0, speak(UTTERANCE))
    assert second.asked == 0


def test_what_is_kept_is_at_hand_as_long_as_the_voice_is_the_same(
    booths: Callable[[], Booth],
) -> None:
    booth = booths()
    assert not booth.speech.is_at_hand(UTTERANCE)
    booth.speech.start(JOE)
    assert not booth.speech.is_at_hand(UTTERANCE)
    booth.speech.request(1, 0, UTTERANCE)
    assert [type(booth.hear()) for _ in range(2)] == [VoiceReady, AudioReady]
    patience_ends = time.monotonic() + PATIENCE_S  # it is told before it is kept
    while not booth.speech.is_at_hand(UTTERANCE) and time.monotonic() < patience_ends:
        time.sleep(0.01)
    assert booth.speech.is_at_hand(UTTERANCE)
    booth.speech.start(SHOUTING)
    assert not booth.speech.is_at_hand(UTTERANCE)


def test_a_voice_started_while_its_files_are_looked_at_is_looked_at_again(tmp_path: Path) -> None:
    told: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
    looks: list[str] = []

    def model_of(voice: VoiceId) -> str:
        looks.append("old" if not looks else "new")
        if len(looks) == 1:
            speech.start(voice)  # its files are replaced just then
        return looks[-1]

    speech = CachedSpeech(PromptSpeech, told.put, AudioCache(tmp_path, 1_000_000), model_of)
    speech.start(JOE)
    for number in range(2):
        speech.request(1, number, UTTERANCE)
        while not isinstance(told.get(timeout=PATIENCE_S), AudioReady):
            pass
    speech.close()
    assert looks == ["old", "new"]


def test_a_voice_without_files_of_its_own_is_always_asked(booths: Callable[[], Booth]) -> None:
    booth = booths()
    booth.speech.start(SHOUTING)
    for number in range(2):
        booth.speech.request(1, number, UTTERANCE)
    assert [type(booth.hear()) for _ in range(3)] == [VoiceReady, AudioReady, AudioReady]
    assert booth.asked == 2


def test_what_was_asked_before_a_seek_is_neither_looked_up_nor_asked(
    booths: Callable[[], Booth],
) -> None:
    booth = booths()
    booth.speech.drop_before(5)
    booth.speech.start(JOE)
    booth.speech.request(4, 0, UTTERANCE)
    booth.speech.request(5, 0, UTTERANCE)
    assert booth.hear() == VoiceReady(JOE)
    assert booth.hear() == AudioReady(5, 0, speak(UTTERANCE))
    assert booth.inner is not None
    assert booth.inner.dropped == [5]
    assert booth.asked == 1


def test_a_full_disk_stops_nothing(tmp_path: Path, booths: Callable[[], Booth]) -> None:
    (tmp_path / "speech").write_text("in the way")
    booth = booths()
    booth.speech.start(JOE)
    assert booth.hear() == VoiceReady(JOE)
    for number in range(2):
        booth.speech.request(1, number, UTTERANCE)
        assert booth.hear() == AudioReady(1, number, speak(UTTERANCE))
        patience_ends = time.monotonic() + PATIENCE_S  # it is known until it can't be written
        while booth.speech._unwritten and time.monotonic() < patience_ends:
            time.sleep(0.01)
    assert booth.asked == 2


def test_what_was_freed_meanwhile_is_given_back_now_and_then(
    booths: Callable[[], Booth], monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[None] = []
    booth = booths()
    monkeypatch.setattr(
        "reader.speech.cached_speech.give_freed_memory_back", lambda: given_back.append(None)
    )
    booth.speech.start(SHOUTING)  # nothing of it is kept: each is asked for
    for number in range(50):
        booth.speech.request(0, number, UTTERANCE)
    booth.speech.close()
    assert len(given_back) == 3


def test_nobody_waits_to_hear_until_something_is_written(
    booths: Callable[[], Booth], monkeypatch: pytest.MonkeyPatch
) -> None:
    has_begun, may_end = threading.Event(), threading.Event()
    save = AudioCache.save

    def save_slowly(cache: AudioCache, key: str, audio: UtteranceAudio) -> None:
        has_begun.set()
        assert may_end.wait(PATIENCE_S)
        save(cache, key, audio)

    monkeypatch.setattr(AudioCache, "save", save_slowly)
    booth = booths()
    booth.speech.start(JOE)
    booth.speech.request(1, 0, UTTERANCE)
    assert [type(booth.hear()) for _ in range(2)] == [VoiceReady, AudioReady]
    assert has_begun.wait(PATIENCE_S)
    booth.speech.request(1, 1, UTTERANCE)
    assert booth.hear() == AudioReady(1, 1, speak(UTTERANCE))
    assert booth.asked == 1  # it is known, though not yet on disk
    may_end.set()
    booth.speech.close()
    assert booth.speech.is_at_hand(UTTERANCE)
