"""PDF: every word of a known text comes back in order, and each passage is known for what it is."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from reader.errors import TextNeedsPassword, TextNotRecognised
from reader.formats.from_pdf import PASSWORD_VARIABLE
from reader.formats.registry import open_document
from reader.speech.planning.planner import Plan
from reader.speech.planning.skipping import SkipReason
from reader.text.document import BlockKind, InlineKind, Place, Span
from tests.formats.golden_files import FOLDER
from tests.formats.pdf.pdf_pages import _RUNNING, ESSAY, PRODUCED, opened, texts, written
from tests.formats.pdf.raw_pdf import FONT, paragraph, pdf_of_pages, stream
from tests.formats.sound_documents import assert_sound

ENCRYPTED = Path(__file__).with_name("encrypted.pdf")


ALIKE = {"chromium.pdf", "libreoffice.pdf", "reportlab.pdf"}
"""Those that set no numbers before headings."""


_MISSING = {"delete", "replace"}


_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.replace("’", "'").lower())


def essay_words() -> list[str]:
    """The words of the running text, in order, without signs of notes."""
    passages = [block[1] for block in ESSAY["blocks"] if isinstance(block[1], str)]
    return words_of(re.sub(r"\{\d+\}", "", "\n".join(passages)))


@pytest.mark.parametrize("path", PRODUCED, ids=lambda path: path.stem)
def test_every_word_comes_back_in_its_order(path: Path) -> None:
    wanted = essay_words()
    found = words_of("\n".join(texts(opened(path), *_RUNNING)))
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    missed = [wanted[i:j] for kind, i, j, _, _ in matcher.get_opcodes() if kind in _MISSING]
    # LaTeX puts its authors side by side and leaves out the "and" between them
    assert missed in ([], [["and"]])
    if path.name in ALIKE:
        assert len(found) - len(wanted) <= 2
    else:
        assert len(found) - len(wanted) <= 14  # "Abstract", and the numbers of headings


@pytest.mark.parametrize("path", PRODUCED, ids=lambda path: path.stem)
def test_headings_are_found_with_their_ranks(path: Path) -> None:
    wanted = [block[1] for block in ESSAY["blocks"] if block[0] in ("title", "h1", "h2")]
    section_levels = {}
    for section in opened(path).sections:
        for block in section.blocks:
            if block.kind is BlockKind.HEADING:
                text = section.text[block.start : block.end].lstrip("0123456789. ")
                section_levels[text] = block.level
    assert [text for text in section_levels if text != "Abstract"] == wanted
    assert section_levels["What the Ear Keeps"] == 1
    assert section_levels["Introduction"] < section_levels["What was measured"]


@pytest.mark.parametrize("path", PRODUCED, ids=lambda path: path.stem)
def test_paragraphs_are_those_that_were_written(path: Path) -> None:
    wanted = [
        re.sub(r"\{\d+\}", "", block[1]) for block in ESSAY["blocks"] if block[0] in ("p", "li")
    ]
    found = [" ".join(words_of(text)) for text in texts(opened(path), *_RUNNING)]
    assert [text for text in wanted if " ".join(words_of(text)) not in found] == []


@pytest.mark.parametrize(
    "name", ["latex-two-columns.pdf", "typst-book.pdf", "weasyprint-two-columns.pdf"]
)
def test_footnotes_are_blocks_of_their_own(name: str) -> None:
    notes = texts(opened(FOLDER / name), BlockKind.FOOTNOTE)
    assert [words_of(note) for note in notes] == [words_of(note) for note in ESSAY["notes"]]


def test_a_reference_leads_to_its_footnote() -> None:
    document = opened(FOLDER / "latex-two-columns.pdf")
    led_to = []
    for section in document.sections:
        for run in section.inlines:
            if run.kind is InlineKind.NOTE_REFERENCE:
                place = document.place_of(run.target, section.index)
                assert place is not None
                led_to.append(document.sections[place.section].text[place.offset :][:10])
    assert led_to == [note[:10] for note in ESSAY["notes"]]


def test_running_heads_and_page_numbers_are_passed_over_and_said_why() -> None:
    document = opened(FOLDER / "weasyprint-two-columns.pdf")
    skipped = [
        (document.sections[skip.span.section].text[skip.span.start : skip.span.end], skip.reason)
        for skip in Plan(document).skipped()
        if skip.reason is SkipReason.PAGE_NUMBER
    ]
    head = "What the Ear Keeps"
    assert [text for text, _ in skipped] == [head, "1", head, "2", head, "3"]


def test_a_table_has_its_cells_in_rows_and_columns() -> None:
    document = opened(FOLDER / "latex-two-columns.pdf")
    cells = {}
    for section in document.sections:
        for block in section.blocks:
            if block.cell is not None:
                place = block.cell.row, block.cell.column
                cells[place] = section.text[block.start : block.end]
    rows = next(block[1] for block in ESSAY["blocks"] if block[0] == "table")
    assert cells == {(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row)}
    assert texts(document, BlockKind.CAPTION) == [
        next(block[2] for block in ESSAY["blocks"] if block[0] == "table")
    ]


@pytest.mark.parametrize(
    ("told", "language"), [("de_DE", "de-DE"), ("en", "en"), ("ngerman", None), ("", None)]
)
def test_a_language_that_is_no_tag_is_left_to_be_recognised(
    tmp_path: Path, told: str, language: str | None
) -> None:
    made = pdf_of_pages([paragraph("Just a few words.")], catalog=f"/Lang ({told})")
    assert open_document(written(tmp_path, made)).language == language


def test_the_file_tells_title_authors_language_and_contents() -> None:
    document = opened(FOLDER / "typst-book.pdf")
    assert document.title == ESSAY["title"]
    assert document.authors == tuple(ESSAY["authors"])
    assert document.language == "en"
    assert [(line.title, line.level) for line in document.contents][:4] == [
        ("1 Introduction", 1),
        ("2 The evenings", 1),
        ("2.1 Marking without stopping", 2),
        ("2.2 What was measured", 2),
    ]
    for line in document.contents:
        place = document.place_of(line.target)
        assert place is not None
        assert document.sections[place.section].text.startswith(line.title, place.offset)


def test_the_page_of_every_place_is_known() -> None:
    document = opened(FOLDER / "typst-book.pdf")
    assert [entry.title for entry in document.pages] == ["1", "2", "3", "4"]
    assert document.printed is not None
    for number, entry in enumerate(document.pages):
        place = document.place_of(entry.target)
        assert place is not None
        assert document.printed.page_of(place) == number
    assert document.printed.page_of(Place(0, 0)) == 0


def test_each_word_lies_in_its_box_on_the_page() -> None:
    document = opened(FOLDER / "latex-two-columns.pdf")
    assert document.printed is not None
    page = document.printed.page(0)
    text = document.sections[0].text
    start = text.index("twenty-three neighbours")
    (box,) = page.boxes_of(Span(0, start, start + len("twenty-three neighbours")))
    assert 72 < box.left < box.right < 300
    assert 630 < box.top < box.bottom < 660
    assert page.place_at(box.left + 1, (box.top + box.bottom) / 2) == Place(0, start)
    assert page.place_at(5, 5) is None


def test_a_word_read_from_right_to_left_has_one_box_and_ends_at_its_left() -> None:
    document = opened(FOLDER / "hebrew.pdf")
    assert document.printed is not None
    page = document.printed.page(0)
    start = document.sections[0].text.index("הספינה יצאה")
    (box,) = page.boxes_of(Span(0, start, start + len("הספינה יצאה")))
    y = (box.top + box.bottom) / 2
    assert page.nearest_character(box.right - 1, y) == (Place(0, start), False)
    last = Place(0, start + len("הספינה יצאה") - 1)
    assert page.nearest_character(box.left + 1, y) == (last, True)


def test_a_word_broken_at_a_lines_end_has_two_boxes() -> None:
    document = opened(FOLDER / "latex-two-columns.pdf")
    assert document.printed is not None
    start = document.sections[0].text.index("remembered far more")
    boxes = document.printed.page(0).boxes_of(Span(0, start, start + len("remembered")))
    assert len(boxes) == 2
    assert boxes[0].right > boxes[1].right
    assert boxes[0].bottom <= boxes[1].top + 4


@pytest.mark.parametrize("path", [*PRODUCED, ENCRYPTED], ids=lambda path: path.stem)
def test_a_document_is_sound(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "sesame")
    assert_sound(open_document(path))


def test_a_locked_file_asks_for_its_password() -> None:
    with pytest.raises(TextNeedsPassword) as missing:
        open_document(ENCRYPTED)
    assert not missing.value.is_wrong
    with pytest.raises(TextNeedsPassword) as wrong:
        open_document(ENCRYPTED, "simsim")
    assert wrong.value.is_wrong
    assert open_document(ENCRYPTED, "sesame").title == ESSAY["title"]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Microsoft Word - draft7.doc", "made"),
        ("report_final.docx", "made"),
        ("untitled", "made"),
        ("  ", "made"),
        ("On the Ear", "On the Ear"),
    ],
)
def test_a_title_that_is_none_is_not_believed(tmp_path: Path, said: str, title: str) -> None:
    made = pdf_of_pages([paragraph("Just a few words.")], information={"Title": said})
    assert open_document(written(tmp_path, made)).title == title


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("Ines Halvorsen, Tobias Grau", ("Ines Halvorsen", "Tobias Grau")),
        ("Halvorsen, Ines; Grau, Tobias", ("Halvorsen, Ines", "Grau, Tobias")),
        ("Ines Halvorsen and Tobias Grau", ("Ines Halvorsen", "Tobias Grau")),
        ("Administrator", ()),
        ("", ()),
    ],
)
def test_authors_are_told_apart(tmp_path: Path, said: str, authors: tuple[str, ...]) -> None:
    made = pdf_of_pages([paragraph("Just a few words.")], information={"Author": said})
    assert open_document(written(tmp_path, made)).authors == authors


def test_printed_labels_are_the_names_of_pages(tmp_path: Path) -> None:
    pages = [paragraph(f"This is page {n} of the whole.") for n in range(4)]
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 5 >>] >>"
    document = open_document(written(tmp_path, pdf_of_pages(pages, catalog=labels)))
    assert [entry.title for entry in document.pages] == ["i", "ii", "5", "6"]


def test_pages_without_text_are_said_to_be_pictures(tmp_path: Path) -> None:
    drawn = b"q 400 0 0 600 90 100 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    with pytest.raises(TextNotRecognised) as found:
        open_document(written(tmp_path, pdf_of_pages([drawn] * 3)))
    assert found.value.page_count == 3
    assert not found.value.is_garbled


def test_letters_that_the_file_does_not_tell_are_said(tmp_path: Path) -> None:
    # a font by glyph numbers, without the map to letters that the format asks for
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H "
        "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Nameless /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/FontDescriptor << /Type /FontDescriptor /FontName /Nameless /Flags 4 "
        "/FontBBox [0 0 500 500] /ItalicAngle 0 /Ascent 700 /Descent -200 /StemV 80 >> >>] >>"
    )
    content = b"BT /F1 10 Tf 72 700 Td <00260027002800290030> Tj ET"
    with pytest.raises(TextNotRecognised) as found:
        open_document(written(tmp_path, pdf_of_pages([content], font=font)))
    assert found.value.is_garbled


def _font_that_tells(codes: dict[int, int]) -> tuple[str, bytes]:
    """Return a font whose letters are told to be others, and the table that tells so (object 6)."""
    rows = "".join(f"<{code:02X}> <{told:04X}>\n" for code, told in codes.items())
    table = f"1 begincodespacerange <00> <FF> endcodespacerange\n{len(codes)} beginbfchar\n{rows}"
    content = f"begincmap\n{table}endbfchar\nendcmap\n".encode()
    return FONT.replace(">>", "/ToUnicode 6 0 R >>"), stream(content)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({code: code - 29 for code in range(65, 123)}, id="other letters"),
        pytest.param({code: 0xF000 + code for code in range(65, 123)}, id="private ones"),
        pytest.param(dict.fromkeys(range(65, 123), 0), id="none"),
    ],
)
def test_letters_that_a_font_tells_wrongly_are_not_read_as_text(
    tmp_path: Path, told: dict[int, int]
) -> None:
    font, table = _font_that_tells(told)
    lines = paragraph(
        "nothing should be made before the spring since the ice would take it away " * 9
    )
    path = written(tmp_path, pdf_of_pages([lines], font=font, more=[table]))
    with pytest.raises(TextNotRecognised) as found:
        open_document(path)
    assert found.value.is_garbled


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ACGT TCGA GGCA TTAG CCGA, 12 km, 5 kg, vol. 3, Dr. Ash, ", id="sequences"),
        pytest.param("1. Nf3 Nc6 2. Bb5 Nd4 3. Qxd4 Rg8 4. Kg1 Bh3 ", id="chess"),
        pytest.param("p0w1 M10x25 DN50 PN16 XK-47 ", id="codes"),
    ],
)
def test_few_vowels_alone_make_no_wrong_letters(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, pdf_of_pages([paragraph(text * 30)]))
    assert open_document(path).sections[0].text
