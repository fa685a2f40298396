"""Plain text keeps every character; its paragraphs and headings are found, and never invented."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from reader.errors import TextEmpty, TextIsBinary
from reader.formats.registry import open_document
from reader.text.document import BlockKind, Document
from tests.formats.sound_documents import assert_sound

PROSE = (
    "The harbour kept its lights on long after the last ferry had gone, and nobody in the town "
    "could say who paid for them. For three winters the council had argued about the bill."
)


def read(tmp_path: Path, text: str, name: str = "a text.txt") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    document = open_document(path)
    assert_sound(document)
    return document


def shown(document: Document) -> list[str]:
    """Return the blocks as they are shown: a line feed is a space."""
    section = document.sections[0]
    return [" ".join(section.text[b.start : b.end].split("\n")) for b in section.blocks]


def headings(document: Document) -> list[tuple[int, str]]:
    section = document.sections[0]
    return [
        (block.level, section.text[block.start : block.end])
        for block in section.blocks
        if block.kind is BlockKind.HEADING
    ]


def wrapped(text: str, width: int = 70, indent: str = "") -> str:
    return textwrap.fill(text, width, initial_indent=indent)


def test_the_text_is_the_files_own(tmp_path: Path) -> None:
    text = "  “Her”,  a a\u00a0great\u00ad film.\t\n\n\n e\u0301\u200b 👩‍👩‍👧 שלום \n"
    assert read(tmp_path, text).sections[0].text == text


def test_the_review_is_one_paragraph_of_its_own_characters(shared_inputs: Path) -> None:
    path = shared_inputs / "her-review.txt"
    document = open_document(path)
    (section,) = document.sections
    assert section.text == path.read_text(encoding="utf-8")
    assert [(block.start, block.end) for block in section.blocks] == [(0, 2943)]
    assert document.title == "her-review"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        pytest.param("Hello world", ["Hello world"], id="one line"),
        pytest.param(
            f"{wrapped(PROSE)}\n\n{wrapped(PROSE, 65)}\n", [PROSE, PROSE], id="wrapped, blank lines"
        ),
        pytest.param(
            "\n".join(wrapped(PROSE, 68, "    ") for _ in range(3)), [PROSE] * 3, id="indents only"
        ),
        pytest.param(
            "\n".join(wrapped(PROSE) for _ in range(3)), [PROSE] * 3, id="neither, but short ends"
        ),
        pytest.param(
            f"{PROSE}\n“No,” he said.\n“Yes?”\n{PROSE}",
            [PROSE, "“No,” he said.", "“Yes?”", PROSE],
            id="a paragraph on each line",
        ),
        pytest.param(
            f"{PROSE}\r\n\r\n{PROSE}\r\n", [PROSE, PROSE], id="a paragraph on each line, blank ones"
        ),
        pytest.param(
            "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate:\n"
            "Rough winds do shake the darling buds of May,\nAnd summer's lease hath a date;",
            [
                "Shall I compare thee to a summer's day?",
                "Thou art more lovely and more temperate:",
                "Rough winds do shake the darling buds of May,",
                "And summer's lease hath a date;",
            ],
            id="verse",
        ),
        pytest.param(
            f"12 Pier Road\nVestre\n3 May 1921\n\nDear Marta,\n\n{wrapped(PROSE)}\n\nYours,\nIda",
            ["12 Pier Road", "Vestre", "3 May 1921", "Dear Marta,", PROSE, "Yours,", "Ida"],
            id="a letter",
        ),
        pytest.param(
            f"{wrapped(PROSE)}\n\n- milk\n- eggs of the kind that is so long to tell that it must\n"
            f"  be put on two lines\n- bread\n\n{wrapped(PROSE)}",
            [
                PROSE,
                "- milk",
                "- eggs of the kind that is so long to tell that it must   be put on two lines",
                "- bread",
                PROSE,
            ],
            id="a list",
        ),
        pytest.param(
            f"{wrapped(PROSE)}\n\n  Twas brillig, and\n    Did gyre and\n\n{wrapped(PROSE)}",
            [PROSE, "Twas brillig, and", "Did gyre and", PROSE],
            id="verse inside prose",
        ),
        pytest.param("One page.\n\fNext page.\f\n", ["One page.", "Next page."], id="form feeds"),
        pytest.param(
            "人人生而自由。\n他们赋有理性。", ["人人生而自由。", "他们赋有理性。"], id="Chinese"
        ),
        pytest.param("a\n \t \nb\n\u00a0\nc", ["a", "b", "c"], id="lines of spaces"),
    ],
)
def test_paragraphs_are_told_from_the_lines(
    tmp_path: Path, text: str, paragraphs: list[str]
) -> None:
    assert shown(read(tmp_path, text)) == paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"CHAPTER I.\nDown the Hole\n\n\n{PROSE}\n\n\nCHAPTER II.\nThe Pool\n\n\n{PROSE}",
            [(2, "CHAPTER I."), (2, "Down the Hole"), (2, "CHAPTER II."), (2, "The Pool")],
            id="chapters with names below",
        ),
        pytest.param(
            f"Part One\n\nChapter 1: The Pier\n\n{PROSE}\n\nChapter 2: The Lamps\n\n{PROSE}",
            [(1, "Part One"), (2, "Chapter 1: The Pier"), (2, "Chapter 2: The Lamps")],
            id="parts and chapters",
        ),
        pytest.param(
            f"Kapitel 1\n\n{PROSE}\n\nKapitel 2\n\n{PROSE}",
            [(2, "Kapitel 1"), (2, "Kapitel 2")],
            id="German",
        ),
        pytest.param(
            f"I\n\n{PROSE}\n\nII\n\n{PROSE}\n\nIII\n\n{PROSE}",
            [(2, "I"), (2, "II"), (2, "III")],
            id="numerals",
        ),
        pytest.param(
            f"My Notes\n========\n\n{PROSE}\n\nThe Pier\n--------\n\n{PROSE}",
            [(1, "My Notes"), (2, "The Pier")],
            id="underlined",
        ),
        pytest.param(
            f"{PROSE}\n\nSUMMARY\n\n{PROSE}\n\nBACKGROUND\n\n{PROSE}\n\nNEXT STEPS\n\n{PROSE}",
            [(2, "SUMMARY"), (2, "BACKGROUND"), (2, "NEXT STEPS")],
            id="capitals, again and again",
        ),
        pytest.param(
            f"The Lamps of Vestre\n\n{PROSE}\n\n{PROSE}\n",
            [(1, "The Lamps of Vestre")],
            id="a title",
        ),
        pytest.param(
            f"Preface\n\n{PROSE}\n\nEpilogue\n\n{PROSE}",
            [(2, "Preface"), (2, "Epilogue")],
            id="names that only headings have",
        ),
    ],
)
def test_headings_are_found_where_they_can_be_nothing_else(
    tmp_path: Path, text: str, expected: list[tuple[int, str]]
) -> None:
    assert headings(read(tmp_path, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{PROSE}\n\nNO ENTRY\n\n{PROSE}", id="a sign in capitals"),
        pytest.param(f"{PROSE}\n\n“Yes”\n\n{PROSE}\n\nNo\n\n{PROSE}", id="short answers"),
        pytest.param(f"Dear Marta\n\n{PROSE}\n\n{PROSE}", id="a letter without a comma"),
        pytest.param("milk\neggs\nbread\n", id="a list"),
        pytest.param("Hello", id="one word"),
        pytest.param("THIS IS ALL I HAVE TO SAY\n\nAND I SAY IT LOUD", id="all in capitals"),
        pytest.param(f"{PROSE}\n\n12\n\nof the town. {PROSE}\n\n13\n\n{PROSE}", id="page numbers"),
        pytest.param(f"Part of the town was dark.\n\n{PROSE}", id="a sentence with Part"),
        pytest.param(
            f"{PROSE}\n\nChapter two of the book was better, we thought,\n\n{PROSE}",
            id="a sentence with Chapter",
        ),
        pytest.param(
            "CHAPTER I. A\nCHAPTER II. B\nCHAPTER III. C\n\n" + PROSE, id="a list of contents"
        ),
    ],
)
def test_a_normal_text_has_no_headings(tmp_path: Path, text: str) -> None:
    assert headings(read(tmp_path, text)) == []


@pytest.mark.parametrize("rule", ["* * *", "***", "-----", "⁂", "_______", "~~~~"])
def test_a_line_of_marks_is_a_rule(tmp_path: Path, rule: str) -> None:
    blocks = read(tmp_path, f"{PROSE}\n\n{rule}\n\n{PROSE}").sections[0].blocks
    assert [block.kind for block in blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.RULE,
        BlockKind.PARAGRAPH,
    ]


def test_the_head_of_a_gutenberg_text_tells_title_author_and_language(tmp_path: Path) -> None:
    text = (
        "\ufeffThe Project Gutenberg eBook of The Lamps\n\nTitle: The Lamps\n        of Vestre\n\n"
        f"Author: Ines Ruud\n\nLanguage: German\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE "
        f"LAMPS ***\n\n\n{PROSE}\n"
    )
    document = read(tmp_path, text)
    assert document.title == "The Lamps of Vestre"
    assert document.authors == ("Ines Ruud",)
    assert document.language == "de"


def test_a_title_line_that_no_gutenberg_head_holds_is_only_text(tmp_path: Path) -> None:
    assert read(tmp_path, f"Title: The Lamps\n\n{PROSE}").title == "a text"


@pytest.mark.parametrize(
    "text", ["", " \n\t\r\n ", "\ufeff", "\u200b\u00ad\n", "\u00a0\u2028"], ids=ascii
)
def test_a_file_with_nothing_to_see_is_empty(tmp_path: Path, text: str) -> None:
    with pytest.raises(TextEmpty):
        read(tmp_path, text)


def test_binary_data_under_a_texts_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 10)
    with pytest.raises(TextIsBinary):
        open_document(tmp_path / "a.txt")


@pytest.mark.parametrize("below", ["...", ".", ". .", "…"])
def test_a_line_of_full_stops_below_a_chapters_number_is_no_name(
    tmp_path: Path, below: str
) -> None:
    document = read(tmp_path, f"{PROSE}\n\nCHAPTER ONE\n{below}\n\n{PROSE}")
    assert below.strip() in document.sections[0].text
    assert (2, below) not in headings(document)
