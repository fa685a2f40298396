"""Notes as real comments of Word, read back by the library and by one that never wrote them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
import mammoth
from lxml import etree, html

from reader.annotations.appearance import UNDERLINE
from reader.annotations.editing import new_reply, with_style
from reader.annotations.exchange.annotated_texts.word_document import write_document
from reader.annotations.exchange.text_with_notes import TextWithNotes, notes_without_text
from reader.text.document import Block, BlockKind, Document, Inline, InlineKind, Section, TableCell
from tests.annotations.documents import NOON
from tests.annotations.exchange.noted_texts import (
    NOTES,
    annotation_on,
    document_with_heading,
    noted,
    the_house,
)

HOUSE = the_house()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def commented(text: TextWithNotes) -> dict[str, str]:
    """Return the passage of each comment by the comment's number, from the document's XML."""
    word = docx.Document(io.BytesIO(write_document(text)))
    passages: dict[str, str] = {}
    open_ids: list[str] = []
    root = etree.fromstring(etree.tostring(word.element))
    for element in root.iter():
        if element.tag == f"{W}commentRangeStart":
            open_ids.append(element.get(f"{W}id", ""))
            passages[open_ids[-1]] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_ids.remove(element.get(f"{W}id", ""))
        elif element.tag == f"{W}t":
            for name in open_ids:
                passages[name] += element.text or ""
    assert not open_ids
    return passages


def test_each_note_is_a_comment_on_its_passage() -> None:
    assert list(commented(HOUSE).values()) == [quote for quote, _, _ in NOTES]
    comments = list(docx.Document(io.BytesIO(write_document(HOUSE))).comments)
    assert [comment.author for comment in comments] == ["Ada"] * len(NOTES)
    assert comments[0].timestamp == datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert [p.text for p in comments[0].paragraphs][:2] == ["A smile 🙂.", "#sound  #at home"]
    assert all(
        comment.paragraphs[-1].hyperlinks[0].address == note.link
        for comment, note in zip(comments, HOUSE.notes, strict=True)
    )


def test_passages_across_paragraphs_and_on_each_other_keep_their_ends() -> None:
    document = document_with_heading(("One two three.", "Four five six."), "The house")
    text = noted(
        document,
        annotation_on(document, "two three.\n\nFour five"),
        annotation_on(document, "three.\n\nFour", "inner"),
        annotation_on(document, "five six."),
    )
    assert list(commented(text).values()) == ["two three.Four five", "three.Four", "five six."]


def test_the_text_is_there_with_its_kinds() -> None:
    text = "One two\n\na\n\nb\n\ncode  x"
    blocks = (
        Block(0, 7, BlockKind.PARAGRAPH),
        Block(9, 10, BlockKind.TABLE_CELL, cell=TableCell(0, 0, 0)),
        Block(12, 13, BlockKind.TABLE_CELL, cell=TableCell(0, 1, 1)),
        Block(15, 22, BlockKind.CODE),
    )
    inlines = (Inline(0, 3, InlineKind.STRONG), Inline(4, 7, InlineKind.EMPHASIS))
    document = Document("T", (), None, (Section(0, "", text, blocks, inlines),), HOUSE.fingerprint)
    word = docx.Document(io.BytesIO(write_document(noted(document))))
    first = word.paragraphs[1]
    assert [(run.text, run.bold, run.italic) for run in first.runs if run.text.strip()] == [
        ("One", True, None),
        ("two", None, True),
    ]
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [
        ["a", ""],
        ["", "b"],
    ]


def test_what_xml_cannot_hold_does_no_harm() -> None:
    document = document_with_heading(("One\x00 two\x0b \ud800three.",))
    text = noted(document, annotation_on(document, "two", "a\x1fb", ("t\x00",)))
    assert list(commented(text).values()) == ["two"]


def test_notes_without_a_text_are_there_with_their_passages() -> None:
    gone = notes_without_text(
        HOUSE.fingerprint, HOUSE.title, None, [note.annotation for note in HOUSE.notes]
    )
    assert list(commented(gone).values()) == [" ".join(quote.split()) for quote, _, _ in NOTES]


def test_another_reader_of_word_finds_comments_behind_their_passages() -> None:
    shown = mammoth.convert_to_html(
        io.BytesIO(write_document(HOUSE)), style_map="comment-reference => sup"
    ).value
    root = html.fromstring(shown)
    assert [mark.text_content() for mark in root.iter("sup")] == [
        f"[A{number + 1}]"
        for number in range(len(NOTES))  # A for Ada, who wrote them
    ]
    words = html.fromstring(shown.replace("<sup", "\u241f<sup")).text_content()
    for quote, note, tags in NOTES:
        assert f"{' '.join(quote.split())}\u241f" in words
        assert all(f"#{tag}" in words for tag in tags)
        assert all(line.replace("_", "") in words for line in note.split("\n"))


def test_properties_stand_in_the_order_that_word_asks_for() -> None:
    text = "היה שקט בבית"
    blocks = (Block(0, len(text), BlockKind.LIST_ITEM, level=2, marker="•"),)
    document = Document("T", (), None, (Section(0, "", text, blocks, ()),), HOUSE.fingerprint)
    struck = with_style(annotation_on(document, "שקט"), UNDERLINE, datetime(2026, 5, 2, tzinfo=UTC))
    word = docx.Document(io.BytesIO(write_document(noted(document, struck))))
    last = word.paragraphs[-1]
    marked = next(run for run in last.runs if run.text == "שקט")
    assert _names_in(last._p.pPr) == ["bidi", "ind"]
    assert _names_in(marked._r.rPr) == ["u", "rtl"]


def _names_in(properties: Any) -> list[str]:
    return [str(child.tag).removeprefix(W) for child in properties]


def test_notes_are_set_as_they_are_meant() -> None:
    document = document_with_heading(("One two three.",))
    written = (
        "# Why **this**\nand `x < y`\n\n- one, [there](https://example.org/a?b=1&c=2)\n"
        "- ~~two~~\n  1. *deep*\n\n```\nif a:\n    b\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    text = noted(document, annotation_on(document, "two", written))
    (comment,) = docx.Document(io.BytesIO(write_document(text))).comments
    *lines, address = comment.paragraphs
    assert [line.text for line in lines] == [
        "Why this",
        "and x < y",
        "• one, there",
        "• two",
        "    1. deep",
        "if a:",
        "    b",
        "a\tb",
        "1\t2",
    ]
    assert [run.text for line in lines for run in line.runs if run.bold] == ["Why ", "this"]
    assert [run.text for line in lines for run in line.runs if run.italic] == ["deep"]
    assert [run.text for line in lines for run in line.runs if run.font.strike] == ["two"]
    assert [link.address for line in lines for link in line.hyperlinks] == [
        "https://example.org/a?b=1&c=2"
    ]
    assert address.text == text.notes[0].link


def test_older_programs_are_told_what_they_may_pass_over() -> None:
    word = docx.Document(io.BytesIO(write_document(HOUSE)))
    compatibility = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    comments: Any = word.part._comments_part.element
    assert comments.get(f"{compatibility}Ignorable") == "w14"
    assert "w14" in comments.nsmap


def test_every_style_that_is_named_is_there_and_no_copy_of_them_that_differs() -> None:
    content = write_document(HOUSE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
    assert "word/stylesWithEffects.xml" not in parts
    styles = {
        style.get(f"{W}styleId"): style.get(f"{W}type")
        for style in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
    }
    kinds = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    named = {
        (element.get(f"{W}val"), kind)
        for part in ("word/document.xml", "word/comments.xml")
        for name, kind in kinds.items()
        for element in etree.fromstring(parts[part]).iter(f"{W}{name}")
    }
    assert {("CommentReference", "character"), ("CommentText", "paragraph")} <= named
    assert named <= set(styles.items())


def test_what_names_a_comment_for_its_thread_is_unlike_all_others() -> None:
    note = annotation_on(document_with_heading(), "quiet", "So quiet.\n\nTwice.")
    answers = [new_reply(note.id, f"Answer {n}.", created=NOON) for n in range(3)]
    content = write_document(noted(document_with_heading(), note, *answers))
    w14 = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
    w15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {
            name: etree.fromstring(archive.read(f"word/{name}.xml"))
            for name in ("document", "comments", "commentsExtended")
        }
    ids = [p.get(w14, "") for part in parts.values() for p in part.iter(f"{W}p") if p.get(w14)]
    assert len(ids) == len(set(ids)) == 4
    assert all(0 < int(name, 16) < 0x80000000 for name in ids)
    last = [list(c.iter(f"{W}p"))[-1].get(w14) for c in parts["comments"].iter(f"{W}comment")]
    told = [(t.get(f"{w15}paraId"), t.get(f"{w15}paraIdParent")) for t in parts["commentsExtended"]]
    assert told == [(last[0], None), *((name, last[0]) for name in last[1:])]
    # in the text each stands on the same passage, or Word drops the answers
    starts = [e.get(f"{W}id", "") for e in parts["document"].iter(f"{W}commentRangeStart")]
    ends = [e.get(f"{W}id", "") for e in parts["document"].iter(f"{W}commentReference")]
    assert sorted(starts) == sorted(ends) == ["0", "1", "2", "3"]
