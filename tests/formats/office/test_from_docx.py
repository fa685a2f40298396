"""What Word shows of a document is what is read, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.formats.office.office_files import (
    PIXEL,
    W,
    opened,
    relations,
    runs,
    shown,
    write_docx,
    write_zip,
)

SCHEMAS, STRICT = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
PACKAGE = f"{SCHEMAS}/package/2006/relationships"
OFFICE_KINDS = f"{SCHEMAS}/officeDocument/2006/relationships"

NUMBERING = """<w:numbering {w}>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"""

STYLES = """<w:styles {w}>
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
 <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Chapter"/>
 <w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Number"/>
 <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Platzhalter"><w:name w:val="Placeholder Text"/></w:style>
<w:style w:type="character" w:styleId="Weg"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr>
</w:style>
</w:styles>"""


def parts() -> dict[str, str | bytes]:
    return {"styles.xml": STYLES.format(w=W), "numbering.xml": NUMBERING.format(w=W)}


def parts_of(path: Path) -> dict[str, str | bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def begun(instruction: str, form: str = "") -> str:
    """Return a field without a result, as forms have them."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def styled(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def item(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_paragraphs_are_what_their_styles_say_in_a_file_of_any_language(tmp_path: Path) -> None:
    body = (
        p(run("Eins"), styled("berschrift1"))
        + p(run("Zwei"), styled("Kapitel"))
        + p(run("Tief"), '<w:outlineLvl w:val="2"/>')
        + p(run("Words"), styled("Zitat"))
        + p(run("a = 1"), styled("Code"))
        + p(run("  b = 2"), styled("Code"))
        + p(run("A figure"), styled("Beschriftung"))
        + p(run("Plain"))
    )
    assert shown(opened(write_docx(tmp_path / "a.docx", body, parts()))) == [
        "heading1: Eins",
        "heading1: Zwei",
        "heading3: Tief",
        "quotation1: Words",
        "code: a = 1\n  b = 2",
        "caption: A figure",
        "paragraph: Plain",
    ]


def test_items_show_the_numbers_that_word_counts(tmp_path: Path) -> None:
    body = (
        p(run("one"), styled("Liste"))
        + p(run("inner"), item(1, 1))
        + p(run("inner"), item(1, 1))
        + p(run("two"), item(1))
        + p(run("inner"), item(1, 1))
        + p(run("none"), styled("Liste") + item(0))
        + p(run("dot"), item(2))
        + p(run("seven"), item(3))
        + p(run("eight"), item(3))
    )
    assert shown(opened(write_docx(tmp_path / "a.docx", body, parts()))) == [
        "list_item1 1.: one",
        "list_item2 1.a): inner",
        "list_item2 1.b): inner",
        "list_item1 2.: two",
        "list_item2 2.a): inner",
        "paragraph: none",
        "list_item1 •: dot",
        "list_item1 7.: seven",
        "list_item1 8.: eight",
    ]


def test_items_are_counted_in_the_scripts_of_their_lists(tmp_path: Path) -> None:
    kinds = ("chineseCountingThousand", "decimalEnclosedCircle", "russianLower", "cardinalText")
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="2"/>'
        f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        for n, kind in enumerate(kinds)
    )
    lists = "".join(
        f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in range(len(kinds))
    )
    files = parts() | {"numbering.xml": f"<w:numbering {W}>{levels}{lists}</w:numbering>"}
    body = "".join(p(run("x"), item(n + 1)) for n in range(len(kinds)))
    markers = shown(opened(write_docx(tmp_path / "a.docx", body, files)))
    assert markers == [f"list_item1 {number}、: x" for number in ("二", "②", "б", "2")]


