"""A library of 200 books, about 20 million words: how fast it is indexed and searched.

The prose is made up: words of our own text and of Pepys's diary, each as often as there, so that
common words are as common as in English. Indexing is measured in processor time, of the whole way
from the file to the index; queries by the clock, from what is typed to what is shown.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from reader.app.indexing import Indexing
from reader.app.intake import Intake
from reader.app.searching import Searching
from reader.formats.registry import open_document
from reader.library.search.index_file import IndexFile
from reader.library.search.query import parse_query
from reader.storage.database import Database
from tests.benchmarks.figures import Figure, at_least, at_most, percentile
from tests.benchmarks.prose import OWN_TEXT
from tests.conftest import SHARED_INPUTS

_BOOKS = 200
_WORDS_EACH = 100_000
_CHAPTERS = 20
_QUERIES = 300
_SEED = 11

_BOOK = SHARED_INPUTS / "pepys-diary.epub"


def measure() -> list[Figure]:
    """Make the books, put them in, and ask them everything a reader may ask."""
    words, ends = _vocabulary()
    with tempfile.TemporaryDirectory(prefix="library-") as name:
        folder = Path(name)
        books = [_write_book(folder, number, words, ends) for number in range(_BOOKS)]
        if _BOOK.exists():
            books.append(_BOOK)
        size = sum(path.stat().st_size for path in books if path.suffix == ".txt")
        with Database(folder / "library.sqlite3") as database:
            Intake(database).add(books)
            file = IndexFile(folder / "search.sqlite3")
            indexing = Indexing(database, file)
            begun = time.process_time()
            for progress in indexing.follow_texts():
                indexed = progress.done
            seconds = time.process_time() - begun
            times = [_query_ms(Searching(database, file), q) for q in _queries(words, ends)]
            file.close()
        index_size = (folder / "search.sqlite3").stat().st_size
    return [
        Figure("text", size / 1e6, "MB"),
        at_least("text indexed a second, from the files", indexed / 1e6 / seconds, "MB", 2),
        at_most("a query, median", percentile(times, 50), "ms", 50),
        at_most("a query, 95 %", percentile(times, 95), "ms", 50),
        Figure("a query, slowest", max(times), "ms"),
        Figure("the index, against the text", index_size / size, "times"),
        *_book_figures(),
    ]


def _vocabulary() -> tuple[list[str], list[int]]:
    """Return words and their summed counts."""
    counts = Counter(re.findall(r"[\w’]+", OWN_TEXT.read_text(encoding="utf-8")))
    if _BOOK.exists():
        for section in open_document(_BOOK).sections:
            counts.update(re.findall(r"[\w’]+", section.text))
    return list(counts), list(accumulate(counts.values()))


def _write_book(folder: Path, number: int, words: list[str], ends: list[int]) -> Path:
    chance = random.Random(_SEED * 1000 + number)
    drawn = chance.choices(words, cum_weights=ends, k=_WORDS_EACH)
    path = folder / f"book-{number:03}.txt"
    path.write_text("\n\n".join(_paragraphs(drawn, chance)), encoding="utf-8")
    return path


def _paragraphs(words: list[str], chance: random.Random) -> Iterator[str]:
    chapter = len(words) // _CHAPTERS
    at = 0
    while at < len(words):
        if at % chapter < 20:
            yield f"CHAPTER {at // chapter + 1}"
        length = chance.randint(20, 180)
        yield " ".join(words[at : at + length]) + "."
        at += length


def _queries(words: list[str], ends: list[int]) -> Iterator[str]:
    """Yield what readers type: words as common as they are, phrases, beginnings, pairs, fields."""
    chance = random.Random(_SEED)

    def some(count: int) -> list[str]:
        drawn = chance.choices(words, cum_weights=ends, k=count * 4)
        return [word for word in drawn if len(word) > 3][:count] or ["house"]

    yield from ("the", '"of the"', "house", "th*", "a", "the NEAR house", "title:book the")
    for number in range(_QUERIES):
        one, *others = some(3)
        match number % 6:
            case 0:
                yield one
            case 1:
                yield " ".join([one, *others])
            case 2:
                yield f'"{one} {others[0] if others else one}"'
            case 3:
                yield f"{one[:3]}*"
            case 4:
                yield f"{one} NEAR {others[0] if others else one}"
            case _:
                yield f"title:book-1 {one} -{others[-1] if others else one}"


def _query_ms(searching: Searching, typed: str) -> float:
    begun = time.perf_counter()
    searching.search(parse_query(typed))
    return (time.perf_counter() - begun) * 1000


def _book_figures() -> list[Figure]:
    """Measure one real book of 7 MB, whose parts have to be unpacked and parsed."""
    if not _BOOK.exists():
        return []
    with tempfile.TemporaryDirectory(prefix="library-") as name:
        folder = Path(name)
        with Database(folder / "library.sqlite3") as database:
            Intake(database).add([_BOOK])
            file = IndexFile(folder / "search.sqlite3")
            begun = time.process_time()
            for _ in Indexing(database, file).follow_texts():
                pass
            seconds = time.process_time() - begun
            file.close()
    length = sum(len(section.text) for section in open_document(_BOOK).sections)
    return [at_least("an EPUB of 7 MB, the same", length / 1e6 / seconds, "MB", 2)]


if __name__ == "__main__":
    for figure in measure():
        print(figure)
