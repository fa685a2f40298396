"""Measures the reading view as its design's table does: run it as a script, it prints a row a text.

Times are CPU in milliseconds (they hold on a busy machine), memory is the proportional set size in
megabytes. `bare` is an empty window: what a start costs before any of our code.
"""

from __future__ import annotations

import gc
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import accumulate

from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Fingerprint,
    Place,
    Section,
    Span,
    fingerprint_of,
)

SIZES = {"bare": 0, "essay": 20_000, "novel": 600_000, "omnibus": 6_000_000}
HIGHLIGHTS = 10_000
CHARACTERS_PER_HIGHLIGHT = 300
COLOURS = ("apricot", "rose", "sage", "sky")


def synthetic_document(characters: int) -> Document:
    """Make prose of about that length in paragraphs of about 100 characters to 900."""
    chance = random.Random(7)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(3000)]
    parts: list[str] = []
    length = 0
    while length < characters:
        count = chance.randint(15, 150)
        paragraph = " ".join(chance.choices(words, k=count)).capitalize() + "."
        parts.append(paragraph)
        length += len(paragraph) + 1
    ends = list(accumulate(len(part) + 1 for part in parts))
    blocks = tuple(
        Block(end - 1 - len(part), end - 1, BlockKind.PARAGRAPH)
        for part, end in zip(parts, ends, strict=True)
    )
    text = "\n".join(parts)
    section = Section(0, "", text, blocks)
    return Document("Synthetic", (), "en", (section,), Fingerprint(fingerprint_of([text])))


def _cpu_ms(act: Callable[[], object]) -> float:
    begin = time.thread_time()
    act()
    return (time.thread_time() - begin) * 1e3


def _spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{ordered[len(ordered) // 2]:.2f} / {ordered[int(len(ordered) * 0.99)]:.2f}"


def _memory_mb() -> float:
    with open("/proc/self/smaps_rollup", encoding="ascii") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024


def measure(name: str) -> str:
    """Measure one text in this process and return its row."""
    document = synthetic_document(SIZES[name])
    begun = time.process_time()
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication([])
    if name == "bare":
        widget = QWidget()
        widget.resize(1180, 900)
        widget.show()
        application.processEvents()
        return (
            f"| {name} | {(time.process_time() - begun) * 1e3:.0f} | | | | | {_memory_mb():.0f} |"
        )

    from reader.ui.reading_view import Decoration, ReadingView, Role
    from reader.ui.theme import Theme

    view = ReadingView(Theme())
    view.resize(1180, 900)
    view.show_document(document)
    view.show()
    application.processEvents()
    start_ms = (time.process_time() - begun) * 1e3
    gc.collect()
    gc.freeze()

    def settle() -> None:
        application.processEvents()

    section = document.sections[0]
    chance = random.Random(11)
    count = min(HIGHLIGHTS, len(section.text) // CHARACTERS_PER_HIGHLIGHT)
    spread = [chance.randrange(len(section.text)) for _ in range(count)]
    notes = [
        Decoration(Span(0, at, at + chance.randint(10, 120)), Role.HIGHLIGHT, COLOURS[at % 4])
        for at in spread
    ]
    notes_ms = _cpu_ms(lambda: view.decorate("notes", notes))
    settle()

    def light(start: int) -> None:
        view.decorate("spoken-word", [Decoration(Span(0, start, start + 6), Role.WORD)])
        settle()

    words = [_cpu_ms(partial(light, at)) for at in range(0, 2000, 7)]

    def scroll(pixels: int) -> None:
        view.scroll_by(pixels)
        settle()

    def jump(place: Place) -> None:
        view.scroll_to(place, animated=False)
        settle()

    frames = [_cpu_ms(partial(scroll, 24)) for _ in range(300)]
    jumps = []
    for _ in range(20):
        jumps.append(_cpu_ms(partial(jump, Place(0, chance.randrange(len(section.text))))))

    def widen(width: int) -> None:
        view.resize(width, 900)
        settle()

    widths = [_cpu_ms(partial(widen, width)) for width in (700, 660, 620, 580, 640, 690)]
    for _ in range(200):
        scroll(600)
    return (
        f"| {name} | {start_ms:.0f} | {_spread(words)} | {_spread(frames)} | {_spread(jumps)} "
        f"| {_spread(widths)} | {_memory_mb():.0f} | {notes_ms:.0f} |"
    )


def main() -> None:
    """Measure every text in a process of its own and print the table."""
    if len(sys.argv) > 1:
        print(measure(sys.argv[1]))
        return
    print(
        "| text | start CPU | word p50 / p99 | scroll frame | far jump | new width | PSS | notes |"
    )
    print("|---|---|---|---|---|---|---|---|")
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    for name in SIZES:
        command = [sys.executable, __file__, name]
        result = subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True, timeout=300
        )
        print(result.stdout.strip())


if __name__ == "__main__":
    main()
