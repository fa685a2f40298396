"""Notes in Markdown: written again in place, one block a note, what the user wrote below kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.annotations.editing import with_note
from reader.annotations.exchange.note_words import escaped_markdown, html_note
from reader.annotations.exchange.notes_alone.markdown_notes import block_id, write_page
from reader.annotations.exchange.notes_alone.note_template import TemplateText, filled
from reader.annotations.exchange.text_with_notes import TextWithNotes
from reader.annotations.model import annotation_from_json
from reader.app.note_exchange import note_template
from reader.errors import TemplateRefused
from reader.values import replaced
from tests.annotations.documents import LATER, annotation_json
from tests.annotations.exchange.noted_texts import (
    annotation_on,
    document_with_heading,
    noted,
    the_house,
)

OURS = TemplateText(
    Path("notes.md"),
    (Path(__file__).parents[4] / "resources" / "templates" / "notes.md").read_text("utf-8"),
)
HOUSE = the_house()
IDS = [block_id(note.annotation.id) for note in HOUSE.notes]


def page(text: TextWithNotes = HOUSE, existing: str | None = None, template: str = "") -> str:
    source = replaced(OURS, text=template) if template else OURS
    return write_page(text, source, None if existing is None else existing.encode()).decode()


def end_of(name: str) -> str:
    return f"<!-- {name}: what you write below stays -->\n"


def with_own(text: str, name: str, own: str) -> str:
    """Return a page with something of the user's below a note."""
    assert end_of(name) in text
    return text.replace(end_of(name), end_of(name) + own)


def some(*numbers: int) -> TextWithNotes:
    """Return the text with only some of its notes."""
    return replaced(HOUSE, notes=tuple(HOUSE.notes[number] for number in numbers))


def test_a_page_has_front_matter_and_each_note_with_its_block() -> None:
    lines = page().splitlines()
    assert lines[:6] == [
        "---",
        'title: "The house: a story"',
        'authors: ["Ada B.", "Bo"]',
        'source: "house.txt"',
        f'sottovoce: "{HOUSE.link}"',
        'exported: "6 notes"',
    ]
    begin = lines.index(f"<!-- {IDS[0]} -->")
    assert lines[begin + 1 : begin + 9] == [
        "> quiet 😀 in",
        "",
        f"^{IDS[0]}",
        "",
        "A _smile_ 🙂.",
        "",
        f"#sound #at-home · The house · 2026-05-01 · [Open in Sottovoce]({HOUSE.notes[0].link})",
        f"<!-- {IDS[0]}: what you write below stays -->",
    ]


def test_written_again_nothing_changes() -> None:
    assert page(existing=page()) == page()


def test_block_ids_are_the_same_everywhere() -> None:
    assert block_id("urn:uuid:5e9f0c1a-0000-4000-8000-000000000001") == "sv-4cc3b4b7b242"


def test_a_changed_note_changes_its_block_and_nothing_else() -> None:
    before = with_own(page(), IDS[1], "\nMine.\n\n")
    note = HOUSE.notes[0]
    changed = replaced(note, annotation=with_note(note.annotation, "Another.", LATER))
    text = replaced(HOUSE, notes=(changed, *HOUSE.notes[1:]))
    assert page(text, before) == before.replace("A _smile_ 🙂.", "Another.")


def test_new_notes_come_in_their_places_and_the_users_words_stay_with_their_notes() -> None:
    before = with_own(page(some(0, 3)), IDS[0], "\nMy thought.\n\n")
    after = page(existing=before)
    assert [after.index(f"<!-- {name} -->") for name in IDS] == sorted(
        after.index(f"<!-- {name} -->") for name in IDS
    )
    assert f"{end_of(IDS[0])}\nMy thought.\n\n\n<!-- {IDS[1]} -->" in after


def test_a_note_that_is_gone_takes_its_block_along_unless_something_was_written_below() -> None:
    before = with_own(page(), IDS[2], "\nKeep me.\n\n")
    after = page(some(0, 1, 3), before)
    assert IDS[4] not in after
    assert f"> 𠮷野家\n\n^{IDS[2]}\n" in after
    assert after.index("Keep me.") < after.index(f"<!-- {IDS[3]} -->")
    assert page(some(0, 1, 3), after) == after


