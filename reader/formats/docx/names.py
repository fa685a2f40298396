"""The names of Office Open XML (ISO/IEC 29500, Transitional) that the DOCX importer needs."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VAL = f"{W}val"
ON = ("1", "true", "on")
"""What an attribute says that is on (17.17.4)."""

_OFF = {"0", "false", "off", "none"}


def value(element: Element | None, name: str) -> str:
    """Return the `w:val` of a child element, empty without one."""
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else child.get(VAL) or ""


def switch(element: Element, name: str) -> bool | None:
    """Return whether a property is on or off; None where nothing is said (17.17.4)."""
    child = element.find(f"{W}{name}")
    return None if child is None else (child.get(VAL) or "1").lower() not in _OFF


def is_on(told: Mapping[str, str | None], name: str, otherwise: bool) -> bool:
    """Return whether a property is on, of those that `told` has with their `w:val`."""
    tag = f"{W}{name}"
    return (told[tag] or "1").lower() not in _OFF if tag in told else otherwise


def number(text: str | None, otherwise: int) -> int:
    """Return the number that an attribute holds, within reason."""
    told = (text or "").strip()
    bare = told.removeprefix("-")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 10):
        return otherwise
    return int(told)
