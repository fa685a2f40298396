"""Bytes to text: the encoding told or found, bad bytes counted and shown, line ends made one.

The canonical text is the file's own, with two changes that make offsets mean the same everywhere:
a byte order mark is no text, and CR LF and CR become LF. All else stays: no-break spaces, doubled
spaces, soft hyphens, quotes of every kind.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Sequence

from reader.errors import TextEmpty, TextIsBinary
from reader.formats.source import Source
from reader.text.document import Notice, NoticeKind
from reader.values import value

REPLACEMENT = "\ufffd"
"""Stands for each byte that is no text."""

_BYTE_ORDER_MARKS = (  # UTF-32's first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_HEADS = (
    *(b"%PDF-", b"{\\rtf", b"PK\x03\x04", b"\x7fELF", b"MZ\x90", b"\x1f\x8b", b"7z\xbc\xaf"),
    *(b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"OggS", b"ID3", b"SQLite format 3"),
    *(b"\xd0\xcf\x11\xe0", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"AT&TFORM"),
)
_NO_TEXT_BYTES = bytes({*range(32), 127} - set(b"\t\n\v\f\r\b\x1a\x1b"))
_BINARY_SHARE = 0.01
_BROKEN_SHARE = 0.3
_LEGACY_SHARE = 0.03
_ESCAPED = re.compile("[\udc80-\udcff]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

# What alphabets add to ASCII. A file whose letters fit one of them in an 8-bit encoding is in that
# encoding; statistics on so few letters (charset-normalizer's) err more often.
_WESTERN = (
    *("àâæçéèêëîïôœùûü", "äöüßéèàáâêôçñ", "áéíóúüñàèïòç", "àáâãçéêíóôõúü", "àèéìîòóùú"),
    *("áéíóúàâèëïöüêîôçñ", "åäöæøéèüáóôêà", "áðéíóúýþæö"),
)
_CENTRAL = ("áčďéěíňóřšťúůýž", "ąćęłńóśźż", "áéíóöőúüű", "áäčďéíĺľňóôŕšťúýž", "čćđšž")
_ALPHABETS_BY_ENCODING = (
    ("cp1252", _WESTERN),
    ("mac_roman", _WESTERN),
    ("cp850", _WESTERN),
    ("cp1250", _CENTRAL),
    ("iso8859_2", _CENTRAL),
    ("cp1254", ("çğıiöşüâîû",)),
    ("cp1255", ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",)),
)
_QUOTES_AND_SIGNS = frozenset("‘’“”„‚«»‹›–—…•·°§©®™£€¥¿¡º½¼¾†‡²³×±\xa0\xad")
_NEVER_AFTER_A_LETTER = frozenset("„‚¿¡")
_INSIDE_WORDS = frozenset("’‘–—…·\xad\xa0")
_SIGNS_SUFFICE = {"cp1252", "mac_roman"}  # in the others even noise looks like signs
_FIT = 0.97
_SAMPLE_BYTES = 1 << 16
_LEAST_HIGH_BYTES = 12
_OTHER_ENCODINGS = [
    *("cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874"),
    *("iso8859_2", "cp866", "cp932", "euc_jp", "gb18030", "big5", "cp949"),
]


@value
class Decoded:
    """The canonical text of some bytes, and what the reader should know about the way there."""

    text: str
    notices: tuple[Notice, ...] = ()


def decode(content: bytes, declared: str | None = None) -> Decoded | None:
    """Return the text of `content`, or None if it is binary data.

    A byte order mark is believed first, then well-formed UTF-8, then `declared`, the encoding that
    the content names itself. UTF-8 with bad bytes is read with U+FFFD for each of them; encodings
    without a mark are guessed, and the guess is in the notices.
    """
    if content.startswith(_BINARY_HEADS):
        return None
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _as(encoding, content[len(mark) :])
    unmarked = _utf16_without_mark(content)
    if unmarked is not None:
        return _as(unmarked, content, guessed=True)
    if len(content.translate(None, _NO_TEXT_BYTES)) < len(content) * (1 - _BINARY_SHARE):
        return None
    try:
        return _canonical(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if declared is not None and (known := _known_encoding(declared)) is not None:
        return _as(known, content)
    return _as_broken_or_legacy(content)


def read_decoded(
    source: Source, limit_bytes: int, declared_in: Callable[[bytes], str | None] = lambda _: None
) -> Decoded:
    """Return the text of a file; `declared_in` finds the encoding that its content names.

    Raises:
        UnreadableText: too large, binary, without a visible character, or the disk failed.
    """
    content = source.read(limit_bytes)
    decoded = decode(content, declared_in(content))
    if decoded is None:
        raise TextIsBinary(source.path)
    if not has_visible(decoded.text):
        raise TextEmpty(source.path)
    return decoded


def has_visible(text: str) -> bool:
    """Whether anything in it can be seen: not only spaces, marks of direction and the like."""
    return any(letter.isprintable() and letter != " " for letter in text)


def _as(encoding: str, content: bytes, *, guessed: bool = False) -> Decoded:
    if encoding == "utf-8":
        return _as_broken_utf8(content.decode("utf-8", "surrogateescape"))
    text = content.decode(encoding, "replace")
    told = Notice(NoticeKind.ENCODING_GUESSED, detail=encoding)
    return _canonical(text, text.count(REPLACEMENT), (told,) if guessed else ())


def _as_broken_utf8(escaped: str) -> Decoded:
    text, bad = _ESCAPED.subn(REPLACEMENT, escaped)
    return _canonical(text, bad)


def _as_broken_or_legacy(content: bytes) -> Decoded | None:
    escaped = content.decode("utf-8", "surrogateescape")
    bad = len(content) - len(escaped.encode("utf-8", "ignore"))
    good = len(escaped) - bad - len(content.decode("ascii", "ignore"))
    if good < bad:
        guess = _legacy_encoding(content)
        if guess is not None:
            return _as(guess, content, guessed=True)
        if bad > len(content) * _BROKEN_SHARE:
            return None
    return _as_broken_utf8(escaped)


def _canonical(text: str, bad: int = 0, notices: tuple[Notice, ...] = ()) -> Decoded:
    text = text.rstrip("\x1a")  # CP/M and DOS ended a text with it
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:  # nothing that takes C strings would read on
        bad += text.count("\0")
        text = text.replace("\0", REPLACEMENT)
    if bad:
        notices = (*notices, Notice(NoticeKind.BAD_BYTES, bad))
    return Decoded(text, notices)


def _utf16_without_mark(content: bytes) -> str | None:
    """Return the byte order if nearly every second byte is the zero above a Latin letter."""
    half = len(content) // 2
    if half < 2 or len(content) % 2 or b"\0" not in content:
        return None
    zeros_above, zeros_below = content[1::2].count(0), content[0::2].count(0)
    if zeros_above >= half * 0.7 and zeros_below <= half * 0.02:
        return "utf-16-le"
    if zeros_below >= half * 0.7 and zeros_above <= half * 0.02:
        return "utf-16-be"
    return None


def _known_encoding(declared: str) -> str | None:
    name = declared.strip().lower()
    if name in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "iso8859-1"}:
        return "cp1252"  # what browsers take these names for (WHATWG Encoding Standard, labels)
    if name in {"gb2312", "gbk", "gb_2312-80"}:
        return "gb18030"
    if name in {"shift_jis", "shift-jis", "sjis", "x-sjis"}:
        return "cp932"
    if name.startswith(("utf-16", "utf-32", "utf-7")):
        return None  # the bytes can't be: the declaration itself was read as ASCII
    try:
        found = codecs.lookup(name)
        "".encode(found.name)  # refuses codecs that don't make text
        return found.name
    except (LookupError, ValueError, TypeError):
        return None


def _legacy_encoding(content: bytes) -> str | None:
    found = _HIGH_BYTE.search(content)
    first = found.start() if found else 0
    content = content[max(first - 1, 0) :][:_SAMPLE_BYTES]
    for encoding, alphabets in _ALPHABETS_BY_ENCODING:
        if _fits(content.decode(encoding, "replace"), alphabets, encoding in _SIGNS_SUFFICE):
            return encoding
    high = len(content) - len(content.decode("ascii", "ignore"))
    if high < max(_LEAST_HIGH_BYTES, len(content) * _LEGACY_SHARE):
        return None  # too little to tell by; they are shown as what they are
    for encoding in ("cp932", "euc_jp"):
        if _is_japanese(content, encoding):
            return encoding
    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_isolation=_OTHER_ENCODINGS).best()
    return None if best is None else best.encoding


def _fits(text: str, alphabets: Sequence[str], signs_alone: bool) -> bool:
    """Whether the letters beyond ASCII are of one alphabet, and all stand where they may."""
    letters: Counter[str] = Counter()
    signs = seen = 0
    for found in _BEYOND_ASCII.finditer(text):
        seen += 1
        letter = found.group()
        before = text[found.start() - 1 : found.start()]
        after = text[found.end() : found.end() + 1]
        if letter in _QUOTES_AND_SIGNS:
            signs += letter in _INSIDE_WORDS or not (
                before.isalpha() and (after.isalpha() or letter in _NEVER_AFTER_A_LETTER)
            )
        elif not (letter.isupper() and before.islower()):
            letters[letter.lower()[0]] += 1  # İ becomes two
    if not letters and not signs_alone:
        return False
    fitting = max(sum(letters[letter] for letter in alphabet) for alphabet in alphabets)
    return fitting + signs >= seen * _FIT


def _is_japanese(content: bytes, encoding: str) -> bool:
    text = content.decode(encoding, "replace")
    if text.count(REPLACEMENT) > len(text) * 0.001 + 1:  # a sample may end inside a character
        return False
    kana = len(re.findall("[\u3041-\u30ff]", text))
    return kana >= 0.2 * len(_BEYOND_ASCII.findall(text))
