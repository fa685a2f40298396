"""What the fields of Word documents mean, in DOCX as in RTF."""

from __future__ import annotations


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
    """Return what a button field shows (17.16.5.33): the words after the name of its macro."""
    name, *rest = instruction.split(maxsplit=2)[:3] or [""]
    if name.upper() not in ("MACROBUTTON", "GOTOBUTTON") or len(rest) < 2:
        return ""
    return rest[1].strip()
