"""Pieces of text are found wherever they stand, many at once, in any script."""

from __future__ import annotations

import random

import pytest

from reader.annotations.anchoring.occurrences import occurrences

ALPHABETS = {
    "Latin": "ab ",
    "Latin with typesetter's signs": "ab’— ",
    "Russian": "абв ",
    "Chinese": "白石道人",
    "beyond the first plane": "a\U0001f600\U00020000",
}


def one_by_one(piece: str, text: str) -> list[int]:
    return [start for start in range(len(text)) if piece and text.startswith(piece, start)]


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_pieces_of_any_length_are_found_where_they_stand(alphabet: str) -> None:
    chance = random.Random(alphabet)
    text = "".join(chance.choices(alphabet, k=600))
    text += text[300:400] + text[:40]
    ranges = [(chance.randrange(700), chance.randrange(1, 60)) for _ in range(80)]
    pieces = [text[start : start + length] for start, length in ranges]
    pieces += ["".join(chance.choices(alphabet, k=30)), text[-30:], text[:30], text, "", "zz"]
    expected = [one_by_one(piece, text) for piece in pieces]
    assert occurrences(pieces, text) == expected
    assert sum(map(len, expected)) > len(pieces)


def test_what_only_looks_alike_when_narrowed_is_not_found() -> None:
    latin = "abcdefghijklmnopqrstuvwxyz"
    alike = "".join(chr(ord(letter) + 0x400) for letter in latin)  # the same in their last byte
    assert occurrences([latin, alike, latin[:9], alike[:9]], f"x{latin}") == [[1], [], [1], []]


def test_places_on_both_sides_of_a_part_are_found() -> None:
    text = "".join(random.Random(3).choices("abcdefgh", k=(1 << 19) + 200))
    starts = [(1 << 19) - 20, (1 << 19) - 4, 1 << 19, len(text) - 40, 0]
    pieces = [text[start : start + 40] for start in starts]
    assert occurrences(pieces, text) == [[start] for start in starts]


def test_of_nothing_nothing_is_found() -> None:
    assert occurrences([], "a text") == []
    assert occurrences(["a piece of a text"], "") == [[]]
