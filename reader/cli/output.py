"""The result of a command on standard output."""

from __future__ import annotations

import sys


def print_result(text: str) -> None:
    """Write it as UTF-8, so that neither the locale nor Windows' line ends have a say."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
