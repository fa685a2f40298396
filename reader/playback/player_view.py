"""What can be asked of a player at any moment: what it does, where it is, how much is left."""

from __future__ import annotations

from reader.playback.bedtime import Bedtime
from reader.playback.pace import Pace
from reader.playback.playhead import HeardAudio, Playhead
from reader.playback.sleep import Sleep
from reader.playback.states import Empty, PlayerState
from reader.playback.study import Study
from reader.speech.planning.heard_notes import HeardExtent, HeardNote
from reader.text.document import Place, Span


class PlayerView:
    """The half of a player that changes nothing."""

    def __init__(self, head: Playhead) -> None:
        self._head = head
        self._state: PlayerState = Empty()
        self._pace = Pace()
        self._speed = 1.0
        self._bedtime = Bedtime(head)

    @property
    def state(self) -> PlayerState:
        """What it is doing now."""
        return self._state

    @property
    def place(self) -> Place:
        """The start of the word heard last, or where the last move led."""
        return self._head.place

    @property
    def speed(self) -> float:
        """How fast it plays; 1.0 is the voice's own pace."""
        return self._speed

    @property
    def elapsed_s(self) -> float:
        """About how long what is heard before the place takes at the current speed."""
        return self._pace.seconds_before(self._head.extent, self.place) / self._speed

    @property
    def left_s(self) -> float:
        """About how long the rest takes at the current speed, with the notes read in it."""
        return self._pace.seconds_after(self._head.extent, self.place) / self._speed

    def sentence_just_heard(self) -> Span | None:
        """Return the sentence that somebody means who wants to keep what was just heard."""
        heard = self._head.hearing.sentence_just_heard(self._speed)
        return heard or self._head.sentence_at(self.place)

    def audio_heard(self) -> HeardAudio | None:
        """Return the audio being heard at this moment, None in a silence."""
        return self._head.audio_heard()

    @property
    def sleep(self) -> Sleep | None:
        """When it stops by itself, None if it doesn't."""
        return self._bedtime.sleep

    @property
    def sleep_left_s(self) -> float | None:
        """How many seconds of listening are left before it stops; None without such a limit."""
        return self._bedtime.left_s

    @property
    def study(self) -> Study | None:
        """How sentences are repeated, None where they aren't."""
        return self._head.study

    @property
    def note(self) -> HeardNote | None:
        """The passage whose note is being read, None while the text is."""
        return self._head.hearing.note

    @property
    def extent(self) -> HeardExtent | None:
        """How long all that is heard of the text is; None without one."""
        return self._head.extent
