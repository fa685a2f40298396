"""Part of a benchmark in a process of its own, which nothing measured before has grown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable

Times = dict[str, list[float]]
"""What was measured, by name: milliseconds, or MB of memory."""

_TIMEOUT_S = 600


def measured_apart(module: str, characters: int) -> Times:
    """Return what `python -m module characters` prints as JSON; it runs without a screen."""
    result = subprocess.run(
        [sys.executable, "-m", module, str(characters)],
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
        check=True,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
    )
    times: Times = json.loads(result.stdout)
    return times


def cpu_ms(act: Callable[[], object]) -> float:
    """Return the processor time of this thread that `act` takes, in milliseconds."""
    begun = time.thread_time()
    act()
    return (time.thread_time() - begun) * 1e3
