"""The silence between sentences, paragraphs and voices as recorded, against what was set.

Beside it that in the stream the device is given: what a recording has more is the machine's, which
was too busy to play on.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reader.app.paths import user_paths
from reader.app.settings import Settings
from reader.formats.registry import open_document
from reader.speech.engine import Pause
from reader.speech.pauses import USUAL_PAUSES
from reader.speech.planning.planner import Plan
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.text.document import Span
from tests.benchmarks.figures import Figure, at_most, median, percentile
from tests.benchmarks.prose import OWN_TEXT, TEXTS
from tests.benchmarks.running import Program
from tests.benchmarks.unhurried import Unhurried
from tests.benchmarks.voice.kept_audio import find_sound, kept_utterances
from tests.end_to_end.desk import SAMPLE_RATE, Desk

_SPEEDS = (1.0, 2.0)
_PLAYED_S = 45.0
_QUIET = 40  # of 32,768
_SHORTEST_S = 0.05
_NEAR_S = 0.15
_KINDS = (Pause.SENTENCE, Pause.PARAGRAPH)
_ASIDES = TEXTS / "asides.json"
"""Sentences of a text, and what a note says of each; written for this."""
_TWO_LANGUAGES = TEXTS / "two-languages.html"
"""English and German paragraphs in turn; written for this."""
_NOTE_VOICE = "pyttsx3:en-us"
_ASIDES_TIMEOUT_S = 120.0
_BEGINNING_S = 0.4  # of an utterance: enough to be found
_FOUND_WITHIN_S = 6.0
_SURE = 0.6  # another piece of speech is less than half as much alike

Place = tuple[int, int]
"""A section and where in it a word starts."""


def measure() -> Iterator[Figure]:
    """Read our own text aloud at two speeds, then notes and another language by a second voice."""
    pauses_before = _pauses_before()
    with tempfile.TemporaryDirectory() as name, Desk() as desk:
        for speed in _SPEEDS:
            given = _gaps_given_ms(Path(name) / f"given-{speed:g}", speed, pauses_before)
            for kind in _KINDS:
                asked_ms = USUAL_PAUSES.seconds(kind) / speed * 1e3
                yield from _figures(
                    f"{speed:g}×: in the stream, after a {kind.value}", asked_ms, given[kind]
                )
            found = _gaps_ms(desk, Path(name) / f"{speed:g}", speed, pauses_before)
            for kind in _KINDS:
                name_of = f"{speed:g}×: after a {kind.value}"
                yield from _figures(name_of, USUAL_PAUSES.seconds(kind) / speed * 1e3, found[kind])
        notes = Settings(heard_notes="after sentence", note_voice=_NOTE_VOICE)
        for what, text, settings in (
            ("a note", _annotated_text(Path(name)), notes),
            ("another language", _TWO_LANGUAGES, Settings()),
        ):
            folder = Path(name) / what
            for way, errors in _errors_at_changes(desk, folder, text, settings).items():
                named = f"{way.format(what)}, "
                yield Figure(f"{named}longer than set, of {len(errors)}", median(errors), "ms")
                most = percentile(map(abs, errors), 95)
                yield at_most(f"{named}95 % off by less than", most, "ms", 40)


def _figures(name: str, asked_ms: float, gaps_ms: Sequence[float]) -> Iterator[Figure]:
    errors = [abs(gap - asked_ms) for gap in gaps_ms]
    yield Figure(f"{name}, asked", asked_ms, "ms")
    yield Figure(f"{name}, median of {len(gaps_ms)}", median(gaps_ms), "ms")
    yield at_most(f"{name}, 95 % off by less than", percentile(errors, 95), "ms", 40)


def _pauses_before() -> Mapping[Place, Pause]:
    """Return which pause lies before a word, for the words that begin an utterance."""
    utterances = list(Plan(open_document(OWN_TEXT)).utterances())
    return {
        (after.span.section, after.pieces[0].source_start): before.pause
        for before, after in pairwise(utterances)
    }


def _gaps_ms(
    desk: Desk, folder: Path, speed: float, pauses_before: Mapping[Place, Pause]
) -> Mapping[Pause, list[float]]:
    """Return how long the silences were, by what they are there for."""
    folder.mkdir()
    paths = user_paths(folder / "data")
    paths.data_dir.mkdir()
    Settings(speed=speed).save(paths.settings)
    with Program(desk, folder, OWN_TEXT) as program:
        program.wait_until_ready(desk)
        begin = desk.press("space")
        time.sleep(_PLAYED_S)
        end = desk.press("space")
        time.sleep(1.0)
        lit = [event for event in program.events("word", begin) if event.t < end - 0.5]
        silences = _silences(desk.recording().at(begin, end), SAMPLE_RATE, begin)
    found: defaultdict[Pause, list[float]] = defaultdict(list)
    for event in lit:
        pause = pauses_before.get((event.fields["section"], event.fields["start"]))
        gap = _gap_before(event.t, silences)
        if pause is not None and gap is not None:
            found[pause].append(gap)
    return found


def _gaps_given_ms(
    folder: Path, speed: float, pauses_before: Mapping[Place, Pause]
) -> Mapping[Pause, list[float]]:
    """Return how long the silences are in all of the stream, by what they are there for."""
    folder.mkdir()
    pcm = bytearray()
    lit: list[tuple[Span, int]] = []
    listening = Unhurried(
        folder,
        OWN_TEXT,
        DEFAULT_VOICE,
        speed,
        lambda span: lit.append((span, len(pcm) // 2)),
        pcm.extend,
    )
    try:
        while listening.listen(_PLAYED_S):
            pass
        rate = listening.sample_rate
    finally:
        listening.close()
    silences = _silences(np.frombuffer(pcm, "<i2"), rate, 0.0)
    found: defaultdict[Pause, list[float]] = defaultdict(list)
    for span, frame in lit:
        pause = pauses_before.get((span.section, span.start))
        gap = _gap_before(frame / rate, silences)
        if pause is not None and gap is not None:
            found[pause].append(gap)
    return found


def _gap_before(moment_s: float, silences: Sequence[tuple[float, float]]) -> float | None:
    """Return how long the silence lasted in ms that ended about then; None if there was none."""
    near = [(start, end) for start, end in silences if abs(end - moment_s) < _NEAR_S]
    if not near:
        return None
    start, end = min(near, key=lambda silence: abs(silence[1] - moment_s))
    return (end - start) * 1e3


def _errors_at_changes(
    desk: Desk, folder: Path, text: Path, settings: Settings
) -> Mapping[str, list[float]]:
    """Return how much longer than set in ms silences were at changes of voice, both ways."""
    folder.mkdir()
    paths = user_paths(folder / "data")
    paths.data_dir.mkdir()
    settings.save(paths.settings)
    with Program(desk, folder, text, keeps_audio=True) as program:
        program.wait_until_ready(desk)
        begin = desk.press("space")
        program.wait_for("pause", begin, _ASIDES_TIMEOUT_S)  # at the end
        utterances, recording = kept_utterances(folder / "audio"), desk.recording()
    whole = recording.at(begin, begin + len(recording.samples) / SAMPLE_RATE)
    silences = _silences(whole, SAMPLE_RATE, begin)
    errors: defaultdict[str, list[float]] = defaultdict(list)
    at_s = begin
    for before, after in pairwise(utterances):
        at_s += len(before.samples) / SAMPLE_RATE
        beginning = after.samples[: round(_BEGINNING_S * SAMPLE_RATE)]
        found = find_sound(beginning, recording, at_s - 0.5, at_s + _FOUND_WITHIN_S)
        if found.likeness < _SURE:
            continue
        at_s = found.start_s
        gap = _gap_before(at_s, silences)
        if gap is not None and before.voice != after.voice:
            way = "back from {}" if after.voice is None else "to {}"
            errors[way].append(gap - USUAL_PAUSES.seconds(before.pause) * 1e3)
    return errors


def _annotated_text(folder: Path) -> Path:
    """Write the sentences, each with its note beside it."""
    pairs: list[tuple[str, str]] = json.loads(_ASIDES.read_text(encoding="utf-8"))
    whole = " ".join(sentence for sentence, _ in pairs)
    items = [
        {
            "id": f"urn:uuid:5e9f0c1a-0000-4000-8000-{number:012}",
            "type": "Annotation",
            "motivation": "commenting",
            "body": {"type": "TextualBody", "value": note, "format": "text/markdown"},
            "target": {
                "source": "text.txt",
                "selector": [{"type": "TextQuoteSelector", "exact": sentence}],
            },
        }
        for number, (sentence, note) in enumerate(pairs)
    ]
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:uuid:5e9f0c1a-0000-4000-8000-00000000ffff",
        "type": "AnnotationPage",
    }
    notes = json.dumps(page | {"items": items})
    (folder / "text.annotations.jsonld").write_text(notes, encoding="utf-8")
    text = folder / "text.txt"
    text.write_text(whole, encoding="utf-8")
    return text


def _silences(samples: NDArray[np.int16], rate: int, begin_s: float) -> list[tuple[float, float]]:
    """Return when nothing is heard, from and to; the first sample is of the moment `begin_s`."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _QUIET)
    gaps = np.flatnonzero(np.diff(loud) > _SHORTEST_S * rate)
    return [(begin_s + loud[gap] / rate, begin_s + loud[gap + 1] / rate) for gap in gaps]
