"""How much memory the process that reads a PDF may take: a bomb ends it, and nothing else."""

from __future__ import annotations

import sys

TEXT_BYTES = 700_000_000
PICTURE_BYTES = 2_000_000_000
"""Of addresses, of which a third is what the interpreter and its libraries reserve."""


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
