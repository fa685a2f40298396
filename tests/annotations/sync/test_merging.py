"""Tests of reader.annotations.sync.merging, one note at a time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.annotations.model import Annotation, AnnotationId, annotation_from_json
from reader.annotations.sync.merging import MERGED_TAG, Removed, State, Version, merged
from tests.annotations.documents import annotation_json

NAME = AnnotationId("urn:example:1")


def at(hour: int) -> datetime:
    return datetime(2026, 11, 29, hour, tzinfo=UTC)


def note(text: str, hour: int = 1, **more: object) -> Annotation:
    modified = at(hour).isoformat()
    return annotation_from_json(annotation_json(id=NAME, bodyValue=text, modified=modified, **more))


def outcome(one: Version | None, other: Version | None) -> dict[AnnotationId, Version]:
    """Merge both ways round, which has to come to the same; return what came of it."""

    def notes(version: Version | None) -> dict[AnnotationId, Version]:
        return {} if version is None else {NAME: version}

    result = merged(notes(one), notes(other))
    assert result == merged(notes(other), notes(one))
    assert merged(result, notes(one)) == merged(result, result) == result
    return result


FIRST, ROME, MILAN = note("at first", 1), note("in Rome", 2), note("in Milan", 3)
GONE_EARLY, GONE_LATE = Removed(at(2)), Removed(at(9))
OLD = Version(FIRST)


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        (OLD, None, FIRST),
        (OLD, OLD, FIRST),
        (OLD, OLD.followed_by(ROME), ROME),
        (OLD, OLD.followed_by(MILAN).followed_by(ROME), ROME),
        (OLD, OLD.followed_by(GONE_EARLY), GONE_EARLY),
        (OLD.followed_by(GONE_EARLY), OLD.followed_by(GONE_LATE), GONE_LATE),
        (OLD.followed_by(MILAN), OLD.followed_by(GONE_LATE), MILAN),
        (OLD.followed_by(GONE_LATE), OLD.followed_by(GONE_LATE).followed_by(ROME), ROME),
    ],
    ids=[
        "made by one",
        "the same",
        "changed by one",
        "changed twice, by a clock that goes wrong",
        "removed by one",
        "removed by both",
        "removed by one, edited by the other",
        "brought back",
    ],
)
def test_what_becomes_of_a_note(one: Version, other: Version | None, state: State) -> None:
    ((name, version),) = outcome(one, other).items()
    assert name == NAME
    assert version.state == state


def test_what_was_taken_back_and_done_again_goes_its_way_everywhere() -> None:
    """A state that comes back is a version of its own: undo after a syncing holds."""
    edited = OLD.followed_by(ROME)
    undone = edited.followed_by(FIRST)
    redone = undone.followed_by(ROME)
    again = redone.followed_by(FIRST)
    versions = [OLD, edited, undone, redone, again]
    assert len({version.mark for version in versions}) == len(versions)
    for number, version in enumerate(versions):
        for later in versions[number:]:
            assert outcome(version, later)[NAME] == later


def test_of_two_edits_the_later_wins_and_the_other_is_a_note_of_its_own() -> None:
    result = outcome(OLD.followed_by(ROME), OLD.followed_by(MILAN))
    assert result.pop(NAME).state == MILAN
    ((name, copy),) = result.items()
    assert isinstance(copy.state, Annotation)
    assert copy.state.id == name
    assert copy.state.note_text == "in Rome"
    assert copy.state.tags == (MERGED_TAG,)
    assert copy.state.target == ROME.target


def test_a_note_of_its_own_that_was_removed_does_not_come_back() -> None:
    rome, milan = {NAME: OLD.followed_by(ROME)}, {NAME: OLD.followed_by(MILAN)}
    once = merged(rome, milan)
    (copy,) = once.keys() - {NAME}
    tidied = {**once, copy: once[copy].followed_by(GONE_LATE)}
    for late in (rome, milan, once):
        assert merged(tidied, late)[copy].state == GONE_LATE
        assert merged(late, tidied)[copy].state == GONE_LATE


def test_an_edit_that_the_later_one_holds_too_leaves_nothing_behind() -> None:
    longer = note("in Rome and Milan", 3)
    result = outcome(OLD.followed_by(ROME), OLD.followed_by(longer))
    assert [version.state for version in result.values()] == [longer]


def test_edits_of_one_moment_are_decided_alike_everywhere() -> None:
    one, other = note("one", 2), note("other", 2)
    result = outcome(OLD.followed_by(one), OLD.followed_by(other))
    texts = {v.state.note_text for v in result.values() if isinstance(v.state, Annotation)}
    assert texts == {"one", "other"}


def test_one_who_has_seen_both_is_followed_by_all() -> None:
    rome, milan = OLD.followed_by(ROME), OLD.followed_by(MILAN)
    decided = outcome(rome, milan)[NAME].followed_by(note("in both", 4))
    for version in (OLD, rome, milan):
        assert outcome(version, decided)[NAME].state == note("in both", 4)
