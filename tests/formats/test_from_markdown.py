"""Markdown becomes the text its reader sees: no markup, nothing lost, footnotes at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import TextDamaged, TextEmpty
from reader.formats.registry import open_document
from reader.text.document import Document, InlineKind
from tests.formats.sound_documents import assert_sound


def read(tmp_path: Path, markdown: str) -> Document:
    path = tmp_path / "a file.md"
    path.write_text(markdown, encoding="utf-8")
    document = open_document(path)
    assert_sound(document)
    return document


def blocks_of(document: Document) -> list[tuple[str, int, str, str]]:
    section = document.sections[0]
    return [
        (b.kind.value, b.level, b.marker, section.text[b.start : b.end]) for b in section.blocks
    ]


def runs_of(document: Document) -> list[tuple[str, str]]:
    section = document.sections[0]
    return [(run.kind.value, section.text[run.start : run.end]) for run in section.inlines]


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        pytest.param("# a *b*", [("heading", 1, "", "a b")], id="heading"),
        pytest.param(
            "a\n===\n\nb\n---", [("heading", 1, "", "a"), ("heading", 2, "", "b")], id="setext"
        ),
        pytest.param("a\nb  \nc", [("paragraph", 0, "", "a b\u2028c")], id="soft and hard breaks"),
        pytest.param(
            "- a\n  1. b\n\n     c\n- d",
            [
                ("list_item", 1, "•", "a"),
                ("list_item", 2, "1.", "b"),
                ("list_item", 2, "", "c"),
                ("list_item", 1, "•", "d"),
            ],
            id="nested lists",
        ),
        pytest.param(
            "7. a\n8. b", [("list_item", 1, "7.", "a"), ("list_item", 1, "8.", "b")], id="numbers"
        ),
        pytest.param(
            "- [x] a\n- [ ] b", [("list_item", 1, "☑", "a"), ("list_item", 1, "☐", "b")], id="tasks"
        ),
        pytest.param(
            "> a\n>\n> > b", [("quotation", 1, "", "a"), ("quotation", 2, "", "b")], id="quotations"
        ),
        pytest.param("```py\n  a\n\n b\n```", [("code", 0, "", "  a\n\n b")], id="fenced code"),
        pytest.param("![a b](c.png)", [("figure", 0, "", "a b")], id="an image"),
        pytest.param("a ![b](c.png) d", [("paragraph", 0, "", "a b d")], id="an image in text"),
        pytest.param(
            "a\n\n***\n\nb",
            [("paragraph", 0, "", "a"), ("rule", 0, "", ""), ("paragraph", 0, "", "b")],
            id="a rule",
        ),
        pytest.param(
            "a[^x] b^[inline]\n\n[^x]: note *x*\n\n    more\n\nc",
            [
                ("paragraph", 0, "", "a[1] b[2]"),
                ("paragraph", 0, "", "c"),
                ("rule", 0, "", ""),
                ("footnote", 0, "1.", "note x"),
                ("footnote", 0, "", "more"),
                ("footnote", 0, "2.", "inline"),
            ],
            id="footnotes",
        ),
        pytest.param("\\*a\\* &copy; &lt;b&gt;", [("paragraph", 0, "", "*a* © <b>")], id="escapes"),
        pytest.param(
            "<div align=center>\n\n**a**\n\n</div>", [("paragraph", 0, "", "a")], id="HTML"
        ),
        pytest.param(
            "a\n\n<!-- b -->\n\nc",
            [("paragraph", 0, "", "a"), ("paragraph", 0, "", "c")],
            id="comment",
        ),
        pytest.param("a<br>b <kbd>c</kbd>", [("paragraph", 0, "", "a\u2028b c")], id="inline HTML"),
        pytest.param(
            "A List<String>, use <T> and <script> and <title> here\n\nb",
            [
                ("paragraph", 0, "", "A List<String>, use <T> and <script> and <title> here"),
                ("paragraph", 0, "", "b"),
            ],
            id="what only looks like HTML",
        ),
        pytest.param(
            "the <nav>, <b> and <div> elements and <span class=x>more\n\n<p>c",
            [
                ("paragraph", 0, "", "the <nav>, <b> and <div> elements and more"),
                ("paragraph", 0, "", "c"),
            ],
            id="elements that are talked about",
        ),
        pytest.param(
            "<select>\n\na\n\n<template>\n\nb",
            [
                ("paragraph", 0, "", "<select>"),
                ("paragraph", 0, "", "a"),
                ("paragraph", 0, "", "<template>"),
                ("paragraph", 0, "", "b"),
            ],
            id="blocks that nothing closes",
        ),
        pytest.param("<script>\nbad()\n</script>\n\na", [("paragraph", 0, "", "a")], id="a script"),
        pytest.param("---\n\na", [("paragraph", 0, "", "a")], id="a rule above everything"),
    ],
)
def test_blocks_are_what_the_markup_says(
    tmp_path: Path, markdown: str, blocks: list[tuple[str, int, str, str]]
) -> None:
    assert blocks_of(read(tmp_path, markdown)) == blocks


def test_tables_have_cells(tmp_path: Path) -> None:
    section = read(tmp_path, "| a | b |\n|---|:-:|\n| 1 | **2** |").sections[0]
    assert section.text == "a\tb\n1\t2"
    assert [(b.cell.row, b.cell.column, b.cell.is_header) for b in section.blocks if b.cell] == [
        (0, 0, True),
        (0, 1, True),
        (1, 0, False),
        (1, 1, False),
    ]


def test_runs_are_kept(tmp_path: Path) -> None:
    markdown = "*a* **b** `c` ~~d~~ [e](f) <https://g.example> x^2^"
    assert runs_of(read(tmp_path, markdown)) == [
        ("emphasis", "a"),
        ("strong", "b"),
        ("code", "c"),
        ("strike", "d"),
        ("link", "e"),
        ("link", "https://g.example"),
    ]


def test_a_note_reference_points_at_its_note(tmp_path: Path) -> None:
    section = read(tmp_path, "a[^x]\n\n[^x]: note").sections[0]
    (found,) = [run for run in section.inlines if run.kind is InlineKind.NOTE_REFERENCE]
    assert section.text[found.start : found.end] == "[1]"
    assert found.target == f"0:{section.text.index('note')}"


def test_names_that_sites_use_for_furniture_mean_nothing_in_markdown(tmp_path: Path) -> None:
    markdown = '<nav>one</nav>\n\n<div class="comments">two</div><script>x</script>'
    assert read(tmp_path, markdown).sections[0].text == "one\n\ntwo"


@pytest.mark.parametrize(
    ("head", "title", "authors", "language"),
    [
        pytest.param("title: A: B\nauthor: C\nlang: en_GB", "A: B", ("C",), "en-GB", id="plain"),
        pytest.param(
            'title: "A"\nauthor: [B, "C"]', "A", ("B", "C"), None, id="quoted, in brackets"
        ),
        pytest.param(
            "Title: A\nauthor:\n  - B\n  - name: C\nx: y", "A", ("B", "C"), None, id="lists"
        ),
        pytest.param(
            'title: "a \\"b\\": c # d" # e\nauthor: ["O\'N, B", C]',
            *('a "b": c # d', ("O'N, B", "C"), None),
            id="signs in double quotes",
        ),
        pytest.param(
            "title: 'it''s' # b\nauthor: C # d\nlang: 'de'",
            *("it's", ("C",), "de"),
            id="signs in single quotes, remarks",
        ),
        pytest.param(r'title: "a \x41 b"', r"a \x41 b", (), None, id="an escape unknown here"),
        pytest.param("# note\n\ntitle: 'A'\nlanguage: '<b>'", "A", (), None, id="comment, no tag"),
    ],
)
def test_the_head_tells_title_authors_and_language(
    tmp_path: Path, head: str, title: str, authors: tuple[str, ...], language: str | None
) -> None:
    document = read(tmp_path, f"---\n{head}\n---\n\ntext")
    assert (document.title, document.authors, document.language) == (title, authors, language)
    assert document.sections[0].text == "text"


@pytest.mark.parametrize(
    "markdown", ["---\nA sentence.\n---\n\ntext", "---\n- a\n---\ntext", "---\ntitle: a\n\ntext"]
)
def test_a_text_that_begins_with_a_rule_has_no_head(tmp_path: Path, markdown: str) -> None:
    text = read(tmp_path, markdown).sections[0].text
    assert markdown.strip("-\n").split()[-1] in text
    assert markdown.split()[1].strip("-") in text


def test_the_title_is_the_first_great_heading_or_the_files_name(tmp_path: Path) -> None:
    assert read(tmp_path, "text\n\n# A *b*\n").title == "A b"
    assert read(tmp_path, "text").title == "a file"


def test_lists_deeper_than_the_parsers_own_limit_are_read(tmp_path: Path) -> None:
    markdown = "".join("  " * depth + f"- item {depth}\n" for depth in range(30))
    assert len(read(tmp_path, markdown).sections[0].blocks) == 30


@pytest.mark.parametrize("markdown", [">" * 5_000 + " x", "- " * 5_000 + "x"])
def test_nesting_that_would_lose_text_is_refused(tmp_path: Path, markdown: str) -> None:
    with pytest.raises(TextDamaged):
        read(tmp_path, markdown)


@pytest.mark.parametrize("markdown", ["---\ntitle: A\n---\n", "<!-- a -->", "[a]: b"])
def test_a_file_with_nothing_to_see_is_empty(tmp_path: Path, markdown: str) -> None:
    with pytest.raises(TextEmpty):
        read(tmp_path, markdown)


@pytest.mark.parametrize(
    ("head", "title", "authors", "language"),
    [
        pytest.param(
            '+++\ntitle = "Hugo\'s Page"\nauthors = ["Ada One", "Bob Two"]\n'
            'languageCode = "en-us"\n'
            "[params]\nx = 1\n+++\n",
            *("Hugo's Page", ("Ada One", "Bob Two"), "en-us"),
            id="TOML",
        ),
        pytest.param(
            "% The Long\n  Title\n% Ada One; Bob Two\n% 2024\n",
            *("The Long Title", ("Ada One", "Bob Two"), None),
            id="a title block",
        ),
        pytest.param(
            "---\ntitle: |\n  The Long\n  Title\n"
            "author:\n  - name: Ada One\n    affiliation: X\n...\n",
            *("The Long Title", ("Ada One",), None),
            id="values of several lines",
        ),
    ],
)
def test_heads_of_other_kinds_are_understood(
    tmp_path: Path, head: str, title: str, authors: tuple[str, ...], language: str | None
) -> None:
    (tmp_path / "a.md").write_text(f"{head}\nBody.\n", encoding="utf-8")
    document = open_document(tmp_path / "a.md")
    found = (document.title, document.authors, document.language, document.sections[0].text)
    assert found == (title, authors, language, "Body.")


@pytest.mark.parametrize("text", ["+++\nno = = toml\n+++\n", "% is a sign\nand so on\n"])
def test_what_only_looks_like_a_head_stays_in_the_text(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(text)
    assert open_document(tmp_path / "a.md").sections[0].text.startswith(text[:1])


def test_thousands_of_signs_that_open_nothing_are_text(tmp_path: Path) -> None:
    noise = "a[b $c \\d " * 3000
    path = tmp_path / "noise.md"
    path.write_text(f"{noise}\n\nSee [this](x.md).\n", encoding="utf-8")
    section = open_document(path).sections[0]
    first, second = (section.text[b.start : b.end] for b in section.blocks)
    assert (first, second) == (noise.strip(), "See this.")
