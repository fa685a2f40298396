"""Plays known sounds through the real output, as `tests/ui/test_qt_audio.py` asks, and says when.

A program of its own, because a process talks to one sound server only. It prints one JSON object
a line; times are seconds on CLOCK_MONOTONIC.
"""

from __future__ import annotations

import json
import math
import sys
import time
from array import array

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

from reader.playback.stream.frame_source import FrameSource
from reader.playback.stream.output import DeviceEvent, DeviceRanDry
from reader.ui.listening.qt_audio import QtAudioOutput

SAMPLE_RATE = 22_050
BURST_STARTS = [round((0.4 + 0.237 * index) * SAMPLE_RATE) for index in range(10)]
BURST_FRAMES = 1100
TONE_S = 2.5
STALL_S = 0.4


def tone(frame_count: int) -> array[int]:
    """Return a tone of 882 Hz that starts loud, at a quarter of its period."""
    step = 2 * math.pi * 882 / SAMPLE_RATE
    return array("h", [round(9000 * math.cos(step * frame)) for frame in range(frame_count)])


def say(event: str, **fields: float | str | list[float]) -> None:
    """Print one line, with the time."""
    print(json.dumps({"event": event, "t": time.monotonic(), **fields}), flush=True)


def burst_audio() -> bytes:
    """Return bursts of tone at known frames."""
    frames = array("h", bytes(2 * (BURST_STARTS[-1] + 2 * BURST_FRAMES)))
    for start in BURST_STARTS:
        frames[start : start + BURST_FRAMES] = tone(BURST_FRAMES)
    return frames.tobytes()


def run_bursts(app: QCoreApplication, output: QtAudioOutput) -> None:
    """Play the bursts; say when each one is heard according to the output."""
    source = FrameSource(SAMPLE_RATE)
    source.append(burst_audio(), 0, 0)
    output.start(source)
    heard: list[float] = []

    def look() -> None:
        now = source.heard(output.played_frames())
        while now and now.is_moving and len(heard) < len(BURST_STARTS):
            if now.frame < BURST_STARTS[len(heard)]:
                break
            # by the output's clock: this is called late where the machine is busy
            since = (now.frame - BURST_STARTS[len(heard)]) / SAMPLE_RATE
            heard.append(time.monotonic() - since)
        if len(heard) == len(BURST_STARTS):
            say("bursts", heard=heard)
            QTimer.singleShot(300, app.quit)

    watch = QTimer(app)
    watch.timeout.connect(look)
    watch.start(1)
    QTimer.singleShot(400, source.flow)
    app.exec()
    watch.stop()


def run_tone(app: QCoreApplication, output: QtAudioOutput) -> None:
    """Play a long tone: held for a while in its middle, and later with a window that hangs."""
    source = FrameSource(SAMPLE_RATE)
    source.append(tone(round(TONE_S * SAMPLE_RATE)).tobytes(), 0, 0)
    output.start(source)

    def flow() -> None:
        source.flow()
        say("flow")

    def hold() -> None:
        source.hold()
        say("hold")

    def stall() -> None:
        say("stall")
        time.sleep(STALL_S)

    for delay_ms, action in ((400, flow), (1000, hold), (1800, flow), (2600, stall)):
        QTimer.singleShot(delay_ms, action)
    QTimer.singleShot(4600, app.quit)
    app.exec()


def run_not_following(app: QCoreApplication, output: QtAudioOutput) -> None:
    """Do the same, but follow no change of the default device."""
    output.follow_default(False)
    run_devices(app, output)


def run_devices(app: QCoreApplication, output: QtAudioOutput) -> None:
    """Play silence until told on standard input to leave."""
    output.start(FrameSource(SAMPLE_RATE))
    listener = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, app)
    listener.activated.connect(app.quit)
    app.exec()


def main() -> None:
    app = QCoreApplication([])
    output = QtAudioOutput()

    def on_device_changed(event: DeviceEvent) -> None:
        name = "" if isinstance(event, DeviceRanDry) else event.name
        say(type(event).__name__, name=name)

    output.device_changed.connect(on_device_changed)
    scenarios = {"bursts": run_bursts, "tone": run_tone, "devices": run_devices}
    {**scenarios, "not-following": run_not_following}[sys.argv[1]](app, output)
    output.close()
    say("closed")


if __name__ == "__main__":
    main()
