"""English as a reader would say it: abbreviations, initials, capitals, Roman numerals, signs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from reader.speech.verbalise.addresses import say_address
from reader.speech.verbalise.english import numbers
from reader.speech.verbalise.english.citations import act_and_scene
from reader.speech.verbalise.english.figures import say_figures
from reader.speech.verbalise.english.formulas import formula_at
from reader.speech.verbalise.english.letters import capitals, mixed
from reader.speech.verbalise.english.numerals import roman_numeral
from reader.speech.verbalise.english.signs import say_sign
from reader.speech.verbalise.english.tables import (
    AFTER_NUMBERS,
    BEFORE_NUMBERS,
    CAPITALISED_ONLY,
    CITED_IN_SHORT,
    DIRECTIONS,
    ELISIONS,
    GREEK,
    LOWER_ONLY,
    OTHER_IN_CAPITALS,
    SLASHED,
    STOPPED,
    TITLES,
    TITLES_WITHOUT_STOP,
    UNSTOPPED,
)
from reader.speech.verbalise.plain import EMOJI, plain_word
from reader.speech.verbalise.words import PREVIOUS_WORD, Passage, SpokenWord
from reader.text.abbreviations import LETTERED, word_set
from reader.text.roman import from_roman
from reader.text.segment import WORD

STARTS = re.compile(
    r"[^\W_]|[$£€¥₹₩₽₿₺](?=\.?\d|/[a-z])|(?<![\w.,:;)\]–−—-])[-−–+±~≈](?=\.?\d|[$£€]\d)|(?<![\w.])\.(?=\d)|"
    r"(?<=[\w)])–(?=[\w$£€(])|(?<=\b[A-Z][a-z]{2}\.)–(?=\d)|(?<=[A-G])[♯♭]|[&§¶©%‰°=+×÷±≈≠≤≥→⇒←↔√∛∞№<>∈∉⊂⊆∪∩∀∃∧∨¬∅∂∇∫∑∏∝≡≪≫∴⊕⊗]|"
    r"(?<=[\w%])/(?=(?:yr|year|mo|month|wk|week|day|night|hr|hour|min|minute|sec|second)\b)|"
    r"(?<=[\d%])/(?=(?:mi|km|mile)\b)|"
    r"(?<=[\w%$£€])/(?=(?:kg|lb|m[lL]|person|page)\b)|(?<=°[CF])/(?=\d|[Gg]as\b)|(?<=\s)@(?=\s\w)|#(?=\w)|(?<=\b[A-G])#|@(?=\w|\s?[\d$£€])|(?<=[\w)]\s)−(?=\s[\w(])|"
    r"(?<=\b[^\W_])·(?=\w)|(?<=\b[^\W_]{2})·(?=\w)|∣|(?<!\w)\|(?=[a-z]\|(?!\w))|(?<=\))/(?=\(|\d|[^\W\d_](?!\w))|(?<=\()−(?=\s?[^\W\d]|\s∞)|"
    + EMOJI.pattern
)
# most words of a text need no thought: small letters, not a Roman numeral, nothing else about them
_PLAIN_WORD = re.compile(r"(?<=[\s“\"(])(?![ivxlcdm]+\b)[a-z]{1,45}(?=[\s,;?!”\")]|:\s)(?!\(s\))")
_ADDRESS_SIGN = re.compile(r"@\w|://|\w\.\w\w|(?:^|[^\w)])/\.?\w|:\\\w")
_LONGEST_WORD = 45
_SIGNS_SAID = {
    ".": "dot", "@": "at", "_": "underscore", "-": "dash", "+": "plus", "/": "slash",
    "\\": "backslash", "~": "tilde", ":": "colon",
}  # fmt: skip
_NEXT_WORD = re.compile(r"(?:[\s\u00a0]+[\"“'‘’(]?|\(?(?=\d))([^\W_]+)")  # p. 12, p.12, Eq.(5)
_INITIALS = re.compile(r"(?:[A-Z]\.)+(?![^\W_])")
_POSSESSIVE = re.compile(r"['’]s(?!\w)")
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,3})+(?!\w)")
_SLASHED = re.compile("(?:" + "|".join(SLASHED) + r")(?!\w)")
_BRACKETED = re.compile(r"[^\W\d_]+(?:\][^\W\d_]+|\[[^\W\d_]+\](?:[^\W\d_]+)?)")  # [t]he, walk[ed]
_MULTIPLIED = re.compile(r"[^\W_]{1,2}(?=·)")
_STARRED = re.compile(r"[A-Z](?:\*[A-Z])+(?!\w)")  # M*A*S*H
_MARK_OR_BLOOD = re.compile(  # an A-, type O−; but: A- and B-roads, A - B
    r"(?<![\w-])([A-DFO]|AB)[-−–](?![^\s,.;:)/!?’”])(?!\s(?:and|or|to)\s[\w’]+-\w)"
)
_BLOOD_BEFORE = re.compile(r"\b(?:[Bb]lood|[Tt]ype|[Gg]roup)\s$")
_BLOOD_AFTER = re.compile(r"\s(?:blood|donors?|plasma)\b")
_ITEM = re.compile(r"(?<![^\s])\((i{1,3}|iv|vi{1,3}|ix)\)")  # (i) first; (ii) second
_GREEK_BEFORE_LATIN = re.compile(r"(?<![^\W\d_])[Α-Ωα-ω](?=[A-Za-z])")  # Δx
_CALENDAR_NAME = (
    r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day\b|\.|\b)|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b)"
)
_CALENDAR_SPAN = re.compile(rf"({_CALENDAR_NAME})([-–—])({_CALENDAR_NAME})(?![\w-])")
_MONTH_SHORT = word_set("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
_NAME_BEFORE = re.compile(r"[A-Z][\w’'-]*,?\s$")
_DAY_BEFORE = re.compile(r"(?<!\d)(?:[12]?\d|3[01])(?:st|nd|rd|th)?[\s\u00a0]$")
_DAY_AFTER = re.compile(  # or the year
    r"[\s\u00a0](?:(?:[12]?\d|3[01])(?:st|nd|rd|th)?|1[5-9]\d\d|20\d\d)(?![\w:]|[.,]\d)"
)
_OTHER_TITLE = re.compile(r"[\s\u00a0]+(?:&|and)[\s\u00a0]+(?:Mrs?|Ms|Dr|Prof)\b")
_ORDINAL_BEFORE = re.compile(r"(?:\d(?:st|nd|rd|th)|\b\w+(?:rst|cond|ird|th))\s$", re.IGNORECASE)
_WORD_ABBREVIATIONS = word_set("no p c n l d b r v f q fl app ex max cap stat op art par")
_CURRENCY_LETTERS = "UACNHSREGJIk"  # US$5, EUR 5, kr 20
_CITED = re.compile(r"[\s\u00a0]\d{1,3}[a-f]?(?!\w)")
_GOES_ON = re.compile(r"[^\W\d]")
_HYPHENED = re.compile(r"\d-$")  # a 24-hr. clock
_MEASURED = re.compile(r"\s\d+\.\d")  # 87.3 v. 82.1
_PRICED = re.compile(r"\s?[£$€]\d")
_DEGREES = re.compile(r"\s\d{1,3}(?:\.\d+)?°")
_IS_SPAN = re.compile(r"[^\W_]\)?$|\b[A-Z][a-z]{2}\.$")
_ACT = re.compile(
    r"([IV]{1,3})\.([ivx]{1,4})(?:\.(\d{1,3})(?:[-–](\d{1,3}))?)?(?![\w])"
)  # III.i.56
_TO_THERE = re.compile(
    r"\.?\s(?:\d+(?:st|nd|rd|th)\s(?:St|Ave)|(?:Korea|Dakota|Carolina|Africa|America|Virginia|Ireland|"
    r"Germany|Sudan|Vietnam)\b)"
)
_FIRST = re.compile(r"\sI(?:[,;:)]|\s§)")  # Art. I, § 8
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*$")
_LETTER_LEADS = word_set(
    "vitamin plan grade section group type hepatitis part appendix exhibit point class "
    "level option team block unit wing gate line figure table column row and or letter an straight"
)


class English:
    """Says the tokens of one English sentence."""

    def __init__(self, passage: Passage) -> None:
        sentence = passage.text[passage.start : passage.end]
        capitals = re.findall(r"(?<![\w-])[^\W\d_]{2,}(?!\w|-\d)", sentence)
        shouting = [word for word in capitals if word.isupper()]
        shouted = sum(map(len, shouting))
        # "QA and ETA" are a few letters among words, however short the sentence
        is_loud = len(shouting) == len(capitals) or max(map(len, shouting), default=0) > 4
        self._may_hold_address = _ADDRESS_SIGN.search(sentence) is not None
        self._is_shouted = is_loud and len(capitals) > 1 and shouted * 2 > sum(map(len, capitals))

    def say(self, passage: Passage, position: int) -> tuple[list[SpokenWord], int]:
        """Return what is said for the token that starts at `position`, and where it ends."""
        plain = _PLAIN_WORD.match(passage.text, position, passage.end)
        if plain is not None and plain.group() not in UNSTOPPED:
            return [SpokenWord(plain.group(), position, plain.end())], plain.end()
        words, end = self._say_token(passage, position)
        return [replace(word, spoken=_no_digits(word.spoken)) for word in words], end

    def _say_token(self, passage: Passage, position: int) -> tuple[list[SpokenWord], int]:
        first = passage.text[position]
        if self._may_hold_address and first.isalnum():
            address = say_address(passage.text, position, passage.end, _SIGNS_SAID, "link to")
            if address:
                return [address], address.end
        if first == "–" and _IS_SPAN.search(passage.before(position)):
            return say_sign(passage, position)  # K–12
        if not first.isalpha() or first in _CURRENCY_LETTERS:
            figures = say_figures(passage, position)
            if figures is not None:
                return figures
        word = WORD.match(passage.text, position, passage.end) if first.isalnum() else None
        if word is None:
            return say_sign(passage, position)
        return self._say_word(passage, position, word.end())

    def _say_word(self, passage: Passage, start: int, end: int) -> tuple[list[SpokenWord], int]:
        text = passage.text
        bracketed = _BRACKETED.match(text, start, passage.end)
        if bracketed is not None:
            first = start - (start > passage.start and text[start - 1] == "[")
            spoken = plain_word(re.sub(r"[\[\]]", "", bracketed.group()))
            return [SpokenWord(spoken, first, bracketed.end())], bracketed.end()
        if (act := _ACT.match(text, start, passage.end)) and (cited := act_and_scene(passage, act)):
            return cited, act.end()
        if span := _CALENDAR_SPAN.match(text, start, passage.end):
            return _say_calendar_span(span), span.end()
        if starred := _STARRED.match(text, start, passage.end):
            return [
                SpokenWord(starred.group().replace("*", ""), start, starred.end())
            ], starred.end()
        if mark := _MARK_OR_BLOOD.match(text, start, passage.end):
            return _say_mark_or_blood(passage, mark), mark.end()
        dotted = _DOTTED.match(text, start, passage.end)
        if dotted is not None and (dotted.group().lower() in STOPPED or dotted.end() == end):
            end = dotted.end()
        if item := _ITEM.match(text, start - 1, passage.end) if start > passage.start else None:
            return [SpokenWord(numbers.cardinal(from_roman(item[1]) or 0), start, end)], end
        if formula := formula_at(text, start, passage.end):
            return [SpokenWord(formula[0], start, formula[1])], formula[1]
        if multiplied := _MULTIPLIED.match(text, start, end):  # n·ε, to Unicode a single word
            end = multiplied.end()
        word = text[start:end]
        if (initials := _INITIALS.match(text, start, passage.end)) is not None:
            return _say_initials(passage, initials)
        if text[end : end + 1] == "." and end < passage.end:
            abbreviation = _abbreviation(passage, start, end)
            if abbreviation is not None:
                owned = _POSSESSIVE.match(text, end + 1, passage.end)  # Smith et al.'s work
                end = owned.end() if owned else end + 1
                return [SpokenWord(abbreviation + ("'s" if owned else ""), start, end)], end
        if _DOTTED.fullmatch(word):
            spoken = STOPPED.get(word.lower()) or word.upper()
            end += text.startswith(".", end, passage.end)
            return [SpokenWord(spoken, start, end)], end
        if slashed := _SLASHED.match(text, start, passage.end):
            return [SpokenWord(SLASHED[slashed.group()], start, slashed.end())], slashed.end()
        numeral = roman_numeral(passage, start, end)
        if numeral is not None:
            return [SpokenWord(numeral, start, end)], end
        is_elided = start > passage.start and text[start - 1] in "'’‘"
        if is_elided and word.lower() in ELISIONS:
            spoken = "and" if word.lower() == "n" else f"'{word}"
            return [SpokenWord(spoken, start - 1, end)], end
        if text[end : end + 3] == "(s)":
            return [
                SpokenWord(self._word(passage, word, start, end) + "s", start, end + 3)
            ], end + 3
        return [SpokenWord(self._word(passage, word, start, end), start, end)], end

    def _word(self, passage: Passage, word: str, start: int, end: int) -> str:
        if (
            word in TITLES_PLAIN
            and (_NEXT_WORD.match(passage.after(end)) or [""])[0].strip()[:1].isupper()
        ):
            return TITLES[word.lower()]
        if len(word) > _LONGEST_WORD and not re.search(r"[-'’]", word):
            return "a long code"
        word = _GREEK_BEFORE_LATIN.sub(lambda letter: GREEK[letter.group().lower()] + " ", word)
        if word in DIRECTIONS and _TO_THERE.match(passage.after(end)):
            return DIRECTIONS[word]
        if word in UNSTOPPED:
            return UNSTOPPED[word]
        if word in CITED_IN_SHORT and _CITED.match(passage.after(end)):
            return BEFORE_NUMBERS[word.lower()]
        if word == "No" and start > passage.start and _CITED.match(passage.after(end)):
            return "number"
        if word in _MONTH_SHORT and (
            _DAY_BEFORE.search(passage.before(start)) or _DAY_AFTER.match(passage.after(end))
        ):
            return STOPPED[word.lower()]
        if word == "A" and _is_letter(passage, start, end):
            return "A-"  # espeak says a lone A as the article, and with a hyphen as the letter
        if not re.sub("[’' ]", "", word).isalpha():
            return mixed(word, self._is_shouted)
        return capitals(plain_word(word), self._is_shouted)


TITLES_PLAIN = frozenset(title.capitalize() for title in TITLES_WITHOUT_STOP)


def _say_calendar_span(span: re.Match[str]) -> list[SpokenWord]:
    """Say Mon.-Fri. and Jan–Mar."""
    first, last = (STOPPED.get(name.rstrip(".").lower(), name) for name in span.group(1, 3))
    return [
        SpokenWord(first, span.start(), span.end(1)),
        SpokenWord(f"to {last}", span.start(2), span.end()),
    ]


def _say_mark_or_blood(passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the A- of a good pupil, and blood of type O-."""
    is_blood = _BLOOD_BEFORE.search(passage.before(match.start())) or _BLOOD_AFTER.match(
        passage.after(match.end())
    )
    letters = "A-" if match[1] == "A" else match[1]
    return [SpokenWord(f"{letters} {'negative' if is_blood else 'minus'}", *match.span())]


