"""`sottovoce library add|list|remove|update|import`: the texts that are known, and their index."""

from __future__ import annotations

import argparse
import os
import time
from datetime import datetime
from pathlib import Path

from reader.app.indexing import Indexing
from reader.app.intake import Intake, IntakeReport, OnFile
from reader.app.other_readers import OtherReaders, usual_places
from reader.app.paths import Paths, user_paths
from reader.app.settings import Settings
from reader.app.wording import brought_in_words, sentence_for
from reader.cli.arguments import global_options
from reader.cli.copied_database import copied_database
from reader.cli.output import Tell, event_teller, path_as_text, print_json, print_result, say
from reader.errors import TextMissing
from reader.library.files import LibraryFiles
from reader.library.holdings import Holding, Holdings
from reader.library.search.index_file import IndexFile
from reader.storage.database import Database

_TOLD_EVERY_S = 0.2
"""Oftener nobody can read how far it is."""

_SHOWN_EVERY_S = 1.0
"""How often the window is told that there are new texts while more are read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    shared = global_options()
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, purpose in (
        ("add", "put files, and the texts in folders, into the library"),
        ("list", "list the texts, those opened last first"),
        ("remove", "take texts out; their files and notes stay"),
        ("update", "look for new, changed and missing files, and index what is wanting"),
        ("import", "bring in notes and places from calibre, Foliate, KOReader and Readest"),
    ):
        action = actions.add_parser(
            name, help=purpose, description=purpose, parents=[shared], allow_abbrev=False
        )
        if name in ("add", "remove"):
            action.add_argument("paths", nargs="+", type=Path, metavar="FILE")
        if name == "import":
            action.add_argument(
                "paths",
                nargs="*",
                type=Path,
                metavar="FOLDER",
                help="where to look, such as a calibre library; by default where these apps usually"
                " keep their files",
            )
        if name == "list":
            action.add_argument("--json", action="store_true", help="print all as JSON")
        if name in ("add", "update", "import"):
            action.add_argument(
                "--progress", action="store_true", help="print what happens, as JSON lines"
            )
        if name == "add":
            action.add_argument(
                "--copy", action="store_true", help="keep copies, whatever becomes of the files"
            )


def run(options: argparse.Namespace) -> int:
    """Do what was asked; 3 where some file can't be read."""
    paths = user_paths(options.data_dir)
    if getattr(options, "progress", False):
        _give_way()
    with copied_database(paths, datetime.now().astimezone()) as database:
        match options.action:
            case "add":
                return _add(database, paths, options)
            case "update":
                return _update(database, paths, options)
            case "import":
                return _import(database, options)
            case "remove":
                return _remove(database, options)
            case _:
                _list(Holdings(database).texts(), is_json=options.json)
                return 0


def _add(database: Database, paths: Paths, options: argparse.Namespace) -> int:
    tell = event_teller(options)
    copies = paths.copies_dir if options.copy else None
    report = Intake(database, copies).add(options.paths, _reading_teller(tell))
    return _end(report, tell, options)


def _update(database: Database, paths: Paths, options: argparse.Namespace) -> int:
    tell = event_teller(options)
    settings = Settings.load(paths.settings).settings
    if LibraryFiles(database).look_for_all():
        tell({"event": "files"})
    intake = Intake(database)
    report = intake.read_changed()
    if settings.watched_folder:
        new = intake.look_through(Path(settings.watched_folder), _reading_teller(tell))
        report.texts += new.texts
        report.faults += new.faults
        report.is_unsettled |= new.is_unsettled
    if report.texts:
        tell({"event": "files"})
    file = IndexFile(paths.search_index)
    try:
        if file.was_damaged:
            tell({"event": "index damaged"})
        indexing = Indexing(database, file)
        indexing.follow_notes()
        told_s = 0.0
        for progress in indexing.follow_texts():
            if progress.title and time.monotonic() - told_s < _TOLD_EVERY_S:
                continue
            told_s = time.monotonic()
            tell(
                {
                    "event": "indexing",
                    "done": progress.done,
                    "whole": progress.whole,
                    "title": progress.title,
                }
            )
    finally:
        file.close()
    return _end(report, tell, options)


def _end(report: IntakeReport, tell: Tell, options: argparse.Namespace) -> int:
    faults = [sentence_for(fault) for fault in report.faults]
    if report.is_unsettled:
        tell({"event": "unsettled"})
    tell({"event": "end", "texts": report.texts, "faults": faults})
    if not options.progress:
        for sentence in faults:
            say(sentence)
        if not options.quiet and options.action == "add":
            count = len(report.texts)
            print_result(f"{count} text{'' if count == 1 else 's'} added\n")
    return report.faults[0].exit_code if faults else 0


def _import(database: Database, options: argparse.Namespace) -> int:
    tell = event_teller(options)
    readers = OtherReaders(database)
    places = options.paths or [path for _, path in usual_places()]
    brought = [
        readers.bring_in(path, lambda title: tell({"event": "reading", "file": title}))
        for path in places
    ]
    words = brought_in_words(brought)
    faults = [sentence_for(fault) for one in brought for fault in one.faults]
    tell({"event": "notes", "words": words})
    tell({"event": "end", "texts": [], "faults": faults})
    if not options.progress:
        for sentence in faults:
            say(sentence)
        print_result(f"{words}\n")
    return 3 if faults else 0


def _remove(database: Database, options: argparse.Namespace) -> int:
    by_path = {text.path: text.id for text in Holdings(database).texts()}
    wanted = []
    for path in options.paths:
        text = by_path.get(path.resolve())
        if text is None:
            raise TextMissing(path)
        wanted.append(text)
    Holdings(database).remove(wanted)
    return 0


def _give_way() -> None:
    """Let whoever reads or listens meanwhile have the processor first."""
    if hasattr(os, "nice"):
        os.nice(10)


def _reading_teller(tell: Tell) -> OnFile:
    """Return what tells of each file before it is read, and now and then of those that were."""
    told_s = time.monotonic()

    def tell_of(path: Path, number: int, count: int) -> None:
        nonlocal told_s
        if number > 1 and time.monotonic() - told_s >= _SHOWN_EVERY_S:
            told_s = time.monotonic()
            tell({"event": "files"})
        tell({"event": "reading", "file": path.name, "number": number, "count": count})

    return tell_of


def _list(texts: tuple[Holding, ...], *, is_json: bool) -> None:
    if is_json:
        print_json([_row(text) for text in texts])
        return
    for text in texts:
        state = "missing" if text.is_missing else f"{text.progress:.0%}"
        print_result(f"{text.title}  {', '.join(text.authors)}  {state}\n    {text.path}\n")


def _row(text: Holding) -> dict[str, object]:
    return {
        "title": text.title,
        "authors": list(text.authors),
        "language": text.language,
        "file": None if text.path is None else path_as_text(text.path),
        "fingerprint": text.fingerprint,
        "progress": round(text.progress, 4),
        "notes": text.note_count,
        "tags": list(text.tags),
        "missing": text.is_missing,
        "added": None if text.added is None else text.added.isoformat(),
        "opened": None if text.opened is None else text.opened.isoformat(),
    }
