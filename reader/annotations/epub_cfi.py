"""EPUB canonical fragment identifiers: written for a range, and read.

Source: EPUB Canonical Fragment Identifiers 1.1. Elements have even numbers, the character data
between them odd ones; offsets count UTF-16 units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.annotations.source_places import MarkupPlace, ancestors_of
from reader.text.markup import MarkupText
from reader.values import value

CONFORMS_TO = "http://www.idpf.org/epub/linking/cfi/epub-cfi.html"
_SPECIAL = re.compile(r"[\^\[\](),;=]")
_STEP = re.compile(r"/(\d{1,9})((?:\[(?:\^.|[^\^\]])*\])?)")
_OFFSET = re.compile(r":(\d{1,9})")
_LONGEST = 4_000


@value
class Path:
    """Steps within a content document with the ids asserted, and an offset into character data."""

    steps: tuple[tuple[int, str], ...]
    offset: int | None


@value
class Cfi:
    """Where an EPUB CFI leads: to a file of the spine, and from one path in it to another."""

    spine: int
    itemref: int
    name: str
    start: Path
    end: Path


def written_cfi(step: str, markup: MarkupText, start: MarkupPlace, end: MarkupPlace) -> str:
    """Return the CFI of a range of a content document that `step` leads to."""
    one, other = _path_to(markup, start), _path_to(markup, end)
    shared = 0
    while shared < min(len(one), len(other)) - 1 and one[shared] == other[shared]:
        shared += 1
    common = "".join(one[:shared])
    return f"epubcfi({step}!{common},{''.join(one[shared:])},{''.join(other[shared:])})"


def _path_to(markup: MarkupText, place: MarkupPlace) -> list[str]:
    piece = markup.pieces[place.piece]
    around = [*ancestors_of(markup, piece.element)][-2::-1]
    steps = []
    for number in around:
        element = markup.elements[number]
        mark = _SPECIAL.sub(lambda sign: "^" + sign[0], element.id)
        steps.append(f"/{2 * element.position}" + (f"[{mark}]" if mark else ""))
    units = len(piece.text[: place.offset].encode("utf-16-le", "surrogatepass")) // 2
    return [*steps, f"/{2 * piece.chunk + 1}:{units}"]


def read_cfi(written: str) -> Cfi | None:
    """Return where a CFI leads; None for one that isn't one, or leads to no text."""
    found = re.fullmatch(r"(?:[^#]*#)?epubcfi\((.*)\)", written.strip(), re.DOTALL)
    if found is None or len(written) > _LONGEST:
        return None
    package, _, inside = found[1].partition("!")
    first = [(int(m[1]), _name(m[2])) for m in _STEP.finditer(package)]
    parts = _parts(inside)
    if len(first) < 2 or len(parts) not in (1, 3):
        return None
    starts = parts[0] + (parts[1] if len(parts) == 3 else "")
    ends = parts[0] + (parts[2] if len(parts) == 3 else "")
    return Cfi(first[0][0], first[1][0], first[1][1], _path(starts), _path(ends))


def _parts(inside: str) -> list[str]:
    """Return what commas part; those in brackets or behind a ^ part nothing."""
    parts, depth, at = [""], 0, 0
    while at < len(inside):
        sign = inside[at]
        if sign == "^":
            parts[-1] += inside[at : at + 2]
            at += 2
            continue
        depth += (sign == "[") - (sign == "]")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
        at += 1
    return parts


def _path(written: str) -> Path:
    steps = tuple((int(found[1]), _name(found[2])) for found in _STEP.finditer(written))
    offset = _OFFSET.search(_STEP.sub("", written))
    return Path(steps, None if offset is None else int(offset[1]))


def _name(brackets: str) -> str:
    return re.sub(r"\^(.)", r"\1", brackets[1:-1]).partition(";")[0]


def place_in(markup: MarkupText, path: Path) -> tuple[int, int] | None:
    """Return the piece of character data that a path leads to, and code points into it.

    Where the elements have changed, an id that is asserted is followed instead.
    """
    by_parent = {(e.parent, e.position): n for n, e in enumerate(markup.elements)}
    by_id = {e.id: n for n, e in enumerate(markup.elements) if e.id}
    element: int | None = 0
    chunk: int | None = None
    for number, name in path.steps:
        if number % 2:
            chunk = number // 2
            break
        wanted = None if element is None else by_parent.get((element, number // 2))
        if name and (wanted is None or markup.elements[wanted].id != name):
            wanted = by_id.get(name, wanted)
        element = wanted
    if element is None:
        return None
    return _piece_of(markup.pieces_of(element), chunk, path.offset or 0)


def _piece_of(
    pieces: Sequence[tuple[int, int, str]], chunk: int | None, units: int
) -> tuple[int, int] | None:
    if chunk is None:
        return (pieces[0][0], 0) if pieces else None
    for number, at, text in pieces:
        if at == chunk:
            wide = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
            return number, len(wide.decode("utf-16-le", "replace"))
        if at > chunk:
            return number, 0
    return (pieces[-1][0], len(pieces[-1][2])) if pieces else None
