"""The utterances from the reading place on, in order, with their audio as it comes.

Asks the voice for what will be needed next, never for more than a little; keeps what has been
spoken, so that going back costs nothing. Belongs to the player and lives on its thread.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from reader.playback.takes import Take
from reader.speech.engine import Utterance, UtteranceAudio
from reader.speech.pauses import USUAL_PAUSES
from reader.speech.planning.heard_notes import TextExtent
from reader.speech.speaking import SpeechSource
from reader.speech.speech_events import AudioBegun, AudioReady, UtteranceFailed
from reader.text.document import Place, Span

FAILURES_IN_A_ROW = 3
"""So many sentences that can't be spoken mean that the voice, not the text, is at fault."""

_KEPT_BEHIND = 24  # items: what a few steps back need without planning anew
_KEPT_BYTES = 16_000_000  # of audio, about six minutes
_REQUESTS_AT_ONCE = 3  # the voice is never idle, and little is in vain after a seek
_TYPICAL_CHARACTERS_PER_S = 16.0


class TextPlan(Protocol):
    """What will be spoken: `reader.speech.planning.planner.Plan`, or a fake of it."""

    @property
    def extent(self) -> TextExtent:
        """How long what is read is."""

    def utterances_from(self, place: Place) -> Iterator[Utterance]:
        """Yield what is spoken from the word at or after `place` on."""

    def sentence_at(self, place: Place) -> Span | None:
        """Return the sentence that holds `place`, or the next one."""

    def sentence_after(self, place: Place) -> Span | None:
        """Return the sentence after that one."""

    def sentence_before(self, place: Place) -> Span | None:
        """Return the sentence before that one."""

    def paragraph_after(self, place: Place) -> Span | None:
        """Return the paragraph after the one that holds `place`."""

    def paragraph_before(self, place: Place) -> Span | None:
        """Return the paragraph before the one that holds `place`."""


@dataclass(slots=True)
class LineItem:
    """One utterance of the line: asked for, then with its audio or the reason there is none.

    Audio that isn't whole is what comes first. With a reason as well, it is all that will come.
    """

    number: int
    take: Take
    audio: UtteranceAudio | None = None
    failure: str | None = None
    is_asked: bool = False

    @property
    def utterance(self) -> Utterance:
        """What is said."""
        return self.take.utterance

    @property
    def is_unanswered(self) -> bool:
        """Whether the voice has been asked and hasn't answered."""
        return self.is_asked and not self.is_settled

    @property
    def is_settled(self) -> bool:
        """Whether nothing more of it will come."""
        return self.failure is not None or (self.audio is not None and self.audio.is_whole)

    @property
    def duration_s(self) -> float:
        """How long it and the pause after it last at speed 1; an estimate until it is there."""
        if self.failure is not None:
            return 0.0
        pause_s = USUAL_PAUSES.seconds(self.utterance.pause)
        if self.audio is None or not self.audio.is_whole:
            return len(self.utterance.spoken) / _TYPICAL_CHARACTERS_PER_S + pause_s
        return self.audio.frame_count / self.audio.sample_rate + pause_s


