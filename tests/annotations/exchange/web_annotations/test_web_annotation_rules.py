"""Everything legal in the W3C model is read and kept; what breaks it is refused with its path."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.editing import with_colour, with_note
from reader.annotations.exchange.web_annotations.web_annotation import (
    read_annotations,
    write_annotations,
)
from reader.annotations.model import TextPosition, TextQuote, annotation_from_json
from reader.errors import NotesUnreadable
from tests.annotations.documents import COLLECTION, CONTEXT, LATER, annotation_json
from tests.annotations.exchange.web_annotations.web_annotation_samples import (
    CORRECT,
    INCORRECT,
    PUBLISHED,
    Sample,
)

PATH = Path("sample.jsonld")

PAGE: Sample = {"@context": CONTEXT, "id": "urn:p", "type": "AnnotationPage", "items": []}


@pytest.mark.parametrize("sample", CORRECT.values(), ids=CORRECT)
def test_what_is_legal_is_read_and_written_as_it_is(sample: Sample) -> None:
    file = read_annotations(json.dumps(sample).encode(), PATH)
    assert len(file.annotations) == 1
    assert json.loads(write_annotations(file.annotations, file.envelope)) == sample


@pytest.mark.parametrize("sample", CORRECT.values(), ids=CORRECT)
def test_what_was_edited_here_is_legal_too(sample: Sample) -> None:
    (annotation,) = read_annotations(json.dumps(sample).encode(), PATH).annotations
    edited = with_colour(with_note(annotation, "Mine now.", LATER), "rose", LATER)
    (again,) = read_annotations(json.dumps(edited.raw).encode(), PATH).annotations
    assert again.colour == "rose"
    assert "Mine now." in again.note_text


@pytest.mark.parametrize(("sample", "where"), INCORRECT.values(), ids=INCORRECT)
def test_what_is_not_legal_is_refused_with_its_path(sample: Sample, where: str) -> None:
    with pytest.raises(NotesUnreadable) as caught:
        read_annotations(json.dumps(sample).encode(), PATH)
    assert caught.value.where == where


def test_each_sample_that_w3c_published_has_one_of_ours() -> None:
    assert set(PUBLISHED["correct"].values()) <= CORRECT.keys()
    assert set(PUBLISHED["incorrect"].values()) <= INCORRECT.keys()
    names = {number for kind in ("correct", "incorrect") for number in PUBLISHED[kind]}
    assert {f"anno{number}" for number in range(1, 42)} <= names


@pytest.mark.parametrize("name", PUBLISHED["incorrect"].values())
def test_a_comma_too_many_is_told_by_line_and_column(name: str) -> None:
    sample, _ = INCORRECT[name]
    written = json.dumps(sample, indent=1).removesuffix("\n}") + ",\n}"
    with pytest.raises(NotesUnreadable) as caught:
        read_annotations(written.encode(), PATH)
    assert caught.value.where == "$"
    assert f"in line {written.count(chr(10)) + 1}, column 1" in caught.value.reason


@pytest.mark.parametrize("sample", CORRECT.values(), ids=CORRECT)
def test_in_a_collection_the_path_leads_through_it(sample: Sample) -> None:
    broken: Sample = {**sample, "target": 7}
    page: Sample = {"type": "AnnotationPage", "items": [broken]}
    value: Sample = {**COLLECTION, "first": page}
    with pytest.raises(NotesUnreadable) as caught:
        read_annotations(json.dumps(value).encode(), PATH)
    assert caught.value.where == "$.first.items[0].target"


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({**COLLECTION, "@context": None}, "$.@context"),
        ({**COLLECTION, "id": None}, "$.id"),
        ({**COLLECTION, "label": 7}, "$.label"),
        ({**COLLECTION, "last": "no iri"}, "$.last"),
        ({**COLLECTION, "first": "no iri"}, "$.first"),
        ({**COLLECTION, "first": {"id": "no iri"}}, "$.first.id"),
        ({**COLLECTION, "first": {"type": "Page", "items": []}}, "$.first.type"),
        ({**COLLECTION, "first": {"type": "AnnotationPage"}}, "$.first.items"),
        ({**COLLECTION, "first": ["urn:a", "urn:b"]}, "$.first"),
        ({**COLLECTION, "label": {"en": "Notes"}}, "$.label"),
        ({**COLLECTION, "total": 2.5}, "$.total"),
        ({**COLLECTION, "created": "2026-05-01"}, "$.created"),
        ({**PAGE, "startIndex": [0, 1]}, "$.startIndex"),
        ({**PAGE, "total": -1}, "$.total"),
        ({**PAGE, "label": [7]}, "$.label[0]"),
        ({**PAGE, "partOf": {"label": "Notes"}}, "$.partOf.id"),
        ({**PAGE, "prev": ["urn:a", "urn:b"]}, "$.prev"),
        ({**PAGE, "rights": "all mine"}, "$.rights"),
        ({**PAGE, "items": {"a": 1}}, "$.items"),
        ({key: PAGE[key] for key in ("@context", "id", "type")}, "$.items"),
        ({**COLLECTION, "first": {"startIndex": -1}}, "$.first.startIndex"),
        ({"@context": CONTEXT, "type": "AnnotationPage"}, "$.id"),
        ({"id": "urn:p", "type": "AnnotationPage"}, "$.@context"),
        (
            {"@context": CONTEXT, "id": "urn:p", "type": "AnnotationPage", "next": 7},
            "$.next",
        ),
        (
            {"@context": CONTEXT, "id": "urn:p", "type": "AnnotationPage", "items": ["no iri"]},
            "$.items[0].item",
        ),
    ],
)
def test_collections_and_pages_have_musts_too(value: Sample, where: str) -> None:
    with pytest.raises(NotesUnreadable) as caught:
        read_annotations(json.dumps(value).encode(), PATH)
    assert caught.value.where == where


@pytest.mark.parametrize("depth", [40, 400, 4_000, 100_000])
def test_however_deep_refinements_go_nothing_breaks(depth: int) -> None:
    selector = '{"type":"CssSelector","value":"p","refinedBy":' * depth + '"urn:a"' + "}" * depth
    sample = f'{{"@context":"{CONTEXT}","id":"urn:a","type":"Annotation","target":'
    content = f'{sample}{{"source":"urn:b","selector":{selector}}}}}'.encode()
    if depth < 100:
        assert len(read_annotations(content, PATH).annotations) == 1
        return
    with suppress(NotesUnreadable):  # Python's own limits say how deep it can be read
        read_annotations(content, PATH)


QUOTE: Sample = {"type": "TextQuoteSelector", "exact": "the rain went on", "prefix": "All night "}


@pytest.mark.parametrize(
    ("selector", "quote", "position"),
    [
        pytest.param(
            {**QUOTE, "refinedBy": {"type": "TextPositionSelector", "start": 4, "end": 8}},
            TextQuote("rain", "All night the ", " went on"),
            None,
            id="a position in a quote",
        ),
        pytest.param(
            {**QUOTE, "refinedBy": {"type": "TextQuoteSelector", "exact": "went"}},
            TextQuote("went", "All night the rain ", " on"),
            None,
            id="a quote in a quote",
        ),
        pytest.param(
            {**QUOTE, "refinedBy": {"type": "TextQuoteSelector", "exact": "snow"}},
            TextQuote("the rain went on", "All night ", ""),
            None,
            id="a quote that isn't in its quote",
        ),
        pytest.param(
            {
                "type": "TextPositionSelector",
                "start": 100,
                "end": 120,
                "refinedBy": {"type": "TextPositionSelector", "start": 5, "end": 50},
            },
            None,
            TextPosition(105, 120),
            id="a position in a position",
        ),
        pytest.param(
            {"type": "CssSelector", "value": "p", "refinedBy": QUOTE},
            TextQuote("the rain went on", "All night ", ""),
            None,
            id="a quote in a part of a page",
        ),
        pytest.param(
            {
                "type": "CssSelector",
                "value": "p",
                "refinedBy": {"type": "TextPositionSelector", "start": 5, "end": 50},
            },
            None,
            None,
            id="a position in a part of a page that isn't known here",
        ),
        pytest.param(
            {
                "type": "RangeSelector",
                "startSelector": {"type": "TextPositionSelector", "start": 5, "end": 9},
                "endSelector": {"type": "TextPositionSelector", "start": 20, "end": 30},
            },
            None,
            TextPosition(5, 20),
            id="a range of positions ends where its end begins",
        ),
    ],
)
def test_refinements_and_ranges_tell_a_passage(
    selector: Sample, quote: TextQuote | None, position: TextPosition | None
) -> None:
    target: Sample = {"source": "a.txt", "selector": selector}
    read = annotation_from_json(annotation_json(target=target)).target
    assert (read.quote, read.position) == (quote, position)


def test_the_target_that_is_of_a_text_is_shown_wherever_it_stands() -> None:
    there: Sample = {"source": "a.txt", "selector": QUOTE}
    target: list[Any] = [
        {"source": "b.png", "selector": {"type": "SvgSelector", "value": "<svg/>"}},
        {"type": "List", "items": ["urn:example:page", there]},
    ]
    annotation = annotation_from_json(annotation_json(target=target))
    assert annotation.target.quote == TextQuote("the rain went on", "All night ", "")
    assert annotation.target.others == 2
    coloured = with_colour(annotation, "sky", LATER).raw
    assert coloured["target"] == [
        target[0],
        {"type": "List", "items": ["urn:example:page", {**there, "styleClass": "sky"}]},
    ]


def test_selectors_that_tell_no_passage_are_named() -> None:
    target: Sample = {
        "source": "a.txt",
        "selector": [{"type": "CssSelector", "value": "p"}, "urn:example:s"],
    }
    assert annotation_from_json(annotation_json(target=target)).target.other_selectors == (
        "CssSelector",
        "selector elsewhere",
    )


@pytest.mark.parametrize(
    ("name", "note", "descriptions"),
    [
        ("body and target by IRI", "", ("http://example.org/essay",)),
        ("several bodies and targets", "It never stops.", ("http://example.org/essay",)),
        ("a textual body", "Encore", ()),
        ("a text as the value of the body", "It never stops.", ()),
        ("a text without a class", "It never stops.", ()),
        ("a text that is the source of a body", "It never stops.", ()),
        ("a resource with its format", "", ("http://example.org/rain.ogg",)),
        ("a specific resource as tag", "", ("http://example.org/weather",)),
        ("a choice of bodies", "Rain", ()),
        (
            "a choice between parts, which says more of them",
            "",
            ("http://example.org/rain.ogg",),
        ),
        ("a choice within a list", "", ("It never stops.", "http://example.org/rain.ogg")),
    ],
)
def test_of_each_body_its_words_are_the_note_or_it_can_be_named(
    name: str, note: str, descriptions: tuple[str, ...]
) -> None:
    annotation = annotation_from_json(CORRECT[name])
    assert (annotation.note_text, annotation.descriptions) == (note, descriptions)
    assert annotation.motivation == "commenting"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        pytest.param(
            "a choice of bodies",
            {
                "type": "Choice",
                "items": [
                    {"type": "TextualBody", "value": "Mine now.", "language": "en"},
                    {"id": "http://example.org/pluie", "language": "fr"},
                ],
            },
            id="a choice keeps its other items",
        ),
        pytest.param(
            "a text that is the source of a body",
            {
                "type": "SpecificResource",
                "purpose": "editing",
                "source": {"type": "TextualBody", "value": "Mine now."},
            },
            id="a part of a body stays one",
        ),
        pytest.param(
            "a textual body",
            {
                "type": "TextualBody",
                "value": "Mine now.",
                "format": "text/markdown",
                "language": "fr",
            },
            id="HTML is Markdown then",
        ),
        pytest.param(
            "body and target by IRI",
            [
                {
                    "type": "TextualBody",
                    "value": "Mine now.",
                    "format": "text/markdown",
                    "purpose": "commenting",
                },
                "http://example.org/essay",
            ],
            id="an IRI stays beside the note",
        ),
    ],
)
def test_what_is_written_anew_leaves_the_rest_of_its_body(name: str, body: Any) -> None:
    edited = with_note(annotation_from_json(CORRECT[name]), "Mine now.", LATER)
    assert edited.raw["body"] == body
    assert edited.note_text == "Mine now."


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every object and list in a JSON value with each of its keys."""
    found: list[tuple[Any, Any]] = []
    for key in value if isinstance(value, dict) else range(len(value)):
        found.append((value, key))
        if isinstance(value[key], dict | list):
            found += _places(value[key])
    return found


