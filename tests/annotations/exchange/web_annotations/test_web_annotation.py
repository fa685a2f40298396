"""JSON-LD in and out again is the same JSON, and what isn't legal is refused with its path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.editing import with_note
from reader.annotations.exchange.envelope import AnnotationFile, new_envelope
from reader.annotations.exchange.web_annotations.web_annotation import (
    read_annotations,
    write_annotations,
)
from reader.annotations.model import Json, JsonObject, annotation_from_json
from reader.errors import NotesUnreadable
from tests.annotations.documents import COLLECTION, CONTEXT, LATER, annotation_json
from tests.annotations.test_model import UNKNOWN

PATH = Path("notes.jsonld")

PAGE: dict[str, Any] = {"@context": CONTEXT, "id": "urn:example:page", "type": "AnnotationPage"}


def read(value: Json) -> AnnotationFile:
    return read_annotations(json.dumps(value).encode(), PATH)


def written(file: AnnotationFile) -> Json:
    value: Json = json.loads(write_annotations(file.annotations, file.envelope))
    return value


def items(count: int) -> list[Json]:
    return [annotation_json(id=f"urn:example:{number}") for number in range(count)]


def collection(*annotations: Json, **more: Json) -> JsonObject:
    page: JsonObject = {"type": "AnnotationPage", "items": list(annotations)}
    return {**COLLECTION, "total": len(annotations), "first": page, **more}


@given(UNKNOWN, UNKNOWN, UNKNOWN, st.integers(0, 3), st.sampled_from("cpla"))
def test_what_was_read_is_written_again(
    around: dict[str, Json],
    in_page: dict[str, Json],
    in_item: dict[str, Json],
    count: int,
    kind: str,
) -> None:
    annotations: list[Json] = [
        annotation_json(id=f"urn:example:{number}") | in_item for number in range(count)
    ]
    page: JsonObject = {**PAGE, **in_page, "items": annotations}
    value: Json = annotations
    if kind == "c":
        value = {**COLLECTION, **around, "first": page, "total": 3}
        value["type"] = ["AnnotationCollection", "x:Y"]
    elif kind == "p":
        value = page
    elif kind != "l" and annotations:
        value = annotation_json() | in_item | {"@context": [CONTEXT, "urn:example:more"]}
    file = read(value)
    assert json.dumps(written(file)) == json.dumps(value)


def test_the_real_file_is_written_as_it_is(shared_inputs: Path) -> None:
    path = shared_inputs / "her-review.annotations.jsonld"
    file = read_annotations(path.read_bytes(), path)
    assert len(file.annotations) == 8
    assert written(file) == json.loads(path.read_bytes())


def test_the_total_follows_what_was_added_and_removed() -> None:
    file = read(collection(*items(3), total=40))  # 37 on pages elsewhere
    more = annotation_from_json(annotation_json(id="urn:example:new"))
    one_more = json.loads(write_annotations((*file.annotations, more), file.envelope))
    assert one_more["total"] == 41
    assert len(one_more["first"]["items"]) == 4
    two_less = json.loads(write_annotations(file.annotations[2:], file.envelope))
    assert two_less["total"] == 38


def test_a_page_keeps_its_collections_total_true() -> None:
    file = read({**PAGE, "partOf": {"id": "c", "total": 2}, "items": items(2)})
    shorter = json.loads(write_annotations(file.annotations[1:], file.envelope))
    assert shorter["partOf"] == {"id": "c", "total": 1}


def test_a_total_that_is_not_given_is_not_made_up() -> None:
    value = collection(*items(1))
    del value["total"]
    assert written(read(value)) == value


def test_an_edit_changes_its_annotation_only() -> None:
    value = collection(*items(3), label="Mine", total=3)
    file = read(value)
    edited = with_note(file.annotations[1], "new", LATER)
    changed = (file.annotations[0], edited, file.annotations[2])
    again = json.loads(write_annotations(changed, file.envelope))
    assert again["first"]["items"][0] == items(3)[0]
    assert again["first"]["items"][1] == edited.raw
    assert again | {"first": None} == value | {"first": None}


def test_one_annotation_to_which_another_came_is_a_list() -> None:
    file = read(annotation_json(**{"@context": CONTEXT}))
    both = (*file.annotations, annotation_from_json(annotation_json(id="urn:example:2")))
    assert isinstance(json.loads(write_annotations(both, file.envelope)), list)


def test_an_empty_collection_may_have_no_page_and_get_one_later() -> None:
    file = read({**COLLECTION, "total": 0})
    added = write_annotations([annotation_from_json(annotation_json())], file.envelope)
    page = {"id": f"{COLLECTION['id']}#page-1", "type": "AnnotationPage"}
    expected = collection(annotation_json(), first={**page, "items": [annotation_json()]})
    assert json.loads(added) == expected


def test_notes_that_came_from_no_file_make_a_collection() -> None:
    note = annotation_from_json(annotation_json())
    content = write_annotations([note], new_envelope("urn:example:all", "Notes on a text"))
    value = json.loads(content)
    assert value["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (value["type"], value["label"], value["total"]) == (
        "AnnotationCollection",
        "Notes on a text",
        1,
    )
    assert value["first"]["id"] == "urn:example:all#page-1"
    assert read_annotations(content, PATH).annotations == (note,)


@pytest.mark.parametrize(
    ("first", "elsewhere"),
    [
        pytest.param("urn:example:p1", ["urn:example:p1"], id="a page elsewhere"),
        pytest.param(
            {**PAGE, "next": "urn:example:p2", "items": []}, ["urn:example:p2"], id="a next page"
        ),
        pytest.param(
            [{**PAGE, "items": ["urn:a", annotation_json(), "urn:b"]}],
            ["urn:a", "urn:b"],
            id="annotations elsewhere, one here",
        ),
    ],
)
def test_what_a_file_only_names_is_told_and_stays(first: Any, elsewhere: list[str]) -> None:
    value: Json = {**COLLECTION, "total": 40, "first": first}
    file = read(value)
    assert list(file.elsewhere) == elsewhere
    assert json.dumps(written(file)) == json.dumps(value)


def test_a_note_added_among_names_stands_behind_them() -> None:
    file = read({**PAGE, "items": ["urn:a", annotation_json(), "urn:b"]})
    new = annotation_from_json(annotation_json(id="urn:example:new"))
    more = json.loads(write_annotations((*file.annotations, new), file.envelope))["items"]
    assert more == ["urn:a", annotation_json(), "urn:b", new.raw]
    assert json.loads(write_annotations((), file.envelope))["items"] == ["urn:a", "urn:b"]


def test_a_collection_that_named_its_page_keeps_the_name_behind_a_page_of_its_own() -> None:
    file = read({**COLLECTION, "total": 40, "first": "urn:example:p1"})
    new = annotation_from_json(annotation_json())
    first = json.loads(write_annotations([new], file.envelope))["first"]
    assert first == {
        "id": f"{COLLECTION['id']}#page-1",
        "type": "AnnotationPage",
        "next": "urn:example:p1",
        "items": [new.raw],
    }


def test_a_byte_order_mark_and_half_characters_do_no_harm() -> None:
    value: Json = [annotation_json(bodyValue="half \ud83d of \U0001f600, d\u00e9j\u00e0")]
    file = read_annotations(b"\xef\xbb\xbf" + json.dumps(value).encode(), PATH)
    assert written(file) == value


@pytest.mark.parametrize(
    ("value", "where"),
    [
        pytest.param(7, "$", id="a number"),
        pytest.param({"type": "Note"}, "$.type", id="another type"),
        pytest.param({}, "$.type", id="no type"),
        pytest.param([annotation_json(), 7], "$[1]", id="a number in a list"),
        pytest.param(
            annotation_json(target=None, **{"@context": CONTEXT}),
            "$.target",
            id="one without a target",
        ),
        pytest.param(
            collection(*items(2), annotation_json(id=None)),
            "$.first.items[2].id",
            id="one without an id",
        ),
        pytest.param(
            collection(annotation_json(), annotation_json()),
            "$.first.items[1].id",
            id="the same id twice",
        ),
        pytest.param(collection(total=-1), "$.total", id="a total below 0"),
        pytest.param(collection(total="8"), "$.total", id="a total that is a string"),
        pytest.param(collection(first=[7]), "$.first", id="a page that is a list"),
        pytest.param(collection(first=None, total=4), "$.first", id="no page, but a total"),
        pytest.param(
            collection(first={"items": {"a": 1}}), "$.first.items", id="items that are no list"
        ),
        pytest.param({**PAGE, "items": 7}, "$.items", id="a page without a list"),
    ],
)
def test_a_fault_is_named_by_its_json_path(value: Json, where: str) -> None:
    with pytest.raises(NotesUnreadable) as caught:
        read(value)
    assert (caught.value.path, caught.value.where) == (PATH, where)


@pytest.mark.parametrize(
    ("value", "where", "key"),
    [
        ({"@context": CONTEXT, "@id": "urn:a", "@type": "oa:Annotation"}, "$.type", "type"),
        ([{"@id": "urn:a", "type": "Annotation", "target": "urn:b"}], "$[0].id", "id"),
        ([{"id": "urn:a", "@type": "oa:Annotation", "target": "urn:b"}], "$[0].type", "type"),
        ({**PAGE, "id": [], "@id": "urn:a"}, "$.id", ""),
    ],
)
def test_keys_of_before_the_recommendation_are_told(value: Json, where: str, key: str) -> None:
    with pytest.raises(NotesUnreadable) as caught:
        read(value)
    assert caught.value.where == where
    assert (f"written {key} now, not @{key}" in caught.value.reason) == bool(key)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "no JSON: expecting value in line 1, column 1", id="empty"),
        pytest.param(b'{"a":\n 1,}', "in line 2", id="a comma too many"),
        pytest.param(b'"caf\xe9"', "byte 4 is not UTF-8", id="Latin-1"),
        pytest.param(b"[NaN]", "NaN is not a number", id="NaN"),
        pytest.param(b"[1e999]", "1e999 is too large", id="a number too large"),
        pytest.param(b"[" + b"7" * 5_000 + b"]", "thousands of digits", id="a number too long"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="nested deeply"),
    ],
)
def test_what_is_no_json_is_refused_in_words(content: bytes, reason: str) -> None:
    with pytest.raises(NotesUnreadable) as caught:
        read_annotations(content, PATH)
    assert caught.value.where == "$"
    assert reason in caught.value.reason
