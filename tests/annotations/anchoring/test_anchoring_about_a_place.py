"""Of many notes those about a place are found first, as they are found among all."""

from __future__ import annotations

import pytest

from reader.annotations.anchoring import (
    UNKNOWN_PAST,
    Anchor,
    AnchorState,
    Finding,
    KnownPlace,
    Past,
)
from reader.annotations.model import Annotation
from reader.text.document import Document, Place
from tests.annotations.documents import document_of, note_on

_NOTES = 600


def _paragraph(number: int) -> str:
    return (
        f"House {number * 7919 % 9973} was built in the year {1100 + number}, and rebuilt twice. "
        f"Its {number * 31 % 701} windows look down on the river and its ferry."
    )


def _passage(number: int) -> str:
    return f"House {number * 7919 % 9973} was built"


OLD = document_of("\n\n".join(map(_paragraph, range(_NOTES))))
NEW = document_of(
    "\n\n".join(
        f"Put in before paragraph {number}. {_paragraph(number)}".replace("Its", "The")
        for number in range(_NOTES)
    )
)


@pytest.fixture(scope="module")
def notes() -> list[Annotation]:
    return [note_on(OLD, _passage(number)) for number in range(_NOTES)]


def _past(notes: list[Annotation], *, known_in: Document = OLD) -> Past:
    places = {}
    for number, note in enumerate(notes):
        start = known_in.sections[0].text.index(_passage(number))
        end = start + len(_passage(number))
        places[note.id] = KnownPlace(known_in.fingerprint, start, end)
    return Past(places, {OLD.fingerprint: OLD.sections[0].text})


def _passages(found: dict[int, Anchor]) -> list[str]:
    text = NEW.sections[0].text
    return [text[a.span.start : a.span.end] for a in found.values() if a.span is not None]


@pytest.mark.parametrize("read", [0, 150, _NOTES - 1])
def test_those_nearest_to_a_place_are_found_first(notes: list[Annotation], read: int) -> None:
    finding = Finding(notes, NEW, _past(notes))
    found = dict(finding.about(Place(0, NEW.sections[0].text.index(_passage(read)))))
    assert 0 < len(found) < _NOTES / 2
    assert read in found
    assert sorted(found) == list(range(min(found), max(found) + 1))
    assert _passages(found) == [_passage(number) for number in found]
    everything = finding.all()
    assert len(everything) == _NOTES
    assert found == {number: everything[number] for number in found}
    assert everything == Finding(notes, NEW, _past(notes)).all()


@pytest.mark.parametrize("read", [0, 150, _NOTES - 1])
def test_of_imported_ones_too_those_nearest_to_a_place_are_found_first(
    notes: list[Annotation], read: int
) -> None:
    finding = Finding(notes, NEW, UNKNOWN_PAST)
    found = dict(finding.about(Place(0, NEW.sections[0].text.index(_passage(read)))))
    assert 0 < len(found) < _NOTES / 2
    assert read in found
    assert sorted(found) == list(range(min(found), max(found) + 1))
    assert sorted(_passages(found)) == sorted(map(_passage, found))
    everything = finding.all()
    assert found == {number: everything[number] for number in found}
    assert everything == Finding(notes, NEW, UNKNOWN_PAST).all()


def test_imported_ones_that_stand_as_they_did_leave_no_doubt(notes: list[Annotation]) -> None:
    moved_on = document_of("A foreword.\n\n" + OLD.sections[0].text)
    anchors = Finding(notes, moved_on, UNKNOWN_PAST).about(Place(0, 0)).values()
    assert {anchor.state for anchor in anchors} == {AnchorState.MOVED}
    assert not any(anchor.needs_look for anchor in anchors)


def test_none_is_found_before_others_where_all_are_found_at_once(notes: list[Annotation]) -> None:
    assert Finding(notes, OLD, _past(notes)).about(Place(0, 0)) == {}
    assert Finding(notes[:20], NEW, _past(notes)).about(Place(0, 0)) == {}


def test_those_known_in_this_version_do_not_wait_for_the_few_that_are_not(
    notes: list[Annotation],
) -> None:
    known = _past(notes, known_in=NEW)
    few = _past(notes).places
    places = {**known.places, **{note.id: few[note.id] for note in notes[:3]}}
    finding = Finding(notes, NEW, Past(places, known.texts))
    found = finding.about(Place(0, 0))
    assert sorted(found) == list(range(3, _NOTES))
    assert [anchor.state for anchor in finding.all()] == [AnchorState.MOVED] * _NOTES
