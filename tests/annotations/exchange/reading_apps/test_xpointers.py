"""XPointers of KOReader's engine lead to the places they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotations.exchange.reading_apps.foreign_places import fragment_of, place_of
from reader.annotations.format_selectors import SectionsAtHand, span_of_fragment
from reader.text.document import Document
from tests.formats.epub.epub_books import page, write_book

BODY = """
  <div>
    <p>One   two
       three</p>
    <p> Before <em>within</em> and
      <b>bold</b> after.</p>
    <pre>a  b
c   d</pre>
    <p>The clock went on.</p>
    <p>The clock went on.</p>
    <ul><li><span>only here</span></li></ul>
  </div>
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    from reader.formats.registry import open_document

    folder = tmp_path_factory.mktemp("book")
    files = {"one.xhtml": page("<p>First file.</p>"), "two.xhtml": page(BODY)}
    return open_document(write_book(folder / "book.epub", files))


def passage(document: Document, written: str) -> str | None:
    told = fragment_of(written, document)
    span = None if told is None else span_of_fragment(told[1], SectionsAtHand(document))
    return None if span is None else document.sections[span.section].text[span.start : span.end]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("p[1]/text().4", "p[1]/text().13", "two three", id="white space is one"),
        pytest.param("p[2]/text()[1].1", "p[2]/text()[1].7", "Before", id="a text node by number"),
        pytest.param("p[2]/em/text().0", "p[2]/em/text().6", "within", id="a number left out"),
        pytest.param("p[2]/em/text().2", "p[2]/text()[3].6", "thin and bold after", id="across"),
        pytest.param("pre/text().3", "pre/text().7", "b\nc ", id="code keeps its white space"),
        pytest.param("p[4]/text().4", "p[4]/text().9", "clock", id="the second of two alike"),
        pytest.param("ul/li/span.0", "ul/li/span.1", "only here", id="an element and its end"),
    ],
)
def test_a_passage(document: Document, start: str, end: str, expected: str) -> None:
    base = "/body/DocFragment[2]/body/div/"
    assert passage(document, f"{base}{start} {base}{end}") == expected


def test_the_second_of_two_paragraphs_alike_is_meant(document: Document) -> None:
    place = place_of("/body/DocFragment[2]/body/div/p[4]/text().4", document)
    text = document.sections[1].text
    assert place is not None
    assert (place.section, place.offset) == (1, text.rindex("clock"))


def test_the_only_file_has_no_number(tmp_path: Path) -> None:
    from reader.formats.registry import open_document

    book = open_document(write_book(tmp_path / "book.epub", {"a.xhtml": page("<p>Hello you</p>")}))
    base = "/body/DocFragment/body/p/text()"
    assert passage(book, f"{base}.6 {base}.9") == "you"


@pytest.mark.parametrize(
    "written",
    [
        "/body/DocFragment[9]/body/div/p[1]/text().0",
        "/body/DocFragment[2]/body/div/p[40]/text().0",
        "/body/DocFragment[2]/body/div/p[2]/text()[9].0",
        "/body/DocFragment[2]/body/div/autoBoxing/p/text().0",
        "/body/DocFragment[2]/body/div/p[1]/text().0 /body/DocFragment[1]/body/p/text().3",
        "/body/DocFragment[2]/body/../../etc",
        "/body/DocFragment",
        "/FictionBook/body/section[3]/p[2]/text().5",
    ],
)
def test_what_leads_nowhere_here_is_no_place(document: Document, written: str) -> None:
    assert fragment_of(written, document) is None


def test_a_page_is_one_only_where_there_are_pages(document: Document) -> None:
    assert fragment_of("page=3", document) is None
