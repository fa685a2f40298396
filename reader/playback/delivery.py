"""Gives the line's audio to the sound device, in order, and knows how far it has been heard.

One pass is what is given from where the line was entered on, without a break in the order. Belongs
to the player and lives on its thread.
"""

from __future__ import annotations

from reader.playback.earcon import sounding
from reader.playback.reading_line import FAILURES_IN_A_ROW, LineItem, ReadingLine
from reader.playback.stream.frame_source import FrameSource
from reader.playback.stream.ledger import Heard
from reader.playback.stream.output import AudioOutput
from reader.playback.word_clock import frame_of_place
from reader.speech.engine import Utterance
from reader.speech.pauses import USUAL_PAUSES, PauseLengths
from reader.text.document import Place


class Delivery:
    """Between the line and the frame source, of which it makes one per sample rate."""

    def __init__(self, line: ReadingLine, output: AudioOutput) -> None:
        self._line, self._output = line, output
        self._source: FrameSource | None = None
        self._speed = 1.0
        self._is_flowing = False
        self._items_by_cue: dict[int, int] = {}
        self._enter_item, self._enter_frame = 0, 0
        self._enter_place: Place | None = None
        self._unfinished: tuple[int, int] | None = None  # cue and item of what has only begun
        self.level = 1.0
        """How loud it plays, 0 to 1."""
        self.pauses: PauseLengths = USUAL_PAUSES
        """The silences after what is given from now on."""
        self.next_item = 0
        """The first item that hasn't been given."""
        self.stop: Place | None = None
        """Nothing that begins here or later is given."""

    @property
    def enter_item(self) -> int:
        """The item that the pass began with."""
        return self._enter_item

    def enter(self, item: int, frame: int = 0, *, place: Place | None = None) -> None:
        """Begin a pass at a frame of an item, or at the word at or after a place in it.

        `feed` gives what is there.
        """
        self.leave()
        self.next_item = self._enter_item = item
        self._enter_frame, self._enter_place = frame, place

    def leave(self) -> None:
        """Silence what is to come; what the device already has is no longer spoken of."""
        self._items_by_cue.clear()
        self._unfinished = None
        if self._source is not None:
            self._source.cut()

    def flow(self) -> None:
        """Let sound out, from where it was held."""
        self._is_flowing = True
        if self._source is not None:
            self._source.flow()

    def hold(self) -> None:
        """Let no sound out."""
        self._is_flowing = False
        if self._source is not None:
            self._source.hold()

    def set_speed(self, speed: float) -> None:
        """Play at another speed from now on."""
        self._speed = speed
        if self._source is not None:
            self._source.set_speed(speed)

    def set_level(self, level: float) -> None:
        """Play as loud as that from the next pull on, 0 to 1."""
        self.level = level
        if self._source is not None:
            self._source.set_level(level)

    def stop_before(self, place: Place | None) -> bool:
        """Give nothing that begins at `place` or later; None: give everything.

        What was given already is taken back; False if some of that has been played.
        """
        self.stop = place
        beyond = [
            number
            for number in self._items_by_cue.values()
            if self._is_beyond_stop(self._line.item(number))
        ]
        return not beyond or self.take_back(min(beyond))

    def take_back(self, number: int) -> bool:
        """Take back what was given from item `number` on; False if some of it has been played."""
        beyond = [cue for cue, item in self._items_by_cue.items() if item >= number]
        if beyond and self._source is not None and not self._source.take_back(min(beyond)):
            return False
        self.next_item = min(self.next_item, number)
        if self._unfinished is not None and self._unfinished[0] in beyond:
            self._unfinished = None
        for cue in beyond:
            del self._items_by_cue[cue]
        return True

    def take_back_from(self, number: int) -> int:
        """Take back what can be, from item `number` on; return the first that will be given next.

        What some of has been played stays, and all before it.
        """
        given = set(self._items_by_cue.values())
        while number < self.next_item and not (number in given and self.take_back(number)):
            number += 1
        return number

    def is_at_stop(self) -> bool:
        """Whether the next to be given is beyond the stop."""
        return self._is_beyond_stop(self._line.item(self.next_item))

    @property
    def is_unfinished(self) -> bool:
        """Whether of the last item that was given the rest is still to come."""
        return self._unfinished is not None

    def feed(self) -> None:
        """Give what can be given: up to the stop or an item without audio, over a few failures."""
        while self._finish() and (item := self._line.item(self.next_item)) is not None:
            if self._is_beyond_stop(item):
                return
            if item.audio is None:
                if item.failure is None or self.failures_ahead() >= FAILURES_IN_A_ROW:
                    return
                self.next_item += 1
                continue
            if not item.is_settled and not self._can_begin(item):
                return
            if self._source is None or self._source.sample_rate != item.audio.sample_rate:
                if not self._is_device_done():
                    return  # another voice's rate: first let the device play what it has
                self._open_source(item.audio.sample_rate)
            self._give(item)

    def _can_begin(self, item: LineItem) -> bool:
        """Whether what comes first of an item tells where it is entered, and all that sounds."""
        assert item.audio is not None
        if item.take.earcons:
            return False
        if item.number != self._enter_item or self._enter_place is None:
            return True
        words = [word.span.end for word in item.audio.words]
        known = words or [piece.source_end for piece in item.utterance.pieces[:1]]
        return bool(known) and self._enter_place.offset < known[-1]

    def _finish(self) -> bool:
        """Give more of what has only begun; False while there is still some to come."""
        if self._unfinished is None or self._source is None:
            return True
        cue, number = self._unfinished
        item = self._line.item(number)
        if item is None or item.audio is None:
            return False
        pause_frames = self._pause_frames(item) if item.is_settled else None
        self._source.go_on_with(cue, item.audio.pcm, item.audio.flux, pause_frames)
        if item.is_settled:
            self._unfinished = None
        return item.is_settled

    def heard(self) -> Heard | None:
        """Return what is heard now, with the number of its item as the cue.

        None while that is of a pass left behind, and before anything is heard.
        """
        if self._source is None:
            return None
        heard = self._source.heard(self._output.played_frames())
        number = None if heard is None else self._items_by_cue.get(heard.cue)
        if heard is None or number is None:
            return None
        return Heard(number, heard.frame, heard.is_moving)

    def is_heard_out(self) -> bool:
        """Whether everything given in this pass has been heard."""
        return not self._items_by_cue or self._is_device_done()

    def forget_before(self, number: int) -> None:
        """Let go of what lies behind item `number`."""
        for cue in [cue for cue, item in self._items_by_cue.items() if item < number]:
            del self._items_by_cue[cue]

    def failures_ahead(self) -> int:
        """Count how many utterances in a row, around the next to be given, can't be spoken."""
        number = self.first_failure()
        failed: set[Utterance] = set()  # a sentence that is studied fails each time
        while len(failed) < FAILURES_IN_A_ROW and self._has_failed(number):
            item = self._line.item(number)
            if item is not None and item.take.note is None:
                failed.add(item.utterance)
            number += 1
        return len(failed)

    def first_failure(self) -> int:
        """Return the first of the failed items that lead up to the next, or the next."""
        first = self.next_item
        while first > self._enter_item and self._has_failed(first - 1):
            first -= 1
        return first

    def _is_device_done(self) -> bool:
        """Whether all sound has been heard, that of a pass left behind too, which fades away."""
        if self._source is None:
            return True
        return self._source.is_heard_out(self._output.played_frames())

    def _has_failed(self, number: int) -> bool:
        item = self._line.item(number)
        return item is not None and item.failure is not None

    def _give(self, item: LineItem) -> None:
        assert item.audio is not None
        assert self._source is not None
        first_frame = 0
        if item.number == self._enter_item:
            first_frame = self._enter_frame
            if self._enter_place is not None:
                first_frame = frame_of_place(item.audio.words, self._enter_place)
        pcm, pause_frames = sounding(
            item.take, item.audio, self._pause_frames(item), self._speed, first_frame
        )
        cue = self._source.append(
            pcm,
            first_frame,
            pause_frames if item.is_settled else None,
            flux=item.audio.flux,
            pace=item.take.pace,
        )
        if not item.is_settled:
            self._unfinished = cue, item.number
        self._items_by_cue[cue] = item.number
        self.next_item = item.number + 1

    def _pause_frames(self, item: LineItem) -> int:
        assert item.audio is not None
        sample_rate = item.audio.sample_rate
        if item.take.pause_s is not None:
            return round(item.take.pause_s * sample_rate)
        return self.pauses.frames(item.utterance.pause, sample_rate)

    def _is_beyond_stop(self, item: LineItem | None) -> bool:
        return (
            self.stop is not None
            and item is not None
            and item.utterance.span.first_place >= self.stop
        )

    def _open_source(self, sample_rate: int) -> None:
        self._source = FrameSource(sample_rate, self._speed)
        self._source.set_level(self.level)
        self._items_by_cue.clear()
        self._output.start(self._source)
        if self._is_flowing:
            self._source.flow()
