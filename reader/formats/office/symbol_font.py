"""The letters and signs that the Symbol font shows in place of others, as Unicode has them."""

from __future__ import annotations

_FROM_SPACE = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_FROM_EURO = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_FIRST, _EURO = 0x20, 0xA0
_PRIVATE = range(0xF000, 0xF100)


def symbol(code: int, font: str) -> str:
    """Return what a character of a symbol font shows; empty where it is a mere ornament.

    `code` may be moved into the private use area, as word processors store it.
    """
    code -= _PRIVATE.start if code in _PRIVATE else 0
    if font.strip().lower() != "symbol":
        return {0xFC: "✓", 0xFE: "☑", 0xE0: "→", 0xDF: "←", 0xA8: "☐"}.get(code, "")
    for first, letters in ((_EURO, _FROM_EURO), (_FIRST, _FROM_SPACE)):
        if 0 <= code - first < len(letters):
            return letters[code - first]
    return ""
