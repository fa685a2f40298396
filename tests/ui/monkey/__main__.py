"""`python -m tests.ui.monkey`: random use of the whole window, each run in a process of its own.

A run is told by its seed. What is found is told with the last steps before it; with `--shrink`
steps are left out as long as it is still found.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence

_RUN_WITHIN_S = 1200
_TRIES = 3
"""How often a shorter order of steps is tried before it is said to break nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one seed in this process, or many in others; 1 if anything was found."""
    parser = argparse.ArgumentParser("monkey", description="Use the whole window at random.")
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help="how many runs")
    parser.add_argument("--first", type=int, default=0, metavar="SEED", help="the first one's seed")
    parser.add_argument("--steps", type=int, default=400, metavar="N", help="steps of a run")
    parser.add_argument("--only", metavar="N,N…", help="these steps of the run and no others")
    parser.add_argument("--shrink", action="store_true", help="find fewer steps that break it, too")
    parser.add_argument("--here", action="store_true", help="in this process: one run")
    options = parser.parse_args(arguments)
    steps = _steps(options.only) if options.only else list(range(options.steps))
    if options.here:
        from tests.ui.monkey.run import run

        return run(options.first, steps)
    has_found = False
    for seed in range(options.first, options.first + options.seeds):
        begun = time.monotonic()
        found = _run_elsewhere(seed, steps)
        took_s = time.monotonic() - begun
        print(f"seed {seed}: {found or 'nothing'} ({took_s:.0f} s)", flush=True)
        if found:
            has_found = True
            if options.shrink:
                print(f"shortest: --first {seed} --only {_shrunk(seed, steps, found)}", flush=True)
    return int(has_found)


def _steps(written: str) -> list[int]:
    return [int(number) for number in written.split(",")]


def _run_elsewhere(seed: int, steps: Sequence[int]) -> str:
    """Return what was found, "" for nothing."""
    only = ",".join(map(str, steps))
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.ui.monkey", "--here"]
    command += ["--first", str(seed), "--only", only]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_RUN_WITHIN_S, check=False
        )
    except subprocess.TimeoutExpired as late:
        return f"did not end\n{late.stderr!r}"
    return "" if done.returncode == 0 else f"exit code {done.returncode}\n{done.stderr}"


def _shrunk(seed: int, steps: Sequence[int], found: str) -> str:
    """Leave out steps, first many at once, as long as the same is still found."""
    sign = _sign(found)
    left = list(steps)
    chunk = len(left) // 2
    while chunk:
        at = 0
        while at < len(left):
            fewer = left[:at] + left[at + chunk :]
            if any(_sign(_run_elsewhere(seed, fewer)) == sign for _ in range(_TRIES)):
                left = fewer
            else:
                at += chunk
        chunk //= 2
    return ",".join(map(str, left))


def _sign(found: str) -> str:
    """Return what tells one fault from another: the last line of the error."""
    lines = [line for line in found.splitlines() if line.strip()]
    return lines[-1] if lines else ""


if __name__ == "__main__":
    sys.exit(main())
