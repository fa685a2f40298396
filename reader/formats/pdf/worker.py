"""The process that reads PDF files: answers on standard output what is asked on standard input.

One file each. It may be ended at any moment: whoever asks starts another. Before it reads a page it
says which, so that the page it doesn't come back from is known.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reader.formats.pdf.limits import (
    FIRST_WORK_S,
    PAGE_WORK_S,
    PICTURE_BYTES,
    TEXT_BYTES,
    limit_memory,
    limit_work,
)
from reader.formats.process.section_codec import encoded
from reader.processes.framing import BrokenFraming, Message, read_message, write_message

if TYPE_CHECKING:
    from reader.formats.pdf.book import Book
    from reader.formats.pdf.pdfium import OpenPdf

USUAL_WORK_S = 20
"""For one answer, in seconds of a processor."""

_MOST_LABELS = 20_000


def main() -> int:
    """Answer until nobody asks any more."""
    questions = sys.stdin.buffer
    # whatever a library prints must not get between our messages
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    limit_memory(TEXT_BYTES)
    worker = Worker(lambda page: write_message(answers, Message({"page": page})))
    worker.get_ready()
    try:
        while (question := read_message(questions)) is not None:
            write_message(answers, worker.answer(question.header))
            if question.header.get("prepares"):
                worker.prepare()
    except (BrokenFraming, BrokenPipeError):
        return 1
    # Not through the interpreter's end: taking pdfium's pages apart may crash on a broken file.
    os._exit(0)


class Worker:
    """Answers one question at a time; `tell_page` is called before a page is read."""

    def __init__(self, tell_page: Callable[[int], None]) -> None:
        self._tell_page = tell_page
        self._left_out: frozenset[int] = frozenset()
        self._work_s = USUAL_WORK_S
        self._pdf: OpenPdf | None = None
        self._book: Book | None = None
        self._prepared: dict[int, Message] = {}

    def get_ready(self) -> None:
        """Load what reading takes, while nobody has asked anything yet."""
        import reader.formats.pdf.book  # noqa: F401 # for what it imports

    def prepare(self) -> None:
        """Read the first section, which is asked for next, while the question is on its way."""
        if self._book is not None and self._book.ranges:
            answer = self.answer({"ask": "section", "index": 0, "work_s": FIRST_WORK_S})
            if "error" not in answer.header:
                self._prepared[0] = answer

    def answer(self, question: Mapping[str, Any]) -> Message:
        """Return the answer; where there is none its header says why under "error"."""
        from reader.formats.pdf.pdfium import Unopened

        answers: dict[str, Callable[[Mapping[str, Any]], Message]] = {
            "open": self._open,
            "section": self._section,
            "counts": self._counts,
            "boxes": self._boxes,
            "sizes": self._sizes,
            "picture": self._picture,
            "join": self._join,
        }
        self._work_s = question.get("work_s", USUAL_WORK_S)
        limit_work(self._work_s)
        try:
            return answers[question["ask"]](question)
        except Unopened as error:
            return Message({"error": error.reason})
        except MemoryError:
            return Message({"error": "memory"})
        except RecursionError:
            return Message({"error": "damaged"})

    def _open(self, question: Mapping[str, Any]) -> Message:
        from reader.formats.pdf.book import Book
        from reader.formats.pdf.pdfium import OpenPdf

        self._pdf = pdf = OpenPdf(question["path"], question["password"])
        self._left_out = frozenset(question["left_out"])
        self._book = book = Book(pdf, self._left_out, self._reading)
        count = pdf.page_count
        has_labels = bool(count and pdf.label(0))
        labels = [pdf.label(n) for n in range(min(count, _MOST_LABELS))] if has_labels else []
        names = ("Title", "Author", "Subject", "Creator")
        return Message(
            {
                "page_count": count,
                "is_recovered": pdf.is_recovered,
                "language": pdf.language(),
                "labels": labels,
                "outline": [(line.title, line.page, line.level) for line in book.outline],
                "ranges": [(pages.first, pages.last, pages.title) for pages in book.ranges],
                **{name.lower(): pdf.said_of_itself(name) for name in names},
            }
        )

    @contextmanager
    def _reading(self, page: int) -> Iterator[None]:
        """A page that takes long must not take what is meant for all of a section."""
        self._tell_page(page)
        limit_work(min(PAGE_WORK_S, self._work_s))
        yield
        limit_work(self._work_s)

    def _section(self, question: Mapping[str, Any]) -> Message:
        prepared = self._prepared.pop(question["index"], None)
        if prepared is not None:
            return prepared
        built, pages = self._opened_book.section(question["index"])
        content = encoded(built.section)
        header = {
            "section_bytes": len(content),
            "characters": sum(page.character_count for page in pages),
            "unread": sum(page.unread for page in pages),
            "pictures": sum(page.has_pictures for page in pages),
            "left_out": [page.number for page in pages if page.number in self._left_out],
        }
        return Message(header, content + built.places.tobytes())

    def _counts(self, question: Mapping[str, Any]) -> Message:
        return Message({"counts": self._opened_book.character_counts(question["pages"])})

    def _boxes(self, question: Mapping[str, Any]) -> Message:
        return Message({}, self._opened_book.boxes(question["page"]).tobytes())

    def _sizes(self, question: Mapping[str, Any]) -> Message:
        assert self._pdf is not None
        sizes = array("f")
        for number in range(question["first"], question["last"]):
            sizes.extend(self._pdf.size_of(number))
        return Message({}, sizes.tobytes())

    def _picture(self, question: Mapping[str, Any]) -> Message:
        assert self._pdf is not None
        if not question.get("is_small"):
            limit_memory(PICTURE_BYTES)
        try:
            page = self._pdf.page(question["page"])
            if page is None:
                return Message({"error": "damaged"})
            content = page.picture(question["width"], question["height"])
            page.close()
            return Message({}, content)
        finally:
            limit_memory(TEXT_BYTES)

    def _join(self, question: Mapping[str, Any]) -> Message:
        assert self._pdf is not None
        is_done = self._pdf.join(question["path"], question["parts"])
        return Message({} if is_done else {"error": "damaged"})

    @property
    def _opened_book(self) -> Book:
        assert self._book is not None
        return self._book


if __name__ == "__main__":
    sys.exit(main())
