"""Places told in the terms of EPUB, HTML and PDF: written beside the quote, followed alone."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.anchoring import AnchorState
from reader.annotations.editing import new_annotation
from reader.annotations.epub_cfi import CONFORMS_TO, read_cfi
from reader.annotations.exchange.web_annotations.web_annotation import read_annotations
from reader.annotations.format_selectors import (
    CSS,
    FRAGMENT,
    PDF,
    SECTION,
    FormatSelectors,
    SectionsAtHand,
    place_told,
)
from reader.annotations.json_ld import Json, JsonObject, json_text_of
from reader.annotations.model import Annotation, annotation_from_json
from reader.annotations.placing import placed_annotations
from reader.annotations.selectors import PROGRESSION
from reader.annotations.store import AnnotationStore
from reader.formats.registry import open_document
from reader.storage.database import Database
from reader.text.document import Document, Span
from reader.text.markup import MarkupText
from tests.annotations.documents import NOON, annotation_json
from tests.formats.epub.epub_books import open_book, page

PAGE = """<!DOCTYPE html><html><head><title>A page</title><style>p { color: red }</style></head>
<body><main id="main"><h1>A   page</h1>
<p>One <em>quiet</em> voice &amp; a 😀 second one.<!-- unseen --> It reads.</p>
<script>let unseen = "voice";</script>
<ul><li>First</li><li id="2nd">Second voice</li></ul>
<p>The last one says <b>good<i>bye</i></b>.</p></main></body></html>"""


def selectors(annotation: Annotation) -> dict[str, JsonObject]:
    target = annotation.raw["target"]
    assert isinstance(target, dict)
    found = target["selector"]
    assert isinstance(found, list)
    return {str(one["type"]): one for one in found if isinstance(one, dict)}


def noted(document: Document, span: Span) -> Annotation:
    note = new_annotation(document, span, source="a", created=NOON)
    return FormatSelectors(document).completed(note, span)


def only(selector: JsonObject) -> Annotation:
    """Return an annotation made by somebody who tells its place in this way alone."""
    return annotation_from_json(annotation_json(target={"source": "a", "selector": selector}))


def span_of(document: Document, words: str, section: int = 0) -> Span:
    start = document.sections[section].text.index(words)
    return Span(section, start, start + len(words))


@pytest.fixture
def web_page(tmp_path: Path) -> Document:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return open_document(path)


CHAPTER = """<section id="ch{n}"><h1>Chapter {n}</h1>
<p>It was <em>quiet</em> in house number {n},
   &amp; nobody 😀 answered.<br/> A second line of it.</p><!-- unseen -->
<div><p id="p^{n}">“Who is there?” said the <b>v<i>oi</i>ce</b> of number {n}.</p>
<ol><li>One of {n}</li><li>Two of {n}</li></ol></div><script>let unseen;</script>
<p>The last words of chapter {n} are these, and no others; <img src="x.png" alt="A cat"/> good
night.</p></section>"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Document:
    files = {f"c{n}.xhtml": page(CHAPTER.format(n=n), f"Chapter {n}") for n in range(8)}
    return open_book(tmp_path_factory.mktemp("book"), files)


def test_a_passage_of_a_page_is_told_by_its_element_and_the_position_in_it(
    web_page: Document,
) -> None:
    note = noted(web_page, span_of(web_page, "quiet voice & a 😀 second"))
    found = selectors(note)
    assert set(found) == {"TextQuoteSelector", "TextPositionSelector", PROGRESSION, CSS}
    assert found[CSS]["value"] == "#main > p:nth-of-type(1)"
    assert found[CSS]["refinedBy"] == {"type": "TextPositionSelector", "start": 4, "end": 28}
    assert 0 < float(str(found[PROGRESSION]["value"])) < 0.5
    content = json_text_of(note.raw).encode()
    assert read_annotations(content, Path("a.jsonld")).annotations == (note,)


