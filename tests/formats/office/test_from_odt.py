"""What LibreOffice shows of a text document is what is read, and nothing else."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from reader.errors import TextProtected
from reader.formats.registry import open_document
from tests.formats.office.office_files import ODF, PIXEL, opened, runs, shown, write_odt

STYLES = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/>
</style:style>
<style:style style:name="T2" style:family="text">
 <style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties text:display="none"/>
</style:style>
<style:style style:name="T4" style:family="text">
 <style:text-properties fo:language="de" fo:country="AT"/></style:style>
<style:default-style style:family="paragraph">
 <style:text-properties fo:language="en" fo:country="GB"/></style:default-style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"
 style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a"
 style:num-suffix=")" text:display-levels="2"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"
 text:bullet-char="\u2022"/></text:list-style>
"""


def p(inside: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def items(*inside: str, style: str = "L1", attributes: str = "") -> str:
    made = "".join(f"<text:list-item>{item}</text:list-item>" for item in inside)
    return f'<text:list text:style-name="{style}" {attributes}>{made}</text:list>'


def note(kind: str, name: str, mark: str, text: str) -> str:
    return (
        f'<text:note text:id="{name}" text:note-class="{kind}"><text:note-citation>{mark}'
        f"</text:note-citation><text:note-body>{p(text)}</text:note-body></text:note>"
    )


def test_paragraphs_are_what_their_styles_and_elements_say(tmp_path: Path) -> None:
    text = (
        p("The Whole", "Title")
        + '<text:h text:outline-level="2">Second <text:span text:style-name="T1">rank</text:span>'
        + "</text:h>"
        + p("Said", "P1")
        + p("a = 1", "Preformatted_20_Text")
        + p('<text:s text:c="2"/>b', "Preformatted_20_Text")
        + p("Fig. 1", "FigureCaption")
        + p("", "Horizontal_20_Line")
        + p("Plain")
    )
    assert shown(opened(write_odt(tmp_path / "a.odt", text, STYLES))) == [
        "heading1: The Whole",
        "heading2: Second rank",
        "quotation1: Said",
        "code: a = 1\n  b",
        "caption: Fig. 1",
        "rule: ",
        "paragraph: Plain",
    ]


def test_items_show_the_numbers_that_their_lists_count(tmp_path: Path) -> None:
    text = (
        items(p("one") + p("more of it"), p("two") + items(p("in"), p("in"), style="L1"))
        + items(p("anew"))
        + items(p("on"), attributes='text:continue-numbering="true"')
        + '<text:list text:style-name="L1"><text:list-item text:start-value="9">'
        + p("nine")
        + "</text:list-item><text:list-header>"
        + p("bare")
        + "</text:list-header></text:list>"
        + items(p("dot"), style="L2")
    )
    assert shown(opened(write_odt(tmp_path / "a.odt", text, STYLES))) == [
        "list_item1 1.: one",
        "list_item1: more of it",
        "list_item1 2.: two",
        "list_item2 2.a): in",
        "list_item2 2.b): in",
        "list_item1 1.: anew",
        "list_item1 2.: on",
        "list_item1 9.: nine",
        "list_item1: bare",
        "list_item1 •: dot",
    ]


def test_items_are_counted_in_the_scripts_of_their_lists(tmp_path: Path) -> None:
    style = (
        '<text:list-style style:name="L9"><text:list-level-style-number text:level="1" '
        'style:num-format="{}" style:num-suffix="."/></text:list-style>'
    )
    for told, marker in (("一, 二, 三, ...", "一."), ("А, Б, .., Аа, Аб, ... (ru)", "А.")):
        path = write_odt(tmp_path / "a.odt", items(p("x"), style="L9"), style.format(told))
        assert shown(opened(path)) == [f"list_item1 {marker}: x"]


def test_headings_that_count_have_their_numbers_in_the_text(tmp_path: Path) -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
        "</text:outline-style>"
    )
    text = "".join(
        f'<text:h text:outline-level="{level}">{words}</text:h>'
        for level, words in ((1, "A"), (2, "B"), (2, "C"), (1, "D"))
    )
    document = opened(write_odt(tmp_path / "a.odt", text, outline))
    assert shown(document) == [
        "heading1: I A",
        "heading2: I.1 B",
        "heading2: I.2 C",
        "heading1: II D",
    ]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        pytest.param(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
            "</text:deletion></text:changed-region></text:tracked-changes>"
            + p('kept <text:change text:change-id="1"/>here'),
            "kept here",
            id="tracked changes",
        ),
        pytest.param(
            p(
                "word<office:annotation><dc:creator>me</dc:creator><text:p>hm</text:p>"
                "</office:annotation><office:annotation-end/>s"
            ),
            "words",
            id="a comment",
        ),
        pytest.param(
            p('a<text:span text:style-name="T3">b</text:span>c')
            + '<text:section text:display="none">'
            + p("secret")
            + "</text:section>"
            + "<text:section>"
            + p("open")
            + "</text:section>",
            "ac\n\nopen",
            id="hidden text and sections",
        ),
        pytest.param(
            p("a<text:tab/>b<text:line-break/>c<text:soft-page-break/>d\n  e<text:s text:c='3'/>f"),
            "a b\u2028cd e f",
            id="signs",
        ),
        pytest.param(
            p(
                "before<draw:frame><draw:text-box>" + p("boxed") + "</draw:text-box></draw:frame>"
                " after"
            )
            + p("next"),
            "before after\n\nboxed\n\nnext",
            id="a text box",
        ),
        pytest.param(
            p("one")
            + "<draw:frame text:anchor-type='page'><draw:text-box>"
            + p("boxed")
            + "</draw:text-box></draw:frame>"
            + p("two"),
            "one\n\nboxed\n\ntwo",
            id="a text box fixed to the page",
        ),
        pytest.param(
            p("x<draw:custom-shape>" + p("in a shape") + "</draw:custom-shape>"),
            "x\n\nin a shape",
            id="a shape",
        ),
        pytest.param(
            p(
                "x<draw:custom-shape "
                'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">'
                "<loext:table>"
                + "".join(
                    "<loext:table-row>"
                    + "".join(f"<loext:table-cell>{p(x)}</loext:table-cell>" for x in row)
                    + "</loext:table-row>"
                    for row in ("ab", "cd")
                )
                + "</loext:table></draw:custom-shape>"
            ),
            "x\n\na\tb\nc\td",
            id="a table in a shape",
        ),
        pytest.param(
            p(
                "page <text:page-number>7</text:page-number>, "
                "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text>"
                "</text:ruby>"
            ),
            "page 7, 漢",
            id="fields and ruby",
        ),
        pytest.param(
            "<text:table-of-content><text:index-body><text:index-title>"
            + p("Contents")
            + "</text:index-title>"
            + p("One 1")
            + "</text:index-body></text:table-of-content>",
            "Contents\n\nOne 1",
            id="an index",
        ),
    ],
)
def test_what_is_shown_is_read(tmp_path: Path, inside: str, text: str) -> None:
    assert opened(write_odt(tmp_path / "a.odt", inside, STYLES)).sections[0].text == text


