"""What stands in a book, as one reads it: text of special kinds, and pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.epub.epub_books import (
    PIXEL,
    Files,
    kinds_of,
    open_body,
    open_book,
    page,
    runs_of,
    texts_of,
)
from tests.formats.sound_documents import assert_sound

# Text of special kinds


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby></p>", "漢字", id="ruby"
        ),
        pytest.param(
            '<p>So <math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x squared">'
            "<msup><mi>x</mi><mn>2</mn></msup></math>.</p>",
            "So x squared.",
            id="a formula with its own words",
        ),
        pytest.param(
            '<p>So <m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:msup><m:mi>x</m:mi>'
            "<m:mn>2</m:mn></m:msup></m:math>.</p>",
            "So x².",
            id="a formula without",
        ),
        pytest.param(
            '<p>One<span epub:type="pagebreak" id="p7" title="7">7</span>word</p>',
            "Oneword",
            id="a page break inside a word",
        ),
        pytest.param(
            '<p>One.</p><div role="doc-pagebreak" aria-label="7">Page 7</div>',
            "One.",
            id="a page number on a line",
        ),
        pytest.param(
            '<p>One<span class="pagenum">[Pg 12]</span> two.</p>', "One two.", id="by its class"
        ),
        pytest.param(
            '<p>One<span class="pagenum">no number</span> two.</p>',
            "Oneno number two.",
            id="only a number is a page number",
        ),
        pytest.param(
            "<p>Seen<script>alert(1)</script><style>p{}</style><span hidden=''>not</span>.</p>",
            "Seen.",
            id="scripts and styles",
        ),
        pytest.param(
            '<epub:switch id="s"><epub:case required-namespace="http://x"><p>Odd.</p></epub:case>'
            "<epub:default><p>Plain.</p></epub:default></epub:switch>",
            "Plain.",
            id="the default of a switch",
        ),
        pytest.param(
            '<object data="a.swf" type="application/x-shockwave-flash"><p>Instead.</p></object>',
            "Instead.",
            id="what stands for an object",
        ),
        pytest.param("<table><tr><td>a</td></tr></table>", "a", id="a table for layout"),
        pytest.param("<p>A</p><p>&nbsp;</p><p>&#8203;</p><p>B</p>", "A\n\nB", id="gaps"),
        pytest.param("<p>A&nbsp;B&hellip;</p>", "A\xa0B…", id="entities of HTML"),
        pytest.param("<p>not <b>well<p>formed", "not well\n\nformed", id="tags that never end"),
    ],
)
def test_the_text_is_what_one_reads(tmp_path: Path, body: str, expected: str) -> None:
    document = open_body(tmp_path, body)
    assert texts_of(document) == [expected]
    assert_sound(document)


def test_entities_that_old_books_declare_are_their_characters(tmp_path: Path) -> None:
    declared = "<!DOCTYPE html [<!ENTITY dash \"&#8212;\"><!ENTITY who 'Ann'>]>"
    text = page("<p>&who;&dash;she</p>").replace("<!DOCTYPE html>", declared)
    assert texts_of(open_book(tmp_path, {"a.xhtml": text})) == ["Ann—she"]


def test_page_breaks_are_places(tmp_path: Path) -> None:
    body = '<p>One <span epub:type="pagebreak" id="p7" title="7"/>two.</p>'
    document = open_body(tmp_path, body)
    assert document.sections[0].text == "One two."
    place = document.place_of("0#p7")
    assert place is not None
    assert document.sections[0].text[place.offset :].strip() == "two."


def test_tables_and_lists_keep_their_order(tmp_path: Path) -> None:
    body = (
        "<table><thead><tr><th>k</th><th>v</th></tr></thead><tr><td>a</td><td>1</td></tr></table>"
        "<ol><li>x</li><li>y</li></ol>"
    )
    document = open_body(tmp_path, body)
    kinds = [kind for kind, _ in kinds_of(document)]
    assert kinds == ["table_cell"] * 4 + ["list_item"] * 2
    assert [block.marker for block in document.sections[0].blocks[4:]] == ["1.", "2."]


def test_languages_of_parts_are_kept(tmp_path: Path) -> None:
    text = page("<p>Gut.</p><p xml:lang='fr'>Bon.</p>", attributes='xml:lang="de"')
    blocks = open_book(tmp_path, {"a.xhtml": text}).sections[0].blocks
    assert [block.language for block in blocks] == ["de", "fr"]


# Pictures

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize(
    ("body", "block", "picture"),
    [
        pytest.param(
            '<p><img src="i/p.png" alt="A cat"/></p>', "A cat", "OEBPS/i/p.png", id="described"
        ),
        pytest.param('<p><img src="i/p.png" alt=""/></p>', "", "OEBPS/i/p.png", id="undescribed"),
        pytest.param('<img src="i/p.png" alt="p.png"/>', "", "OEBPS/i/p.png", id="a file's name"),
        pytest.param('<img src="http://x/p.png" alt="Far"/>', "Far", "", id="remote"),
        pytest.param(
            f'<svg {SVG}><image xlink:href="i/p.png"/></svg>',
            *("", "OEBPS/i/p.png"),
            id="a drawing that only holds a picture",
        ),
        pytest.param(
            f'<svg {SVG}><title>Map</title><desc>Of Rome</desc><path d="M0 0"/></svg>',
            *("Map. Of Rome", "OEBPS/a.xhtml#svg:0"),
            id="a drawing with title and description",
        ),
        pytest.param(
            f"<svg {SVG}><text>Way</text><text>out</text></svg>",
            *("Way out", "OEBPS/a.xhtml#svg:0"),
            id="a drawing of words",
        ),
        pytest.param(
            '<object data="i/p.png" type="image/png">A cat</object>',
            *("A cat", "OEBPS/i/p.png"),
            id="an object",
        ),
        pytest.param(
            '<figure><img src="i/p.png" alt="Cat"/><figcaption>Cat</figcaption></figure>',
            *("", "OEBPS/i/p.png"),
            id="what the caption says is not said twice",
        ),
    ],
)
def test_pictures_are_figures(tmp_path: Path, body: str, block: str, picture: str) -> None:
    files: Files = {"a.xhtml": page(f"<p>Before.</p>{body}<p>After.</p>"), "i/p.png": PIXEL}
    document = open_book(tmp_path, files)
    section = document.sections[0]
    (figure,) = [b for b in section.blocks if b.kind == "figure"]
    assert (section.text[figure.start : figure.end], figure.picture) == (block, picture)
    assert document.pictures is not None
    assert (document.pictures.read(picture) is not None) is bool(picture)
    assert_sound(document)


def test_a_picture_in_a_line_describes_itself_there(tmp_path: Path) -> None:
    files: Files = {
        "a.xhtml": page('<p>A <img src="p.png" alt="heart"/> of gold.</p>'),
        "p.png": PIXEL,
    }
    document = open_book(tmp_path, files)
    assert kinds_of(document) == [("paragraph", "A heart of gold.")]
    assert runs_of(document, "picture") == [("heart", "OEBPS/p.png")]


def test_a_heading_that_is_a_picture_is_a_heading(tmp_path: Path) -> None:
    files: Files = {
        "a.xhtml": page('<h1><img src="p.png" alt="Chapter one"/></h1>'),
        "p.png": PIXEL,
    }
    document = open_book(tmp_path, files)
    assert kinds_of(document) == [("heading", "Chapter one")]
    assert document.sections[0].title == "Chapter one"


def test_a_drawing_is_handed_out_without_its_scripts(tmp_path: Path) -> None:
    drawing = f'<svg {SVG}><script>x()</script><title>Map</title><path d="M0 0"/></svg>'
    document = open_body(tmp_path, f"<p>Text.</p>{drawing}")
    assert document.pictures is not None
    made = document.pictures.read("OEBPS/one.xhtml#svg:0")
    assert made is not None
    assert b"<path" in made
    assert b"script" not in made
    assert document.pictures.read("OEBPS/one.xhtml#svg:1") is None