def _say_initials(passage: Passage, match: re.Match[str]) -> tuple[list[SpokenWord], int]:
    """Say "J.", "U.S." or "a.m.", of which the last stop may also end the sentence."""
    letters = match.group().replace(".", "")
    owned = _POSSESSIVE.match(passage.text, match.end(), passage.end)
    if owned is not None:
        return [SpokenWord(f"{letters}'s", match.start(), owned.end())], owned.end()
    lower = match.group().rstrip(".").lower()
    known = None if lower in LOWER_ONLY else STOPPED.get(lower)
    following = passage.after(match.end())
    if letters in DIRECTIONS and _TO_THERE.match(following):
        return [SpokenWord(DIRECTIONS[letters], match.start(), match.end())], match.end()
    if len(letters) == 1:
        if letters == "I" and match.start() == passage.start and following.strip():
            return [SpokenWord("one", match.start(), match.end(), ",")], match.end()
        is_numeral = roman_numeral(passage, match.start(), match.start() + 1)
        if is_numeral:  # "ACT I. SCENE I. Elsinore."
            return [SpokenWord(is_numeral, match.start(), match.end(), ".")], match.end()
        spoken = "A-" if letters == "A" and following.strip() else letters
        return [SpokenWord(spoken, match.start(), match.end())], match.end()
    return [SpokenWord(known or ".".join(letters), match.start(), match.end())], match.end()


