"""Changes the speed of speech and keeps its pitch, streaming: pieces of it, overlapped and added.

Every 10 ms the output goes over from what it would go on with to another place, near the one that
is due, where the sound is most alike (WSOLA: Verhelst and Roelands, 1993). Where it is due already
it goes on untouched; but a change of speed by the listener goes over at once, and is heard then. In
plain Python: 4 to 5 % of a core, and nothing to load when a key asks for a speed. Not thread-safe:
a stretcher belongs to whoever holds the lock of its frame source.
"""

from __future__ import annotations

import math
from array import array
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import mul

from reader.playback.stream.fades import gone_over, rise, shaped

MIN_SPEED = 0.5
MAX_SPEED = 4.0

_FRAME_BYTES = 2
_STEP_S = 0.010  # of output at a time
_REACH_S = 0.0077  # either way: together the longest period of a voice, one of 65 Hz
_NEAR_ENOUGH = 1 / 8  # of a step: so far off, sound goes on as it is
_LEAST_LEAP_S = 0.002  # what is alike nearer than that is the same sound still
_COARSE_HZ = 5500  # likeness is looked for at that rate first: sixteen times as quickly


@dataclass(frozen=True, slots=True)
class Stretched:
    """A stretch of output, and the input frame its first frame stands for.

    `frames_per_frame` is how much input each of its frames stands for, on average.
    """

    pcm: bytes
    input_frame: int
    frames_per_frame: float

    @property
    def frame_count(self) -> int:
        """How many frames of output it holds."""
        return len(self.pcm) // _FRAME_BYTES


