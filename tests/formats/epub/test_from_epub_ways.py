"""The ways through an EPUB: its contents, links within it, notes and what refers to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.text.document import ContentsEntry, Place
from tests.formats.epub.epub_books import (
    NCX,
    TWO,
    XHTML,
    kinds_of,
    nav,
    ncx,
    open_body,
    open_book,
    package,
    page,
    point,
    runs_of,
)


def test_nested_contents_of_epub_3_lead_to_places(tmp_path: Path) -> None:
    files = {
        **TWO,
        "nav.xhtml": nav(
            '<li><span>Part</span><ol><li><a href="a.xhtml">A<br/>one</a><ol>'
            '<li><a href="a.xhtml#x"><img src="i.png" alt="Deep"/></a></li></ol></li></ol></li>'
            '<li><a href="b.xhtml">B</a></li><li><a href="gone.xhtml">Gone</a></li>'
            '<li><a href="https://example.org/">Elsewhere</a></li>',
            '<nav epub:type="page-list"><ol><li><a href="b.xhtml#y">7</a></li></ol></nav>',
        ),
    }
    manifest = [("a", "a.xhtml", XHTML, ""), ("b", "b.xhtml", XHTML, "")]
    manifest.append(("n", "nav.xhtml", XHTML, 'properties="nav"'))
    document = open_book(
        tmp_path, files, package(manifest, '<itemref idref="a"/><itemref idref="b"/>')
    )
    assert document.contents == (
        ContentsEntry("Part", "0#", 1),
        ContentsEntry("A one", "0#", 2),
        ContentsEntry("Deep", "0#x", 3),
        ContentsEntry("B", "1#", 1),
    )
    assert document.pages == (ContentsEntry("7", "1#y", 1),)
    places = [document.place_of(entry.target) for entry in document.contents]
    assert places == [Place(0, 0), Place(0, 0), Place(0, 7), Place(1, 0)]
    assert [section.title for section in document.sections] == ["A one", "B"]


def test_contents_of_epub_2_are_the_ncx_s(tmp_path: Path) -> None:
    pages = '<pageList><pageTarget><navLabel><text>7</text></navLabel><content src="b.xhtml#y"/>'
    points = point("A & B", "a.xhtml", point("Inside", "a.xhtml#x")) + point("C", "b.xhtml#y")
    files = {**TWO, "toc.ncx": ncx(points, f"{pages}</pageTarget></pageList>")}
    manifest = [("a", "a.xhtml", XHTML, ""), ("b", "b.xhtml", XHTML, ""), ("t", "toc.ncx", NCX, "")]
    opf = package(
        manifest, '<itemref idref="a"/><itemref idref="b"/>', "", 'toc="t"', version="2.0"
    )
    document = open_book(tmp_path, files, opf)
    assert document.contents == (
        ContentsEntry("A & B", "0#", 1),
        ContentsEntry("Inside", "0#x", 2),
        ContentsEntry("C", "1#y", 1),
    )
    assert document.pages == (ContentsEntry("7", "1#y", 1),)
    assert [section.title for section in document.sections] == ["A & B", "C"]


def test_sections_without_a_line_in_the_contents_are_named_by_their_heading(tmp_path: Path) -> None:
    heading = '<h2>Salt<a epub:type="noteref" href="#n">1</a> and pepper</h2>'
    document = open_body(tmp_path, f"<p>Before.</p>{heading}<p id='n'>Note.</p>")
    assert document.sections[0].title == "Salt and pepper"
    assert document.contents == ()


def test_links_inside_the_book_lead_to_places_and_others_stay(tmp_path: Path) -> None:
    files = {
        "a.xhtml": page(
            '<p><a href="Sub/b.xhtml#y">there</a> <a href="#z">here</a> '
            '<a href="Sub/b.xhtml">all</a> <a href="https://example.org/#y">web</a> '
            '<a href="gone.xhtml#y">gone</a></p>'
            '<p>Before. <span id="z">Here.</span></p>'
        ),
        "Sub/b.xhtml": page('<p>Start.</p><p id="y">There, <a href="../a.xhtml#z">back</a></p>'),
    }
    document = open_book(tmp_path, files)
    links = runs_of(document, "link")
    assert links == [
        *(("there", "1#y"), ("here", "#z"), ("all", "1#"), ("web", "https://example.org/#y")),
    ]
    places = [document.place_of(target, 0) for _, target in links]
    assert places == [Place(1, 8), Place(0, 33), Place(1, 0), None]
    assert runs_of(document, "link", 1) == [("back", "0#z")]


@pytest.mark.parametrize(
    "note",
    [
        pytest.param('<aside epub:type="footnote" id="n"><p>Note.</p></aside>', id="footnote"),
        pytest.param('<aside role="doc-footnote" id="n">Note.</aside>', id="role"),
        pytest.param('<div epub:type="rearnote" id="n"><p>Note.</p></div>', id="rearnote"),
        pytest.param(
            '<section role="doc-endnotes"><ol><li id="n"><p>Note. <a role="doc-backlink" '
            'href="a.xhtml#r">Back</a></p></li></ol></section>',
            id="endnotes",
        ),
    ],
)
def test_notes_are_blocks_of_their_own_and_references_lead_to_them(
    tmp_path: Path, note: str
) -> None:
    reference = '<a epub:type="noteref" id="r" href="{}#n">1</a>'
    files = {
        "a.xhtml": page(f"<p>Far{reference.format('b.xhtml')} away.</p>"),
        "b.xhtml": page(f"<p>Near{reference.format('')}.</p>{note}"),
    }
    document = open_book(tmp_path, files)
    assert kinds_of(document, 1)[1] == ("footnote", "Note.")
    ((_, far),) = runs_of(document, "note_reference", 0)
    ((_, near),) = runs_of(document, "note_reference", 1)
    assert document.place_of(far, 0) == document.place_of(near, 1) == Place(1, 8)


@pytest.mark.parametrize(
    "reference",
    [
        pytest.param('<sup><a href="b.xhtml#n">1</a></sup>', id="raised"),
        pytest.param('<a href="b.xhtml#n"><sup>1</sup></a>', id="raised inside"),
        pytest.param('<a href="b.xhtml#n">[1]</a>', id="in brackets"),
        pytest.param('<a href="b.xhtml#n">*</a>', id="a star"),
        pytest.param('<a class="noteref" href="b.xhtml#n">1</a>', id="by its class"),
    ],
)
def test_references_of_books_without_semantics_are_known(tmp_path: Path, reference: str) -> None:
    note = '<p id="n"><a href="a.xhtml#r">[1]</a> The note.</p>'
    files = {"a.xhtml": page(f'<p id="r">Text{reference}.</p>'), "b.xhtml": page(note)}
    document = open_book(tmp_path, files)
    assert [target for _, target in runs_of(document, "note_reference")] == ["1#n"]
    assert runs_of(document, "note_reference", 1) == []
