"""Numbers and bullets of list items and notes in the ways that word processors write them.

A way of numbering goes by the sign it begins with, as in OpenDocument (16.30.2 and 19.500 of ODF
1.3): `1`, `01`, `a`, `A`, `i`, `I`, `*`, and those of other scripts that word processors know.
"""

from __future__ import annotations

from reader.formats.html.rules import BULLETS
from reader.text.roman import to_roman

LONGEST_MARKER = 40
"""Characters of what an item shows before its text."""

_SIGNS = "*†‡§"
_LAST_ROMAN = 3999
_ALPHABETS = {
    sequence[0]: sequence
    for sequence in (
        "甲乙丙丁戊己庚辛壬癸",
        "子丑寅卯辰巳午未申酉戌亥",
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
        "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
        "가나다라마바사아자차카타파하",
        "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
        "абвгдежзиклмнопрстуфхцчшщэюя",
        "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
        "αβγδεζηθικλμνξοπρστυφχψω",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
        "אבגדהוזחטיכלמנסעפצקרשת",
        "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
        "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    )
}
_ZEROS = {"１": "０", "๑": "๐", "१": "०", "١": "٠", "۱": "۰", "১": "০"}
_CHINESE = {
    "一": ("〇一二三四五六七八九", "十百千万"),
    "壹": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟万"),
    "壱": ("零壱弐参四伍六七八九", "拾百千万"),
}
_SHOWN_BULLETS = frozenset("–—-‒→✓✔►*")
_LAST_CIRCLE = 20
_LAST_CHINESE = 99_999


def bullet(written: str, level: int) -> str:
    """Return what an item without a number shows at a level, from 1.

    That is what is written in the file if every font has it; most are signs of fonts of their own.
    """
    return written if written in _SHOWN_BULLETS else BULLETS[min(level, len(BULLETS)) - 1]


def numeral(number: int, style: str) -> str:
    """Return the number in a style; in figures where the style isn't known or ends before it."""
    if number > 0:
        if style in ("a", "A"):
            letter, times = chr(ord(style) + (number - 1) % 26), (number - 1) // 26 + 1
            return letter * min(times, 9)
        if style in ("i", "I") and number <= _LAST_ROMAN:
            written = to_roman(number)
            return written if style == "I" else written.lower()
        if style == "*":
            return _SIGNS[(number - 1) % 4] * min((number - 1) // 4 + 1, 9)
        if style in _ALPHABETS:
            letters = _ALPHABETS[style]
            return letters[(number - 1) % len(letters)] * min((number - 1) // len(letters) + 1, 9)
        if style == "①" and number <= _LAST_CIRCLE:
            return chr(ord("①") + number - 1)
        if style in _CHINESE and number <= _LAST_CHINESE:
            return _chinese(number, *_CHINESE[style])
        if style in _ZEROS:
            return "".join(chr(ord(_ZEROS[style]) + int(figure)) for figure in str(number))
        if style == "1st":
            return f"{number}{_ordinal_ending(number)}"
    return f"{number:02}" if style == "01" else str(number)


def _chinese(number: int, figures: str, places: str) -> str:
    """Return the number as it is counted: 十, 十一, 二十, 一百〇一."""
    said = ""
    is_gap = False
    for place in range(4, -1, -1):
        figure = number // 10**place % 10
        if figure:
            said += figures[0] if is_gap and said else ""
            said += figures[figure] + (places[place - 1] if place else "")
            is_gap = False
        else:
            is_gap = True
    ten = figures[1] + places[0]
    return said[1:] if said.startswith(ten) and number < 20 else said


def _ordinal_ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
