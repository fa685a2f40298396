"""PDF: a scientific paper as LaTeX sets it (`pdf/paper.tex`), and what its fonts do to letters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reader.formats.pdf.words.letters import big_signs, joined_halves, text_of
from reader.formats.registry import open_document
from reader.speech.planning.planner import Plan
from reader.speech.planning.skipping import SkipReason, WhatIsRead
from reader.text.document import BlockKind, Document, InlineKind
from tests.formats.pdf.raw_pdf import paragraph, pdf_of_pages
from tests.formats.sound_documents import assert_sound

PAPER = Path(__file__).with_name("paper.pdf")


@cache
def paper() -> Document:
    return open_document(PAPER)


def texts(kind: BlockKind, document: Document | None = None) -> list[str]:
    return [
        " ".join(section.text[block.start : block.end].split())
        for section in (document or paper()).sections
        for block in section.blocks
        if block.kind is kind
    ]


def test_the_paper_is_sound() -> None:
    assert_sound(paper())


def test_a_formula_set_apart_is_one_block_read_from_left_to_right() -> None:
    assert texts(BlockKind.FORMULA) == [
        "L(w) = 1 n ∑ i=1 n (yi − f(xi))2 + λ∥w∥ 2 2 , (1)",
        "ŵ = arg min w L(w) (2) = (X⊤X + nλI) −1X⊤y. (3)",
    ]


def test_a_formula_within_the_text_stays_there() -> None:
    (line,) = [text for text in texts(BlockKind.PARAGRAPH) if text.startswith("Let xi")]
    assert line.endswith("and let f(x) = ∑n k=1 wkϕk(x) be the response. The loss is")


def test_formulas_and_the_words_of_drawings_are_passed_over_and_said_why() -> None:
    what = WhatIsRead(frozenset((SkipReason.FORMULA, SkipReason.LABELS)))
    document = paper()
    skipped = [
        (skip.reason, document.sections[skip.span.section].text[skip.span.start : skip.span.end])
        for skip in Plan(document, what=what).skipped()
        if skip.reason in (SkipReason.FORMULA, SkipReason.LABELS)
    ]
    reasons = [reason for reason, _ in skipped]
    assert set(reasons) == {SkipReason.FORMULA, SkipReason.LABELS}
    assert any("Recall" in words and "baseline" in words for _, words in skipped)


def test_a_row_whose_cells_stand_close_is_a_row_like_the_others() -> None:
    cells = {}
    for section in paper().sections:
        for block in section.blocks:
            if block.cell is not None:
                cells[block.cell.row, block.cell.column] = section.text[block.start : block.end]
    assert [cells[3, column] for column in range(4)] == [
        "Ours, without model",
        "83.1",
        "79.9",
        "63.2",
    ]
    assert [cells[row, 0] for row in range(5)][-1] == "Ours"


def test_bullets_of_latex_are_bullets() -> None:
    items = texts(BlockKind.LIST_ITEM)
    assert items[:2] == [
        "A model of attention which is simple, and which can be fitted to the data of a single"
        " evening.",
        "A method to measure it without interruption of the reader.",
    ]


def test_ligatures_are_their_letters() -> None:
    whole = " ".join(section.text for section in paper().sections)
    for word in ("efficient flow", "difficult offices", "affected", "confirmed", "significant"):
        assert word in whole
    assert not any("\ufb00" <= letter <= "\ufb06" for letter in whole)


def test_numbers_of_works_and_equations_are_links_and_no_signs_of_notes() -> None:
    document = paper()
    (section,) = [one for one in document.sections if "Introduction" in one.text]
    places = {}
    for words in ("heard [1", "Minimising (1"):
        at = section.text.index(words) + len(words) - 1
        (run,) = [run for run in section.inlines if run.start <= at < run.end]
        assert run.kind is InlineKind.LINK
        places[words] = document.place_of(run.target, section.index)
    assert all(places.values())


def test_a_struck_sign_is_one_sign() -> None:
    whole = " ".join(section.text for section in paper().sections)
    assert "≠ w in general" in whole
    assert "\u0338" not in whole


def test_letters_of_formulas_beyond_the_first_plane_are_plain_ones() -> None:
    assert text_of(joined_halves(0xD835, 0xDC58)) == "k"  # 𝑘, MATHEMATICAL ITALIC SMALL K
    assert text_of(joined_halves(0xD835, 0xDEFC)) == "α"
    assert joined_halves(0x6B, 0xDC58) == 0


def test_large_signs_are_known_by_their_codes_and_pieces_of_brackets_left_out() -> None:
    assert big_signs("PXZ") == "∑∑∫"
    assert big_signs("\x00\x01") == "()"
    assert big_signs("@") == ""


def test_a_caption_above_the_right_column_is_not_read_into_the_left(tmp_path: Path) -> None:
    left = paragraph(" ".join(f"left{n}" for n in range(120)), wide=40)
    caption = (330.0, 721.5, 9.0, "Table 1: Some words")
    right = paragraph(" ".join(f"right{n}" for n in range(100)), x=310, y=690, wide=40)
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf_of_pages([[*left, caption, *right]]))
    document = open_document(path)
    words = document.sections[0].text.split()
    assert [word for word in words if word.startswith("left")] == [f"left{n}" for n in range(120)]
    assert words.index("left119") < words.index("right0")
    assert texts(BlockKind.CAPTION, document) == ["Table 1: Some words"]