def test_what_stands_in_the_head_the_front_matter_and_the_tail_stays() -> None:
    before = page()
    before = before.replace("---\n\n#", "aliases:\n  - House\n  - ספר\nrating: 5\n---\n\n#")
    before = before.replace("stays -->\n\n<!--", "stays -->\nMy summary.\n\n<!--", 1)
    before += "\n## What I think\n\nMuch.\n"
    after = page(replaced(HOUSE, title="Another"), before)
    wanted = before.replace("# The house: a story", "# Another").replace(
        'title: "The house: a story"', 'title: "Another"'
    )
    assert without_digest(after) == without_digest(wanted)


def without_digest(text: str) -> str:
    """Return a page without what tells whether somebody wrote into its head."""
    return re.sub("(<!-- sv-notes [0-9a-f]+) [0-9a-f]+:", r"\1:", text, count=1)


def test_what_somebody_wrote_into_the_head_goes_below_it_and_stays_there() -> None:
    before = page().replace("# The house: a story\n", "# The house: a story\n\nWhy I read it.\n")
    after = page(replaced(HOUSE, title="Another"), before)
    assert after.index("# Another") < after.index("sv-notes") < after.index("Why I read it.")
    assert after.count("Why I read it.") == 1
    assert page(replaced(HOUSE, title="Another"), after) == after
    third = page(existing=after)
    assert "# Another" not in third
    assert "Why I read it." in third


def test_a_page_that_was_not_ours_is_kept_whole_below_the_head() -> None:
    theirs = "---\ntitle: Mine\nx: y\n---\n\n# My page\n\n- [ ] a task\n"
    after = page(existing=theirs)
    assert "# My page\n\n- [ ] a task\n" in after
    assert 'title: "The house: a story"\nx: y\n' in after
    assert page(existing=after) == after


def test_a_page_of_another_text_is_kept_whole_too() -> None:
    elsewhere = document_with_heading(("Another: שקט",), "Other")
    other = noted(elsewhere, annotation_on(elsewhere, "שקט"))
    before = page(other)
    after = page(existing=before)
    name = block_id(other.notes[0].annotation.id)
    assert f"<!-- once {name} -->\n> שקט\n\n^{name}" in after
    assert page(existing=after) == after


def test_a_block_that_was_copied_is_the_users() -> None:
    whole = page()
    begin, end = whole.index(f"<!-- {IDS[0]} -->"), whole.index(end_of(IDS[0]))
    copied = whole[begin : end + len(end_of(IDS[0]))]
    before = with_own(whole, IDS[3], f"\n{copied}\n")
    assert page(existing=before) == before


def test_line_ends_and_bytes_of_the_file_there_is_are_kept() -> None:
    before = with_own(page(), IDS[0], "\ncaf\xe9\n").encode("latin-1", "xmlcharrefreplace")
    before = before.replace(b"\n", b"\r\n")
    after = write_page(HOUSE, OURS, before)
    assert b"\ncaf\xe9\r\n" in after
    assert after.count(b"\r\n") == after.count(b"\n")


def test_a_note_that_looks_like_our_comments_breaks_nothing() -> None:
    trap = f"<!-- {IDS[1]} -->\n^{IDS[0]}\n{end_of(IDS[0])}<!-- sv-end: x -->"
    note = HOUSE.notes[0]
    text = replaced(
        HOUSE,
        notes=(
            replaced(note, annotation=with_note(note.annotation, trap, LATER)),
            *HOUSE.notes[1:],
        ),
    )
    once = page(text)
    assert page(text, once) == once


OWN_LINES = st.lists(
    st.sampled_from(
        [
            "",
            "mine",
            "## Mine",
            "> quoted",
            "---",
            "  indented",
            "^sv-000000000000",
            "<!-- sv-000000000000 -->",
            *(f"<!-- {name} -->" for name in IDS[:2]),
            "שלום 😀",
        ]
    )
    | st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=12),
    max_size=4,
)
SUBSETS = st.sets(st.integers(0, len(IDS) - 1)).map(sorted)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(SUBSETS, st.integers(0, 5), OWN_LINES), min_size=1, max_size=4))
def test_however_often_it_is_written_no_note_comes_twice_and_nothing_of_the_users_is_lost(
    runs: list[tuple[list[int], int, list[str]]],
) -> None:
    text = page(some())
    written: list[str] = []
    for numbers, where, own in runs:
        text = page(some(*numbers), text)
        assert page(some(*numbers), text) == text
        for number in numbers:
            assert text.split("\n").count(end_of(IDS[number]).strip()) >= 1
        if numbers:
            name = IDS[numbers[where % len(numbers)]]
            # a word of its own makes each lot the user's for sure
            lot = ["own", *own, f"lot {len(written)}"]
            text = with_own(text, name, "\n".join(lot) + "\n")
            written.append("\n".join(lot))
    after = page(some(), text)
    assert all(lot in after for lot in written)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=40))
