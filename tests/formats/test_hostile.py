"""What is made to do harm is refused, or read as far as it goes, in little time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.formats.hostile_files import KINDS

MOST_MB = 300
LONGEST_S = 8
"""Of processor time, for each file. It is to be 2 s; this is a test, not a measurement."""

REFUSED = {"zip bombs", "XML bombs", "paths outside", "a million files", "2 GB"}

PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from reader.app.wording import sentence_for
from reader.errors import UnreadableText
from reader.formats.registry import open_document
def largest_kb():  # getrusage also counts what the process was before its exec
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])
for name in sys.argv[2:]:
    Path("/proc/self/clear_refs").write_text("5")  # the largest so far is forgotten
    begun, error, text = time.process_time(), "", ""
    soft = int(begun) + int(sys.argv[1]) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
    try:
        document = open_document(Path(name))
        text = "".join(section.text[:50] for section in document.sections)
    except UnreadableText as refused:
        error = sentence_for(refused)
    print(json.dumps({
        "name": Path(name).name, "error": error, "text": text[:50],
        "seconds": time.process_time() - begun,
        "mb": largest_kb() / 1000,
    }), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What opening a file came to; `mb` is the largest that the process was until then."""

    name: str
    error: str
    text: str
    seconds: float
    mb: float


def outcomes_of(paths: list[Path]) -> list[Outcome]:
    """Open files one after the other in a process of its own."""
    command = [sys.executable, "-c", PROGRAM, str(LONGEST_S), *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    found = [Outcome(**json.loads(line)) for line in run.stdout.splitlines()]
    assert len(found) == len(paths), f"{paths[len(found)].name}: {run.stderr[-1000:]}"
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_files_are_refused_or_read_in_little_time_and_memory(
    tmp_path: Path, kind: str
) -> None:
    outcomes = outcomes_of(list(KINDS[kind](tmp_path)))
    for outcome in outcomes:
        assert outcome.seconds < LONGEST_S, outcome
        assert outcome.mb < MOST_MB, outcome
        assert outcome.error.startswith(str(tmp_path)) or outcome.text, outcome
    refused = [bool(outcome.error) for outcome in outcomes]
    assert all(refused) or kind not in REFUSED
    assert not any(refused) or kind != "damaged"
    if kind == "damaged":
        assert all("START" in outcome.text or "Harbour" in outcome.text for outcome in outcomes)


def main() -> None:
    """Print what each file came to: python -m tests.formats.test_hostile FOLDER."""
    for kind, make in KINDS.items():
        folder = Path(sys.argv[1]) / kind.replace(" ", "-")
        folder.mkdir(parents=True, exist_ok=True)
        for o in outcomes_of(list(make(folder))):
            print(f"{kind:16}{o.name:18}{o.seconds:6.2f}s{o.mb:6.0f}MB  {o.error or o.text!r}")


if __name__ == "__main__":
    main()