def _abbreviation(passage: Passage, start: int, end: int) -> str | None:
    """Return what a word with a full stop behind it stands for, None if it is just a word."""
    word = passage.text[start:end]
    lower = word.lower()
    following = passage.after(end + 1)
    if word.islower() and _GOES_ON.match(following):
        return None  # pp.Forward, fig.add_axes
    next_word = _NEXT_WORD.match(following)
    before = passage.before(start)
    if lower == "long" and _DEGREES.match(following):
        return "longitude"
    if lower == "c" and _PRICED.match(following):
        return "circa"
    if lower == "v" and _MEASURED.match(following):
        return "versus"
    is_label = len(word) == 1 and word.isupper() and following[:1].isdigit()  # Section B.3
    if lower in BEFORE_NUMBERS and next_word and not is_label:
        is_figure = next_word[1][0].isdigit() or from_roman(next_word[1]) is not None
        is_figure = is_figure or (lower in LETTERED and re.fullmatch("[A-Z]", next_word[1]))
        is_person = next_word[1] == "I" and lower in _WORD_ABBREVIATIONS
        if is_figure and not (is_person and not _FIRST.match(following)):
            return BEFORE_NUMBERS[lower]
        if lower in ("b", "d") and _MONTH.match(next_word[1]):
            return BEFORE_NUMBERS[lower]
    amount = re.search(r"([\d½¼¾](?:[.,]?[\d½¼¾])*)\s?$", before)
    is_saint = lower == "st" and _names_follow(before, next_word)  # at 9 St. Ann's Road
    if lower in AFTER_NUMBERS and amount and not is_saint:
        return AFTER_NUMBERS[lower][amount[1] not in ("1", "½", "¼", "¾")]
    if lower in AFTER_NUMBERS and _HYPHENED.search(before):
        return AFTER_NUMBERS[lower][0]
    if lower == "ed":
        return _edited(word, before, next_word)
    if lower == "c" and _ORDINAL_BEFORE.search(before):
        return "century"
    if lower == "no" and next_word and next_word[1] == "of":
        return "number"
    if lower == "dr" and _POSSESSIVE.match(following):
        return "doctor"
    if lower in ("st", "dr") and not _names_follow(before, next_word):
        if not before.strip() or before[-1] in ";-":
            return None  # TL;DR
        return {"st": "street", "dr": "drive"}[lower]
    if lower == "dr":
        return "doctor"
    is_before_name = next_word is not None and next_word[1][0].isupper()
    if word == "Sr" and is_before_name and not _NAME_BEFORE.search(before):
        return "señor"
    if lower in TITLES and word[0].isupper() and (is_before_name or _OTHER_TITLE.match(following)):
        return TITLES[lower]
    if lower in STOPPED and not (word.isupper() and lower in OTHER_IN_CAPITALS):
        if lower in (LOWER_ONLY if word[0].isupper() else CAPITALISED_ONLY):
            return None  # "the sun." and "Ed." are words
        return STOPPED[lower]
    return None


