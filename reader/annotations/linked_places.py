"""Places that links lead to, found in the text as it is now: they go along when it changes."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotations.anchoring import Anchor, AnchorState, Past, anchor_annotations
from reader.annotations.json_ld import CONTEXT, JsonObject
from reader.annotations.links import NamedNote, NoteLinks
from reader.annotations.model import SECTION_BREAK, Annotation, annotation_from_json
from reader.text.address import Address, address_of, text_key
from reader.text.document import Document, Place
from reader.text.lazy_sections import exact_length_of
from reader.values import replaced, value

LONGEST_WORDS = 48
"""Code points of the text that an address carries: so many tell a place from all others."""


@value
class LinkedPlace:
    """A place as it is now; one that isn't sure is the likeliest."""

    place: Place
    is_sure: bool


def address_of_place(document: Document, place: Place) -> Address:
    """Return the address of a place, with the words that stand there."""
    text = document.sections[place.section].text
    words = text[place.offset : place.offset + LONGEST_WORDS]
    whole = words.rpartition(" ")[0] if len(words) == LONGEST_WORDS else words
    # what an address ends with is taken for the sentence's around it
    words = (whole or words).rstrip(" \n\t.,;:!?*_~")
    return replaced(address_of(document.fingerprint, place=place), words=words)


def linked_places(
    addresses: Sequence[Address], document: Document, past: Past
) -> tuple[LinkedPlace | None, ...]:
    """Return where addresses of places in a text lead now, None where it has no such place.

    What an address of an earlier version leads to is found by its words, as notes are. Slow for a
    large text that changed: all of it is read.
    """
    found: dict[Address, LinkedPlace | None] = {}
    sought: dict[Address, Annotation] = {}
    for address in dict.fromkeys(addresses):
        if address.text_key == text_key(document.fingerprint) or not address.words:
            found[address] = _as_written(address, document)
        else:
            sought[address] = _as_annotation(address, document)
    if sought:
        anchors = anchor_annotations(sought.values(), document, past)
        for address, anchor in zip(sought, anchors, strict=True):
            found[address] = _found(anchor) or _unsure(_as_written(address, document))
    return tuple(found[address] for address in addresses)


def with_places(
    links: NoteLinks,
    to_places: Sequence[tuple[Address, NamedNote]],
    document: Document,
    past: Past,
) -> NoteLinks:
    """Return links with the places in a document that some of them lead to."""
    places = linked_places([address for address, _ in to_places], document, past)
    by_place: dict[Place, dict[NamedNote, None]] = {}
    for (_, note), found in zip(to_places, places, strict=True):
        if found is not None:
            by_place.setdefault(found.place, {})[note] = None
    return replaced(links, places={place: tuple(notes) for place, notes in by_place.items()})


def _as_written(address: Address, document: Document) -> LinkedPlace | None:
    place = address.place
    if place is None or place.section >= len(document.sections):
        return None
    if place.offset > len(document.sections[place.section].text):
        return None
    return LinkedPlace(place, address.text_key == text_key(document.fingerprint))


def _unsure(found: LinkedPlace | None) -> LinkedPlace | None:
    return None if found is None else replaced(found, is_sure=False)


def _found(anchor: Anchor) -> LinkedPlace | None:
    if anchor.span is None:
        return None
    # a link only shows the place: words that stand there to the letter, and there only, will do
    is_sure = anchor.state is not AnchorState.AMBIGUOUS and not anchor.is_changed
    return LinkedPlace(anchor.span.first_place, is_sure)


def _as_annotation(address: Address, document: Document) -> Annotation:
    """Return an annotation on what an address leads to, for who finds those."""
    place = address.place or Place(0, 0)
    before = sum(
        exact_length_of(document.sections, number) + len(SECTION_BREAK)
        for number in range(min(place.section, len(document.sections)))
    )
    start = before + place.offset
    target: JsonObject = {
        "source": str(address),
        "selector": [
            {"type": "TextQuoteSelector", "exact": address.words},
            {"type": "TextPositionSelector", "start": start, "end": start + len(address.words)},
        ],
    }
    return annotation_from_json(
        {"@context": CONTEXT, "id": str(address), "type": "Annotation", "target": target}
    )
