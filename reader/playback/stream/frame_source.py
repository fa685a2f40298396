"""The one endless stream of frames that the sound device plays: speech, pauses, silence.

Two threads meet here. The player's thread appends audio, cuts, holds and changes the speed; the
device's thread pulls. One lock guards all of it and is never held longer than it takes to stretch
what one pull asks for (well below a millisecond).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from threading import Lock

from reader.playback.stream.fades import levelled, rise, shaped
from reader.playback.stream.ledger import Heard, Ledger
from reader.playback.stream.stretch import Stretched, Stretcher
from reader.playback.stream.tape import TapePiece

FADE_S = 0.006
"""How long sound takes to come and go where it is cut: no click, no loss one can hear."""

_FRAME_BYTES = 2


@dataclass(frozen=True, slots=True)
class _Segment:
    cue: int
    piece: TapePiece


class FrameSource:
    """Int16 mono frames at `sample_rate` Hz; silence while held and while nothing is there.

    It starts held. Output frames are counted from its first pull.
    """

    def __init__(self, sample_rate: int, speed: float = 1.0) -> None:
        self.sample_rate = sample_rate
        self._lock = Lock()
        self._segments: deque[_Segment] = deque()
        self._stretcher = Stretcher(sample_rate)
        self._speed = speed
        self._level = self._wanted_level = 1.0
        self._ready: deque[Stretched] = deque()
        self._ledger = Ledger()
        self._last_cue = 0
        self._given_frames = 0
        self._sound_end = 0
        self._tape_reached = 0.0
        self._is_flowing = False
        self._tail = b""  # what is still given after a cut, already fading out
        self._has_landed = False  # sound has ended softly where more was to come
        self._rise = rise(round(FADE_S * sample_rate))
        self._fall = self._rise[::-1]
        self._faded_in_frames = 0

    @property
    def is_flowing(self) -> bool:
        """Whether audio is given when there is any."""
        with self._lock:
            return self._is_flowing

    @property
    def next_frame(self) -> int:
        """The number of the output frame that the next pull begins with."""
        with self._lock:
            return self._given_frames - len(self._tail) // _FRAME_BYTES

    def is_heard_out(self, played_frames: int) -> bool:
        """Whether all that was appended and not cut has been heard."""
        with self._lock:
            if self._has_more or self._ready or self._stretcher.is_holding:
                return False
            return played_frames >= self._sound_end

    def append(
        self,
        pcm: bytes,
        first_frame: int,
        pause_frames: int | None,
        *,
        flux: bytes = b"",
        pace: float = 1.0,
    ) -> int:
        """Play an utterance's audio from `first_frame` on, then a pause; return its cue.

        `pause_frames` counts at speed 1, like the audio: pauses are stretched with the speech.
        None: that is only what comes first of the utterance, and silence holds until more is there.
        Both are played at `pace` times the speed; `flux` says what may be hurried most.
        """
        piece = TapePiece(
            pcm,
            self.sample_rate,
            flux=flux,
            first_frame=first_frame,
            pause_frames=pause_frames,
            pace=pace,
        )
        with self._lock:
            self._last_cue += 1
            self._segments.append(_Segment(self._last_cue, piece))
            return self._last_cue

    def go_on_with(self, cue: int, pcm: bytes, flux: bytes, pause_frames: int | None) -> None:
        """Have more of an utterance that was appended in part: PCM and flux from its beginning."""
        with self._lock:
            for segment in self._segments:
                if segment.cue == cue:
                    segment.piece.go_on_with(pcm, flux, pause_frames)

    def take_back(self, cue: int) -> bool:
        """Forget an utterance and all after it; False, nothing done, if some of it was given."""
        with self._lock:
            kept = [segment for segment in self._segments if segment.cue < cue]
            dropped = [segment for segment in self._segments if segment.cue >= cue]
            if not dropped or dropped[0].cue != cue or dropped[0].piece.is_begun:
                return False
            self._segments = deque(kept)
            return True

    def flow(self) -> None:
        """Give audio from where it was held, exactly: what was faded out is heard again."""
        with self._lock:
            self._is_flowing = True

    def hold(self) -> None:
        """Give silence from now on; `flow` goes on where the sound went."""
        with self._lock:
            if not self._is_flowing:
                return
            faded = self._fade_out()
            self._ready.extendleft(reversed(faded))
            if faded:
                self._tape_reached = faded[0].input_frame
            self._is_flowing = False

    def cut(self) -> None:
        """Forget all audio that hasn't been given; what is appended next is played next."""
        with self._lock:
            if self._is_flowing:
                self._fade_out()
            self._ready.clear()
            self._segments.clear()
            self._stretcher.drain()
            self._faded_in_frames = 0
            self._has_landed = False

    def begin_softly(self) -> None:
        """Have sound come as from silence: the device had nothing to play just before."""
        with self._lock:
            self._faded_in_frames = 0

    def set_speed(self, speed: float) -> None:
        """Play at another speed from the next pull on."""
        with self._lock:
            before, self._speed = self._speed, speed
            if self._is_flowing and self._speed != before:
                self._stretcher.leap(1 if self._speed > before else -1)

    def set_level(self, level: float) -> None:
        """Be as loud as that, 0 to 1, from the next pull on: a way to fade, call by call."""
        with self._lock:
            self._wanted_level = level

    def pull(self, frame_count: int) -> bytes:
        """Return exactly that many frames: the next ones to play, silence where there are none."""
        with self._lock:
            pcm = self._next_frames(frame_count)
            if self._level != 1.0 or self._wanted_level != 1.0:
                reach = frame_count / len(self._rise)  # however few frames are pulled: no click
                level = min(max(self._wanted_level, self._level - reach), self._level + reach)
                pcm = levelled(pcm, self._level, level)
                self._level = level
            return pcm

    def heard(self, played_frames: int) -> Heard | None:
        """Return what the device's frame `played_frames` carries; older ones are forgotten."""
        with self._lock:
            heard = self._ledger.at(played_frames)
            self._ledger.forget_before(played_frames)
            return heard

    @property
    def _has_more(self) -> bool:
        """Whether there is something to play: not if the rest of it hasn't come."""
        return bool(self._segments) and not self._segments[0].piece.is_waiting

    def _next_frames(self, frame_count: int) -> bytes:
        wanted_bytes = frame_count * _FRAME_BYTES
        out = self._tail[:wanted_bytes]
        self._tail = self._tail[wanted_bytes:]
        missing = frame_count - len(out) // _FRAME_BYTES
        if self._is_flowing and missing:
            pcm = b"".join(piece.pcm for piece in self._take(missing))
            rest = self._rise[self._faded_in_frames :]
            if rest:
                self._faded_in_frames += min(len(rest), len(pcm) // _FRAME_BYTES)
                pcm = shaped(pcm, rest)
            out += pcm
        missing = frame_count - len(out) // _FRAME_BYTES
        if missing:
            self._ledger.anchor(self._given_frames, self._tape_reached, 0.0)
            self._given_frames += missing
            self._faded_in_frames = 0
            out += bytes(missing * _FRAME_BYTES)
        return out

    def _fade_out(self) -> list[Stretched]:
        """Give a last few frames, fading, at the next pull; return them as they were."""
        if not self._faded_in_frames:
            return []  # no sound has begun since the last silence, so none need go
        # it goes from as loud as it had become: it may just have begun to come
        pieces = self._take(self._faded_in_frames)
        fall = self._rise[self._faded_in_frames - 1 :: -1]
        self._tail = shaped(b"".join(piece.pcm for piece in pieces), fall)
        self._faded_in_frames = 0
        return pieces

    def _take(self, frame_count: int) -> list[Stretched]:
        """Take up to that many frames off what comes next, and write them in the ledger."""
        taken = []
        while frame_count and (self._ready or self._fill()):
            piece = self._ready.popleft()
            if piece.frame_count > frame_count:
                piece, rest = _split(piece, frame_count)
                self._ready.appendleft(rest)
            self._ledger.anchor(self._given_frames, piece.input_frame, piece.frames_per_frame)
            self._given_frames += piece.frame_count
            self._tape_reached = piece.input_frame + piece.frame_count * piece.frames_per_frame
            self._sound_end = self._given_frames
            frame_count -= piece.frame_count
            taken.append(piece)
        return taken

    def _fill(self) -> bool:
        """Make some more ready; False if there is nothing to make it of."""
        while self._has_more and not self._ready:
            segment = self._segments[0]
            if self._has_landed:  # there may have been no silence since, out of which it would come
                rising = shaped(segment.piece.next_frame * len(self._rise), self._rise)
                self._ready.extend(self._stretcher.feed(rising))
            if not segment.piece.is_begun or self._has_landed:
                self._ledger.splice(self._stretcher.fed_frames, segment.cue, segment.piece.at)
                self._has_landed = False
            made = segment.piece.feed(self._stretcher, self._speed)
            if made is None:
                self._segments.popleft()
            else:
                self._ready.extend(made)
        if not self._ready and self._segments and not self._has_landed:
            self._has_landed = True
            landing = shaped(self._segments[0].piece.last_frame * len(self._rise), self._fall)
            self._ready.extend(self._stretcher.feed(landing))
        if not self._ready:
            self._ready.extend(self._stretcher.drain())
        return bool(self._ready)


def _split(piece: Stretched, frame_count: int) -> tuple[Stretched, Stretched]:
    cut_byte = frame_count * _FRAME_BYTES
    later = piece.input_frame + frame_count * piece.frames_per_frame
    rate = piece.frames_per_frame
    return (
        Stretched(piece.pcm[:cut_byte], piece.input_frame, rate),
        Stretched(piece.pcm[cut_byte:], round(later), rate),
    )