def test_runs_and_links(tmp_path: Path) -> None:
    text = p(
        'A <text:span text:style-name="T1">bold</text:span><text:span text:style-name="T2">2'
        '</text:span> <text:span text:style-name="T4">Servus</text:span> <text:a xlink:href='
        '"https://e.org">site</text:a> <text:a xlink:href="#here|outline">in</text:a>'
    )
    document = opened(write_odt(tmp_path / "a.odt", text, STYLES))
    assert document.language == "en-GB"
    assert runs(document) == [
        "strong: bold",
        "superscript: 2",
        "language de-AT: Servus",
        "link https://e.org: site",
        "link #here: in",
    ]


@pytest.mark.parametrize(
    ("weight", "is_bold"), [("700", True), ("900", True), ("bold", True), ("400", False)]
)
def test_weights_from_700_on_are_bold(tmp_path: Path, weight: str, is_bold: bool) -> None:
    styles = STYLES.replace('fo:font-weight="bold"', f'fo:font-weight="{weight}"')
    text = p('A <text:span text:style-name="T1">word</text:span>')
    document = opened(write_odt(tmp_path / "a.odt", text, styles))
    assert runs(document) == (["strong: word"] if is_bold else [])


def test_notes_are_blocks_of_their_own_that_their_marks_lead_to(tmp_path: Path) -> None:
    text = p(
        "A" + note("endnote", "e1", "i", "at the end") + " b" + note("footnote", "f1", "1", "below")
    )
    document = opened(write_odt(tmp_path / "a.odt", text, STYLES))
    assert shown(document) == ["paragraph: Ai b1", "footnote 1: below", "footnote i: at the end"]
    section = document.sections[0]
    targets = [run.target for run in section.inlines if run.kind == "note_reference"]
    assert targets == [f"0:{section.text.index('at the')}", f"0:{section.text.index('below')}"]


