"""A text said in parts short enough for a neural model, put together again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.errors import SynthesisFailed
from reader.speech.alignment import PUNCTUATION
from reader.speech.engine import Cancellation, Pause, Precision, SpokenAudio, WordMark
from reader.speech.pauses import pause_frames
from reader.speech.pcm import as_pcm, soft_end_frames, with_soft_ends

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FRAME_BYTES = 2


@dataclass(frozen=True, slots=True)
class Breath:
    """The samples of a part, its ends trimmed, and the marks of its words in it.

    If it isn't whole, what follows is missing of both.
    """

    samples: NDArray[np.float32]
    marks: Sequence[WordMark]
    is_whole: bool = True


def breaths(
    spoken: str, longest: int, weigh: Callable[[str], int], heaviest: int
) -> Iterator[tuple[int, int]]:
    """Yield ranges of at most `longest` characters that cover a text, cut at the best places.

    That is after the last clause, else the last word, else anywhere. What weighs more than
    `heaviest` is cut again: an ideograph takes as long as four letters.
    """
    for start, end in _cuts(spoken, longest):
        part = spoken[start:end]
        if len(part) > 1 and weigh(part) > heaviest:
            for inner_start, inner_end in breaths(part, len(part) // 2, weigh, heaviest):
                yield start + inner_start, start + inner_end
        else:
            yield start, end


def say_in_breaths(
    spoken: str,
    ranges: Iterable[tuple[int, int]],
    say: Callable[[str], Iterable[Breath]],
    sample_rate: int,
    precision: Precision,
    cancellation: Cancellation,
    gain: float | None = None,
) -> Iterator[SpokenAudio]:
    """Say the parts of a text one after the other, with a pause where a clause ends between.

    `say` gives a part whole, or nothing where nothing in it sounds; with a `gain` of the voice's
    own it may give what comes first of it before. Of the first part that is yielded, then the whole
    text, which begins with it to the bit.

    Raises:
        SynthesisFailed: cancelled, or there is no word in it.
    """
    import numpy as np

    samples: list[NDArray[np.float32]] = []
    marks: list[WordMark] = []
    frames = 0
    for start, end in ranges:
        if cancellation.is_requested:
            raise SynthesisFailed("cancelled")
        for breath in say(spoken[start:end]):
            if not breath.is_whole:
                if not samples and gain is not None:
                    yield _beginning(breath, start, sample_rate, gain, precision)
                continue
            marks += _moved(breath.marks, frames, start)
            is_within = end < len(spoken) and spoken[end - 2 : end - 1] in PUNCTUATION
            pause = pause_frames(Pause.CLAUSE, sample_rate) if is_within else 0
            samples += [with_soft_ends(breath.samples, sample_rate), np.zeros(pause, np.float32)]
            frames += len(breath.samples) + pause
    if not marks:
        raise SynthesisFailed("there is nothing to pronounce in it")
    together = np.concatenate(samples)
    yield SpokenAudio(as_pcm(together, sample_rate, gain), sample_rate, tuple(marks), precision)


def _beginning(
    breath: Breath, start: int, sample_rate: int, gain: float, precision: Precision
) -> SpokenAudio:
    """Return the audio of what comes first, without its end, which isn't one."""
    pcm = as_pcm(with_soft_ends(breath.samples, sample_rate), sample_rate, gain)
    pcm = pcm[: -_FRAME_BYTES * soft_end_frames(sample_rate)]
    frames = len(pcm) // _FRAME_BYTES
    marks = [mark for mark in breath.marks if mark.end_frame <= frames]
    moved = tuple(_moved(marks, 0, start))
    return SpokenAudio(pcm, sample_rate, moved, precision, is_whole=False)


def _moved(marks: Sequence[WordMark], frames: int, offset: int) -> list[WordMark]:
    return [
        WordMark(m.first_frame + frames, m.end_frame + frames, m.start + offset, m.end + offset)
        for m in marks
    ]


def _cuts(spoken: str, longest: int) -> Iterator[tuple[int, int]]:
    start = 0
    while len(spoken) - start > longest:
        window = spoken[start : start + longest]
        clause = max(
            window.rfind(mark, longest // 3) for mark in (", ", "; ", ": ", ". ", "? ", "! ")
        )
        cut = clause + 2 if clause >= 0 else window.rfind(" ", 1) + 1
        end = start + (cut or longest)
        yield start, end
        start = end
    if start < len(spoken):
        yield start, len(spoken)
