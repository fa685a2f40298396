"""Runs cases in this process: python -m tests.fuzz.worker FIRST END SEED ONLY [MORE FILES…]."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.fuzz.cases import all_seeds, case_of, run_case

_ADDRESSES_BYTES = 3 << 30
"""More than this may not even be asked for: a bomb then fails here, not on the machine."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a case came to: read, refused or raised; its processor time, the process's size."""

    outcome: str
    seconds: float = 0.0
    mb: float = 0.0
    error: str = ""


def main() -> None:
    """Run the cases, and print a line of JSON for each."""
    first, end, seed = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES_BYTES, _ADDRESSES_BYTES))
    seeds = all_seeds([Path(name) for name in sys.argv[5:]], sys.argv[4])
    print(json.dumps(asdict(Answer("started"))), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, end):
            _, case = case_of(number, seed, seeds)
            begun, error = time.process_time(), ""
            children_begun = _children_s()
            try:
                outcome = "read" if run_case(case, Path(folder)) else "refused"
            except Exception:  # noqa: BLE001 (whatever it is, it is what is looked for)
                outcome, error = "raised", traceback.format_exc(limit=-3)
            document_process_s = _children_s() - children_begun
            seconds = time.process_time() - begun + document_process_s
            size_mb = max(_size_mb(resource.RUSAGE_SELF), _size_mb(resource.RUSAGE_CHILDREN))
            print(json.dumps(asdict(Answer(outcome, seconds, size_mb, error))), flush=True)


def _children_s() -> float:
    """Return the processor time of the processes that read files for us, those that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _size_mb(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1000


if __name__ == "__main__":
    main()
