"""Annotations for every feature of the W3C model, and for every must one that breaks it.

W3C publishes samples with the tests of its model; these are our own, one for each of theirs, with
one fault where several of theirs have two. Source: Web Annotation Data Model, sections 3 to 5.
"""

from __future__ import annotations

from typing import Any

Sample = dict[str, Any]

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_PAGE = "http://example.org/story"


def _annotation(**more: Any) -> Sample:
    value: Sample = {
        "@context": _CONTEXT,
        "id": "urn:example:note",
        "type": "Annotation",
        "target": _PAGE,
        **more,
    }
    return {key: item for key, item in value.items() if item is not None}


def _with_context(context: Any) -> Sample:
    return {**_annotation(), "@context": context}


def _selecting(selector: Any, **more: Any) -> Sample:
    return _annotation(target={"source": _PAGE, "selector": selector, **more})


def _saying(**body: Any) -> Sample:
    return _annotation(body=body)


_SOUND = {"id": "http://example.org/rain.ogg", "type": "Sound", "format": "audio/ogg"}
_TEXT = {"type": "TextualBody", "value": "It never stops."}
_QUOTE = {"type": "TextQuoteSelector", "exact": "rain", "prefix": "the ", "suffix": " went"}
_POSITION = {"type": "TextPositionSelector", "start": 12, "end": 20}
_SVG = "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h9v9z'/></svg>"
_CELL = "//table[1]/tr[1]/td"

