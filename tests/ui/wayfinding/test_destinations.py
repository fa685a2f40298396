"""What one types leads to a share of the text, a page or a chapter, the likeliest first."""

from __future__ import annotations

import pytest

from reader.text.document import ContentsEntry, Document, Section, fingerprint_of
from reader.ui.desk.contents import headings_of
from reader.ui.wayfinding.destinations import Places, all_headings, all_pages, destinations

CONTENTS = (
    ContentsEntry("Part One", "0#", 1),
    ContentsEntry("1. The Café", "0#a", 2),
    ContentsEntry("2. Going to the Sea", "1#", 2),
    ContentsEntry("Part Two", "2#", 1),
    ContentsEntry("3. The Sea Again", "2#a", 2),
    ContentsEntry("Notes", "3#", 1),
)
PAGES = tuple(
    ContentsEntry(name, f"{n}#p", 1) for n, name in enumerate(["ix", "1", "2", "21", "212"])
)


def places(*, has_pages: bool = True) -> Places:
    sections = tuple(Section(n, "", "x" * 100, ()) for n in range(5))
    document = Document(
        "A book",
        (),
        "en",
        sections,
        fingerprint_of(["x"]),
        contents=CONTENTS,
        pages=PAGES if has_pages else (),
    )
    return Places(document, headings_of(document), lambda: 2)


def titles(words: str, *, has_pages: bool = True) -> list[str]:
    return [found.title for found in destinations(words, places(has_pages=has_pages))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("37 %", ["37 %"], id="percent"),
        pytest.param("37,5%", ["37.5 %"], id="a comma"),
        pytest.param("100 per cent", ["100 %"], id="in words"),
        pytest.param("120 %", [], id="more than there is"),
        pytest.param("p. 21", ["Page 21", "Page 212"], id="page, and those that begin so"),
        pytest.param("page 212", ["Page 212"], id="page in words"),
        pytest.param("S. 2", ["Page 2", "Page 21", "Page 212"], id="page in German"),
        pytest.param("IX", ["Page ix"], id="Roman"),
        pytest.param("2", ["Page 2", "2 %", "2. Going to the Sea"], id="a number is a page first"),
        pytest.param("cafe", ["1. The Café"], id="a chapter, whatever the accents"),
        pytest.param("sea the", ["2. Going to the Sea", "3. The Sea Again"], id="any order"),
        pytest.param("part", ["Part One", "Part Two"], id="parts"),
        pytest.param("the lost", [], id="nothing"),
    ],
)
def test_words_lead_somewhere(words: str, expected: list[str]) -> None:
    assert titles(words) == expected


def test_without_pages_a_number_is_a_percentage() -> None:
    assert titles("2", has_pages=False) == ["2 %", "2. Going to the Sea"]


def test_a_share_is_told_and_a_page_has_its_target() -> None:
    assert destinations("37 %", places())[0].share == 0.37
    assert destinations("p. 212", places())[0].target == "4#p"


def test_what_begins_so_comes_before_what_holds_it() -> None:
    assert titles("no") == ["Notes"]
    assert titles("3.")[0] == "3. The Sea Again"


def test_the_contents_say_how_far_each_chapter_is_and_where_one_is() -> None:
    found = all_headings(places())
    assert [where.depth for where in found] == [0, 1, 1, 0, 1, 0]
    assert [where.detail for where in found] == ["0 %", "0 %", "20 %", "40 %", "40 %", "60 %"]
    assert [where.is_current for where in found].index(True) == 2


def test_found_chapters_say_what_part_they_are_in() -> None:
    assert [where.detail for where in destinations("sea", places())] == ["Part One", "Part Two"]


def test_pages_are_listed_by_their_names() -> None:
    assert [where.title for where in all_pages(places())][:2] == ["Page ix", "Page 1"]
