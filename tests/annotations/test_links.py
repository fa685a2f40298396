"""Links between notes are found in what is written, followed both ways, and known when dead."""

from __future__ import annotations

import pytest

from reader.annotations.editing import merged, with_tags
from reader.annotations.history import NoteHistory
from reader.annotations.links import (
    addresses_in,
    markdown_link,
    named_notes,
    notes_matching,
    read_links,
    words_for,
)
from reader.annotations.store import AnnotationStore
from reader.storage.database import Database
from reader.text.address import address_of
from reader.text.document import Span
from tests.annotations.documents import LATER, NOON, document_of, note_on

ONE = document_of("All was quiet in the house.")
ONE_VERSION = ONE.fingerprint
OTHER = document_of("Nobody answered the door that night.")


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("nothing here", 0),
        ("see [this](sottovoce:open?text=0123456789abcdef).", 1),
        ("bare sottovoce:open?text=0123456789abcdef&at=1:20, and on", 1),
        ("<sottovoce:open?text=0123456789abcdef>", 1),
        ("sottovoce: in a low voice", 0),
        ("sottovoce:open?nothing=1", 0),
    ],
)
def test_addresses_are_found_however_they_are_written(written: str, count: int) -> None:
    addresses = addresses_in(written)
    assert len(addresses) == count
    assert all(not address.endswith((",", ".", ")")) for address in addresses)


def test_a_note_knows_who_links_to_it_from_whatever_text(database: Database) -> None:
    store = AnnotationStore(database)
    aim = note_on(ONE, "quiet", "The aim.")
    link = markdown_link("the aim", str(address_of(ONE.fingerprint, aim.id)))
    near = note_on(ONE, "house", f"Like {link}, only smaller.")
    far = note_on(OTHER, "door", f"See {link}.")
    store.save(ONE.fingerprint, aim, near)
    store.save(OTHER.fingerprint, far)
    links = read_links(database).links
    assert {named.id for named in links.here[aim.id]} == {near.id, far.id}
    assert "Like the aim, only smaller." in {named.words for named in links.here[aim.id]}
    assert not links.gone
    store.remove(OTHER.fingerprint, far.id)
    assert [named.id for named in read_links(database).links.here[aim.id]] == [near.id]


def test_links_to_what_is_gone_are_known(database: Database) -> None:
    store = AnnotationStore(database)
    aim = note_on(ONE, "quiet", "The aim.")
    to_note = str(address_of(ONE.fingerprint, aim.id))
    to_text, to_nothing = str(address_of(ONE.fingerprint)), "sottovoce:open?text=0123456789abcdef"
    store.save(ONE.fingerprint, aim, note_on(ONE, "house", f"{to_note} {to_text} {to_nothing}"))
    assert read_links(database).links.gone == {to_nothing}
    store.remove(ONE.fingerprint, aim.id)
    assert read_links(database).links.gone == {to_nothing, to_note}


def test_notes_are_chosen_by_their_words(database: Database) -> None:
    store = AnnotationStore(database)
    first, second = note_on(ONE, "quiet", "**Silence** of the house"), note_on(ONE, "All was")
    store.save(ONE.fingerprint, first)
    store.save(ONE.fingerprint, second)
    notes = named_notes(database)
    assert [note.words for note in notes] == ["All was", "Silence of the house"]
    assert [note.id for note in notes_matching(notes, "HOUSE sil", 5)] == [first.id]
    assert [note.id for note in notes_matching(notes, "quiet house", 5)] == [first.id], "passage"
    assert notes_matching(notes, "nothing", 5) == []
    tagged = with_tags(second, ("rooms",), NOON)
    store.save(ONE.fingerprint, tagged)
    assert [n.id for n in notes_matching(named_notes(database), "#rooms", 5)] == [second.id]


def test_of_the_notes_offered_those_that_begin_as_typed_come_first(database: Database) -> None:
    other, begins = note_on(ONE, "quiet", "A house, silent."), note_on(ONE, "All", "House rules.")
    AnnotationStore(database).save(ONE.fingerprint, other, begins)
    notes = named_notes(database)
    assert [note.id for note in notes_matching(notes, " house", 5)] == [begins.id, other.id]
    assert [note.id for note in notes_matching(notes, "house", 1)] == [begins.id]


def test_words_of_a_link_cannot_break_it() -> None:
    assert markdown_link("a [b] \\ c\n d", "x:y") == "[a \\[b\\] \\\\ c d](x:y)"
    assert words_for(note_on(ONE, "quiet", "x" * 40 + " " + "y" * 80)).endswith("…")


def test_links_to_what_was_merged_lead_to_the_note_that_holds_it(database: Database) -> None:
    store, history = AnnotationStore(database), NoteHistory(AnnotationStore(database), ONE_VERSION)
    first, second, third = (note_on(ONE, word, f"On {word}.") for word in ("All", "was", "quiet"))
    to_first = str(address_of(ONE_VERSION, first.id))
    far = note_on(OTHER, "door", f"See [it]({to_first}).")
    history.save(first, second, third)
    store.save(OTHER.fingerprint, far)

    into_second = merged([first, second], second, ONE, Span(0, 0, 7), LATER)
    history.write({first.id: None, second.id: into_second})
    links = read_links(database).links
    assert [named.id for named in links.here[second.id]] == [far.id]
    assert not links.gone

    into_third = merged([into_second, third], third, ONE, Span(0, 0, 13), LATER)
    assert into_third.merged_ids == (second.id, first.id)
    history.write({second.id: None, third.id: into_third})
    links = read_links(database).links
    assert [named.id for named in links.here[third.id]] == [far.id]

    history.undo()
    history.undo()
    links = read_links(database).links
    assert [named.id for named in links.here[first.id]] == [far.id]
    assert not links.gone

    history.redo()
    history.remove(second.id)
    assert read_links(database).links.gone == {to_first}


def test_a_merged_note_is_not_linked_to_itself_and_one_put_back_has_its_links_again(
    database: Database,
) -> None:
    store = AnnotationStore(database)
    first = note_on(ONE, "All", "The first.")
    second = note_on(ONE, "was", f"After {address_of(ONE_VERSION, first.id)}.")
    whole = merged([first, second], second, ONE, Span(0, 0, 7), LATER)
    store.save(ONE_VERSION, first, second)
    store.write(ONE_VERSION, {first.id: None, second.id: whole})
    assert not read_links(database).links.here
    store.save(ONE_VERSION, first)
    assert set(read_links(database).links.here) == {first.id}
