"""`sottovoce plan FILE`: what would be spoken, in order, and what would be skipped and why."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from reader.speech.planner import Plan
from reader.text.document import Document, Span


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the text")
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the plan of the text; return the exit code."""
    from reader.formats.registry import open_document

    document = open_document(options.file)
    if options.json:
        json.dump(plan_as_json(document), sys.stdout, ensure_ascii=False)
        print()
    else:
        for line in plan_lines(document):
            print(line)
    return 0


def plan_as_json(document: Document) -> dict[str, list[dict[str, object]]]:
    """Return sentences, utterances and skipped passages with their places in code points."""
    plan = Plan(document)
    return {
        "sentences": [_place(span) for span in plan.sentences()],
        "utterances": [
            {
                **_place(utterance.span),
                "spoken": utterance.spoken,
                "language": utterance.language,
            }
            for utterance in plan.utterances()
        ],
        "skipped": [{**_place(skip.span), "reason": skip.reason} for skip in plan.skipped()],
    }


def plan_lines(document: Document) -> list[str]:
    """Return the plan for people: one line an utterance, skipped passages in brackets, in order."""
    plan = Plan(document)
    entries = [(utterance.span, utterance.spoken) for utterance in plan.utterances()]
    for skip in plan.skipped():
        text = document.sections[skip.span.section].text[skip.span.start : skip.span.end]
        shown = " ".join(text.split())
        short = shown if len(shown) <= 60 else shown[:57].rstrip() + "..."
        entries.append((skip.span, f"[skipped, {skip.reason}: {short}]"))
    return [line for _, line in sorted(entries)]


def _place(span: Span) -> dict[str, object]:
    return {"section": span.section, "start": span.start, "end": span.end}
