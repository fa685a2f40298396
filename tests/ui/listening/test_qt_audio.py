"""Sound out, against a real sound server whose device is recorded."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.end_to_end.desk import SINK, Desk
from tests.patience import PATIENCE_S
from tests.ui.listening.sound_probe import BURST_STARTS, STALL_S, TONE_S

pytestmark = pytest.mark.end_to_end

Said = dict[str, Any]
_DRY = "DeviceRanDry"
CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A desk with a recorded sound device; nothing here needs a screen."""
    with Desk(has_screen=False) as desk:
        yield desk


def start_probe(
    desk: Desk, scenario: str, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start a scenario of the probe."""
    quiet = "qt.multimedia.symbolsresolver=false;qt.multimedia.ffmpeg=false"
    return desk.start(
        sys.executable,
        "-m",
        "tests.ui.listening.sound_probe",
        scenario,
        environment={
            "PYTHONPATH": str(CHECKOUT),
            "QT_LOGGING_RULES": quiet,
            **(environment or {}),
        },
    )


GONE_WHILE_USED = (
    'qt.multimedia.pulseaudio.output: Stream failed to connect: "Failed"',
    'Failed to get sink information: "No such entity"',
)
"""What Qt says where a device goes at the moment it is connected to or asked about; the next one is
then tried."""


def end_probe(program: subprocess.Popen[str], *, is_told_to_leave: bool = False) -> list[Said]:
    """Return all that the probe said, once it has ended well. A warning of Qt's is no JSON."""
    printed, _ = program.communicate("leave" if is_told_to_leave else None, timeout=PATIENCE_S)
    lines = [line for line in printed.splitlines() if line not in GONE_WHILE_USED]
    said = [json.loads(line) for line in lines]
    assert said[-1]["event"] == "closed"
    assert program.returncode == 0
    return said


def play_undisturbed(desk: Desk, scenario: str) -> list[Said]:
    """Return what the probe said of a run in which the device was never too late for its frames.

    As it may be where the machine is busy: what the output itself counts says which run counts.
    """
    until = time.monotonic() + 2 * PATIENCE_S
    while time.monotonic() < until:
        said = end_probe(start_probe(desk, scenario))
        if not moments(said, _DRY):
            return said
    raise TimeoutError("the device ran dry in every run")


def moments(said: list[Said], event: str) -> list[float]:
    """Return when an event happened, each time."""
    return [line["t"] for line in said if line["event"] == event]


def next_event(program: subprocess.Popen[str]) -> str:
    """Return what the probe says next."""
    assert program.stdout is not None
    lines = iter(program.stdout.readline, "")
    events = (json.loads(line)["event"] for line in lines if line.strip() not in GONE_WHILE_USED)
    return str(next(event for event in events if event != _DRY))


def unload_module(desk: Desk, number: str) -> None:
    """Take a sound device away."""
    desk.run("pactl", "unload-module", number.strip())


def test_played_frames_says_what_the_device_plays(desk: Desk) -> None:
    said = play_undisturbed(desk, "bursts")
    told = next(line["heard"] for line in said if line["event"] == "bursts")
    played = [onset for onset in desk.recording().onsets() if onset > told[0] - 0.2]
    assert len(played) == len(BURST_STARTS)
    assert np.max(np.abs(np.subtract(told, played))) < 0.015


@pytest.fixture(scope="module")
def said_of_tone(desk: Desk) -> list[Said]:
    """What the probe said of its long tone."""
    return play_undisturbed(desk, "tone")


def test_holding_is_silence_soon_and_flowing_goes_on_where_it_was(
    desk: Desk, said_of_tone: list[Said]
) -> None:
    (held_at,) = moments(said_of_tone, "hold")
    first_flow, second_flow = moments(said_of_tone, "flow")
    times = desk.recording().loud_times()
    times = times[times > first_flow]
    before, after = times[times < second_flow], times[times > second_flow]
    assert before[0] - first_flow < 0.15
    assert before[-1] - held_at < 0.15
    assert after[0] - second_flow < 0.15
    # together they are the whole tone, with nothing twice or left out
    heard_s = before[-1] - before[0] + after[-1] - after[0]
    assert heard_s == pytest.approx(TONE_S, abs=0.012)


def test_a_window_that_hangs_makes_no_gap(desk: Desk, said_of_tone: list[Said]) -> None:
    (stalled_at,) = moments(said_of_tone, "stall")
    played = desk.recording().at(stalled_at, stalled_at + STALL_S + 0.2).astype(np.int32)
    windows = np.abs(played[: len(played) // 240 * 240]).reshape(-1, 240).max(axis=1)
    assert len(windows) > 100
    assert windows.min() > 8000


def test_a_device_that_goes_is_told_and_so_is_the_one_used_next() -> None:
    with Desk(has_screen=False) as desk:
        earbuds = desk.run("pactl", "load-module", "module-null-sink", "sink_name=earbuds")
        desk.run("pactl", "set-default-sink", "earbuds")
        program = start_probe(desk, "devices")
        assert next_event(program) == "DeviceFound"
        unload_module(desk, earbuds)
        assert [next_event(program), next_event(program)] == ["DeviceLost", "DeviceFound"]
        assert "Qtm" in desk.run("pactl", "list", "sink-inputs")
        end_probe(program, is_told_to_leave=True)


def test_another_default_device_is_followed() -> None:
    with Desk(has_screen=False) as desk:
        program = start_probe(desk, "devices")
        assert next_event(program) == "DeviceFound"
        desk.run("pactl", "load-module", "module-null-sink", "sink_name=speakers")
        desk.run("pactl", "set-default-sink", "speakers")
        assert next_event(program) == "DeviceFound"
        sinks = desk.run("pactl", "list", "short", "sinks").splitlines()
        (speakers,) = (line.split()[0] for line in sinks if "speakers" in line)
        assert desk.run("pactl", "list", "short", "sink-inputs").split()[1] == speakers
        end_probe(program, is_told_to_leave=True)


def test_another_default_device_is_told_as_a_loss_to_who_does_not_follow() -> None:
    with Desk(has_screen=False) as desk:
        program = start_probe(desk, "not-following")
        assert next_event(program) == "DeviceFound"
        desk.run("pactl", "load-module", "module-null-sink", "sink_name=speakers")
        desk.run("pactl", "set-default-sink", "speakers")
        assert next_event(program) == "DeviceLost"
        assert next_event(program) == "DeviceFound"
        end_probe(program, is_told_to_leave=True)


def test_the_last_device_that_goes_is_told_and_used_again_when_it_is_back() -> None:
    with Desk(has_screen=False) as desk:
        (number,) = (
            line.split()[0]
            for line in desk.run("pactl", "list", "short", "modules").splitlines()
            if "module-null-sink" in line
        )
        program = start_probe(desk, "devices")
        assert next_event(program) == "DeviceFound"
        unload_module(desk, number)
        assert next_event(program) == "DeviceLost"
        desk.run("pactl", "load-module", "module-null-sink", f"sink_name={SINK}")
        assert next_event(program) == "DeviceFound"
        assert "Qtm" in desk.run("pactl", "list", "sink-inputs")
        end_probe(program, is_told_to_leave=True)


def test_without_any_device_it_runs_silently_and_says_so(desk: Desk) -> None:
    program = start_probe(desk, "devices", {"PULSE_SERVER": "unix:/nowhere"})
    assert program.stdout is not None
    assert "pa_context_connect() failed" in program.stdout.readline()  # Qt's own complaint
    assert next_event(program) == "DeviceLost"
    end_probe(program, is_told_to_leave=True)