class Stretcher:
    """One endless stream of int16 mono frames in, the same at another speed out.

    Every piece of output says where in the input it comes from. At speed 1 the input is handed on
    as it is; coming from another speed, from the frame the sound has reached.
    """

    def __init__(self, sample_rate: int) -> None:
        self._step = max(1, round(_STEP_S * sample_rate))
        self._reach = max(1, round(_REACH_S * sample_rate))
        self._least_leap = max(1, round(_LEAST_LEAP_S * sample_rate))
        self._window = _Window(max(1, round(sample_rate / _COARSE_HZ)))
        self._rise = rise(self._step)
        self._speed = 1.0
        self._fed_frames = 0  # of the input, what was skipped included
        # the places below are counted in the window's frames, without what was skipped
        self._goes_on = 0  # with which frame the sound that was given would go on
        self._due = 0.0  # which one should be heard by now
        self._owed = 0.0  # frames of output for what was fed beyond that
        self._spans: deque[tuple[int, float]] = deque()  # until where to go on at which speed
        self._skips: deque[tuple[int, int]] = deque()  # where, and how much
        self._reached = 0  # of the input: output never goes back behind it
        self._is_holding = False
        self._leap = 0  # 1: the next step goes over to what comes later, -1: to what came before
        self._leapt = 0  # which way it is still off by the last such leap

    @property
    def fed_frames(self) -> int:
        """How many frames have been fed in all, and skipped."""
        return self._fed_frames

    @property
    def is_holding(self) -> bool:
        """Whether some of what was fed is still held back."""
        return self._is_holding

    def set_speed(self, speed: float) -> None:
        """Use another speed for what is fed from now on; the joint is seamless."""
        self._speed = speed

    def leap(self, direction: int) -> None:
        """Go over with the next step to what is due later (1) or was due before (-1).

        So a small change of speed is heard at once. What is heard is off by up to two reaches then,
        and goes on untouched until it is due.
        """
        self._leap = direction

    def feed(self, pcm: bytes) -> list[Stretched]:
        """Take frames in; return what has become ready, in order, maybe nothing yet."""
        if self._speed == 1.0:
            return [*self._release(), *self._copy(pcm)]
        self._write(pcm)
        return self._overlapped()

    def skip(self, frame_count: int) -> None:
        """Take so many frames of input as fed, which aren't: nothing comes out for them."""
        if self._is_holding:
            self._skips.append((self._window.end, frame_count))
        else:
            self._reached += frame_count
        self._fed_frames += frame_count

    def drain(self) -> list[Stretched]:
        """Return what is still held back, in whole steps, as if silence followed; it fades out."""
        if not self._is_holding:
            self._window.break_off()
            return []
        fed, count = self._fed_frames, max(1, round(self._owed / self._step))
        pieces: list[Stretched] = []
        while len(pieces) < count:
            self._write(bytes(self._step * _FRAME_BYTES))
            pieces += self._overlapped()
        self._fed_frames = fed
        self._window.break_off()
        self._begin_anew()
        last = pieces[count - 1]
        return [*pieces[: count - 1], replace(last, pcm=shaped(last.pcm, self._rise[::-1]))]

    def _write(self, pcm: bytes) -> None:
        frame_count = len(pcm) // _FRAME_BYTES
        if not self._is_holding:
            self._is_holding = bool(frame_count)
            self._goes_on = self._window.end
            self._due, self._owed = float(self._goes_on), 0.0
        self._window.append(pcm)
        self._fed_frames += frame_count
        self._owed += frame_count / self._speed
        if self._spans and self._spans[-1][1] == self._speed:
            self._spans.pop()
        self._spans.append((self._window.end, self._speed))

    def _overlapped(self) -> list[Stretched]:
        """Return the steps for which enough has been fed."""
        ready: list[Stretched] = []
        while self._owed >= self._step:
            due = self._due_next()
            # after a leap what goes on may lie further ahead than what is looked for
            if max(due + self._reach + 1, self._goes_on) + self._step > self._window.end:
                break
            ready.append(self._next_step(due))
        return ready

    def _next_step(self, due: float) -> Stretched:
        step, goes_on = self._step, self._goes_on
        place = self._place(goes_on, round(due) - step)
        sound = self._window.frames(goes_on, step)
        if place != goes_on:
            sound = gone_over(sound, self._window.frames(place, step), self._rise)
        at = self._input_frame(round(self._due))
        piece = Stretched(sound.tobytes(), at, (due - self._due) / step)
        self._goes_on = place + step
        self._due = due
        self._owed -= step
        while self._spans and self._spans[0][0] <= due:
            self._spans.popleft()
        # as much stays as may be gone back to
        self._window.forget_before(min(self._goes_on, int(due)) - 2 * (step + self._reach))
        return piece

    def _place(self, goes_on: int, target: int) -> int:
        """Return where to go over to from `goes_on`, when `target` is due; itself: go on."""
        reach, step, leap, self._leap = self._reach, self._step, self._leap, 0
        if leap:
            first = max(target, goes_on + self._least_leap) if leap > 0 else target - 2 * reach
            last = target + 2 * reach if leap > 0 else min(target, goes_on - self._least_leap)
            if first < last:
                self._leapt = leap
                return self._window.most_alike(goes_on, first, last, step, otherwise=target)
        if 0 < (goes_on - target) * self._leapt <= 2 * reach:
            return goes_on
        self._leapt = 0
        if abs(goes_on - target) <= _NEAR_ENOUGH * step:
            return goes_on
        first, last = target - reach, target + reach
        return self._window.most_alike(goes_on, first, last, step, otherwise=target)

    def _due_next(self) -> float:
        """Return which frame is due a step later."""
        due, left = self._due, float(self._step)
        for end, speed in self._spans:
            lasts = (end - due) / speed
            if lasts >= left:
                return due + left * speed
            due, left = float(end), left - lasts
        return due

    def _input_frame(self, place: int) -> int:
        """Return which frame of input a place is, over what was skipped; it never goes back."""
        left_out = sum(count for at, count in self._skips if at > place)
        while self._skips and self._skips[0][0] <= place:
            self._skips.popleft()
        self._reached = max(self._reached, self._fed_frames - (self._window.end - place) - left_out)
        return self._reached

    def _release(self) -> list[Stretched]:
        """Return what is held back as it is: from here on the speed is 1."""
        if not self._is_holding:
            return []
        count = self._window.end - self._goes_on
        rest = self._window.frames(self._goes_on, count).tobytes()
        piece = Stretched(rest, self._input_frame(self._goes_on), 1.0)
        self._begin_anew()
        return [piece] if rest else []

    def _begin_anew(self) -> None:
        self._is_holding = False
        self._leap = self._leapt = 0
        self._spans.clear()
        self._skips.clear()
        self._reached = self._fed_frames

    def _copy(self, pcm: bytes) -> list[Stretched]:
        began, self._leap = self._fed_frames, 0
        self._fed_frames = self._reached = began + len(pcm) // _FRAME_BYTES
        self._window.append(pcm)
        self._window.forget_before(self._window.end - 2 * (self._step + self._reach))
        return [Stretched(pcm, began, 1.0)] if pcm else []


