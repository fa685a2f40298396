"""How long the process that reads PDFs may work: by a limit of its own for each page."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

_WORKS = """
import time
from reader.formats.pdf.limits import limit_work

def work(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass

for _page in range(30):
    limit_work(1)
    work(0.05)
print("all pages read", flush=True)
limit_work(0.2)
work(20)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such timers")
def test_pages_may_take_long_together_and_one_alone_may_not() -> None:
    ended = subprocess.run([sys.executable, "-c", _WORKS], capture_output=True, text=True)
    assert ended.stdout == "all pages read\n"
    assert ended.returncode == -signal.SIGPROF
