"""From a key or a click to the first sample that is heard, and from a key to silence.

Times run from before the key is sent, so the key's own way to the window is part of them.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from tests.benchmarks.figures import Figure, at_most, median
from tests.benchmarks.prose import long_prose, review
from tests.benchmarks.running import Program
from tests.benchmarks.voice.kept_audio import KeptUtterance, find_sound, kept_utterances
from tests.end_to_end.desk import SAMPLE_RATE, Desk, Recording

_TIMES, _SPEED_CHANGES = 7, 14
_MOST_TIMES = 21
"""Pauses made until that many fell into a word; a third or so falls between two."""
_CLICKS, _CLICKS_APART = 24, 12
_BETWEEN_PRESSES_S = 0.12
"""Between the presses of a double click, to which sending the second one adds a little."""

_COLD_STARTS = 5
_WORDS = 3_000
_TEXT_X, _TEXT_Y = (160, 420), (130, 700)  # where on the desk's screen there is text
_QUIET_S = 0.8
_LOOK_S = 0.25
_SNIPPET_S = 0.3  # of speech: enough to be found again
_SNIPPET = round(_SNIPPET_S * SAMPLE_RATE)
_SURE = 0.8
_BLOCK = round(0.005 * SAMPLE_RATE)
_GAP = round(0.015 * SAMPLE_RATE)
"""A word's sound goes on behind it: closed lips are shorter than twice that, or nearly."""
_LOUD = 300
_OTHERWISE = 0.3  # of a block's energy: what is heard is no longer what was spoken


def measure() -> list[Figure]:
    """Press the keys of a listener in a real window, and listen."""
    with tempfile.TemporaryDirectory() as name, Desk() as desk:
        folder = Path(name)
        cold_s = [_cold_start_s(desk, folder / f"cold-{number}") for number in range(_COLD_STARTS)]
        text = folder / "prose.txt"
        text.write_text(long_prose(_WORDS), encoding="utf-8")
        with Program(desk, folder / "warm", text, keeps_audio=True) as program:
            program.wait_until_ready(desk)
            listener = _Listener(desk, program)
            return [
                *listener.space(),
                *listener.double_clicks(),
                *listener.next_sentences(),
                *listener.speed_changes("]", "bracketright"),
                *listener.speed_changes("[", "bracketleft"),
                at_most(
                    f"start with --play → sound, median of {len(cold_s)}", median(cold_s), "s", 2.0
                ),
            ]


def _cold_start_s(desk: Desk, folder: Path) -> float:
    """Measure a start that has nothing of an earlier one to build on but the files in memory."""
    with Program(desk, folder, "--play", review()) as program:
        first_s = _first_loud_s(desk, program.started_s, timeout_s=15.0)
        return first_s - program.started_s


def _first_loud_s(desk: Desk, after_s: float, timeout_s: float = 3.0) -> float:
    """Return the moment of the first sample that can be heard."""
    while time.monotonic() < after_s + timeout_s:
        time.sleep(_LOOK_S)  # seldom: looking costs time of the processor that is measured
        times = desk.recording().loud_times()
        found = times[times > after_s]
        if len(found):
            return float(found[0])
    raise RuntimeError("no sound")


