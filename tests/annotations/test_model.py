"""Annotations are read as the W3C model says, and faults are named by their JSON path."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.model import (
    IllegalAnnotation,
    Json,
    TextPosition,
    TextQuote,
    annotation_from_json,
    annotation_from_text,
)
from tests.annotations.documents import annotation_json

QUOTE: Json = {"type": "TextQuoteSelector", "exact": "quiet", "prefix": "a ", "suffix": " hum"}
POSITION: Json = {"type": "TextPositionSelector", "start": 2, "end": 7}

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
UNKNOWN = st.dictionaries(st.text().map(lambda name: "x:" + name), JSON_VALUES, max_size=4)


@given(UNKNOWN, UNKNOWN, UNKNOWN)
def test_whatever_else_it_says_is_kept_in_order(
    around: dict[str, Json], in_target: dict[str, Json], in_body: dict[str, Json]
) -> None:
    value = annotation_json(
        target={"source": "a.txt", "selector": QUOTE, **in_target},
        body={"type": "TextualBody", "value": "hello", **in_body},
    )
    value |= around
    annotation = annotation_from_text(annotation_from_json(value).json_text)
    assert annotation.raw == value
    assert json.dumps(annotation.raw) == json.dumps(value)


def test_quote_and_position_are_read_from_a_list_of_selectors() -> None:
    value = annotation_json(
        target={"source": "a.txt", "selector": [{"type": "CssSelector"}, POSITION, QUOTE]}
    )
    target = annotation_from_json(value).target
    assert target.quote == TextQuote("quiet", "a ", " hum")
    assert target.position == TextPosition(2, 7)
    assert target.source == "a.txt"


@pytest.mark.parametrize(
    ("target", "source"),
    [
        pytest.param("http://example.org/a", "http://example.org/a", id="an IRI"),
        pytest.param(
            {"id": "http://example.org/a", "type": "Text"}, "http://example.org/a", id="a resource"
        ),
        pytest.param(
            {"source": {"id": "http://example.org/a"}, "selector": QUOTE},
            "http://example.org/a",
            id="a source that is an object",
        ),
        pytest.param(
            ["http://example.org/picture", {"source": "http://example.org/a", "selector": QUOTE}],
            "http://example.org/a",
            id="several: the one with a selector",
        ),
    ],
)
def test_every_kind_of_target_has_a_source(target: Json, source: str) -> None:
    assert annotation_from_json(annotation_json(target=target)).target.source == source


@pytest.mark.parametrize(
    ("more", "note", "tags"),
    [
        pytest.param({}, "", (), id="no body"),
        pytest.param({"bodyValue": "plain"}, "plain", (), id="a bodyValue"),
        pytest.param({"body": "http://example.org/b"}, "", (), id="an IRI"),
        pytest.param({"body": "It: a word, no IRI"}, "It: a word, no IRI", (), id="words"),
        pytest.param({"body": {"type": "TextualBody", "value": "one"}}, "one", (), id="one body"),
        pytest.param({"body": {"value": "bare"}}, "bare", (), id="a body without a type"),
        pytest.param(
            {"body": [{"type": ["TextualBody", "x:Y"], "value": "one"}, "two"]},
            "one\n\ntwo",
            (),
            id="several bodies",
        ),
        pytest.param(
            {
                "body": [
                    {"type": "TextualBody", "value": "t", "purpose": "tagging"},
                    {"type": "TextualBody", "value": "u", "purpose": ["x:y", "tagging"]},
                    {"type": "TextualBody", "value": "n", "purpose": "describing"},
                ]
            },
            "n",
            ("t", "u"),
            id="tags",
        ),
        pytest.param(
            {"motivation": "tagging", "body": {"type": "TextualBody", "value": "t"}},
            "",
            ("t",),
            id="a tag by the motivation",
        ),
        pytest.param(
            {"body": {"type": "Choice", "items": ["http://example.org/b"]}}, "", (), id="a choice"
        ),
        pytest.param(
            {"body": {"type": "Image", "id": "http://example.org/b"}}, "", (), id="an image"
        ),
    ],
)
def test_bodies_become_note_and_tags(
    more: dict[str, Json], note: str, tags: tuple[str, ...]
) -> None:
    annotation = annotation_from_json(annotation_json(**more))
    assert (annotation.note_text, annotation.tags) == (note, tags)


@pytest.mark.parametrize(
    ("more", "motivation", "colour"),
    [
        pytest.param({}, "highlighting", "sage", id="nothing said"),
        pytest.param({"bodyValue": "a"}, "commenting", "apricot", id="nothing said, but a note"),
        pytest.param({"motivation": "editing"}, "editing", "rose", id="a motivation not ours"),
        pytest.param({"motivation": ["bookmarking", "x:y"]}, "bookmarking", "sky", id="several"),
        pytest.param(
            {"target": {"source": "a", "styleClass": ["theirs", "rose"]}},
            "highlighting",
            "rose",
            id="a colour among classes",
        ),
    ],
)
def test_motivation_and_colour_are_always_there(
    more: dict[str, Json], motivation: str, colour: str
) -> None:
    annotation = annotation_from_json(annotation_json(**more))
    assert (annotation.motivation, annotation.colour) == (motivation, colour)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-01T09:00:00Z", datetime(2026, 11, 1, 9, tzinfo=UTC)),
        ("2026-11-01T09:00:00.25+01:00", datetime(2026, 11, 1, 8, 0, 0, 250_000, tzinfo=UTC)),
        ("2026-11-01T09:00:00", datetime(2026, 11, 1, 9, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
    ],
)
def test_times_have_a_zone(written: str, moment: datetime) -> None:
    assert annotation_from_json(annotation_json(created=written)).created == moment


@pytest.mark.parametrize(
    ("creator", "name"),
    [
        (None, ""),
        ("http://example.org/me", "http://example.org/me"),
        ({"id": "http://example.org/me", "name": "Ada"}, "Ada"),
        ([{"type": "Person", "name": ["Ada", "A."]}, {"name": "Bob"}], "Ada"),
    ],
)
def test_the_creator_has_a_name(creator: Json, name: str) -> None:
    assert annotation_from_json(annotation_json(creator=creator)).creator == name


def selector(**properties: Json) -> dict[str, object]:
    return {"target": {"source": "a.txt", "selector": [QUOTE, properties]}}


@pytest.mark.parametrize(
    ("more", "where"),
    [
        pytest.param({"type": None}, "$.type", id="no type"),
        pytest.param({"type": "Note"}, "$.type", id="another type"),
        pytest.param({"id": None}, "$.id", id="no id"),
        pytest.param({"id": 7}, "$.id", id="an id that is a number"),
        pytest.param({"id": " "}, "$.id", id="an empty id"),
        pytest.param({"id": "no iri"}, "$.id", id="an id with a space"),
        pytest.param({"id": ["urn:a", "urn:b"]}, "$.id", id="two ids"),
        pytest.param({"id": "urn:\ud800"}, "$.id", id="an id with half a character"),
        pytest.param({"target": None}, "$.target", id="no target"),
        pytest.param({"target": []}, "$.target", id="an empty list of targets"),
        pytest.param({"target": ["a", 7]}, "$.target[1]", id="a target that is a number"),
        pytest.param({"target": {"selector": QUOTE}}, "$.target.source", id="no source"),
        pytest.param({"target": {}}, "$.target", id="an empty target"),
        pytest.param(
            selector(type="TextQuoteSelector"), "$.target.selector[1].exact", id="no exact"
        ),
        pytest.param(
            selector(type="TextQuoteSelector", exact="a", prefix=7),
            "$.target.selector[1].prefix",
            id="a prefix that is a number",
        ),
        pytest.param(
            selector(type="TextPositionSelector", start=-1, end=2),
            "$.target.selector[1].start",
            id="a start below 0",
        ),
        pytest.param(
            selector(type="TextPositionSelector", start=1, end="2"),
            "$.target.selector[1].end",
            id="an end that is a string",
        ),
        pytest.param(
            selector(type="TextPositionSelector", start=3, end=2),
            "$.target.selector[1].end",
            id="an end before the start",
        ),
        pytest.param({"body": [7]}, "$.body[0]", id="a body that is a number"),
        pytest.param({"body": {"type": "TextualBody"}}, "$.body.value", id="a body without text"),
        pytest.param({"bodyValue": 7}, "$.bodyValue", id="a bodyValue that is a number"),
        pytest.param({"bodyValue": "a", "body": "b"}, "$.bodyValue", id="two kinds of body"),
        pytest.param(
            {"motivation": ["a", 7]}, "$.motivation[1]", id="a motivation that is a number"
        ),
        pytest.param({"created": "yesterday"}, "$.created", id="a time in words"),
        pytest.param({"modified": 7}, "$.modified", id="a time that is a number"),
    ],
)
def test_a_fault_is_named_by_its_json_path(more: dict[str, Json], where: str) -> None:
    with pytest.raises(IllegalAnnotation) as caught:
        annotation_from_json(annotation_json(**more))
    assert caught.value.where == where


def test_what_is_no_object_is_no_annotation() -> None:
    with pytest.raises(IllegalAnnotation, match="an annotation is an object"):
        annotation_from_json(["Annotation"], "$[3]")
