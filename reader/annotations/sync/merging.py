"""Two versions of a text's notes made one, each note knowing which of its states it came after.

A state that came after the other one wins. Where neither did, because two machines changed a note
without knowing of each other, the later change wins, and what the other one wrote becomes a note
of its own. So nothing that was written is lost, and every machine makes the same of the same
versions, in whatever order it meets them.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from reader.annotations.editing import with_tags
from reader.annotations.model import Annotation, AnnotationId, annotation_from_json
from reader.values import replaced, value

MERGED_TAG = "edited twice"
"""Marks a note made of an edit that lost against a later one."""

_EVER = datetime.min.replace(tzinfo=UTC)


@value
class Removed:
    """A note that was removed, and when: what keeps it from coming back from another machine."""

    when: datetime


State = Annotation | Removed


@value
class Version:
    """A note as it is, and the marks of the versions it came after, sorted."""

    state: State
    earlier: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What tells this version from all others of the note, those with the same state too.

        Undo brings a state back: it is known from the first time by how often it was before.
        """
        digest = digest_of(self.state)
        times = sum(mark.partition(".")[0] == digest for mark in self.earlier)
        return f"{digest}.{times}" if times else digest

    def followed_by(self, state: State) -> Version:
        """Return the version that this one became."""
        if state == self.state:
            return self
        return Version(state, tuple(sorted({*self.earlier, self.mark})))


Notes = Mapping[AnnotationId, Version]
"""A text's notes by their ids, those that were removed included."""


def digest_of(state: State) -> str:
    """Return what tells one state of a note from all others."""
    text = state.when.isoformat() if isinstance(state, Removed) else state.json_text
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def changed_at(state: State) -> datetime:
    """Return when a note came into a state, the beginning of time if it doesn't say."""
    if isinstance(state, Removed):
        return state.when
    when = state.modified or state.created
    if when is None:
        return _EVER
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)


def merged(one: Notes, other: Notes) -> dict[AnnotationId, Version]:
    """Return what two versions of a text's notes come to; the same whichever is which."""
    result: dict[AnnotationId, Version] = dict(one)
    for name in dict.fromkeys((*one, *other)):
        if name in one and name in other:
            kept, *own = _merged_note(one[name], other[name])
            result[name] = kept
        elif name in other:
            result[name], own = other[name], []
        else:
            continue
        for copy in own:
            assert isinstance(copy.state, Annotation)
            # it may be there already, made elsewhere, and edited or removed since
            known = result.get(copy.state.id) or other.get(copy.state.id)
            result[copy.state.id] = next(_merged_note(known, copy)) if known else copy
    return result


def _merged_note(one: Version, other: Version) -> Iterator[Version]:
    """Yield what a note becomes, and what else has to be kept of it as notes of their own."""
    if one.state == other.state:
        yield replaced(one, earlier=tuple(sorted({*one.earlier, *other.earlier})))
    elif one.mark in other.earlier:
        yield other
    elif other.mark in one.earlier:
        yield one
    else:
        winner, loser = sorted((one, other), key=_rank, reverse=True)
        earlier = {*one.earlier, *other.earlier, loser.mark}
        yield Version(winner.state, tuple(sorted(earlier)))
        if _says_more(loser.state, winner.state):
            yield _of_its_own(loser.state)


def _rank(version: Version) -> tuple[bool, datetime, str]:
    """What decides between states that don't know of each other: an edit beats a removal."""
    is_there = isinstance(version.state, Annotation)
    return is_there, changed_at(version.state), digest_of(version.state)


def _says_more(loser: State, winner: State) -> bool:
    """Whether something was written in the version that lost that isn't in the other one."""
    if isinstance(loser, Removed) or isinstance(winner, Removed):
        return False
    return loser.note_text not in winner.note_text or not {*loser.tags} <= {*winner.tags}


def _of_its_own(state: State) -> Version:
    """Return a state as another note, the same on every machine that comes to make it."""
    assert isinstance(state, Annotation)
    raw = state.raw
    raw["id"] = uuid.uuid5(uuid.NAMESPACE_URL, state.json_text).urn
    copy = annotation_from_json(raw)
    tags = tuple(dict.fromkeys((*state.tags, MERGED_TAG)))
    return Version(with_tags(copy, tags, changed_at(state)))
