"""How a process of our own is started, from a checkout as from a frozen program."""

from __future__ import annotations

import subprocess
import sys

WITHOUT_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""For `creationflags`: a windowed program on Windows would open a console for each process."""


def program_start() -> list[str]:
    """Return the beginning of the command that runs this program, for a command of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    # -P: a file in the folder the user stands in must not be taken for a module of ours
    return [sys.executable, "-P", "-m", "reader"]


def worker_start(module: str, frozen_option: str) -> list[str]:
    """Return the beginning of the command that runs `module` as a process of its own.

    A frozen program has no interpreter: it starts itself with `frozen_option`, which its front
    door answers by running the same module.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, frozen_option]
    return [sys.executable, "-P", "-m", module]