def test_a_numbered_heading_has_its_number_in_the_text(tmp_path: Path) -> None:
    body = p(run("Start"), styled("Kapitel") + item(1)) + p(run("On"), styled("Kapitel") + item(1))
    document = opened(write_docx(tmp_path / "a.docx", body, parts()))
    assert shown(document) == ["heading1: 1. Start", "heading1: 2. On"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(
            p(
                run("a ")
                + f"<w:ins>{run('new ')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r>"
                f"</w:del><w:moveFrom>{run('from')}</w:moveFrom><w:moveTo>{run('to')}</w:moveTo>"
            ),
            "a new to",
            id="tracked changes",
        ),
        pytest.param(
            p(run("joined "), "<w:rPr><w:del/></w:rPr>") + p(run("again")) + p(run("next")),
            "joined again\n\nnext",
            id="a deleted paragraph mark",
        ),
        pytest.param(
            p(run("seen") + run("x", "<w:vanish/>") + run("y", '<w:rStyle w:val="Weg"/>')),
            "seen",
            id="hidden text",
        ),
        pytest.param(
            p(
                run("page ")
                + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
                + '<w:r><w:t>no</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                + f'{run("7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" of 9")}'
            ),
            "page 7 of 9",
            id="a field",
        ),
        pytest.param(
            p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("lost")) + p(run("kept")),
            "kept",
            id="a field that never ends",
        ),
        pytest.param(
            p(
                "<w:r><w:t>soft</w:t><w:softHyphen/><w:t>ware a</w:t><w:noBreakHyphen/><w:t>b</w:t>"
                "<w:tab/><w:t>c</w:t><w:br/><w:t>d</w:t></w:r>"
            ),
            "soft\u00adware a‑b c\u2028d",
            id="signs",
        ),
        pytest.param(
            p(run("before") + '<w:r><w:br w:type="page"/></w:r>' + run("after")),
            "before\n\nafter",
            id="a page break",
        ),
        pytest.param(
            p(run("x") + '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'), "xα", id="a symbol"
        ),
        pytest.param(
            p(
                run("text") + '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/>'
                "</w:r>"
            ),
            "text",
            id="a comment",
        ),
        pytest.param(
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + p(run("Click here", '<w:rStyle w:val="Platzhalter"/>'))
            + "</w:sdtContent></w:sdt><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + p(run("of the template"))
            + "</w:sdtContent></w:sdt><w:sdt><w:sdtContent>"
            + p(run("mine"))
            + "</w:sdtContent>"
            "</w:sdt>",
            "of the template\n\nmine",
            id="content controls",
        ),
        pytest.param(
            p(
                begun(" FORMCHECKBOX ", "<w:checkBox><w:checked/></w:checkBox>")
                + run(" yes ")
                + begun(" FORMCHECKBOX ", '<w:checkBox><w:default w:val="0"/></w:checkBox>')
                + run(" no ")
                + begun(
                    " FORMDROPDOWN ",
                    '<w:ddList><w:result w:val="1"/><w:listEntry w:val="tea"/>'
                    '<w:listEntry w:val="coffee"/></w:ddList>',
                )
            ),
            "☒ yes ☐ no coffee",
            id="a form's boxes and lists",
        ),
        pytest.param(
            p(begun(" MACROBUTTON SendIt Press to send ") + run(" now")),
            "Press to send now",
            id="a button",
        ),
        pytest.param(
            p(
                run("host") + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
                f"<wp:inline><w:txbxContent>{p(run('boxed'))}</w:txbxContent></wp:inline></w:drawing>"
                f"</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{p(run('boxed'))}"
                "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
                + run(" ends")
            )
            + p(run("next")),
            "host ends\n\nboxed\n\nnext",
            id="a text box",
        ),
        pytest.param(
            p(
                "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>"
                "</m:den></m:f><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t>"
                "</m:r></m:sup></m:sSup></m:oMath>"
            ),
            "(a + b)/2x²",
            id="a formula",
        ),
        pytest.param(p(run("a")) + "<w:sectPr/>" + p(run("")) + p(run("b")), "a\n\nb", id="gaps"),
    ],
)
def test_what_is_shown_is_read(tmp_path: Path, body: str, text: str) -> None:
    assert opened(write_docx(tmp_path / "a.docx", body, parts())).sections[0].text == text


