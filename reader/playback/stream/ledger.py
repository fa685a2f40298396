"""Knows for every frame given to the sound device which frame of which utterance it carries.

Output frames count what the device was given. Source frames count what went into the stretcher:
one endless tape of utterances and pauses, so that a place on the tape never means two things.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heard:
    """A moment of the output: frame `frame` of the utterance that was given under `cue`.

    In the pause after an utterance `frame` runs on past the end of its audio. `is_moving` is
    False in silence that carries nothing: paused, or nothing there to play.
    """

    cue: int
    frame: float
    is_moving: bool


@dataclass(frozen=True, slots=True)
class _Anchor:
    output_frame: int
    tape_frame: float
    tape_per_output: float


@dataclass(frozen=True, slots=True)
class _Splice:
    """From `tape_frame` on, the tape holds the utterance of `cue`, from its `first_frame` on."""

    tape_frame: int
    cue: int
    first_frame: int


class Ledger:
    """Filled in playing order; forgets what has been heard. The caller guards it."""

    def __init__(self) -> None:
        self._anchors: list[_Anchor] = []
        self._splices: list[_Splice] = []

    def splice(self, tape_frame: int, cue: int, first_frame: int) -> None:
        """Note that an utterance begins on the tape, at its frame `first_frame`."""
        self._splices.append(_Splice(tape_frame, cue, first_frame))

    def anchor(self, output_frame: int, tape_frame: float, tape_per_output: float) -> None:
        """Note what the output carries from `output_frame` on; 0 per output is silence."""
        if self._anchors:
            last = self._anchors[-1]
            if tape_per_output == 0 == last.tape_per_output:
                return  # the same silence goes on
            if output_frame == last.output_frame:
                self._anchors.pop()
        self._anchors.append(_Anchor(output_frame, tape_frame, tape_per_output))

    def at(self, output_frame: float) -> Heard | None:
        """Return what is heard at an output frame; None before the first utterance."""
        index = bisect_right(self._anchors, output_frame, key=lambda a: a.output_frame) - 1
        if index < 0:
            return None
        anchor = self._anchors[index]
        tape_frame = anchor.tape_frame
        tape_frame += (output_frame - anchor.output_frame) * anchor.tape_per_output
        if anchor.tape_per_output and index + 1 < len(self._anchors):
            following = self._anchors[index + 1].tape_frame
            if following >= anchor.tape_frame:  # not where the tape was wound back to be faded in
                tape_frame = min(tape_frame, following)
        at = bisect_right(self._splices, tape_frame, key=lambda s: s.tape_frame) - 1
        if at < 0:
            return None
        splice = self._splices[at]
        frame = splice.first_frame + tape_frame - splice.tape_frame
        return Heard(splice.cue, frame, anchor.tape_per_output > 0)

    def forget_before(self, output_frame: int) -> None:
        """Forget what no later question can be about."""
        index = bisect_right(self._anchors, output_frame, key=lambda a: a.output_frame) - 1
        if index > 0:
            del self._anchors[:index]
        if self._anchors:
            # not the first anchor's: a later one may go back to what was faded out
            first = min(anchor.tape_frame for anchor in self._anchors)
            at = bisect_right(self._splices, first, key=lambda s: s.tape_frame) - 1
            if at > 0:
                del self._splices[:at]