CORRECT: dict[str, Sample] = {
    "body and target by IRI": _annotation(body="http://example.org/essay"),
    "no body": _annotation(),
    "a resource with its format": _annotation(
        body=_SOUND,
        target={
            "id": _PAGE,
            "format": "text/html",
            "language": ["en", "ar"],
            "textDirection": "ltr",
            "processingLanguage": "en",
        },
    ),
    "a part of a picture by its fragment": _annotation(
        target={"id": "http://example.org/map#xywh=1,2,3,4", "type": "Image"}
    ),
    "a textual body": _saying(
        type="TextualBody", value="<p>Encore</p>", format="text/html", language="fr"
    ),
    "a text as the value of the body": _annotation(bodyValue="It never stops."),
    "a body with a purpose": _annotation(body={**_TEXT, "purpose": "commenting"}),
    "several bodies and targets": _annotation(
        body=["http://example.org/essay", _TEXT], target=[_PAGE, "http://example.org/other"]
    ),
    "a choice of bodies": _saying(
        type="Choice",
        items=[
            {"type": "TextualBody", "value": "Rain", "language": "en"},
            {"id": "http://example.org/pluie", "language": "fr"},
        ],
    ),
    "a composite of targets": _annotation(
        motivation="commenting", target={"type": "Composite", "items": [_PAGE, "urn:example:b"]}
    ),
    "a list of targets": _annotation(
        motivation="tagging", target={"type": "List", "items": [_PAGE, "urn:example:b"]}
    ),
    "independent targets": _annotation(
        motivation="classifying", target={"type": "Independents", "items": [_PAGE, "urn:example:b"]}
    ),
    "a choice within a list": _saying(
        type="List", items=[{"type": "Choice", "items": [_TEXT, "urn:example:b"]}, _SOUND]
    ),
    "who and when": _annotation(
        creator="http://example.org/ada",
        created="2026-05-01T12:00:00Z",
        modified="2026-05-02T08:30:00.250Z",
        generator="http://example.org/app",
        generated="2026-05-03T00:00:00Z",
        body={
            "id": "http://example.org/essay",
            "creator": "http://example.org/bob",
            "created": "2025-01-01T00:00:00Z",
        },
    ),
    "agents described": _annotation(
        creator={
            "id": "http://example.org/ada",
            "type": "Person",
            "name": "Ada",
            "nickname": "a",
            "email": "mailto:ada@example.org",
        },
        generator={"type": "Software", "name": "App", "homepage": "http://example.org/app"},
    ),
    "several creators": _annotation(creator=["http://example.org/ada", {"name": "Bob"}]),
    "an audience": _annotation(
        audience={
            "id": "http://example.org/pupils",
            "type": "schema:EducationalAudience",
            "schema:educationalRole": "student",
        }
    ),
    "what a target offers those who can't hear": _annotation(
        target={"id": "http://example.org/film", "type": "Video", "accessibility": "captions"}
    ),
    "a bookmark with a tag and a description": _annotation(
        motivation="bookmarking",
        body=[
            {"type": "TextualBody", "value": "later", "purpose": "tagging"},
            {"type": "TextualBody", "value": "On weather", "purpose": "describing"},
        ],
    ),
    "several motivations": _annotation(motivation=["highlighting", "questioning"]),
    "rights": _annotation(
        rights="http://example.org/licence", body={**_SOUND, "rights": ["urn:example:licence"]}
    ),
    "other names of it": _annotation(canonical="urn:uuid:1", via=["http://example.net/copy"]),
    "a specific resource as tag": _saying(
        type="SpecificResource", purpose="tagging", source="http://example.org/weather"
    ),
    "a selector elsewhere": _selecting("http://example.org/selector"),
    "a fragment selector": _selecting(
        {"type": "FragmentSelector", "conformsTo": "http://example.org/cfi", "value": "/6/4"}
    ),
    "a CSS selector": _selecting({"type": "CssSelector", "value": "#a > p + p"}),
    "an XPath selector": _selecting({"type": "XPathSelector", "value": _CELL}),
    "a quote": _selecting(_QUOTE),
    "a quote with nothing beside it": _selecting({"type": "TextQuoteSelector", "exact": "rain"}),
    "a position": _selecting({"type": "TextPositionSelector", "start": 12, "end": 12}),
    "a position in data": _selecting({"type": "DataPositionSelector", "start": 0, "end": 9}),
    "a shape elsewhere": _selecting({"type": "SvgSelector", "id": "http://example.org/shape"}),
    "a shape": _selecting({"type": "SvgSelector", "value": _SVG}),
    "a range": _selecting(
        {
            "type": "RangeSelector",
            "startSelector": {"type": "XPathSelector", "value": f"{_CELL}[2]"},
            "endSelector": {"type": "XPathSelector", "value": f"{_CELL}[4]"},
        }
    ),
    "a selector refined": _selecting(
        {"type": "FragmentSelector", "value": "para5", "refinedBy": _QUOTE}
    ),
    "several selectors": _selecting([{"type": "CssSelector", "value": "p"}, _QUOTE]),
    "a selector that isn't in the model": _selecting({"type": "x:EarSelector", "x:beat": 3}),
    "a state elsewhere": _annotation(target={"source": _PAGE, "state": {"id": "urn:example:s"}}),
    "a state in time": _annotation(
        target={
            "source": _PAGE,
            "state": {
                "type": "TimeState",
                "cached": "http://example.org/copy",
                "sourceDate": "2026-01-01T00:00:00Z",
            },
        }
    ),
    "a span of time": _annotation(
        target={
            "source": _PAGE,
            "state": {
                "type": "TimeState",
                "sourceDateStart": "2026-01-01T00:00:00Z",
                "sourceDateEnd": "2026-02-01T00:00:00Z",
            },
        }
    ),
    "a state by request, refined": _annotation(
        target={
            "source": _PAGE,
            "state": {
                "type": "HttpRequestState",
                "value": "Accept: application/pdf",
                "refinedBy": {
                    "type": "TimeState",
                    "sourceDate": "2026-01-01T00:00:00Z",
                    "refinedBy": {"type": "FragmentSelector", "value": "page=10"},
                },
            },
        }
    ),
    "a style elsewhere": _annotation(
        stylesheet="http://example.org/style", target={"source": _PAGE, "styleClass": "red"}
    ),
    "a style": _annotation(
        stylesheet={"type": "CssStylesheet", "value": ".red { color: red }"},
        target={"source": _PAGE, "styleClass": ["red", "wide"]},
    ),
    "how it was rendered": _annotation(
        target={
            "source": _PAGE,
            "selector": "urn:example:s",
            "renderedVia": {"id": "http://example.org/app", "type": "Software"},
        }
    ),
    "a scope": _annotation(target={"source": "urn:example:picture", "scope": _PAGE}),
    "a source described": _annotation(
        target={"source": {"id": _PAGE, "type": "Text", "format": "text/html"}, "selector": _QUOTE}
    ),
    "three refinements, one in another": _selecting(
        {
            "type": "CssSelector",
            "value": "main",
            "refinedBy": {
                "type": "XPathSelector",
                "value": "p[2]",
                "refinedBy": {**_QUOTE, "refinedBy": {**_POSITION, "start": 1, "end": 3}},
            },
        }
    ),
    "alternatives of a refinement": _selecting(
        {"type": "FragmentSelector", "value": "p2", "refinedBy": [_QUOTE, _POSITION]}
    ),
    "a range between selectors elsewhere": _selecting(
        {"type": "RangeSelector", "startSelector": "urn:example:a", "endSelector": "urn:example:b"}
    ),
    "a range between points in paragraphs": _selecting(
        {
            "type": "RangeSelector",
            "startSelector": {"type": "CssSelector", "value": "#a", "refinedBy": _POSITION},
            "endSelector": {"type": "CssSelector", "value": "#b", "refinedBy": _POSITION},
            "refinedBy": _QUOTE,
        }
    ),
    "a stretch of a film": _selecting(
        {
            "type": "FragmentSelector",
            "conformsTo": "http://www.w3.org/TR/media-frags/",
            "value": "t=30,60",
        }
    ),
    "a part of a body": _saying(
        source="http://example.org/film", purpose="describing", selector="urn:example:s"
    ),
    "a body that is a file by itself, and its author": _saying(
        type=["Text", "x:Essay"],
        id="http://example.org/essay",
        creator={"type": ["Person", "x:Critic"], "name": ["Ada", "A. L."]},
        modified="2026-05-02T08:30:00Z",
        canonical="urn:uuid:2",
    ),
    "a body of two classes": _saying(type=["TextualBody", "x:Aside"], value="Rain.", id="urn:a"),
    "a text without a class": _saying(value="It never stops.", purpose=["commenting", "x:aside"]),
    "a text that is the source of a body": _saying(
        type="SpecificResource", purpose="editing", source=_TEXT
    ),
    "a choice between parts, which says more of them": _saying(
        type="Choice",
        id="urn:example:choice",
        items=[
            {"type": "SpecificResource", "source": _SOUND, "purpose": "describing"},
            {**_TEXT, "creator": "urn:example:ada", "language": ["en", "de"]},
        ],
    ),
    "a choice of targets": _annotation(
        target={"type": "Choice", "items": [{"source": _PAGE, "selector": _QUOTE}, _SOUND]}
    ),
    "several states, of which one is elsewhere": _annotation(
        target={
            "source": _PAGE,
            "selector": _QUOTE,
            "state": [
                "urn:example:state",
                {"type": "TimeState", "sourceDate": ["2026-01-01T00:00:00Z"] * 2},
                {"type": "TimeState", "cached": ["urn:example:a", "urn:example:b"]},
            ],
        }
    ),
    "several scopes and programs": _annotation(
        target={
            "source": _PAGE,
            "scope": ["urn:example:a", {"id": "urn:example:b"}],
            "renderedVia": ["urn:example:app", {"type": "Software", "name": "App"}],
        }
    ),
    "a style at two addresses": _annotation(
        stylesheet={"id": "http://example.org/style", "type": "CssStylesheet"},
        body={"source": _PAGE, "styleClass": ["red", "wide"], "selector": _QUOTE},
    ),
    "a reply": _annotation(motivation="replying", target="urn:example:another", body=_TEXT),
    "moments in another zone, in short and to the microsecond": _annotation(
        created="2026-05-01T12:00:00+02:00",
        modified="2026-05-01T10:00:00.1Z",
        generated="2026-05-01T10:00:00.123456789Z",
    ),
    "the last moment of a day": _annotation(created="2026-05-01T24:00:00Z"),
    "a second that was put in": _annotation(modified="2016-12-31T23:59:60Z"),
    "names relative to the file": _annotation(
        id="#a-1", target={"source": "story.txt", "selector": _QUOTE}
    ),
    "names in other scripts": _annotation(
        id="http://example.org/注釈/1", body="http://example.org/été", rights="http://例え.jp/"
    ),
    "properties of others everywhere": {
        **_annotation(
            body={**_TEXT, "x:mood": {"x:of": ["glad", 0.5, None, True]}},
            target={
                "source": {"id": _PAGE, "x:edition": 2},
                "selector": {**_QUOTE, "x:page": 12},
                "x:seen": False,
            },
            creator={"name": "Ada", "x:orcid": "1"},
        ),
        "x:of": {"@id": "urn:x", "@type": "x:y", "@value": "z", "@language": "en"},
    },
    "one of each in a list by itself": {
        **_annotation(bodyValue=["a"], created=["2026-05-01T12:00:00Z"]),
        "id": ["urn:example:note"],
        "type": ["Annotation"],
        "@context": [_CONTEXT],
    },
    "a context more": _with_context([{"x": "urn:example:x"}, _CONTEXT]),
}
"""Legal annotations by what is special about each."""