def test_runs_that_look_alike_are_one(tmp_path: Path) -> None:
    bold = "<w:b/>"
    body = p(
        run("plain ")
        + run("one ", bold)
        + run("two", bold)
        + run(" ", "<w:i/>")
        + run("set", '<w:rStyle w:val="Fett"/>')
        + run("off", '<w:rStyle w:val="Fett"/><w:b w:val="0"/>')
        + run("2", '<w:vertAlign w:val="superscript"/>')
        + run("Bonjour", '<w:lang w:val="fr-FR"/>')
        + f'<w:hyperlink r:id="web">{run("site")}</w:hyperlink>'
        + f'<w:hyperlink w:anchor="here">{run("back")}</w:hyperlink>'
        + '<w:fldSimple w:instr=" HYPERLINK &quot;https://e.org&quot; ">'
        + run("old")
        + "</w:fldSimple>"
    )
    document = opened(write_docx(tmp_path / "a.docx", body, parts()))
    assert document.language == "en-GB"
    assert runs(document) == [
        "strong: one two",
        "strong: set",
        "superscript: 2",
        "language fr-FR: Bonjour",
        "link https://example.org/x: site",
        "link #here: back",
        "link https://e.org: old",
    ]


def test_notes_are_blocks_of_their_own_that_their_marks_lead_to(tmp_path: Path) -> None:
    def note(kind: str, name: int, text: str) -> str:
        return f'<w:{kind} w:id="{name}">{p(f"<w:r><w:{kind}Ref/></w:r>" + run(text))}</w:{kind}>'

    def refer(kind: str, name: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{name}"/></w:r>'

    body = p(run("A") + refer("footnote", 5) + run(" b") + refer("endnote", 2)) + p(
        run("c") + refer("footnote", 3)
    )
    notes = parts() | {
        "footnotes.xml": f"<w:footnotes {W}><w:footnote w:id='-1' w:type='separator'>"
        f"{p(run('---'))}</w:footnote>{note('footnote', 3, 'third')}{note('footnote', 5, 'fifth')}"
        "</w:footnotes>",
        "endnotes.xml": f"<w:endnotes {W}>{note('endnote', 2, 'at the end')}</w:endnotes>",
    }
    document = opened(write_docx(tmp_path / "a.docx", body, notes))
    assert shown(document) == [
        "paragraph: A1 bi",
        "paragraph: c2",
        "footnote 1: fifth",
        "footnote 2: third",
        "footnote i: at the end",
    ]
    text = document.sections[0].text
    references = [run for run in document.sections[0].inlines if run.kind == "note_reference"]
    assert [run.target for run in references] == [
        f"0:{text.index(word)}" for word in ("fifth", "at the end", "third")
    ]


def test_cells_stand_where_word_puts_them(tmp_path: Path) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(run(text))}</w:tc>"

    body = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("head", '<w:gridSpan w:val="2"/>')
        + cell("c")
        + "</w:tr><w:tr>"
        + cell("tall", '<w:vMerge w:val="restart"/>')
        + cell("x")
        + cell("y")
        + "</w:tr><w:tr>"
        + cell("", "<w:vMerge/>")
        + cell("u")
        + cell("v")
        + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>"
        + cell("gone")
        + cell("1")
        + cell("2")
        + "</w:tr></w:tbl>"
    )
    blocks = opened(write_docx(tmp_path / "a.docx", body, parts())).sections[0].blocks
    cells = [(b.cell.row, b.cell.column, b.cell.is_header) for b in blocks if b.cell]
    assert cells == [
        *((0, 0, True), (0, 2, True), (1, 0, False), (1, 1, False), (1, 2, False)),
        *((2, 1, False), (2, 2, False)),
    ]