class _Listener:
    """Presses keys in one running window, which is silent before and after each method."""

    def __init__(self, desk: Desk, program: Program) -> None:
        self._desk, self._program = desk, program
        self._chance = random.Random(3)

    def space(self) -> list[Figure]:
        """Play at new places, pause, and go on.

        How long it takes to go on is only told where the pause fell into a word: elsewhere the
        silence that the text has at that place would be counted.
        """
        first, pause, resume = list[float](), list[float](), list[float]()
        while len(resume) < _TIMES and len(first) < _MOST_TIMES:
            first.append(self._sound_ms(lambda: self._desk.press("space")))
            self._listen()
            paused_s = time.monotonic()
            pause.append(self._pause_ms())
            goes_on_ms = self._sound_ms(lambda: self._desk.press("space"))
            if self._breaks_off(paused_s):
                resume.append(goes_on_ms)
            self._listen()
            pause.append(self._pause_ms())
            self._desk.press("Right")  # on to a sentence that was never heard
            time.sleep(_QUIET_S)
        return [
            at_most(
                f"Space at a new place → sound, median of {len(first)}", median(first), "ms", 150
            ),
            Figure("the same, slowest", max(first), "ms"),
            at_most(f"Space → silence, median of {len(pause)}", median(pause), "ms", 150),
            at_most("the same, slowest", max(pause), "ms", 150),
            at_most(
                f"Space inside a word → it goes on, median of {len(resume)} of {len(first)}",
                median(resume),
                "ms",
                120,
            ),
            Figure("the same, slowest", max(resume), "ms"),
        ]

    def double_clicks(self) -> list[Figure]:
        """Double click on words all over the page, and read from before the second press on.

        Between its presses the word is got ready: without that gain they come at once, with it as
        far apart as a person's.
        """
        at_once = [self._double_click_ms(0.0) for _ in range(_CLICKS)]
        apart = [self._double_click_ms(_BETWEEN_PRESSES_S) for _ in range(_CLICKS_APART)]
        gap_ms = round(_BETWEEN_PRESSES_S * 1e3)
        return [
            at_most(f"double click → sound, median of {len(at_once)}", median(at_once), "ms", 350),
            at_most(
                f"a double click on any word: slowest of {len(at_once)}", max(at_once), "ms", 350
            ),
            Figure(f"second press {gap_ms} ms after the first, median", median(apart), "ms"),
            at_most(f"the same, slowest of {len(apart)}", max(apart), "ms", 350),
        ]

    def _double_click_ms(self, between_s: float) -> float:
        x, y = self._chance.randint(*_TEXT_X), self._chance.randint(*_TEXT_Y)
        self._desk.run("xdotool", "mousemove", str(x), str(y))
        if between_s:
            self._desk.run("xdotool", "click", "1")
            time.sleep(between_s)
        pressed = time.monotonic()
        presses = "1" if between_s else "2"
        self._desk.run("xdotool", "click", "--repeat", presses, "--delay", "1", "1")
        heard_ms = (_first_loud_s(self._desk, pressed) - pressed) * 1e3
        self._listen()
        self._pause_ms()
        return heard_ms

    def next_sentences(self) -> list[Figure]:
        """Step to the next sentence while it reads."""
        self._desk.press("space")
        heard: list[float] = []
        for _ in range(_TIMES):
            self._listen()
            pressed = self._desk.press("Right")
            time.sleep(1.5)
            heard.append((self._heard_s(pressed) - pressed) * 1e3)
        self._pause_ms()
        return [
            at_most(
                f"Right while it reads → next sentence heard, median of {len(heard)}",
                median(heard),
                "ms",
                100,
            ),
            Figure("the same, slowest", max(heard), "ms"),
        ]

    def speed_changes(self, sign: str, key: str) -> list[Figure]:
        """Read a step faster or slower in the middle of a sentence, at the voice's own pace before.

        What is heard then is no longer the waveform that was spoken. That is told within 15 ms of
        where the stretch goes over (half of the times within 10): one period of a vowel is like
        the next at first.
        """
        changed = []
        for _ in range(_SPEED_CHANGES):
            self._desk.press("space")
            self._listen()
            pressed = self._desk.press(key)
            time.sleep(0.7)
            self._pause_ms()
            self._desk.press("equal")
            self._desk.press("Right")
            time.sleep(_QUIET_S)
            changed += [(moment - pressed) * 1e3 for moment in self._otherwise_s(pressed)]
        if not changed:
            raise RuntimeError("no change of speed was heard")
        return [
            at_most(
                f"{sign} → read at that speed, median of {len(changed)}", median(changed), "ms", 100
            ),
            Figure("the same, slowest (a pause of the text included)", max(changed), "ms"),
        ]

    def _sound_ms(self, act: Callable[[], float]) -> float:
        acted = act()
        return (_first_loud_s(self._desk, acted) - acted) * 1e3

    def _listen(self) -> None:
        time.sleep(self._chance.uniform(1.0, 1.7))

    def _pause_ms(self) -> float:
        """Pause; return how long it is until the last sample that can be heard."""
        pressed = self._desk.press("space")
        time.sleep(_QUIET_S)
        times = self._desk.recording().loud_times()
        last = times[times > pressed]
        return float(last[-1] - pressed) * 1e3 if len(last) else 0.0

    def _breaks_off(self, paused_s: float) -> bool:
        """Whether the sound before a pause ended inside a word, and not where the text is silent.

        The place is found by the sound of the last word lit; what was spoken goes on there.
        """
        lit = self._program.events("word", paused_s - 2)
        lit = [event for event in lit if event.t < paused_s - _SNIPPET_S]
        if not lit:
            return False
        recording, word = self._desk.recording(), lit[-1]
        times = recording.loud_times()
        last_s = float(times[times < paused_s + _QUIET_S][-1])
        for utterance, start in self._spoken_at(word.fields["section"], word.fields["start"]):
            snippet = utterance.samples[start : start + _SNIPPET]
            match = find_sound(snippet, recording, word.t - 0.3, word.t + 2 * _SNIPPET_S)
            if match.likeness >= _SURE:
                here = start + round((last_s - match.start_s) * SAMPLE_RATE)
                following = np.abs(utterance.samples[here + _GAP : here + 2 * _GAP])
                return bool((following > _LOUD).any())
        return False

    def _heard_s(self, after_s: float) -> float:
        """Return when the first word lit after a move is heard, found by its sound."""
        moved = self._program.wait_for("seek", after_s)
        word = self._program.wait_for("word", moved.t).fields
        matches = [
            find_sound(snippet, self._desk.recording(), after_s, after_s + 1.5)
            for utterance, start in self._spoken_at(word["section"], word["start"])
            if len(snippet := utterance.samples[start : start + _SNIPPET])
        ]
        best = max(matches, key=lambda match: match.likeness)
        if best.likeness < _SURE:
            raise RuntimeError("what was lit was not heard")
        return best.start_s

    def _spoken_at(self, section: int, offset: int) -> Iterator[tuple[KeptUtterance, int]]:
        """Yield the utterances that hold a word, each with the sample at which it starts."""
        for utterance in kept_utterances(self._program.folder / "audio"):
            for word in utterance.words:
                if (word.section, word.start) == (section, offset):
                    yield utterance, round(word.start_s * SAMPLE_RATE)

    def _otherwise_s(self, pressed_s: float) -> list[float]:
        """Return when the sound ceased to be what was spoken; nothing if a pause hides it."""
        lit = [
            e for e in self._program.events("word", pressed_s - 2) if e.t < pressed_s - _SNIPPET_S
        ]
        if not lit:
            return []
        recording, word = self._desk.recording(), lit[-1]
        for utterance, start in self._spoken_at(word.fields["section"], word.fields["start"]):
            snippet = utterance.samples[start : start + _SNIPPET]
            match = find_sound(snippet, recording, word.t - 0.3, word.t + 2 * _SNIPPET_S)
            if match.likeness >= _SURE:
                return _departure_s(utterance, start, recording, match.start_s, pressed_s)
        return []


def _departure_s(
    utterance: KeptUtterance, start: int, recording: Recording, start_s: float, pressed_s: float
) -> list[float]:
    """Return when the recording leaves the waveform of an utterance whose sample `start` is heard
    at `start_s`; nothing where the utterance ends before, or the device fell silent before."""
    spoken = utterance.samples[start:]
    heard = recording.at(start_s, start_s + len(spoken) / SAMPLE_RATE).astype(np.float64)
    count = min(len(spoken), len(heard)) // _BLOCK
    shape = (count, _BLOCK)
    energy = (spoken[: count * _BLOCK].reshape(shape) ** 2).sum(axis=1)
    difference = (spoken[: count * _BLOCK] - heard[: count * _BLOCK]).reshape(shape)
    is_loud = energy > _BLOCK * 300.0**2
    is_other = ((difference**2).sum(axis=1) > _OTHERWISE * energy) & is_loud
    moments = start_s + np.arange(count) * _BLOCK / SAMPLE_RATE
    if (is_other & (moments > pressed_s - _LOOK_S) & (moments <= pressed_s)).any():
        return []  # the machine was too busy to play on: what comes then is not of the key
    after = np.flatnonzero(is_other & (moments > pressed_s))
    return [float(moments[after[0]])] if len(after) else []
