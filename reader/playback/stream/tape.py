"""An utterance and the pause after it on their way through the stretcher, a few frames at a time.

Both the device's stream and what is written to files go this way. The tape is what went in,
at the voice's own pace: what is cut of pauses counts as if it had.
"""

from __future__ import annotations

from array import array

from reader.playback.stream.fades import gone_over, rise
from reader.playback.stream.stretch import Stretched, Stretcher
from reader.playback.stream.tempo import Tempo, given_hops, tempo_of
from reader.speech.flux import hop_frames

_FRAME_BYTES = 2


class TapePiece:
    """Plays an utterance from `first_frame` on, then a pause, both at `pace` times the speed.

    Together they take as long as that means; above twice the pace the pause gives some of its time
    to the speech, once it is known how long both are.

    `flux` says where it may be hurried; without it all is stretched alike. `pause_frames` counts
    at speed 1, like the audio; None where the utterance isn't whole: more of it will come.
    """

    def __init__(
        self,
        pcm: bytes,
        sample_rate: int,
        *,
        flux: bytes = b"",
        first_frame: int = 0,
        pause_frames: int | None = 0,
        pace: float = 1.0,
    ) -> None:
        self.first_frame = first_frame
        self._pace = pace
        self._at = first_frame
        self._hop = hop_frames(sample_rate)
        self._rise = rise(self._hop)
        self.go_on_with(pcm, flux, pause_frames)

    def go_on_with(self, pcm: bytes, flux: bytes, pause_frames: int | None) -> None:
        """Have more of the utterance: PCM that begins with what there was, and its flux."""
        self._pcm, self._flux = memoryview(pcm), flux
        self._end = len(pcm) // _FRAME_BYTES
        self._is_whole = pause_frames is not None
        self._pause_end = self._end + (pause_frames or 0)
        self._tempo: tuple[float, Tempo] | None = None

    @property
    def is_begun(self) -> bool:
        """Whether some of it has been fed."""
        return self._at != self.first_frame

    @property
    def at(self) -> int:
        """The frame that is fed next."""
        return self._at

    @property
    def last_frame(self) -> bytes:
        """The frame that was fed last."""
        return bytes(self._pcm[(self._at - 1) * _FRAME_BYTES : self._at * _FRAME_BYTES])

    @property
    def next_frame(self) -> bytes:
        """The frame that is fed next, none in the pause."""
        return bytes(self._pcm[self._at * _FRAME_BYTES : (self._at + 1) * _FRAME_BYTES])

    @property
    def is_waiting(self) -> bool:
        """Whether all that is there has been fed, and more will come."""
        return not self._is_whole and self._at >= self._end

    def feed(self, stretcher: Stretcher, speed: float) -> list[Stretched] | None:
        """Feed what comes next of it; return what has become ready, None if nothing was left."""
        speed *= self._pace
        if self._at >= self._pause_end:
            return None
        if self._at >= self._end:
            count = min(self._hop, self._pause_end - self._at)
            self._at += count
            stretcher.set_speed(self._pause_speed(speed))
            return stretcher.feed(bytes(count * _FRAME_BYTES))
        hop, into = divmod(self._at, self._hop)
        if hop >= len(self._flux):  # there is none, or an earcon sounds on beyond the speech
            stretcher.set_speed(speed)
            return stretcher.feed(self._next_frames(self._hop))
        tempo = self._tempo_at(speed)
        stretcher.set_speed(tempo.speed_at(self._flux, hop))
        cut_end = dict(tempo.cuts).get(hop)
        if cut_end is None or into:
            return stretcher.feed(self._next_frames(self._hop - into))
        return self._feed_across(stretcher, cut_end)

    def _next_frames(self, frame_count: int) -> bytes:
        last = min(self._at + frame_count, self._end)
        frames = bytes(self._pcm[self._at * _FRAME_BYTES : last * _FRAME_BYTES])
        self._at = last
        return frames

    def _feed_across(self, stretcher: Stretcher, cut_end: int) -> list[Stretched]:
        """Leave out what is cut: its first hop goes over into its last one."""
        before = array("h", self._next_frames(self._hop))
        last_hop = (cut_end - 1) * self._hop
        stretcher.skip(last_hop - self._at + len(before))
        self._at = last_hop
        after = array("h", self._next_frames(self._hop))
        return stretcher.feed(gone_over(before, after, self._rise).tobytes())

    def _tempo_at(self, speed: float) -> Tempo:
        if self._tempo is None or self._tempo[0] != speed:
            self._tempo = speed, tempo_of(self._flux, speed, self._given_hops(speed))
        return self._tempo[1]

    def _pause_speed(self, speed: float) -> float:
        pause_hops = self._pause_hops
        return speed * pause_hops / (pause_hops - self._given_hops(speed))

    def _given_hops(self, speed: float) -> float:
        return given_hops(len(self._flux), self._pause_hops, speed)

    @property
    def _pause_hops(self) -> float:
        return (self._pause_end - self._end) / self._hop


class TapeStretch:
    """Stretches utterance after utterance at one speed, for whoever writes them to a file."""

    def __init__(self, sample_rate: int, speed: float) -> None:
        self._stretcher = Stretcher(sample_rate)
        self._sample_rate, self._speed = sample_rate, speed

    def feed(
        self, pcm: bytes, flux: bytes, pause_frames: int, pace: float = 1.0
    ) -> list[Stretched]:
        """Take an utterance and the pause after it; return what has become ready."""
        piece = TapePiece(pcm, self._sample_rate, flux=flux, pause_frames=pause_frames, pace=pace)
        ready: list[Stretched] = []
        while (made := piece.feed(self._stretcher, self._speed)) is not None:
            ready += made
        return ready

    def drain(self) -> list[Stretched]:
        """Return what is still held back."""
        return self._stretcher.drain()
