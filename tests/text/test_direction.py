"""Tests of reader.text.direction."""

from __future__ import annotations

import pytest

from reader.text.direction import runs_right_to_left


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("", False),
        ("2026 – 3 (…)", False),
        ("A word", False),
        ("שלום", True),
        ("(12) שלום 3", True),
        ("Tolstoy כתב את הספר", True),
        ("He wrote ספר there twice", False),
        ("one two three ארבע חמש", False),
        ("one ארבע", True),
    ],
)
def test_a_text_runs_the_way_that_more_than_two_words_of_five_do(text: str, is_so: bool) -> None:
    assert runs_right_to_left(text) is is_so
