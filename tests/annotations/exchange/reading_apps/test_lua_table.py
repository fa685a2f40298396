"""Lua tables of plain values are read, and nothing else is."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.exchange.reading_apps.lua_table import NotALuaTable, read_lua_table


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("return {}", {}),
        (
            'return { ["a"] = 1, b = "two", [3] = true, nil, }',
            {"a": 1, "b": "two", 3: True, 1: None},
        ),
        ("-- KOReader\nreturn { 'x', 'y' }", {1: "x", 2: "y"}),
        (
            r'return { "a\"b\\c\n\116\
d" }',
            {1: 'a"b\\c\nt\nd'},
        ),
        (
            "return { [[long\nstring]], [==[with ]] in it]==] }",
            {1: "long\nstring", 2: "with ]] in it"},
        ),
        ("return { -1.5e2, 0x10, { { } } }", {1: -150.0, 2: 16, 3: {1: {}}}),
    ],
)
def test_tables(text: str, found: dict[str | int, object]) -> None:
    assert read_lua_table(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "return",
        "return 3",
        "x = {}",
        "return { f() }",
        "return { os.exit }",
        "return { [1] 2 }",
        "return { 1 2 }",
        'return { "unclosed }',
        "return " + "{" * 500,
        "return { a = b .. c }",
        "return { [1e999] = 1 }",
        "return { 0x" + "f" * 400 + " }",
    ],
)
def test_what_is_no_table_of_values_is_refused(text: str) -> None:
    with pytest.raises(NotALuaTable):
        read_lua_table(text)


@given(st.text(alphabet="return {}[]=,\"'\\-.0aé\n;", max_size=60))
def test_whatever_it_says_it_is_a_table_or_refused(text: str) -> None:
    with suppress(NotALuaTable):
        read_lua_table(f"return {text}")
