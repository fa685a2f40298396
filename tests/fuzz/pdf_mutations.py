"""Ways in which a PDF is spoilt that its form is left in: its objects, its streams, its table.

Bytes changed at random mostly break a packed stream, which ends the reading of it. Here streams are
unpacked, changed and packed again with their right length, and objects get other objects' places.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from random import Random

_OBJECT = re.compile(rb"(\d{1,7}) (\d{1,5}) obj\b(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LENGTH = re.compile(rb"/Length\s+\d+(?:\s+\d+\s+R)?")
_NUMBER = re.compile(rb"(?<![\w#])-?\d{1,10}(?:\.\d{1,6})?(?![\w#])")
_REFERENCE = re.compile(rb"\b(\d{1,7}) (\d{1,5}) R\b")
_NAME = re.compile(rb"/[A-Za-z][\w+.-]{0,40}")
_OPERATOR = re.compile(
    rb"(?<=\s)(?:Tj|TJ|Tm|Td|TD|Tf|Tc|Tw|Tz|TL|Ts|T\*|BT|ET|cm|q|Q|re|f|S|Do|BI|ID|EI|gs|W|n)(?=\s)"
)
_NUMBERS = (
    *(b"0", b"-1", b"1", b"0.00001", b"65536", b"2147483647", b"-2147483648", b"4294967296"),
    *(b"1e30", b"99999999999999", b"3.4028235e38", b"nan", b"-0"),
)
_NAMES = (b"/Kids", b"/Parent", b"/Type", b"/Contents", b"/Length", b"/XObject", b"/ToUnicode")
_PIECES = (
    *(
        b" BT ",
        b" ET ",
        b" q " * 500,
        b" Q ",
        b" BI ",
        b" ID ",
        b" EI ",
        b"<< ",
        b" >>",
        b"(",
        b")",
    ),
    *(b"[" * 600, b"]", b"<", b">", b" /F1 1 Tf ", b" 0 0 0 0 0 0 cm ", b" 0 0 0 0 0 0 Tm "),
    *(b" 1 0 0 1 1e9 1e9 Tm ", b" 1000 Tc ", b" -1000 Tw ", b" 3 Tr ", b" (a) Tj ", b"\\", b"%"),
)
_LONGEST_STREAM = 2_000_000

Change = Callable[[bytes, Random], bytes]


def change_pdf(content: bytes, random: Random) -> bytes:
    """Change some objects of a PDF, and leave the file as sound as may be; maybe its table."""
    bodies = {int(found[1]): found[3] for found in _OBJECT.finditer(content)}
    if not bodies:
        return content
    for _time in range(random.choice((1, 1, 2, 4, 8))):
        number = random.choice(list(bodies))
        match random.randrange(10):
            case 0:
                bodies[number] = random.choice(list(bodies.values()))
            case 1 if len(bodies) > 1:
                del bodies[number]
            case 2:
                bodies[max(bodies) + random.choice((1, 1000))] = bodies[number]
            case 3 | 4:
                bodies[number] = _in_dictionary(bodies[number], random, list(bodies))
            case _:
                bodies[number] = _in_stream(bodies[number], random)
    return _written(content, bodies, random)


def _in_dictionary(body: bytes, random: Random, numbers: list[int]) -> bytes:
    """Change a number, a name or a reference outside of the stream."""
    head, mark, rest = body.partition(b"stream")
    change = random.choice((_other_number, _other_name, _other_reference(numbers)))
    return change(head, random) + mark + rest


def _in_stream(body: bytes, random: Random) -> bytes:
    """Unpack a stream, change what is in it, and pack it again."""
    found = _STREAM.search(body)
    if found is None:
        return _other_number(body, random)
    is_packed = b"/FlateDecode" in body[: found.start()]
    inner = found[1]
    if is_packed:
        try:
            inner = zlib.decompressobj().decompress(inner, _LONGEST_STREAM)
        except zlib.error:
            return _other_number(body, random)
    for _time in range(random.choice((1, 1, 3, 10))):
        inner = random.choice(_CHANGES)(inner, random)[:_LONGEST_STREAM]
    packed = zlib.compress(inner, 1) if is_packed else inner
    head = _LENGTH.sub(b"/Length %d" % len(packed), body[: found.start()])
    return head + b"stream\n" + packed + b"\nendstream\n"


def _written(content: bytes, bodies: dict[int, bytes], random: Random) -> bytes:
    """Return the file anew: with a right table, a wrong one, or with the one it had."""
    last_trailer = content.rfind(b"trailer")
    has_table = last_trailer >= 0 and random.random() < 0.7
    written = bytearray(content[: content.find(b"\n") + 1])
    offsets: dict[int, int] = {}
    for number, body in bodies.items():
        offsets[number] = len(written)
        written += b"%d 0 obj" % number + body + b"endobj\n"
    if not has_table:
        return bytes(written + content[max(last_trailer, content.rfind(b"startxref"), 0) :])
    slip = random.choice((0, 0, 0, 1, -7, 1 << 31))
    start = len(written)
    written += b"xref\n"
    for number, offset in offsets.items():
        written += b"%d 1\n%010d 00000 n \n" % (number, max(0, offset + slip) % 10**10)
    end = content.find(b"startxref", last_trailer)
    trailer = content[last_trailer : end if end > 0 else len(content)]
    if random.random() < 0.2:
        trailer = _other_number(trailer, random)
    return bytes(written + trailer + b"startxref\n%d\n%%%%EOF\n" % start)


def _other_number(content: bytes, random: Random) -> bytes:
    return replaced(content, random, _NUMBER, _NUMBERS)


def _other_name(content: bytes, random: Random) -> bytes:
    return replaced(content, random, _NAME, _NAMES)


def _other_reference(numbers: list[int]) -> Change:
    values = [b"%d 0 R" % number for number in numbers]
    return lambda content, random: replaced(content, random, _REFERENCE, values)


def _other_operator(content: bytes, random: Random) -> bytes:
    return replaced(content, random, _OPERATOR, (b"Tj", b"TJ", b"'", b"Do", b"q", b"BT", b"Tm"))


def _piece_put_in(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + random.choice(_PIECES) + content[at:]


def _piece_repeated(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    piece = content[at : at + random.choice((10, 100, 2000))]
    return content[:at] + piece * random.choice((2, 20, 400)) + content[at:]


def _bits_flipped(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _bit in range(random.choice((1, 4, 32)) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


_CHANGES: tuple[Change, ...] = (
    *(_other_number, _other_number, _other_name, _other_operator, _piece_put_in),
    *(_piece_repeated, _bits_flipped),
)


def replaced(
    content: bytes, random: Random, pattern: re.Pattern[bytes], values: Sequence[bytes]
) -> bytes:
    """Return the content with one match of a pattern made another one's, or one of the values."""
    found = [match.span() for match in pattern.finditer(content)]
    if not found:
        return content
    start, end = random.choice(found)
    other_start, other_end = random.choice(found)
    value: bytes = random.choice((*values, content[other_start:other_end]))
    return content[:start] + value + content[end:]
