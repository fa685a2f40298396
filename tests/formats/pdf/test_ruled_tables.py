"""Tables with lines drawn around their cells, as word processors and browsers draw them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reader.formats.registry import open_document
from reader.text.document import BlockKind, Document
from tests.formats.pdf.pdf_pages import texts, written
from tests.formats.pdf.raw_pdf import FONT, Line, paragraph, pdf_of_pages, shown

_ABOVE = paragraph("What is said of the machines above their table. " * 4, y=780, wide=80)
_BELOW = paragraph("What is said of them below it, and that is more. " * 4, y=560, wide=80)


def test_a_cell_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    """The other cells of its row stand at half its height, and one is empty."""
    lines: list[Line] = [
        *[(75.0, 700.0, 10.0, "Machine"), (205.0, 700.0, 10.0, "Name")],
        *[(75.0, 684.0, 10.0, "A machine with"), (75.0, 672.0, 10.0, "more of its own")],
        (205.0, 678.0, 10.0, "armhf"),
        *[(75.0, 656.0, 10.0, "Another in this ta-"), (75.0, 644.0, 10.0, "ble of them")],
        *[(75.0, 628.0, 10.0, "The last"), (205.0, 628.0, 10.0, "s390x")],
    ]
    heights = [711, 696, 668, 640, 622]
    drawn = _drawn([(72, 330, y) for y in heights], [(622, 711, x) for x in (72, 200, 330)])
    assert _cells(_opened(tmp_path, lines, drawn)) == [
        [(0, 0, "Machine"), (0, 1, "Name")],
        [(1, 0, "A machine with more of its own"), (1, 1, "armhf")],
        [(2, 0, "Another in this table of them")],
        [(3, 0, "The last"), (3, 1, "s390x")],
    ]


def test_a_cell_beside_several_stands_in_the_row_of_the_first(tmp_path: Path) -> None:
    """The lines under those go over their own columns, piece by piece; a head is over all."""
    lines: list[Line] = [
        (130.0, 700.0, 10.0, "Machines of all kinds there are"),
        (75.0, 676.0, 10.0, "Intel"),
        *[(205.0, 684.0, 10.0, "usual"), (275.0, 684.0, 10.0, "default")],
        *[(205.0, 668.0, 10.0, "inner"), (275.0, 668.0, 10.0, "xen")],
        *[(75.0, 652.0, 10.0, "Arm"), (205.0, 652.0, 10.0, "any"), (275.0, 652.0, 10.0, "armmp")],
    ]
    across = [(x, z, y) for y in (711, 696, 664, 648) for x, z in ((72, 200), (200, 330))]
    own = [(200, 268, 680), (268, 330, 680)]
    sides = [(648, 711, 72), (648, 711, 330), (648, 696, 200), (648, 696, 268)]
    assert _cells(_opened(tmp_path, lines, _drawn([*across, *own], sides))) == [
        [(0, 0, "Machines of all kinds there are")],
        [(1, 0, "Intel"), (1, 1, "usual"), (1, 2, "default")],
        [(2, 1, "inner"), (2, 2, "xen")],
        [(3, 0, "Arm"), (3, 1, "any"), (3, 2, "armmp")],
    ]


def test_text_that_lines_are_drawn_across_is_no_table(tmp_path: Path) -> None:
    lines = paragraph("as it is written on squared paper, line by line " * 6, y=700, wide=60)
    drawn = _drawn(
        [(60, 400, y) for y in range(620, 721, 10)], [(620, 720, x) for x in range(60, 401, 20)]
    )
    document = _opened(tmp_path, lines, drawn)
    assert not texts(document, BlockKind.TABLE_CELL)


def test_a_frame_around_long_text_is_no_table(tmp_path: Path) -> None:
    story = paragraph("what a leaflet tells in a box beside another one " * 20, y=700, wide=40)
    beside = paragraph("and what the other box has to tell to whoever reads it " * 20, x=320, y=700)
    drawn = _drawn([(60, 590, y) for y in (725, 712, 300)], [(300, 725, x) for x in (60, 310, 590)])
    titles: list[Line] = [(72.0, 715.0, 10.0, "One"), (320.0, 715.0, 10.0, "Two")]
    document = _opened(tmp_path, [*titles, *story, *beside], drawn)
    assert not texts(document, BlockKind.TABLE_CELL)


def test_an_item_in_type_of_fixed_width_is_an_item(tmp_path: Path) -> None:
    """Its bullet is not: what is nothing but an address is no code for that."""
    entries = "/MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 6 0 R >> >>"
    content = shown([*_ABOVE, (72.0, 700.0, 10.0, "•"), (72.0, 680.0, 10.0, "•")]) + b"\n"
    addresses = ["https://example.org/one", "https://example.org/two"]
    content += shown([(84.0, 700.0, 10.0, addresses[0]), (84.0, 680.0, 10.0, addresses[1])], "F2")
    fixed = FONT.replace("Times-Roman", "Courier")
    made = pdf_of_pages([content], page_entries=entries, more=[fixed])
    document = open_document(written(tmp_path, made))
    assert texts(document, BlockKind.LIST_ITEM) == addresses


def _opened(tmp_path: Path, lines: Sequence[Line], drawn: bytes) -> Document:
    content = shown([*_ABOVE, *lines, *_BELOW]) + drawn
    document = open_document(written(tmp_path, pdf_of_pages([content])))
    assert (
        texts(document, BlockKind.PARAGRAPH)[0]
        == "".join("What is said of the machines above their table. " * 4).strip()
    )
    return document


def _drawn(
    across: Sequence[tuple[float, float, float]], down: Sequence[tuple[float, float, float]]
) -> bytes:
    """Lines as thin rectangles: from where to where, and where on the other axis."""
    flat = [f"{x} {y} {z - x} 0.5 re f" for x, z, y in across]
    upright = [f"{x} {low} 0.5 {high - low} re f" for low, high, x in down]
    return ("\n" + "\n".join([*flat, *upright])).encode()


def _cells(document: Document) -> list[list[tuple[int, int, str]]]:
    """The cells of the first section's table, by rows."""
    section = document.sections[0]
    found: dict[int, list[tuple[int, int, str]]] = {}
    for block in section.blocks:
        if block.cell is not None:
            told = (block.cell.row, block.cell.column, section.text[block.start : block.end])
            found.setdefault(block.cell.row, []).append(told)
    return list(found.values())
