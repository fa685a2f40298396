"""The text of the first start is whole, and each of its notes stands where it says."""

from __future__ import annotations

import json
from importlib.resources import as_file, files

from reader.formats.registry import open_document

WELCOME = files("resources") / "welcome"


def test_every_note_beside_the_welcome_stands_on_its_words() -> None:
    with as_file(WELCOME / "a-voice-for-company.md") as path:
        document = open_document(path)
    beside = (WELCOME / "a-voice-for-company.annotations.jsonld").read_text(encoding="utf-8")
    items = json.loads(beside)["first"]["items"]
    assert len(items) >= 8
    text = document.sections[0].text
    for item in items:
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
        assert text.count(quote["exact"]) == 1


def test_the_welcome_is_about_seven_hundred_words() -> None:
    with as_file(WELCOME / "a-voice-for-company.md") as path:
        document = open_document(path)
    assert document.title == "A Voice for Company"
    assert document.language == "en"
    assert 650 <= len(document.sections[0].text.split()) <= 800
