"""HTML becomes what a browser would show of it, and nothing in it runs, loads or reads a file."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from reader.errors import TextDamaged, TextEmpty
from reader.formats.registry import open_document
from reader.text.document import BlockKind, Document, InlineKind, TableCell
from tests.formats.sound_documents import assert_sound


def read(tmp_path: Path, html: str, name: str = "page.html") -> Document:
    path = tmp_path / name
    path.write_text(html, encoding="utf-8")
    document = open_document(path)
    assert_sound(document)
    return document


def text_of(tmp_path: Path, html: str) -> str:
    return read(tmp_path, html).sections[0].text


def blocks_of(document: Document) -> list[tuple[str, int, str, str]]:
    section = document.sections[0]
    return [
        (b.kind.value, b.level, b.marker, section.text[b.start : b.end]) for b in section.blocks
    ]


def runs_of(document: Document) -> list[tuple[str, str, str]]:
    section = document.sections[0]
    return [(r.kind.value, section.text[r.start : r.end], r.target) for r in section.inlines]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p> a\n\t b  </p>\n<p>c</p>", "a b\n\nc", id="white space collapses"),
        pytest.param("<p>a <b> b</b> <i>c </i>d", "a b c d", id="across elements"),
        pytest.param("<p>a&nbsp; b\u2003c", "a\u00a0 b\u2003c", id="other spaces stay"),
        pytest.param("<p>a<br>b<br>\nc", "a\u2028b\u2028c", id="line breaks"),
        pytest.param("<p>a<br><br>b", "a\n\nb", id="two line breaks part paragraphs"),
        pytest.param("<p>a<br></p>", "a", id="no line break at the end"),
        pytest.param("<div>a<p>b</p>c</div>", "a\n\nb\n\nc", id="loose text beside blocks"),
        pytest.param("<p>He said <q>no</q>.", "He said “no”.", id="quotes that browsers add"),
        pytest.param("<p>a<wbr>b&shy;c", "ab\u00adc", id="places to break a word"),
        pytest.param("<pre>\n  a\n    b\n\n</pre>", "  a\n    b", id="preformatted"),
        pytest.param("<pre>a\n<span> b</span></pre>", "a\n b", id="preformatted, inside"),
        pytest.param("<ruby>漢<rt>kan</rt></ruby>字", "漢字", id="readings beside characters"),
        pytest.param("a &amp; b &lt;c&gt; &#8217;", "a & b <c> ’", id="entities"),
        pytest.param("<p>x<sub>2</sub>y", "x2y", id="subscripts run on"),
    ],
)
def test_text_is_what_a_browser_shows(tmp_path: Path, html: str, text: str) -> None:
    assert text_of(tmp_path, html) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>bad()</script>",
        "<style>bad {}</style>",
        "<template><p>bad</p></template>",
        "<p hidden>bad</p>",
        '<p style="color:red; display : none">bad</p>',
        '<p class="a visually-hidden">bad</p>',
        '<p style="position:absolute;clip:rect(0 0 0 0);width:1px">bad</p>',
        "<noscript>bad</noscript>",
        "<!-- bad -->",
        "<textarea>bad</textarea>",
        "<svg><text>bad</text></svg>",
        "<iframe src='file:///etc/hostname'>bad</iframe>",
        "<dialog>bad</dialog>",
        "<nav><a href='x'>bad</a></nav>",
    ],
)
def test_what_a_browser_hides_is_left_out_and_what_follows_is_not(
    tmp_path: Path, hidden: str
) -> None:
    assert text_of(tmp_path, f"<p>before</p>{hidden}<p>after</p>") == "before\n\nafter"


def test_lists_have_markers_and_depth(tmp_path: Path) -> None:
    html = (
        "<ul><li>a<ol start=3 type=i><li>b<li>c</ol><li><p>d</p><p>e</p></ul>"
        "<ol reversed><li>f<li value=7>g</ol><dl><dt>h<dd>i</dl>"
    )
    assert blocks_of(read(tmp_path, html)) == [
        ("list_item", 1, "•", "a"),
        ("list_item", 2, "iii.", "b"),
        ("list_item", 2, "iv.", "c"),
        ("list_item", 1, "•", "d"),
        ("list_item", 1, "", "e"),
        ("list_item", 1, "2.", "f"),
        ("list_item", 1, "7.", "g"),
        ("list_item", 1, "", "h"),
        ("list_item", 1, "", "i"),
    ]


def test_blocks_have_their_kinds(tmp_path: Path) -> None:
    html = (
        "<h2>a</h2><blockquote>b<blockquote><p>c</blockquote></blockquote><pre>d</pre><hr>"
        "<figure><img src=x.png alt=e><figcaption>f</figcaption></figure><p>g <img alt=h> i</p>"
    )
    assert blocks_of(read(tmp_path, html)) == [
        ("heading", 2, "", "a"),
        ("quotation", 1, "", "b"),
        ("quotation", 2, "", "c"),
        ("code", 0, "", "d"),
        ("rule", 0, "", ""),
        ("figure", 0, "", "e"),
        ("caption", 0, "", "f"),
        ("paragraph", 0, "", "g h i"),
    ]


def test_cells_stand_where_spans_leave_them(tmp_path: Path) -> None:
    html = (
        "<table><caption>t</caption><thead><tr><td>a<td colspan=2>b<tbody>"
        "<tr><th rowspan=2>c<td>d<td>e<tr><td>f<td>g</table>"
    )
    section = read(tmp_path, html).sections[0]
    assert section.text == "t\n\na\tb\nc\td\te\nf\tg"
    assert [block.cell for block in section.blocks[1:]] == [
        TableCell(0, 0, 0, True),
        TableCell(0, 0, 1, True),
        TableCell(0, 1, 0, True),
        TableCell(0, 1, 1),
        TableCell(0, 1, 2),
        TableCell(0, 2, 1),
        TableCell(0, 2, 2),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>a</table>",
        "<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>",
        "<table><tr><td><table><tr><td>a<td>b</table><td>c<tr><td>d<td>e</table>",
        "<table><tr><td>n<td><p>a<p>b<p>c<tr><td>d<td>e</table>",
    ],
    ids=["one cell", "told", "nested", "many paragraphs"],
)
def test_a_table_that_lays_out_a_page_has_no_cells(tmp_path: Path, table: str) -> None:
    section = read(tmp_path, table).sections[0]
    assert section.blocks[0].kind is BlockKind.PARAGRAPH


def test_runs_say_how_they_differ(tmp_path: Path) -> None:
    html = (
        "<p><em>a <b>b</b></em> <code>c</code> <s>d</s> x<sup>2</sup> <a href=' u '>e</a> <i></i>"
    )
    assert runs_of(read(tmp_path, html)) == [
        ("emphasis", "a b", ""),
        ("strong", "b", ""),
        ("code", "c", ""),
        ("strike", "d", ""),
        ("superscript", "2", ""),
        ("link", "e", "u"),
    ]


def test_a_run_over_several_blocks_is_cut_at_their_ends(tmp_path: Path) -> None:
    assert runs_of(read(tmp_path, "<a href=u>a<div>b</div>c</a>")) == [
        ("link", "a", "u"),
        ("link", "b", "u"),
        ("link", "c", "u"),
    ]


def test_languages_are_known_for_document_block_and_run(tmp_path: Path) -> None:
    html = "<html lang=en_GB><p>a <i lang=la>b</i><p lang=fr>c <span lang=en-GB>d</span><p>e"
    document = read(tmp_path, html)
    assert document.language == "en-GB"
    assert [block.language for block in document.sections[0].blocks] == [None, "fr", None]
    assert [run for run in runs_of(document) if run[0] == "language"] == [
        ("language", "b", "la"),
        ("language", "d", "en-GB"),
    ]


@pytest.mark.parametrize(
    "reference",
    [
        "<a href='#n1' role='doc-noteref'>1</a>",
        "<a href='#n1' class='footnote-ref'><sup>1</sup></a>",
        "<sup><a href='page.html#n1'>1</a></sup>",
        "<a href='#n1' epub:type='noteref'>1</a>",
        "<a href='#n1' class='footnote-reference brackets'>1</a>",
    ],
)
def test_a_note_reference_points_at_its_note(tmp_path: Path, reference: str) -> None:
    html = (
        f"<p>a{reference}.</p><section class='footnotes' role='doc-endnotes'><ol><li id='n1'>"
        "<p>the note <a href='#r' role='doc-backlink'>↩</a></p><p>more</p></li></ol></section>"
    )
    document = read(tmp_path, html)
    section = document.sections[0]
    (found,) = [run for run in section.inlines if run.kind is InlineKind.NOTE_REFERENCE]
    assert section.text[found.start : found.end] == "1"
    assert found.target == f"0:{section.text.index('the note')}"
    assert blocks_of(document)[1:] == [
        ("footnote", 0, "1.", "the note"),
        ("footnote", 0, "", "more"),
    ]


@pytest.mark.parametrize(
    ("html", "title", "authors"),
    [
        pytest.param("<title> a \n b </title><p>x", "a b", (), id="title element"),
        pytest.param("<title>a | Site</title><h1>a</h1>", "a", (), id="without the site's name"),
        pytest.param("<h1>a <i>b</i></h1>", "a b", (), id="heading"),
        pytest.param("<p>x", "page", (), id="file name"),
        pytest.param(
            "<meta name=author content='A, B'><meta name=author content=C><p>x",
            "page",
            ("A, B", "C"),
            id="authors",
        ),
        pytest.param("<meta property=og:title content=a><title>b</title><p>x", "a", (), id="og"),
        pytest.param(
            "<meta property=article:author content='https://a.example/b'><p>x", "page", (), id="url"
        ),
    ],
)
def test_title_and_authors_are_what_the_document_says(
    tmp_path: Path, html: str, title: str, authors: tuple[str, ...]
) -> None:
    document = read(tmp_path, html)
    assert document.title == title
    assert document.authors == authors


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset='windows-1251'>", "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8_r"),
        ("<?xml version='1.0' encoding='iso-8859-5'?>", "iso8859_5"),
        ("<meta charset='utf-8'>", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_the_encoding_a_page_names_is_used(tmp_path: Path, head: str, encoding: str) -> None:
    (tmp_path / "a.html").write_bytes(f"<html><head>{head}</head><p>Мир".encode(encoding))
    assert open_document(tmp_path / "a.html").sections[0].text == "Мир"


XHTML = "<?xml version='1.0'?>{}<html xmlns='http://www.w3.org/1999/xhtml'><head>{}</head><body>{}"


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        pytest.param("<script src='x'/><title/>", "<p>a</p>", "a", id="elements closed at once"),
        pytest.param("", "<p>a&nbsp;b&eacute;<a id='x'/>c</p>", "a\u00a0béc", id="named entities"),
        pytest.param("", "<p><![CDATA[a <b>]]></p>", "a <b>", id="character data"),
        pytest.param("", "<p>a<br>b", "a\u2028b", id="not well-formed after all"),
    ],
)
def test_xhtml_is_read_as_what_it_is(tmp_path: Path, head: str, body: str, text: str) -> None:
    closing = "" if "<br>" in body else "</body></html>"
    document = read(tmp_path, XHTML.format("", head, body) + closing, "a.xhtml")
    assert document.sections[0].text == text


def test_no_file_is_read_through_an_entity(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    declared = f"<!DOCTYPE html [<!ENTITY x SYSTEM '{(tmp_path / 'secret.txt').as_uri()}'>]>"
    html = XHTML.format(declared, "", "<p>a &x; b</p></body></html>")
    assert "secret" not in read(tmp_path, html, "a.xhtml").sections[0].text


def test_entities_that_multiply_are_not_expanded(tmp_path: Path) -> None:
    names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
    declared = "<!DOCTYPE html [<!ENTITY a 'laugh'>"
    for before, name in pairwise(names):
        declared += f"<!ENTITY {name} '{f'&{before};' * 10}'>"
    html = XHTML.format(declared + "]>", "", "<p>x &j;</p></body></html>")
    assert len(read(tmp_path, html, "a.xhtml").sections[0].text) < 100


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 100_000 + "x", id="elements 100,000 deep"),
        pytest.param("<b>" * 100_000 + "x", id="runs 100,000 deep"),
        pytest.param("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x", id="attributes"),
    ],
)
def test_what_would_be_lost_or_take_minutes_is_refused(tmp_path: Path, html: str) -> None:
    with pytest.raises(TextDamaged):
        read(tmp_path, html)


def test_elements_that_are_never_closed_are_read(tmp_path: Path) -> None:
    html = "".join(f"<p><font size=2><b>para {n}" for n in range(500))
    assert len(read(tmp_path, html).sections[0].blocks) == 500


def test_text_that_the_parser_puts_into_the_head_is_not_lost(tmp_path: Path) -> None:
    html = "<!doctype html><title>t</title><script></script><section>a<p>b</p></section><p>c"
    assert text_of(tmp_path, html) == "a\n\nb\n\nc"


@pytest.mark.parametrize("html", ["<html></html>", "<script>x</script>", "<p>&nbsp;", "<img>"])
def test_a_page_with_nothing_to_see_is_empty(tmp_path: Path, html: str) -> None:
    with pytest.raises(TextEmpty):
        read(tmp_path, html)
