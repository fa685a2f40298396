"""`sottovoce speak FILE -o OUT`: a text, or a part of it, as an audio file with word times."""

from __future__ import annotations

import argparse
import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.trace import Trace
from reader.cli import heard
from reader.cli.output import say
from reader.errors import NothingToSpeak, PlaceOutsideText, UnknownOutputFormat
from reader.export.output_file import STANDARD_OUTPUT, open_output
from reader.export.wav import WavWriter
from reader.formats.registry import open_document
from reader.playback.earcon import sounding
from reader.playback.stream.speech_stream import SoundingWord, SpeechStream
from reader.playback.stream.stretch import MAX_SPEED, MIN_SPEED
from reader.playback.takes import Take
from reader.speech.engine import Utterance, UtteranceAudio, VoiceId
from reader.speech.narration import narrate
from reader.speech.pauses import pause_frames
from reader.speech.pcm import resampled
from reader.speech.planning.passages_plan import PassagesPlan
from reader.speech.planning.planner import Plan
from reader.speech.speech_events import SpeechEvent
from reader.speech.synthesiser import Synthesiser
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.text.document import Document, Place


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the text to speak")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OUT",
        help="where to: a name ending in .wav, or - for WAV on standard output",
    )
    parser.add_argument("--voice", default=DEFAULT_VOICE, metavar="ID", help="see: voices list")
    parser.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar="X",
        help=f"{MIN_SPEED:g} to {MAX_SPEED:g}, pitch kept (default: 1, the voice's own pace)",
    )
    parser.add_argument("--section", type=_count, metavar="N", help="this section only, from 0")
    parser.add_argument(
        "--from", type=_count, dest="start", metavar="N", help="from this character of the section"
    )
    parser.add_argument(
        "--to", type=_count, dest="end", metavar="N", help="up to this character, not included"
    )
    heard.add_arguments(parser)
    parser.add_argument(
        "--marks", type=Path, metavar="MARKS.json", help="write when each word sounds"
    )


def run(options: argparse.Namespace) -> int:
    """Speak; return 0."""
    if not _takes_wav(options.output):
        raise UnknownOutputFormat(options.output)
    document = open_document(options.file)
    services = Services(user_paths(options.data_dir), Trace(), leaves_traces=False)
    voice = VoiceId(options.voice)
    try:
        # one voice reads, and notes are brought to its sample rate: a file has one
        what = heard.heard_of(services, document, options, voice, has_one_voice=True)
    finally:
        services.close()
    said = utterances_asked_for(document, options.section, options.start, options.end, what.said)
    takes = TakesAsked(what.takes(said))
    voices_dir = user_paths(options.data_dir).voices_dir

    def on_failure(utterance: Utterance, reason: str) -> None:
        span = utterance.span
        where = f"section {span.section}, characters {span.start} to {span.end}"
        say(f"left out, {reason}: {where}")

    def open_synthesiser(on_event: Callable[[SpeechEvent], None]) -> Synthesiser:
        return Synthesiser(on_event, voices_dir=voices_dir)

    with ExitStack() as files:
        spoken = files.enter_context(
            closing(narrate(takes.utterances(), voice, open_synthesiser, on_failure))
        )
        first = next(spoken, None)
        if first is None:
            raise NothingToSpeak(str(options.file))
        audio = files.enter_context(open_output(options.output))
        marks = files.enter_context(open_output(options.marks)) if options.marks else None
        _write(
            first, spoken, takes, options.speed, audio, None if marks is None else (marks, voice)
        )
    return 0


def _takes_wav(output: Path) -> bool:
    is_stream = output == STANDARD_OUTPUT or (output.exists() and not output.is_file())
    return is_stream or output.suffix.lower() == ".wav"


def utterances_asked_for(
    document: Document,
    section: int | None,
    start: int | None,
    end: int | None,
    plan: Plan | PassagesPlan | None = None,
) -> Iterator[Utterance]:
    """Return what is spoken of a document, one of its sections, or a range of that.

    A range without a section is one of the first section.

    Raises:
        PlaceOutsideText: there is no such section or range.
    """
    plan = plan or Plan(document)
    if section is None and start is None and end is None:
        return plan.utterances()
    number = section or 0
    if number >= len(document.sections):
        raise PlaceOutsideText(f"section {number} of {len(document.sections)}, counted from 0")
    length = len(document.sections[number].text)
    first, last = start or 0, length if end is None else end
    if not first <= last <= length:
        raise PlaceOutsideText(f"characters {first} to {last} of {length}")
    return _within(plan, number, first, last)


def _within(plan: Plan | PassagesPlan, section: int, start: int, end: int) -> Iterator[Utterance]:
    for utterance in plan.utterances_from(Place(section, start)):
        if utterance.span.section != section or utterance.span.start >= end:
            return
        clipped = utterance_until(utterance, end)
        if clipped is not None:
            yield clipped


