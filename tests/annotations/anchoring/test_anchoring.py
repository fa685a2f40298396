"""A note is found where its passage stands, and never silently on a passage that only looks so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.anchoring import AnchorState, WholeText, anchor, anchor_annotations
from reader.annotations.editing import new_annotation
from reader.annotations.model import Annotation, Json, annotation_from_json
from reader.text.document import Document, Span
from tests.annotations.documents import NOON, annotation_json, document_of, note_on

STORY = (
    "The kettle had been cold for an hour when she came back to the table. "
    "He read the letter again, slowly, and put it down where it had been. "
    "Outside, the rain went on as if nothing had been said at all. "
)
PASSAGE = "He read the letter again"


def asked(document: Document, annotation: Annotation) -> tuple[str, str]:
    """Return the state of a note's anchor and the text it is on."""
    found = anchor(annotation, document)
    if found.span is None:
        return found.state.value, ""
    text = document.sections[found.span.section].text
    return found.state.value, text[found.span.start : found.span.end]


def quoting(exact: str, prefix: str = "", suffix: str = "", start: int | None = None) -> Annotation:
    """Return an annotation as another program may have made it."""
    selectors: list[Json] = [
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    ]
    if start is not None:
        end = start + len(exact)
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    return annotation_from_json(annotation_json(target={"source": "a", "selector": selectors}))


@given(
    st.lists(st.text(alphabet="ab \n\u00e9\U0001f600", max_size=30), min_size=1, max_size=4),
    st.data(),
)
def test_in_the_text_it_was_made_on_a_note_stands_where_it_was_made(
    texts: list[str], data: st.DataObject
) -> None:
    document = document_of(*texts)
    section = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[section])))
    end = data.draw(st.integers(start, len(texts[section])))
    span = Span(section, start, end)
    found = anchor(new_annotation(document, span, source="a", created=NOON), document)
    if start == end and not texts[section]:
        assert found.state in (AnchorState.MOVED, AnchorState.ANCHORED)  # nothing to go by
    else:
        assert (found.state, found.span, found.score) == (AnchorState.ANCHORED, span, 1.0)


@given(st.text(alphabet="xyz \n", max_size=200), st.text(alphabet="xyz \n", max_size=200))
def test_text_put_before_and_after_only_moves_a_note(before: str, after: str) -> None:
    note = note_on(document_of(STORY), PASSAGE)
    state, text = asked(document_of(before + STORY + after), note)
    assert state == ("moved" if before else "anchored")
    assert text == PASSAGE


@given(st.lists(st.sampled_from(STORY.split(". ")), max_size=8))
def test_whatever_happens_to_its_text_a_note_is_on_its_words_or_on_none(
    sentences: list[str],
) -> None:
    document = document_of(". ".join(sentences))
    state, text = asked(document, note_on(document_of(STORY), PASSAGE))
    assert text == ("" if state == "orphan" else PASSAGE)
    assert (state == "orphan") == (PASSAGE not in document.sections[0].text)


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        pytest.param(STORY, "anchored", id="nothing changed"),
        pytest.param("Once. " + STORY, "moved", id="text put before it"),
        pytest.param(STORY.replace("kettle", "pot"), "moved", id="a word far before it changed"),
        pytest.param(STORY.replace("slowly", "gently"), "anchored", id="a word behind it changed"),
        pytest.param(STORY.replace(PASSAGE, "She wept"), "orphan", id="the passage rewritten"),
        pytest.param(STORY + STORY, "anchored", id="the text doubled"),
        pytest.param("x" + STORY + STORY, "ambiguous", id="doubled and moved"),
        pytest.param("", "orphan", id="all gone"),
    ],
)
def test_a_changed_text(changed: str, state: str) -> None:
    assert asked(document_of(changed), note_on(document_of(STORY), PASSAGE))[0] == state


def test_a_lookalike_is_not_taken_for_a_deleted_passage() -> None:
    document = document_of("They spoke of the rain. In the end they said of the sea: never.")
    note = note_on(document, "of the", "the first one")
    changed = document_of("They were silent. In the end they said of the sea: never.")
    assert anchor(note, changed).state == AnchorState.ORPHAN


def test_another_of_several_alike_at_the_very_position_is_not_taken() -> None:
    before = "one. two. She waited by the door. three. four. He left. She waited by the gate."
    note = note_on(document_of(before), "She waited by the gate")
    position = before.index("She waited by the gate")
    # a lookalike of the quote now stands where the passage was, the passage itself further on
    filler = "She waited by the gate, they say. "
    changed = "x" * position + filler + before[position - 30 :]
    found = anchor(note, document_of(changed))
    assert found.state == AnchorState.MOVED
    assert found.span is not None
    assert found.span.start == changed.rindex("She waited by the gate")


def test_surroundings_tell_repeated_phrases_apart() -> None:
    text = "".join(f"Verse {n} of the {name}. And so say all of us. " for n, name in enumerate(
        ("morning", "evening", "summer", "winter")
    ))  # fmt: skip
    third = text.index("And so say", text.index("summer"))
    span = Span(0, third, third + len("And so say all of us"))
    note = new_annotation(document_of(text), span, source="a", created=NOON)
    changed = document_of("A preface of no importance. " + text)
    found = anchor(note, changed)
    assert (found.state, found.span) == (AnchorState.MOVED, Span(0, third + 28, third + 28 + 20))


