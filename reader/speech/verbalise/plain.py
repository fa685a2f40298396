"""Words as an engine can say them: quotes, ligatures, invisible characters and emoji made plain."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "ʹ": "'", "`": "'", "´": "'", "＇": "'"}
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_UNSPEAKABLE = re.compile(r"[^\w\s'.&-]|_")
_HYPHENS = re.compile(r"[\u2010\u2011\u2012\u2043\uff0d]")
_MARKS_LEFT = re.compile(r"-{2,}|(?<![A-Za-z])\.|\.(?![A-Za-z])")
_SKIN_OR_SELECTOR = re.compile(r"[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\u20e3\U000e0020-\U000e007f]")

EMOJI = re.compile(
    r"(?:[\U0001f1e6-\U0001f1ff]{2}"
    r"|(?:[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    r"\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299]\ufe0f"
    r"|[\U0001f004-\U0001f1e5\U0001f200-\U0001faff\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26bd\u26be"
    r"\u2705\u270a-\u270d\u2728\u274c\u274e\u2753-\u2755\u2757\u2764\u2b50\u2b55\u263a\u2639])"
    r"(?:[\U0001f3fb-\U0001f3ff\ufe0f\u20e3]|\u200d[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?)*)"
)
_EMOJI_NAMES = {
    "❤": "red heart",
    "♥": "heart",
    "☺": "smiling face",
    "☹": "frowning face",
    "✔": "check mark",
    "✅": "check mark",
    "❌": "cross mark",
    "⭐": "star",
    "😂": "tears of joy",
    "👍": "thumbs up",
    "👎": "thumbs down",
    "🙏": "folded hands",
    "🎉": "party popper",
    "🔥": "fire",
    "💯": "hundred points",
    "‼": "",
    "⁉": "",
}


def plain_word(word: str) -> str:
    """Return a word with straight apostrophes, letters composed, nothing that can't be said."""
    if word.isascii() and word.isalpha():
        return word
    plain = _HYPHENS.sub("-", _INVISIBLE.sub("", word).translate(_APOSTROPHES))
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
        if not unicodedata.is_normalized("NFKC", plain):
            plain = unicodedata.normalize("NFKC", plain)
            plain = plain.replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")
        plain = "".join(
            c for c in plain if c.isalnum() or c in " '.&-" or unicodedata.category(c)[0] == "M"
        )
    else:
        plain = _UNSPEAKABLE.sub(" ", plain)
    return " ".join(_MARKS_LEFT.sub(" ", plain).split()).strip("-' ")


def emoji_name(emoji: str) -> str:
    """Return an emoji's English name, without skin tones and a sequence's later parts."""
    first = _SKIN_OR_SELECTOR.sub("", emoji)[:1]
    if not first:
        return ""
    if "\U0001f1e6" <= first <= "\U0001f1ff":
        return "flag"
    known = _EMOJI_NAMES.get(first)
    if known is not None:
        return known
    name = unicodedata.name(first, "").lower()
    for lead in ("heavy ", "white ", "black ", "extraterrestrial "):
        name = name.removeprefix(lead)
    return re.sub(r"[^a-z ]", " ", name.replace("-", " ")).strip()
