"""What is typed is understood as well as can be, and is never an error."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.search.query import SEPARATOR, Field, parse_query, spaced


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("hand", '(("hand"))'),
        ("hand letter", '(("hand") AND ("letter"))'),
        ('"his own hand"', '(("his own hand"))'),
        ("hand*", '(("hand" *))'),
        ("h*", '(("h"))'),
        ("hand NEAR letter", '((NEAR("hand" "letter", 10)))'),
        ("hand NEAR/3 letter NEAR/3 ink", '((NEAR("hand" "letter" "ink", 3)))'),
        ("ink OR paper desk", '(("ink" OR "paper") AND ("desk"))'),
        ("ink -paper", '(("ink")) NOT ("paper")'),
        ("ink NOT paper", '(("ink")) NOT ("paper")'),
        ('"his own', '(("his own"))'),
        ('ink "', '(("ink"))'),
        ("“his own” hand", '(("his own") AND ("hand"))'),
        ("(ink", '(("ink"))'),
        ("AND ink OR", '(("ink"))'),
        ("ink and paper", '(("ink") AND ("and") AND ("paper"))'),
        ("well-known", '(("well-known"))'),
        ("don't", '(("don\'t"))'),
        ("text:ink", '(("ink"))'),
        ("— ink ?", '(("ink"))'),
    ],
)
def test_what_is_typed_becomes_a_match(typed: str, match: str) -> None:
    assert parse_query(typed).passage_match == match


@pytest.mark.parametrize("typed", ["", "  ", '"', '""', "-ink", "NOT ink", "NEAR", "*", "( )"])
def test_what_asks_for_nothing_finds_nothing(typed: str) -> None:
    query = parse_query(typed)
    assert query.is_empty
    assert query.passage_match == ""


def test_fields_say_where() -> None:
    query = parse_query('title:diary author:"Samuel Pepys" plague')
    assert [clause.field for clause in query.text_clauses] == [Field.TITLE, Field.AUTHOR]
    assert query.passage_match == '(("plague"))'
    assert query.note_match == '(("plague"))'


def test_fields_of_notes_are_looked_for_in_notes_only() -> None:
    query = parse_query("note:reverse tag:letters quote:hand")
    assert query.passage_match == ""
    assert (
        query.note_match == '({body} : ("reverse") AND {tags} : ("letters") AND {quote} : ("hand"))'
    )


def test_the_last_word_may_go_on_while_it_is_typed() -> None:
    assert parse_query("his hand", is_typing=True).passage_match == '(("his") AND ("hand" *))'
    assert parse_query("his hand ", is_typing=True).passage_match == '(("his") AND ("hand"))'


@given(st.text())
def test_nothing_typed_is_a_fault_of_fts5(typed: str) -> None:
    query = parse_query(typed)
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE note USING fts5 (body, quote, tags)")
        connection.execute("INSERT INTO note VALUES ('his own hand', '', '')")
        for match in (query.passage_match, query.note_match):
            if match:
                connection.execute("SELECT * FROM note WHERE note MATCH ?", (match,)).fetchall()
    finally:
        connection.close()


_PIECES = st.sampled_from(
    ['"', "-", "NEAR", "NEAR/3", "OR", "AND", "NOT", "*", "(", ")", "title:", "note:", "a", "bc*"]
)


@given(st.lists(_PIECES, max_size=12))
def test_no_heap_of_operators_is_a_fault(pieces: list[str]) -> None:
    test_nothing_typed_is_a_fault_of_fts5.hypothesis.inner_test(" ".join(pieces))  # type: ignore[attr-defined]


def test_scripts_without_spaces_are_parted_and_nothing_is_lost() -> None:
    parted = spaced("我在読書 all day")
    assert parted.split(SEPARATOR * 2)[1:3] == ["在", "読"]
    assert parted.replace(SEPARATOR, "") == "我在読書 all day"
    assert spaced("plain") == "plain"
