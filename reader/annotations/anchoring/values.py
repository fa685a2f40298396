"""What anchoring tells of an annotation: where it stands now, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from reader.annotations.model import AnnotationId
from reader.text.document import Fingerprint, Span
from reader.values import value


class AnchorState(StrEnum):
    """How sure a place is; the values are those of `notes list --json`."""

    ANCHORED = "anchored"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    ORPHAN = "orphan"


@value
class Anchor:
    """Where an annotation stands now. An orphan has no span; an ambiguous one its likeliest."""

    state: AnchorState
    span: Span | None
    score: float
    """0 to 1: how much of the quote stands there, and where no earlier text is kept, how much of
    its surroundings."""
    needs_look: bool = False
    """Whether the user should be asked to look: it is likely the passage, not surely."""
    is_changed: bool = False
    """Whether the passage no longer says what was quoted, to the letter."""
    range: tuple[int, int] | None = None
    """The place in the whole text, of which a span, in one section, may be a part."""
    candidates: tuple[Span, ...] = ()
    """Where the passage may be, likeliest first: for one that is ambiguous, or an orphan."""


ORPHANED = Anchor(AnchorState.ORPHAN, None, 0.0)


@value
class KnownPlace:
    """Where an annotation surely stood in one version: a range of its whole text."""

    version: Fingerprint
    start: int
    end: int


@value
class Past:
    """What is known of a text's earlier versions.

    `texts` gives the whole text of a version, newest first; it may read each when asked for it.
    """

    places: Mapping[AnnotationId, KnownPlace] = MappingProxyType({})
    texts: Mapping[Fingerprint, str] = MappingProxyType({})
    lengths: tuple[int, ...] = ()
    """Of the sections of this version, if its text is kept: then those that no note stands in
    needn't be read."""


UNKNOWN_PAST = Past()
