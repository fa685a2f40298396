"""How much memory and work a PDF may take of the process that reads it: a bomb ends that one."""

from __future__ import annotations

import sys

TEXT_BYTES = 290_000_000
PICTURE_BYTES = 700_000_000
"""Of addresses, of which 60 MB are taken by the interpreter and its libraries."""

FIRST_WORK_S = 2
"""For a file's first section, in seconds of a processor: ten times what the densest pages take."""

PAGE_WORK_S = 1
"""For a page: the densest take a tenth of it."""


def limit_memory(limit_bytes: int) -> None:
    """Let this process take no more than that, where the system can hold it to it."""
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, hard))
    except (OSError, ValueError):
        return  # macOS knows the limit but may not take it


def limit_work(seconds: float) -> None:
    """Let this process work so long from now on, in seconds of a processor, and end it then.

    By a timer, which counts from now. A limit of resources counts from the process's start, by the
    ticks in which it happened to run: on a busy machine those run ahead of the time it has had, and
    a process that had read for a minute was ended at a page that took a thirtieth of a second.
    """
    if sys.platform == "win32":
        return
    import signal

    signal.setitimer(signal.ITIMER_PROF, seconds)
