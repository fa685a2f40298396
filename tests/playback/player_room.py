"""A player with its voice, its device, its listener and its clock in a test's hands."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from reader.playback.player import Player
from reader.playback.states import PlayerState
from reader.speech.engine import VoiceId
from reader.speech.planning.heard_notes import HeardNote
from reader.text.document import Place, Span
from tests.fakes.manual_audio_output import ManualAudioOutput
from tests.fakes.scripted_speech import (
    SAMPLE_RATE,
    ScriptedSpeech,
    WordPlan,
    level_of_word,
)

TICK_FRAMES = SAMPLE_RATE // 100


@dataclass
class Told:
    """A listener that remembers."""

    states: list[PlayerState] = field(default_factory=list)
    words: list[Span | None] = field(default_factory=list)
    sentences: list[Span | None] = field(default_factory=list)
    skipped: list[tuple[Span, str]] = field(default_factory=list)
    notes: list[HeardNote | None] = field(default_factory=list)
    notes_skipped: list[str] = field(default_factory=list)
    soundings: int = 0
    are_ticks_wanted: bool = False

    @property
    def lit(self) -> list[Span]:
        return [word for word in self.words if word is not None]

    def state_changed(self, state: PlayerState) -> None:
        self.states.append(state)

    def word_heard(self, span: Span | None) -> None:
        self.words.append(span)

    def sentence_heard(self, span: Span | None) -> None:
        self.sentences.append(span)

    def note_heard(self, passage: HeardNote | None) -> None:
        self.notes.append(passage)

    def note_skipped(self, passage: HeardNote, reason: str) -> None:
        self.notes_skipped.append(f"{passage.note}: {reason}")

    def sounding(self) -> None:
        self.soundings += 1

    def sentence_skipped(self, span: Span, reason: str) -> None:
        self.skipped.append((span, reason))

    def ticks_wanted(self, are_wanted: bool) -> None:
        self.are_ticks_wanted = are_wanted


class Room:
    """A player with its voice, its device, its listener and a clock, all in the test's hand."""

    def __init__(self, sentences: int = 6, words_each: int = 3) -> None:
        self.now_s = 100.0
        self.speech = ScriptedSpeech()
        self.output = ManualAudioOutput()
        self.told = Told()
        self.plan = WordPlan(sentences, words_each)
        self.player = Player(self.speech, self.output, self.told, lambda: self.now_s)
        self.player.set_voice(VoiceId("scripted:one"))
        self.player.open(self.plan.document, self.plan, Place(0, 0))

    def doing(self) -> PlayerState:
        return self.player.state

    def answer_all(self) -> None:
        while self.speech.requests:
            self.player.on_speech_event(self.speech.answer())

    def run(self, seconds: float, *, answering: bool = True) -> None:
        """Let time pass: the device plays, the voice answers, the player is ticked if it asks."""
        for _ in range(round(seconds * 100)):
            if answering:
                self.answer_all()
            self.now_s += 0.01
            self.output.play(TICK_FRAMES)
            if self.told.are_ticks_wanted:
                self.player.tick()

    def heard_words(self) -> list[int]:
        """Return the levels that sounded at full, in order: each word has its own."""
        full = {level_of_word(word) for word in self.plan.words()}
        values = array("h", self.output.played)
        heard: list[int] = []
        for before, value in zip([0, *values], values, strict=False):
            if value in full and value == before and (not heard or heard[-1] != value):
                heard.append(value)
        return heard

    def levels(self, first: int = 0) -> list[int]:
        return [level_of_word(word) for word in self.plan.words()[first:]]
