"""Formulas of Word (Office Math, ISO/IEC 29500-1, 22.1) as MathML, whose line of text is known."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

from reader.formats.docx.names import M
from reader.formats.mathml import spoken_form

_TOKEN = re.compile(r"(?P<mn>[0-9]+(?:[.,][0-9]+)*)|(?P<mi>[^\W\d_]+)|(?P<mo>\S)")
_SCRIPTS = {  # element: its MathML, and which of its parts come in which order
    "f": ("mfrac", ("num", "den")),
    "sSup": ("msup", ("e", "sup")),
    "sSub": ("msub", ("e", "sub")),
    "sSubSup": ("msubsup", ("e", "sub", "sup")),
    "limLow": ("munder", ("e", "lim")),
    "limUpp": ("mover", ("e", "lim")),
    "acc": ("mrow", ("e",)),
    "bar": ("mrow", ("e",)),
    "func": ("mrow", ("fName", "e")),
}


def math_text(formula: Element) -> str:
    """Return the formula as one line of text."""
    return spoken_form(_row("math", formula))


def _row(tag: str, holder: Element) -> Element:
    row = etree.Element(tag)
    for child in holder:
        _convert(child, row)
    return row


def _convert(element: Element, into: Element) -> None:
    name = str(element.tag).removeprefix(M)
    if name == "r":
        for token in _TOKEN.finditer("".join(t.text or "" for t in element.iter(f"{M}t"))):
            etree.SubElement(into, token.lastgroup or "mo").text = token.group()
    elif name in _SCRIPTS:
        tag, parts = _SCRIPTS[name]
        made = etree.SubElement(into, tag)
        made.extend(_part(element, part) for part in parts)
    elif name == "rad":
        properties = element.find(f"{M}radPr")
        is_square = properties is not None and properties.find(f"{M}degHide") is not None
        degree = _part(element, "deg")
        made = etree.SubElement(into, "msqrt" if is_square or not len(degree) else "mroot")
        made.append(_part(element, "e"))
        if made.tag == "mroot":
            made.append(degree)
    elif name == "nary":
        made = etree.SubElement(into, "munderover")
        etree.SubElement(made, "mo").text = _sign(element, "naryPr", "chr", "∫")
        made.extend((_part(element, "sub"), _part(element, "sup")))
        into.append(_part(element, "e"))
    elif name == "d":
        etree.SubElement(into, "mo").text = _sign(element, "dPr", "begChr", "(")
        for number, part in enumerate(element.findall(f"{M}e")):
            if number:
                etree.SubElement(into, "mo").text = _sign(element, "dPr", "sepChr", "|")
            into.append(_row("mrow", part))
        etree.SubElement(into, "mo").text = _sign(element, "dPr", "endChr", ")")
    elif name == "m":
        table = etree.SubElement(into, "mtable")
        for line in element.findall(f"{M}mr"):
            row = etree.SubElement(table, "mtr")
            row.extend(_row("mtd", cell) for cell in line.findall(f"{M}e"))
    elif not name.endswith("Pr"):
        for child in element:
            _convert(child, into)


def _part(element: Element, name: str) -> Element:
    found = element.find(f"{M}{name}")
    return etree.Element("mrow") if found is None else _row("mrow", found)


def _sign(element: Element, properties: str, name: str, otherwise: str) -> str:
    found = element.find(f"{M}{properties}/{M}{name}")
    told = None if found is None else found.get(f"{M}val")
    return otherwise if told is None else told[:4]
