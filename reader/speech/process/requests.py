"""What the speech process has been asked to say and hasn't yet, in order.

A request is said whole, though what comes first of it may be heard before the rest is made. One
that the process was killed at is said in parts from then on, shorter ones each time: where kills
come faster than a long sentence is spoken, what has been said of it isn't lost, and reading goes
on.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.speech.engine import Pause, Precision, SpokenAudio, Utterance, VoiceId, WordMark
from reader.speech.flux import PAUSE, hop_frames
from reader.speech.marks import spoken_words
from reader.speech.pauses import pause_frames
from reader.speech.pcm import soft_end_frames

_FRAME_BYTES = 2
_SHORTEST_PART = 10
"""Characters, two words or so: less isn't worth a part."""
_CLAUSE_ENDS = ",;:.?!"
_AS_GOOD = 0.25
"""How much further from the middle the end of a clause may be than that of a word."""


@dataclass(frozen=True, slots=True)
class Request:
    """An utterance asked for; `at_once`: somebody waits to hear it.

    `said` is the audio of its first parts, `ends` where those to come end; `begun` what comes first
    of one that is being said whole. `deaths` counts the processes that died of it.
    """

    generation: int
    number: int
    utterance: Utterance
    voice: VoiceId
    said: tuple[SpokenAudio, ...] = ()
    start: int = 0
    ends: tuple[int, ...] = ()
    deaths: int = 0
    at_once: bool = False
    begun: SpokenAudio | None = None

    @property
    def text(self) -> str:
        """What is to be said next of it."""
        return self.utterance.spoken[self.start : self._end]

    @property
    def _end(self) -> int:
        return self.ends[0] if self.ends else len(self.utterance.spoken)

    @property
    def is_last_part(self) -> bool:
        """Whether nothing is left to say after that."""
        return len(self.ends) <= 1

    @property
    def is_streamed(self) -> bool:
        """Whether what comes first of it is wanted before all of it is made."""
        return self.at_once and not self.said and not self.ends

    @property
    def is_said(self) -> bool:
        """Whether all of it has been said."""
        return bool(self.said) and self.start == len(self.utterance.spoken)

    def with_beginning(self, audio: SpokenAudio) -> Request:
        """Return it with what comes first made, which was handed on."""
        return replace(self, begun=audio)

    def going_on(self) -> Request:
        """Return it with what was begun taken as said, up to the end of a word.

        Made again by an engine that varies, it would not begin with the same samples.
        """
        if self.begun is None or not self.begun.marks:
            return replace(self, begun=None)
        spoken, last = self.utterance.spoken, self.begun.marks[-1]
        following = (start for start, _ in spoken_words(spoken) if start >= last.end)
        start = next(following, len(spoken))
        said = _ended(self.begun, last.end_frame)
        return replace(self, said=(said,), start=start, begun=None)

    def with_answer(self, audio: SpokenAudio) -> Request:
        """Return it with the next part said."""
        marks = tuple(
            WordMark(m.first_frame, m.end_frame, m.start + self.start, m.end + self.start)
            for m in audio.marks
        )
        said = (*self.said, replace(audio, marks=marks))
        return replace(self, said=said, start=self._end, ends=self.ends[1:])

    def in_shorter_parts(self) -> Request:
        """Return it with the next part cut in two, if that is long enough."""
        cut = _cut_near_middle(self.utterance.spoken, self.start, self._end)
        if cut is None:
            return self
        return replace(self, ends=(cut, self._end, *self.ends[1:]))

    def joined(self) -> SpokenAudio:
        """Return the audio of all parts as one."""
        if len(self.said) == 1:
            return self.said[0]
        return _joined(self.utterance.spoken, self.said)


