"""Follows what is heard along the line, and tells every word and sentence once, in order.

Belongs to the player and lives on its thread.
"""

from __future__ import annotations

from reader.playback.delivery import Delivery
from reader.playback.just_heard import SentenceHeard, sentence_to_mark
from reader.playback.reading_line import LineItem, ReadingLine
from reader.playback.states import PlayerListener
from reader.playback.word_clock import first_word_index, frame_of_place, word_index_at
from reader.speech.planning.heard_notes import HeardNote
from reader.text.document import Place, Span


class Hearing:
    """Where the listener is: in which item of the line, at which frame, at which word."""

    def __init__(self, line: ReadingLine, delivery: Delivery, listener: PlayerListener) -> None:
        self._line, self._delivery, self._listener = line, delivery, listener
        self.place = Place(0, 0)
        """The start of the word heard last, or where the last move led."""
        self.item = 0
        """The item being heard."""
        self._word, self._frame = -1, 0.0
        self._entered_at: Place | None = None  # until something is heard of the pass
        self._sentence: Span | None = None
        self._sentence_s = 0.0  # heard of it, at speed 1
        self._sentence_before: Span | None = None
        self._note: HeardNote | None = None
        self._is_sounding = False

    @property
    def note(self) -> HeardNote | None:
        """The passage whose note is being read, None while the text is."""
        return self._note

    def begin(self, item: int, place: Place) -> None:
        """Follow a pass that begins in an item, at the word at or after a place."""
        self._is_sounding = False
        self._delivery.enter(item, place=place)
        self.item, self._word, self._frame = item, -1, 0.0
        self._entered_at = place

    def begin_again(self) -> None:
        """Follow a pass that begins where the last one was heard last."""
        self._is_sounding = False
        self._delivery.enter(self.item, int(self._frame), place=self._entered_at)

    def rest(self) -> None:
        """Take what is heard next for a new stretch of speech."""
        self._is_sounding = False

    def move(self, place: Place) -> None:
        """Take note that the listener goes elsewhere: what was heard before is left behind."""
        self.rest()
        self.place = place
        self._sentence_s, self._sentence_before = 0.0, None
        self._tell_note(None)

    def follow(self) -> bool:
        """Tell what has been heard since the last time; return whether in a later item."""
        heard = self._delivery.heard()
        if heard is None:
            return False  # still what was given before a move, or nothing yet
        if not heard.is_moving:
            self._is_sounding = False
            return False
        if not self._is_sounding:
            self._is_sounding = True
            self._listener.sounding()
        is_later = heard.cue > self.item
        self._tell_until(heard.cue, heard.frame)
        return is_later

    def follow_to_end(self) -> None:
        """Tell all that was given: it has been heard."""
        self._tell_until(self._delivery.next_item - 1, float("inf"))

    def show(self, sentence: Span | None, word: Span | None) -> None:
        """Light a sentence and a word without anything being heard."""
        self._tell_note(None)
        if sentence != self._sentence:
            self._sentence = sentence
            self._sentence_s = 0.0
            self._listener.sentence_heard(sentence)
        self._listener.word_heard(word)

    def sentence_just_heard(self, speed: float) -> Span | None:
        """Return the sentence that a listener who wants to keep something has in the ear."""
        if self._sentence is None:
            return None
        now = SentenceHeard(self._sentence, self._sentence_s / speed, self._share_heard())
        return sentence_to_mark(now, self._sentence_before)

    def _share_heard(self) -> float:
        """Return how much of the sentence's text has been heard, 0 to 1."""
        item = self._line.item(self.item)
        sentence = self._sentence
        if item is not None and item.take.note is not None:
            return 1.0  # a note is read when its sentence has been
        if sentence is None or item is None or item.audio is None or self._word < 0:
            return 0.0
        word = item.audio.words[self._word]
        length = max(1, word.end_frame - word.first_frame)
        said = min(1.0, max(0.0, (self._frame - word.first_frame) / length))
        offset = word.span.start + said * (word.span.end - word.span.start)
        last = item.utterance.pieces[-1].source_end
        return (offset - sentence.start) / max(1, max(last, sentence.end - 1) - sentence.start)

    def _tell_until(self, number: int, frame: float) -> None:
        """Tell every word up to that frame, in order, however late this is."""
        while self.item <= number:
            item = self._line.item(self.item)
            if item is None:
                return
            if item.audio is not None:
                is_last = item.number == number
                self._tell_words(item, frame if is_last else float("inf"))
                if is_last:
                    return
            if item.failure is not None and item.take.note is not None:
                self._listener.note_skipped(item.take.note, item.failure)
            elif item.failure is not None:
                self._listener.sentence_skipped(item.utterance.span, item.failure)
            self.item, self._word, self._frame = item.number + 1, -1, 0.0

    def _tell_words(self, item: LineItem, frame: float) -> None:
        assert item.audio is not None
        self._tell_note(item.take.note)
        if item.utterance.sentence != self._sentence:
            self._sentence_before, self._sentence = self._sentence, item.utterance.sentence
            self._sentence_s = 0.0
            self._listener.sentence_heard(self._sentence)
        if self._entered_at is not None:
            self._word = first_word_index(item.audio.words, self._entered_at) - 1
            self._frame = frame_of_place(item.audio.words, self._entered_at)
            self._entered_at = None
        reached = min(frame, float(item.audio.frame_count))
        if item.take.note is None:
            self._sentence_s += max(0.0, reached - self._frame) / item.audio.sample_rate
        if frame != float("inf"):
            self._frame = max(frame, self._frame)
        words = item.audio.words
        index = word_index_at(words, frame)
        while index is not None and self._word < index:
            self._word += 1
            span = words[self._word].span
            self.place = span.first_place
            self._listener.word_heard(span)

    def _tell_note(self, note: HeardNote | None) -> None:
        if note != self._note:
            self._note = note
            self._listener.note_heard(note)
