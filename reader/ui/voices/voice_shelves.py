"""The voices by language, as the voices window lays them out, and what its search finds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale

from reader.speech.engine import Voice
from reader.ui.window.voice_words import SYSTEMS_ENGINE, language_name
from reader.values import value

ON_THIS_MACHINE = "On this machine"
OTHERS = "Other"


@value
class Shelf:
    """The voices of one language: those that are here, those to be had, the system's own."""

    name: str
    voices: tuple[Voice, ...]


def shelves(voices: Sequence[Voice], wanted: str = "") -> list[Shelf]:
    """Return a shelf for each language, by its name; before them, what the user can remove.

    `wanted` narrows them to names, ids and languages with all its words in them.
    """
    words = wanted.casefold().split()
    found = [voice for voice in voices if _has_words(voice, words)]
    by_language: dict[str, list[Voice]] = {}
    for voice in found:
        by_language.setdefault(language_name(voice.language) or OTHERS, []).append(voice)
    by_name = sorted(by_language.items(), key=lambda item: (item[0] == OTHERS, item[0]))
    rows = [Shelf(name, tuple(sorted(of_one, key=_rank))) for name, of_one in by_name]
    here = own_voices(found)
    return [Shelf(ON_THIS_MACHINE, here), *rows] if here else rows


def own_voices(voices: Sequence[Voice]) -> tuple[Voice, ...]:
    """Return those that came with the app or were installed; not the system's."""
    return tuple(voice for voice in voices if voice.is_installed and voice.engine != SYSTEMS_ENGINE)


def _rank(voice: Voice) -> tuple[bool, bool, str, str]:
    return voice.engine == SYSTEMS_ENGINE, not voice.is_installed, voice.language, voice.name


def region_name(tag: str) -> str:
    """Return the English name of the country a BCP 47 tag ends with, "" if it has none."""
    region = tag.rpartition("-")[2]
    if "-" not in tag or len(region) != 2:
        return ""
    territory = QLocale.codeToTerritory(region.upper())
    return "" if territory == QLocale.Country.AnyCountry else QLocale.territoryToString(territory)


def _has_words(voice: Voice, words: Sequence[str]) -> bool:
    native = QLocale(voice.language.replace("-", "_")).nativeLanguageName()
    text = " ".join(
        (
            voice.name,
            voice.id,
            voice.language,
            language_name(voice.language),
            region_name(voice.language),
            native,
        )
    ).casefold()
    return all(word in text for word in words)
