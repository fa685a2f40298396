"""How much memory and work a PDF may take of the process that reads it: a bomb ends that one."""

from __future__ import annotations

import math
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


def limit_work(seconds: int) -> None:
    """Let this process work so long from now on, in seconds of a processor, and end it then."""
    if sys.platform == "win32":
        return
    import resource

    taken = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(taken.ru_utime + taken.ru_stime) + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