def test_a_picture_is_a_figure_with_what_describes_it(tmp_path: Path) -> None:
    def picture(attributes: str) -> str:
        return (
            f"<w:r><w:drawing><wp:inline><wp:docPr id='1' {attributes}/><a:blip r:embed='pic'/>"
            "</wp:inline></w:drawing></w:r>"
        )

    body = (
        p(picture('name="Picture 1" descr="A gull"'))
        + p(picture('descr="image1.png"'))
        + p(picture(r'descr="C:\\Users\\j doe\\Temp\\Content.MSO\\516A.png"'))
    )
    document = opened(write_docx(tmp_path / "a.docx", body, parts()))
    assert shown(document) == ["figure: A gull", "figure: ", "figure: "]
    assert document.sections[0].blocks[0].picture == "word/media/a.png"
    assert document.pictures is not None
    assert document.pictures.read("word/media/a.png") == PIXEL
    assert document.pictures.read("word/document.xml") is None


def test_a_picture_in_a_text_box_is_shown_once_within_it(tmp_path: Path) -> None:
    picture = (
        "<w:r><w:drawing><wp:inline><wp:docPr id='2' descr='A gull'/><a:graphic>"
        "<a:blip r:embed='pic'/></a:graphic></wp:inline></w:drawing></w:r>"
    )
    box = (
        "<w:r><w:drawing><wp:anchor><wp:docPr id='1' name='Text Box 1'/>"
        f"<w:txbxContent>{p(run('boxed'))}{p(picture)}</w:txbxContent></wp:anchor></w:drawing></w:r>"
    )
    document = opened(write_docx(tmp_path / "a.docx", p(run("host") + box), parts()))
    assert shown(document) == ["paragraph: host", "paragraph: boxed", "figure: A gull"]


def test_a_document_from_right_to_left_says_so(tmp_path: Path) -> None:
    body = p(run("שלום", '<w:rtl/><w:lang w:val="en-US" w:bidi="he-IL"/>'), "<w:bidi/>")
    document = opened(write_docx(tmp_path / "a.docx", body, parts()))
    assert (document.direction, document.language) == ("rtl", "he-IL")


def test_properties_tell_title_and_authors(tmp_path: Path) -> None:
    kind = f"{PACKAGE}/metadata/core-properties"
    files = parts_of(write_docx(tmp_path / "a.docx", p(run("x"))))
    files["_rels/.rels"] = relations(
        ("d", "officeDocument", "word/document.xml"), ("c", "core-properties", "docProps/core.xml")
    ).replace(f"{OFFICE_KINDS}/core-properties", kind)
    files["docProps/core.xml"] = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>The Gull</dc:title><dc:creator>Mara Quill; Jon Spell</dc:creator>"
        "</cp:coreProperties>"
    )
    document = opened(write_zip(tmp_path / "b.docx", files))
    assert (document.title, document.authors) == ("The Gull", ("Mara Quill", "Jon Spell"))


def test_the_strict_kind_is_read_alike(tmp_path: Path) -> None:
    files = parts_of(write_docx(tmp_path / "a.docx", p(run("Fine"))))
    strict = {
        name: content.replace(f"{SCHEMAS}/{kind}/2006".encode(), f"{STRICT}/{kind}".encode())
        for name, content in files.items()
        for kind in ("wordprocessingml" if "document.xml" in name else "officeDocument",)
        if isinstance(content, bytes)
    }
    assert b"purl" in strict["word/document.xml"]
    assert shown(opened(write_zip(tmp_path / "b.docx", strict))) == ["paragraph: Fine"]


def test_a_long_text_is_cut_at_headings_and_links_lead_across(tmp_path: Path) -> None:
    words = "word " * 2000
    chapters = "".join(
        p(f'<w:bookmarkStart w:id="{n}" w:name="c{n}"/>' + run(f"Chapter {n}"), styled("Kapitel"))
        + p(run(words)) * 7
        for n in range(8)
    )
    link = p(f'<w:hyperlink w:anchor="c7">{run("to the last")}</w:hyperlink>')
    document = opened(write_docx(tmp_path / "a.docx", link + chapters, parts()))
    assert len(document.sections) == 8
    assert [section.title for section in document.sections][1:3] == ["Chapter 1", "Chapter 2"]
    target = document.sections[0].inlines[0].target
    place = document.place_of(target, 0)
    assert place is not None
    assert (place.section, place.offset) == (7, 0)
