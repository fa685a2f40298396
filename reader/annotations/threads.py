"""Notes and what was said to them: replies in threads, each under the note it began with."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import UTC, datetime

from reader.annotations.model import Annotation, AnnotationId
from reader.values import value

_EVER = datetime.min.replace(tzinfo=UTC)


@value
class Reply:
    """A reply in its thread; `depth` is 1 for one to the note itself."""

    annotation: Annotation
    depth: int


@value
class Threads:
    """Who answers whom. `stray` are replies to what is gone, with those that answer them apart."""

    replies: Mapping[AnnotationId, tuple[Reply, ...]]
    """By the note a thread begins with: its replies, each before those that answer it."""
    roots: Mapping[AnnotationId, AnnotationId]
    """For each reply, the note that its thread begins with."""
    stray: frozenset[AnnotationId]


def threads_of(annotations: Iterable[Annotation]) -> Threads:
    """Return the threads among these notes. A stray reply begins a thread of its own.

    A reply to a note that was merged into another, as another machine may have made it meanwhile,
    answers that other one.
    """
    known = {annotation.id: annotation for annotation in annotations}
    holders = {gone: one.id for one in known.values() for gone in one.merged_ids}
    answering = [one for one in known.values() if one.answered is not None]
    return threads_among(answering, known, holders)


def threads_among(
    answering: Iterable[Annotation],
    known: Container[AnnotationId],
    holders: Mapping[AnnotationId, AnnotationId],
) -> Threads:
    """Return the threads of replies to what is `known`; `holders` say what was merged into what."""
    answers: dict[AnnotationId, list[Annotation]] = {}
    below: set[AnnotationId] = set()
    stray: set[AnnotationId] = set()
    for annotation in answering:
        answered = annotation.answered
        if answered is not None and answered not in known:
            answered = holders.get(answered, answered)
        if answered is not None and answered in known and answered != annotation.id:
            answers.setdefault(answered, []).append(annotation)
            below.add(annotation.id)
        else:
            stray.add(annotation.id)
    replies = {name: tuple(_thread(name, answers)) for name in answers if name not in below}
    roots = {r.annotation.id: root for root, thread in replies.items() for r in thread}
    # replies that answer each other in a ring, as no program of good will writes them
    stray.update(below - roots.keys())
    return Threads(replies, roots, frozenset(stray))


def _thread(root: AnnotationId, answers: Mapping[AnnotationId, list[Annotation]]) -> list[Reply]:
    found: list[Reply] = []
    waiting = [(answer, 1) for answer in _latest_first(answers[root])]
    while waiting:
        annotation, depth = waiting.pop()
        found.append(Reply(annotation, depth))
        below = _latest_first(answers.get(annotation.id, ()))
        waiting += [(answer, depth + 1) for answer in below]
    return found


def _latest_first(answers: Iterable[Annotation]) -> list[Annotation]:
    return sorted(answers, key=lambda a: (a.created or _EVER, a.id), reverse=True)
