"""Runs the real program; its voice is loaded only once a file is there: `late_voice FILE ARG…`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from unittest.mock import patch

from reader.speech.process import starting

_WAIT = 'until [ -e "$0" ]; do sleep 0.05; done; exec "$@"'


def main() -> int:
    """Run the program until its window is closed."""
    from reader.__main__ import main as run_program

    start = starting._start

    def start_late(command: Sequence[str]) -> subprocess.Popen[bytes]:
        return start(["sh", "-c", _WAIT, sys.argv[1], *command])

    with patch.object(starting, "_start", start_late):
        return run_program(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
