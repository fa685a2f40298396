"""Where a listener goes, and how reading begins there: at once, or when skipping has settled.

Belongs to the player and lives on its thread. It knows nothing of playing and pausing: the player
is told when reading begins at a place, and sees that the sound follows.
"""

from __future__ import annotations

from collections.abc import Callable

from reader.playback.playhead import Playhead
from reader.playback.rewind import place_after_pause
from reader.playback.skip_settling import SkipSettling
from reader.playback.voice_in_use import VoiceInUse
from reader.text.document import Place


class Moves:
    """Brings the playhead to places, with the audio that is here or with what is asked for anew."""

    def __init__(
        self,
        head: Playhead,
        voice: VoiceInUse,
        clock: Callable[[], float],
        on_entered: Callable[[], None],
    ) -> None:
        """`on_entered` is called when reading has begun at a place; the device has nothing yet."""
        self._head, self._voice, self._clock = head, voice, clock
        self._on_entered = on_entered
        self._settling = SkipSettling()
        self._paused_at: float | None = None  # where what was heard last is where it goes on

    @property
    def is_waiting(self) -> bool:
        """Whether the place is shown, but the voice not asked yet: another skip may follow."""
        return self._settling.is_waiting

    def go_to(self, place: Place, *, may_wait: bool, anew: bool = False) -> bool:
        """Go there and show it; return whether reading has begun there.

        `may_wait`: another move may follow at once, and only the last counts. `anew`: the audio
        that is here is of no use.
        """
        now, hearing = self._clock(), self._head.hearing
        is_in_burst = self._settling.note_move(now, is_skip=may_wait)
        self._paused_at = None
        self._head.leave()
        hearing.move(place)
        hearing.show(self._head.sentence_at(place), None)
        if may_wait and (is_in_burst or self._head.line.find(place) is None):
            self._settling.wait(now)
            return False
        self.settle(anew=anew)
        return True

    def settle(self, *, anew: bool = False) -> None:
        """Begin to read where the last move led."""
        self._settling.end()
        if anew:
            self.enter_anew(self._head.place)
        else:
            self.enter(self._head.place)

    def settle_in_time(self) -> bool:
        """Begin to read where skipping has ended, if it has; return whether that is now."""
        is_due = self._settling.is_due(self._clock())
        if is_due:
            self.settle()
        return is_due

    def stay(self) -> None:
        """Wait no more for skips to settle."""
        self._settling.end()

    def enter(self, place: Place) -> None:
        """Begin to read at a place: with the audio that is here, if it is."""
        if self._head.enter(place):
            self._on_entered()
        else:
            self.enter_anew(place)

    def enter_anew(self, place: Place) -> None:
        """Begin to read at a place; what was asked before is dropped."""
        if self._head.plan is not None:
            self._voice.recall()
            self._head.enter_anew(place)
            self._on_entered()

    def begin_again(self) -> None:
        """Begin to read at the frame heard last: what the device had since is lost."""
        if not self._settling.is_waiting:
            self._head.begin_again()
            self._on_entered()

    def note_pause(self) -> None:
        """Take note that it is silent from now on: where it goes on depends on how long."""
        self._paused_at = self._clock()

    def forget_pause(self) -> None:
        """Go on exactly where it is, however long it was silent."""
        self._paused_at = None

    def go_back_after_pause(self) -> None:
        """Go back a little if it has been silent for long."""
        paused_at, self._paused_at = self._paused_at, None
        sentence = self._head.sentence_at(self._head.place)
        if paused_at is None or sentence is None:
            return
        words = self._head.words_of(sentence)
        place = place_after_pause(self._head.place, self._clock() - paused_at, words)
        if place is not None:
            self._head.leave()
            self._head.hearing.place = place
            self.enter(place)
