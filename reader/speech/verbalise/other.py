"""Languages other than English: what a figure, an abbreviation or a numeral is, found in the text.

How it is said is each language's own: german.py, french.py, spanish.py. Of languages without one,
figures stay as they are written, with their signs, and the voice reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from reader.speech.verbalise.addresses import say_address
from reader.speech.verbalise.grammar import VULGAR, Grammar
from reader.speech.verbalise.other_figures import Figures
from reader.speech.verbalise.plain import plain_word
from reader.speech.verbalise.words import Passage, SpokenWord
from reader.text.roman import from_roman
from reader.text.segment import WORD

STARTS = re.compile(
    r"[^\W_]|(?<![\w.,:;)\]–−-])[-−+±](?=\d)|\+(?=\d{2})|[$£€](?=[\d\u00a0 ])|[&§%‰°€]|"
    r"[+=×÷](?=\s?[\d(])|(?<=[\w²³)]\s)[+=×÷≈≠≤≥<>−](?=\s[\w(])|[≈≤≥](?=\s?\d)"
)
_Rule = Callable[[Passage, int], SpokenWord | None]

_SPACE = "[ \u00a0\u202f\u2009]"
_ANY_SPACE, _GROUP = re.compile(_SPACE), re.compile(rf"(?<=\d){_SPACE}(?=\d{{3}})")
_FIGURE = re.compile(
    rf"[-−+]?(?:[$£€]{_SPACE}?)?\d+(?:[.,:/h–-]\d+|{_SPACE}\d{{3}}(?!\d))*(?![^\W\d_])"
    rf"(?:{_SPACE}?(?:[%$£€‰]|°C?(?!\w)))?"
)
"""A figure as it is written, with its sign: what a voice knows to read in its own language."""

_INITIAL = re.compile(r"[A-ZÄÖÜÉ]\.(?=[\s\u00a0][A-ZÄÖÜÉ])")
_NUMERAL = re.compile(r"[IVXLC]{1,8}")
_PREVIOUS_WORD = re.compile(r"([^\W\d_]+)\.?[\s\u00a0]$")
_NUMERAL_BEFORE = re.compile(r"\b[IVXLC]{1,8}\s(?:y|a|al|et|à|und|bis)\s$")
_NEXT_WORD = re.compile(r"\.?[\s\u00a0]+([^\W\d_]+)")
_OTHER_TITLE = re.compile(r"(?:et|y)\s[A-ZÁÉ]")  # M. et Mme Martin
_OF = re.compile(r"d[eu]s?\s|d['’]")  # av. de l'Opéra
_ABBREVIATED = re.compile(
    r"(?:[^\W\d_]{1,4}\.(?:[\s\u00a0\u202f]?-?[^\W\d_]{1,3}(?:-[^\W\d_])?\.)+"
    r"|[^\W\d_]{1,24}\.)(?!\w)"
)


@lru_cache(maxsize=8)
def language_of(tag: str) -> OtherLanguage | PlainLanguage:
    """Return how the language of a BCP 47 tag is said."""
    match tag.replace("_", "-").split("-")[0].lower():
        case "de":
            from reader.speech.verbalise.german import German

            return OtherLanguage(German())
        case "fr":
            from reader.speech.verbalise.french import French

            return OtherLanguage(French())
        case "es":
            from reader.speech.verbalise.spanish import Spanish

            return OtherLanguage(Spanish())
        case _:
            return PlainLanguage()


class PlainLanguage:
    """Says the words of a language without rules; its figures are left to the voice."""

    def say(self, passage: Passage, position: int) -> tuple[list[SpokenWord], int]:
        """Return what is said for the token that starts at `position`, and where it ends."""
        if figure := _FIGURE.match(passage.text, position, passage.end):
            written = _GROUP.sub("", figure.group().replace("−", "-").replace("–", "-"))
            return [SpokenWord(_ANY_SPACE.sub(" ", written), position, figure.end())], figure.end()
        word = WORD.match(passage.text, position, passage.end)
        if word is None:
            return [SpokenWord("", position, position + 1)], position + 1
        spoken, end = plain_word(word.group()), word.end()
        if spoken[-1:].isdigit() and passage.text[end : min(end + 1, passage.end)] == "%":
            spoken, end = spoken + "%", end + 1  # l'80%
        return [SpokenWord(spoken, position, end)], end


class OtherLanguage:
    """Says the tokens of a language by its grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._signs = {".": grammar.dot, "@": grammar.at, "_": " ", "-": " ", "+": "plus"}
        self._figures = Figures(grammar)
        self._numeral_ending = re.compile(rf"({grammar.numeral_endings})?(?!\w|[.-]\w)")
        unstopped = "|".join(map(re.escape, grammar.unstopped))
        self._unstopped = re.compile(rf"(?:{unstopped})(?![^\W\d_])") if unstopped else None
        self._word_rules: tuple[_Rule, ...] = (
            self._figures.say_power,
            self._say_unstopped,
            self._say_numeral,
            self._say_abbreviation,
            self._say_initial,
        )

    def say(self, passage: Passage, position: int) -> tuple[list[SpokenWord], int]:
        """Return what is said for the token that starts at `position`, and where it ends."""
        text = passage.text
        address = say_address(text, position, passage.end, self._signs, self._grammar.link)
        if address is not None:
            return [address], address.end
        say = self._say_word if text[position].isalpha() else self._figures.say
        if said := say(passage, position):
            return said, said[-1].end
        word = WORD.match(text, position, passage.end)
        if word is None:
            end = position + (2 if text.startswith("§§", position) else 1)
            return [SpokenWord(self._grammar.signs.get(text[position:end], ""), position, end)], end
        return [SpokenWord(plain_word(word.group()), position, word.end())], word.end()

    def _say_word(self, passage: Passage, position: int) -> list[SpokenWord] | None:
        for rule in self._word_rules:
            said = rule(passage, position)
            if said is not None:
                return [said]
        return None

    def _say_initial(self, passage: Passage, position: int) -> SpokenWord | None:
        """Say the K. of "K. Meier", without a pause."""
        match = _INITIAL.match(passage.text, position, passage.end)
        return SpokenWord(match.group()[0], position, match.end()) if match else None

    def _say_numeral(self, passage: Passage, position: int) -> SpokenWord | None:
        """Say a Roman numeral: a ruler's, a century's, a chapter's."""
        grammar, text = self._grammar, passage.text
        match = _NUMERAL.match(text, position, passage.end)
        value = from_roman(match.group()) if match else None
        tail = self._numeral_ending.match(text, match.end(), passage.end) if match else None
        if match is None or value is None or tail is None:
            return None
        ending, end = tail[1] or "", tail.end()
        following = _NEXT_WORD.match(passage.after(end))
        previous = _PREVIOUS_WORD.search(passage.before(position))
        name = previous[1] if previous else ""
        is_short = len(match.group()) == 1
        if following is not None and following[1].lower() in grammar.counted:
            said = grammar.counting_said(value, passage.before(position))
            said = grammar.numeral_said(value, ending) if ending else said
            return SpokenWord(said, position, end + text.startswith(".", end, passage.end))
        if ending and is_short and value > 10:
            return None  # "Le" and "Ce" are words, Xe is none
        is_second = _NUMERAL_BEFORE.search(passage.before(position)) is not None
        if (is_second or name.lower() in grammar.numbered) and not ending:
            return SpokenWord(grammar.cardinal(value), position, end)
        if ending:
            return SpokenWord(grammar.numeral_said(value, ending), position, end)
        is_ruler = name.lower().rstrip("s") in grammar.rulers or name.lower() in grammar.rulers
        if not (is_ruler or (name[:1].isupper() and len(name) > 2 and not is_short)):
            return None
        has_stop = text.startswith(".", end, passage.end)
        said = grammar.ruler_said(value, name, passage.before(position), has_stop)
        is_inner = grammar.code == "de" and has_stop and text[end + 1 : passage.end].strip()
        return SpokenWord(said, position, end + 1 if is_inner else end)

    def _say_unstopped(self, passage: Passage, position: int) -> SpokenWord | None:
        if self._unstopped is None:
            return None
        match = self._unstopped.match(passage.text, position, passage.end)
        if match is None:
            return None
        end = match.end()
        following = passage.after(end).removeprefix(".").lstrip(" \u00a0-")
        is_title = match.group()[0].isupper() or match.group().endswith("/")
        is_title = is_title and following[:1].isupper()
        if not (is_title or following[:1].isdigit()):
            return None
        end += passage.text.startswith(".", end, passage.end)
        return SpokenWord(self._grammar.unstopped[match.group()], position, end)

    def _say_abbreviation(self, passage: Passage, position: int) -> SpokenWord | None:
        match = _ABBREVIATED.match(passage.text, position, passage.end)
        end = match.end() if match else position
        while end > position:
            spoken = self._stands_for(passage, position, end)
            if spoken is not None:
                return SpokenWord(spoken, position, end)
            # "z. B. gut." is the abbreviation "z. B." and a word with the sentence's stop
            end = passage.text.rfind(".", position, end - 1) + 1
        return None

    def _stands_for(self, passage: Passage, start: int, end: int) -> str | None:
        grammar = self._grammar
        written = passage.text[start:end]
        key = re.sub(r"\s", "", written).rstrip(".").lower()
        following = passage.after(end).lstrip()
        if key in grammar.before_figures_only and not re.match(r"\d|[IVXLC]+\b", following):
            return None
        if key in grammar.after_figures_only and not re.search(
            rf"[\d{''.join(VULGAR)}IVXe]\s$|ième\s$", passage.before(start)
        ):
            return None
        leads_on = _OF if key == "av" else _OTHER_TITLE
        if key in grammar.capitalised_only and not (
            (following[:1].isupper() or leads_on.match(following))
            and (written[0].isupper() or key in ("av", "pl"))
        ):
            return None
        if key in grammar.lower_only and not written[0].islower():
            return None
        return grammar.abbreviation_said(written, passage.before(start), passage.after(end))
