"""Where in the text the sound is: what is asked for, what the device was given, what is heard.

Belongs to the player and lives on its thread; the player decides when, this knows where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, dropwhile, islice, takewhile

from reader.playback.delivery import Delivery
from reader.playback.hearing import Hearing
from reader.playback.progress import (
    AtEnd,
    AtStop,
    AwaitsVoice,
    CannotBeSaid,
    Progress,
    Sounds,
)
from reader.playback.reading_line import (
    FAILURES_IN_A_ROW,
    LineItem,
    ReadingLine,
    TextPlan,
)
from reader.playback.sleep import SleepUnit, place_to_wait_at
from reader.playback.states import PlayerListener
from reader.playback.stream.output import AudioOutput
from reader.playback.study import Study
from reader.playback.takes import NotedTakes, Take, study_takes
from reader.speech.engine import Utterance, UtteranceAudio
from reader.speech.planning.heard_notes import NO_NOTES, HeardExtent, HeardNotes
from reader.speech.speaking import SpeechSource
from reader.text.document import Document, Place, Span


@dataclass(frozen=True, slots=True)
class HeardAudio:
    """The audio being heard, at which of its frames, and how loud it is played, 0 to 1."""

    audio: UtteranceAudio
    frame: int
    level: float


class Playhead:
    """Brings line, delivery and hearing to a place of the text together."""

    def __init__(self, speech: SpeechSource, output: AudioOutput, listener: PlayerListener) -> None:
        self.line = ReadingLine(speech)
        self.delivery = Delivery(self.line, output)
        self.hearing = Hearing(self.line, self.delivery, listener)
        self.document: Document | None = None
        self.plan: TextPlan | None = None
        self.study: Study | None = None
        """How sentences are repeated from the next `enter_anew` on, None where they aren't."""
        self._notes = NO_NOTES
        self._takes: NotedTakes | None = None  # what the line follows, None while studying
        self._waits_after: SleepUnit | None = None

    @property
    def place(self) -> Place:
        """The start of the word heard last, or where the last move led."""
        return self.hearing.place

    # -- the text ------------------------------------------------------------------------------

    def open(self, document: Document, plan: TextPlan) -> None:
        """Take up a text; `enter_anew` is next."""
        self.document, self.plan = document, plan
        self.study, self._notes = None, NO_NOTES

    def change_plan(self, plan: TextPlan) -> bool:
        """Read on by another plan of the text; False: what is heard now is said otherwise by it.

        What was given to the device and is said the same stays; `enter_anew` is next after False.
        """
        self.plan = plan
        given = []
        for number in range(self.hearing.item, self.delivery.next_item):
            item = self.line.item(number)
            if item is not None:
                given.append(item)
        words = _words_from(plan, given[0].utterance.span.first_place) if given else iter(())
        same = list(takewhile(lambda item: _is_said_same(item.utterance, words), given))
        if not same or self.study is not None or not self.delivery.take_back(same[-1].number + 1):
            return False
        number = same[-1].number + 1
        self._go_on_with(_utterances_behind(plan, same[-1].take), number)
        return True

    def change_notes(self, notes: HeardNotes) -> None:
        """Tell of other notes from now on; what the device has begun to play is played."""
        before, self._notes = self._notes, notes
        if self._takes is None or notes.tells_same(before):
            return
        number = self._behind_note(self.hearing.item, before)
        number = self.delivery.take_back_from(number)
        planned = [item.utterance for item in self.line.planned_from(number) if not item.take.note]
        utterances = chain(planned, self._takes.rest())
        self._go_on_with(utterances, number, keeps_requests=True)

    def _behind_note(self, number: int, before: HeardNotes) -> int:
        """Return the item after a note that is being read in parts, if it is still the same."""
        here = self.line.item(number)
        note = None if here is None else here.take.note
        if note is None or self._notes.passage(note.note) != before.passage(note.note):
            return number
        while (item := self.line.item(number)) is not None and item.take.note == note:
            number += 1
        return number

    def _go_on_with(
        self, utterances: Iterator[Utterance], number: int, *, keeps_requests: bool = False
    ) -> None:
        """Have these follow on what is played before item `number`."""
        assert self.document is not None
        told: list[str] = []
        said: Utterance | None = None
        while said is None and (item := self.line.item(number - 1 - len(told))) is not None:
            if item.take.note is None:
                said = item.utterance
            else:
                told.append(item.take.note.note)
        self._takes = NotedTakes(utterances, self._notes, self.document, before=said, told=told)
        self.line.go_on_with(self._takes, number, keeps_requests=keeps_requests)
        self._find_where_to_wait()

    @property
    def extent(self) -> HeardExtent | None:
        """How long all that is heard of the text is."""
        return None if self.plan is None else HeardExtent(self.plan.extent, self._notes)

    def close(self) -> None:
        """Let go of the text and of all that was asked for."""
        self.line.restart(iter(()))
        self.document = self.plan = self.study = self._takes = None
        self._notes = NO_NOTES

    def sentence_at(self, place: Place) -> Span | None:
        """Return the sentence that holds `place`, or the next one."""
        return None if self.plan is None else self.plan.sentence_at(place)

    def words_of(self, sentence: Span) -> list[Span]:
        """Return the words that are said of a sentence."""
        words: list[Span] = []
        if self.plan is not None:
            for utterance in self.plan.utterances_from(sentence.first_place):
                if utterance.sentence != sentence:
                    break
                section = utterance.span.section
                words += [Span(section, p.source_start, p.source_end) for p in utterance.pieces]
        return words

    # -- moving --------------------------------------------------------------------------------

    def leave(self) -> None:
        """Silence what is to come."""
        self.hearing.rest()
        self.delivery.leave()

    def enter(self, place: Place) -> bool:
        """Begin at a place with the audio that is here; False if it isn't."""
        item = self.line.find(place)
        if item is None or item.audio is None:
            return False
        self.hearing.begin(item.number, place)
        self._find_where_to_wait()
        return True

    def enter_anew(self, place: Place) -> None:
        """Begin at a place with a line of its own; what was asked before is dropped."""
        if self.plan is None:
            return
        sentence = self.plan.sentence_at(place)
        if self.study is not None and sentence is not None:
            if self.study.holds(sentence):
                place = sentence.first_place
            else:
                self.study = None  # the listener went elsewhere
        utterances = None
        if self.study is None and sentence is not None:
            utterances = self._utterances_at_hand(place, sentence)
        if utterances is None:
            utterances = self.plan.utterances_from(place)
        self.line.restart(self._takes_of(utterances))
        self.hearing.begin(0, place)
        self._find_where_to_wait()

    def expect(self, place: Place) -> None:
        """Ask for what would be said first at a place, before anybody goes there."""
        sentence = self.sentence_at(place)
        if self.plan is None or self.study is not None or sentence is None:
            return
        if self._utterances_at_hand(place, sentence) is None:
            first = next(self.plan.utterances_from(place), None)
            if first is not None:
                self.line.expect(first)

    def _takes_of(self, utterances: Iterator[Utterance]) -> Iterator[Take]:
        if self.study is not None:
            self._takes = None
            return study_takes(utterances, self.study)
        assert self.document is not None
        self._takes = NotedTakes(utterances, self._notes, self.document)
        return self._takes

    def _utterances_at_hand(self, place: Place, sentence: Span) -> Iterator[Utterance] | None:
        """Return the utterances from the one that holds `place`, if that need not be spoken.

        They are cut as in reading on. Where the voice has to speak first, the first one is shorter.
        """
        if self.plan is None:
            return None
        before = self.plan.sentence_before(sentence.first_place)
        start = sentence if before is None else before
        following = dropwhile(
            lambda said: Place(said.span.section, said.span.end) <= place,
            self.plan.utterances_from(start.first_place),
        )
        first = next(following, None)
        if first is None or not self.line.is_at_hand(first):
            return None
        return chain([first], following)

    def begin_again(self) -> None:
        """Begin at the frame heard last: what the device had since is lost."""
        self.hearing.begin_again()
        self._find_where_to_wait()

    def show_place(self) -> None:
        """Light the sentence and the word that would be heard next."""
        item = self.line.item(self.delivery.enter_item)
        if item is not None:
            self.hearing.show(item.utterance.sentence, _word_at(item, self.place))

    # -- going on ------------------------------------------------------------------------------

    def look_ahead(self, wanted_s: float, *, asks: bool) -> None:
        """Give the device what is here; `asks`: see that so many seconds are on their way."""
        if asks and self.plan is not None:
            self.line.look_ahead(self.hearing.item, wanted_s)
        self.delivery.feed()

    def follow(self) -> bool:
        """Tell what has been heard since the last time; return whether in a later utterance."""
        is_later = self.hearing.follow()
        if is_later:
            self.line.forget_before(self.hearing.item)
            self.delivery.forget_before(self.hearing.item)
        return is_later

    def audio_heard(self) -> HeardAudio | None:
        """Return what is heard at this moment, None in a silence."""
        heard = self.delivery.heard()
        if heard is None or not heard.is_moving:
            return None
        item = self.line.item(heard.cue)
        if item is None or item.audio is None or heard.frame >= item.audio.frame_count:
            return None
        return HeardAudio(item.audio, int(heard.frame), self.delivery.level)

    def go_on(self) -> Progress:
        """Give the device what is here, once it has played the rest; return what comes of it."""
        delivery = self.delivery
        if not delivery.is_heard_out():
            return Sounds()
        self.hearing.follow_to_end()
        delivery.feed()
        if not delivery.is_heard_out():
            return Sounds()
        if delivery.is_unfinished:
            return AwaitsVoice()
        if delivery.stop is not None and delivery.is_at_stop():
            return AtStop(delivery.stop)
        if self.line.is_over(delivery.next_item):
            following = self._end_study()
            return AtEnd() if following is None else AtStop(following)
        if delivery.failures_ahead() < FAILURES_IN_A_ROW:
            return AwaitsVoice()
        item = self.line.item(delivery.first_failure())
        assert item is not None
        self.hearing.move(item.utterance.span.first_place)
        self.hearing.show(item.utterance.sentence, None)
        return CannotBeSaid(item.failure or "")

    def _end_study(self) -> Place | None:
        """Study no more; return what follows on the passage that was studied."""
        study, self.study = self.study, None
        if study is None or study.within is None:
            return None
        following = self.sentence_at(Place(study.within.section, study.within.end))
        return None if following is None else following.first_place

    # -- studying and stopping -------------------------------------------------------------------

    def wait_after(self, unit: SleepUnit | None) -> None:
        """Give nothing beyond the end of what is being read; None: read on."""
        self._waits_after = unit
        self._find_where_to_wait()

    def _find_where_to_wait(self) -> None:
        stop = None
        if self._waits_after and self.plan is not None and self.document is not None:
            stop = place_to_wait_at(self._waits_after, self.place, self.document, self.plan)
            if stop is not None and not self.delivery.stop_before(stop):
                # it has begun already, unheard: then that is what is read to its end
                stop = place_to_wait_at(self._waits_after, stop, self.document, self.plan)
        self.delivery.stop_before(stop)


