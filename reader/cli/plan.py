"""`sottovoce plan FILE`: what would be spoken, in order, and what would be skipped and why."""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.trace import Trace
from reader.cli import heard
from reader.cli.heard import Heard
from reader.cli.output import print_result
from reader.speech.engine import Utterance, VoiceId
from reader.speech.planning.skipping import Skip
from reader.text.document import Span

NOT_HIGHLIGHTED = "not highlighted"
"""Why a sentence is skipped where only those with highlights are read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the text")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    heard.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print the plan of the text, as the user's settings have it; return the exit code."""
    from reader.formats.registry import open_document

    document = open_document(options.file)
    services = Services(user_paths(options.data_dir), Trace(None), leaves_traces=False)
    reading = VoiceId(services.loaded_settings.settings.voice)
    try:
        what = heard.heard_of(services, document, options, reading)
        if options.json:
            plan = plan_as_json(what, has_notes=options.notes is not None)
            print_result(json.dumps(plan, ensure_ascii=False) + "\n")
        else:
            print_result("".join(f"{line}\n" for line in plan_lines(what)))
    finally:
        services.close()
    return 0


def plan_as_json(what: Heard, *, has_notes: bool = False) -> dict[str, list[dict[str, object]]]:
    """Return sentences, utterances and skipped passages with their places in code points.

    An utterance that goes on over a skipped passage is given in the parts around it, so that
    utterances and skipped passages together hold every word once. With notes there is also what is
    read of them, in order, each with its passage, and where a sound tells of one.
    """
    skips = list(what.plan.skipped())
    skipped = [{**_place(skip.span), "reason": str(skip.reason)} for skip in skips]
    skipped += [{**_place(span), "reason": NOT_HIGHLIGHTED} for span in _left_out(what, skips)]
    sentences: dict[Span, None] = {}
    utterances: list[dict[str, object]] = []
    asides: list[dict[str, object]] = []
    sounds: list[dict[str, object]] = []
    for take in what.takes(what.said.utterances()):
        utterance = take.utterance
        sounds += [{"section": place.section, "start": place.offset} for place in take.earcons]
        said = {"spoken": utterance.spoken, "language": utterance.language}
        if take.note is not None:
            asides.append(
                {**_place(take.note.span), "note": take.note.note, **said, "voice": utterance.voice}
            )
            continue
        sentences[utterance.sentence] = None
        for span, spoken in parts_around(utterance, skips):
            utterances.append({**_place(span), **said, "spoken": spoken})
    plan = {
        "sentences": [_place(span) for span in sentences],
        "utterances": utterances,
        "skipped": sorted(skipped, key=lambda row: (row["section"], row["start"])),
    }
    return {**plan, "asides": asides, "sounds": sounds} if has_notes else plan


def _left_out(what: Heard, skips: Sequence[Skip]) -> Iterator[Span]:
    """Yield what would be said of the text, but isn't as it isn't highlighted."""
    if what.sentences is None:
        return
    chosen = set(what.sentences)
    for utterance in what.plan.utterances():
        if utterance.sentence not in chosen:
            yield from (span for span, _ in parts_around(utterance, skips))


def plan_lines(what: Heard) -> list[str]:
    """Return the plan for people: one line an utterance, in order; in brackets what is skipped, and
    notes that are read. Of sentences that aren't chosen nothing is told."""
    entries: list[tuple[Span, str]] = []
    for take in what.takes(what.said.utterances()):
        spoken = take.utterance.spoken
        line = spoken if take.note is None else f"[note, {take.utterance.voice or 'same voice'}: "
        entries.append((take.utterance.span, line if take.note is None else f"{line}{spoken}]"))
    for skip in () if what.sentences is not None else what.plan.skipped():
        text = what.document.sections[skip.span.section].text[skip.span.start : skip.span.end]
        shown = " ".join(text.split())
        short = shown if len(shown) <= 60 else shown[:57].rstrip() + "..."
        entries.append((skip.span, f"[skipped, {skip.reason}: {short}]"))
    return [line for _, line in sorted(entries, key=lambda entry: entry[0])]


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
