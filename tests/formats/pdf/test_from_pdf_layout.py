"""Lines on a page that are put in the order they are read, and made paragraphs, lists and words."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest

from reader.formats.registry import open_document
from reader.text.document import BlockKind
from tests.formats.pdf.pdf_pages import book_lines, texts, two_columns, written
from tests.formats.pdf.raw_pdf import Line, paragraph, pdf_of_pages, shown


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


def test_a_note_that_goes_on_below_the_next_page_is_one_note(tmp_path: Path) -> None:
    rule = b"\n72 %d 120 0.5 re f\n"
    story = "the river was wide and nobody had built a bridge over it before that year "
    note = "1 What is said here of it is long and has been doubted by many, and it is diffi-"
    first = [*paragraph(story * 36 + "and they", wide=80), (72, 120, 8, note)]
    more = " ".join(["cult to say why they did not believe it when they heard"] * 14) + "."
    second = [
        *paragraph("came to it. " + story * 3 + ".", wide=80),
        *paragraph(more, y=600, size=8, wide=90, pitch=10),
    ]
    pages = [shown(first) + rule % 132, shown(second) + rule % 612]
    document = open_document(written(tmp_path, pdf_of_pages(pages)))
    (told,) = texts(document, BlockKind.FOOTNOTE)
    assert "it is difficult to say why" in told
    assert any("and they came to it." in text for text in texts(document, BlockKind.PARAGRAPH))


def test_text_below_a_wide_table_is_not_a_paragraph_a_line(tmp_path: Path) -> None:
    table: list[Line] = []
    for row, cells in enumerate([("Town", "Bridges", "People"), ("Aville", "3", "1200")] * 3):
        table += [(160 + 140 * n, 760 - 14 * row, 11, cell) for n, cell in enumerate(cells)]
    text = paragraph("a narrow column of words that go on to the end " * 8, y=600, wide=36)
    document = open_document(written(tmp_path, pdf_of_pages([[*table, *text]])))
    assert len(texts(document, BlockKind.PARAGRAPH)) == 1


def test_what_is_cut_away_from_a_page_is_not_read(tmp_path: Path) -> None:
    lines = [*paragraph("what is shown"), (40, 20, 10, "cyan magenta 12/3"), (72, 830, 10, "cut")]
    entries = "/MediaBox [0 0 595 842] /CropBox [50 60 545 800]"
    document = open_document(written(tmp_path, pdf_of_pages([lines], page_entries=entries)))
    assert document.sections[0].text == "what is shown"


def test_wide_letters_of_a_page_upside_down_stay_in_their_words(tmp_path: Path) -> None:
    page: list[Line] = [(72, 700, 11, "in summer the hammers hum")]
    entries = "/MediaBox [0 0 595 842] /Rotate 180"
    document = open_document(written(tmp_path, pdf_of_pages([page], page_entries=entries)))
    assert document.sections[0].text == "in summer the hammers hum"


def test_a_page_that_is_nothing_but_a_table_can_be_gone_to(tmp_path: Path) -> None:
    table: list[Line] = []
    for row, cells in enumerate([("Town", "Bridges", "People"), ("Aville", "3", "1200")] * 3):
        table += [(100 + 140 * n, 700 - 14 * row, 11, cell) for n, cell in enumerate(cells)]
    pages = [paragraph("What comes first, and ends."), table, paragraph("What comes last.")]
    document = open_document(written(tmp_path, pdf_of_pages(pages)))
    place = document.place_of(document.pages[1].target)
    assert place is not None
    assert document.sections[0].text[place.offset :].lstrip().startswith("Town")


def test_what_a_table_and_a_sentence_say_again_on_each_page_is_text(tmp_path: Path) -> None:
    task = "Read the passage and say what you think of it."
    pages = []
    for number in range(4):
        story = " ".join(f"word{number}x{n}" for n in range(150))
        above = (72.0, 780.0, 10.0, f"Table {number + 1}: Bridges by year.")
        lines = paragraph(f"{task} {story}", y=755, wide=47)
        pages.append([(250.0, 815.0, 9.0, "The Book of Bridges"), above, *lines])
    document = open_document(written(tmp_path, pdf_of_pages(pages)))
    furniture = texts(document, BlockKind.PAGE_FURNITURE)
    assert furniture == ["The Book of Bridges"] * 4
    assert "\n".join(section.text for section in document.sections).count(task) == 4


def test_a_page_number_above_a_wide_lower_margin_is_no_text(tmp_path: Path) -> None:
    pages: list[list[Line]] = []
    for number, word in zip((3, 4, 5), ("one", "other", "another"), strict=True):
        story = " ".join(word + "x" * (n % 7) for n in range(300))
        pages.append([*paragraph(story, y=720, wide=80), (300.0, 160.0, 10.0, str(number))])
    document = open_document(written(tmp_path, pdf_of_pages(pages)))
    assert texts(document, BlockKind.PAGE_FURNITURE) == ["3", "4", "5"]


def test_notes_as_large_as_the_text_are_known_by_their_rule_and_sign(tmp_path: Path) -> None:
    story = paragraph("the river was wide and nobody had built a bridge over it " * 12, wide=80)
    note: list[Line] = [(72, 124, 6, "1"), (77, 120, 10, "So it is told in the town.")]
    content = shown([*story, *note]) + b"\n72 135 120 0.5 re f\n"
    document = open_document(written(tmp_path, pdf_of_pages([content])))
    assert texts(document, BlockKind.FOOTNOTE) == ["So it is told in the town."]


def test_short_items_that_count_on_are_items_each(tmp_path: Path) -> None:
    lines: list[Line] = [
        (72, 720, 10, "He measured three things, and what he measured was written down by others:"),
        (90, 706, 10, "1. the height of the water at noon"),
        (90, 692, 10, "2. the direction of the current in"),
        (110, 678, 10, "a. the great canal, which was"),
        (110, 664, 10, "b. the small ones, which were"),
        (90, 650, 10, "3. the wind as it came in there"),
    ]
    document = open_document(written(tmp_path, pdf_of_pages([lines])))
    items = [
        "the height of the water at noon",
        "the direction of the current in",
        "the great canal, which was",
        "the small ones, which were",
    ]
    assert texts(document, BlockKind.LIST_ITEM)[:4] == items


def test_the_names_of_columns_are_the_first_row_of_their_table(tmp_path: Path) -> None:
    rows: list[Line] = [(100, 720, 10, "Name of the bridge"), (196, 720, 10, "Built in year")]
    rows.append((268, 720, 10, "Weight"))
    for number, name in enumerate(("Alpha", "Beta", "Gamma")):
        y = 706 - 14 * number
        rows += [(100, y, 10, name), (214, y, 10, f"18{number}7"), (285, y, 10, "22")]
    document = open_document(written(tmp_path, pdf_of_pages([rows])))
    cells = texts(document, BlockKind.TABLE_CELL)
    assert cells[:4] == ["Name of the bridge", "Built in year", "Weight", "Alpha"]


def test_an_authors_initial_is_no_number_of_a_list(tmp_path: Path) -> None:
    lines: list[Line] = [
        (200, 760, 18, "A Study of Letters"),
        (72, 730, 10, "J. Watson and others of the town of Baker, who have"),
        (90, 718, 10, "written it"),
        *paragraph("the river was wide and nobody had built a bridge " * 8, y=690),
    ]
    document = open_document(written(tmp_path, pdf_of_pages([lines])))
    assert not texts(document, BlockKind.LIST_ITEM)


def test_bullets_that_are_drawn_make_items(tmp_path: Path) -> None:
    story = "the river was wide and nobody had built a bridge over it before that year and so "
    items = ["first thing and what it was", "second thing and what it is", "third, and so on"]
    lines: list[Line] = [*paragraph(story * 3, wide=80)]
    lines += [(102, 650 - 16 * n, 10, item) for n, item in enumerate(items)]
    squares = [(91, 651.5 - 16 * n) for n in range(3)]
    squares += [(300, 500), (60, 660)]  # stars of a picture, before no line
    dots = b"\n".join(b"%.1f %.1f 3.5 3.5 re f" % at for at in squares)
    content = shown(lines) + b"\n" + dots
    document = open_document(written(tmp_path, pdf_of_pages([content])))
    assert texts(document, BlockKind.LIST_ITEM) == items
    assert "•" not in document.sections[0].text


def test_heads_that_name_the_section_that_begins_on_their_page_are_no_headings(
    tmp_path: Path,
) -> None:
    """As LaTeX's right-hand pages have them: another on each page, and long ones cut short."""
    titles = ["Of Stone", "Of Iron and Whatever Else Is Melted for the Making of Bridges"]
    heads = ["2.1. OF STONE", "2.2. OF IRON AND WHATEVER ELSE…"]
    pages = []
    for number, (title, head) in enumerate(zip(titles, heads, strict=True), 1):
        text = paragraph(f"{head.casefold()} that goes on over the page " * 9, y=740, wide=70)
        below = paragraph(f"what is said of it in {head.casefold()} " * 20, y=600, wide=70)
        titled = (72.0, 640.0, 14.0, f"2.{number} {title}")
        pages.append([(320.0, 800.0, 10.0, head), *text, titled, *below])
    document = open_document(written(tmp_path, pdf_of_pages(pages)))
    assert texts(document, BlockKind.PAGE_FURNITURE) == heads
    assert texts(document, BlockKind.HEADING) == [
        f"2.{number} {title}" for number, title in enumerate(titles, 1)
    ]


