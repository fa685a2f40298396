"""What a voice says of a note: its Markdown as plain words, by the rules the text is read by."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reader.errors import UnreadableText
from reader.speech.engine import Utterance, VoiceId
from reader.speech.planning.heard_notes import HeardNote, SaidNote
from reader.speech.planning.planner import Plan
from reader.text.document import Block, BlockKind, Document, Section, fingerprint_of

_KEPT = 256
_NOTE = Path("note.md")
"""What importers call a note; it is never opened."""


class NoteWords:
    """Puts notes into words when the voice comes to them; what it has said lately is kept.

    `plan` gives the plan of a document; `voice_for` the voice of a language, None for the one that
    reads the text.
    """

    def __init__(
        self,
        language: str | None,
        plan: Callable[[Document], Plan],
        voice_for: Callable[[str], VoiceId | None],
    ) -> None:
        self._language, self._plan, self._voice_for = language, plan, voice_for
        self._said: OrderedDict[tuple[str, bool], SaidNote] = OrderedDict()

    def say(self, passage: HeardNote) -> SaidNote:
        """Return what is said of a note; nothing where it has no words, as an emoji may not."""
        key = (passage.words, passage.is_markdown)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self._put_into_words(passage)
            if len(self._said) > _KEPT:
                self._said.popitem(last=False)
        return said

    def _put_into_words(self, passage: HeardNote) -> SaidNote:
        document = note_document(passage.words, self._language, is_markdown=passage.is_markdown)
        if document is None:
            return SaidNote(())
        utterances = [self._voiced(utterance) for utterance in self._plan(document).utterances()]
        return SaidNote(tuple(utterances), all(said.voice is None for said in utterances))

    def _voiced(self, utterance: Utterance) -> Utterance:
        return replace(utterance, voice=self._voice_for(utterance.language))


def note_document(words: str, language: str | None, *, is_markdown: bool) -> Document | None:
    """Return a note as a document in its text's language; None where it has nothing to read."""
    if not is_markdown:
        lines = re.finditer(r"\S.*", words)
        blocks = [Block(line.start(), line.end(), BlockKind.PARAGRAPH) for line in lines]
        section = Section(0, "", words, tuple(blocks))
        return Document("", (), language, (section,), fingerprint_of([words])) if blocks else None
    from reader.formats.from_markdown import document_of_markdown

    try:
        document = document_of_markdown(words, _NOTE)
    except UnreadableText:
        return None
    return replace(document, language=language)
