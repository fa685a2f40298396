"""The voices of eSpeak NG, read from its data files: the library is not loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from reader.speech.engine import Voice, VoiceId

_LICENCE = "GPL-3.0-or-later"


@dataclass(frozen=True, slots=True)
class EspeakLanguage:
    """A language eSpeak NG speaks: its BCP 47 tag, its name, and what the library calls it."""

    tag: str
    identifier: str
    name: str
    size_bytes: int


def espeak_data_dir() -> Path | None:
    """Return the folder of the data that comes with the app, None where there is none."""
    package = find_spec("espeakng_loader")
    if package is None or not package.submodule_search_locations:
        return None
    folder = Path(package.submodule_search_locations[0]) / "espeak-ng-data"
    return folder if folder.is_dir() else None


def espeak_languages(data_dir: Path) -> Iterator[EspeakLanguage]:
    """Yield the languages of a data folder (see eSpeak NG's docs/voices.md for the files)."""
    seen = set()
    for path in sorted((data_dir / "lang").rglob("*")):
        if not path.is_file():
            continue
        tag = name = ""
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            keyword, _, value = line.partition(" ")
            if keyword == "name" and not name:
                name = value.strip()
            elif keyword == "language" and not tag:
                tag = value.split()[0] if value.split() else ""
        dictionary = data_dir / f"{tag.split('-')[0]}_dict"
        if tag and name and tag not in seen and dictionary.is_file():
            seen.add(tag)
            identifier = path.relative_to(data_dir / "lang").as_posix()
            yield EspeakLanguage(tag, identifier, name, dictionary.stat().st_size)


def espeak_identifier(tag: str) -> str:
    """Return what the library calls the voice of a language; the tag itself if it isn't known."""
    data_dir = espeak_data_dir()
    languages = () if data_dir is None else espeak_languages(data_dir)
    return next((known.identifier for known in languages if known.tag == tag), tag)


def espeak_voices(engine: str) -> list[Voice]:
    """List one voice for each language."""
    data_dir = espeak_data_dir()
    if data_dir is None:
        return []
    reason = "" if find_spec("pyttsx3") else "pyttsx3 not installed"
    languages = sorted(espeak_languages(data_dir), key=lambda language: language.name)
    return [
        Voice(
            id=VoiceId(f"{engine}:{language.tag}"),
            engine=engine,
            language=_usual_case(language.tag),
            name=f"eSpeak {language.name}",
            is_installed=True,
            is_available=not reason,
            reason=reason,
            size_bytes=language.size_bytes,
            licence=_LICENCE,
        )
        for language in languages
    ]


def _usual_case(tag: str) -> str:
    """Write a language tag as RFC 5646, section 2.1.1, recommends: zh-Hant-TW."""
    parts = tag.lower().split("-")
    for index, part in enumerate(parts[1:], start=1):
        if len(parts[index - 1]) == 1:
            continue  # behind a singleton all is lower case
        parts[index] = {2: part.upper(), 4: part.title()}.get(len(part), part)
    return "-".join(parts)
