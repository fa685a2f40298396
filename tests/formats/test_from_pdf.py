"""PDF: every word of a known text comes back in order, and each passage is known for what it is."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest

from reader.errors import TextNeedsPassword, TextNotRecognised
from reader.formats.from_pdf import PASSWORD_VARIABLE
from reader.formats.registry import open_document
from reader.speech.planner import Plan
from reader.speech.skipping import SkipReason
from reader.text.document import BlockKind, Document, InlineKind, Place, Section, Span
from tests.formats.golden_files import FOLDER
from tests.formats.pdf.raw_pdf import Line, paragraph, pdf_of_pages, shown
from tests.formats.sound_documents import assert_sound

ESSAY = json.loads((Path(__file__).parent / "pdf" / "essay.json").read_text(encoding="utf-8"))
ENCRYPTED = Path(__file__).parent / "pdf" / "encrypted.pdf"
PRODUCED = sorted(FOLDER.glob("*.pdf"))
ALIKE = {"chromium.pdf", "libreoffice.pdf", "reportlab.pdf"}
"""Those that set no numbers before headings."""

_RUNNING = {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM}
_MISSING = {"delete", "replace"}
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.replace("’", "'").lower())


def essay_words() -> list[str]:
    """The words of the running text, in order, without signs of notes."""
    passages = [block[1] for block in ESSAY["blocks"] if isinstance(block[1], str)]
    return words_of(re.sub(r"\{\d+\}", "", "\n".join(passages)))


@cache
def opened(path: Path) -> Document:
    return open_document(path)


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    return [text for section in document.sections for text in _texts(section, set(kinds))]


def _texts(section: Section, kinds: set[BlockKind]) -> Iterator[str]:
    signs = {InlineKind.NOTE_REFERENCE, InlineKind.SUPERSCRIPT}
    marked = [(run.start, run.end) for run in section.inlines if run.kind in signs]
    for block in section.blocks:
        if block.kind in kinds:
            yield "".join(
                letter
                for at, letter in enumerate(section.text[block.start : block.end], block.start)
                if not any(start <= at < end for start, end in marked)
            )


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "made.pdf"
    path.write_bytes(content)
    return path


def two_columns() -> list[list[Line]]:
    left = " ".join(f"left{n}" for n in range(120))
    right = " ".join(f"right{n}" for n in range(120))
    head = (100.0, 780.0, 10.0, "A line that runs over both of the columns of this page, and over")
    return [[head, *paragraph(left, wide=40), *paragraph(right, x=310, wide=40)]]


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


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    document = open_document(written(tmp_path, pdf_of_pages(two_columns())))
    words = document.sections[0].text.split()
    assert words[:5] == ["A", "line", "that", "runs", "over"]
    assert words[14:] == [f"left{n}" for n in range(120)] + [f"right{n}" for n in range(120)]


def test_columns_whose_lines_are_written_across_are_read_one_after_the_other(
    tmp_path: Path,
) -> None:
    lines = sorted(two_columns()[0], key=lambda line: (-line[1], line[0]))
    document = open_document(written(tmp_path, pdf_of_pages([lines])))
    words = document.sections[0].text.split()
    assert words[14:] == [f"left{n}" for n in range(120)] + [f"right{n}" for n in range(120)]


def test_notes_beside_the_text_are_read_after_it(tmp_path: Path) -> None:
    main = " ".join(f"word{n}" for n in range(300))
    beside = paragraph("an aside of three lines at the left", x=20, y=700, size=7, wide=12)
    page = paragraph(main, x=120, wide=70) + beside
    document = open_document(written(tmp_path, pdf_of_pages([page])))
    words = document.sections[0].text.split()
    assert words[:300] == main.split()
    assert words[300:] == ["an", "aside", "of", "three", "lines", "at", "the", "left"]


def book_lines(text: str, *, indent: float, y: float = 700) -> list[Line]:
    """A paragraph of full lines but for the last, its first one indented."""
    first, *rest = paragraph(text, y=y, wide=70)
    return [(first[0] + indent, *first[1:]), *rest]


def test_a_first_line_that_ends_a_paragraph_does_not_swallow_the_next(tmp_path: Path) -> None:
    start = book_lines(" ".join(["word"] * 100) + " and it went", indent=15)
    end = (72.0, 700.0, 10.0, "on and on and on, as all of them had been going to expect it to do.")
    following = book_lines("Then " + " ".join(["more"] * 60) + ".", indent=15, y=688)
    document = open_document(written(tmp_path, pdf_of_pages([start, [end, *following]])))
    found = texts(document, BlockKind.PARAGRAPH)
    assert [text.split()[0] for text in found] == ["word", "Then"]
    assert found[0].endswith(
        "it went on and on and on, as all of them had been going to expect it to do."
    )


def test_an_indented_passage_is_one_paragraph(tmp_path: Path) -> None:
    before = paragraph("Before it stands a paragraph " + "as wide as all the others " * 6, wide=80)
    quoted = paragraph("inside it is narrower on both sides " * 6, x=100, y=650, wide=50)
    document = open_document(written(tmp_path, pdf_of_pages([[*before, *quoted]])))
    assert len(texts(document, BlockKind.PARAGRAPH)) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a remem-|bered evening", "a remembered evening"),
        ("a self-|selected group", "a self-selected group"),
        ("the twenty-|three of them", "the twenty-three of them"),
        ("well-meaning work, and well-|known", "well-meaning work, and well-known"),
        ("the years 1914-|1918 were", "the years 1914-1918 were"),
        ("Anglo-|Saxon attitudes", "Anglo-Saxon attitudes"),
        ("a doorstep, and on the door-|step sat", "a doorstep, and on the doorstep sat"),
        ("a soft­|ened hyphen", "a softened hyphen"),
        (
            "it was incorporated in-house and in-|corporates both",
            "it was incorporated in-house and incorporates both",
        ),
        ("an in-depth house, an in-|house tool", "an in-depth house, an in-house tool"),
        ("what some of them want, some-|what later", "what some of them want, somewhat later"),
        ("a non-linear case is non-|empty", "a non-linear case is non-empty"),
        ("see https:|//www.example.org/ for", "see https://www.example.org/ for"),
        ("http://example.org/|papers/one.pdf is", "http://example.org/papers/one.pdf is"),
        ("see http://example.org/|for more", "see http://example.org/ for more"),
    ],
)
def test_hyphens_at_line_ends_are_kept_or_not(text: str, expected: str, tmp_path: Path) -> None:
    lines = [(72.0, 700.0 - 12 * n, 10.0, part) for n, part in enumerate(text.split("|"))]
    lines.append((72.0, 700.0 - 12 * len(lines), 10.0, "and so it goes on."))
    document = open_document(written(tmp_path, pdf_of_pages([lines])))
    assert " ".join(document.sections[0].text.split()).startswith(expected)


def test_a_list_of_contents_has_a_line_for_each_entry(tmp_path: Path) -> None:
    entries = [
        (72.0, "1 Beginning", "1"),
        (86.0, "1.1 What it is and what it is not" + " ." * 9, "1"),
        (86.0, "1.2 A title that goes on over the end of its", ""),
        (112.0, "line" + " ." * 30, "12"),
        (
            86.0,
            "1.3 A title that is longer than all others and goes out over the numbers",
            "",
        ),
        (112.0, "line" + " ." * 30, "12"),
        (72.0, "2 The end", "31"),
    ]
    lines = [(72.0, 700.0, 14.0, "Contents")]
    for number, (x, title, page) in enumerate(entries):
        y = 680.0 - 12 * number
        lines += [(x, y, 10.0, title), *([(400.0, y, 10.0, page)] if page else [])]
    lines += paragraph("After it comes the text of the book " * 6, y=560, wide=70)
    document = open_document(written(tmp_path, pdf_of_pages([lines])))
    section = document.sections[0]
    found = [b for b in section.blocks if b.kind is BlockKind.LIST_ITEM]
    assert [(section.text[b.start : b.end], b.level) for b in found] == [
        ("1 Beginning 1", 1),
        ("1.1 What it is and what it is not … 1", 2),
        ("1.2 A title that goes on over the end of its line … 12", 2),
        (
            "1.3 A title that is longer than all others and goes out over the numbers line … 12",
            2,
        ),
        ("2 The end 31", 1),
    ]
    assert texts(document, BlockKind.PARAGRAPH)[0].startswith("After it comes")


def test_authors_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    grid = [
        (680, ["Ann Ardent", "Bo Birch", "Cy Cedar"]),
        (668, ["Elm Academy", "Moss Academy", "Oak"]),
        (656, ["ann@elm.example", "bo@fern.example", ""]),
        (630, ["Di Dogwood", "Ed Elder", ""]),
        (618, ["Leaves Academy", "Hut", ""]),
    ]
    lines = [(180.0, 710.0, 18.0, "On Trees and What They Are")]
    for y, names in grid:
        for centre, name in zip((150, 300, 450), names, strict=True):
            lines += [(centre - 2.4 * len(name), float(y), 10.0, name)] if name else []
    lines += [(72.0, 590.0, 10.0, "Abstract"), *paragraph("Trees are large plants " * 9, y=578)]
    document = open_document(written(tmp_path, pdf_of_pages([lines])))
    assert texts(document, BlockKind.TABLE_CELL) == []
    assert texts(document, BlockKind.PARAGRAPH)[:12] == [
        *("Ann Ardent", "Elm Academy", "ann@elm.example"),
        *("Bo Birch", "Moss Academy", "bo@fern.example"),
        *("Cy Cedar", "Oak"),
        *("Di Dogwood", "Leaves Academy", "Ed Elder", "Hut"),
    ]


@pytest.mark.parametrize("step", [1, 5])
def test_the_numbers_of_a_manuscripts_lines_are_no_text(step: int, tmp_path: Path) -> None:
    body = paragraph("It is a line of text and then another line of it. " * 55, x=90)
    numbered = [
        (60.0 - 5 * len(str(n)), y, 8.0, str(n))
        for n, (_, y, _, _) in enumerate(body, start=98)
        if n % step == 0
    ]
    pieces = [piece for pair in zip_longest(numbered, body) for piece in pair if piece]
    document = open_document(written(tmp_path, pdf_of_pages([pieces])))
    (text,) = texts(document, BlockKind.PARAGRAPH)
    assert text == ("It is a line of text and then another line of it. " * 55).strip()
    assert [t.split()[0] for t in texts(document, BlockKind.PAGE_FURNITURE)] == [numbered[0][3]]


def test_the_numbers_of_a_list_of_works_are_text(tmp_path: Path) -> None:
    lines: list[Line] = []
    for number in range(8):
        y = 700.0 - 24 * number
        lines += [
            (72.0, y, 10.0, str(number + 1)),
            (90.0, y, 10.0, "A. Author, A long title about trees that goes over one line,"),
            (90.0, y - 12, 10.0, "Some Press, somewhere in the woods."),
        ]
    document = open_document(written(tmp_path, pdf_of_pages([lines])))
    assert texts(document, BlockKind.PAGE_FURNITURE) == []


@pytest.mark.parametrize(
    ("initial", "beside", "below", "expected"),
    [
        ("T", "HIS is the documentation of it", "and of what it is", "THIS is the documentation"),
        ("O", "nce there was a man here who", "was a man once", "Once there was"),
        ("A", "man was here once and the", "other man was not", "A man was here"),
        ("A", "fter that the man was here and", "not after it", "After that"),
    ],
)
def test_a_large_initial_belongs_to_its_word(
    initial: str, beside: str, below: str, expected: str, tmp_path: Path
) -> None:
    lines = [
        (72.0, 676.0, 33.0, initial),
        (97.0, 700.0, 10.0, beside),
        (97.0, 688.0, 10.0, "by it and of all that"),
        (97.0, 676.0, 10.0, below),
        (72.0, 664.0, 10.0, "and so it goes on to its end for a while."),
    ]
    document = open_document(written(tmp_path, pdf_of_pages([lines])))
    assert document.sections[0].text.startswith(expected)


def test_a_bibliography_has_its_items(tmp_path: Path) -> None:
    lines = [
        (72.0, 700.0, 10.0, "[1] A. Author, A long title about listening that goes over a line,"),
        (90.0, 688.0, 10.0, "Some Press, 1987."),
        (72.0, 670.0, 10.0, "[2] B. Writer, Another, 1999."),
    ]
    document = open_document(written(tmp_path, pdf_of_pages([lines])))
    section = document.sections[0]
    assert [(block.kind, block.marker) for block in section.blocks] == [
        (BlockKind.LIST_ITEM, "[1]"),
        (BlockKind.LIST_ITEM, "[2]"),
    ]
    assert "over a line, Some Press" in section.text


def test_text_turned_by_a_quarter_stands_apart(tmp_path: Path) -> None:
    lines = paragraph(" ".join(f"word{n}" for n in range(200)))
    turned = b"\nBT /F1 9 Tf 0 1 -1 0 30 300 Tm (archive stamp 2020) Tj ET"
    document = open_document(written(tmp_path, pdf_of_pages([shown(lines) + turned])))
    assert texts(document, BlockKind.PARAGRAPH) == [" ".join(f"word{n}" for n in range(200))]
    assert texts(document, BlockKind.PAGE_FURNITURE) == ["archive stamp 2020"]


def test_a_page_on_its_side_is_read_upright(tmp_path: Path) -> None:
    lines = paragraph(" ".join(f"word{n}" for n in range(200)))
    content = "\n".join(
        f"BT /F1 {size} Tf 0 1 -1 0 {800 - y} {x} Tm ({text}) Tj ET" for x, y, size, text in lines
    )
    document = open_document(written(tmp_path, pdf_of_pages([content.encode()])))
    assert document.sections[0].text.split() == [f"word{n}" for n in range(200)]


def test_a_page_that_is_shown_turned_is_read_as_shown(tmp_path: Path) -> None:
    lines = paragraph(" ".join(f"word{n}" for n in range(200)))
    content = "\n".join(
        f"BT /F1 {size} Tf 0 1 -1 0 {800 - y} {x} Tm ({text}) Tj ET" for x, y, size, text in lines
    )
    made = pdf_of_pages([content.encode()], page_entries="/MediaBox [0 0 595 842] /Rotate 90")
    document = open_document(written(tmp_path, made))
    assert document.sections[0].text.split() == [f"word{n}" for n in range(200)]


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
