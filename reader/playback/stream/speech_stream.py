"""Utterances joined into one stream at the asked speed, and each word's time in it: for files."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.playback.stream.stretch import Stretched
from reader.playback.stream.tape import TapeStretch
from reader.text.document import Span

_FRAME_BYTES = 2


@dataclass(frozen=True, slots=True)
class SoundingWord:
    """A word of the text and the frames [first_frame, end_frame) in which it sounds.

    With a `note`, the id of one, it is that note, read aloud at the passage `span`.
    """

    span: Span
    first_frame: int
    end_frame: int
    note: str | None = None


class SpeechStream:
    """Joins utterances into one stream at one speed and says when each word sounds in it."""

    def __init__(self, sample_rate: int, speed: float) -> None:
        self._stretch = TapeStretch(sample_rate, speed)
        self._fed_frames = 0
        self._given_frames = 0
        self._ready: deque[tuple[int, int, float, int]] = deque()  # in, out, in per out, out count
        self._waiting: deque[SoundingWord] = deque()
        self._last_frame = 0

    def add(
        self,
        pcm: bytes,
        words: Sequence[SoundingWord],
        pause_frames: int,
        flux: bytes = b"",
        pace: float = 1.0,
    ) -> tuple[bytes, list[SoundingWord]]:
        """Add an utterance and the pause after it; its words' frames count from its own start.

        Returns what of the stream is ready, and words whose frames in the stream are known by now.
        """
        for word in words:
            first, end = word.first_frame + self._fed_frames, word.end_frame + self._fed_frames
            self._waiting.append(replace(word, first_frame=first, end_frame=end))
        self._fed_frames += len(pcm) // _FRAME_BYTES + pause_frames
        return self._take(self._stretch.feed(pcm, flux, pause_frames, pace))

    def finish(self) -> tuple[bytes, list[SoundingWord]]:
        """Return what is left of the stream and its words."""
        pcm, words = self._take(self._stretch.drain())
        while self._waiting:
            words.append(self._settle(self._waiting.popleft()))
        return pcm, words

    def _take(self, pieces: Sequence[Stretched]) -> tuple[bytes, list[SoundingWord]]:
        for piece in pieces:
            count = piece.frame_count
            self._ready.append(
                (piece.input_frame, self._given_frames, piece.frames_per_frame, count)
            )
            self._given_frames += count
        reached = self._ready[-1][0] if self._ready else 0
        words = []
        while self._waiting and self._waiting[0].end_frame < reached:
            words.append(self._settle(self._waiting.popleft()))
        return b"".join(piece.pcm for piece in pieces), words

    def _settle(self, word: SoundingWord) -> SoundingWord:
        first = self._output_frame(word.first_frame)
        end = self._output_frame(word.end_frame)
        return replace(word, first_frame=first, end_frame=end)

    def _output_frame(self, input_frame: int) -> int:
        while len(self._ready) > 1 and self._ready[1][0] <= input_frame:
            self._ready.popleft()  # words come in order: no later one lies there
        if not self._ready:
            return self._last_frame
        start, given, input_per_output, count = self._ready[0]
        into = min(max(round((input_frame - start) / input_per_output), 0), count)
        self._last_frame = max(self._last_frame, given + into)
        return self._last_frame
