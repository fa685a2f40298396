"""Which format a file of notes is in is told from its name and its content."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.annotations.exchange.note_formats import read_notes
from reader.annotations.json_ld import CONTEXT
from reader.errors import NotesUnreadable
from tests.annotations.documents import annotation_json, document_of

STORY = document_of("All was quiet, and the rain went on.", title="A Story")


def test_annotations_on_one_line_are_no_table_though_they_highlight() -> None:
    value = annotation_json(motivation="highlighting", **{"@context": CONTEXT})
    content = json.dumps(value, separators=(",", ":")).encode()
    assert b"highlight" in content[:400]
    (read,) = read_notes(content, Path("notes.jsonld"), STORY).annotations
    assert read.id == value["id"]


@pytest.mark.parametrize("created", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:00-05:00"])
def test_a_moment_at_the_ends_of_time_is_none_or_refused(created: str) -> None:
    foreign = {"booknotes": [{"id": "a", "text": "the rain", "createdAt": created}]}
    (read,) = read_notes(json.dumps(foreign).encode(), Path("config.json"), STORY).annotations
    assert read.created is None
    ours = json.dumps(annotation_json(created=created, **{"@context": CONTEXT})).encode()
    with pytest.raises(NotesUnreadable) as caught:
        read_notes(ours, Path("notes.jsonld"), STORY)
    assert caught.value.where == "$.created"


def test_a_share_of_hundreds_of_digits_is_none() -> None:
    foreign = {"booknotes": [{"id": "a", "text": "the rain"}], "progress": [10**400, 10**400]}
    (read,) = read_notes(json.dumps(foreign).encode(), Path("config.json"), STORY).annotations
    assert read.target.quote is not None
