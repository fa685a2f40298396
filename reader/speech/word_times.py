"""When each word starts and ends to sound, from how long the model makes each phoneme."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Self

from reader.speech.alignment import PUNCTUATION
from reader.speech.engine import WordMark
from reader.speech.marks import share_frames


@dataclass(frozen=True, slots=True)
class PhonemeTimes:
    """The frames at which each phoneme starts; `starts` has one more entry, the end of the last."""

    starts: tuple[int, ...]

    @classmethod
    def from_ids(
        cls,
        durations: Sequence[int],
        owners: Sequence[int | None],
        phoneme_count: int,
        frame_count: int,
    ) -> Self:
        """Add up the durations of the model's ids, in steps of which all together fill the audio.

        `owners` tells for each id which phoneme it is for; those of None are the sentence's ends.
        """
        total = sum(durations) or 1
        starts: list[int] = []
        steps = 0
        last_owned = 0
        for duration, owner in zip(durations, owners, strict=True):
            while owner is not None and len(starts) <= owner:
                starts.append(steps * frame_count // total)  # also of one the model has no id for
            steps += duration
            if owner is not None:
                last_owned = steps
        starts += [last_owned * frame_count // total] * (phoneme_count + 1 - len(starts))
        return cls(tuple(starts))


def word_marks(
    words: Sequence[tuple[int, int]],
    phonemes: Sequence[str],
    numbers: Sequence[int | None],
    times: PhonemeTimes,
    cut_frames: int,
    frame_count: int,
    lead_frames: int = 0,
) -> tuple[WordMark, ...]:
    """Return a mark for each word, within audio whose first `cut_frames` were trimmed away.

    `numbers` tells each phoneme's word. In running speech a word starts with the space before it,
    in which the model forms its first sound, and `lead_frames` earlier; after a pause it starts
    with its first phoneme. A word ends where the next one starts, or where the pause does. Words
    that share their sounds share the time by letters.
    """
    ranges = _phoneme_ranges(numbers)
    sounding = sorted(ranges)
    if not sounding:
        return ()
    begins = {
        number: _begin(phonemes, times, ranges[number][0], lead_frames) for number in sounding
    }
    ends: dict[int, int] = {}
    for number, following in zip_longest(sounding, sounding[1:]):
        last = ranges[number][1]
        is_running = following is not None and not _has_pause(phonemes, last, ranges[following][0])
        ends[number] = (
            begins[following] if following is not None and is_running else times.starts[last]
        )
    return marks_between(words, begins, ends, cut_frames, frame_count)


def marks_between(
    words: Sequence[tuple[int, int]],
    begins: Mapping[int, int],
    ends: Mapping[int, int],
    cut_frames: int,
    frame_count: int,
) -> tuple[WordMark, ...]:
    """Return a mark for every word, given the frames at which some of them begin and end.

    A word without times of its own shares those of the one before it by letters (at the start, of
    the one after). All are moved by `cut_frames`, kept within `frame_count` and in order.
    """
    if not begins:
        return ()
    marks: list[WordMark] = []
    before = 0
    for group in _sharing(len(words), begins):
        leader = next(number for number in group if number in begins)
        letters = [words[number][1] - words[number][0] for number in group]
        boundaries = [
            min(max(boundary - cut_frames, before), frame_count)
            for boundary in share_frames(begins[leader], ends[leader], letters)
        ]
        for number, first, end in zip(group, boundaries, boundaries[1:], strict=False):
            marks.append(WordMark(first, max(first, end), *words[number]))
        before = marks[-1].end_frame
    return tuple(marks)


def _phoneme_ranges(numbers: Sequence[int | None]) -> dict[int, tuple[int, int]]:
    ranges: dict[int, tuple[int, int]] = {}
    for index, number in enumerate(numbers):
        if number is not None:
            ranges[number] = (ranges.get(number, (index, 0))[0], index + 1)
    return ranges


def _begin(phonemes: Sequence[str], times: PhonemeTimes, first: int, lead_frames: int) -> int:
    has_space = first >= 2 and phonemes[first - 1] == " " and phonemes[first - 2] not in PUNCTUATION
    return times.starts[first - 1] - lead_frames if has_space else times.starts[first]


def _has_pause(phonemes: Sequence[str], start: int, end: int) -> bool:
    return any(phoneme in PUNCTUATION for phoneme in phonemes[start:end])


def _sharing(count: int, known: Container[int]) -> list[list[int]]:
    """Group the words that share sounds: each silent one goes with the sounding one before it."""
    groups: list[list[int]] = []
    leading: list[int] = []
    for number in range(count):
        if number in known:
            groups.append([*leading, number])
            leading = []
        elif groups:
            groups[-1].append(number)
        else:
            leading.append(number)
    return groups