@pytest.mark.parametrize(
    "words", ["A page", "quiet", "quiet voice & a 😀 second one", "It reads.", "Second", "goodbye."]
)
def test_what_was_told_by_css_is_found_by_css_alone(web_page: Document, words: str) -> None:
    span = span_of(web_page, words)
    assert place_told(only(selectors(noted(web_page, span))[CSS]), SectionsAtHand(web_page)) == span


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ({"type": CSS, "value": "#main > ul li:nth-child(2)"}, "Second voice"),
        ({"type": CSS, "value": "p:last-of-type b"}, "goodbye"),
        ({"type": "XPathSelector", "value": "/html/body/main/p[2]/b"}, "goodbye"),
        ({"type": "XPathSelector", "value": "/main[1]/p[1]/em"}, "quiet"),
        ({"type": CSS, "value": "table"}, None),
        ({"type": CSS, "value": "p:::nothing["}, None),
        ({"type": "XPathSelector", "value": "//p["}, None),
        ({"type": "XPathSelector", "value": "count(//p)"}, None),
    ],
)
def test_elements_told_by_others_are_found(
    web_page: Document, selector: JsonObject, words: str | None
) -> None:
    expected = None if words is None else span_of(web_page, words)
    assert place_told(only(selector), SectionsAtHand(web_page)) == expected


def test_a_note_with_css_alone_is_anchored_and_followed(web_page: Document, tmp_path: Path) -> None:
    note = only({"type": CSS, "value": "p:last-of-type b"})
    with Database(tmp_path / "notes.db") as database:
        store = AnnotationStore(database)
        store.save(web_page.fingerprint, note)
        for _ in range(2):  # the second time from what was kept
            ((_, anchor),) = placed_annotations(store, web_page)
            assert anchor.state is AnchorState.ANCHORED
            assert anchor.span == span_of(web_page, "goodbye")


