"""Finds what around the main text of a saved web page is furniture; in doubt, it is kept.

Libraries that extract main text rebuild the page from what they believe in, and lose headings,
short paragraphs and half of any plain document. Here things are only taken away, and only where a
page says so itself: by its elements, their roles, or the names that sites give to such parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from reader.formats.html.rules import BLOCKS, LEFT_OUT

_FURNITURE_ROLES = {
    *("navigation", "complementary", "banner", "contentinfo", "search", "dialog", "menu"),
    *("menubar", "toolbar", "alertdialog"),
}
_CERTAIN = """
    ad ads advert advertisement adslot breadcrumb breadcrumbs catlinks comments consent cookie
    cookies disqus docnav editsection gdpr modal navbar navbox navfooter navheader newsletter
    noprint outbrain overlay pager pagination popup relatedposts respond sharedaddy sharing sidebar
    signup skip sphinxsidebar sponsored subscribe taboola
"""
_DOUBTFUL = """
    banner footer header masthead menu nav promo recommended related share social teaser toc widget
"""
_OF_MANUALS = frozenset(("docnav", "navheader", "navfooter", "nav-panel", "sphinxsidebar"))
"""What leads on from page to page where DocBook, Publican, Texinfo and Sphinx made them."""

_LEADING_ON = {"next", "prev", "previous", "up"}
_FURNITURE_NAMES = frozenset(_CERTAIN.split())
_DOUBTFUL_NAMES = frozenset(_DOUBTFUL.split())
_OF_THE_SITE = frozenset({"site", "page", "global"})
_INLINE_NAMES = frozenset({"headerlink", "editsection", "permalink", "skip"})
_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+")
_INLINE_FURNITURE = {"a", "span"}
_MAIN_SHARE = 0.5
_MOST_LEFT_OUT_SHARE = 0.4
_LINK_DENSITY = 0.5
_SHORT = 80


@dataclass(frozen=True, slots=True)
class _Measure:
    """How many characters an element holds, how many of them in links, and in how many links."""

    text: int
    linked: int
    links: int

    @property
    def unlinked(self) -> int:
        return self.text - self.linked

    @property
    def is_mostly_links(self) -> bool:
        return self.linked > 0 and self.linked >= self.text * _LINK_DENSITY


def furniture_of(root: Element) -> Sequence[Element]:
    """Return the elements that are no part of the main text: lists of links to elsewhere, banners,
    comments, advertisements. Documents that are no web page lose nothing but their navigation.
    """
    if not _is_web_page(root):
        return tuple(filter(_leads_on, root.iter("*")))
    return _Page(root).furniture()


def _leads_on(element: Element) -> bool:
    """Whether an element holds nothing but the way to other pages, in a document of many."""
    if element.tag == "nav" or element.get("role") == "navigation":
        return True
    names = (element.get("class") or "").split()
    if not _OF_MANUALS.isdisjoint(names):
        return True
    links = element.iter("a") if "header" in names else ()  # as older Texinfo has it
    return sum((link.get("rel") or "") in _LEADING_ON for link in links) > 1


def words_in(elements: Sequence[Element]) -> int:
    """Count the words that would be seen in the elements."""
    return sum(
        len((piece.text or "").split()) * (piece.tag not in LEFT_OUT)
        + len((piece.tail or "").split()) * (piece is not element)
        for element in elements
        for piece in element.iter()
    )


def _is_web_page(root: Element) -> bool:
    """Whether there are two signs of a page made for a site rather than of a document."""
    roles = {element.get("role") for element in root.iterfind(".//*[@role]")}
    navigation = root.iterfind(".//nav")
    signs = (
        _has(root, ".//script"),
        _has(root, ".//meta[@property]", ".//link[@rel='canonical']"),
        _has(root, ".//form", ".//button", ".//iframe", ".//input"),
        _has(root, ".//main", ".//article", ".//aside"),
        any(nav.get("role") != "doc-toc" for nav in navigation),
        "main" in roles,
        not roles.isdisjoint(_FURNITURE_ROLES),
    )
    # Before there were such elements, pages were laid out as tables.
    return sum(signs) >= 2 or _has(root, ".//body[@bgcolor]//table", ".//table//table")


def _has(root: Element, *paths: str) -> bool:
    return any(root.find(path) is not None for path in paths)


class _Page:
    """A web page, measured once."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._measures = _measure(root)

    def furniture(self) -> Sequence[Element]:
        main = self._main()
        found = list(self._around(main))
        found.extend(self._inside(main))
        return found

    def _main(self) -> Element:
        """Return the smallest element that certainly holds the whole main text."""
        mains = [e for e in self._root.iter() if e.tag == "main" or e.get("role") == "main"]
        base = mains[0] if len(mains) == 1 and self._is_most(mains[0], self._root) else self._root
        articles = [
            article
            for article in base.iter("article")
            if not any(a.tag == "article" or self._is_furniture(a) for a in article.iterancestors())
        ]
        if len(articles) == 1 and self._is_most(articles[0], base):
            return articles[0]
        return base

    def _is_most(self, part: Element, whole: Element) -> bool:
        return self._of(part).unlinked >= self._of(whole).unlinked * _MAIN_SHARE

    def _of(self, element: Element) -> _Measure:
        return self._measures.get(element, _Measure(0, 0, 0))

    def _around(self, main: Element) -> Iterator[Element]:
        """Yield what stands beside the main text, but not the title above it."""
        has_title = main.find(".//h1") is not None
        inner = main
        while inner is not self._root:
            outer = inner.getparent()
            assert outer is not None  # the root is above it
            for beside in outer:
                holds_title = not has_title and next(beside.iter("h1"), None) is not None
                if beside is not inner and not holds_title:
                    yield beside
            inner = outer

    def _inside(self, main: Element) -> Iterator[Element]:
        """Yield the furniture that stands between the parts of the main text."""
        # Where a page marks no main text, lists of links count as furniture outside the element
        # that holds most of the prose.
        prose = set(self._prose().iter()) if main is self._root else None
        events = etree.iterwalk(main, events=("start",))
        for _, element in events:
            if element is main:
                continue
            if element.tag == "pre":  # highlighted code uses the same names for other things
                events.skip_subtree()
            elif self._is_left_out(element, main) or (
                prose is not None and element not in prose and self._is_list_of_links(element)
            ):
                events.skip_subtree()
                yield element

    def _prose(self) -> Element:
        """Return the element with the most text in paragraphs of its own."""
        lengths: dict[Element, int] = {}
        for paragraph in self._root.iter("p", "br"):
            holder = paragraph.getparent()
            if holder is not None:
                held = self._of(paragraph).unlinked + len((paragraph.tail or "").strip())
                lengths[holder] = lengths.get(holder, 0) + held
        return max(lengths, key=lambda holder: lengths[holder], default=self._root)

    def _is_list_of_links(self, element: Element) -> bool:
        if element.tag not in BLOCKS or element.find(".//h1") is not None:
            return False
        measure = self._of(element)
        return measure.links > 1 and measure.is_mostly_links and measure.unlinked < _SHORT

    def _is_left_out(self, element: Element, main: Element) -> bool:
        if not self._is_furniture(element):
            return False
        # A name may mean something else where the element holds much of the text, or its title.
        measure = self._of(element)
        is_small = measure.unlinked < self._of(main).unlinked * _MOST_LEFT_OUT_SHARE
        return element.tag == "nav" or (is_small and element.find(".//h1") is None)

    def _is_furniture(self, element: Element) -> bool:
        if element.tag == "nav" or element.get("role") in _FURNITURE_ROLES:
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in _INLINE_FURNITURE:
            return not _INLINE_NAMES.isdisjoint(_parts(names))
        if element.tag not in BLOCKS:
            return False
        parts = _parts(names)
        if not _FURNITURE_NAMES.isdisjoint(parts) or not (
            _OF_THE_SITE.isdisjoint(parts) or _DOUBTFUL_NAMES.isdisjoint(parts)
        ):
            return True
        measure = self._of(element)
        is_doubtful = not _DOUBTFUL_NAMES.isdisjoint(parts) or element.tag in {"footer", "header"}
        return is_doubtful and (measure.is_mostly_links or measure.text < _SHORT)


def _parts(names: str) -> set[str]:
    return {part.lower() for part in _NAME_PARTS.findall(names)}


def _measure(root: Element) -> dict[Element, _Measure]:
    """Measure every element below `root` that holds text, in one walk."""
    measures: dict[Element, _Measure] = {}
    sums = [[0, 0, 0]]
    links_around = 0
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        is_link = element.tag == "a"
        if event == "start":
            if element.tag in LEFT_OUT:
                events.skip_subtree()
                sums.append([0, 0, 0])
                continue
            links_around += is_link
            length = len((element.text or "").strip())
            sums.append([length, length if links_around else 0, int(is_link)])
        else:
            text, linked, links = sums.pop()
            if text:
                measures[element] = _Measure(text, linked, links)
            links_around -= is_link
            length = len((element.tail or "").strip()) if element is not root else 0
            sums[-1][0] += text + length
            sums[-1][1] += linked + (length if links_around else 0)
            sums[-1][2] += links
    return measures