def _words_of(utterance: Utterance) -> list[tuple[int, int, str]]:
    section = utterance.span.section
    return [
        (section, piece.source_start, utterance.spoken[piece.spoken_start : piece.spoken_end])
        for piece in utterance.pieces
    ]


def _words_from(plan: TextPlan, place: Place) -> Iterator[tuple[int, int, str]]:
    for utterance in plan.utterances_from(place):
        yield from _words_of(utterance)


def _is_said_same(utterance: Utterance, words: Iterator[tuple[int, int, str]]) -> bool:
    """Whether the next of `words` are those of the utterance; takes as many."""
    own = _words_of(utterance)
    return own == list(islice(words, len(own)))


def _utterances_behind(plan: TextPlan, take: Take) -> Iterator[Utterance]:
    """Yield what comes after an utterance, or after the sentence of a note, in reading order."""
    last = take.utterance
    if take.note is None and last.span.end < last.sentence.end:
        return plan.utterances_from(Place(last.span.section, last.span.end))
    from_it = plan.utterances_from(last.sentence.first_place)
    return dropwhile(lambda utterance: utterance.sentence == last.sentence, from_it)


def _word_at(item: LineItem, place: Place) -> Span | None:
    for piece in item.utterance.pieces:
        if place.offset < piece.source_end:
            return Span(item.utterance.span.section, piece.source_start, piece.source_end)
    return None
