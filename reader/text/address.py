"""The address of a place in a text, `sottovoce:open?…`: what links back from other programs are."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

from reader.text.document import Fingerprint, Place
from reader.values import value

SCHEME = "sottovoce"
_OPEN = "open"

_KEY = re.compile(r"(?:sha256:)?([0-9a-f]{16})[0-9a-f]*", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_URN = "urn:uuid:"


@value
class Address:
    """A text by one of its versions, and a note on it or a place in it if it leads to one.

    `text_key` is the head of the version's fingerprint, 64 bits: enough to tell it from all others
    on a machine, and short enough to be looked at. `note` is the annotation's id. `words` are what
    stands at the place, by which it is found in a later version; "" in addresses that don't say.
    """

    text_key: str
    note: str = ""
    place: Place | None = None
    words: str = ""

    def __str__(self) -> str:
        """Return it as it is written; `address_from` reads it back."""
        parts = [f"text={_quoted(self.text_key)}"]
        if self.note:
            name = self.note.removeprefix(_URN)
            parts.append(f"note={_quoted(name if _UUID.fullmatch(name) else self.note)}")
        if self.place is not None:
            parts.append(f"at={self.place.section}:{self.place.offset}")
        if self.words:
            parts.append(f"words={_quoted(self.words)}")
        return f"{SCHEME}:{_OPEN}?{'&'.join(parts)}"


def address_of(version: Fingerprint, note: str = "", place: Place | None = None) -> Address:
    """Return the address of a text, or of a note or place in it."""
    return Address(text_key(version), note, place)


def text_key(version: str) -> str:
    """Return what an address calls a version of a text; one that is no fingerprint stays."""
    found = _KEY.fullmatch(version)
    return version if found is None else found[1].lower()


def is_address(written: str) -> bool:
    """Whether it is meant as an address of ours, good or bad, and not as the name of a file."""
    return written[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def address_from(written: str) -> Address | None:
    """Return the address that was written, None where it names no text.

    Browsers and desktops may have put slashes before `open`, and escaped what needs no escaping.
    """
    try:
        parts = urlsplit(written.strip())
        fields = parse_qs(parts.query, strict_parsing=True, max_num_fields=16, errors="strict")
    except ValueError:
        return None
    what = (parts.netloc or parts.path).strip("/").lower()
    key = text_key(fields.get("text", [""])[0])
    if parts.scheme != SCHEME or what != _OPEN or not key:
        return None
    note = fields.get("note", [""])[0]
    return Address(
        key,
        _URN + note if _UUID.fullmatch(note) else note,
        _place(fields.get("at", [""])[0]),
        fields.get("words", [""])[0],
    )


def _place(written: str) -> Place | None:
    section, _, offset = written.partition(":")
    is_place = re.fullmatch(r"\d{1,9}:\d{1,12}", written, re.ASCII) is not None
    return Place(int(section), int(offset)) if is_place else None


def _quoted(field: str) -> str:
    # a colon may stand in a query, and these are easier to read with it
    return quote(field, safe=":", errors="replace")
