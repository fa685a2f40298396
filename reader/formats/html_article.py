"""Finds the main text of a saved web page, and what around it is furniture; in doubt, keeps it."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element as Element


def furniture_of(root: Element) -> Sequence[Element]:
    """Return the elements of a page that are no part of its main text, none for other documents."""
    return ()
