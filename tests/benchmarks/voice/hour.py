"""Memory of window and speech while an hour is listened to at 2×, with a voice of each engine.

The clock is not the wall's: what has been spoken is played at once. Everything that handles sound
is real: the speech process with the voice, the cache on disk, the player, the stretched stream. No
story is heard twice: what is in the cache would not be spoken. On an idle machine Piper's hour
takes a quarter of one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from reader.speech.engine import VoiceId
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.text.document import Span
from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.prose import long_prose, story
from tests.benchmarks.running import own_memory_mb
from tests.benchmarks.unhurried import Unhurried

MINUTES = 60
"""Of listening."""

_VOICES = (DEFAULT_VOICE, VoiceId("pyttsx3:en-us"))
_STORIES = (
    "a-scandal-in-bohemia",
    "the-five-orange-pips",
    "a-case-of-identity",
    "the-man-with-the-twisted-lip",
    "the-redheaded-league",
    "the-boscombe-valley-mystery",
)
_SETTLED_MINUTES = 10
_WEIGHED_S, _WEIGHINGS = 60.0, 15
_SPEED = 2.0
_WORDS_A_MINUTE = 230


def _prose() -> str:
    """Return prose enough for the hour; without the novel the same again and again."""
    wanted = round(MINUTES * _SPEED * _WORDS_A_MINUTE * 1.2)
    stories = [paragraph for name in _STORIES for paragraph in story(name)]
    prose = "\n\n".join(stories) or long_prose(wanted)
    return "\n\n".join([prose] * -(-wanted // len(prose.split())))


def measure() -> Iterator[Figure]:
    """Listen, and weigh both processes when they have settled and at the end."""
    for voice in _VOICES:
        with tempfile.TemporaryDirectory() as name:
            yield from _figures(voice, Path(name))


def _figures(voice: VoiceId, folder: Path) -> Iterator[Figure]:
    text = folder / "prose.txt"
    text.write_text(_prose(), encoding="utf-8")
    words = 0

    def on_word(_span: Span) -> None:
        nonlocal words
        words += 1

    listening = Unhurried(folder, text, voice, _SPEED, on_word)
    try:
        settled = min(_SETTLED_MINUTES, MINUTES / 2)
        listening.listen(settled * 60 - _WEIGHED_S)
        before = _memory(listening)
        listening.listen((MINUTES - settled) * 60 - _WEIGHED_S)
        after = _memory(listening)
    finally:
        listening.close()
    engine = voice.partition(":")[0]
    yield Figure(f"{engine}: words heard", words, "")
    for process, first, last in zip(("player's", "speech"), before, after, strict=True):
        yield Figure(f"{engine}: {process} process after {settled:g} minutes", first, "MB")
        grown = (last / first - 1) * 100
        yield at_most(f"{engine}: grown by, after {MINUTES:g}", grown, "%", 5)


def _memory(listening: Unhurried) -> tuple[float, float]:
    """Return what this process and the one that speaks have made, in MB.

    The median while some more is listened to: the one that speaks is always at a sentence, and a
    long one takes 100 MB more than a short one until it is said.
    """
    weighed = []
    for _ in range(_WEIGHINGS):
        listening.listen(_WEIGHED_S / _WEIGHINGS)
        weighed.append((own_memory_mb(os.getpid()), own_memory_mb(listening.speech_pid)))
    player, speech = zip(*weighed, strict=True)
    return median(player), median(speech)
