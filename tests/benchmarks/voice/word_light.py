"""The moment a word is lit in the window against the moment it sounds in the recording."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from reader.app.paths import user_paths
from reader.app.settings import Settings
from reader.playback.player import LOOK_AHEAD_AT_REST_S
from reader.speech.engine import VoiceId
from reader.speech.voices.install import install_from
from reader.speech.voices.overview import DEFAULT_VOICE
from tests.benchmarks.figures import Figure, at_most, median, percentile
from tests.benchmarks.prose import OWN_TEXT
from tests.benchmarks.running import Event, Program
from tests.benchmarks.voice.kept_audio import (
    KeptUtterance,
    Match,
    find_sound,
    find_word,
    kept_seconds,
    kept_utterances,
)
from tests.end_to_end.desk import SAMPLE_RATE, Desk, Recording
from tests.speech.engines.kokoro_pack import fetched_kokoro_pack

_PLAYED_S = {0.75: 15.0, 1.0: 15.0, 2.0: 12.0, 3.0: 12.0}
_VOICES = (DEFAULT_VOICE, VoiceId("pyttsx3:en-us"), VoiceId("kokoro:af_heart"))
_LOOK_S = 0.2
_AHEAD = 0.75  # of it: the pauses are none of what is kept
_AHEAD_TIMEOUT_S = 90.0
_SURE = 0.9  # of 1: how alike a word's waveform and its recording have to be
_SURE_AT_OTHER_SPEED = 0.75  # and their spectra
_SNIPPET_EDGES_S = (-0.05, 0.3)  # around the start of a word: no two stretches of speech are alike
_REACH_S = 0.5
_MARGIN_S = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """What one run gave: each judged word's error in ms, positive where it was lit late."""

    errors_ms: list[float]
    lit_count: int


def measure() -> Iterator[Figure]:
    """Read our own text aloud in a real window at several speeds, with a voice of each engine."""
    with tempfile.TemporaryDirectory() as name, Desk() as desk:
        for voice in _VOICES:
            for speed, played_s in _PLAYED_S.items():
                engine = voice.partition(":")[0]
                folder = Path(name) / f"{engine}-{speed:g}"
                yield from _figures(
                    f"{engine}, {speed:g}×", _run(desk, folder, voice, speed, played_s)
                )


def _figures(what: str, run: Run) -> Iterator[Figure]:
    errors = [abs(error) for error in run.errors_ms]
    words = f"{len(errors)} of {run.lit_count} words judged"
    yield at_most(f"{what}: median error, {words}", median(errors), "ms", 15)
    yield at_most(f"{what}: largest error", percentile(errors, 100), "ms", 40)
    yield Figure(f"{what}: lit late (+) or early (-), median", median(run.errors_ms), "ms")


def _run(desk: Desk, folder: Path, voice: VoiceId, speed: float, played_s: float) -> Run:
    folder.mkdir()
    paths = user_paths(folder / "data")
    paths.data_dir.mkdir()
    if voice.startswith("kokoro:"):
        install_from(fetched_kokoro_pack(), paths.voices_dir)
    Settings(speed=speed, voice=voice).save(paths.settings)
    with Program(desk, folder, OWN_TEXT, keeps_audio=True) as program:
        program.wait_for("voice_ready", timeout_s=_AHEAD_TIMEOUT_S)
        program.wait_until_ready(desk)
        _wait_until_spoken(folder / "audio", speed)
        begin = desk.press("space")
        time.sleep(played_s)
        end = desk.press("space")
        time.sleep(1.0)
        lit = [event for event in program.events("word", begin) if event.t < end - _MARGIN_S]
        recording = desk.recording()
    utterances = kept_utterances(folder / "audio")
    errors = [_error_ms(event, utterances, recording, speed) for event in lit]
    return Run([error for error in errors if error is not None], len(lit))


def _wait_until_spoken(folder: Path, speed: float) -> None:
    """Return when what the window wants ahead is there: some voices are hardly faster than 1×."""
    wanted_s = _AHEAD * LOOK_AHEAD_AT_REST_S * speed
    patience = time.monotonic() + _AHEAD_TIMEOUT_S
    while kept_seconds(folder) < wanted_s and time.monotonic() < patience:
        time.sleep(_LOOK_S)


def _error_ms(
    lit: Event, utterances: list[KeptUtterance], recording: Recording, speed: float
) -> float | None:
    """Return how late a word was lit; None if its sound is not surely found."""
    place = (lit.fields["section"], lit.fields["start"])
    matches = [
        _found(utterance, word.start_s, recording, speed, lit.t)
        for utterance in utterances
        for word in utterance.words
        if (word.section, word.start) == place
    ]
    best = max(matches, key=lambda match: match.likeness)
    is_sure = best.likeness >= (_SURE if speed == 1.0 else _SURE_AT_OTHER_SPEED)
    return (lit.t - best.start_s) * 1e3 if is_sure else None


def _found(
    utterance: KeptUtterance, start_s: float, recording: Recording, speed: float, lit_s: float
) -> Match:
    """Return when a word is heard: by its waveform, unless its speed was changed."""
    if speed != 1.0:
        return find_word(utterance, start_s, speed, recording, lit_s)
    first, last = (round((start_s + edge) * SAMPLE_RATE) for edge in _SNIPPET_EDGES_S)
    snippet = utterance.samples[max(0, first) : last]
    match = find_sound(snippet, recording, lit_s - _REACH_S, lit_s + _REACH_S)
    return replace(match, start_s=match.start_s + start_s - max(0, first) / SAMPLE_RATE)
