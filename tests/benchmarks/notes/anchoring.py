"""How well notes are found again in revised texts, and how quickly in a large one.

`python -m tests.benchmarks.notes.anchoring` prints the whole table of one seed.

Every passage's true place is known. Right: it overlaps what was found by half of both together.
Wrong: no overlap, or anything found for a passage that is gone. Silent: wrong, and nobody is
asked to look.
"""

from __future__ import annotations

import argparse
import gc
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from reader.annotations.anchoring import (
    Anchor,
    AnchorState,
    Finding,
    KnownPlace,
    Past,
    WholeText,
    anchor_annotations,
)
from reader.annotations.anchoring.skeleton import Skeleton
from reader.annotations.editing import new_annotation
from reader.annotations.model import Annotation, AnnotationId
from reader.text.document import Block, BlockKind, Document, Place, Section, Span, fingerprint_of
from tests.benchmarks.figures import Figure, at_least, at_most
from tests.benchmarks.notes.anchoring_bound import is_told
from tests.benchmarks.notes.anchoring_published import find_quote
from tests.benchmarks.notes.anchoring_revisions import (
    APART,
    KINDS,
    Revision,
    Truth,
    Truths,
    planted,
    quotes_in,
)
from tests.benchmarks.notes.anchoring_texts import SCRIPTS, book_texts, made_song, made_text
from tests.conftest import SHARED_INPUTS

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
SONG = "song with a refrain"
BOOK_CHARACTERS = 150_000
SCRIPT_CHARACTERS = 60_000

LARGE_CHARACTERS = 6_300_000
LARGE_NOTES = 10_000
_LARGE_KINDS = ("unchanged", "new edition", "inserted", "curly quotes", "everything")
_SEEDS = (1, 2, 3, 4, 5)
_NOTES_EACH = 60


@dataclass(slots=True)
class Tally:
    """How often what happened. `stands`: all but a tenth of the passage is there."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    silent: int = 0
    seconds: float = 0.0

    def add(self, outcome: str, truth: Truth, *, is_silent: bool) -> None:
        """Count one passage."""
        fate = "gone" if truth.range is None else "stands" if truth.kept >= 0.9 else "changed"
        self.outcomes[fate, outcome] += 1
        self.silent += outcome == "wrong" and is_silent

    def count(self, outcome: str = "", fate: str = "") -> int:
        """Return how many passages had that fate and that outcome; "" for any."""
        return sum(
            number
            for (a_fate, an_outcome), number in self.outcomes.items()
            if fate in ("", a_fate) and outcome in ("", an_outcome)
        )

    def row(self, name: str) -> str:
        """Return a line of the table."""
        total = self.count()
        stands, changed = self.count(fate="stands"), self.count(fate="changed")
        gone = self.count(fate="gone")

        def share(number: int, of: int, digits: int = 2) -> str:
            return f"{100 * number / of:.{digits}f}" if of else "–"

        cells = [
            f"{name:<28}",
            f"{total:>6}",
            f"{share(self.count('right', 'stands'), stands):>7}",
            f"{share(self.count('right', 'changed'), changed, 1):>7}",
            f"{share(self.count('ambiguous'), total):>7}",
            f"{share(self.count('orphan', 'stands'), stands):>7}",
            f"{share(self.count('partly'), total):>7}",
            f"{share(self.count('wrong'), total, 3):>7}",
            f"{share(self.silent, total, 3):>7}",
            f"{share(self.count('orphan', 'gone'), gone, 1):>7}",
            f"{self.seconds:>7.1f}",
        ]
        return "| " + " | ".join(cells) + " |"


HEADS = (
    "way, text or revision", "notes", "stands", "changed", "ambig.", "orphan", "partly",
    "wrong", "silent", "gone ok", "s",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A text, its revision, and passages of which it is known where they went."""

    text_name: str
    kind: str
    old: Document
    new: Document
    passages: tuple[tuple[int, int], ...]
    truths: tuple[Truth, ...]


def document_of(text: str) -> Document:
    """Return a document of one section."""
    blocks = (Block(0, len(text), BlockKind.PARAGRAPH),)
    return Document("", (), None, (Section(0, "", text, blocks),), fingerprint_of([text]))


def text_of(document: Document) -> str:
    """Return the text of a document of one section."""
    return document.sections[0].text


def texts() -> Iterator[tuple[str, list[str]]]:
    """Give the paragraphs of each text that is measured."""
    for name, paragraphs in book_texts(SHARED_INPUTS).items():
        yield name, _cut(paragraphs, BOOK_CHARACTERS)
    yield "made prose", made_text("Latin", BOOK_CHARACTERS)
    yield SONG, made_song()
    for script in SCRIPTS:
        yield script, made_text(script, SCRIPT_CHARACTERS)


