"""Runs the cases in processes of their own and says what came of them.

    python -m tests.fuzz --cases 20000 --seed 1 [--only PDF] [--keep FOLDER] [MORE FILES…]

A case fails if its process dies, raises what no importer may, takes longer than 5 s of a processor
or makes the process larger than 500 MB. What failed is kept in FOLDER, by number.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from tests.fuzz.cases import all_seeds, case_of
from tests.fuzz.worker import Answer

LONGEST_S = 5.0
PATIENCE_S = 60.0  # of a busy machine's time
MOST_MB = 500.0


def main() -> int:
    """Run the cases; return 1 if any failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="an importer's name")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz")
    parser.add_argument("more", type=Path, nargs="*")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    seeds = all_seeds(options.more, options.only)
    names = sorted(seeds)
    counts: Counter[tuple[str, str]] = Counter()
    slowest = dict.fromkeys(names, 0.0)
    largest_mb = 0.0
    end = options.first + options.cases
    number = options.first
    while number < end:
        worker = _Worker(number, end, options)
        while number < end:
            name = names[number % len(names)]
            answer = worker.answer(PATIENCE_S)
            outcome = "hang or crash" if answer is None else answer.outcome
            if answer is not None:
                slowest[name] = max(slowest[name], answer.seconds)
                largest_mb = max(largest_mb, answer.mb)
                if answer.seconds > LONGEST_S:
                    outcome = "slow"
                if answer.mb > MOST_MB:
                    outcome = "large"
            counts[name, outcome] += 1
            if outcome not in ("read", "refused"):
                _, case = case_of(number, options.seed, seeds)
                (options.keep / f"{number}{case.suffix}").write_bytes(case.content)
                print(f"{number} {name} {outcome} {'' if answer is None else answer.error}")
                sys.stdout.flush()
            number += 1
            if answer is None or outcome == "large":
                break
        worker.end()
    _print(counts, slowest, largest_mb)
    return int(any(outcome not in ("read", "refused") for _, outcome in counts))


class _Worker:
    """A process that runs cases one after the other and tells of each."""

    def __init__(self, first: int, end: int, options: argparse.Namespace) -> None:
        command = [sys.executable, "-m", "tests.fuzz.worker", str(first), str(end)]
        self._process = subprocess.Popen(
            [*command, str(options.seed), options.only, *map(str, options.more)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._answers: Queue[bytes] = Queue()
        Thread(target=self._listen, daemon=True).start()
        self.answer(PATIENCE_S)

    def answer(self, patience_s: float) -> Answer | None:
        """Return what the next case came to; None if there is no answer in time."""
        begun = time.monotonic()
        while time.monotonic() - begun < patience_s:
            try:
                line = self._answers.get(timeout=0.2)
            except Empty:
                if self._process.poll() is not None and self._answers.empty():
                    return None
                continue
            return Answer(**json.loads(line))
        return None

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)


def _print(counts: Counter[tuple[str, str]], slowest: dict[str, float], largest_mb: float) -> None:
    print(f"{'importer':14}{'cases':>7}{'read':>7}{'refused':>9}{'failed':>8}{'slowest':>9}")
    total: Counter[str] = Counter()
    for name, slowest_s in slowest.items():
        of_name = {outcome: n for (other, outcome), n in counts.items() if other == name}
        total.update(of_name)
        print(_line(name, of_name) + f"{slowest_s:8.2f}s")
    print(_line("all", dict(total)) + f"{max(slowest.values()):8.2f}s  {largest_mb:.0f} MB at most")


def _line(name: str, counts: dict[str, int]) -> str:
    cases, read, refused = sum(counts.values()), counts.get("read", 0), counts.get("refused", 0)
    return f"{name:14}{cases:7}{read:7}{refused:9}{cases - read - refused:8}"


if __name__ == "__main__":
    sys.exit(main())
