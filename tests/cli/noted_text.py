"""A short text, notes on it, and the command that lists and moves them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reader.__main__ import main

TEXT = "All was quiet in the house.\nOnly the clock went on, and the rain.\n"


def note(number: int, exact: str, **more: Any) -> dict[str, Any]:
    start = TEXT.find(exact)
    selectors: list[dict[str, Any]] = [{"type": "TextQuoteSelector", "exact": exact}]
    if start >= 0:
        end = start + len(exact)
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    return {
        "id": f"urn:example:{number}",
        "type": "Annotation",
        "motivation": "commenting",
        "created": "2026-05-01T12:00:00Z",
        "target": {"source": "story.txt", "selector": selectors},
        "body": [
            {"type": "TextualBody", "value": f"note {number}", "purpose": "commenting"},
            {"type": "TextualBody", "value": "sound", "purpose": "tagging"},
        ],
        **more,
    }


def collection(*notes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:example:c",
        "type": "AnnotationCollection",
        "total": len(notes),
        "first": {"type": "AnnotationPage", "x:page": 1, "items": list(notes)},
        **more,
    }


def put(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def run(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run `sottovoce notes …`; return its exit code, output and errors."""
    code = main(["notes", *(str(argument) for argument in arguments)])
    return code, *capfd.readouterr()


def listed(capfd: pytest.CaptureFixture[str], text_path: Path) -> list[dict[str, Any]]:
    code, output, _ = run(capfd, "list", text_path, "--json")
    assert code == 0
    rows: list[dict[str, Any]] = json.loads(output)
    return rows