class ReadingLine:
    """Items are numbered from 0 in reading order, anew with each `restart`."""

    def __init__(self, speech: SpeechSource) -> None:
        self._speech = speech
        self._generation = 0
        self._takes: Iterator[Take] = iter(())
        self._items: deque[LineItem] = deque()
        self._next_number = 0
        self._first_valid = 0  # the items before it were planned as nobody wants it any more
        self._is_planned_out = True
        self._requests: dict[int, Utterance] = {}  # unanswered, of this generation
        self._next_request = 0
        self._begun: UtteranceAudio | None = None  # what comes first of a request's answer
        self._kept: OrderedDict[Utterance, UtteranceAudio] = OrderedDict()
        self._kept_bytes = 0

    def restart(self, takes: Iterator[Take]) -> None:
        """Follow other utterances; answers to what was asked before are dropped.

        Unless the first of them is just being answered: then that is what was asked for.
        """
        self._takes = takes
        self._items.clear()
        self._next_number = self._first_valid = 0
        self._is_planned_out = False
        first, answering = self.item(0), next(iter(self._requests.values()), None)
        if first is None or first.utterance != answering:
            self._drop_requests()

    def expect(self, utterance: Utterance) -> None:
        """Ask for what may be played next, before all that was asked: that is dropped."""
        if utterance not in self._kept and utterance not in self._requests.values():
            self._drop_requests()
            self._request(utterance, at_once=True)

    def go_on_with(
        self, takes: Iterator[Take], number: int, *, keeps_requests: bool = False
    ) -> None:
        """Follow other takes from item `number` on; who goes back before it doesn't find the old.

        `keeps_requests`: much the same is said in them, so what was asked for will do; else it is
        dropped, and asked for again if need be.
        """
        while self._items and self._items[-1].number >= number:
            self._items.pop()
        if not keeps_requests:
            self._drop_requests()
        self._takes = takes
        self._next_number = self._first_valid = number
        self._is_planned_out = False

    def forget_audio(self) -> None:
        """Keep nothing of what was spoken: another voice will speak."""
        self._kept.clear()
        self._kept_bytes = 0

    def ask_again(self) -> None:
        """Take what was asked for and never answered as not asked: it won't be any more."""
        self._requests.clear()
        for item in self._items:
            item.is_asked = item.is_settled

    def _drop_requests(self) -> None:
        self._generation += 1
        self._speech.drop_before(self._generation)
        self._begun = None
        self.ask_again()

    def _request(self, utterance: Utterance, *, at_once: bool) -> None:
        self._requests[self._next_request] = utterance
        self._speech.request(self._generation, self._next_request, utterance, at_once=at_once)
        self._next_request += 1

    def item(self, number: int) -> LineItem | None:
        """Return an item, planning up to it; None past the end of the text."""
        while number >= self._next_number and not self._is_planned_out:
            take = next(self._takes, None)
            if take is None:
                self._is_planned_out = True
            else:
                item = LineItem(self._next_number, take, self._audio_of(take.utterance))
                item.is_asked = item.is_settled or take.utterance in self._requests.values()
                self._items.append(item)
                self._next_number += 1
        return self._planned(number)

    def _audio_of(self, utterance: Utterance) -> UtteranceAudio | None:
        """Return what is here of an utterance: all, or what comes first."""
        if self._begun is not None and self._begun.utterance == utterance:
            return self._begun
        return self._kept.get(utterance)

    def planned_from(self, number: int) -> list[LineItem]:
        """Return the items from `number` on that have been planned by now."""
        return [item for item in self._items if item.number >= number]

    def is_over(self, number: int) -> bool:
        """Whether the text has no item of this number: it ends before."""
        return self.item(number) is None

    def is_at_hand(self, utterance: Utterance) -> bool:
        """Whether its audio is here, or comes without the voice having to speak."""
        return utterance in self._kept or self._speech.is_at_hand(utterance)

    def find(self, place: Place) -> LineItem | None:
        """Return the item whose audio is here, whole, and holds `place`."""
        for item in self.planned_from(self._first_valid):
            if item.audio is not None and item.audio.is_whole and place in item.utterance.span:
                return item
        return None

    def look_ahead(self, number: int, wanted_s: float) -> None:
        """Ask, in order, for what is missing of the `wanted_s` seconds from item `number` on.

        However long a sentence is, the start of the next is asked for too: a step to it is likely.
        """
        ahead_s = 0.0
        failed: set[Utterance] = set()
        here, has_next_sentence = self.item(number), False
        asked = {item.utterance for item in self._items if item.is_unanswered}
        while not (ahead_s >= wanted_s and has_next_sentence):
            if (item := self.item(number)) is None or here is None:
                return
            if item.failure is None:
                failed.clear()
            elif item.take.note is None:  # the text goes on whatever becomes of a note
                failed.add(item.utterance)
            if len(failed) == FAILURES_IN_A_ROW:
                return
            if not item.is_asked and item.utterance not in asked:
                if len(asked) >= _REQUESTS_AT_ONCE:
                    return
                asked.add(item.utterance)
                # what is heard next is waited for; all after it has time
                self._request(item.utterance, at_once=item is here)
            item.is_asked = True
            ahead_s += item.duration_s
            has_next_sentence |= item.utterance.sentence != here.utterance.sentence
            number += 1

    def take_beginning(self, event: AudioBegun) -> LineItem | None:
        """Keep what comes first of an answer; return its item, or None if nobody waits for it."""
        if event.generation != self._generation or event.number not in self._requests:
            return None
        self._begun = event.audio
        return self._give_audio(self._requests[event.number], event.audio)

    def take_audio(self, event: AudioReady) -> LineItem | None:
        """Keep an answer; return its item, or None if nobody waits for it any more."""
        utterance = self._answered(event.generation, event.number)
        if utterance is None:
            return None
        self._keep(utterance, event.audio)
        return self._give_audio(utterance, event.audio)

    def take_failure(self, event: UtteranceFailed) -> LineItem | None:
        """Note that an item can't be spoken; return it, or None if nobody waits for it."""
        utterance = self._answered(event.generation, event.number)
        if utterance is None:
            return None
        waiting = self._items_of(utterance)
        for item in waiting:
            item.failure = event.reason
        return waiting[0] if waiting else None

    def forget_before(self, number: int) -> None:
        """Let go of items far behind `number`."""
        while self._items and self._items[0].number < number - _KEPT_BEHIND:
            self._items.popleft()

    def _answered(self, generation: int, request: int) -> Utterance | None:
        """Return what was asked for in a request; None if nobody waits for it any more."""
        self._begun = None
        return self._requests.pop(request, None) if generation == self._generation else None

    def _give_audio(self, utterance: Utterance, audio: UtteranceAudio) -> LineItem | None:
        """Give it to the items that wait for it; return the first of them."""
        waiting = [item for item in self._items_of(utterance) if not item.is_settled]
        for item in waiting:
            item.audio, item.is_asked = audio, True
        return waiting[0] if waiting else None

    def _items_of(self, utterance: Utterance) -> list[LineItem]:
        """Return every item in which this is said: while studying there are several."""
        return [item for item in self._items if item.utterance == utterance]

    def _planned(self, number: int) -> LineItem | None:
        index = number - self._items[0].number if self._items else -1
        return self._items[index] if 0 <= index < len(self._items) else None

    def _keep(self, utterance: Utterance, audio: UtteranceAudio) -> None:
        if utterance in self._kept:
            self._kept_bytes -= len(self._kept.pop(utterance).pcm)
        self._kept[utterance] = audio
        self._kept_bytes += len(audio.pcm)
        while self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1:
            self._kept_bytes -= len(self._kept.popitem(last=False)[1].pcm)
