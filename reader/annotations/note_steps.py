"""What was done to a text's annotations, step by step: the values, and how they are kept."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reader.annotations.model import Annotation, AnnotationId, annotation_from_text
from reader.values import value


@value
class Change:
    """What became of one annotation; `before` or `after` is None where there was or is none."""

    id: AnnotationId
    before: Annotation | None
    after: Annotation | None

    @property
    def reverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.id, self.after, self.before)


Steps = Sequence[tuple[Change, ...]]
"""Things done to annotations one after the other."""


def steps_as_text(done: Steps, undone: Steps) -> str:
    """Return steps done and undone as they are kept."""
    return json.dumps([_as_json(done), _as_json(undone)], ensure_ascii=False)


def steps_from_text(kept: str) -> tuple[Steps, Steps]:
    """Return the steps that `steps_as_text` was given."""
    done, undone = json.loads(kept)
    return _from_json(done), _from_json(undone)


def _as_json(steps: Steps) -> list[list[list[str | None]]]:
    def text_of(annotation: Annotation | None) -> str | None:
        return None if annotation is None else annotation.json_text

    return [[[c.id, text_of(c.before), text_of(c.after)] for c in changes] for changes in steps]


def _from_json(steps: list[list[list[str | None]]]) -> Steps:
    def annotation_of(text: str | None) -> Annotation | None:
        return None if text is None else annotation_from_text(text)

    return tuple(
        tuple(
            Change(AnnotationId(name or ""), annotation_of(before), annotation_of(after))
            for name, before, after in changes
        )
        for changes in steps
    )