def _edited(word: str, before: str, next_word: re.Match[str] | None) -> str | None:
    """Say the "ed." of an edition, of who edited it, or before who did."""
    if word.isupper() or (word[0].isupper() and before.strip()):
        return None  # Ed. is somebody
    if _ORDINAL_BEFORE.search(before) or before.endswith("rev. "):
        return "edition"
    if next_word is None:
        return "editor"
    is_named = next_word[1][0].isupper()
    return "edited by" if is_named else "edited" if next_word[1] == "by" else "editor"


def _names_follow(before: str, next_word: re.Match[str] | None) -> bool:
    """Whether "St." and "Dr." stand before a name (saint, doctor) rather than after one."""
    previous = PREVIOUS_WORD.search(before)
    if previous is not None and previous[1].lower() in TITLES:
        return True  # Prof. Dr. h. c.
    if next_word is None or not next_word[1][0].isupper():
        return False
    return not _ORDINAL_BEFORE.search(before)


def _is_letter(passage: Passage, start: int, end: int) -> bool:
    """Whether a capital A within a sentence is the letter rather than the article."""
    previous = PREVIOUS_WORD.search(passage.before(start))
    following = _NEXT_WORD.match(passage.after(end))
    if previous is None or following is None:
        return False
    return previous[1].lower() in _LETTER_LEADS and not following[1][0].isupper()


def _no_digits(spoken: str) -> str:
    """Return the text with every figure left in it said."""
    if not any(letter.isdigit() for letter in spoken):
        return spoken
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in spoken)
    plain = re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", plain)
    return re.sub(r"\d+", lambda figures: numbers.number_in_prose(figures.group()), plain)
