"""What a word processor shows of rich text is what is read, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import TextDamaged
from reader.formats.registry import open_document
from reader.text.document import Document, NoticeKind
from tests.formats.office.office_files import PIXEL, opened, runs, shown

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0\deflang2057{\fonttbl{\f0\fcharset0 Times;}"
    r"{\f1\fcharset204 Times Cyr;}{\f2\fcharset2 Symbol;}{\f3\fcharset128 MS Mincho;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2\sbasedon1 Chapter;}"
    r"{\s3 Quote;}{\*\cs10 Default Font;}}"
)


def rich(tmp_path: Path, body: str, head: str = HEAD) -> Document:
    path = tmp_path / "a.rtf"
    path.write_bytes((head + body + "}").encode("latin-1"))
    return opened(path)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(r"caf\'e9 \'96 \u8364?uro", "café – €uro", id="bytes and code points"),
        pytest.param(r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2} {\f0 \'e9}", "Привет é", id="code pages"),
        pytest.param(r"{\f3 \'93\'fa\'96\'7b}", "日本", id="letters of two bytes"),
        pytest.param(r"{\f2 a\'b3}", "α≥", id="the symbol font"),
        pytest.param(r"\u-10179?\u-8704?", "😀", id="surrogates"),
        pytest.param(r"A SPECIAL_IMAGE-i/0 1.png B", "A SPECIAL_IMAGE-i/0 1.png B", id="no mark"),
        pytest.param(r"A SPECIAL_IMAGE-i/01.png-REPLACE_MEB", "A B", id="calibre's lost pictures"),
        pytest.param(r"{\uc2 \u945 a\'62c}", "αc", id="more than one character to pass over"),
        pytest.param(
            r"{{\NeXTGraphic a.tiff \width100 \height90"
            "\n"
            r"}\'ac}End",
            "End",
            id="a picture of TextEdit",
        ),
        pytest.param(r"{\uc1\u945{x}y}", "αxy", id="nothing is passed over behind a brace"),
        pytest.param(
            r"a\~b\-c\_d\emdash e\ldblquote f\rdblquote", "a\xa0b\xadc‑d—e“f”", id="signs"
        ),
        pytest.param("one\r\n two\\par three\\\nfour", "one two\n\nthree\n\nfour", id="line ends"),
        pytest.param(r"a\line b\tab c", "a\u2028b c", id="breaks and tabs"),
        pytest.param(r"a\page b", "a\n\nb", id="a page break"),
        pytest.param(
            r"seen{\v hidden}{\deleted gone}{\revised new}", "seennew", id="tracked, hidden"
        ),
        pytest.param(
            r"a{\*\annotation note}{\*\unknown x{y}z}{\header h}b", "ab", id="passed over"
        ),
        pytest.param(r"{\upr{ansi}{\*\ud{uni\u945 ?}}}", "uniα", id="the better alternative"),
        pytest.param(r"a{\pict\bin3 }}}b}c", "ac", id="binary data"),
        pytest.param(
            r"host {\shp{\*\shpinst{\shptxt boxed\par}}{\shprslt old}}end\par next",
            "host end\n\nboxed\n\nnext",
            id="a text box",
        ),
        pytest.param(r"\{a\\b\}", "{a\\b}", id="escaped signs"),
        pytest.param(r"x{\field{\*\fldinst PAGE}{\fldrslt 7}}", "x7", id="a field"),
    ],
)
def test_what_is_shown_is_read(tmp_path: Path, body: str, text: str) -> None:
    assert rich(tmp_path, body).sections[0].text == text


def test_paragraphs_are_what_their_styles_and_levels_say(tmp_path: Path) -> None:
    body = (
        r"\pard\s1 One\par\pard\s2{\b Two}\par\pard\outlinelevel1 Three\par\pard\s3 Said\par"
        r"\pard\li720\ri720 Set in\par\pard Plain\par"
    )
    assert shown(rich(tmp_path, body)) == [
        "heading1: One",
        "heading1: Two",
        "heading2: Three",
        "quotation1: Said",
        "quotation1: Set in",
        "paragraph: Plain",
    ]


def test_ruby_and_buttons_show_their_words(tmp_path: Path) -> None:
    ruby = r'{\field{\*\fldinst EQ \\* jc2 \\* "Font:x" \\* hps10 \\o\\ad(\\s\\up 10(over),base)}'
    button = r"{\field{\*\fldinst MACROBUTTON Send Press (here)}{\fldrslt }}"
    linked = r'{\field{\*\fldinst HYPERLINK "https://e.org"}{\fldrslt result}}'
    body = rf"a {ruby}{{\fldrslt }}}} b {button} c {linked}"
    assert shown(rich(tmp_path, body)) == ["paragraph: a base b Press (here) c result"]


def test_boxes_of_older_drawings_are_read_and_copies_for_older_programs_are_not(
    tmp_path: Path,
) -> None:
    old = r"{\*\do\dobxpage{\dptxbxtext old box\par}\dpx9}"
    new = rf"{{\shp{{\*\shpinst{{\shptxt new box\par}}}}{{\shprslt{old}}}}}"
    assert shown(rich(tmp_path, rf"one {old}\par two {new}\par")) == [
        "paragraph: one",
        "paragraph: old box",
        "paragraph: two",
        "paragraph: new box",
    ]


def test_items_have_the_markers_that_are_written_before_them(tmp_path: Path) -> None:
    body = (
        r"\pard\ls1\ilvl0{\listtext 1.\tab}first\par{\listtext 2.\tab}second\par"
        r"\pard\ls1\ilvl1{\listtext\f2\'b7\tab}dot\par"
        r"\pard{\pntext a)\tab}old\par\pard\fi-360\li360 \bullet\tab typed\par"
        r"\pard\s1{\listtext 3.}H"
    )
    assert shown(rich(tmp_path, body)) == [
        "list_item1 1.: first",
        "list_item1 2.: second",
        "list_item2 •: dot",
        "list_item1 a): old",
        "list_item1 •: typed",
        "heading1: 3. H",
    ]


LISTS = (
    r"{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc0\levelstartat3{\leveltext\'02\'00.;}"
    r"{\levelnumbers\'01;}}{\listlevel\levelnfc4\levelstartat1{\leveltext\leveltemplateid5"
    r"\'04\'00.\'01);}{\levelnumbers\'01\'03;}}{\listname x;}\listid7}"
    r"{\list{\listlevel\levelnfc23{\leveltext\'01\u-3913 ?;}{\levelnumbers;}}\listid8}}"
    r"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}"
    r"{\listoverride\listid8\listoverridecount0\ls2}{\listoverride\listid7\listoverridecount1"
    r"{\lfolevel\listoverridestartat\levelstartat9}\ls3}}"
)


def test_items_without_a_marker_written_out_are_counted(tmp_path: Path) -> None:
    body = (
        r"\pard\ls1\ilvl0 three\par four\par\pard\ls1\ilvl1 deep\par deep\par"
        r"\pard\ls1\ilvl0{\listtext 5.\tab}five\par\par six{\footnote note\par}\par"
        r"\pard\ls2\ilvl0 dot\par\pard\ls3\ilvl0 nine\par\pard\ls1\s1 H\par\pard\ls9 none\par"
    )
    assert shown(rich(tmp_path, LISTS + body)) == [
        "list_item1 3.: three",
        "list_item1 4.: four",
        "list_item2 4.a): deep",
        "list_item2 4.b): deep",
        "list_item1 5.: five",
        "list_item1 6.: six1",
        "list_item1 •: dot",
        "list_item1 9.: nine",
        "heading1: 10. H",
        "paragraph: none",
        "footnote 1: note",
    ]


def test_a_note_in_an_item_takes_nothing_of_its_marker(tmp_path: Path) -> None:
    body = r"\pard\ls1\ilvl0{\listtext 7.\tab}item{\footnote note\par} goes on\par"
    assert shown(rich(tmp_path, LISTS + body)) == [
        "list_item1 7.: item1 goes on",
        "footnote 1: note",
    ]


def test_runs_links_and_languages(tmp_path: Path) -> None:
    body = (
        r"{\b bold} {\i it}\b on\b0 off{\super 2}{\sub 3}{\strike no} {\lang1036 Bonjour} "
        r'{\field{\*\fldinst{HYPERLINK "https://e.org"}}{\fldrslt{site}}}'
        r'{\field{\*\fldinst HYPERLINK \\l "here"}{\fldrslt in}}{\*\bkmkstart here}'
    )
    document = rich(tmp_path, body)
    assert document.language == "en-GB"
    assert runs(document) == [
        *("strong: bold", "emphasis: it", "strong: on", "superscript: 2", "subscript: 3"),
        *("strike: no", "language fr-FR: Bonjour", "link https://e.org: site", "link #here: in"),
    ]
    assert "here" in document.sections[0].anchors


def test_notes_are_blocks_of_their_own(tmp_path: Path) -> None:
    body = (
        r"A{\super\chftn}{\footnote\pard\plain{\super\chftn}\~The note.\par It ends.} b"
        r"{\super\chftn}{\*\footnote\ftnalt\chftn{} Last}\par next"
    )
    document = rich(tmp_path, body)
    assert shown(document) == [
        *("paragraph: A1 b2", "paragraph: next", "footnote 1: The note.", "footnote: It ends."),
        "footnote 2: Last",
    ]
    section = document.sections[0]
    targets = [run.target for run in section.inlines if run.kind == "note_reference"]
    assert targets == [f"0:{section.text.index('The')}", f"0:{section.text.index('Last')}"]


def test_tables_have_rows_and_cells(tmp_path: Path) -> None:
    body = (
        r"before\par\trowd\trhdr\cellx1\cellx2\pard\intbl a\cell b\cell\row"
        r"\trowd\cellx1\cellx2\pard\intbl 1\par more\cell\cell\row\pard after"
    )
    document = rich(tmp_path, body)
    cells = [
        (b.cell.row, b.cell.column, b.cell.is_header) for b in document.sections[0].blocks if b.cell
    ]
    assert cells == [(0, 0, True), (0, 1, True), (1, 0, False), (1, 0, False)]
    assert [shown(document)[0], shown(document)[-1]] == ["paragraph: before", "paragraph: after"]


def test_pictures_and_what_describes_them(tmp_path: Path) -> None:
    body = (
        r"{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A gull}}}\pngblip"
        + "\n"
        + PIXEL.hex()
        + r"}}{\nonshppict{\pict\wmetafile8 00}}"
    )
    document = rich(tmp_path, body)
    assert shown(document) == ["figure: A gull"]
    assert document.pictures is not None
    assert document.pictures.read(document.sections[0].blocks[0].picture) == PIXEL


def test_the_head_tells_title_and_authors(tmp_path: Path) -> None:
    document = rich(tmp_path, r"{\info{\title The \'c9tude}{\author Mara Quill;Jon Spell}}x")
    assert (document.title, document.authors) == ("The Étude", ("Mara Quill", "Jon Spell"))


def test_a_file_cut_off_is_read_up_to_there_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes((HEAD + r"All {\b that is le").encode())
    document = opened(tmp_path / "a.rtf")
    assert document.sections[0].text == "All that is le"
    assert [notice.kind for notice in document.notices] == [NoticeKind.PART_DAMAGED]


@pytest.mark.parametrize("name", ["a.doc", "a.txt", "a.docx", "a"])
def test_rich_text_is_known_under_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(rb"{\rtf1 Fine.}")
    assert shown(opened(tmp_path / name)) == ["paragraph: Fine."]


def test_what_is_no_rich_text_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"plain words")
    with pytest.raises(TextDamaged):
        open_document(tmp_path / "a.rtf")
