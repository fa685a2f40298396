"""Hypothesis's rows: in and out again they are the same, ours come back as ours, offsets agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.anchoring import AnchorState, anchor
from reader.annotations.editing import new_annotation, new_reply, with_note, with_tags
from reader.annotations.exchange.web_annotations.hypothesis_json import read_rows, write_rows
from reader.annotations.exchange.web_annotations.web_annotation import (
    read_annotations,
    write_annotations,
)
from reader.annotations.model import Annotation, TextPosition
from reader.errors import NotesUnreadable
from reader.text.document import Document, Span
from tests.annotations.documents import LATER, NOON, document_of
from tests.annotations.exchange.noted_texts import (
    annotation_on,
    document_with_heading,
    noted,
    the_house,
)

PATH = Path("rows.json")


def row(name: str = "abcdefghijklmnopqrstuv", **more: Any) -> dict[str, Any]:
    """Return a row as the API gives it, for the passage "quiet" of the text below."""
    value: dict[str, Any] = {
        "id": name,
        "created": "2026-05-01T12:00:00.123456+00:00",
        "updated": "2026-05-02T08:30:00.000000+00:00",
        "user": "acct:ada@hypothes.is",
        "user_info": {"display_name": None},
        "uri": "https://example.org/story",
        "text": "A **note**",
        "tags": ["sound", "night"],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"], "admin": [], "update": [], "delete": []},
        "target": [
            {
                "source": "https://example.org/story",
                "selector": [
                    {
                        "type": "RangeSelector",
                        "startContainer": "/div[1]/p[1]",
                        "startOffset": 3,
                        "endContainer": "/div[1]/p[1]",
                        "endOffset": 8,
                    },
                    {"type": "TextPositionSelector", "start": 3, "end": 8},
                    {"type": "TextQuoteSelector", "exact": "quiet", "prefix": "", "suffix": " "},
                ],
            }
        ],
        "document": {"title": ["A story"]},
        "links": {
            "html": "https://hypothes.is/a/abcdefghijklmnopqrstuv",
            "incontext": "https://hyp.is/abcdefghijklmnopqrstuv/example.org/story",
            "json": "https://hypothes.is/api/annotations/abcdefghijklmnopqrstuv",
        },
        "flagged": False,
        "hidden": False,
        **more,
    }
    return value


STORY = document_of("😀 quiet and 𠮷 loud")


def read(*rows: Any, document: Document = STORY) -> tuple[Annotation, ...]:
    content = json.dumps({"total": len(rows), "rows": list(rows)}).encode()
    return read_rows(content, PATH, document).annotations


def rows_of(document: Document, *annotations: Annotation) -> list[dict[str, Any]]:
    value = json.loads(write_rows([noted(document, *annotations)]))
    assert value["total"] == len(value["rows"])
    rows: list[dict[str, Any]] = value["rows"]
    return rows


def test_a_row_is_read_with_its_offsets_in_code_points() -> None:
    (annotation,) = read(row())
    assert annotation.target.position == TextPosition(2, 7)
    assert anchor(annotation, STORY).span == Span(0, 2, 7)
    assert (annotation.note_text, annotation.note_format) == ("A **note**", "text/markdown")
    assert annotation.tags == ("sound", "night")
    assert annotation.creator == "ada"
    assert annotation.target.source == "https://example.org/story"


def test_what_came_from_it_is_legal_as_a_web_annotation_and_comes_back_whole() -> None:
    file = read_rows(json.dumps([row()]).encode(), PATH, STORY)
    content = write_annotations(file.annotations, file.envelope)
    again = read_annotations(content, Path("notes.jsonld"))
    assert again.annotations == file.annotations
    target: Any = again.annotations[0].raw["target"]
    assert target["selector"][0] == {
        "type": "RangeSelector",
        "startSelector": {
            "type": "XPathSelector",
            "value": "/div[1]/p[1]",
            "refinedBy": {"type": "TextPositionSelector", "start": 3, "end": 3},
        },
        "endSelector": {
            "type": "XPathSelector",
            "value": "/div[1]/p[1]",
            "refinedBy": {"type": "TextPositionSelector", "start": 8, "end": 8},
        },
    }


REPLY = row("replyreplyreplyreplyre", references=["abcdefghijklmnopqrstuv"], target=[])
PAGE_NOTE = row("pagenotepagenotepageno", target=[{"source": "https://example.org/story"}])
ON_PDF = row(
    "pdfpdfpdfpdfpdfpdfpdfp",
    uri="urn:x-pdf:0a1b",
    target=[
        {
            "source": "urn:x-pdf:0a1b",
            "selector": [
                {"type": "PageSelector", "index": 3, "label": "iv"},
                {"type": "TextQuoteSelector", "exact": "quiet"},
            ],
        }
    ],
)
QUOTE = {"type": "TextQuoteSelector", "exact": "quiet"}


def on(*selectors: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose target has these selectors beside the quote."""
    source = "https://example.org/story"
    return row(target=[{"source": source, "selector": [*selectors, QUOTE]}])


