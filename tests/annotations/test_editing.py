"""New annotations are complete, and edits change what was asked for and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.editing import (
    EARLIER_SELECTORS,
    answering,
    brought_up_to_date,
    new_annotation,
    reattached,
    source_of,
    with_colour,
    with_further_selectors,
    with_note,
    with_span,
    with_style,
    with_style_sheet,
    with_tags,
)
from reader.annotations.model import (
    COLOURS,
    Annotation,
    AnnotationId,
    Json,
    JsonObject,
    TextPosition,
    annotation_from_json,
)
from reader.text.document import Span
from tests.annotations.documents import LATER, NOON, annotation_json, document_of
from tests.annotations.test_model import QUOTE, UNKNOWN


def test_a_new_annotation_carries_quote_context_and_position() -> None:
    first, second = "a" * 50, "b" * 40 + "the passage" + "c" * 40
    annotation = new_annotation(
        document_of(first, second),
        Span(1, 40, 51),
        source="my%20text.txt",
        created=NOON,
        note="*yes*",
        tags=("one", "two"),
        colour="sky",
    )
    quote = annotation.target.quote
    assert quote is not None
    assert (quote.exact, quote.prefix, quote.suffix) == ("the passage", "b" * 32, "c" * 32)
    assert annotation.target.position == TextPosition(52 + 40, 52 + 51)
    assert (annotation.note_text, annotation.note_format) == ("*yes*", "text/markdown")
    assert annotation.tags == ("one", "two")
    assert (annotation.colour, annotation.raw["target"]) == ("sky", annotation.raw["target"])
    assert (annotation.created, annotation.modified) == (NOON, NOON)
    assert annotation.creator == "Reader"
    assert annotation.id.startswith("urn:uuid:")


def test_context_ends_where_the_section_does() -> None:
    annotation = new_annotation(document_of("ab", "cd"), Span(1, 0, 2), source="a", created=NOON)
    assert annotation.target.quote is not None
    assert (annotation.target.quote.prefix, annotation.target.quote.suffix) == ("", "")


def test_no_two_annotations_share_an_id() -> None:
    document = document_of("text")
    made = [new_annotation(document, Span(0, 0, 4), source="a", created=NOON) for _ in range(3)]
    assert len({annotation.id for annotation in made}) == 3


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("her-review.txt", "her-review.txt"),
        ("a b#c?.txt", "a%20b%23c%3F.txt"),
        ("chapter 1: alone.txt", "chapter%201%3A%20alone.txt"),
        ("d\u00e9j\u00e0.txt", "d%C3%A9j%C3%A0.txt"),
    ],
)
def test_a_source_is_a_relative_iri(name: str, source: str) -> None:
    assert source_of(Path("/somewhere") / name) == source


def body(value: str, **more: Json) -> JsonObject:
    return {"type": "TextualBody", "value": value, **more}


NEW = body("new", format="text/markdown", purpose="commenting")
TAG = body("t", purpose="tagging", x=1)
PICTURE: Json = {"type": "Image", "id": "http://example.org/picture"}


@pytest.mark.parametrize(
    ("before", "note", "after"),
    [
        pytest.param({}, "new", [NEW], id="first note"),
        pytest.param(
            {"body": body("old", x=1)}, "new", [body("new", x=1)], id="its properties stay"
        ),
        pytest.param({"body": body("old")}, "", [], id="taken away"),
        pytest.param({"body": [TAG, body("old")]}, "new", [TAG, body("new")], id="tags stay"),
        pytest.param({"body": [TAG, body("old")]}, "", [TAG], id="taken away from a tag"),
        pytest.param({"body": [PICTURE]}, "new", [NEW, PICTURE], id="a picture stays"),
        pytest.param(
            {"bodyValue": "old"}, "new", [body("new", format="text/plain")], id="bodyValue"
        ),
        pytest.param(
            {"body": [body("one", x=1), body("two", x=2), body("three", x=3)]},
            "one\n\nTWO\n\nthree",
            [body("one", x=1), body("TWO", x=2), body("three", x=3)],
            id="the middle of three",
        ),
        pytest.param(
            {"body": [body("one", x=1), body("two", x=2)]},
            "one",
            [body("one", x=1)],
            id="the second taken away",
        ),
        pytest.param(
            {"body": [body("one", x=1), body("two", x=2)]},
            "something else",
            [body("something else", x=1)],
            id="both written anew",
        ),
        pytest.param(
            {"body": "http://example.org/b"},
            "new",
            [NEW, "http://example.org/b"],
            id="an IRI beside a note",
        ),
    ],
)
def test_a_note_is_written_into_its_body(
    before: dict[str, Json], note: str, after: list[Json]
) -> None:
    changed = with_note(annotation_from_json(annotation_json(**before)), note, LATER)
    bodies = changed.raw.get("body", [])
    assert (bodies if isinstance(bodies, list) else [bodies]) == after
    assert changed.note_text == note
    assert changed.modified == LATER


@given(st.lists(st.text(), min_size=1, max_size=4), st.text())
def test_whatever_the_bodies_the_note_is_what_was_written(parts: list[str], note: str) -> None:
    value = annotation_json(body=[body(part) for part in parts])
    assert with_note(annotation_from_json(value), note, LATER).note_text == note


@pytest.mark.parametrize(
    ("motivation", "note", "then"),
    [
        ("highlighting", "a", "commenting"),
        ("commenting", "", "highlighting"),
        ("commenting", "a", "commenting"),
        ("editing", "", "editing"),
        ("bookmarking", "a", "bookmarking"),
    ],
)
def test_a_highlight_with_a_note_is_a_comment(motivation: str, note: str, then: str) -> None:
    value = annotation_json(motivation=motivation, body=body("old") if not note else [])
    assert with_note(annotation_from_json(value), note, LATER).motivation == then


def test_tags_that_stay_keep_their_bodies() -> None:
    annotation = annotation_from_json(annotation_json(body=[TAG, body("note"), PICTURE]))
    changed = with_tags(annotation, ("new", "t"), LATER)
    assert changed.tags == ("new", "t")
    assert changed.raw["body"] == [
        body("note"),
        PICTURE,
        {"type": "TextualBody", "value": "new", "purpose": "tagging"},
        TAG,
    ]


@pytest.mark.parametrize(
    ("target", "after"),
    [
        pytest.param(
            "a.txt",
            {"type": "SpecificResource", "source": "a.txt", "styleClass": "rose"},
            id="an IRI",
        ),
        pytest.param(
            {"source": "a", "x": 1}, {"source": "a", "x": 1, "styleClass": "rose"}, id="none before"
        ),
        pytest.param(
            {"source": "a", "styleClass": "sky"},
            {"source": "a", "styleClass": "rose"},
            id="another before",
        ),
        pytest.param(
            {"source": "a", "styleClass": ["theirs", "sky"]},
            {"source": "a", "styleClass": ["theirs", "rose"]},
            id="beside a class of theirs",
        ),
        pytest.param(
            ["b", {"source": "a", "selector": QUOTE}],
            ["b", {"source": "a", "selector": QUOTE, "styleClass": "rose"}],
            id="the target shown",
        ),
    ],
)
def test_a_colour_is_a_style_class_of_the_target(target: Json, after: Json) -> None:
    changed = with_colour(annotation_from_json(annotation_json(target=target)), "rose", LATER)
    assert changed.colour == "rose"
    assert changed.raw["target"] == after


def test_an_edit_that_changes_nothing_gives_the_same_annotation() -> None:
    annotation = annotation_from_json(
        annotation_json(body=[TAG, body("n")], target={"source": "a", "styleClass": "sky"})
    )
    assert with_note(annotation, "n", LATER) is annotation
    assert with_tags(annotation, ("t",), LATER) is annotation
    assert with_colour(annotation, "sky", LATER) is annotation


@given(UNKNOWN, UNKNOWN, UNKNOWN, st.text(min_size=1), st.sampled_from(COLOURS))
def test_what_is_not_known_outlives_every_edit(
    around: dict[str, Json],
    in_target: dict[str, Json],
    in_body: dict[str, Json],
    note: str,
    colour: str,
) -> None:
    bodies: list[Json] = [{**TAG, **in_body}, {**body("old"), **in_body}]
    value = annotation_json(target={"source": "a", **in_target}, body=bodies) | around
    changed = with_note(annotation_from_json(value), note, LATER)
    changed = with_colour(with_tags(changed, ("t", "more"), LATER), colour, LATER)
    raw = changed.raw
    assert {key: raw[key] for key in around} == around
    assert raw["target"] == {"source": "a", **in_target, "styleClass": colour}
    assert isinstance(raw["body"], list)
    for kept in raw["body"][:2]:
        assert isinstance(kept, dict)
        assert {key: kept[key] for key in in_body} == in_body


def test_one_that_is_reattached_keeps_every_selector_it_ever_had() -> None:
    first, second = document_of("the first passage"), document_of("another one, much later")
    made = new_annotation(first, Span(0, 4, 9), source="a.txt", created=NOON, note="why?")
    found = reattached(made, second, Span(0, 0, 7), LATER)
    again = reattached(found, second, Span(0, 8, 11), LATER)
    assert again.target.quote is not None
    assert again.target.quote.exact == "one"
    assert again.target.position == TextPosition(8, 11)
    assert (again.id, again.note_text, again.modified) == (made.id, "why?", LATER)
    target = again.raw["target"]
    assert isinstance(target, dict)
    earlier = target[EARLIER_SELECTORS]
    made_target, found_target = made.raw["target"], found.raw["target"]
    assert isinstance(made_target, dict)
    assert isinstance(found_target, dict)
    assert isinstance(made_target["selector"], list)
    assert isinstance(found_target["selector"], list)
    assert earlier == [*made_target["selector"], *found_target["selector"]]


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("a.txt", id="an IRI"),
        pytest.param({"id": "a.txt", "type": "Text"}, id="a resource"),
        pytest.param(["b.txt", {"source": "a.txt", "selector": QUOTE}], id="the second of two"),
    ],
)
def test_any_annotation_can_be_put_on_a_passage(target: Json) -> None:
    document = document_of("some passage")
    annotation = annotation_from_json(annotation_json(target=target))
    for moved in (
        with_span(annotation, document, Span(0, 5, 12), LATER),
        reattached(annotation, document, Span(0, 5, 12), LATER),
    ):
        assert moved.target.position == TextPosition(5, 12)


@pytest.mark.parametrize(
    "target",
    ["urn:a", {"id": "urn:a", "x": 1}, {"source": "urn:a", "x": 1}, {"source": {"id": "urn:a"}}],
)
def test_a_reply_is_given_to_another_note_and_keeps_what_its_target_says(target: Json) -> None:
    reply = annotation_from_json(annotation_json(motivation="replying", target=target))
    assert reply.answered == "urn:a"
    moved = answering(reply, AnnotationId("urn:b"), LATER)
    assert (moved.answered, moved.modified) == ("urn:b", LATER)
    if isinstance(target, dict) and "x" in target:
        assert moved.raw["target"] == {**target, **{k: "urn:b" for k in target if k != "x"}}


def test_words_put_around_the_only_note_stay_in_its_body() -> None:
    annotation = annotation_from_json(annotation_json(body=body("old", x=1)))
    for note in ("first\n\nold", "old\n\nlast"):
        assert with_note(annotation, note, LATER).raw["body"] == body(note, x=1)


def told_elsewhere(**more: Json) -> Annotation:
    """Return the same annotation as another app tells it."""
    return annotation_from_json(annotation_json(body=body("there"), **more))


@pytest.mark.parametrize(
    ("here", "there", "is_newer"),
    [
        pytest.param({"modified": NOON}, {"modified": LATER}, True, id="changed there since"),
        pytest.param({"modified": LATER}, {"modified": NOON}, False, id="changed here since"),
        pytest.param({"modified": NOON}, {"modified": NOON}, False, id="at the same moment"),
        pytest.param({"created": NOON}, {"modified": LATER}, True, id="never changed here"),
        pytest.param({}, {"modified": NOON}, True, id="nobody knows when here"),
        pytest.param({"modified": NOON}, {}, False, id="nor there"),
    ],
)
def test_what_another_app_tells_counts_where_it_is_newer(
    here: dict[str, datetime], there: dict[str, datetime], is_newer: bool
) -> None:
    moments = {key: moment.isoformat() for key, moment in here.items()}
    annotation = annotation_from_json(annotation_json(body=[body("here"), TAG], **moments))
    moments = {key: moment.isoformat() for key, moment in there.items()}
    updated = brought_up_to_date(annotation, told_elsewhere(**moments))
    assert updated.note_text == ("there" if is_newer else "here")
    assert updated.tags == ("t",)


@pytest.mark.parametrize(
    ("classes", "colour", "style"),
    [
        pytest.param("rose", "rose", "highlight", id="a colour"),
        pytest.param("underline", "sky", "underline", id="a style"),
        pytest.param(["rose", "strike"], "rose", "strike", id="both"),
        pytest.param("theirs", "sky", "squiggle", id="neither of ours"),
    ],
)
def test_colour_and_style_are_those_there_as_far_as_they_are_told(
    classes: Json, colour: str, style: str
) -> None:
    target: Json = {"source": "a", "styleClass": ["sky", "squiggle"]}
    annotation = annotation_from_json(annotation_json(target=target))
    there = told_elsewhere(
        target={"source": "a", "styleClass": classes}, modified=LATER.isoformat()
    )
    updated = brought_up_to_date(annotation, there)
    assert (updated.colour, updated.style) == (colour, style)


def test_what_classes_look_like_is_told_where_they_are_ours_and_nothing_tells_it() -> None:
    ours = annotation_from_json(annotation_json(target={"source": "a", "styleClass": "rose"}))
    sheet = with_style_sheet(ours).raw["stylesheet"]
    assert isinstance(sheet, dict)
    assert ".rose" in str(sheet["value"])
    theirs = annotation_from_json(annotation_json(target={"source": "a", "styleClass": "theirs"}))
    assert with_style_sheet(theirs) is theirs
    told = annotation_from_json({**ours.raw, "stylesheet": "http://example.org/a.css"})
    assert with_style_sheet(told) is told


def test_a_sheet_of_theirs_stays_and_ours_follows_the_colour() -> None:
    rose = annotation_from_json(annotation_json(target={"source": "a", "styleClass": "rose"}))
    changed = with_colour(with_style_sheet(rose), "sky", LATER).raw["stylesheet"]
    assert isinstance(changed, dict)
    assert ".sky" in str(changed["value"])
    theirs = annotation_from_json({**rose.raw, "stylesheet": "http://example.org/a.css"})
    assert with_colour(theirs, "sky", LATER).raw["stylesheet"] == "http://example.org/a.css"


def test_a_style_taken_back_leaves_nothing_behind() -> None:
    target: JsonObject = {"source": "a", "selector": QUOTE}
    annotation = annotation_from_json(annotation_json(target=target))
    struck = with_style(annotation, "strike", LATER)
    assert struck.raw["target"] == {**target, "styleClass": "strike"}
    assert with_style(struck, "highlight", LATER).raw["target"] == target


def test_further_selectors_come_behind_those_there_are() -> None:
    further: JsonObject = {"type": "CssSelector", "value": "p"}
    annotation = annotation_from_json(annotation_json())
    told = with_further_selectors(annotation, [further])
    (own,) = [annotation.raw["target"]]
    assert isinstance(own, dict)
    target = told.raw["target"]
    assert isinstance(target, dict)
    assert target["selector"] == [own["selector"], further]
    assert told.modified == annotation.modified
