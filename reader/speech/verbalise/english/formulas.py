"""Formulas as a line of text has them: f(x, y), x^2, e^(−x²), x_(n + 1), ∑_(k = 1)ⁿ, P(A ∣ B)."""

from __future__ import annotations

import re
import unicodedata

from reader.speech.verbalise.english import numbers
from reader.speech.verbalise.english.tables import GREEK, SIGNS
from reader.speech.verbalise.words import Passage, SpokenWord, one_word

_TERM = r"(?:[^\W\d_]|\d{1,3})(?:[²³]|\^\d)?(?!\w)"
_BETWEEN = r"(?:, ?| ?[|∣] ?| log |\s?[+·]\s?)"
_INNER = r"[^()]{1,40}"
_FORMULA = re.compile(
    r"(?P<base>[^\W\d_])\^(?P<minus>[-−])?(?P<power>\d{1,3}|[^\W\d_])(?!\w)|"
    rf"(?P<raised>[^\W\d_])\^\((?P<exponent>{_INNER})\)|"
    rf"(?P<lowered>[^\W\d_])_\((?P<index>{_INNER})\)|"
    rf"(?P<function>[fghFGHPpO])\((?P<terms>{_TERM}(?:{_BETWEEN}{_TERM})*)\)(?![a-z\d])"
)
_BOUND = rf"(?:\({_INNER}\)|[^\W_]|[∞⁰¹²³⁴-⁹ⁿ]+)"
_BOUNDED = re.compile(
    rf"(?P<sign>[∫∑∏])_(?P<low>{_BOUND})(?:\^(?={_BOUND}))?(?P<high>(?<=\^){_BOUND}|[∞⁰¹²³⁴-⁹ⁿ]+)?"
)
_PIECE = re.compile(r"\d+(?:\.\d+)?|[²³¹⁰⁴-⁹ⁿ]|[^\W\d_²³¹⁰⁴-⁹ⁿ]+|[^\w\s]")
_SIGNS_LOWERED = str.maketrans("⁻⁺", "−+")
_NAMED_POWERS = {"2": "squared", "3": "cubed"}
_SAID = {
    "|": "given", "∣": "given", "-": "minus", "−": "minus", "*": "times", "²": "squared",
    "³": "cubed", "^": "to the", "/": "over",
}  # fmt: skip


def formula_at(text: str, start: int, end: int) -> tuple[str, int] | None:
    """Return what is said for the formula that begins with a letter at `start`, and its end."""
    match = _FORMULA.match(text, start, end)
    return None if match is None else (_said(match), match.end())


def bounded_sign_at(text: str, start: int, end: int) -> tuple[str, int] | None:
    """Return what is said for an integral, sum or product with its bounds, and their end."""
    match = _BOUNDED.match(text, start, end)
    if match is None:
        return None
    low, high = (_words(bound.strip("()")) if bound else "" for bound in match.group("low", "high"))
    sign = SIGNS[match["sign"]].removesuffix(" of")
    return f"{sign} from {low} to {high} of" if high else f"{sign} over {low} of", match.end()


def raised_letter(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 2ⁿ and 2ⁿ⁻¹."""
    figures = unicodedata.normalize("NFKC", match[2].translate(_SIGNS_LOWERED))
    return one_word(f"{numbers.cardinal(int(match[1]))} to the {_words(figures)}", match)


def _said(match: re.Match[str]) -> str:
    if match["function"]:
        return f"{match['function']} of {_words(match['terms'].replace(',', ' '))}"
    if match["raised"]:
        return f"{_letter(match['raised'])} to the {_words(match['exponent'])}"
    if match["lowered"]:
        return f"{_letter(match['lowered'])} sub {_words(match['index'])}"
    power = match["power"]
    minus = "minus " if match["minus"] else ""
    if power.isdecimal():
        named = _NAMED_POWERS.get(minus + power)
        said = named or f"to the {minus}{numbers.ordinal(int(power))}"
    else:
        said = f"to the {minus}{power}"
    return f"{_letter(match['base'])} {said}"


def _words(formula: str) -> str:
    """Return a simple formula in words: letters, figures and the signs between them."""
    said = []
    for piece in _PIECE.findall(unicodedata.normalize("NFC", formula)):
        if piece[0].isdecimal():
            said.append(numbers.decimal(piece))
        elif piece in "ⁿ⁰¹⁴⁵⁶⁷⁸⁹":
            plain = unicodedata.normalize("NFKC", piece)
            said.append(numbers.cardinal(int(plain)) if plain.isdecimal() else plain)
        elif piece.isalpha():
            said.append(_letter(piece))
        else:
            said.append(_SAID.get(piece) or SIGNS.get(piece, ""))
    return " ".join(word for word in said if word)


def _letter(letter: str) -> str:
    return GREEK.get(letter.lower(), letter)
