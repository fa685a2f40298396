"""Colours and styles of annotations: kept as style classes, read as other tools tell them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.annotations.appearance import (
    COLOURS,
    HIGHLIGHT,
    STRIKE,
    STYLES,
    colour_named,
    style_named,
    style_sheet,
)
from reader.annotations.editing import new_annotation, with_colour, with_style
from reader.annotations.exchange.web_annotations.web_annotation_rules import check_annotation
from reader.annotations.json_ld import CONTEXT, Json, JsonObject
from reader.annotations.model import Annotation, annotation_from_json, annotation_from_text
from reader.text.document import Document, Span
from tests.ui.view.documents import prose

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _annotation(target: JsonObject, **more: Json) -> Annotation:
    return annotation_from_json(
        {
            "@context": CONTEXT,
            "id": "urn:uuid:1",
            "type": "Annotation",
            "target": {"source": "a.txt", **target},
            **more,
        }
    )


def _document() -> Document:
    return prose("one two three")


def _classes(annotation: Annotation) -> Json:
    target = annotation.raw["target"]
    assert isinstance(target, dict)
    return target.get("styleClass")


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_a_style_class_beside_the_colour(style: str) -> None:
    made = new_annotation(
        _document(), Span(0, 0, 3), source="a.txt", created=NOW, colour="sky", style=style
    )
    again = annotation_from_text(made.json_text)
    assert (again.colour, again.style) == ("sky", style)
    assert _classes(made) == ("sky" if style == "highlight" else ["sky", style])


def test_another_style_keeps_colour_and_classes_of_other_makers() -> None:
    first = _annotation({"styleClass": ["mine", "rose", "underline"]})
    struck = with_style(first, "strike", LATER)
    assert _classes(struck) == ["mine", "rose", "strike"]
    assert (struck.style, struck.colour, struck.modified) == ("strike", "rose", LATER)
    plain = with_style(struck, "highlight", LATER)
    assert _classes(plain) == ["mine", "rose"]
    coloured = with_colour(struck, "sky", LATER)
    assert (coloured.style, coloured.colour) == ("strike", "sky")


def test_a_style_is_not_written_where_it_holds_already() -> None:
    first = _annotation({"styleClass": "underline"})
    assert with_style(first, "underline", LATER) is first
    bare = _annotation({})
    assert _classes(with_style(with_style(bare, "strike", NOW), "highlight", NOW)) is None


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("underlined", "underline"),
        ("underscore", "underline"),
        ("Strikethrough", "strike"),
        ("strikeout", "strike"),
        ("line-through", "strike"),
        ("squiggly", "squiggle"),
        ("wavy", "squiggle"),
        ("solid", "highlight"),
        ("outline", None),
        (3, None),
    ],
)
def test_names_of_styles_in_other_tools(name: object, style: str | None) -> None:
    assert style_named(name) == style


@pytest.mark.parametrize(
    ("name", "colour"),
    [
        ("yellow", "apricot"),
        ("#ffd400", "apricot"),
        ("#FF6666", "rose"),
        ("#5fb236", "sage"),
        ("#2ea8e5", "sky"),
        ("#a28ae5", "rose"),
        ("#0f0", "sage"),
        ("#ff000080", "rose"),
        ("#777777", None),
        ("sky", "sky"),
        ("plaid", None),
        (None, None),
        ("rgb(28,113,216)", "sky"),
        ("rgba(246, 97, 81, 0.5)", "rose"),
        ("rgb(38 162 105 / 50%)", "sage"),
        ("rgb(1, 2)", None),
    ],
)
def test_names_of_colours_in_other_tools(name: object, colour: str | None) -> None:
    assert colour_named(name) == colour


def test_the_style_that_readiums_profile_tells_in_the_body_is_read_and_can_be_changed() -> None:
    body: JsonObject = {"type": "TextualBody", "value": "Hm.", "color": "#2ea8e5"}
    told = _annotation({}, body={**body, "highlight": "strikethrough"})
    assert (told.style, told.colour) == ("strike", "sky")
    plain = with_style(told, "highlight", LATER)
    assert plain.style == "highlight"
    assert _classes(plain) == "highlight", "else the body would still say otherwise"
    assert plain.raw["body"] == told.raw["body"]


def test_a_style_sheet_tells_what_its_classes_look_like() -> None:
    sheet: JsonObject = {
        "type": "CssStylesheet",
        "value": ".a { background-color: #5fb236 } .b{text-decoration: underline wavy red;}",
    }
    told = _annotation({"styleClass": ["a", "b"]}, stylesheet=sheet)
    assert (told.colour, told.style) == ("sage", "squiggle")
    plain = _annotation({"styleClass": "c"}, stylesheet=sheet)
    assert plain.style == "highlight"


def test_what_we_mark_says_what_its_classes_look_like() -> None:
    made = new_annotation(
        _document(), Span(0, 0, 4), source="a", created=NOW, colour="sky", style=STRIKE
    )
    assert made.raw["stylesheet"] == {
        "type": "CssStylesheet",
        "value": ".strike { text-decoration: line-through }"
        " .sky { text-decoration-color: #4F82B0 }",
    }
    plain = with_style(with_colour(made, "rose", LATER), HIGHLIGHT, LATER)
    assert plain.raw["stylesheet"] == {
        "type": "CssStylesheet",
        "value": ".rose { background-color: #F8CFC9 }",
    }
    check_annotation(plain.raw, "$")
    check_annotation(made.raw, "$")


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("style", STYLES)
def test_a_style_sheet_of_ours_says_the_same_to_who_reads_only_that(
    colour: str, style: str
) -> None:
    sheet = style_sheet((colour, style))
    assert sheet is not None
    renamed = str(sheet["value"])
    for name in (colour, style):
        renamed = renamed.replace(f".{name} ", f".their-{name} ")
    told = _annotation(
        {"styleClass": [f"their-{colour}", f"their-{style}"]},
        stylesheet={"type": "CssStylesheet", "value": renamed},
    )
    assert (told.colour, told.style) == (colour, style)


def test_a_style_sheet_of_theirs_stays() -> None:
    theirs: JsonObject = {"type": "CssStylesheet", "value": ".sky { color: blue }"}
    told = _annotation({"styleClass": "sky"}, stylesheet=theirs)
    assert with_colour(told, "rose", LATER).raw["stylesheet"] == theirs