class RequestQueue:
    """The requests that wait, of the generations that still count."""

    def __init__(self) -> None:
        self._waiting: deque[Request] = deque()
        self._oldest_generation: int | None = None

    def __bool__(self) -> bool:
        return bool(self._waiting)

    @property
    def next_voice(self) -> VoiceId:
        """The voice that says what is next."""
        return self._waiting[0].voice

    def counts(self, generation: int) -> bool:
        """Whether an answer is still wanted: nobody has moved on since it was asked for."""
        return self._oldest_generation is None or generation >= self._oldest_generation

    def add(self, request: Request) -> bool:
        """Ask for something after all the rest; False if it doesn't count."""
        if not self.counts(request.generation):
            return False
        self._waiting.append(request)
        return True

    def put_back(self, request: Request) -> None:
        """Ask for something, or the rest of it, before all others."""
        if self.counts(request.generation):
            self._waiting.appendleft(request)

    def take(self) -> Request:
        """Return what is next, and let it go."""
        return self._waiting.popleft()

    def drop_before(self, generation: int) -> None:
        """Let go of older generations."""
        self._oldest_generation = generation
        self._waiting = deque(r for r in self._waiting if r.generation >= generation)

    def use_instead(self, refused: VoiceId, voice: VoiceId) -> None:
        """Have what one voice was to say said by another."""
        self._waiting = deque(
            replace(request, voice=voice) if request.voice == refused else request
            for request in self._waiting
        )

    def clear(self) -> None:
        """Forget all of it."""
        self._waiting.clear()


def _cut_near_middle(text: str, start: int, end: int) -> int | None:
    """Return where to cut text[start:end], behind a space; None if its halves would be too short.

    Best near the middle; the end of a clause may be further from it than that of any word.
    """
    middle = (start + end) / 2
    cuts = [
        at + 1
        for at in range(start + 1, end - 1)
        if text[at] == " " and min(at + 1 - start, end - at - 1) >= _SHORTEST_PART
    ]
    if not cuts:
        return None

    def cost(cut: int) -> float:
        ends_clause = text[cut - 2] in _CLAUSE_ENDS
        return abs(cut - middle) - (_AS_GOOD * (end - start) if ends_clause else 0.0)

    return min(cuts, key=cost)


def _ended(audio: SpokenAudio, frame_count: int) -> SpokenAudio:
    """Return the beginning of audio as if it were all, its end soft."""
    frames = array("h", audio.pcm[: frame_count * _FRAME_BYTES])
    fade = min(soft_end_frames(audio.sample_rate), len(frames))
    for index in range(fade):
        frames[len(frames) - 1 - index] = frames[len(frames) - 1 - index] * index // fade
    hops = -(-len(frames) // hop_frames(audio.sample_rate))
    return replace(audio, pcm=frames.tobytes(), flux=audio.flux[:hops], is_whole=True)


def _joined(text: str, parts: Sequence[SpokenAudio]) -> SpokenAudio:
    """Return parts one after the other, with a pause where a clause ends between them."""
    sample_rate = parts[0].sample_rate
    hop = hop_frames(sample_rate)
    clause_hops = round(pause_frames(Pause.CLAUSE, sample_rate) / hop)
    pcm, flux, marks, frames = bytearray(), bytearray(), list[WordMark](), 0
    for number, part in enumerate(parts):
        marks += [
            WordMark(m.first_frame + frames, m.end_frame + frames, m.start, m.end)
            for m in part.marks
        ]
        is_within = number < len(parts) - 1 and part.marks
        tail = text[part.marks[-1].end :].lstrip("\"'”’)")[:1] if is_within else ""
        pause_hops = clause_hops if tail and tail in _CLAUSE_ENDS else 0
        # whole hops, so that the flux of the next one fits; the ends of a part are silent
        part_hops = -(-len(part.pcm) // (_FRAME_BYTES * hop))
        pcm += part.pcm.ljust((part_hops + pause_hops) * hop * _FRAME_BYTES, b"\0")
        flux += part.flux + bytes([PAUSE]) * pause_hops
        frames = len(pcm) // _FRAME_BYTES
    is_sure = all(part.precision is Precision.WORD for part in parts)
    precision = Precision.WORD if is_sure else Precision.ESTIMATED
    has_flux = all(part.flux for part in parts)
    return SpokenAudio(
        bytes(pcm), sample_rate, tuple(marks), precision, bytes(flux) if has_flux else b""
    )
