"""A library of 200 books, about 20 million words: how fast it is indexed and searched.

The prose is made up: 60,000 words, the commonest those of English, each as often as its rank says
(Zipf, Mandelbrot), in paragraphs of 20 to 180. Queries are as common as they are rare, word by word
from the fifth to the last rank. Indexing is measured in processor time, of the whole way from the
file to the index; queries too, from what is typed to what is shown.
"""

from __future__ import annotations

import math
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
_VOCABULARY = 60_000
_FLATTENED = 2.7
"""Mandelbrot's shift: the commonest words are less common than Zipf alone would have them."""

_COMMONEST = """
the of and to a in that he was is it his i with as had for at not her you be on him they but she
have by all which from there were this are so one my their me them what or we who out when if
been would will up no into could then more some do said very after over
"""
_SYLLABLES = """
ba bel bor ca con cu da del der di dor en er fal fen ga gor ha hel in is ka lan len li lor ma
mel mi mor na nel no or pa pel pri qua ra rel ri ro sa sel si sta tal ten ti tor ul un va vel vi
wa wen wor ya
"""
_ENDINGS = ("", "", "", "s", "ed", "ing", "er", "ly", "ness", "tion")
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
            times = [_query_ms(Searching(database, file), q) for q in _queries(words)]
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


def _vocabulary() -> tuple[list[str], list[float]]:
    """Return words by rank and their summed weights."""
    chance, syllables = random.Random(_SEED), _SYLLABLES.split()
    counts = Counter(re.findall(r"[a-z’]{3,}", OWN_TEXT.read_text(encoding="utf-8")))
    words = dict.fromkeys((*_COMMONEST.split(), *(word for word, _ in counts.most_common())))
    while len(words) < _VOCABULARY:
        stem = "".join(chance.choices(syllables, k=chance.randint(2, 3)))
        words[stem + chance.choice(_ENDINGS)] = None
    weights = (1 / (rank + _FLATTENED) for rank in range(1, len(words) + 1))
    return list(words), list(accumulate(weights))


def _write_book(folder: Path, number: int, words: list[str], ends: list[float]) -> Path:
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


def _queries(words: list[str]) -> Iterator[str]:
    """Yield what readers type: words, several, phrases, beginnings, neighbours, fields."""
    chance = random.Random(_SEED)
    most = math.log(len(words))

    def word() -> str:
        return words[int(math.exp(chance.uniform(math.log(5), most))) - 1]

    yield from ("the", '"of the"', "house", "th*", "a", "the NEAR house", "title:book the")
    for number in range(_QUERIES):
        match number % 6:
            case 0:
                yield word()
            case 1:
                yield f"{word()} {word()} {word()}"
            case 2:
                yield f'"{word()} {word()}"'
            case 3:
                yield f"{word()[:4]}*"
            case 4:
                yield f"{word()} NEAR {word()}"
            case _:
                yield f"title:book-1 {word()} -{word()}"


def _query_ms(searching: Searching, typed: str) -> float:
    begun = time.process_time()
    searching.search(parse_query(typed))
    return (time.process_time() - begun) * 1000


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
