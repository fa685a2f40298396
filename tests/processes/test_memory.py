"""Tests of reader.processes.memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reader.processes.memory import give_large_blocks_back

# blocks of ever other lengths come and go, each with a small one behind it that stays
_LISTENING = """
import ctypes, sys
from reader.processes.memory import give_freed_memory_back, give_large_blocks_back
if sys.argv[1] == "gives back":
    give_large_blocks_back(128 << 10)
class Used(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost").split()]
mallinfo = ctypes.CDLL(None).mallinfo2
mallinfo.restype = Used
kept, small = [], []
for number in range(400):
    kept.append(bytes((200 + number % 7 * 31) << 10))
    small.append(bytes(600))
    if len(kept) > 6:
        kept.pop(0)
kept.clear()
print(mallinfo().fordblks)
def anonymous_kb():
    lines = open("/proc/self/smaps_rollup").readlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))
before = anonymous_kb()
give_freed_memory_back()
print(before - anonymous_kb())
"""


def _listened(how: str) -> tuple[int, int]:
    """Return the bytes that are free in the heap, and how many KB of memory that gave back."""
    ran = subprocess.run(
        [sys.executable, "-c", _LISTENING, how], check=True, capture_output=True, text=True
    )
    free_bytes, given_back_kb = map(int, ran.stdout.split())
    return free_bytes, given_back_kb


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own")
def test_blocks_that_are_freed_leave_no_holes() -> None:
    assert _listened("keeps")[0] > 1_000_000
    assert _listened("gives back")[0] < 200_000


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own")
def test_the_pages_of_holes_are_given_back() -> None:
    free_bytes, given_back_kb = _listened("keeps")
    assert given_back_kb > 0.8 * free_bytes / 1024


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda _name: object())
    give_large_blocks_back(1 << 20)
