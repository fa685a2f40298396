"""pyttsx3's eSpeak driver, made to keep the sound and the word events instead of playing.

Imported only once an eSpeak library is loaded: pyttsx3 looks for it while being imported.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pyttsx3.drivers import _espeak
from pyttsx3.drivers.espeak import EspeakDriver

SAMPLE_RATE = 22_050
_OK = 0


@dataclass(slots=True)
class Captured:
    """int16 PCM, (position in the text, frame) of each word, and the frames of clauses' ends."""

    pcm: bytearray = field(default_factory=bytearray)
    words: list[tuple[int, int]] = field(default_factory=list)
    clause_ends: list[int] = field(default_factory=list)


class _SilentProxy:
    """What a driver needs of pyttsx3's event loop, which has no part in this."""

    def setBusy(self, busy: bool) -> None:
        pass

    def notify(self, *names: object, **values: object) -> None:
        pass


@cache
def the_driver() -> CapturingDriver:
    """Return the one there is: in a process eSpeak has one voice, and one that hears it.

    A second driver would take both from the first, which then waits in vain.

    Raises:
        RuntimeError: eSpeak can't be initialised.
    """
    return CapturingDriver()


class CapturingDriver(EspeakDriver):  # type: ignore[misc]  # pyttsx3 is published without types
    """Speaks into memory; one text at a time."""

    def __init__(self) -> None:
        self.voice_set = ""
        """The voice that was set last, by whoever."""
        self._captured = Captured()
        self._is_done = threading.Event()
        self._is_wanted: Callable[[], bool] = lambda: True
        super().__init__(_SilentProxy())

    def capture(self, text: str, is_wanted: Callable[[], bool], limit_s: float) -> Captured | None:
        """Return what eSpeak makes of `text`; None if it fails or takes longer than `limit_s`.

        What stands in double brackets is said as the phonemes it gives, in eSpeak's own codes.
        It ends early, with what there is, as soon as `is_wanted` says no.
        """
        self._captured = Captured()
        self._is_wanted = is_wanted
        self._is_done.clear()
        flags = _espeak.ENDPAUSE | _espeak.CHARS_UTF8 | _espeak.PHONEMES
        if _espeak.Synth(text.encode("utf-8", "replace"), flags=flags) != _OK:
            return None
        has_ended = self._is_done.wait(limit_s)
        if not has_ended or not is_wanted():
            # eSpeak's own thread is still at it: what it says yet would be taken for the next text
            _espeak.Cancel()
            _espeak.Synchronize()
        return self._captured if has_ended or not is_wanted() else None

    def _onSynth(self, samples: Any, count: int, events: Any) -> int:
        """Take a buffer from eSpeak; 1 tells it to stop."""
        if not self._is_wanted():
            self._is_done.set()
            return 1
        captured = self._captured
        if samples and count > 0:
            captured.pcm += ctypes.string_at(samples, count * 2)
        index = 0
        while (event := events[index]).type != _espeak.EVENT_LIST_TERMINATED:
            if event.type == _espeak.EVENT_WORD:
                captured.words.append((event.text_position - 1, event.sample))
            elif event.type == _espeak.EVENT_END:
                captured.clause_ends.append(event.sample)
            elif event.type == _espeak.EVENT_MSG_TERMINATED:
                self._is_done.set()
            index += 1
        return 0