class _Window:
    """The last frames that were fed, and the same at a coarse rate, to find likeness soon.

    Places count from the first frame ever fed; a coarse frame stands for `coarseness` of them.
    """

    def __init__(self, coarseness: int) -> None:
        self._coarseness = coarseness
        self._start = 0  # the place of the first frame that is kept: a whole coarse one
        self._frames = array("h")
        self._coarse: list[int] = []
        self._earliest = 0  # the place from which on it is one sound

    @property
    def end(self) -> int:
        """The place behind the last frame."""
        return self._start + len(self._frames)

    def append(self, pcm: bytes) -> None:
        """Take more frames in."""
        self._frames.frombytes(pcm)
        fresh = self._frames[len(self._coarse) * self._coarseness :]
        ways = [fresh[k :: self._coarseness] for k in range(self._coarseness)]
        self._coarse += [sum(frames) for frames in zip(*ways, strict=False)]

    def break_off(self) -> None:
        """Take what is appended from now on for another sound."""
        self._earliest = self.end

    def frames(self, place: int, count: int) -> array[int]:
        """Return frames that are kept."""
        at = place - self._start
        return self._frames[at : at + count]

    def forget_before(self, place: int) -> None:
        """Let go of frames, many at a time."""
        count = (place - self._start) // self._coarseness
        if count * self._coarseness > len(self._frames) // 2:
            del self._coarse[:count]
            del self._frames[: count * self._coarseness]
            self._start += count * self._coarseness

    def most_alike(self, place: int, first: int, last: int, count: int, *, otherwise: int) -> int:
        """Return where in [first, last] `count` frames are most like those at `place`.

        They are of the same sound: over where another was broken off nothing is continuous. It is
        `otherwise` where nothing is like them, in silence.

        By normalised correlation, at the coarse rate first, then about what was best there.
        """
        coarseness = self._coarseness
        whole, rest = divmod(place - self._start, coarseness)
        earliest = max(self._earliest - self._start, 0)
        lowest = -((rest - earliest) // coarseness)
        first = max((first - self._start - rest) // coarseness, lowest, 0)
        last = (last - self._start - rest) // coarseness
        best = _best_match(self._coarse, whole, first, last, max(1, count // coarseness))
        if best is None:
            return max(otherwise, self._start + earliest)
        middle = best * coarseness + rest
        first, last = max(middle - coarseness + 1, earliest), middle + coarseness - 1
        finest = _best_match(self._frames, place - self._start, first, last, count)
        return self._start + (middle if finest is None else finest)


def _best_match(sound: Sequence[int], place: int, first: int, last: int, count: int) -> int | None:
    """Return from where in [first, last] `count` frames are most like those at `place`.

    None if there is silence, or nothing like it.
    """
    wanted = sound[place : place + count]
    last = min(last, len(sound) - count)
    part = sound[first : last + count]
    squares = list(map(mul, part, part))
    energy = sum(squares[:count])
    best, found = 0.0, None
    for at in range(last - first + 1):
        likeness = sum(map(mul, wanted, part[at : at + count]))
        if likeness > 0:
            likeness /= math.sqrt(energy)
            if likeness > best:
                best, found = likeness, first + at
        if at + count < len(squares):
            energy += squares[at + count] - squares[at]
    return found
