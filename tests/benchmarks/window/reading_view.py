"""The reading view by itself, as the table of its design measures it, with 10,000 highlights.

Each text is shown in a process of its own: `reading_view.py CHARACTERS` prints its measurements.
Times are CPU in milliseconds, which hold on a busy machine. The limits are those of the best
design in that table.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import time
from functools import partial

from reader.text.document import Document, Place, Span
from tests.benchmarks.figures import Figure, at_most, median, percentile
from tests.benchmarks.own_process import Times, cpu_ms, measured_apart
from tests.benchmarks.prose import generated_document
from tests.benchmarks.running import memory_mb

_LENGTHS = {"20 KB": 20_000, "600 KB": 600_000, "6 MB": 6_000_000}
_HIGHLIGHTS = 10_000
_CHARACTERS_PER_HIGHLIGHT = 300
_COLOURS = ("apricot", "rose", "sage", "sky")
_STARTS = 3
_HEIGHT = 900
_WIDTHS = (700, 660, 620, 580, 640, 690)


def measure() -> list[Figure]:
    """Show each text, and an empty window for comparison."""
    figures: list[Figure] = []
    for length, characters in _LENGTHS.items():
        runs = [
            measured_apart("tests.benchmarks.window.reading_view", characters)
            for _ in range(_STARTS)
        ]
        bare = [measured_apart("tests.benchmarks.window.reading_view", 0) for _ in range(_STARTS)]
        ratio = median(
            run["start"][0] / other["start"][0] for run, other in zip(runs, bare, strict=True)
        )
        times = runs[-1]
        words, frames, jumps = times["word"], times["frame"], times["jump"]
        figures += [
            at_most(f"{length}: start by an empty window's", ratio, "×", 1.5),
            at_most(f"{length}: a word is lit, median", median(words), "ms", 0.3),
            at_most(f"{length}: a word is lit, 99th percentile", percentile(words, 99), "ms", 1),
            at_most(f"{length}: scroll frame, median", median(frames), "ms", 1.9),
            at_most(f"{length}: scroll frame, 99th percentile", percentile(frames, 99), "ms", 3.4),
            at_most(f"{length}: far jump, median", median(jumps), "ms", 2),
            at_most(f"{length}: new width, median", median(times["width"]), "ms", 1.7),
            at_most(f"{length}: memory after scrolling", times["memory"][0], "MB", 101),
        ]
    return figures


def _measured_here(characters: int) -> Times:
    if not characters:
        return _empty_window()
    begun = time.process_time()
    document = generated_document(characters)
    return _text_shown(document, time.process_time() - begun)


def _empty_window() -> Times:
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication([])
    widget = QWidget()
    widget.resize(1180, _HEIGHT)
    widget.show()
    application.processEvents()
    return {"start": [time.process_time() * 1e3]}


def _text_shown(document: Document, spent_s: float) -> Times:
    """Measure; `spent_s` of this process's CPU time were not for showing the text."""
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    from reader.ui.look.theme import Theme
    from reader.ui.view.reading_view import Decoration, ReadingView, Role

    view = ReadingView(Theme())
    view.resize(1180, _HEIGHT)
    view.show_document(document)
    view.show()
    application.processEvents()
    start_ms = (time.process_time() - spent_s) * 1e3
    gc.collect()
    gc.freeze()

    def light(start: int) -> None:
        view.decorate("spoken-word", [Decoration(Span(0, start, start + 6), Role.WORD)])
        application.processEvents()

    def scroll(pixels: int) -> None:
        view.scroll_by(pixels)
        application.processEvents()

    def jump(place: Place) -> None:
        view.scroll_to(place, animated=False)
        application.processEvents()

    def widen(width: int) -> None:
        view.resize(width, _HEIGHT)
        application.processEvents()

    length = len(document.sections[0].text)
    chance = random.Random(11)
    count = min(_HIGHLIGHTS, length // _CHARACTERS_PER_HIGHLIGHT)
    starts = [chance.randrange(length) for _ in range(count)]
    highlights = [
        Decoration(Span(0, at, at + chance.randint(10, 120)), Role.HIGHLIGHT, _COLOURS[at % 4])
        for at in starts
    ]
    view.decorate("notes", highlights)
    application.processEvents()
    places = [Place(0, chance.randrange(length)) for _ in range(20)]
    times = {
        "start": [start_ms],
        "word": [cpu_ms(partial(light, at)) for at in range(0, 2000, 7)],
        "frame": [cpu_ms(partial(scroll, 24)) for _ in range(300)],
        "jump": [cpu_ms(partial(jump, place)) for place in places],
        "width": [cpu_ms(partial(widen, width)) for width in _WIDTHS],
    }
    for _ in range(200):
        scroll(600)
    return {**times, "memory": [memory_mb(os.getpid())]}


if __name__ == "__main__":
    print(json.dumps(_measured_here(int(sys.argv[1]))))
