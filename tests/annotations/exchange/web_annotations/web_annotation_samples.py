"""Annotations for every feature of the W3C model, and for every must one that breaks it.

W3C publishes samples with the tests of its model; these are our own, one for each of theirs, with
one fault where several of theirs have two. Source: Web Annotation Data Model, sections 3 to 5.

`PUBLISHED` says which is which: their Recommendation's examples (`collection1.json`), and their
incorrect ones, most of which have two ids and a comma too many besides.

They stand in `web_annotations/`, each by what is special about it: the properties that it has in
place of, or besides, those of `_PLAIN`; null takes one away.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Sample = dict[str, Any]

_FOLDER = Path(__file__).with_name("samples")
_PLAIN: Sample = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "id": "urn:example:note",
    "type": "Annotation",
    "target": "http://example.org/story",
}


def _read(name: str) -> dict[str, Any]:
    entries: dict[str, Any] = json.loads((_FOLDER / name).read_text(encoding="utf-8"))
    return entries


def _annotation(special: Sample) -> Sample:
    return {key: given for key, given in {**_PLAIN, **special}.items() if given is not None}


CORRECT: dict[str, Sample] = {
    name: _annotation(special) for name, special in _read("correct.json").items()
}
"""Legal annotations by what is special about each."""

INCORRECT: dict[str, tuple[Sample, str]] = {
    name: (_annotation(entry["with"]), entry["fault"])
    for name, entry in _read("incorrect.json").items()
}
"""What is not legal, each with the JSON path of its one fault."""

PUBLISHED: dict[str, dict[str, str]] = {
    kind: dict(names) for kind, names in _read("published.json").items()
}
"""By "correct" and "incorrect": W3C's name of a sample, and ours of what it is a sample of."""
