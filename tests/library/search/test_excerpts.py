"""What is shown around a find is on one line, at words' ends, with the find marked."""

from __future__ import annotations

from reader.library.search.excerpts import MARK_END, MARK_START, excerpt_of, marked_ranges


def marked(text: str) -> str:
    return text.replace("[", MARK_START).replace("]", MARK_END)


def shown(text: str, length: int = 40) -> str:
    plain, marks = marked_ranges(marked(text))
    excerpt, _ = excerpt_of(plain, marks, length)
    pieces, last = [], 0
    for start, end in excerpt.marks:
        pieces += [excerpt.text[last:start], "[", excerpt.text[start:end], "]"]
        last = end
    return "".join([*pieces, excerpt.text[last:]])


def test_marks_are_ranges_of_the_paragraph() -> None:
    assert marked_ranges(marked("his [own] [hand].")) == ("his own hand.", [(4, 7), (8, 12)])


def test_a_short_paragraph_is_shown_whole() -> None:
    assert shown("his own [hand].") == "his own [hand]."


def test_a_long_one_is_cut_at_words() -> None:
    text = "one two three four five six seven eight [nine] ten eleven twelve thirteen fourteen"
    assert shown(text) == "…six seven eight [nine] ten eleven…"


def test_where_most_is_found_is_shown() -> None:
    text = "[ink] " + "and on and on " * 20 + "with [ink] and [paper] and [ink]"
    assert shown(text).count("[") == 3


def test_line_ends_become_blanks() -> None:
    assert shown("his\n  own\t[hand]\n\nwas") == "his own [hand] was"


def test_the_first_of_what_is_shown_is_the_place() -> None:
    plain, marks = marked_ranges(marked("x " * 200 + "his [hand] and his [letter]"))
    _, place = excerpt_of(plain, marks, 40)
    assert plain[slice(*place)] == "hand"


def test_without_marks_the_beginning_is_shown() -> None:
    assert excerpt_of("word " * 50, [], 20)[0].text == "word word word word…"
