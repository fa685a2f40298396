"""A formula in MathML as one line of plain text, as mathematicians type it: (a + b)/2, x², √(y).

Only what is drawn counts (MathML 3, chapter 3); what its author says of it (alttext) comes first.
"""

from __future__ import annotations

from lxml.etree import _Element as Element

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_UNSEEN = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
_SPACED = set("=<>≤≥≠≈≡∼≅∝→←↔⇒⇐⇔↦∈∉⊂⊆⊃⊇∪∩+−±×÷·∧∨∗⊕⊗∣")
_FENCES = "()[]{}|‖⟨⟩⌊⌋⌈⌉"
_PASSED_OVER = {
    *("annotation", "annotation-xml", "mphantom", "malignmark", "maligngroup", "none"),
    *("mprescripts", "mglyph"),
}
_DEEPEST = 60


def spoken_form(math: Element) -> str:
    """Return what stands for the formula in the text."""
    told = " ".join((math.get("alttext") or math.get("alt") or "").split())
    return told or " ".join(_row(math, 0).split())


def _row(element: Element, depth: int) -> str:
    return "".join(_line(child, depth + 1) for child in element)


def _line(element: Element, depth: int) -> str:
    if not isinstance(element.tag, str) or depth > _DEEPEST:
        return ""
    tag = element.tag.rpartition("}")[2].rpartition(":")[2]
    if tag in _PASSED_OVER:
        return ""
    parts = [_line(child, depth + 1) for child in element] if len(element) else []
    match tag, parts:
        case (("mi" | "mn" | "mtext" | "ms"), _):
            words = "".join(element.itertext())
            shown = " ".join(words.split())
            is_apart = tag == "mtext" and shown and words != words.strip()
            return f" {shown} " if is_apart else shown
        case "mo", _:
            return _operator("".join(element.itertext()).translate(_UNSEEN).strip())
        case "mspace", _:
            return " "
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msqrt", _:
            return f"√{_grouped(''.join(parts), always=True)}"
        case "mroot", [base, index]:
            return f"{_raised(index)}√{_grouped(base, always=True)}"
        case (("msup" | "mover"), [base, above]):
            return base + _raised(above)
        case (("msub" | "munder"), [base, below]):
            return base + _lowered(below)
        case (("msubsup" | "munderover"), [base, below, above]):
            return base + _lowered(below) + _raised(above)
        case "mfenced", _:
            return _fenced(element, parts)
        case "mtable", _:
            return "; ".join(part.strip() for part in parts)
        case (("mtr" | "mlabeledtr"), _):
            return ", ".join(part.strip() for part in parts)
        case "semantics", _:
            return parts[0] if parts else ""
    return "".join(parts) or " ".join((element.text or "").split())


def _operator(sign: str) -> str:
    if sign == "-":
        sign = "−"
    if sign in _SPACED:
        return f" {sign} "
    return f"{sign} " if sign in {",", ";"} else sign


def _grouped(text: str, *, always: bool = False) -> str:
    bare = text.strip()
    is_one = bare.isalnum() or (bare[:1] in _FENCES and bare[-1:] in _FENCES)
    return bare if is_one and not (always and len(bare) > 1 and bare.isalnum()) else f"({bare})"


def _raised(text: str) -> str:
    return _shifted(text, _RAISED, "^")


def _lowered(text: str) -> str:
    return _shifted(text, _LOWERED, "_")


def _shifted(text: str, letters: dict[int, int], sign: str) -> str:
    bare = text.replace(" ", "")
    if not bare:
        return ""
    if all(ord(letter) in letters for letter in bare):
        return bare.translate(letters)
    if bare in {"′", "″", "°", "*", "∗", "'", "^", "¯", "→", "~", "˙", "ˆ"}:
        return "′" if bare == "'" else bare
    return sign + _grouped(text)


def _fenced(element: Element, parts: list[str]) -> str:
    opening, closing = element.get("open", "("), element.get("close", ")")
    separators = "".join((element.get("separators", ",")).split())
    inside = ""
    for number, part in enumerate(parts):
        if number and separators:
            inside += separators[min(number, len(separators)) - 1] + " "
        inside += part
    return f"{opening}{inside}{closing}"
