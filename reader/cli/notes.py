"""`sottovoce notes list|export|import`: the annotations on a text, and in and out of files."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from reader.annotations.anchoring import Anchor, AnchorState
from reader.annotations.exchange.note_formats import READERS, WRITERS, NoteWriter, writer_for
from reader.annotations.exchange.note_words import replied
from reader.annotations.exchange.text_with_notes import TextWithNotes
from reader.annotations.model import Annotation
from reader.annotations.placing import placed_annotations
from reader.annotations.store import AnnotationStore
from reader.annotations.threads import threads_of
from reader.app.note_exchange import (
    all_notes,
    import_notes,
    notes_as_bytes,
    notes_on,
    write_all_notes,
    write_notes,
)
from reader.app.paths import user_paths
from reader.app.wording import first_named, further_words, sentence_for, unplaced_words
from reader.cli.arguments import global_options
from reader.cli.copied_database import copied_database
from reader.cli.output import event_teller, print_json, print_result, say
from reader.errors import NotesUnreadable, StorageUnavailable
from reader.formats.registry import open_document
from reader.text.document import Document

SHOWN_LENGTH = 60
"""Characters of a quote that the plain list shows."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    shared = global_options()
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, purpose in (
        ("list", "list the notes on a text"),
        ("export", "write the notes on a text, or all notes"),
        ("import", "take over the notes in a file"),
    ):
        action = actions.add_parser(
            name, help=purpose, description=purpose, parents=[shared], allow_abbrev=False
        )
        if name == "export":
            which = action.add_mutually_exclusive_group(required=True)
            which.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the text")
            which.add_argument("--all", action="store_true", help="the notes on every text")
            action.add_argument(
                "--progress", action="store_true", help="print what happens, as JSON lines"
            )
            action.formatter_class = argparse.RawDescriptionHelpFormatter
            action.epilog = "formats:\n" + "\n".join(
                f"  {writer.name:<11}{writer.label}, *{writer.suffix}" for writer in WRITERS
            )
            action.add_argument(
                "-f",
                "--format",
                choices=[writer.name for writer in WRITERS],
                metavar="FORMAT",
                help="what to write: one of the formats below; by default what OUT's ending says,"
                " else jsonld",
            )
            action.add_argument(
                "-o",
                "--output",
                type=Path,
                metavar="OUT",
                help="where to: a file, a folder that is there, or - for standard output; with"
                " --all a folder for formats that have a file a text",
            )
            continue
        if name == "import":
            action.epilog = "The file may be: " + "; ".join(reader.label for reader in READERS)
        action.add_argument("file", type=Path, metavar="FILE", help="the text")
        if name == "list":
            action.add_argument("--json", action="store_true", help="print all as JSON")
        else:
            action.add_argument("notes", type=Path, metavar="NOTES", help="the file of notes")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; 3 where a file of notes beside the text can't be read."""
    if getattr(options, "progress", False):
        # so that an unfinished file is taken away where the work is given up
        signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    file: Path | None = options.file
    document = None if file is None else open_document(file)
    with copied_database(user_paths(options.data_dir), datetime.now().astimezone()) as database:
        store = AnnotationStore(database)
        if file is None or document is None:
            writer = writer_for(options.format, options.output)
            if _is_standard_output(options.output):
                _print_notes(list(all_notes(store, writer)), writer, options)
            else:
                tell = event_teller(options)
                files = write_all_notes(
                    store,
                    writer,
                    options.output,
                    _templates_dir(options),
                    lambda count: tell({"event": "gathered", "count": count}),
                )
                tell({"event": "written", "files": [str(written) for written in files]})
            return 0
        if options.action == "import":
            return _import(store, document, options)
        exit_code = 0
        try:
            store.read_sidecar(file, document)
        except (NotesUnreadable, StorageUnavailable) as fault:
            # what is kept here is worth having without it
            say(sentence_for(fault))
            exit_code = fault.exit_code
        if options.action == "list":
            _list(store, document, is_json=options.json)
        else:
            writer = writer_for(options.format, options.output)
            texts = [notes_on(store, file, document, writer)]
            if _is_standard_output(options.output):
                _print_notes(texts, writer, options)
            else:
                written = write_notes(texts, writer, options.output, _templates_dir(options))
                event_teller(options)({"event": "written", "files": [str(written)]})
    return exit_code


