"""One page of HTML with the notes in its margin: whole, safe, and nothing loaded."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import html

from reader.annotations.editing import with_note
from reader.annotations.exchange.annotated_texts.html_page import write_page
from reader.annotations.exchange.text_with_notes import TextWithNotes, notes_without_text
from reader.text.document import Block, BlockKind, Document, Inline, InlineKind, Section, TableCell
from reader.values import replaced
from tests.annotations.documents import LATER
from tests.annotations.exchange.noted_texts import annotation_on, noted, the_house

STYLE = (Path(__file__).parents[4] / "resources" / "templates" / "page.css").read_text("utf-8")
HOUSE = the_house()


def page(text: TextWithNotes = HOUSE) -> html.HtmlElement:
    return html.document_fromstring(write_page(text, STYLE))


def test_all_of_the_text_is_there_with_each_passage_marked() -> None:
    tree = page()
    for card in tree.xpath("//aside"):
        card.drop_tree()
    assert HOUSE.document is not None
    words = " ".join(HOUSE.document.sections[0].text.split())
    assert words in " ".join(tree.text_content().split())
    marked = ["".join(mark.itertext()) for mark in tree.xpath("//mark")]
    assert marked == [note.quote for note in HOUSE.notes]


def test_a_card_stands_at_its_passage_with_note_tags_and_link() -> None:
    card = page().get_element_by_id("note-1")
    following = card.getnext()
    assert following is not None
    assert following.tag == "mark"
    assert card.xpath("string(.//em)") == "smile"
    assert "#sound · #at home · 2026-05-01" in card.text_content()
    assert card.xpath(".//a/@href") == [HOUSE.notes[0].link]


def test_a_highlight_that_says_nothing_is_its_own_link() -> None:
    tree = page()
    bare = HOUSE.notes[4]
    (link,) = tree.xpath("//mark/a/@href")
    assert link == bare.link
    assert not tree.xpath("//*[@id='note-5']")


def test_nothing_is_run_or_loaded() -> None:
    note = HOUSE.notes[0]
    bad = with_note(
        note.annotation,
        "<script>x</script> ![p](http://example.org/p.png) <img src=x onerror=y>",
        LATER,
    )
    text = replaced(HOUSE, notes=(replaced(note, annotation=bad),), title="</title><script>")
    content = write_page(text, STYLE).decode()
    tree = page(text)
    assert not tree.xpath("//script | //img | //link | //iframe | //@onerror | //@src")
    assert not re.search(r"url\(|@import|@font-face", content)


def test_right_to_left_and_languages_are_told() -> None:
    assert HOUSE.document is not None
    hebrew = replaced(HOUSE, language="he", document=replaced(HOUSE.document, direction="rtl"))
    root = page(hebrew)
    assert (root.get("lang"), root.get("dir")) == ("he", "rtl")
    assert all(block.get("dir") == "auto" for block in page().xpath("//div[@class='p']"))


class _Pictures:
    def read(self, address: str) -> bytes | None:
        return {"a.png": b"\x89PNG\r\n", "big.png": b"\x89PNG" + bytes(4_000_000)}.get(address)


def test_every_kind_of_block_has_its_element() -> None:
    parts: list[tuple[str, BlockKind, dict[str, object]]] = [
        ("Title", BlockKind.HEADING, {"level": 1}),
        ("one", BlockKind.LIST_ITEM, {"level": 1, "marker": "•"}),
        ("two", BlockKind.LIST_ITEM, {"level": 2, "marker": "1."}),
        ("head", BlockKind.TABLE_CELL, {"cell": TableCell(0, 0, 0, is_header=True)}),
        ("cell", BlockKind.TABLE_CELL, {"cell": TableCell(0, 1, 0)}),
        ("a < b\n  c", BlockKind.CODE, {}),
        ("said", BlockKind.QUOTATION, {"level": 1}),
        ("a house", BlockKind.FIGURE, {"picture": "a.png"}),
        ("too large", BlockKind.FIGURE, {"picture": "big.png"}),
        ("a foot\u2028note", BlockKind.FOOTNOTE, {}),
    ]
    blocks, text = [], ""
    for shown, kind, more in parts:
        blocks.append(Block(len(text), len(text) + len(shown), kind, **more))  # type: ignore[arg-type]
        text += shown + "\n\n"
    inlines = (
        Inline(0, 2, InlineKind.EMPHASIS),
        Inline(2, 5, InlineKind.LINK, "https://example.org/?a&b"),
        Inline(7, 10, InlineKind.LINK, "javascript:alert(1)"),
    )
    section = Section(0, "", text, tuple(blocks), inlines)
    document = Document("Title", (), None, (section,), HOUSE.fingerprint, pictures=_Pictures())
    on_cell = annotation_on(document, "cell", "In a table.")
    tree = page(noted(document, on_cell, annotation_on(document, "Title", "On the title.")))
    assert [e.text_content() for e in tree.xpath("//h1")] == ["Title"]
    assert tree.xpath("//h1//em/text()") == ["Ti"]
    assert tree.xpath("//h1//a/@href") == ["https://example.org/?a&b"]
    assert [e.text_content() for e in tree.xpath("//main/ul/li")] == ["•one", "1.two"]
    assert not tree.xpath("//li//a")
    assert [e.text_content() for e in tree.xpath("//table/tr/th | //table/tr/td")] == [
        "head",
        "cell",
    ]
    assert tree.xpath("//pre")[0].text_content() == "a < b\n  c"
    assert tree.xpath("//figure/img/@src")[0].startswith("data:image/png;base64,")
    assert tree.xpath("//figure/img/@alt") == ["a house"]
    assert tree.xpath("//figcaption/text()") == ["too large"]
    assert tree.xpath("//div[@class='footnote']/br")
    # cards stand before what may not hold them
    assert tree.xpath("//table/preceding-sibling::aside[1]//p/text()") == ["In a table."]
    assert tree.xpath("//h1/preceding-sibling::aside//p/text()") == ["On the title."]


def test_what_has_no_place_is_listed_with_its_old_words() -> None:
    gone = notes_without_text(
        HOUSE.fingerprint, HOUSE.title, None, [note.annotation for note in HOUSE.notes]
    )
    tree = page(gone)
    quotes = [e.text_content() for e in tree.xpath("//section[@class='lost']//p[@class='was']")]
    assert quotes == [f"“{note.quote}”" for note in HOUSE.notes]