PUT_IN: list[Any] = [
    None,
    7,
    "no iri",
    "urn:example:x",
    [],
    {},
    ["urn:a", "urn:b"],
    "Choice",
    "TextualBody",
    "SpecificResource",
    {"id": "urn:z"},
    {"type": "Choice", "items": ["urn:a"]},
    {"type": "TextualBody", "value": "<b>v</b>", "format": "text/html"},
    {"source": "urn:a"},
]
KEYS = ("type", "id", "source", "selector", "value", "items", "refinedBy", "purpose", "body")


@given(
    st.sampled_from(list(CORRECT.values())),
    st.lists(st.tuples(st.integers(0, 99), st.sampled_from(KEYS), st.integers(0, 99)), max_size=3),
)
def test_whatever_is_changed_it_is_refused_with_a_path_or_kept_whole(
    sample: Sample, changes: list[tuple[int, str, int]]
) -> None:
    changed = json.loads(json.dumps(sample))
    for number, key, value in changes:
        places = _places(changed)
        around, known = places[number % len(places)]
        if number % 2 and isinstance(around, dict):
            around[key] = PUT_IN[value % len(PUT_IN)]
        else:
            around[known] = PUT_IN[value % len(PUT_IN)]
        changed = json.loads(json.dumps(changed))  # nothing is in it twice
    refused_at = ""
    try:
        file = read_annotations(json.dumps(changed).encode(), PATH)
    except NotesUnreadable as fault:
        refused_at = fault.where
    if refused_at:
        assert refused_at.startswith("$")
        return
    assert json.loads(write_annotations(file.annotations, file.envelope)) == changed
    for annotation in file.annotations:
        edited = with_colour(with_note(annotation, "Mine now.", LATER), "rose", LATER)
        (again,) = read_annotations(json.dumps([edited.raw]).encode(), PATH).annotations
        assert (again.note_text, again.colour) == ("Mine now.", "rose")
