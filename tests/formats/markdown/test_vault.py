"""What programs for notes add to Markdown is shown as they show it; prose like it stays prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.text.document import Place
from tests.formats.test_from_markdown import blocks_of, read, runs_of

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        pytest.param("see [[A page]] now", "see A page now", id="a link by name"),
        pytest.param("see [[A page|these words]]", "see these words", id="a link with words"),
        pytest.param("[[A page#Part#Sub part]]", "A page > Part > Sub part", id="a link to a part"),
        pytest.param("[[#^abc]]", "abc", id="a link to a block"),
        pytest.param("![[Another note]]", "Another note", id="an embedded note"),
        pytest.param("![[gone.png|300]] a", "a", id="an embedded picture that isn't there"),
        pytest.param("a ==marked **more**== b", "a marked more b", id="a highlight"),
        pytest.param("a %%not for others%% b", "a b", id="a comment"),
        pytest.param("a\n\n%%\nb\n\nc\n%%\n\nd", "a\n\nd", id="a comment of several lines"),
        pytest.param("a\n%% b %%\nc", "a\n\nc", id="a comment of one line"),
        pytest.param("Words. ^some-id", "Words.", id="a block's id"),
        pytest.param("- a\n\n^id\n\nb", "a\n\nb", id="an id alone"),
    ],
)
def test_the_signs_of_note_programs_are_not_shown(tmp_path: Path, markdown: str, text: str) -> None:
    assert read(tmp_path, markdown).sections[0].text == text


@pytest.mark.parametrize(
    "prose",
    [
        "if a == b and b == c then a==b==c",
        "100%% or 50%% of it, %%d and %%s",
        "%% not closed, and",
        "`[[code]]` and [[ -f file ]] and [[]]",
        "x ^2 and y^2^ and ^",
        "a ==b",
    ],
)
def test_prose_that_only_looks_like_it_stays(tmp_path: Path, prose: str) -> None:
    assert read(tmp_path, prose).sections[0].text == prose.replace("`", "")


def test_a_link_in_brackets_is_no_link_by_name(tmp_path: Path) -> None:
    document = read(tmp_path, "a[[1]](https://b.example) [[c]][d]\n\n[d]: https://d.example")
    assert document.sections[0].text == "a[1] [c]"
    assert [run.target for run in document.sections[0].inlines] == [
        "https://b.example",
        "https://d.example",
    ]


def test_a_link_by_name_stands_in_a_cell(tmp_path: Path) -> None:
    section = read(tmp_path, "| a | b |\n|---|---|\n| [[P\\|w]] | c |").sections[0]
    assert section.text == "a\tb\nw\tc"


def test_callouts_have_a_title_and_a_text(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "> [!note]- A *good* one\n> and\n> more\n\nx\n\n> [!TIP]\n> short\n\nx\n\n> [!see-also]",
    )
    assert blocks_of(document) == [
        ("quotation", 1, "", "A good one"),
        ("quotation", 1, "", "and more"),
        ("paragraph", 0, "", "x"),
        ("quotation", 1, "", "Tip"),
        ("quotation", 1, "", "short"),
        ("paragraph", 0, "", "x"),
        ("quotation", 1, "", "See also"),
    ]
    assert [words for kind, words in runs_of(document) if kind == "strong"] == [
        "A good one",
        "Tip",
        "See also",
    ]


def test_links_lead_to_headings_and_blocks(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "[a](#the-end) [[#The end]] [[#^x1]] [b](#own) [c](#über-uns) [d](#the-end-1)\n\n"
        "# Mine {#own .big}\n\nText. ^x1\n\n# The end\n\n# The end\n\n# Über uns!",
    )
    section = document.sections[0]
    places = [document.place_of(run.target) for run in section.inlines]
    shown = [section.text[place.offset :].split("\n")[0] for place in places if place]
    assert shown == ["The end", "The end", "Text.", "Mine", "Über uns!", "The end"]
    assert places[0] == places[1] != places[5] == Place(0, section.text.rindex("The end"))


def test_embedded_pictures_are_found_by_name_below_the_page(tmp_path: Path) -> None:
    (tmp_path / "attachments" / "2024").mkdir(parents=True)
    (tmp_path / "attachments" / "2024" / "My map.png").write_bytes(PNG)
    document = read(tmp_path, "a\n\n![[My map.png|a map]]\n\n![[My map.png|300x200]]")
    assert blocks_of(document) == [
        ("paragraph", 0, "", "a"),
        ("figure", 0, "", "a map"),
        ("figure", 0, "", ""),
    ]
    assert document.pictures is not None
    figures = [block for block in document.sections[0].blocks if block.picture]
    assert [document.pictures.read(figure.picture) for figure in figures] == [PNG, PNG]


def test_parts_and_admonitions_of_site_makers_lose_their_signs(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "::: tip Read this\na\n:::\n\n::: {.column}\nb\n:::\n\n"
        '!!! note "Mind"\n    c\n\nTerm\n: Meaning\n\n:::\nd',
    )
    assert blocks_of(document) == [
        ("paragraph", 0, "", "Read this"),
        ("paragraph", 0, "", "a"),
        ("paragraph", 0, "", "b"),
        ("paragraph", 0, "", "Mind"),
        ("paragraph", 0, "", "c"),
        ("list_item", 1, "", "Term"),
        ("list_item", 1, "", "Meaning"),
        ("paragraph", 0, "", "::: d"),
    ]


def test_marked_words_in_raw_html_are_shown_without_their_tags(tmp_path: Path) -> None:
    document = read(tmp_path, "a <mark>b</mark> <math><mi>x</mi><mo>=</mo><mn>1</mn></math>")
    assert document.sections[0].text == "a b x=1"
