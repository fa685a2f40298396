"""English words that are letters or hold figures and signs: NASA, PCs, COVID-19, x², AT&T."""

from __future__ import annotations

import re
import unicodedata

from reader.speech.verbalise.english import numbers
from reader.speech.verbalise.english.tables import GREEK, SPELLED, VULGAR
from reader.speech.verbalise.plain import plain_word
from reader.text.abbreviations import word_set

_LETTERS_OR_DIGITS = re.compile(r"\d+|[½¼¾⅓⅔]|[²³¹⁰⁴-⁹]+|[₀-₉]+|[^\W\d_²³¹⁰⁴-⁹₀-₉⁺⁻½¼¾⅓⅔]+|[^\w]|_")
_FIGURES_WITH_ENDING = re.compile(
    r"(?:(?<![^\W_])(?=\d\d)|(?<=[A-Z]))(\d{1,4})['’]?s(?![^\W_])|(?<![^\W_])(\d+)(?:st|nd|rd|th)(?![^\W_])"
)
_FUNCTIONS = word_set("sin cos tan log sinh cosh tanh")  # sin²θ
_CHARGES = {"⁺": "plus", "⁻": "minus"}
_NEGATIVE_POWER = re.compile(r"⁻([¹²³⁰⁴-⁹]{1,3})")
_CHARGED = re.compile(r"[⁺⁻]$")  # Ca²⁺
_SERIES = re.compile(r"(RFC|ISO|IEC|IEEE|DIN)(\d{4})")
_VERSION = re.compile(r"(?:v\.?|V\.?(?=\d+\.))(?=\d)")
_ALWAYS_LETTERS = word_set("USA FBI CIA BBC UK EU UN AI DNA HIV CEO NYPD NASA UNESCO")


def capitals(word: str, is_shouted: bool) -> str:
    """Return a word in capitals so that it is read as what it is: a word or letters."""
    if len(word) == 1:
        return GREEK.get(word.lower(), word)
    if not word[:2].isupper():
        return word
    if word in SPELLED:
        return ".".join(word)
    if word.endswith("s") and word[:-1].isupper() and word.isalpha() and len(word) in (3, 4):
        # espeak swallows the ending of PCs and MPs, but not that of a letter alone
        return ".".join(word[:-2]) + f" {word[-2]}'s"
    if is_shouted and word.isupper() and (len(word) > 4 or re.search("[AEIOUY]", word)):
        return word.lower() if word not in _ALWAYS_LETTERS else word
    return word


def mixed(word: str, is_shouted: bool) -> str:
    """Say a word with figures, hyphens or the like in it: COVID-19, B2B, x², AT&T."""
    version = _VERSION.match(word)
    if version:
        return f"version {mixed(word[version.end() :], is_shouted).lstrip()}"
    if series := _SERIES.fullmatch(word):
        return f"{series[1]} {numbers.in_series(series[2])}"
    said: list[str] = []
    previous = ""
    word = _FIGURES_WITH_ENDING.sub(_ending_said, word)
    word = _NEGATIVE_POWER.sub(_negative_power_said, word)
    for part in _LETTERS_OR_DIGITS.findall(_composed(word)):
        if part.isdecimal() and previous == " point":
            said.append(" " + (numbers.digits if part[0] == "0" else numbers.number_in_prose)(part))
        elif part.isdecimal():
            joined = previous.isalpha() and len(part) == 1 and part == "0"
            said.append(" oh" if joined else " " + numbers.number_in_prose(part))
        elif part[0] in "²³¹⁰⁴⁵⁶⁷⁸⁹" and _CHARGED.search(word):
            said.append(" " + numbers.cardinal(int(unicodedata.normalize("NFKC", part))))
        elif part[0] in "²³¹⁰⁴⁵⁶⁷⁸⁹":
            said.append(" " + _power(part, previous))
        elif part in _CHARGES:
            said.append(f" {_CHARGES[part]}")
        elif part in VULGAR:
            top, bottom = VULGAR[part]
            said.append(" " + ("half" if bottom == 2 else numbers.fraction(top, bottom)))
        elif part[0] in "₀₁₂₃₄₅₆₇₈₉":
            said.append(" " + numbers.cardinal(int(unicodedata.normalize("NFKC", part))))
        elif part == "-" and previous.isdecimal():
            said.append(" ")  # R2-D2
        elif part == "&":
            said.append(" and ")
        elif part == "_":
            said.append(" ")
        elif part == "." and previous.isdecimal():
            part = " point"  # GPT-3.5, v1.0a
            said.append(part)
        elif part[0].isalpha():
            lead = " " if previous[-1:].isdigit() else ""
            said.append(lead + capitals(part, is_shouted))
        else:
            said.append(part)
        previous = part
    spoken = re.sub(r"(?<=\w)\.(?=\w)|[/:,.]", " ", "".join(said))
    return plain_word(re.sub(r"\s*-\s+|\s+-\s*", " ", spoken))


def _negative_power_said(match: re.Match[str]) -> str:
    """Say the ⁻¹ of x⁻¹."""
    return f" to the minus {numbers.ordinal(int(unicodedata.normalize('NFKC', match[1])))}"


def _ending_said(match: re.Match[str]) -> str:
    """Say the 1980s of "mid-1980s" and the 19th of "early-19th"."""
    if match[2]:
        return numbers.ordinal(int(match[2]))
    is_behind_letters = match.start() > 0 and match.string[match.start() - 1].isalpha()  # F16s
    return " " * is_behind_letters + numbers.plural(numbers.number_in_prose(match[1]))


def _composed(word: str) -> str:
    return word if word.isascii() else unicodedata.normalize("NFC", word)


def _power(part: str, previous: str) -> str:
    value = int(unicodedata.normalize("NFKC", part))
    is_power = 0 < len(previous) <= 2 or previous.isdecimal() or previous in _FUNCTIONS
    if not is_power:  # a note's number, ¹⁴C
        return numbers.cardinal(value)
    return {2: "squared", 3: "cubed"}.get(value) or f"to the {numbers.ordinal(value)}"
