"""`sottovoce plan FILE`: what would be spoken, in order, and what would be skipped and why."""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.trace import Trace
from reader.speech.engine import Utterance
from reader.speech.planner import Plan
from reader.speech.skipping import Skip
from reader.text.document import Document, Span


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the text")
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the plan of the text, as the user's settings have it; return the exit code."""
    from reader.formats.registry import open_document

    document = open_document(options.file)
    plan = Services(user_paths(options.data_dir), Trace(None)).plan(document)
    if options.json:
        json.dump(plan_as_json(plan), sys.stdout, ensure_ascii=False)
        print()
    else:
        for line in plan_lines(document, plan):
            print(line)
    return 0


def plan_as_json(plan: Plan) -> dict[str, list[dict[str, object]]]:
    """Return sentences, utterances and skipped passages with their places in code points.

    An utterance that goes on over a skipped passage is given in the parts around it, so that
    utterances and skipped passages together hold every word once.
    """
    skips = list(plan.skipped())
    sentences: dict[Span, None] = {}
    utterances: list[dict[str, object]] = []
    for utterance in plan.utterances():
        sentences[utterance.sentence] = None
        for span, spoken in parts_around(utterance, skips):
            said = {"spoken": spoken, "language": utterance.language}
            utterances.append({**_place(span), **said})
    return {
        "sentences": [_place(span) for span in sentences],
        "utterances": utterances,
        "skipped": [{**_place(skip.span), "reason": skip.reason} for skip in skips],
    }


def plan_lines(document: Document, plan: Plan) -> list[str]:
    """Return the plan for people: one line an utterance, skipped passages in brackets, in order."""
    entries = [(utterance.span, utterance.spoken) for utterance in plan.utterances()]
    for skip in plan.skipped():
        text = document.sections[skip.span.section].text[skip.span.start : skip.span.end]
        shown = " ".join(text.split())
        short = shown if len(shown) <= 60 else shown[:57].rstrip() + "..."
        entries.append((skip.span, f"[skipped, {skip.reason}: {short}]"))
    return [line for _, line in sorted(entries)]


def parts_around(utterance: Utterance, skips: Sequence[Skip]) -> Iterator[tuple[Span, str]]:
    """Yield the parts of an utterance between skipped passages, with what is said for each."""
    whole = utterance.span
    first = bisect_right(skips, (whole.section, whole.start), key=_end)
    last = bisect_left(skips, (whole.section, whole.end), key=_start)
    within = [skip.span for skip in skips[first:last]]
    starts = [whole.start, *(span.end for span in within)]
    ends = [*(span.start for span in within), whole.end]
    for start, end in zip(starts, ends, strict=True):
        pieces = [p for p in utterance.pieces if start <= p.source_start < end]
        if pieces:
            is_last = pieces[-1] == utterance.pieces[-1]
            last = len(utterance.spoken) if is_last else pieces[-1].spoken_end
            spoken = utterance.spoken[pieces[0].spoken_start : last]
            yield Span(whole.section, start, end), spoken


def _start(skip: Skip) -> tuple[int, int]:
    return skip.span.section, skip.span.start


def _end(skip: Skip) -> tuple[int, int]:
    return skip.span.section, skip.span.end


def _place(span: Span) -> dict[str, object]:
    return {"section": span.section, "start": span.start, "end": span.end}