def test_repeated_lines_that_moved_are_asked_about() -> None:
    song = "la la la\n" * 20
    span = Span(0, 90, 98)
    note = new_annotation(document_of(song), span, source="a", created=NOON)
    assert anchor(note, document_of("x" + song)).state == AnchorState.AMBIGUOUS


@pytest.mark.parametrize(
    ("annotation", "state"),
    [
        pytest.param(quoting("letter"), "anchored", id="a quote that stands once"),
        pytest.param(quoting("been"), "ambiguous", id="a quote that stands thrice"),
        pytest.param(quoting("letter", start=3), "moved", id="a wrong position"),
        pytest.param(quoting("letter", "read the ", " again"), "anchored", id="short context"),
        pytest.param(quoting("letter", "wrote a ", " to her"), "orphan", id="other context"),
        pytest.param(quoting("been", "where it had "), "anchored", id="one side only"),
        pytest.param(quoting("absent"), "orphan", id="not there"),
        pytest.param(quoting(""), "orphan", id="an empty quote"),
        pytest.param(quoting("", "read the ", "letter"), "anchored", id="a point"),
        pytest.param(quoting("", "never ", "there"), "orphan", id="a point not there"),
        pytest.param(
            annotation_from_json(annotation_json(target="a.txt")), "orphan", id="no selector"
        ),
    ],
)
def test_what_other_programs_say_of_a_place(annotation: Annotation, state: str) -> None:
    assert asked(document_of(STORY), annotation)[0] == state


@pytest.mark.parametrize(
    ("start", "end", "state", "text"),
    [(4, 10, "moved", "kettle"), (4, 10_000, "orphan", "")],
)
def test_a_position_without_a_quote_is_to_be_looked_at(
    start: int, end: int, state: str, text: str
) -> None:
    selector: Json = {"type": "TextPositionSelector", "start": start, "end": end}
    value = annotation_json(target={"source": "a", "selector": selector})
    assert asked(document_of(STORY), annotation_from_json(value)) == (state, text)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        pytest.param(0, 3, Span(0, 0, 3), id="in the first section"),
        pytest.param(6, 8, Span(1, 0, 2), id="in the second"),
        pytest.param(2, 9, Span(1, 0, 3), id="across, most in the second"),
        pytest.param(0, 7, Span(0, 0, 4), id="across, most in the first"),
        pytest.param(2, 20, Span(2, 0, 5), id="across three"),
        pytest.param(4, 4, Span(0, 4, 4), id="a point at an end"),
        pytest.param(6, 6, Span(1, 0, 0), id="a point at a start"),
    ],
)
def test_a_range_of_the_whole_text_is_a_span_of_one_section(
    start: int, end: int, span: Span
) -> None:
    assert WholeText(document_of("abcd", "efg", "hijkl")).span_of(start, end) == span


def test_anchors_come_in_the_order_of_the_notes() -> None:
    document = document_of("first", "second")
    notes = [note_on(document, "second", section=1), note_on(document, "first")]
    found = anchor_annotations(notes, document)
    assert [anchor.span for anchor in found] == [Span(1, 0, 6), Span(0, 0, 5)]


def test_notes_found_tell_where_the_next_ones_are() -> None:
    verse = "And so say all of us, and so say all. "
    document = document_of("".join(f"{number}. {verse * 4}\n" for number in range(100)))
    text = document.sections[0].text
    spans = [
        Span(0, start, start + len(verse))
        for start in (text.index(f"{number}. ") + 40 for number in range(10, 100, 7))
    ]
    notes = [new_annotation(document, span, source="a", created=NOON) for span in spans]
    # each verse's neighbours look the same; only how far all of them moved tells them apart
    put_in = "A whole new page. " * 500
    unique = note_on(document, "5. And so say")
    changed = document_of(put_in + text)
    found = anchor_annotations([*notes, unique], changed)
    assert {anchor.state for anchor in found} == {AnchorState.MOVED, AnchorState.AMBIGUOUS}
    for note, span in zip(found, spans, strict=False):
        assert note.span is not None
        if note.state == AnchorState.MOVED:
            assert note.span.start == span.start + len(put_in)


@given(st.lists(st.tuples(st.integers(0, 39), st.integers(0, 120)), max_size=6))
def test_each_of_many_notes_is_on_its_own_words_after_edits_between_them(
    edits: list[tuple[int, int]],
) -> None:
    sentences = [f"Sentence number {n} says what no other one says. " for n in range(40)]
    document = document_of("".join(sentences))
    notes = [note_on(document, f"number {n} says") for n in range(40)]
    for number, length in edits:
        sentences[number] += "x" * length + " "
    changed = document_of("".join(sentences))
    text = changed.sections[0].text
    for number, found in enumerate(anchor_annotations(notes, changed)):
        assert found.span is not None
        assert text[found.span.start : found.span.end] == f"number {number} says"
        assert found.state in (AnchorState.ANCHORED, AnchorState.MOVED)
