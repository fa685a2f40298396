"""`python -m tests.benchmarks [NAME…]`: measures, and prints each figure beside its target.

Every subject is a module in a folder beside this one; its first line is the heading of its table.
Exit 1 only where a subject could not be measured: a figure that misses its target is a result.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from subprocess import SubprocessError
from typing import Protocol, cast

from tests.benchmarks.figures import Figure, table_head, table_row

SUBJECTS = {
    "start": "window.start",
    "opening": "window.opening",
    "big-book": "window.big_book",
    "first-sound": "voice.first_sound",
    "word-marks": "voice.word_marks",
    "word-light": "voice.word_light",
    "pauses": "voice.pauses",
    "intelligibility": "voice.intelligibility",
    "lone-sentences": "voice.lone_sentences",
    "pitch": "voice.pitch",
    "playing": "voice.playing",
    "hour": "voice.hour",
    "killed-speech": "voice.killed_speech",
    "reading-view": "window.reading_view",
    "sentences": "voice.sentences",
    "notes-found": "notes.notes_found",
    "notes-exported": "notes.notes_exported",
    "anchoring": "notes.anchoring",
    "notes-pane": "notes.notes_pane",
    "notes-fluid": "notes.notes_fluid",
    "notes-edited": "notes.notes_edited",
    "killed-notes": "notes.killed_notes",
    "search": "window.search",
    "pdf": "window.pdf",
}
"""The subjects in the order in which they are measured, each with its module."""


class _Subject(Protocol):
    __doc__: str

    def measure(self) -> Iterable[Figure]:
        """Measure now, or one by one while the figures are asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the subjects asked for, all by default; return the exit code."""
    parser = argparse.ArgumentParser("benchmarks", description="Measure what Sottovoce promises.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SUBJECTS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(SUBJECTS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    print(f"{_machine()}\n", flush=True)
    measured = {name: _measured(name) for name in options.names or SUBJECTS}
    if options.json is not None:
        figures = {name: [asdict(f) for f in found or ()] for name, found in measured.items()}
        content = {"machine": _machine(), "subjects": figures}
        options.json.write_text(json.dumps(content, indent=1, ensure_ascii=False), "utf-8")
    return int(any(found is None for found in measured.values()))


def _measured(name: str) -> list[Figure] | None:
    """Measure a subject and print its table as it grows; None if it could not be measured."""
    load, begun = os.getloadavg()[0], time.monotonic()
    subject = cast(_Subject, import_module(f"tests.benchmarks.{SUBJECTS[name]}"))
    print(f"## {name}: {subject.__doc__.splitlines()[0]}\n", flush=True)
    figures: list[Figure] = []
    try:
        for figure in subject.measure():
            if not figures:
                print(table_head())
            print(table_row(figure), flush=True)
            figures.append(figure)
    except (OSError, RuntimeError, SubprocessError, LookupError, ValueError):
        traceback.print_exc()
        print("could not be measured\n", flush=True)
        return None
    print(f"\n({time.monotonic() - begun:.0f} s; load average before: {load:.1f})\n", flush=True)
    return figures


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}, "
        f"PySide6 {version('PySide6-Essentials')}, load average {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
