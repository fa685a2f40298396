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
    """A language eSpeak NG speaks: its BCP 47 tag, also the voice's name, and an English name."""

    tag: str
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
        if tag and name and dictionary.is_file():
            yield EspeakLanguage(tag, name, dictionary.stat().st_size)


def espeak_voices(engine: str) -> list[Voice]:
    """List one voice for each language."""
    data_dir = espeak_data_dir()
    if data_dir is None:
        return []
    reason = "" if find_spec("pyttsx3") else "pyttsx3 not installed"
    return [
        Voice(
            id=VoiceId(f"{engine}:{language.tag}"),
            engine=engine,
            language=language.tag,
            name=f"eSpeak {language.name}",
            is_installed=True,
            is_available=not reason,
            reason=reason,
            size_bytes=language.size_bytes,
            licence=_LICENCE,
        )
        for language in espeak_languages(data_dir)
    ]
