"""eSpeak NG's phonemes in the symbols Kokoro was trained on, and the numbers of these.

Facts from the project's own documents: the symbols are the "vocab" of Kokoro-82M's config.json,
how English is written in them stands in EN_PHONES.md of misaki, its phonemiser, and which of
eSpeak's phonemes they stand for in misaki's fallback to eSpeak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

EDGE = 0
"""The number that stands at either end of what the model is given."""

_RUNS = (  # first number, symbols with consecutive numbers
    (1, ";:,.!?"),
    (9, "—…"),
    (16, " "),
    (24, "A"),
    (25, "I"),
    (31, "O"),
    (33, "Q"),
    (36, "T"),
    (39, "W"),
    (41, "Yᵊabcdef"),
    (50, "hijklmnopqrstuvwxyzɑɐɒæ"),
    (75, "βɔ"),
    (81, "ðʤə"),
    (86, "ɛɜ"),
    (92, "ɡ"),
    (99, "ɥ"),
    (101, "ɨɪʝ"),
    (110, "ɯɰŋ"),
    (114, "ɲ"),
    (116, "ø"),
    (119, "θœ"),
    (123, "ɹ"),
    (128, "ʁ"),
    (131, "ʃ"),
    (133, "ʧ"),
    (135, "ʊʋ"),
    (138, "ʌɣ"),
    (142, "χʎ"),
    (147, "ʒ"),
    (156, "ˈˌː"),
    (177, "ᵻ"),
)
SYMBOL_IDS = {
    symbol: first + place for first, symbols in _RUNS for place, symbol in enumerate(symbols)
}

_SYLLABIC, _NASAL, _CEDILLA = "\u0329", "\u0303", "\u0327"  # as they stand in decomposed text
_SHARED = {
    "dʒ": "ʤ",
    "tʃ": "ʧ",
    "aɪ": "I",
    "aʊ": "W",
    "eɪ": "A",
    "ɔɪ": "Y",
    "e": "A",
    "ɐ": "ə",
    "əl": "ᵊl",
    "r": "ɹ",
    "x": "k",
    f"c{_CEDILLA}": "k",
    "ɬ": "l",
    "ʔ": "t",
    f"n{_SYLLABIC}": "ᵊn",
    f"l{_SYLLABIC}": "ᵊl",
    f"m{_SYLLABIC}": "ᵊm",
    _NASAL: "",
    _SYLLABIC: "",
    "ʲ": "",
    "o": "ɔ",
}
_AMERICAN = _SHARED | {
    "oʊ": "O",
    "əʊ": "O",
    "ɜːɹ": "ɜɹ",
    "ɜː": "ɜɹ",
    "ɚɹ": "əɹ",
    "ɚ": "əɹ",
    "ɝ": "ɜɹ",
    "ɪə": "iə",
    "ɾ": "T",
    "ː": "",
}
_BRITISH = _SHARED | {"əʊ": "Q", "oʊ": "Q", "eə": "ɛː", "iə": "ɪə", "ɚ": "ə", "ɾ": "t"}
_VOWELS = "aeiouæɐɑɒɔəɚɛɜɪʊʌᵻˈˌ"


def _pattern(table: dict[str, str]) -> re.Pattern[str]:
    # the vowel of "little" is swallowed, that of "parallel" isn't
    longest_first = sorted(table, key=len, reverse=True)
    rules = (f"{rule}(?![{_VOWELS}])" if rule == "əl" else rule for rule in longest_first)
    return re.compile("|".join(rules))


_PATTERNS = {False: (_pattern(_AMERICAN), _AMERICAN), True: (_pattern(_BRITISH), _BRITISH)}


def kokoro_symbols(phonemes: Sequence[str], *, is_british: bool) -> list[tuple[str, int]]:
    """Return the symbols for phonemes of eSpeak's, each with the index of the one it is for.

    A phoneme is one code point, decomposed. What Kokoro has no symbol for is left out.
    """
    pattern, table = _PATTERNS[is_british]
    text = "".join(phonemes)
    written: list[tuple[str, int]] = []
    at = 0
    for match in pattern.finditer(text):
        written += zip(text[at : match.start()], range(at, match.start()), strict=True)
        written += [(symbol, match.start()) for symbol in table[match.group()]]
        at = match.end()
    written += zip(text[at:], range(at, len(text)), strict=True)
    return [(symbol, index) for symbol, index in written if symbol in SYMBOL_IDS]


def with_words_parted(
    phonemes: Sequence[str], numbers: Sequence[int | None]
) -> tuple[list[str], list[int | None]]:
    """Return phonemes and their words' numbers with a space between any two words.

    eSpeak runs some together ("in the"); Kokoro has learnt from words that stand apart.
    """
    parted = [
        [(" ", None), (phoneme, number)]
        if index and _differ(numbers[index - 1], number)
        else [(phoneme, number)]
        for index, (phoneme, number) in enumerate(zip(phonemes, numbers, strict=True))
    ]
    pairs = list(chain.from_iterable(parted))
    return [phoneme for phoneme, _ in pairs], [number for _, number in pairs]


def _differ(before: int | None, number: int | None) -> bool:
    return before is not None and number is not None and before != number