def test_escaped_text_shows_as_it_is(text: str) -> None:
    plain = " ".join(text.split())
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escaped_markdown(plain))
    )
    shown = "".join(
        child.content for token in tokens for child in token.children or () if child.type == "text"
    )
    assert shown == plain
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}


# The template


def test_the_users_template_is_used_and_ours_is_put_there_to_be_edited(tmp_path: Path) -> None:
    first = note_template(tmp_path / "templates")
    assert first.path.read_text("utf-8") == first.text == OURS.text
    first.path.write_text("=== each note ===\n- ${quote}: ${note}\n", "utf-8")
    written = write_page(some(0, 2), note_template(tmp_path / "templates"), None).decode()
    assert f"-->\n- quiet 😀 in: A _smile_ 🙂.\n\n^{IDS[0]}\n<!--" in written
    assert f"-->\n- 𠮷野家: \n\n^{IDS[2]}\n<!--" in written


@pytest.mark.parametrize(
    ("template", "line"),
    [
        pytest.param("# ${title}\n${quote}", 2, id="no part for each note"),
        pytest.param("# ${quote}\n=== each note ===\n", 1, id="a note's field in the head"),
        pytest.param("=== each note ===\n\n${qoute}", 3, id="a field misspelt"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_its_line(template: str, line: int) -> None:
    with pytest.raises(TemplateRefused) as caught:
        page(template=template)
    assert caught.value.line == line


def test_lines_whose_fields_are_empty_are_left_out_and_quotations_go_on() -> None:
    text = noted(
        document_with_heading(("One.", "Two.")),
        annotation_on(document_with_heading(("One.", "Two.")), "One.\n\nTwo."),
    )
    template = "=== each note ===\n> ${quote}\n\nNote: ${note}\n\nAt ${heading} $${x"
    written = page(text, template=template)
    assert "> One.\n>\n> Two.\n\nAt The house $${x\n" in written
    assert "Note:" not in written


def test_dollars_and_fields_in_a_note_are_only_text() -> None:
    note = HOUSE.notes[0]
    cost = replaced(note, annotation=with_note(note.annotation, "It cost $5, ${note}.", LATER))
    assert "It cost $5, ${note}." in page(replaced(HOUSE, notes=(cost,)))


def test_what_looks_like_a_field_in_a_value_is_text_also_where_both_stand_on_a_line() -> None:
    fields = {"quote": "Write ${note} there.", "note": "Why?"}
    assert filled(["${quote} (${note})"], fields) == ["Write ${note} there. (Why?)"]


# Notes as HTML


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ({"value": "a *b* <script>c</script>", "format": "text/markdown"}, "&lt;script&gt;"),
        ({"value": "[x](javascript:alert)", "format": "text/markdown"}, "[x](javascript:alert)"),
        ({"value": "![x](http://example.org/x.png)", "format": "text/markdown"}, "!<a href="),
        ({"value": "a *b*\n\nc & d"}, "<p>a *b*</p><p>c &amp; d</p>"),
        (
            {"value": "<p>Hi <b>you</b></p><p>two</p>", "format": "text/html"},
            "<p>Hi <strong>you</strong></p>\n<p>two</p>",
        ),
        ({"value": "<a href='javascript:x'>y</a>", "format": "text/html"}, "[y](javascript:x)"),
        ({"value": "&lt;script&gt;", "format": "text/html"}, "&lt;script&gt;"),
    ],
)
def test_a_note_as_html_runs_nothing_and_loads_nothing(body: dict[str, str], html: str) -> None:
    value = annotation_json(body={"type": "TextualBody", **body})
    written = html_note(annotation_from_json(value))
    assert html in written
    assert "<script" not in written
    assert "<img" not in written
