"""The bytes of an RTF file as tokens (RTF Specification 1.9.1, "RTF Syntax")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    rb"|'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|(?P<sign>[^A-Za-z]))"
    rb"|(?P<text>[^\\{}\r\n\0]+)"
    rb"|(?P<brace>[{}])"
    rb"|(?P<none>[\r\n\0]+|\\)"
)
_LARGEST = 0x7FFFFFFF


class TokenKind(Enum):
    """What a token is."""

    BEGIN = auto()
    END = auto()
    WORD = auto()
    BYTE = auto()
    TEXT = auto()


class Token(NamedTuple):
    """A token; `word` without its backslash, `number` None where it has none."""

    kind: TokenKind
    word: str = ""
    number: int | None = None
    data: bytes = b""


_BEGIN, _END = Token(TokenKind.BEGIN), Token(TokenKind.END)


def tokens_of(content: bytes) -> Iterator[Token]:
    """Yield the tokens. Binary data (`bin`) come as its word's `data`."""
    at = 0
    while at < len(content):
        found = _TOKEN.match(content, at)
        if found is None:  # a backslash before a damaged code
            at += 1
            continue
        at = found.end()
        match found.lastgroup:
            case "text":
                yield Token(TokenKind.TEXT, data=found["text"])
            case "brace":
                yield _BEGIN if found["brace"] == b"{" else _END
            case "byte":
                yield Token(TokenKind.BYTE, data=bytes((int(found["byte"], 16),)))
            case "word" | "number":
                told = found["number"]
                number = None if told is None else max(min(int(told), _LARGEST), -_LARGEST)
                word = found["word"].decode("ascii")
                data = b""
                if word == "bin" and number is not None and number > 0:
                    data = content[at : at + number]
                    at += len(data)
                yield Token(TokenKind.WORD, word, number, data)
            case "sign":
                yield Token(TokenKind.WORD, found["sign"].decode("latin-1"))