def test_a_section_is_parsed_once_for_all_the_notes_in_it(
    book: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["quiet", "house", "nobody", "answered", "second line"]
    fragments = [selectors(noted(book, span_of(book, word, 2)))[FRAGMENT] for word in words]
    assert book.markup is not None
    parsed, text_of = [], book.markup.text_of

    def counted(section: int) -> MarkupText | None:
        parsed.append(section)
        return text_of(section)

    monkeypatch.setattr(book.markup, "text_of", counted)
    with Database(tmp_path / "notes.db") as database:
        store = AnnotationStore(database)
        for number, fragment in enumerate(fragments):
            target: JsonObject = {"source": "a", "selector": fragment}
            told = annotation_json(id=f"urn:uuid:{number}", target=target)
            store.save(book.fingerprint, annotation_from_json(told))
        placed = placed_annotations(store, book)
    assert [anchor.span for _, anchor in placed] == [span_of(book, word, 2) for word in words]
    assert parsed == [2]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_passage_of_a_book_is_told_by_a_cfi_and_found_by_it_alone(
    book: Document, data: st.DataObject
) -> None:
    section = data.draw(st.integers(0, len(book.sections) - 1))
    text = book.sections[section].text
    words = [found.span() for found in re.finditer(r"[^\W_]+", text)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    span = Span(section, words[first][0], words[last][1])
    if {"A", "cat"} & {text[slice(*words[first])], text[slice(*words[last])]}:
        return  # said instead of a picture: it stands in no character data
    fragment = selectors(noted(book, span))[FRAGMENT]
    assert fragment["conformsTo"] == CONFORMS_TO
    assert place_told(only(fragment), SectionsAtHand(book)) == span


@pytest.mark.parametrize("section", [0, 5])
def test_a_passage_of_a_book_is_told_by_css_too_with_the_section_it_is_in(
    book: Document, section: int
) -> None:
    span = span_of(book, "said the voice of number", section)
    selector = selectors(noted(book, span))[CSS]
    assert selector[SECTION] == section
    assert place_told(only(selector), SectionsAtHand(book)) == span


def test_an_element_that_one_section_of_several_has_is_found_in_that(book: Document) -> None:
    there = only({"type": CSS, "value": "#ch3 li:first-child"})
    assert place_told(there, SectionsAtHand(book)) == span_of(book, "One of 3", 3)
    assert place_told(only({"type": CSS, "value": "li:first-child"}), SectionsAtHand(book)) is None


@pytest.mark.parametrize("number", [-1, 99, True, "2"])
def test_a_section_that_there_isn_t_is_not_looked_for(book: Document, number: Json) -> None:
    selector: JsonObject = {"type": CSS, "value": "#ch2 li:first-child", SECTION: number}
    assert place_told(only(selector), SectionsAtHand(book)) == span_of(book, "One of 2", 2)


@pytest.mark.parametrize(
    "written",
    ["", "epubcfi(", "epubcfi()", "epubcfi(/6)", "epubcfi(/6/4!/4/2,/1:0)", "/6/4!/4/2"],
)
def test_what_is_no_cfi_leads_nowhere(written: str, book: Document) -> None:
    assert read_cfi(written) is None
    assert place_told(only({"type": FRAGMENT, "value": written}), SectionsAtHand(book)) is None


def test_signs_and_ids_in_a_cfi_are_read() -> None:
    cfi = read_cfi("book.epub#epubcfi(/6/4[chap^]1]!/4[a^,b;s=b]/10,/2/1:3,/4:0[xx,y])")
    assert cfi is not None
    assert (cfi.spine, cfi.itemref, cfi.name) == (6, 4, "chap]1")
    assert cfi.start.steps == ((4, "a,b"), (10, ""), (2, ""), (1, ""))
    assert (cfi.start.offset, cfi.end.offset) == (3, 0)


def test_a_passage_of_a_pdf_is_told_by_page_and_rectangle(pdf: Document) -> None:
    span = span_of(pdf, "quiet voice")
    fragment = selectors(noted(pdf, span))[FRAGMENT]
    assert fragment["conformsTo"] == PDF
    assert str(fragment["value"]).startswith("page=1&viewrect=")
    assert place_told(only(fragment), SectionsAtHand(pdf)) == span
    begins = place_told(
        only({"type": FRAGMENT, "conformsTo": PDF, "value": "page=1"}), SectionsAtHand(pdf)
    )
    assert begins == Span(0, 0, 0)
    assert place_told(only({"type": FRAGMENT, "value": "page=9"}), SectionsAtHand(pdf)) is None


def test_a_passage_of_several_lines_of_a_pdf_is_told_line_by_line(tmp_path: Path) -> None:
    from fpdf import FPDF

    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("Helvetica", size=14)
    words = " ".join(f"word{number}" for number in range(60))
    sheet.multi_cell(80, text=words)
    path = tmp_path / "lines.pdf"
    sheet.output(str(path))
    document = open_document(path)
    span = span_of(document, words[60:300])
    fragment = selectors(noted(document, span))[FRAGMENT]
    told = [part.split("=") for part in str(fragment["value"]).split("&")]
    assert [name for name, _ in told] == ["page", "viewrect", *["highlight"] * (len(told) - 2)]
    lines = [tuple(map(float, sides.split(","))) for name, sides in told if name == "highlight"]
    assert len(lines) > 3
    assert all(left < right and top < bottom for left, right, top, bottom in lines)
    assert all(one[2] < other[2] and one[3] < other[3] for one, other in pairwise(lines))
    assert place_told(only(fragment), SectionsAtHand(document)) == span


@pytest.fixture
def pdf(tmp_path: Path) -> Document:
    from fpdf import FPDF

    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("Helvetica", size=14)
    sheet.cell(text="A quiet voice reads in the dark.")
    path = tmp_path / "page.pdf"
    sheet.output(str(path))
    return open_document(path)
