"""Which voice reads notes: the one chosen for that, else another than reads the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from reader.app.language_voices import base_language, speaks
from reader.app.settings import Settings

if TYPE_CHECKING:
    from reader.speech.engine import Voice, VoiceId

_LAST_RESORTS = frozenset(("pyttsx3",))
"""Engines whose voices are never taken unasked: a machine's voice would spoil a pleasant reading
more than it tells notes apart."""


def voice_for_notes(
    settings: Settings, reading: VoiceId, tag: str | None, voices: Sequence[Voice]
) -> VoiceId | None:
    """Return the voice for notes in a text's language; None for the one that reads the text.

    The one chosen if it is there and speaks the language; else another one, of the same engine
    before others and of the same region before others.
    """
    able = [v for v in voices if v.is_available and speaks(v, tag) and v.id != reading]
    chosen = cast("VoiceId", settings.note_voice)
    if chosen == reading:
        return None
    if any(voice.id == chosen for voice in able):
        return chosen
    own = next((voice for voice in voices if voice.id == reading), None)

    def distance(voice: Voice) -> tuple[bool, bool]:
        is_strange = own is not None and voice.language.lower() != own.language.lower()
        return own is not None and voice.engine != own.engine, is_strange

    natural = [v for v in able if v.engine not in _LAST_RESORTS and v.language]
    return min(natural, key=distance).id if natural else None


def could_read_notes(tag: str | None, voices: Sequence[Voice]) -> list[Voice]:
    """Return the voices one can choose from for notes in a language."""
    base = base_language(tag)
    return [v for v in voices if v.is_available and base_language(v.language) == base]
