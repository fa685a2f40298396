"""Replies stand in threads under the note they began with; none is ever left out."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.editing import merged, new_reply, with_note
from reader.annotations.model import REPLYING, Annotation, AnnotationId, annotation_from_json
from reader.annotations.threads import threads_of
from reader.text.document import Span
from tests.annotations.documents import NOON, document_of, note_on

DOCUMENT = document_of("All was quiet in the house.")


def reply_to(answered: Annotation, text: str = "", minutes: int = 0) -> Annotation:
    return new_reply(answered.id, text, created=NOON + timedelta(minutes=minutes), creator="Ann")


def test_a_reply_is_what_w3c_calls_one() -> None:
    note = note_on(DOCUMENT, "quiet", "Too quiet.")
    reply = with_note(reply_to(note), "Is it?", NOON)
    assert reply.raw["motivation"] == REPLYING
    assert reply.raw["target"] == note.id
    assert reply.raw["body"] == {
        "type": "TextualBody",
        "value": "Is it?",
        "format": "text/markdown",
        "purpose": REPLYING,
    }
    assert (reply.answered, note.answered) == (note.id, None)


def test_replies_come_in_the_order_they_were_written_each_before_its_answers() -> None:
    note = note_on(DOCUMENT, "quiet")
    first, second = reply_to(note, minutes=1), reply_to(note, minutes=2)
    to_first = reply_to(first, minutes=5)
    threads = threads_of([second, to_first, note, first])
    found = [(reply.annotation, reply.depth) for reply in threads.replies[note.id]]
    assert found == [(first, 1), (to_first, 2), (second, 1)]
    assert set(threads.roots) == {first.id, second.id, to_first.id}
    assert not threads.stray


def test_a_reply_to_what_was_merged_elsewhere_answers_the_note_that_holds_it() -> None:
    first, second = note_on(DOCUMENT, "All was"), note_on(DOCUMENT, "quiet")
    whole = merged([first, second], second, DOCUMENT, Span(0, 0, 13), NOON)
    late = reply_to(first)
    assert threads_of([whole, late]).roots == {late.id: second.id}
    assert threads_of([first, whole, late]).roots == {late.id: first.id}


def test_replies_to_what_is_gone_begin_threads_of_their_own() -> None:
    note = note_on(DOCUMENT, "quiet")
    reply = reply_to(note)
    answer = reply_to(reply)
    threads = threads_of([reply, answer])
    assert threads.stray == {reply.id}
    assert [r.annotation for r in threads.replies[reply.id]] == [answer]


@given(st.lists(st.integers(-1, 9), max_size=10))
def test_every_note_is_shown_once_whatever_answers_what(answered: list[int]) -> None:
    ids = [AnnotationId(f"urn:x:{number}") for number in range(10)]
    notes = []
    for number, other in enumerate(answered):
        raw = (
            note_on(DOCUMENT, "quiet").raw if other < 0 else reply_to(note_on(DOCUMENT, "was")).raw
        )
        raw["id"] = ids[number]
        if other >= 0:
            raw["target"] = ids[other]
        notes.append(annotation_from_json(raw))
    threads = threads_of(notes)
    in_threads = [r.annotation.id for thread in threads.replies.values() for r in thread]
    apart = [note.id for note in notes if note.id not in threads.roots]
    assert sorted([*in_threads, *apart]) == sorted(note.id for note in notes)
    assert set(in_threads) == set(threads.roots)
