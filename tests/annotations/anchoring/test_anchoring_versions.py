"""From the text a note was made on to a changed one: on its passage, or asked, or none."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.anchoring import (
    Anchor,
    AnchorState,
    KnownPlace,
    Past,
    WholeText,
    anchor_annotations,
)
from reader.annotations.editing import new_annotation
from reader.text.document import Document, Fingerprint, Span
from tests.annotations.documents import NOON, document_of

SCRIPTS = {
    "Latin": ("etaoinshrdlucmfwypvbgk", " "),
    "Greek": ("αβγδεζηθικλμνξοπρστυφχψωάέή", " "),
    "Cyrillic": ("абвгдежзийклмнопрстуфхцчшщ", " "),
    "Arabic": ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", " "),
    "Hebrew": ("אבגדהוזחטיכלמנסעפצקרשת", " "),
    "Devanagari": ("कखगघचछजझटडतदधनपबमयरलवशसहािीुे", " "),
    "Thai": ("กขคงจชดตถทนบปผพมยรลวสหอาิีุู", ""),
    "Chinese": ("".join(map(chr, range(0x4E00, 0x5200))), ""),
    "Japanese": ("".join(map(chr, [*range(0x3042, 0x3094), *range(0x5B50, 0x5D50)])), ""),
}


def sentence(number: int, script: str = "Latin") -> str:
    """Return a sentence of words that no other number has."""
    letters, gap = SCRIPTS[script]
    chance = random.Random(number)
    longest = 3 if gap == "" else 8
    words = ["".join(chance.choices(letters, k=chance.randint(2, longest))) for _ in range(14)]
    return gap.join(words).capitalize() + "."


def text_of(numbers: Sequence[int], script: str = "Latin") -> str:
    return " ".join(sentence(number, script) for number in numbers)


def followed(old: Document, new: Document, *spans: Span) -> tuple[Anchor, ...]:
    """Anchor notes made on spans of the old text, whose text is kept, in the new one."""
    notes = [new_annotation(old, span, source="a", created=NOON) for span in spans]
    whole = WholeText(old)
    places = {
        note.id: KnownPlace(old.fingerprint, *whole.range_of(span))
        for note, span in zip(notes, spans, strict=True)
    }
    return anchor_annotations(notes, new, Past(places, {old.fingerprint: whole.text}))


def one_followed(old: str, new: str, quote: str) -> tuple[Anchor, str]:
    """Follow the note on the first place where the old text says `quote`."""
    start = old.index(quote)
    (anchor,) = followed(document_of(old), document_of(new), Span(0, start, start + len(quote)))
    return anchor, "" if anchor.range is None else new[slice(*anchor.range)]


BASE = text_of(range(12))
QUOTE = sentence(6)


@pytest.mark.parametrize(
    ("new", "state", "found", "needs_look"),
    [
        pytest.param(BASE, "anchored", QUOTE, False, id="nothing changed"),
        pytest.param(BASE + " More.", "anchored", QUOTE, False, id="text behind it"),
        pytest.param("Before. " + BASE, "moved", QUOTE, False, id="text before it"),
        pytest.param(
            text_of([*range(6), *range(7, 12)]), "orphan", "", False, id="the sentence deleted"
        ),
        pytest.param(
            text_of([6, *range(6), *range(7, 12)]), "moved", QUOTE, True, id="the sentence moved"
        ),
        pytest.param(
            text_of([*range(3, 12), *range(3)]), "moved", QUOTE, False, id="all else moved"
        ),
        pytest.param(BASE.replace(" ", "\n"), "moved", QUOTE.replace(" ", "\n"), False, id="lines"),
        pytest.param(
            BASE.replace(" ", " **"), "moved", QUOTE.replace(" ", " **"), False, id="marked up"
        ),
        pytest.param(text_of(range(40, 52)), "orphan", "", False, id="another text"),
        pytest.param("", "orphan", "", False, id="nothing left"),
    ],
)
def test_a_sentence(new: str, state: str, found: str, needs_look: bool) -> None:
    anchor, passage = one_followed(BASE, new, QUOTE)
    assert (anchor.state, passage, anchor.needs_look) == (state, found, needs_look)


@pytest.mark.parametrize("script", SCRIPTS)
def test_in_every_script_passages_are_followed_through_edits_around_and_inside(
    script: str,
) -> None:
    numbers = list(range(24))
    old = text_of(numbers, script)
    quotes = [sentence(number, script) for number in (2, 9, 20)]
    spans = [Span(0, old.index(q), old.index(q) + len(q)) for q in quotes]
    new = text_of([30, *numbers[:5], 31, *numbers[7:14], *numbers[16:], 32], script)
    letter = SCRIPTS[script][0][0]
    changed = quotes[1][:4] + letter + quotes[1][6:]
    new = new.replace(quotes[1], changed)
    anchors = followed(document_of(old), document_of(new), *spans)
    passages = [new[slice(*anchor.range)] for anchor in anchors if anchor.range is not None]
    assert passages == [quotes[0], changed, quotes[2]]
    assert [anchor.is_changed for anchor in anchors] == [False, True, False]
    assert not any(anchor.needs_look for anchor in anchors)


@pytest.mark.parametrize("script", SCRIPTS)
def test_in_every_script_a_deleted_sentence_is_an_orphan(script: str) -> None:
    old = text_of(range(20), script)
    new = text_of([*range(8), *range(9, 20)], script)
    anchor, _ = one_followed(old, new, sentence(8, script))
    assert anchor.state == AnchorState.ORPHAN


def test_a_version_that_is_kept_no_more_since_it_was_listed_is_done_without() -> None:
    old, new = document_of(BASE), document_of("Before. " + BASE)
    start = BASE.index(QUOTE)
    note = new_annotation(old, Span(0, start, start + len(QUOTE)), source="a", created=NOON)
    past = Past({}, Gone([old.fingerprint]))
    (anchor,) = anchor_annotations([note], new, past)
    assert anchor.range == (start + 8, start + 8 + len(QUOTE))


class Gone(Mapping[Fingerprint, str]):
    """Texts that were listed, and are not there when they are to be read."""

    def __init__(self, listed: Sequence[Fingerprint]) -> None:
        self._listed = listed

    def __getitem__(self, version: Fingerprint) -> str:
        raise KeyError(version)

    def __iter__(self) -> Iterator[Fingerprint]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


def test_a_vowel_sign_stays_with_the_letter_it_is_on() -> None:
    old = "एक किताब की कहानी यहाँ से आगे चलती है और फिर रुकती है।"
    anchor, passage = one_followed(old, "अब " + old.replace("आगे ", ""), "किताब की")
    assert passage == "किताब की"
    assert anchor.state == AnchorState.MOVED


@pytest.mark.parametrize(
    ("quote", "now"),
    [
        pytest.param("“Never,”", '"Never,"', id="quotation marks"),
        pytest.param("never?", "never?", id="a question mark"),
        pytest.param("(or", "(or", id="a bracket"),
    ],
)
def test_signs_at_the_ends_of_a_quote_stay_with_it(quote: str, now: str) -> None:
    old = f"{sentence(1)} “Never,” she said, and was it never? (or so he thought) {sentence(2)}"
    new = "And then: " + old.replace("“", '"').replace("”", '"')
    assert one_followed(old, new, quote)[1] == now


def test_a_copy_put_into_the_text_is_asked_about_unless_the_surroundings_tell() -> None:
    surroundings = text_of([1, 2, 7, 8]), text_of([3, 4, 9, 10])
    passage = sentence(50)
    old = f"{sentence(0)} {surroundings[0]} {passage} {surroundings[1]} {sentence(5)}"
    with_copy = f"{old} {text_of(range(20, 24))} {passage} {text_of(range(24, 28))}"
    assert one_followed(old, with_copy, passage)[0].state == AnchorState.ANCHORED
    again = f"{surroundings[0]} {passage} {surroundings[1]}"
    anchor, found = one_followed(old, f"{old} {text_of(range(20, 24))} {again}", passage)
    assert anchor.state == AnchorState.AMBIGUOUS
    assert anchor.needs_look
    assert found == passage
    assert len(anchor.candidates) == 2


def test_a_lookalike_of_a_deleted_sentence_is_no_more_than_a_candidate() -> None:
    passage = sentence(6)
    words = passage.split(" ")
    lookalike = " ".join([*words[:4], "quite", "another", *words[6:8], "story", "instead."])
    new = text_of([*range(6), *range(7, 12)]) + f" {text_of(range(20, 25))} {lookalike}"
    anchor, _ = one_followed(BASE, new, passage)
    assert anchor.state == AnchorState.ORPHAN
    assert anchor.span is None
    found = [new[span.start : span.end] for span in anchor.candidates]
    assert not found or found[0] in lookalike


def test_a_rewritten_sentence_is_to_be_looked_at() -> None:
    words = QUOTE.split(" ")
    words[1:3], words[6:8] = ["wholly", "other"], ["words", "here"]
    anchor, passage = one_followed(BASE, BASE.replace(QUOTE, " ".join(words)), QUOTE)
    assert (anchor.state, anchor.needs_look, anchor.is_changed) == ("moved", True, True)
    assert passage == " ".join(words)
    assert 0.4 < anchor.score < 0.9


@pytest.mark.parametrize(
    ("mark", "new_start"),
    [
        pytest.param("* * *", 8, id="signs only"),
        pytest.param("😀", 8, id="an emoji"),
        pytest.param("", 8, id="a point"),
    ],
)
def test_what_has_no_letters_stays_between_its_neighbours(mark: str, new_start: int) -> None:
    old = f"{text_of(range(4))} {mark} {text_of(range(4, 8))}"
    start = len(text_of(range(4))) + 1
    new = "Before. " + old
    (anchor,) = followed(document_of(old), document_of(new), Span(0, start, start + len(mark)))
    assert anchor.range == (start + new_start, start + new_start + len(mark))
    assert not anchor.needs_look


def test_signs_whose_neighbours_are_gone_are_an_orphan() -> None:
    old = f"{text_of(range(4))} * * * {text_of(range(4, 8))}"
    start = old.index("*")
    (anchor,) = followed(
        document_of(old), document_of(text_of(range(20, 30))), Span(0, start, start + 5)
    )
    assert anchor.state == AnchorState.ORPHAN


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(0, 14), min_size=1, max_size=12, unique=True),
    st.lists(st.integers(0, 25), max_size=14, unique=True),
)
def test_a_note_is_on_its_sentence_or_an_orphan_whatever_became_of_the_others(
    before: list[int], after: list[int]
) -> None:
    old, new = text_of(before), text_of(after)
    spans = [Span(0, old.index(sentence(n)), old.index(sentence(n)) + 12) for n in before]
    spans += [
        Span(0, old.index(sentence(n)), old.index(sentence(n)) + len(sentence(n))) for n in before
    ]
    anchors = followed(document_of(old), document_of(new), *spans)
    for number, span, anchor in zip([*before, *before], spans, anchors, strict=True):
        quote = old[span.start : span.end]
        if anchor.range is not None and not anchor.needs_look:
            assert quote in new
            low, high = anchor.range
            assert new[low:high] == quote
        if number not in after:
            assert anchor.state == AnchorState.ORPHAN


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_changes_elsewhere_leave_every_note_on_its_words(data: st.DataObject) -> None:
    old = text_of(range(10))
    number = data.draw(st.integers(1, 8))
    quote = sentence(number)
    position = old.index(quote)
    before, after = old[:position], old[position + len(quote) :]
    cut = data.draw(st.integers(0, max(0, len(before) - 40)))
    put_in = data.draw(st.text(max_size=60))
    new = before[:cut] + put_in + before[cut:] + quote + after + data.draw(st.text(max_size=60))
    anchor, passage = one_followed(old, new, quote)
    assert passage == quote
    assert anchor.state in (AnchorState.ANCHORED, AnchorState.MOVED)
    assert not anchor.needs_look


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.data())
def test_every_answer_is_honest(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    (anchor,) = followed(document_of(old), document_of(new), Span(0, start, end))
    assert 0 <= anchor.score <= 1
    assert (anchor.span is None) == (anchor.state == AnchorState.ORPHAN)
    if anchor.span is not None:
        assert 0 <= anchor.span.start <= anchor.span.end <= len(new)
        is_as_it_was = new[anchor.span.start : anchor.span.end] == old[start:end]
        assert anchor.is_changed == (not is_as_it_was)
    if anchor.state == AnchorState.ANCHORED and anchor.span is not None:
        assert anchor.span.start == start


@settings(deadline=None)
@given(st.text(min_size=1, max_size=300), st.data())
def test_in_the_same_text_every_note_stands_where_it_stood(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    (anchor,) = followed(document_of(text), document_of(text), Span(0, start, end))
    assert anchor.state == AnchorState.ANCHORED
    assert anchor.range == (start, end)


def test_a_part_of_a_word_stays_one_where_accents_become_part_of_their_letters() -> None:
    composed = "She had a wäistcoat. When she märried, he came bäck ägäin to London."
    apart = document_of(unicodedata.normalize("NFD", composed))
    start = apart.sections[0].text.index(unicodedata.normalize("NFD", "ägä"))
    whole = document_of(composed)
    (found,) = followed(
        apart, whole, Span(0, start, start + len(unicodedata.normalize("NFD", "ägä")))
    )
    assert found.span is not None
    assert composed[found.span.start : found.span.end] == "ägä"
