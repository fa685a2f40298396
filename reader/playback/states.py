"""What the player can be doing, and who is told when it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from reader.errors import SottovoceError
from reader.speech.planning.heard_notes import HeardNote
from reader.text.document import Span


@dataclass(frozen=True, slots=True)
class Empty:
    """There is no text."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """It is to play, and waits for the voice."""


@dataclass(frozen=True, slots=True)
class Playing:
    """It plays."""


@dataclass(frozen=True, slots=True)
class Paused:
    """It waits to be asked. `reason`: what made it pause, if not the user.

    `is_at_end`: the text has been read to its end; the next `play` starts from its beginning.
    """

    reason: SottovoceError | None = None
    is_at_end: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """The voice can't go on from here. `play` tries again from the same place."""

    reason: SottovoceError


PlayerState = Empty | Preparing | Playing | Paused | Stopped


class PlayerListener(Protocol):
    """Is told by the player, on the player's thread, what is heard and what becomes of it."""

    def state_changed(self, state: PlayerState) -> None:
        """Take note that the player does something else now."""

    def word_heard(self, span: Span | None) -> None:
        """Light this word: it is being heard, or, while paused, is the next to be heard."""

    def sentence_heard(self, span: Span | None) -> None:
        """Light this sentence."""

    def note_heard(self, passage: HeardNote | None) -> None:
        """Light this note, which is being read, and its passage; None: the text is read again."""

    def note_skipped(self, passage: HeardNote, reason: str) -> None:
        """Take note that the voice could not say this note, and goes on after it."""

    def sounding(self) -> None:
        """Take note that the first frame of a stretch of speech is being heard."""

    def sentence_skipped(self, span: Span, reason: str) -> None:
        """Take note that the voice could not say this utterance, and goes on after it."""

    def ticks_wanted(self, are_wanted: bool) -> None:
        """Call `Player.tick` every 10 ms or so from now on, or no longer."""
