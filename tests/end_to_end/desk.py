"""A desk to run the real program at: screen, window manager, recorded sound device, private bus.

Nothing of the machine's own session is touched. All times are seconds on CLOCK_MONOTONIC, as in
the program's trace. Needs Xvfb, openbox, xdotool, dbus-daemon, pulseaudio, pactl and parec.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

import numpy as np
from numpy.typing import NDArray

from tests.patience import PATIENCE_S

SAMPLE_RATE = 48_000
SINK = "desk"

_KEPT_VARIABLES = ("PATH", "VIRTUAL_ENV", "COVERAGE_PROCESS_START")


@dataclass(frozen=True, slots=True)
class Recording:
    """What the device has played: int16 samples, the first at `origin_s`."""

    origin_s: float
    samples: NDArray[np.int16]

    def reaches(self, moment_s: float) -> bool:
        """Whether it goes on until then."""
        return self.origin_s + len(self.samples) / SAMPLE_RATE >= moment_s

    def at(self, start_s: float, end_s: float) -> NDArray[np.int16]:
        """Return what was played between two moments."""
        first = round((start_s - self.origin_s) * SAMPLE_RATE)
        return self.samples[max(0, first) : round((end_s - self.origin_s) * SAMPLE_RATE)]

    def loud_times(self, level: int = 300) -> NDArray[np.float64]:
        """Return the moments of all samples above a level."""
        loud = np.flatnonzero(np.abs(self.samples.astype(np.int32)) > level)
        return self.origin_s + loud / SAMPLE_RATE

    def onsets(self, silence_s: float = 0.02, level: int = 300) -> list[float]:
        """Return the moments at which sound begins after silence of at least that length."""
        times = self.loud_times(level)
        if not len(times):
            return []
        begins = np.concatenate([[True], np.diff(times) > silence_s])
        return [float(moment) for moment in times[begins]]


def wait_until(is_true: Callable[[], bool], what: str, timeout_s: float = PATIENCE_S) -> None:
    """Return when `is_true()`; TimeoutError with `what` if that takes too long."""
    end = time.monotonic() + timeout_s
    while not is_true():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.02)


class _Recorder:
    """Reads a sink's monitor in a thread of its own."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._chunks: list[bytes] = []
        self._sample_count = 0
        self._origins: list[float] = []
        self._thread = threading.Thread(target=self._run, name="recorder")
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether something has been recorded."""
        with self._lock:
            return self._sample_count > SAMPLE_RATE // 4

    def recording(self) -> Recording:
        """Return what there is so far. The chunks that came soonest say when it began."""
        with self._lock:
            samples = np.frombuffer(b"".join(self._chunks), np.int16)
            return Recording(float(np.percentile(self._origins, 5)), samples)

    def join(self) -> None:
        """Return when the recording has ended: its program must have."""
        self._thread.join()
        self._stream.close()

    def _run(self) -> None:
        while chunk := os.read(self._stream.fileno(), 65536):
            now = time.monotonic()
            with self._lock:
                self._chunks.append(chunk)
                self._sample_count += len(chunk) // 2
                self._origins.append(now - self._sample_count / SAMPLE_RATE)


class Desk:
    """Use it in a `with` statement; at its end every program it started is gone."""

    def __init__(self, *, has_screen: bool = True, size: str = "1280x900x24") -> None:
        self._has_screen, self._size = has_screen, size
        self._folder = Path(tempfile.mkdtemp(prefix="desk-"))
        self._servers: list[subprocess.Popen[bytes]] = []
        self._programs: list[subprocess.Popen[str]] = []
        self._recorder: _Recorder | None = None
        home, runtime = self._folder / "home", self._folder / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        self.environment = {
            name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ
        }
        self.environment |= {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "LC_ALL": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb" if has_screen else "offscreen",
        }

    def __enter__(self) -> Self:
        try:
            if self._has_screen:
                self._start_screen()
            self._start_bus()
            self._start_sound()
        except BaseException:
            self._clear()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def start(
        self, *command: str | Path, environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start a program at this desk; its `stdin` and `stdout` are pipes."""
        program = subprocess.Popen(
            [str(word) for word in command],
            env={**self.environment, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._programs.append(program)
        return program

    def wait_for_window(self, title: str = ".") -> str:
        """Return the id of a visible window whose title matches, once it has the focus."""
        ids: list[str] = []

        def is_there() -> bool:
            ids[:] = self.run("xdotool", "search", "--onlyvisible", "--name", title).split()
            return bool(ids)

        wait_until(is_there, f"no window {title!r}")
        self.run("xdotool", "windowactivate", "--sync", ids[-1])
        return ids[-1]

    def press(self, *keys: str) -> float:
        """Press keys, named as xdotool names them; return when that began."""
        now = time.monotonic()
        self.run("xdotool", "key", *keys)
        return now

    def screenshot(self, path: Path) -> None:
        """Save a picture of the whole screen."""
        self.run("import", "-window", "root", str(path))

    def run(self, *command: str) -> str:
        """Run a program to its end; return what it wrote on standard output."""
        return subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        ).stdout

    def recording(self) -> Recording:
        """Return all that the device has played so far."""
        assert self._recorder is not None
        return self._recorder.recording()

    def _start_screen(self) -> None:
        reading, writing = os.pipe()
        self._serve(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", self._size, "-nolisten", "tcp"],
            pass_fds=(writing,),
        )
        os.close(writing)
        with os.fdopen(reading) as numbers:
            self.environment["DISPLAY"] = ":" + numbers.readline().strip()
        self._serve(["openbox"])

    def _start_bus(self) -> None:
        bus = self._serve(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE
        )
        assert bus.stdout is not None
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()

    def _start_sound(self) -> None:
        folder = self._folder / "pulse"
        folder.mkdir(mode=0o700)
        socket = folder / "native"
        self.environment |= {
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_STATE_PATH": str(folder),
            "PULSE_SERVER": f"unix:{socket}",
        }
        server = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        server += ["--high-priority=no", "--realtime=no"]
        server += ["-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"]
        server += ["-L", f"module-null-sink sink_name={SINK} rate={SAMPLE_RATE}"]
        self._serve(server)
        wait_until(lambda: SINK in self.run("pactl", "list", "short", "sinks"), "no sound server")
        self.run("pactl", "set-default-sink", SINK)
        listener = ["parec", "-d", f"{SINK}.monitor", "--raw", "--format=s16le", "--channels=1"]
        listener += [f"--rate={SAMPLE_RATE}", "--latency-msec=5"]
        recording = self._serve(listener, stdout=subprocess.PIPE)
        assert recording.stdout is not None
        recorder = self._recorder = _Recorder(recording.stdout)
        wait_until(lambda: recorder.is_running, "nothing is recorded")

    def _serve(
        self,
        command: Sequence[str],
        *,
        stdout: int = subprocess.DEVNULL,
        pass_fds: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        server = subprocess.Popen(
            command,
            env=self.environment,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            pass_fds=pass_fds,
            bufsize=0,
        )
        self._servers.append(server)
        return server

    def _clear(self) -> None:
        for program in self._programs:
            _end(program)
        for server in reversed(self._servers):
            _end(server)
        if self._recorder is not None:
            self._recorder.join()
        _close(program.stdin for program in self._programs)
        _close(program.stdout for program in self._programs)
        _close(server.stdout for server in self._servers)
        shutil.rmtree(self._folder, ignore_errors=True)


def _close(streams: Iterable[IO[str] | IO[bytes] | None]) -> None:
    for stream in streams:
        if stream is not None:
            stream.close()


def _end(program: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    program.terminate()
    try:
        program.wait(5)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
