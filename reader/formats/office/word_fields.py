"""What the fields of Word documents mean, in DOCX as in RTF."""

from __future__ import annotations

import re

_OVERSTRUCK = re.compile(r"\\o(?:\\a[dclr])*\s*\((.*)\)", re.DOTALL)
_COMMAND = re.compile(r"\\[A-Za-z]+\s*\d*\s*|[()]")


def link_of_field(instruction: str) -> str:
    """Return where a HYPERLINK or cross-reference field leads to (17.16.5)."""
    words = instruction.split('"')
    name, _, rest = words[0].strip().partition(" ")
    if name.upper() in ("REF", "PAGEREF", "NOTEREF") and "\\h" in instruction:
        return f"#{rest.split()[0]}" if rest.split() else ""
    if name.upper() != "HYPERLINK":
        return ""
    quoted = words[1].strip() if len(words) > 1 else ""
    if "\\l" in words[0]:
        return f"#{quoted}"
    if len(words) > 3 and "\\l" in words[2]:
        return f"{quoted}#{words[3].strip()}"
    return quoted or (rest.split()[0] if rest.split() else "")


def label_of_field(instruction: str) -> str:
    """Return what a field without a result shows: the words on a button, what ruby stands over.

    A button's words come after the name of its macro (17.16.5.33); Japanese ruby is an EQ field
    that prints one text over another (17.16.5.22).
    """
    name, *rest = instruction.split(maxsplit=2)[:3] or [""]
    if name.upper() == "EQ":
        found = _OVERSTRUCK.search(instruction)
        return "" if found is None else _COMMAND.sub("", _last_argument(found[1])).strip()
    if name.upper() not in ("MACROBUTTON", "GOTOBUTTON") or len(rest) < 2:
        return ""
    return rest[1].strip()


def _last_argument(arguments: str) -> str:
    depth = begin = 0
    for at, sign in enumerate(arguments):
        depth += (sign == "(") - (sign == ")")
        if sign in ",;" and depth == 0:
            begin = at + 1
    return arguments[begin:]