# as the types of its client have them (hypothesis/client, src/types/api.ts)
IN_BOOK = on(
    {
        "type": "EPUBContentSelector",
        "url": "/pages/2",
        "cfi": "/6/14[chap1]!/4/2,/1:0,/1:5",
        "title": "Chapter 1",
    }
)
IN_FILM = on({"type": "MediaTimeSelector", "start": 1.5, "end": 3.25})
BY_FRAGMENT = on({"type": "FragmentSelector", "value": "p3", "conformsTo": "http://a.b/c"})
SHAPE = row(
    target=[
        {
            "source": "urn:x-pdf:0a1b",
            "selector": [
                {
                    "type": "ShapeSelector",
                    "anchor": "page",
                    "shape": {"type": "rect", "left": 10, "top": 20.5, "right": 30, "bottom": 5},
                },
                {"type": "PageSelector", "index": 0},
            ],
        }
    ],
)
IN_GROUP = row(
    group="8qbQ1rL1", hidden=True, flagged=False, moderation_status="APPROVED", mentions=[]
)
BARE = {"id": "x", "uri": "https://example.org/", "x:more": [None, {"a": 1.5}]}


@pytest.mark.parametrize(
    "given",
    [
        row(), REPLY, PAGE_NOTE, ON_PDF, IN_BOOK, IN_FILM, BY_FRAGMENT, SHAPE, IN_GROUP,
        row(text=None, tags=[], references=None, document={}), BARE,
    ],
)  # fmt: skip
def test_a_row_that_was_not_changed_goes_out_as_it_came(given: dict[str, Any]) -> None:
    assert rows_of(STORY, *read(given)) == [given]


@pytest.mark.parametrize("given", [ON_PDF, IN_BOOK, IN_FILM, BY_FRAGMENT])
def test_a_row_is_found_by_its_quote_whatever_else_tells_its_place(given: dict[str, Any]) -> None:
    (annotation,) = read(given)
    found = anchor(annotation, STORY)
    assert found.span is not None
    assert STORY.sections[0].text[found.span.start : found.span.end] == "quiet"


def test_of_a_row_that_was_changed_only_that_changes() -> None:
    (annotation,) = read(row())
    changed = with_tags(with_note(annotation, "Mine.", LATER), ["night"], LATER)
    (after,) = rows_of(STORY, changed)
    different = {key for key in after if after[key] != row()[key]}
    assert different == {"text", "tags"}
    assert (after["text"], after["tags"]) == ("Mine.", ["night"])


def test_a_row_goes_out_as_it_came_from_a_text_that_changed_since() -> None:
    edited = document_of("𠮷𠮷 It was 😀 quiet and 𠮷 loud")
    assert rows_of(edited, *read(row())) == [row()]


def test_ours_come_back_as_the_notes_they_are() -> None:
    house = the_house()
    content = write_rows([house])
    assert house.document is not None
    file = read_rows(content, PATH, house.document)
    assert not file.is_whole
    assert [a.id for a in file.annotations] == [note.annotation.id for note in house.notes]
    for annotation, note in zip(file.annotations, house.notes, strict=True):
        assert annotation.target.quote == note.annotation.target.quote
        assert annotation.target.position == note.annotation.target.position
        assert annotation.note_text == note.annotation.note_text
        assert annotation.tags == note.annotation.tags
        assert annotation.created == note.annotation.created
        assert anchor(annotation, house.document).state is AnchorState.ANCHORED


