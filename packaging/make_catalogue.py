"""Makes resources/voices/piper.json anew from Piper's own list of voices, a file one has.

    python packaging/make_catalogue.py voices.json

Each voice keeps what a download must be held against: path, size and MD5 of each file. Licences
are not in that list, nor are SHA-256; the few that are known stand below.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path, PurePosixPath
from typing import Any

CATALOGUE = Path(__file__).resolve().parents[1] / "resources" / "voices" / "piper.json"
ADDRESS = "https://huggingface.co/rhasspy/piper-voices/resolve/main/"
KNOWN_SHA256 = {
    "en_US-joe-medium.onnx": "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
}
KNOWN_LICENCES = {"en_US-joe-medium": "CC0-1.0 (data); fine-tuned from the lessac voice"}


def catalogue_of(published: dict[str, Any]) -> dict[str, Any]:
    """Return Piper's list in our form, sorted by the voices' names."""
    return {
        "engine": "piper",
        "address": ADDRESS,
        "voices": [_voice(name, published[name]) for name in sorted(published)],
    }


def as_text(catalogue: dict[str, Any]) -> str:
    """Return the catalogue as JSON with one voice on a line, so that changes can be read."""
    head = {name: value for name, value in catalogue.items() if name != "voices"}
    lines = ",\n".join(
        json.dumps(voice, ensure_ascii=False, separators=(",", ":"))
        for voice in catalogue["voices"]
    )
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "voices": [\n{lines}\n]}}\n'


def _voice(name: str, facts: dict[str, Any]) -> dict[str, Any]:
    paths = [PurePosixPath(path) for path in facts["files"]]
    (folder,) = {path.parent.as_posix() for path in paths}
    title = facts["name"].replace("_", " ")
    voice = {
        "name": name,
        "language": facts["language"]["code"].replace("_", "-"),
        "title": title[:1].upper() + title[1:],
        "quality": facts["quality"],
        "folder": folder,
        "files": {
            PurePosixPath(path).name: _file(PurePosixPath(path).name, file)
            for path, file in facts["files"].items()
        },
    }
    if name in KNOWN_LICENCES:
        voice["licence"] = KNOWN_LICENCES[name]
    return voice


def _file(name: str, facts: dict[str, Any]) -> list[int | str]:
    known = [KNOWN_SHA256[name]] if name in KNOWN_SHA256 else []
    return [facts["size_bytes"], facts["md5_digest"], *known]


def main() -> int:
    """Write the catalogue from the file named on the command line; return the exit code."""
    published = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    CATALOGUE.write_text(as_text(catalogue_of(published)), encoding="utf-8")
    print(f"{CATALOGUE.name}: {len(published)} voices")
    return 0


if __name__ == "__main__":
    sys.exit(main())
