"""How a voice is called in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from reader.values import value

if TYPE_CHECKING:  # the first frame names the voice, before anything of speech is imported
    from reader.speech.engine import Voice

SYSTEMS_ENGINE = "pyttsx3"
"""That of the system's voices, which are many, and neither come nor go."""

_ENGINE_KINDS = {"piper": "neural voice", SYSTEMS_ENGINE: "system voice"}


@value
class VoiceWords:
    """A voice's name, and what it is: "English, neural voice"."""

    name: str
    kind: str


def words_for_voice(voice: Voice) -> VoiceWords:
    """Return the words for a voice that is known."""
    return _words(voice.engine, voice.language, voice.name)


def words_for_id(voice: str) -> VoiceWords:
    """Return words made of the id alone, for the moment until the voices have been listed."""
    engine, _, rest = voice.partition(":")
    parts = rest.split("-")
    if engine == "piper" and len(parts) == 3:  # language, name, quality
        return _words(engine, parts[0], parts[1].replace("_", " ").title())
    return _words(engine, rest, rest)


def _words(engine: str, language: str, name: str) -> VoiceWords:
    kind = kind_of_engine(engine)
    spoken = language_name(language)
    return VoiceWords(name, f"{spoken}, {kind}" if spoken else kind[:1].upper() + kind[1:])


def kind_of_engine(engine: str) -> str:
    """Return what the voices of an engine are called."""
    return _ENGINE_KINDS.get(engine, engine)


def language_name(tag: str) -> str:
    """Return the English name of a BCP 47 tag's language, "" where Qt knows none."""
    language = QLocale(tag.replace("-", "_")).language()
    if language in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return ""
    name = QLocale.languageToString(language)
    return name.removeprefix("American ").removeprefix("British ")