INCORRECT: dict[str, tuple[Sample, str]] = {
    "no context": (_annotation(**{"@context": None}), "$.@context"),
    "a context that is none": (_with_context("fish"), "$.@context"),
    "other contexts only": (_with_context(["urn:example:a", "urn:example:b"]), "$.@context"),
    "an id with spaces": (_annotation(id="no iri at all"), "$.id"),
    "two ids": (_annotation(id=["urn:a", "urn:b"]), "$.id"),
    "another type": (_annotation(type="Bookmark"), "$.type"),
    "a body's id with spaces": (_saying(id="no iri either"), "$.body.id"),
    "a format that is a number": (_saying(id="urn:a", format=6), "$.body.format"),
    "a language that is a number": (_saying(id="urn:a", language=3), "$.body.language"),
    "two languages to process in": (
        _saying(id="urn:a", processingLanguage=["en", "de"]),
        "$.body.processingLanguage",
    ),
    "a direction that is none": (
        _saying(id="urn:a", textDirection="up"),
        "$.body.textDirection",
    ),
    "two directions": (
        _saying(id="urn:a", textDirection=["ltr", "rtl"]),
        "$.body.textDirection",
    ),
    "a textual body without text": (_saying(type="TextualBody"), "$.body.value"),
    "a textual body with texts": (_saying(type="TextualBody", value=["a", "b"]), "$.body.value"),
    "a body and a body's value": (_annotation(body=_TEXT, bodyValue="a"), "$.bodyValue"),
    "items of nobody knows what": (_saying(items=["urn:a", "urn:b"]), "$.body.type"),
    "words where an IRI belongs": (_annotation(body="It never stops."), "$.body"),
    "words among bodies": (_annotation(body=[_TEXT, "It never stops."]), "$.body[1]"),
    "a text in two languages": (
        _saying(type="TextualBody", value={"@value": "Rain", "@language": "en"}),
        "$.body.value",
    ),
    "a text that is also a part of something": (
        _saying(type="TextualBody", value="Rain", source="urn:a"),
        "$.body.source",
    ),
    "a part of something that is also a text": (
        _saying(source="urn:a", selector="urn:b", value="Rain"),
        "$.body.value",
    ),
    "a body's value that has a type": (
        _annotation(bodyValue={"@value": "1", "@type": "xsd:string"}),
        "$.bodyValue",
    ),
    "two values of a body": (_annotation(bodyValue=["a", "b"]), "$.bodyValue"),
    "a purpose of something elsewhere": (
        _saying(id="urn:a", purpose="tagging"),
        "$.body.purpose",
    ),
    "a choice of two types": (
        _saying(type=["Choice", "x:Any"], items=["urn:a"]),
        "$.body.type",
    ),
    "a choice with a value": (
        _saying(type="Choice", items=["urn:a"], value="Rain"),
        "$.body.value",
    ),
    "a list with a source": (
        _annotation(target={"type": "List", "items": ["urn:a"], "source": "urn:b"}),
        "$.target.source",
    ),
    "a choice with a purpose": (
        _saying(type="List", items=[{"type": "Choice", "items": ["urn:a"], "purpose": "tagging"}]),
        "$.body.items[0].purpose",
    ),
    "a choice of nothing": (_saying(type="Choice", items=[]), "$.body.items"),
    "a choice of one, not in a list": (
        _saying(type="Choice", items={"id": "urn:a"}),
        "$.body.items",
    ),
    "a choice of a number": (_saying(type="Choice", items=["urn:a", 7]), "$.body.items[1]"),
    "a body that is nothing": (_saying(type="Video"), "$.body"),
    "no target": (_annotation(target=None), "$.target"),
    "a target that is a text": (_annotation(target=_TEXT), "$.target.type"),
    "a target with a text": (_annotation(target={"id": "urn:a", "value": "a"}), "$.target.value"),
    "a target that is a number": (_annotation(target=["urn:a", 7]), "$.target[1]"),
    "no targets": (_annotation(target=[]), "$.target"),
    "a target with spaces": (_annotation(target=["urn:a", "the story"]), "$.target[1]"),
    "a specific resource without a source": (
        _annotation(target={"type": "SpecificResource"}),
        "$.target.source",
    ),
    "two sources": (_annotation(target={"source": ["urn:a", "urn:b"]}), "$.target.source"),
    "a source that is a choice": (
        _annotation(target={"source": {"type": "Choice", "items": ["urn:a"]}}),
        "$.target.source.type",
    ),
    "a source that is a part itself": (
        _annotation(target={"source": {"source": "urn:a", "selector": "urn:b"}}),
        "$.target.source",
    ),
    "a source that can't be named": (
        _annotation(target={"source": {"format": "text/html"}, "selector": _QUOTE}),
        "$.target.source",
    ),
    "a selector without a source": (
        _annotation(target={"id": "urn:a", "selector": _QUOTE}),
        "$.target.source",
    ),
    "a fragment without a value": (
        _selecting({"type": "FragmentSelector"}),
        "$.target.selector.value",
    ),
    "a fragment with values": (
        _selecting({"type": "FragmentSelector", "value": ["x", "y"]}),
        "$.target.selector.value",
    ),
    "a fragment that conforms to two things": (
        _selecting({"type": "FragmentSelector", "value": "x", "conformsTo": ["urn:a", "urn:b"]}),
        "$.target.selector.conformsTo",
    ),
    "a CSS selector without a value": (
        _selecting([_QUOTE, {"type": "CssSelector"}]),
        "$.target.selector[1].value",
    ),
    "a quote of nothing": (
        _selecting({"type": "TextQuoteSelector", "prefix": "a"}),
        "$.target.selector.exact",
    ),
    "a position without an end": (
        _selecting({"type": "TextPositionSelector", "start": 1}),
        "$.target.selector.end",
    ),
    "a position in data before its start": (
        _selecting({"type": "DataPositionSelector", "start": 2, "end": 1}),
        "$.target.selector.end",
    ),
    "a shape that is none": (_selecting({"type": "SvgSelector"}), "$.target.selector.value"),
    "a range with one end": (
        _selecting({"type": "RangeSelector", "startSelector": _QUOTE}),
        "$.target.selector.endSelector",
    ),
    "a fault at the end of a range": (
        _selecting(
            {
                "type": "RangeSelector",
                "startSelector": _QUOTE,
                "endSelector": {"type": "XPathSelector", "value": 7},
            }
        ),
        "$.target.selector.endSelector.value",
    ),
    "a fault in a refinement": (
        _selecting({"type": "CssSelector", "value": "p", "refinedBy": {"type": "CssSelector"}}),
        "$.target.selector.refinedBy.value",
    ),
    "a selector that is nothing": (_selecting({"exact": "rain"}), "$.target.selector.type"),
    "a selector of two types": (
        _selecting({"type": ["SvgSelector", "x:Content"], "value": _SVG}),
        "$.target.selector.type",
    ),
    "a selector whose type is a number": (
        _selecting([_QUOTE, {"type": 7, "id": "urn:a"}]),
        "$.target.selector[1].type",
    ),
    "a fault three refinements deep": (
        _selecting(
            {
                "type": "CssSelector",
                "value": "p",
                "refinedBy": {**_QUOTE, "refinedBy": [_QUOTE, {**_POSITION, "start": -1}]},
            }
        ),
        "$.target.selector.refinedBy.refinedBy[1].start",
    ),
    "a position in halves": (_selecting({**_POSITION, "end": 12.5}), "$.target.selector.end"),
    "a position in words": (_selecting({**_POSITION, "start": "12"}), "$.target.selector.start"),
    "a quote with two beginnings": (
        _selecting({**_QUOTE, "prefix": ["a", "b"]}),
        "$.target.selector.prefix",
    ),
    "an XPath that is a number": (
        _selecting({"type": "XPathSelector", "value": 1}),
        "$.target.selector.value",
    ),
    "a state of two types": (
        _annotation(target={"source": _PAGE, "state": {"type": ["TimeState", "x:Old"]}}),
        "$.target.state.type",
    ),
    "a moment and a span of time": (
        _annotation(
            target={
                "source": _PAGE,
                "state": {
                    "type": "TimeState",
                    "sourceDate": "2026-01-01T00:00:00Z",
                    "sourceDateStart": "2026-01-01T00:00:00Z",
                    "sourceDateEnd": "2026-01-02T00:00:00Z",
                },
            }
        ),
        "$.target.state.sourceDateStart",
    ),
    "a copy that is no IRI": (
        _annotation(target={"source": _PAGE, "state": {"type": "TimeState", "cached": "my disk"}}),
        "$.target.state.cached",
    ),
    "half a span of time": (
        _annotation(
            target={
                "source": _PAGE,
                "state": {"type": "TimeState", "sourceDateStart": "2026-01-01T00:00:00Z"},
            }
        ),
        "$.target.state.sourceDateEnd",
    ),
    "a request of nothing": (
        _annotation(target={"source": _PAGE, "state": {"type": "HttpRequestState"}}),
        "$.target.state.value",
    ),
    "a day, not a moment": (_annotation(created="2026-05-01"), "$.created"),
    "a moment in no zone": (_annotation(created="2026-05-01T12:00:00"), "$.created"),
    "a moment in no month": (_annotation(generated="2026-13-01T12:00:00Z"), "$.generated"),
    "a day that never was": (_annotation(modified="2026-02-30T12:00:00Z"), "$.modified"),
    "two moments": (
        _annotation(modified=["2026-05-01T12:00:00Z", "2026-05-02T12:00:00Z"]),
        "$.modified",
    ),
    "a body made some day": (_saying(id="urn:a", created="yesterday"), "$.body.created"),
    "a creator that is a number": (_annotation(creator=[7]), "$.creator[0]"),
    "rights in words": (_annotation(rights="all mine"), "$.rights"),
    "two canonical names": (_annotation(canonical=["urn:a", "urn:b"]), "$.canonical"),
    "a motivation that is a number": (_annotation(motivation=7), "$.motivation"),
    "two creators in one": (_annotation(creator={"id": ["urn:a", "urn:b"]}), "$.creator.id"),
    "a program that is a number": (
        _annotation(target={"source": _PAGE, "renderedVia": 7}),
        "$.target.renderedVia",
    ),
    "a scope in words": (
        _annotation(target={"source": _PAGE, "scope": ["urn:a", "the page"]}),
        "$.target.scope[1]",
    ),
    "two styles": (_annotation(stylesheet=["urn:a", "urn:b"]), "$.stylesheet"),
    "a style of another type": (
        _annotation(stylesheet={"type": ["CssStylesheet", "x:Content"], "value": ""}),
        "$.stylesheet.type",
    ),
    "a style that is none": (
        _annotation(stylesheet={"type": "CssStylesheet"}),
        "$.stylesheet.value",
    ),
    "a class that is a number": (
        _annotation(target={"source": _PAGE, "styleClass": 7}),
        "$.target.styleClass",
    ),
}
"""Annotations that break the model, by what is wrong, each with the JSON path of its fault."""
