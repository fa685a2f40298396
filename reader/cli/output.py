"""The result of a command on standard output."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

Tell = Callable[[dict[str, object]], None]
"""Told of what happens while a command works: an `event`, and what belongs to it."""


def print_result(text: str) -> None:
    """Write it as UTF-8, so that neither the locale nor Windows' line ends have a say."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def print_json(result: object) -> None:
    """Write it as JSON for people as well as programs: indented, letters as they are."""
    print_result(json.dumps(result, ensure_ascii=False, indent=1) + "\n")


def event_teller(options: argparse.Namespace) -> Tell:
    """Return what prints each event as a line of JSON, if `--progress` asks for that."""
    if not options.progress:
        return lambda _event: None
    return lambda event: print_result(json.dumps(event) + "\n")


def say(sentence: str) -> None:
    """Say something beside the result: on standard error, under the program's name."""
    print(f"sottovoce: {sentence}", file=sys.stderr)


def path_as_text(path: Path) -> str:
    """Return a path as JSON can hold it: a name need not be text."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
