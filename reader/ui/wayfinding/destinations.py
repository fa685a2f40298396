"""Where what one types may lead: a share of the text, a page of the printed book, a chapter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from reader.text.document import ContentsEntry, Document, Place
from reader.text.extent import Extent
from reader.text.finding import FindQuery, FoldedText, pattern_of
from reader.ui.desk.contents import Heading
from reader.values import value

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:%|per\s?cent|percent)?")
_PAGE = re.compile(r"(?:p(?:p|g|age)?|s(?:eite)?)\b\.?\s*(\w+)|(\w{1,8})", re.IGNORECASE)
_MOST = 400
"""Rows of pages shown at once: one types the rest of the number."""


@value
class Destination:
    """A place one may go to: where `target` leads (`Document.place_of`), or to a share of the text.

    `detail` says more of it, quietly.
    """

    title: str
    target: str = ""
    share: float | None = None
    detail: str = ""
    depth: int = 0
    is_current: bool = False


class Places:
    """All that can be gone to by name in one text.

    `find_current` gives the number of the heading one is under, or -1; asked where one is listed.
    """

    def __init__(
        self,
        document: Document,
        headings: Sequence[Heading],
        find_current: Callable[[], int] = lambda: -1,
    ) -> None:
        self.document = document
        self.headings = headings
        self._find_current = find_current

    @cached_property
    def current(self) -> int:
        """The number of the heading one is under, or -1."""
        return self._find_current()

    @property
    def pages(self) -> Sequence[ContentsEntry]:
        """The pages of the printed edition."""
        return self.document.pages


def all_headings(places: Places) -> list[Destination]:
    """Return every line of the contents, with how far into the text it is."""
    extent = Extent(places.document)
    return [
        Destination(
            heading.title,
            heading.target,
            detail=_share_words(places.document, extent, heading.target),
            depth=heading.depth,
            is_current=number == places.current,
        )
        for number, heading in enumerate(places.headings)
    ]


def all_pages(places: Places) -> list[Destination]:
    """Return the pages of the printed edition."""
    return [_to_page(page) for page in places.pages if page.target]


def destinations(words: str, places: Places) -> list[Destination]:
    """Return where these words may lead, the likeliest first; everything for no words."""
    words = " ".join(words.split())
    if not words:
        return all_headings(places)
    share = _share_meant(words)
    pages = _pages_meant(words, places.pages)
    found = [] if share is None else [_to_share(share)]
    if share is not None and "%" not in words and pages:
        return [*pages, *found, *_headings_meant(words, places)]
    return [*found, *pages, *_headings_meant(words, places)]


def asks_for_page(words: str) -> bool:
    """Whether these words name a page by its number, as "page 9"."""
    found = _PAGE.fullmatch(" ".join(words.split()))
    return found is not None and found[1] is not None and found[1].isdecimal()


def _share_meant(words: str) -> float | None:
    found = _PERCENT.fullmatch(words)
    if found is None:
        return None
    percent = float(found[1].replace(",", "."))
    return percent / 100 if percent <= 100 else None


def _to_share(share: float) -> Destination:
    return Destination(f"{share * 100:g} %", share=share, detail="of the text")


def _pages_meant(words: str, pages: Sequence[ContentsEntry]) -> list[Destination]:
    """Return the page of that name first, then those whose names begin so."""
    found = _PAGE.fullmatch(words)
    if found is None or not pages:
        return []
    name = (found[1] or found[2]).casefold()
    is_named = found[1] is not None
    exact = [page for page in pages if page.target and page.title.casefold() == name]
    others = [
        page
        for page in pages
        if page.target and is_named and page.title.casefold().startswith(name) and page not in exact
    ]
    return [_to_page(page) for page in (*exact, *others)][:_MOST]


def _to_page(page: ContentsEntry) -> Destination:
    return Destination(f"Page {page.title}", page.target)


def _headings_meant(words: str, places: Places) -> list[Destination]:
    """Return the headings that hold every word, those that begin with them first."""
    wanted = [found for word in words.split() if (found := pattern_of(FindQuery(word))) is not None]
    if not wanted:
        return []
    begins: list[Destination] = []
    holds: list[Destination] = []
    above: list[str] = []
    for number, heading in enumerate(places.headings):
        del above[heading.depth :]
        folded = _folded(heading.title)
        matches = [word.search(folded) for word in wanted]
        if all(matches):
            made = Destination(
                heading.title,
                heading.target,
                detail=above[-1] if above else "",
                is_current=number == places.current,
            )
            first = matches[0]
            is_first = first is not None and first.start() == 0
            (begins if is_first else holds).append(made)
        above += [heading.title] * (heading.depth + 1 - len(above))
    return [*begins, *holds]


@lru_cache(maxsize=2000)
def _folded(title: str) -> str:
    """Return a heading as it is looked through: with each letter typed, all of them are again."""
    return FoldedText(title, is_case_kept=False).folded


def _share_words(document: Document, extent: Extent, target: str) -> str:
    """Return how far into the text a target's section begins; reads none."""
    section = document.section_of(target)
    if section is None or len(document.sections) < 2:
        return ""
    return f"{extent.share_of(Place(section, 0)) * 100:.0f} %"
