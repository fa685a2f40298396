"""Hard sentence ends found right, beside two libraries on the same table, and the time it takes."""

from __future__ import annotations

import time
from collections.abc import Callable

from reader.text.segment import sentence_ranges
from tests.benchmarks.figures import Figure, median
from tests.benchmarks.prose import long_prose
from tests.text.sentence_cases import CASES, SentenceCase

_CHARACTERS = 300_000
_TIMES = 3


def measure() -> list[Figure]:
    """Split the table of hard cases, then long prose."""
    ours = _right(_ours)
    libraries = {"sentencex": _right(_with_sentencex), "nupunkt": _right(_with_nupunkt)}
    best = max(libraries.values())
    return [
        Figure(f"right, of {len(CASES)}", ours, "", f"> {best}", ours > best),
        *(Figure(f"right with {name}", right, "") for name, right in libraries.items()),
        Figure("time for 1 MB of prose", _seconds_for_a_megabyte(), "s"),
    ]


def _right(splitter: Callable[[SentenceCase], list[str]]) -> int:
    return sum(splitter(case) == case.sentences for case in CASES)


def _ours(case: SentenceCase) -> list[str]:
    ranges = sentence_ranges(case.text, 0, len(case.text), case.language)
    return [case.text[start:end] for start, end in ranges]


def _with_sentencex(case: SentenceCase) -> list[str]:
    import sentencex

    return [sentence.strip() for sentence in sentencex.segment(case.language, case.text)]


def _with_nupunkt(case: SentenceCase) -> list[str]:
    import nupunkt

    return [case.text[start:end].strip() for start, end in nupunkt.sent_spans(case.text)]


def _seconds_for_a_megabyte() -> float:
    paragraphs = long_prose(3_000).split("\n\n")
    times = []
    for _ in range(_TIMES):
        done, begun = 0, time.process_time()
        while done < _CHARACTERS:
            for paragraph in paragraphs:
                sentence_ranges(paragraph, 0, len(paragraph), "en")
                done += len(paragraph)
        times.append((time.process_time() - begun) * 1e6 / done)
    return median(times)
