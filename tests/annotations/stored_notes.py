"""Notes of one short text, as tests of the store make and look at them."""

from __future__ import annotations

import json
from pathlib import Path

from reader.annotations.model import Annotation, Json, annotation_from_json
from reader.annotations.store import AnnotationStore
from tests.annotations.documents import COLLECTION, annotation_json, document_of

DOCUMENT = document_of("All was quiet in the house. Only the clock went on.")


def item(number: int, note: str = "", **more: Json) -> Annotation:
    body: Json = {"type": "TextualBody", "value": note} if note else None
    return annotation_from_json(annotation_json(id=f"urn:example:{number}", body=body, **more))


def put_sidecar(text_path: Path, *annotations: Annotation, **around: Json) -> Path:
    path = text_path.with_name("story.annotations.jsonld")
    items: list[Json] = [dict(annotation.raw) for annotation in annotations]
    page: Json = {"type": "AnnotationPage", "items": items}
    value = {**COLLECTION, "total": len(items), "first": page, **around}
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def notes_of(store: AnnotationStore) -> list[tuple[str, str]]:
    annotations = store.of_document(DOCUMENT.fingerprint)
    return [(annotation.id.split(":")[-1], annotation.note_text) for annotation in annotations]