def _list(store: AnnotationStore, document: Document, *, is_json: bool) -> None:
    placed = list(placed_annotations(store, document))
    # as they stand in the text; what isn't found comes last, in the order it came
    placed.sort(key=lambda pair: (pair[1].span is None, pair[1].span or ()))
    threads = threads_of(annotation for annotation, _ in placed)
    rows = []
    for annotation, anchor in placed:
        if annotation.id not in threads.roots:
            rows.append((annotation, anchor, 0))
            replies = threads.replies.get(annotation.id, ())
            rows += [(reply.annotation, anchor, reply.depth) for reply in replies]
    if is_json:
        print_json([_row(annotation, anchor) for annotation, anchor, _ in rows])
    else:
        print_result("".join(_lines(*row) for row in rows))


def _row(annotation: Annotation, anchor: Anchor) -> dict[str, object]:
    """Return an annotation for programs; a reply stands where its thread's first note does."""
    span, quote, raw = anchor.span, annotation.target.quote, annotation.raw
    answered = annotation.answered
    return {
        "id": annotation.id,
        "state": anchor.state.value,
        "score": round(anchor.score, 3),
        "section": None if span is None else span.section,
        "start": None if span is None else span.start,
        "end": None if span is None else span.end,
        "exact": None if quote is None else quote.exact,
        "motivation": annotation.motivation,
        "body": annotation.note_text,
        "tags": list(annotation.tags),
        "created": raw.get("created"),
        "modified": raw.get("modified"),
        **({} if answered is None else {"answers": answered}),
    }


def _lines(annotation: Annotation, anchor: Anchor, depth: int) -> str:
    """Return an annotation for people: where, what kind, the passage; then the note, indented.

    Of a reply, who wrote it stands in their place, indented below what it answers.
    """
    if depth:
        lead = "    " * depth
        said = [f"{lead}    {line}" for line in annotation.note_text.splitlines()]
        return "\n".join([f"{lead}{replied(annotation)}", *said]) + "\n"
    span, quote = anchor.span, annotation.target.quote
    where = "not found" if annotation.target.is_of_text else "without a place"
    if span is not None:
        where = f"{span.section}:{span.start}-{span.end}"
    passage = "" if quote is None else " ".join(quote.exact.split())
    if len(passage) > SHOWN_LENGTH:
        passage = passage[: SHOWN_LENGTH - 1] + "…"
    kind = annotation.motivation
    if anchor.state in (AnchorState.MOVED, AnchorState.AMBIGUOUS):
        kind += f", {anchor.state.value}" + (": please look" if anchor.needs_look else "")
    lines = [f"{where}  {kind}" + (f"  “{passage}”" if quote is not None else "")]
    lines += [f"    {line}" for line in annotation.note_text.splitlines()]
    for words in (unplaced_words(annotation), further_words(annotation)):
        if words:
            lines.append(f"    ({words})")
    if annotation.tags:
        lines.append("    " + " ".join(f"#{tag}" for tag in annotation.tags))
    return "\n".join(lines) + "\n"


def _is_standard_output(output: Path | None) -> bool:
    return output is None or str(output) == "-"


def _templates_dir(options: argparse.Namespace) -> Path:
    return user_paths(options.data_dir).templates_dir


def _print_notes(
    texts: Sequence[TextWithNotes], writer: NoteWriter, options: argparse.Namespace
) -> None:
    sys.stdout.buffer.write(notes_as_bytes(texts, writer, _templates_dir(options)))
    sys.stdout.buffer.flush()


def _import(store: AnnotationStore, document: Document, options: argparse.Namespace) -> int:
    imported = import_notes(store, options.file, document, options.notes)
    if options.quiet:
        return 0
    report = imported.report
    gone = f", {report.deleted} deleted here left out" if report.deleted else ""
    print_result(
        f"{report.added} added, {report.changed} changed, {report.left} left as they were{gone}\n"
    )
    if imported.elsewhere:
        say(f"More notes are only named in the file: {first_named(imported.elsewhere)}")
    return 0