def _cut(paragraphs: Sequence[str], characters: int) -> list[str]:
    found: list[str] = []
    length = 0
    for paragraph in paragraphs[len(paragraphs) // 5 :]:
        found.append(paragraph)
        length += len(paragraph)
        if length > characters:
            break
    return found


def cases(
    passages_each: int,
    seed: int,
    only_texts: str = "",
    only_kinds: str = "",
    kinds: Mapping[str, Callable[[Revision], None]] = KINDS,
) -> Iterator[Case]:
    """Give every text in every revision."""
    spare = made_text("Latin", 40_000, seed=99)
    for text_name, paragraphs in texts():
        if only_texts not in text_name:
            continue
        others = made_text(text_name, 30_000, seed=98) if text_name in SCRIPTS else spare
        for number, (kind, revise) in enumerate(kinds.items()):
            if only_kinds not in kind:
                continue
            revision = Revision(paragraphs, seed * 100 + number, others)
            revise(revision)
            new, origins = revision.finished()
            passages = quotes_in(revision.old, passages_each, seed * 1000 + number)
            truths = Truths(revision.old, new, origins)
            yield Case(
                text_name,
                kind,
                document_of(revision.old),
                document_of(new),
                tuple(passages),
                tuple(truths.of(start, end) for start, end in passages),
            )


def notes_of(document: Document, passages: Iterable[tuple[int, int]]) -> list[Annotation]:
    """Return a note on each passage."""
    return [
        new_annotation(document, Span(0, start, end), source="a", created=MADE_AT)
        for start, end in passages
    ]


def past_of(document: Document, notes: Sequence[Annotation]) -> Past:
    """Return what is kept of the version that the notes were made on."""
    places: dict[AnnotationId, KnownPlace] = {}
    for note in notes:
        position = note.target.position
        if position is not None:
            places[note.id] = KnownPlace(document.fingerprint, position.start, position.end)
    return Past(places, {document.fingerprint: WholeText(document).text})


def outcome_of(found: Span | None, truth: Truth, *, is_ambiguous: bool) -> str:
    """Judge one answer."""
    if is_ambiguous:
        return "ambiguous"
    if found is None:
        return "orphan"
    if truth.range is None:
        return "wrong"
    low, high = truth.range
    shared = min(high, found.end) - max(low, found.start)
    if shared <= 0:
        return "wrong"
    either = max(high, found.end) - min(low, found.start)
    return "right" if shared >= either / 2 else "partly"


def measure_ours(case: Case, tally: Tally, *, has_past: bool) -> list[tuple[str, Anchor]]:
    """Anchor the notes of a case and judge each answer."""
    notes = notes_of(case.old, case.passages)
    past = past_of(case.old, notes) if has_past else Past()
    began = time.perf_counter()
    anchors = anchor_annotations(notes, case.new, past)
    tally.seconds += time.perf_counter() - began
    outcomes = []
    for anchor, truth in zip(anchors, case.truths, strict=True):
        is_ambiguous = anchor.state == AnchorState.AMBIGUOUS
        outcome = outcome_of(anchor.span, truth, is_ambiguous=is_ambiguous)
        tally.add(outcome, truth, is_silent=not anchor.needs_look)
        outcomes.append((outcome, anchor))
    return outcomes


def measure_published(case: Case, tally: Tally, every: int) -> None:
    """Judge the published way's answers to one passage in so many."""
    old, new = text_of(case.old), text_of(case.new)
    for (start, end), truth in list(zip(case.passages, case.truths, strict=True))[::every]:
        began = time.perf_counter()
        found = find_quote(
            new, old[start:end], old[max(0, start - 32) : start], old[end : end + 32], start
        )
        tally.seconds += time.perf_counter() - began
        span = None if found is None else Span(0, *found)
        tally.add(outcome_of(span, truth, is_ambiguous=False), truth, is_silent=True)


def large_versions(kind: str) -> tuple[str, str]:
    """Return a text of 6 MB and its revision."""
    paragraphs: list[str] = []
    books = [*book_texts(SHARED_INPUTS).values()]
    while sum(map(len, paragraphs)) < LARGE_CHARACTERS:
        made = made_text("Latin", 400_000, seed=len(paragraphs))
        paragraphs += books.pop() if books else made
    old = "\n\n".join(paragraphs)[:LARGE_CHARACTERS]
    if kind == "unchanged":
        return old, old
    revision = Revision(old.split("\n\n"), 5, made_text("Latin", 40_000, seed=99))
    KINDS[kind](revision)
    return revision.old, revision.finished()[0]


def measure() -> list[Figure]:
    """Pool five seeds; name the worst of them, and what stands apart."""
    wholes = [_pooled(cases(_NOTES_EACH, seed), has_past=True) for seed in _SEEDS]
    imported, of_scripts, prose, told = _imported()
    apart = _pooled(
        (case for seed in _SEEDS for case in cases(_NOTES_EACH, seed, kinds=APART)), has_past=True
    )
    published = Tally()
    for case in cases(_NOTES_EACH, _SEEDS[0], kinds=APART):
        measure_published(case, published, 2)
    whole = Tally()
    for tally in wholes:
        whole.outcomes += tally.outcomes
        whole.silent += tally.silent
    planted_is = " ".join((planted.__doc__ or "").split())
    print(f"Planted copies: {planted_is}\n")
    return [
        Figure("notes, of five seeds", whole.count(), ""),
        at_most("wrong", _percent(whole.count("wrong"), whole.count()), "%", 0.1),
        at_most("wrong, worst seed", max(map(_wrong, wholes)), "%", 0.1),
        Figure("wrong and nobody asked", _percent(whole.silent, whole.count()), "%"),
        at_least("stands, and found", _found(whole), "%", 99),
        Figure("asked which of several", _percent(whole.count("ambiguous"), whole.count()), "%"),
        at_most("imported notes: wrong", _wrong(imported), "%", 0.1),
        at_least("imported notes: stands, and found", _found(imported), "%", 99),
        Figure("imported notes: stands, and the words say where", told, "%"),
        at_most("imported notes, without the song: wrong", _wrong(prose), "%", 0.1),
        at_least("imported notes, without the song: stands, and found", _found(prose), "%", 99),
        Figure("imported notes: wrong and nobody asked", _silent(imported), "%"),
        at_most("imported notes, other scripts: wrong", _wrong(of_scripts), "%", 0.1),
        at_least("imported notes, other scripts: stands, and found", _found(of_scripts), "%", 99),
        Figure("planted copies, apart: wrong", _wrong(apart), "%"),
        Figure("planted copies: stands, and found", _found(apart), "%"),
        Figure("planted copies: Hypothesis's way, wrong", _wrong(published), "%"),
        *(
            at_most(f"10,000 notes in 6 MB, {kind}", _large_seconds(kind), "s CPU", 1.0)
            for kind in _LARGE_KINDS
        ),
        *(
            at_most(
                f"10,000 imported notes, {kind}",
                _large_seconds(kind, is_imported=True),
                "s CPU",
                1.0,
            )
            for kind in ("new edition", "everything")
        ),
        *_in_sight(),
    ]


def _in_sight() -> Iterator[Figure]:
    """Give the time until those notes of 10,000 are found that stand about the middle of 6 MB,
    and that until all are.
    """
    for kind in ("new edition", "everything"):
        for is_imported in (False, True):
            finding, middle = _large_finding(kind, is_imported=is_imported)
            begun = time.thread_time()
            count = len(finding.about(middle))
            first_s = time.thread_time() - begun
            finding.all()
            name = f"10,000 {'imported ' if is_imported else ''}notes, {kind}"
            yield Figure(f"{name}: found first", count, "")
            yield Figure(f"{name}: found first, time", first_s, "s CPU")
            yield Figure(f"{name}: these and then all", time.thread_time() - begun, "s CPU")


def _large_finding(kind: str, *, is_imported: bool) -> tuple[Finding, Place]:
    """Return what finds 10,000 notes in a revision of a text of 6 MB, and a place in its middle."""
    old, new = large_versions(kind)
    gc.collect()  # what making the texts left behind is not anchoring's to clean up
    before, after = document_of(old), document_of(new)
    notes = notes_of(before, quotes_in(old, LARGE_NOTES, 7))
    past = Past() if is_imported else past_of(before, notes)
    return Finding(notes, after, past), Place(0, len(new) // 2)


def _imported() -> tuple[Tally, Tally, Tally, float]:
    """Return how imported notes fare, those in other scripts and all but those on the song, whose
    verses come again, by themselves as well; and of those whose passage stands the percent whose
    words tell its place.
    """
    imported, of_scripts, prose = Tally(), Tally(), Tally()
    told = stands = 0
    for case in (case for seed in _SEEDS for case in cases(_NOTES_EACH, seed)):
        text = Skeleton(text_of(case.new))
        for note, truth in zip(notes_of(case.old, case.passages), case.truths, strict=True):
            quote = note.target.quote
            if quote is not None and truth.range is not None and truth.kept >= 0.9:
                stands += 1
                told += is_told(quote, truth.range, text)
        tally = Tally()
        measure_ours(case, tally, has_past=False)
        pools = [imported]
        if case.text_name in SCRIPTS:
            pools.append(of_scripts)
        if case.text_name != SONG:
            pools.append(prose)
        for pool in pools:
            pool.outcomes += tally.outcomes
            pool.silent += tally.silent
    return imported, of_scripts, prose, _percent(told, stands)


def _pooled(all_cases: Iterable[Case], *, has_past: bool) -> Tally:
    tally = Tally()
    for case in all_cases:
        measure_ours(case, tally, has_past=has_past)
    return tally


def _percent(number: int, of: int) -> float:
    return 100 * number / max(1, of)


def _wrong(tally: Tally) -> float:
    return _percent(tally.count("wrong"), tally.count())


def _found(tally: Tally) -> float:
    return _percent(tally.count("right", "stands"), tally.count(fate="stands"))


def _silent(tally: Tally) -> float:
    return _percent(tally.silent, tally.count())


def _large_seconds(kind: str, *, is_imported: bool = False) -> float:
    found = re.search(r"\(([\d.]+) s of CPU\)", measure_large(kind, is_imported=is_imported))
    assert found is not None
    return float(found[1])


def measure_large(kind: str, *, is_imported: bool = False) -> str:
    """Return the time that 10,000 notes take in a revision of a text of 6 MB.

    Of the text that imported ones were made on nothing is kept.
    """
    finding, _ = _large_finding(kind, is_imported=is_imported)
    began, began_cpu = time.perf_counter(), time.thread_time()
    anchors = finding.all()
    took, cpu = time.perf_counter() - began, time.thread_time() - began_cpu
    states = Counter(anchor.state.value for anchor in anchors)
    return f"{kind:<14} {took:6.2f} s ({cpu:.2f} s of CPU)  {dict(states)}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=60, help="notes a text and revision")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--text", default="")
    parser.add_argument("--kind", default="")
    parser.add_argument("--apart", action="store_true", help="planted copies, which are in no sum")
    parser.add_argument("--published-every", type=int, default=6, help="one in so many; 0: none")
    parser.add_argument("--no-large", action="store_true")
    parser.add_argument("--faults", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    by_kind: dict[str, Tally] = {}
    by_text: dict[str, Tally] = {}
    imported, published, ours = Tally(), Tally(), Tally()
    kinds = APART if options.apart else KINDS
    for case in cases(options.notes, options.seed, options.text, options.kind, kinds):
        outcomes = measure_ours(case, ours, has_past=True)
        for (outcome, anchor), truth in zip(outcomes, case.truths, strict=True):
            for tally in (
                by_kind.setdefault(case.kind, Tally()),
                by_text.setdefault(case.text_name, Tally()),
            ):
                tally.add(outcome, truth, is_silent=not anchor.needs_look)
        if options.faults:
            _print_faults(case, outcomes)
        measure_ours(case, imported, has_past=False)
        if options.published_every:
            measure_published(case, published, options.published_every)
    print("| " + " | ".join(HEADS) + " |")
    print("|" + "---|" * len(HEADS))
    print(ours.row("ours, earlier text kept"))
    print(imported.row("ours, imported notes"))
    if options.published_every:
        print(published.row("Hypothesis's way"))
    for name, tally in [*by_kind.items(), *by_text.items()]:
        print(tally.row(name))
    if not options.no_large:
        print(f"\n{LARGE_NOTES} notes in {LARGE_CHARACTERS} characters:")
        for kind in _LARGE_KINDS:
            print(measure_large(kind), flush=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"peak {peak // 1024} MB, the making of the texts included")


def _print_faults(case: Case, outcomes: Sequence[tuple[str, Anchor]]) -> None:
    old, new = text_of(case.old), text_of(case.new)
    for (start, end), truth, (outcome, anchor) in zip(
        case.passages, case.truths, outcomes, strict=True
    ):
        is_missed = outcome in ("orphan", "partly") and truth.kept >= 0.9
        if outcome == "wrong" or is_missed:
            there = "" if truth.range is None else new[slice(*truth.range)]
            found = "" if anchor.span is None else new[anchor.span.start : anchor.span.end]
            print(
                f"{case.text_name} / {case.kind}: {outcome}, kept {truth.kept:.2f},"
                f" score {anchor.score:.2f}, look {anchor.needs_look}\n  {old[start:end][:90]!r}"
                f"\n  {there[:90]!r}\n  {found[:90]!r}",
                file=sys.stderr,
            )


if __name__ == "__main__":
    main()