def test_ours_have_what_the_api_gives() -> None:
    (ours, *_) = json.loads(write_rows([the_house()]))["rows"]
    assert set(row()) <= set(ours)
    assert len(ours["id"]) == 22
    assert ours["document"] == {"title": ["The house: a story"]}
    assert ours["user_info"] == {"display_name": "Ada"}
    assert ours["links"]["incontext"].startswith("sottovoce:open?text=")
    (target,) = ours["target"]
    # the smile before the end takes two units
    text = document_with_heading().sections[0].text.encode("utf-16-le")
    position, quote = target["selector"]
    passage = text[2 * position["start"] : 2 * position["end"]].decode("utf-16-le")
    assert passage == quote["exact"] == "quiet 😀 in"


def test_replies_name_all_they_reply_to_the_first_first() -> None:
    root, reply = row(), REPLY
    second = row(
        "secondsecondsecondseco",
        references=["abcdefghijklmnopqrstuv", "replyreplyreplyreplyre"],
        target=[],
    )
    annotations = read(root, reply, second)
    assert [a.motivation for a in annotations] == ["commenting", "replying", "replying"]
    assert annotations[2].target.source == annotations[1].id
    rows = rows_of(STORY, *annotations)
    assert [r.get("references") for r in rows] == [
        None,
        ["abcdefghijklmnopqrstuv"],
        ["abcdefghijklmnopqrstuv", "replyreplyreplyreplyre"],
    ]


def test_replies_to_our_own_notes_find_them_again() -> None:
    root = annotation_on(STORY, "quiet", "A note.")
    reply = new_reply(root.id, "An answer.", created=NOON)
    back = read_rows(write_rows([noted(STORY, root, reply)]), PATH, STORY).annotations
    assert [note.id for note in back] == [root.id, reply.id]
    assert back[1].answered == root.id


def test_two_that_reply_to_each_other_do_no_harm() -> None:
    one = row("a", references=["b"])
    other = row("b", references=["a"])
    assert len(rows_of(STORY, *read(one, other))) == 2


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), st.data())
def test_offsets_survive_both_ways_in_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = document_of(text)
    annotation = new_annotation(document, Span(0, start, end), source="a.txt", created=NOON)
    (out,) = rows_of(document, annotation)
    selectors = {s["type"]: s for s in out["target"][0]["selector"]}
    position = selectors["TextPositionSelector"]
    units = text.encode("utf-16-le")[2 * position["start"] : 2 * position["end"]]
    assert units.decode("utf-16-le") == text[start:end]
    (back,) = read(out, document=document)
    assert back.target.position == TextPosition(start, end)


def test_a_note_that_was_not_found_goes_out_too() -> None:
    lost = annotation_on(document_with_heading(), "quiet 😀 in", "Gone?")
    (out,) = rows_of(document_of("Something else entirely."), lost)
    assert out["text"] == "Gone?"
    assert out["target"][0]["selector"][-1]["exact"] == "quiet 😀 in"


@pytest.mark.parametrize(
    ("value", "where"),
    [
        pytest.param({"rows": 7}, "$.rows", id="rows that are none"),
        pytest.param({"rows": [7]}, "$.rows[0]", id="a row that is a number"),
        pytest.param([row(id=7)], "$[0].id", id="an id that is a number"),
        pytest.param([row(uri=None)], "$[0].uri", id="no page"),
        pytest.param([row(text=7)], "$[0].text", id="a text that is a number"),
        pytest.param([row(tags=["a", 7])], "$[0].tags[1]", id="a tag that is a number"),
        pytest.param([row(created="now")], "$[0].created", id="a time in words"),
        pytest.param([row(target=["a"])], "$[0].target[0]", id="a target that is a string"),
        pytest.param(
            [row(target=[{"selector": [{"type": "TextPositionSelector", "start": -1}]}])],
            "$[0].target[0].selector[0].start",
            id="a start below 0",
        ),
    ],
)
def test_a_fault_is_named_by_its_json_path(value: Any, where: str) -> None:
    with pytest.raises(NotesUnreadable) as caught:
        read_rows(json.dumps(value).encode(), PATH, STORY)
    assert caught.value.where == where
