"""`sottovoce search QUERY`: where in all texts and notes the words are."""

from __future__ import annotations

import argparse
import sys

from reader.app.indexing import Indexing
from reader.app.paths import user_paths
from reader.app.searching import Hit, Searching
from reader.cli.output import path_as_text, print_json, print_result, say
from reader.library.search.index_file import IndexFile
from reader.library.search.query import parse_query
from reader.library.search.searching import MOST_SHOWN
from reader.storage.database import Database

_HELP = """\
Words have to be in one paragraph together. "a phrase", begin*, this OR that, -not, hand NEAR letter
(or NEAR/5) say more; title: author: tag: note: quote: before a word say where it has to be.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = _HELP
    parser.add_argument("query", nargs="+", metavar="QUERY", help="what to look for")
    parser.add_argument("--notes", action="store_true", help="look in the notes only")
    parser.add_argument("--json", action="store_true", help="print all as JSON")
    parser.add_argument(
        "--most", type=int, default=MOST_SHOWN, metavar="N", help="list no more than that"
    )


def run(options: argparse.Namespace) -> int:
    """Bring the index up to date and search."""
    paths = user_paths(options.data_dir)
    query = parse_query(" ".join(options.query))
    with Database(paths.database) as database:
        file = IndexFile(paths.search_index)
        try:
            if not options.notes:
                _follow_texts(Indexing(database, file), is_quiet=options.quiet)
            most = max(1, options.most)
            found = Searching(database, file).search(query, notes_only=options.notes, most=most)
        finally:
            file.close()
    hits = (*found.places, *found.notes)
    if options.json:
        print_json([_row(hit) for hit in hits])
    else:
        print_result("".join(_line(hit) for hit in hits))
        if not hits and not options.quiet:
            say("Nothing was found.")
    return 0


def _follow_texts(indexing: Indexing, *, is_quiet: bool) -> None:
    """Put in what is wanting, and say so where somebody looks."""
    title = ""
    for progress in indexing.follow_texts():
        if progress.title != title and progress.title and not is_quiet and sys.stderr.isatty():
            title = progress.title
            share = progress.done / max(1, progress.whole)
            print(f"indexing {share:.0%}: {title}", file=sys.stderr)


def _row(hit: Hit) -> dict[str, object]:
    span = hit.span
    return {
        "title": hit.text.title,
        "file": None if hit.text.path is None else path_as_text(hit.text.path),
        "section": None if span is None else span.section,
        "start": None if span is None else span.start,
        "end": None if span is None else span.end,
        "snippet": hit.excerpt.text,
        "note": hit.note,
    }


def _line(hit: Hit) -> str:
    span = hit.span
    where = "" if span is None else f" {span.section}:{span.start}-{span.end}"
    kind = "" if hit.note is None else " (note)"
    return f"{hit.text.title}{where}{kind}\n    {_marked(hit)}\n"


def _marked(hit: Hit) -> str:
    text, shown, last = hit.excerpt.text, [], 0
    for start, end in hit.excerpt.marks:
        shown += [text[last:start], "[", text[start:end], "]"]
        last = end
    return "".join((*shown, text[last:]))
