"""The list of voices one chooses from: by engine, those for the text's language first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reader.app.language_voices import base_language
from reader.speech.engine import Voice, VoiceId
from reader.ui.look.list_popover import Row
from reader.ui.window.voice_words import SYSTEMS_ENGINE, language_name

_ENGINE_HEADINGS = {"piper": "Neural voices", SYSTEMS_ENGINE: "The system's voices"}

MORE_VOICES = Row("More voices…", "more voices")
"""What leads from the list to the window of voices."""


def voice_rows(voices: Sequence[Voice], current: VoiceId, language: str | None) -> list[Row]:
    """Return the list to choose from: by engine, voices for the text's `language` first.

    The way to more stands before the system's voices, which are many.
    """
    rows = []
    wanted = base_language(language)

    def rank(voice: Voice) -> tuple[bool, bool, str, str]:
        speaks_it = voice.language.partition("-")[0].lower() == wanted
        language = language_name(voice.language)
        return not speaks_it, not language, language, voice.name

    for engine, of_engine in groupby(voices, key=lambda voice: voice.engine):
        if engine == SYSTEMS_ENGINE:
            rows.append(MORE_VOICES)
        rows.append(Row(_ENGINE_HEADINGS.get(engine, engine)))
        for voice in sorted(of_engine, key=rank):
            rows.append(
                Row(
                    voice.name,
                    voice.id,
                    detail=language_name(voice.language) if voice.is_available else voice.reason,
                    is_available=voice.is_available,
                    is_current=voice.id == current,
                )
            )
    return rows if MORE_VOICES in rows else [*rows, MORE_VOICES]
