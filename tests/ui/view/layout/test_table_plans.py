"""Tables fit the column: columns by their words, smaller type, else each row folded."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from reader.text.document import BlockKind, Document, Section, TableCell
from reader.ui.look.theme import Theme
from reader.ui.view.layout.table_plans import SIZES, TablePlan, plan_table
from reader.ui.view.layout.text_flow import TextFlow
from reader.ui.view.layout.text_items import TextItem
from tests.ui.view.documents import SectionMaker, document_of

WIDTH = 600.0


@pytest.fixture(autouse=True)
def application(qtbot: QtBot) -> None:
    del qtbot


def table(*rows: list[str], has_heads: bool = True) -> Section:
    maker = SectionMaker()
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            cell = TableCell(0, row, column, is_header=has_heads and row == 0)
            maker.add(words, BlockKind.TABLE_CELL, cell=cell)
    return maker.made()


def planned(section: Section) -> TablePlan:
    return plan_table(section, section.blocks, Theme("light"), WIDTH)


def items(document: Document) -> list[TextItem]:
    flow = TextFlow(document, Theme("light"), WIDTH)
    found, index = [], flow.first_index()
    at: int | None = index
    while at is not None:
        found.append(flow.item(at))
        at = flow.following(at)
    return found


LONG = [f"Heading-of-column-{n}" for n in range(12)]
MIDDLING = [f"Head{n:02}ing" for n in range(7)]


def test_a_column_is_as_wide_as_its_longest_word_and_more_where_there_is_more_text() -> None:
    plan = planned(table(["A", "Note"], ["x", "a rather long note on it " * 4]))
    assert plan.size == SIZES[0]
    first, second = (right - left for left, right in pairwise(plan.edges))
    assert plan.edges[-1] == pytest.approx(WIDTH)
    assert second > 2 * first > 20


def test_more_columns_are_set_smaller_before_anything_is_folded() -> None:
    plan = planned(table(MIDDLING, ["x"] * len(MIDDLING)))
    assert plan.size == SIZES[1]
    assert len(plan.edges) == len(MIDDLING) + 1


def test_what_is_too_wide_is_folded_with_the_heads_beside() -> None:
    section = table(LONG, [f"value {n}" for n in range(12)])
    plan = planned(section)
    assert plan.edges == ()
    assert plan.heads == tuple(LONG)
    heads, row = items(document_of(section))
    assert [label.y for label in row.labels] == [frame.y for frame in row.frames]
    tops = [frame.y for frame in row.frames]
    assert tops == sorted(set(tops))
    for item in (heads, row):
        assert all(f.x + f.layout.natural_width <= WIDTH + 1 for f in item.frames)
    assert len({frame.y for frame in heads.frames}) < len(heads.frames), "heads run on in lines"


def test_no_word_of_a_usual_table_is_broken() -> None:
    section = table(["Name", "Year", "Remark"], ["Incomprehensibilities", "1871", "so " * 80])
    for item in items(document_of(section)):
        for frame in item.frames:
            words = section.text[frame.start : frame.end].split()
            assert frame.layout.line_count <= max(len(words), 1)
            assert frame.layout.natural_width <= frame.layout.width + 1


def test_a_table_without_heads_is_folded_without_labels() -> None:
    section = table(LONG, LONG, has_heads=False)
    first, _ = items(document_of(section))
    assert first.labels == ()
    assert len({frame.y for frame in first.frames}) == 12


def test_a_long_address_may_be_broken() -> None:
    plan = planned(table(["Name", "Address"], ["x", "https://example.org/" + "a" * 300]))
    assert len(plan.edges) == 3


# code


def code(text: str) -> TextItem:
    (item,) = items(document_of(SectionMaker().add(text, BlockKind.CODE).made()))
    return item


def test_code_is_set_smaller_where_its_longest_line_then_fits() -> None:
    assert code("x = 1\n" + "y" * 76).frames[0].layout.line_count == 2
    short, long = code("x = 1"), code("x" * 76)
    assert long.height < short.height


def test_the_rest_of_a_broken_line_is_set_further_in() -> None:
    text = "    first_name(" + "argument, " * 20 + ")\nnext_line"
    layout = code(text).frames[0].layout
    starts = [layout.line_range(n)[0] for n in range(layout.line_count)]
    own = layout.x_of(4)
    assert layout.line_count > 3
    assert all(layout.x_of(start) > own for start in starts[1:-1])
    assert layout.x_of(starts[-1]) == 0
    assert text[starts[-1] :] == "next_line"
