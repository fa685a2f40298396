"""Links to places go along when their text changes, and are known at the place they lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.anchoring import UNKNOWN_PAST
from reader.annotations.linked_places import (
    LONGEST_WORDS,
    LinkedPlace,
    address_of_place,
    linked_places,
    with_places,
)
from reader.annotations.links import addresses_in, markdown_link, read_links
from reader.annotations.store import AnnotationStore
from reader.storage.database import Database
from reader.text.address import address_from
from reader.text.document import Document, Place
from tests.annotations.documents import document_of, note_on

FIRST = "All was quiet in the house, and nobody spoke a word to anybody else that night."
SECOND = "Somebody knocked (twice, “loudly”) at the door.\nThen it was quiet in the house again."
DOCUMENT = document_of(FIRST, SECOND)


def found(link: str, document: Document) -> LinkedPlace | None:
    """Return where a link that is written in a note leads to in a document."""
    (written,) = addresses_in(f"see {link}, and on.")
    address = address_from(written)
    assert address is not None
    return linked_places([address], document, UNKNOWN_PAST)[0]


@pytest.mark.parametrize("words", ["Somebody", "knocked", "“loudly”", "Then it", "again"])
def test_an_address_of_a_place_leads_there_and_says_what_stands_there(words: str) -> None:
    place = Place(1, SECOND.index(words))
    address = address_of_place(DOCUMENT, place)
    assert SECOND[place.offset :].startswith(address.words)
    assert len(address.words) <= LONGEST_WORDS
    assert found(markdown_link("there", str(address)), DOCUMENT) == LinkedPlace(place, is_sure=True)


def test_a_place_is_found_in_the_changed_text_by_its_words() -> None:
    link = str(address_of_place(DOCUMENT, Place(1, SECOND.index("Then it was"))))
    longer = document_of("A new beginning.", FIRST, "Much later. " + SECOND)
    there = found(link, longer)
    assert there == LinkedPlace(Place(2, longer.sections[2].text.index("Then it was")), True)


def test_a_place_that_is_gone_is_where_it_was_and_not_sure() -> None:
    place = Place(1, SECOND.index("Then it was"))
    link = str(address_of_place(DOCUMENT, place))
    other = document_of("x" * 500, "Quite another text, as long as the one before was, and longer.")
    assert found(link, other) == LinkedPlace(place, is_sure=False)
    assert found(link, document_of("One section, short.")) is None


def test_an_address_without_words_leads_where_it_did_and_is_not_sure() -> None:
    link = str(address_of_place(DOCUMENT, Place(0, 8))).partition("&words")[0]
    assert found(link, DOCUMENT) == LinkedPlace(Place(0, 8), is_sure=True)
    assert found(link, document_of("Changed. " + FIRST)) == LinkedPlace(Place(0, 8), is_sure=False)


@given(st.text(min_size=1), st.integers(0, 200))
def test_addresses_of_places_are_read_back_whatever_stands_there(text: str, at: int) -> None:
    document = document_of(text)
    place = Place(0, min(at, len(text)))
    address = address_of_place(document, place)
    written = str(address)
    assert addresses_in(f"[x]({written}).") == (written,)
    assert address_from(written) == address or any("\ud800" <= c <= "\udfff" for c in text)


def test_the_notes_that_lead_to_a_place_are_known_also_once_the_text_has_changed(
    database: Database,
) -> None:
    store = AnnotationStore(database)
    place = Place(1, SECOND.index("Somebody"))
    link = markdown_link("the knock", str(address_of_place(DOCUMENT, place)))
    other = document_of("Another text that says something.")
    near = note_on(DOCUMENT, "quiet in the house, and", f"Until {link}.")
    far = note_on(other, "says", f"Like {link}.")
    store.save(DOCUMENT.fingerprint, near)
    store.save(other.fingerprint, far)
    read = read_links(database, DOCUMENT.fingerprint)
    assert not read.links.gone
    links = with_places(read.links, read.to_places, DOCUMENT, UNKNOWN_PAST)
    assert [note.id for note in links.places[place]] == [near.id, far.id]
    assert not read_links(database, other.fingerprint).to_places

    changed = document_of(FIRST, "Once more. " + SECOND)
    links = with_places(read.links, read.to_places, changed, UNKNOWN_PAST)
    assert list(links.places) == [Place(1, place.offset + len("Once more. "))]
