"""What of a text and its notes is heard, for the commands that say or list it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.app.heard_annotations import heard_note, highlighted_spans
from reader.app.note_voice import voice_for_notes
from reader.app.services import Services
from reader.app.wording import rule_fault_words, sentence_for, slow_rule_sentence
from reader.cli.output import say
from reader.errors import NotesUnreadable, NothingHighlighted, VoiceNotInstalled
from reader.playback.takes import NotedTakes, Take
from reader.speech.engine import Utterance, VoiceId
from reader.speech.planning.heard_notes import NO_NOTES, HeardNotes, NotesHeard
from reader.speech.planning.passages_plan import PassagesPlan, sentences_in
from reader.speech.planning.planner import Plan
from reader.text.document import Document, Span

if TYPE_CHECKING:
    from reader.annotations.model import Annotation

_WHEN = {
    "sound": NotesHeard.SOUND,
    "sentence": NotesHeard.AFTER_SENTENCE,
    "paragraph": NotesHeard.AFTER_PARAGRAPH,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what says which passages and notes are heard."""
    parser.add_argument(
        "--notes",
        nargs="?",
        const="sentence",
        choices=list(_WHEN),
        metavar="WHEN",
        help="what is heard of your notes: a soft 'sound' at the passage, or that and the note,"
        " in a second voice, after its 'sentence' (the default) or its 'paragraph'",
    )
    parser.add_argument(
        "--note-voice", metavar="ID", help="the voice for notes (default: as set in the window)"
    )
    parser.add_argument(
        "--highlights-only",
        action="store_true",
        help="only the sentences in which something is highlighted",
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """How a text is heard: all of it by `plan`, or of that only `sentences`; and its notes."""

    document: Document
    plan: Plan
    sentences: tuple[Span, ...] | None
    notes: HeardNotes

    @property
    def said(self) -> Plan | PassagesPlan:
        """What is said of the text."""
        if self.sentences is None:
            return self.plan
        return PassagesPlan(self.document, self.plan, self.sentences)

    def takes(self, utterances: Iterator[Utterance]) -> Iterator[Take]:
        """Return what is played, in order, with the notes where they belong."""
        return NotedTakes(utterances, self.notes, self.document)


def heard_of(
    services: Services,
    document: Document,
    options: argparse.Namespace,
    reading: VoiceId,
    *,
    has_one_voice: bool = False,
) -> Heard:
    """Return what the options say is heard of a text in the voice `reading`.

    Raises:
        NothingHighlighted: only what is was asked for.
        VoiceNotInstalled: the voice for notes isn't here.
        StorageUnavailable: the notes can't be read.
    """
    rules = services.pronunciation_file
    rules.on_too_slow = lambda rule: say(slow_rule_sentence(rule, rules.path))
    plan = services.plan(document, has_one_voice=has_one_voice)
    for fault in rules.faults:
        say(f"left out of {rules.path}, {rule_fault_words(fault)}")
    if options.notes is None and not options.highlights_only:
        return Heard(document, plan, None, NO_NOTES)
    placed = _placed(services, document, options.file)
    sentences = None
    if options.highlights_only:
        sentences = sentences_in(plan, highlighted_spans(placed))
        if not sentences:
            raise NothingHighlighted(str(options.file))
    notes = NO_NOTES
    if options.notes is not None:
        passages = [heard_note(annotation, span) for annotation, span in placed]
        voice = _note_voice(services, document, options.note_voice, reading)
        words = services.note_words(document, services.loaded_settings.settings, voice)
        notes = HeardNotes(passages, _WHEN[options.notes], words.say)
    return Heard(document, plan, sentences, notes)


def _placed(
    services: Services, document: Document, file: Path
) -> Sequence[tuple[Annotation, Span]]:
    """Return the notes on a text that are found in it, with those of the file beside it."""
    from reader.annotations.placing import placed_annotations

    try:
        services.annotations.read_sidecar(file, document)
    except NotesUnreadable as fault:  # what is kept here is worth hearing without it
        say(sentence_for(fault))
    placed = placed_annotations(services.annotations, document)
    return [(annotation, anchor.span) for annotation, anchor in placed if anchor.span is not None]


def _note_voice(
    services: Services, document: Document, asked: str | None, reading: VoiceId
) -> VoiceId | None:
    """Return the voice for notes; None for the one that reads."""
    voices = services.voices()
    if asked is None:
        settings = services.loaded_settings.settings
        return voice_for_notes(settings, reading, document.language, voices)
    if all(voice.id != asked or not voice.is_available for voice in voices):
        raise VoiceNotInstalled(asked)
    return None if asked == reading else VoiceId(asked)