def test_a_title_at_the_top_of_its_page_is_no_head(tmp_path: Path) -> None:
    """Though a section of the same name is on an earlier page, with another number."""
    text = paragraph("what there is to be done " * 20, y=700, wide=70)
    titles = [(72.0, 780.0, 14.0, "1.5 Exercises"), (72.0, 750.0, 14.0, "2.5 Exercises")]
    pages = [[title, *text] for title in titles]
    document = open_document(written(tmp_path, pdf_of_pages(pages)))
    assert texts(document, BlockKind.HEADING) == ["1.5 Exercises", "2.5 Exercises"]


def test_a_note_whose_other_lines_stand_behind_its_number_is_one(tmp_path: Path) -> None:
    """As Texinfo sets them: the number outside, and all lines where the first one's text begins."""
    body = paragraph("a sentence about commands and files " * 30, y=700, wide=80)
    notes: list[Line] = []
    for number, y in enumerate((140.0, 115.0), 1):
        notes += [
            (76.0, y + 3, 6.0, str(number)),
            (84.0, y, 8.5, "The dot in this name makes it invisible where files are listed on all"),
            (84.0, y - 10, 8.5, "systems of its kind."),
        ]
    document = open_document(written(tmp_path, pdf_of_pages([[*body, *notes]])))
    note = (
        "The dot in this name makes it invisible where files are listed on all systems of its kind."
    )
    assert texts(document, BlockKind.FOOTNOTE) == [note, note]
