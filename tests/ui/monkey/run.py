"""One run of the monkey in this process."""

from __future__ import annotations

import faulthandler
import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

_STEP_WITHIN_S = 90
_STUCK_MS = 400
_SCREEN = {"name": "one", "x": 0, "y": 0, "width": 1600, "height": 1000, "dpr": 1}
_PAUSES_MS = (0, 0, 0, 0, 1, 1, 20, 20, 200)


def run(seed: int, steps: Sequence[int]) -> int:
    """Do these steps of a seed's run; 1 if anything was found, which is told on standard error.

    Every step draws from a random source of its own, so that one does the same without others.
    """
    with tempfile.TemporaryDirectory(prefix="monkey-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _stay_within(folder)
        return _run(seed, steps, folder)


def _stay_within(folder: Path) -> None:
    """Let nothing be found or written outside, and nothing be reached over the network."""
    for variable in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "TMPDIR"):
        os.environ[variable] = str(folder)
    screen = folder / "screen.json"
    screen.write_text(json.dumps({"screens": [_SCREEN]}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    os.environ["PYTHONPATH"] = os.getcwd()
    os.chdir(folder)
    socket.getaddrinfo = _refuse  # type: ignore[assignment]


def _refuse(*_address: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "there is no network")


def _run(seed: int, steps: Sequence[int], folder: Path) -> int:
    from PySide6.QtCore import QTimer

    from reader.ui.background import THREADS
    from tests.ui.monkey.deeds import DEEDS
    from tests.ui.monkey.faults import Faults, application_telling
    from tests.ui.monkey.house import House, leave_nested_loop, turn

    faults = Faults()
    application = application_telling(faults)
    application.setQuitOnLastWindowClosed(False)
    THREADS.keep(4)
    faults.watch_turns(application)
    unstick = QTimer(interval=_STUCK_MS)
    unstick.timeout.connect(leave_nested_loop)
    house = House(folder, Random(seed), faults)
    told = []
    for step in steps:
        random = Random(f"{seed}:{step}")
        deed = random.choices(list(DEEDS), list(DEEDS.values()))[0]
        told.append(f"{step} {deed.__name__}")
        print(told[-1], file=sys.stderr, flush=True)
        faulthandler.dump_traceback_later(_STEP_WITHIN_S, exit=True)
        if not house.answer_dialogs():
            unstick.start()
            deed(house, random)
            unstick.stop()
        turn(random.choice(_PAUSES_MS))
        if not house.window.isVisible():
            house.reopen()
        if faults.found:
            break
    if not faults.found:
        house.check_notes()
        house.close()
    faulthandler.cancel_dump_traceback_later()
    if faults.found:
        print("steps:", ", ".join(told[-8:]), file=sys.stderr)
    sys.stderr.flush()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(int(bool(faults.found)))  # as the program does: what Qt destroys on its way out