def test_tables_pictures_and_formulas(tmp_path: Path) -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<table:table-cell {attributes}>{p(text)}</table:table-cell>"

    text = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("h", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/></table:table-row></table:table-header-rows>"
        + f"<table:table-row>{cell('a')}{cell('b')}</table:table-row></table:table>"
        + p(
            '<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>A gull</svg:desc>'
            "</draw:frame>"
        )
        + p('so <draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>')
    )
    mathml = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup></math>'
    )
    parts: dict[str, str | bytes] = {"Pictures/a.png": PIXEL, "Object 1/content.xml": mathml}
    document = opened(write_odt(tmp_path / "a.odt", text, STYLES, parts))
    assert shown(document) == [
        *("table_cell: h", "table_cell: a", "table_cell: b", "figure: A gull", "paragraph: so x²")
    ]
    assert document.pictures is not None
    assert document.pictures.read("Pictures/a.png") == PIXEL


def test_a_flat_file_is_read_with_its_pictures(tmp_path: Path) -> None:
    picture = base64.b64encode(PIXEL).decode()
    text = p(
        f"<draw:frame><draw:image><office:binary-data>{picture}</office:binary-data></draw:image>"
        "<svg:title>Gull</svg:title></draw:frame>"
    )
    flat = (
        f'<?xml version="1.0"?><office:document {ODF} office:mimetype='
        '"application/vnd.oasis.opendocument.text"><office:meta><dc:title>Flat</dc:title>'
        f"</office:meta><office:automatic-styles>{STYLES}</office:automatic-styles><office:body>"
        f"<office:text>{text}</office:text></office:body></office:document>"
    )
    (tmp_path / "a.xml").write_text(flat, encoding="utf-8")
    document = opened(tmp_path / "a.xml")
    assert (document.title, shown(document)) == ("Flat", ["figure: Gull"])
    assert document.pictures is not None
    assert document.pictures.read(document.sections[0].blocks[0].picture) == PIXEL


def test_a_text_behind_a_password_is_refused(tmp_path: Path) -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    path = write_odt(tmp_path / "a.odt", p("x"), parts={"META-INF/manifest.xml": manifest})
    with pytest.raises(TextProtected):
        open_document(path)


def test_meta_tells_title_and_authors(tmp_path: Path) -> None:
    meta = (
        f'<office:document-meta {ODF} xmlns:meta="m"><office:meta><dc:creator>Last Saver'
        "</dc:creator><dc:title>The Gull</dc:title><meta:initial-creator>Mara Quill"
        "</meta:initial-creator></office:meta></office:document-meta>"
    )
    document = opened(write_odt(tmp_path / "a.odt", p("x"), parts={"meta.xml": meta}))
    assert (document.title, document.authors) == ("The Gull", ("Mara Quill",))
