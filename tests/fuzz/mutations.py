"""Ways in which a real file is spoilt: its bytes, its markup, the entries of its archive."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz.pdf_mutations import change_pdf, replaced

Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]

_TAG = re.compile(rb"<[^<>]{1,400}>")
_VALUE = re.compile(rb"\"[^\"<>]{0,80}\"")
_NUMBER = re.compile(rb"-?\d{1,9}")
_WORD = re.compile(rb"\\[a-z]{1,20}-?\d{0,9}")
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"-2147483648", b"99999999999999")
_VALUES = (b'""', b'"-1"', b'"#"', b'"../../x"', b'"\xff"', b'"999999999"', b'"file:///etc/hosts"')
_PIECES = (
    *(b"<!ENTITY a 'b'>", b"<!DOCTYPE x [", b"]]>", b"<![CDATA[", b"&#0;", b"&a;", b"<!--", b"-->"),
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"{", b"}", b"\\bin999999 ", b"\\u-10179?", b"\\'"),
    *(b"PK\x03\x04", b"PK\x01\x02", b"<p>", b"</p>", b"<w:p>", b"<text:p>", b"<section>", b"\r"),
    *(b"\n\n", b"```", b"[^1]: ", b"--b\r\n", b"=\r\n", b"<table><tr><td colspan=9999>"),
)
_LARGEST_BYTES = 400_000  # which the slowest parser, that of Markdown, reads in 2 s


def flip(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Change some bits."""
    changed = bytearray(content)
    for _bit in range(random.choice((1, 1, 2, 8, 64))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Leave off the end, or a piece of the middle."""
    start, end = sorted((random.randrange(len(content) + 1), random.randrange(len(content) + 1)))
    return content[:start] if random.random() < 0.5 else content[:start] + content[end:]


def repeat(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Say a piece many times."""
    start = random.randrange(len(content))
    piece = content[start : start + random.choice((1, 8, 60, 500))]
    times = min(random.choice((2, 10, 300, 5000)), _LARGEST_BYTES // max(len(piece), 1))
    return content[:start] + piece * times + content[start:]


def splice(content: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Go on with another file."""
    other = random.choice(others)
    at, on = random.randrange(len(content) + 1), random.randrange(len(other) + 1)
    return content[:at] + other[on : on + _LARGEST_BYTES]


def insert(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Put in what means something somewhere."""
    for _time in range(random.choice((1, 1, 3, 20))):
        at = random.randrange(len(content) + 1)
        content = content[:at] + random.choice(_PIECES) + content[at:]
    return content


def change_markup(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Drop, double, move or nest tags and control words; change values and numbers."""
    for _time in range(random.choice((1, 1, 2, 5, 20))):
        content = random.choice((_change_tag, _change_value, _change_number))(content, random)
    return content


def change_archive(content: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Change the files in an archive, and leave the archive itself as sound as may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError):
        return flip(content, random, others)
    for _time in range(random.choice((1, 1, 2, 4))):
        if not entries:
            break
        at = random.randrange(len(entries))
        name, data = entries[at]
        match random.randrange(10):
            case 0:
                del entries[at]
            case 1:
                entries.insert(random.randrange(len(entries)), (name, data))
            case 2:
                entries[at] = (random.choice(("../x", "/x", "x", name.upper())), data)
            case 3:
                entries[at] = (name, random.choice(entries)[1])
            case _ if data:
                inner = random.choice((flip, cut, repeat, insert, *[change_markup] * 6))
                entries[at] = (name, inner(data, random, others))
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w") as archive:
        warnings.simplefilter("ignore")  # two files of one name are meant
        for name, data in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return written.getvalue()


def change_pdf_file(content: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Change the objects and the streams of a PDF."""
    return change_pdf(content, random)


def mutated(content: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Return the file spoilt in one to three ways."""
    ways: list[Mutation] = [flip, cut, repeat, splice, insert, change_markup, change_markup]
    if content.startswith(b"PK"):
        ways = [flip, cut, splice, *[change_archive] * 7]
    if content.startswith(b"%PDF"):
        ways = [flip, cut, splice, *[change_pdf_file] * 7]
    for _time in range(random.choice((1, 1, 1, 2, 3))):
        if content:
            content = random.choice(ways)(content, random, others)[:_LARGEST_BYTES]
    return content


def _change_tag(content: bytes, random: Random) -> bytes:
    pattern = _WORD if content.startswith(b"{\\rtf") else _TAG
    tags = [found.span() for found in pattern.finditer(content)]
    if not tags:
        return content
    start, end = random.choice(tags)
    other_start, other_end = random.choice(tags)
    tag = content[start:end]
    match random.randrange(5):
        case 0:
            return content[:start] + content[end:]
        case 1:
            return content[:start] + tag * random.choice((2, 50, 3000)) + content[end:]
        case 2:
            return content[:start] + content[other_start:other_end] + content[end:]
        case 3:
            first, last = min(start, other_start), max(end, other_end)
            return content[:last] + content[first:last][:100_000] + content[last:]
        case _:
            first, last = min(end, other_end), max(end, other_end)
            return content[:first] + content[last:]


def _change_value(content: bytes, random: Random) -> bytes:
    return replaced(content, random, _VALUE, _VALUES)


def _change_number(content: bytes, random: Random) -> bytes:
    return replaced(content, random, _NUMBER, _NUMBERS)
