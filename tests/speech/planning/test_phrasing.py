"""Tests of reader.speech.planning.phrasing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.speech.planning.phrasing import LONGEST_WHOLE, first_part_end, part_ends
from reader.speech.verbalise import SpokenWord, spoken_words

WORDS = st.lists(
    st.builds(
        SpokenWord,
        st.sampled_from(["the", "dog", "and", "in", "which", "nineteen eighty-four"]),
        st.just(0),
        st.just(1),
        st.sampled_from(["", "", "", ",", ";", "."]),
    ),
    min_size=1,
    max_size=120,
)


def said(text: str) -> list[SpokenWord]:
    return spoken_words(text, 0, len(text), "en")


def test_a_sentence_of_common_length_is_said_whole() -> None:
    words = said("He wrote to her, and she to him, every day of that long year.")
    assert part_ends(words) == [len(words)]


def test_a_long_sentence_is_cut_at_clauses() -> None:
    words = said(
        "The old man who kept the lighthouse had seen many winters come and go on that coast, "
        "but he had never in all those years known a storm that rose so quickly out of a clear "
        "sky; and when it came, he could only bolt the door, trim the lamp and wait for morning."
    )
    ends = part_ends(words)
    assert len(ends) > 1
    assert all(words[end - 1].stop for end in ends)


@given(WORDS)
def test_parts_go_on_to_the_end_and_none_is_long(words: list[SpokenWord]) -> None:
    ends = part_ends(words)
    assert ends == sorted(set(ends))
    assert ends[-1] == len(words)
    for start, end in zip([0, *ends], ends, strict=False):
        spoken = sum(len(word.spoken.split()) for word in words[start:end])
        assert spoken <= LONGEST_WHOLE + 6 or end - start == 1


@given(WORDS)
def test_the_first_part_is_short_and_not_empty(words: list[SpokenWord]) -> None:
    end = first_part_end(words)
    assert 0 < end <= len(words)
    assert sum(len(word.spoken) + 1 for word in words[:end]) <= 45  # 0.2 s of synthesis


def test_long_words_make_the_first_part_fewer_words() -> None:
    words = said("Ellis opened at eight thirty every morning except Sunday.")
    assert " ".join(word.spoken for word in words[: first_part_end(words)]) == "Ellis opened"
    short = said("The dog and the cat sat in the sun all day.")
    assert first_part_end(short) == len(short)


def test_the_first_part_ends_where_a_speaker_could_breathe() -> None:
    words = said(
        "He doesn’t know what he’s doing, and he’s fine with that, except when he’s not at all."
    )
    assert [word.spoken for word in words[: first_part_end(words)]][-1] == "doing"
