"""How a voice is called in the window, and the list of voices one chooses from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QLocale

from reader.speech.engine import Voice, VoiceId
from reader.ui.list_popover import Row

_ENGINE_KINDS = {"piper": "neural voice", "pyttsx3": "system voice"}
_ENGINE_HEADINGS = {"piper": "Neural voices", "pyttsx3": "The system's voices"}


@dataclass(frozen=True, slots=True)
class VoiceWords:
    """A voice's name, and what it is: "English, neural voice"."""

    name: str
    kind: str


def words_for_voice(voice: Voice) -> VoiceWords:
    """Return the words for a voice that is known."""
    return _words(voice.engine, voice.language, voice.name)


def words_for_id(voice: VoiceId) -> VoiceWords:
    """Return words made of the id alone, for the moment until the voices have been listed."""
    engine, _, rest = voice.partition(":")
    parts = rest.split("-")
    if engine == "piper" and len(parts) == 3:  # language, name, quality
        return _words(engine, parts[0], parts[1].replace("_", " ").title())
    return _words(engine, rest, rest)


def _words(engine: str, language: str, name: str) -> VoiceWords:
    kind = _ENGINE_KINDS.get(engine, engine)
    spoken = language_name(language)
    return VoiceWords(name, f"{spoken}, {kind}" if spoken else kind[:1].upper() + kind[1:])


def language_name(tag: str) -> str:
    """Return the English name of a BCP 47 tag's language, "" where Qt knows none."""
    language = QLocale(tag.replace("-", "_")).language()
    if language in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return ""
    name = QLocale.languageToString(language)
    return name.removeprefix("American ").removeprefix("British ")


def voice_rows(voices: Sequence[Voice], current: VoiceId, language: str | None) -> list[Row]:
    """Return the list to choose from: by engine, voices for the text's `language` first."""
    rows = []
    wanted = (language or "en").partition("-")[0].lower()

    def rank(voice: Voice) -> tuple[bool, str, str]:
        speaks_it = voice.language.partition("-")[0].lower() == wanted
        return not speaks_it, language_name(voice.language), voice.name

    for engine, of_engine in groupby(voices, key=lambda voice: voice.engine):
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
    return rows
