"""How many words of sentences heard alone are wrong, beside Sonic and Rubber Band alone.

So the figures were made that the method was chosen by. Each sentence comes with as much silence as
the voice leaves around it, which every method gets and may use: ours treats it like any pause that
follows on a sentence. A second or two of sound in a window of thirty makes the recogniser babble
more than running text does. What is counted, and how surely: see `intelligibility`.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.voice.intelligibility import compared
from tests.benchmarks.voice.passages import lone_sentences


def measure() -> Iterator[Figure]:
    """Have sentences read at each speed, by each method, and written down by a recogniser."""
    yield from compared(lone_sentences(), "sentences")