def utterance_until(utterance: Utterance, end: int) -> Utterance | None:
    """Return an utterance without the words that reach past `end`; None if none is left."""
    if utterance.span.end <= end:
        return utterance
    pieces = tuple(piece for piece in utterance.pieces if piece.source_end <= end)
    if not pieces:
        return None
    span = replace(utterance.span, end=pieces[-1].source_end)
    spoken = utterance.spoken[: pieces[-1].spoken_end]
    return replace(utterance, span=span, spoken=spoken, pieces=pieces)


class TakesAsked:
    """The takes whose utterances have been handed to the narrator, until their audio comes."""

    def __init__(self, takes: Iterator[Take]) -> None:
        self._takes = takes
        self._asked: deque[Take] = deque()

    def utterances(self) -> Iterator[Utterance]:
        """Yield what is to be said, in order."""
        for take in self._takes:
            self._asked.append(take)
            yield take.utterance

    def take_of(self, audio: UtteranceAudio) -> Take:
        """Return which one was spoken; those before it that weren't are left behind."""
        while (take := self._asked.popleft()).utterance is not audio.utterance:
            pass
        return take


def _write(
    first: UtteranceAudio,
    rest: Iterator[UtteranceAudio],
    takes: TakesAsked,
    speed: float,
    audio: BinaryIO,
    marks: tuple[BinaryIO, VoiceId] | None,
) -> None:
    sample_rate = first.sample_rate
    stream = SpeechStream(sample_rate, speed)
    wav = WavWriter(audio, sample_rate)
    listing = None if marks is None else _MarksWriter(*marks, first)

    def write(pcm: bytes, words: Sequence[SoundingWord]) -> None:
        wav.write(pcm)
        if listing is not None:
            listing.write(words)

    current: UtteranceAudio | None = first
    while current is not None:
        take = takes.take_of(current)
        following = next(rest, None)
        pause = 0 if following is None else pause_frames(current.utterance.pause, sample_rate)
        fitted = _at_rate(current, sample_rate)
        pcm, pause = sounding(take, fitted, pause, speed)
        write(*stream.add(pcm, _sounding_words(take, fitted), pause, fitted.flux, take.pace))
        current = following
    write(*stream.finish())
    wav.finish()
    if listing is not None:
        listing.finish()


def _at_rate(audio: UtteranceAudio, sample_rate: int) -> UtteranceAudio:
    """Return a note's audio at the rate of the file; its words are none of the text's."""
    if audio.sample_rate == sample_rate:
        return audio
    pcm = resampled(audio.pcm, audio.sample_rate, sample_rate)
    return replace(audio, pcm=pcm, sample_rate=sample_rate, words=())


def _sounding_words(take: Take, audio: UtteranceAudio) -> list[SoundingWord]:
    if take.note is not None:
        return [SoundingWord(take.note.span, 0, audio.frame_count, take.note.note)]
    return [SoundingWord(word.span, word.first_frame, word.end_frame) for word in audio.words]


@dataclass(slots=True)
class _MarksWriter:
    """Writes `--marks` as the words come, for a book has a million; notes that were read last."""

    file: BinaryIO
    voice: VoiceId
    first: UtteranceAudio
    count: int = 0
    notes: dict[str, SoundingWord] = field(default_factory=dict)

    def __post_init__(self) -> None:
        head = {
            "voice": self.voice,
            "sample_rate": self.first.sample_rate,
            "precision": self.first.precision.value,
        }
        self._put(json.dumps(head)[:-1] + ', "words": [')

    def write(self, words: Sequence[SoundingWord]) -> None:
        for word in words:
            if word.note is not None:
                begun = self.notes.setdefault(word.note, word)
                self.notes[word.note] = replace(begun, end_frame=word.end_frame)
                continue
            self._put((",\n" if self.count else "\n") + json.dumps(self._line(word)))
            self.count += 1

    def _line(self, word: SoundingWord) -> dict[str, object]:
        return {
            "section": word.span.section,
            "start": word.span.start,
            "end": word.span.end,
            "begin_s": round(word.first_frame / self.first.sample_rate, 4),
            "end_s": round(word.end_frame / self.first.sample_rate, 4),
        }

    def finish(self) -> None:
        notes = [{"note": name, **self._line(note)} for name, note in self.notes.items()]
        self._put("\n]" + (f', "notes": {json.dumps(notes)}' if notes else "") + "}\n")

    def _put(self, text: str) -> None:
        self.file.write(text.encode("ascii"))


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no number") from None
    if not MIN_SPEED <= speed <= MAX_SPEED:
        raise argparse.ArgumentTypeError(f"{text} is not between {MIN_SPEED:g} and {MAX_SPEED:g}")
    return speed


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no whole number") from None
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0")
    return number
