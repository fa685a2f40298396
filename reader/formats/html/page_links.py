"""Links by which a saved page leads into itself: browsers write them with the page's whole address.

So do wikis' and sites' own pages; a footnote's mark is such a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def point_within(root: Element, address: str) -> None:
    """Leave of each link that leads into the page from `address` nothing but the place's name."""
    page = _without_place(address)
    if not page:
        return
    for link in root.iter("a"):
        told = (link.get("href") or "").strip()
        if "#" in told and not told.startswith("#") and _without_place(told, page) == page:
            link.set("href", "#" + told.partition("#")[2])


def _without_place(address: str, base: str = "") -> str:
    try:
        return urldefrag(urljoin(base, address)).url
    except ValueError:
        return ""
