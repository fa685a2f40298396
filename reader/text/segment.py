"""Finds the sentences and words of a text, as ranges of code points.

Every stop is a candidate and is judged on what stands around it. Where our own rules have no
opinion (a word unknown to them before the stop), the sentencex library is asked.
"""

from __future__ import annotations

import re

from reader.text.abbreviations import ENGLISH, LETTERED, Abbreviations, abbreviations_of, word_set

_CLOSERS = "\"'”’»›)]}｣」』）】〉》"
_OPENERS = "\"'“‘„‚«‹([{¿¡«»‹›—–―-•*_「『（【〈《"

_CANDIDATE = re.compile(
    r"""(?P<stop> \.(?:[ \u00a0\u202f]\.){2,}
              | [.?!…‥‽⁇⁈⁉؟۔।॥։፧።。！？｡．]+ (?:[ \u00a0\u202f][?!]+)? )
        (?P<closers>
            (?: ["'”’»›)\]}*_「」』）】〉》｣]          # quotes and brackets that close
              | [«‹](?=\s|$)                          # German guillemets close this way round
              | [ \u00a0\u202f\u2009]»(?=\W|$)        # French ones after a space
              | \[\d{1,3}(?:[,–-]\s?\d{1,3})*\]       # [12]: a reference belongs to what it proves
              | [¹²³⁰⁴-⁹]+
            )*
        )""",
    re.VERBOSE,
)
_WIDE_STOPS = frozenset("。！？｡।॥።")  # these end a sentence without a space after them
_TOKEN_BEFORE = re.compile(r"\S+$")
_WORD_AFTER = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_ABBREVIATION = re.compile(
    r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,4}|[^\W\d_]{3,4}\.[^\W\d_]{1,2}|[^\W\d_]\.?-[^\W\d_]"
)
_ROMAN = re.compile(r"[IVXLC]+")
_FIRST = re.compile(r"I(?:[,;:)]|\s§)")  # Art. I, § 8
_LIST_MARKER = re.compile(r"\s*[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})(?:\.\d{1,3})*")
_ADDRESS = re.compile(r"://|^www\.|@|[\\/=&#%~]|^[.]")
_SPEECH = re.compile(
    r"(?:said|says|asked|asks|cried|cries|replied|replies|answered|whispered|shouted|exclaimed|"
    r"muttered|murmured|called|yelled|screamed|inquired|enquired|demanded|wondered|returned|"
    r"snapped|begged|gasped|remarked|repeated|continued|added|thought|observed|interrupted|"
    r"roared|growled|sighed|laughed|groaned|ejaculated|burst|went|put|broke|snarled|sobbed)\b"
)
_ATTRIBUTION = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Miss|Sir|Lady|Lord|Captain|Aunt|Uncle|Father|Mother|the|The)\.?\s+)?"
    r"(?:[A-Z][\w’'-]+\s+){1,2}" + _SPEECH.pattern
)
_UNITS = frozenset("mglh")
"""Letters that are units behind a figure; others are cups, pence, lines or pages as well."""
_COINS = re.compile(r"£?\d+[lsd]")  # £3 10s. 6d. a week
_WINDOW = 120
_FLAT = str.maketrans(dict.fromkeys('\n\r"“”„«»‹›()[]{}「」『』', " "))


def sentence_ranges(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """Return the sentences of text[start:end] as ranges without the white space around them.

    Every character but white space is in one of them. `language` is a BCP 47 tag.
    """
    passage = text[start:end]
    judge = _Judge(passage, language)
    ranges: list[tuple[int, int]] = []
    begin = 0
    for candidate in _CANDIDATE.finditer(passage):
        if judge.ends_sentence(candidate, begin):
            ranges.extend(_trimmed(passage, begin, candidate.end()))
            begin = candidate.end()
    ranges.extend(_trimmed(passage, begin, len(passage)))
    return [(start + first, start + last) for first, last in ranges]


def _trimmed(passage: str, begin: int, end: int) -> list[tuple[int, int]]:
    piece = passage[begin:end]
    stripped = piece.strip()
    if not stripped:
        return []
    first = begin + len(piece) - len(piece.lstrip())
    return [(first, first + len(stripped))]


class _Judge:
    """Decides for one passage which of its stops end a sentence."""

    def __init__(self, passage: str, language: str) -> None:
        self._passage = passage
        self._language = language.replace("_", "-").split("-")[0].lower()
        self._abbreviations = abbreviations_of(language)
        self._is_caseless = passage == passage.lower()
        self._library: set[int] | None = None

    def ends_sentence(self, candidate: re.Match[str], begin: int) -> bool:
        """Whether the sentence that began at `begin` ends with `candidate`."""
        passage, stop, closers = self._passage, candidate["stop"], candidate["closers"]
        at = candidate.end()
        rest = passage[at : at + _WINDOW]
        following = rest.lstrip()
        if not following:
            return True
        if stop[-1] in _WIDE_STOPS:
            return self._wide_stop_ends(closers, following)
        if len(following) == len(rest):
            return self._ends_without_space(candidate, following)
        first = following.lstrip(_OPENERS).lstrip()[:1] or following[:1]
        if following[0] in ",;:)]}/|" or following[0] in "”’" or _leads_on(following):
            return False
        if _is_bracketed_mark(passage, candidate):
            return False
        if first.islower() and not (self._is_caseless or _is_brand(following)):
            return False
        if stop[-1] in "?!‽⁇⁈⁉؟" or (stop[-1] not in ".…‥" and stop[-1] not in "．"):
            return not (_ends_quotation(closers) and _ATTRIBUTION.match(following))
        if len(stop) > 1 or stop[-1] in "…‥":
            return not following.startswith(("I ", "I’", "I'")) or _ends_quotation(closers)
        return self._full_stop_ends(candidate, begin, following)

    def _wide_stop_ends(self, closers: str, following: str) -> bool:
        # 「行こう。」と言った: what follows a quotation in kana goes on with its sentence
        is_kana = "\u3040" <= following[0] <= "\u309f"
        return following[0] not in "，、,）」』】)" and not (closers and is_kana)

    def _ends_without_space(self, candidate: re.Match[str], following: str) -> bool:
        """Judge "cheapness.The": a sentence ends only where nothing else could be meant."""
        passage = self._passage
        before = _TOKEN_BEFORE.search(
            passage[max(0, candidate.start() - _WINDOW) : candidate.start()]
        )
        token = before.group() if before else ""
        after = re.match(r"\S+", following)
        tail = after.group() if after else ""
        if _ADDRESS.search(token) or _ADDRESS.search(tail) or "." in token:
            return False
        opener = re.match(r"[\"“‘«(\[¿¡—–]*", following)
        next_word = _WORD_AFTER.match(following, opener.end() if opener else 0)
        if not next_word or not next_word.group()[0].isupper():
            return False
        word = next_word.group().rstrip(".")
        plain = token.strip(_OPENERS + _CLOSERS)
        if candidate["closers"] or (opener and opener.group()):
            is_span = opener is not None and opener.group()[:1] in ("—", "–")  # Jan.–Mar.
            return len(plain) > 1 and not (is_span and plain.lower() in ENGLISH.months)
        if len(plain) < 2 or not plain[-1].isalpha() or _is_code(tail) or "." in word:
            return False
        if candidate["stop"] != ".":
            return len(candidate["stop"]) > 1 or plain.islower() or word.lower() in ENGLISH.starters
        known = self._abbreviations or ENGLISH
        if word.lower() in known.starters:
            return not plain.isupper() and plain.lower() not in known.titles
        is_plain_word = len(word) > 1 and word[1:].islower()
        return is_plain_word and plain.isalpha() and plain.islower() and len(plain) > 2

    def _full_stop_ends(self, candidate: re.Match[str], begin: int, following: str) -> bool:
        """Judge one full stop with white space after it and no lower case letter to follow."""
        passage, at = self._passage, candidate.start()
        before = _TOKEN_BEFORE.search(passage[max(begin, at - _WINDOW) : at])
        token = (before.group() if before else "").strip(_OPENERS + _CLOSERS)
        token = re.split(r"[—–/(\[“\"]|(?<=\.)-", token)[-1]
        next_word = _WORD_AFTER.search(following[:60])
        word = next_word.group() if next_word else ""
        known = self._abbreviations
        if word == "I" and _FIRST.match(following):
            word = "1"
        if not token:
            return True
        is_starter = known is not None and _begins_sentences(word, known)
        if _LIST_MARKER.fullmatch(passage, begin, at) and (token != "I" or not begin):
            return False  # "1." and "a." belong to the item that they number
        if candidate["closers"]:
            return token.lower() not in (known.titles if known else ())
        if _COINS.fullmatch(token):
            return word[:1].isupper()
        if token in _UNITS and self._follows_number(at, token):
            return word[:1].isupper()  # 1,75 m. She
        if token.isdigit():
            return self._number_ends(token, word, is_starter)
        if known is not None:
            verdict = self._known_word_ends(known, token, word, is_starter, begin, at)
            if verdict is not None:
                return verdict
        if _ABBREVIATION.fullmatch(token) or (len(token) == 1 and token.isalpha()):
            return is_starter and not (token.isupper() and word[1:2] == ".")
        if is_starter:
            return True
        if self._language == "en" and token.islower() and len(token) > 2:
            return True
        return self._library_ends(candidate)

    def _number_ends(self, token: str, word: str, is_starter: bool) -> bool:
        known = self._abbreviations
        if known is None or not known.has_ordinal_stop or len(token) > 3:
            return True
        if word.lower().rstrip(".") in known.months:
            return False
        return is_starter or len(token) > 2

    def _known_word_ends(
        self,
        known: Abbreviations,
        token: str,
        word: str,
        is_starter: bool,
        begin: int,
        at: int,
    ) -> bool | None:
        """Judge by the language's tables; None if the word before the stop isn't in them."""
        lower = token.lower()
        if lower in _NAMES_WHEN_CAPITALISED and token.islower():
            return None
        is_number = word[:1].isdigit() or bool(_ROMAN.fullmatch(word) and word != "I")
        is_number = is_number or (lower in LETTERED and re.fullmatch(r"[A-Z]\.?", word) is not None)
        if lower in known.closing and not (lower in known.titles and not is_starter):
            if lower.endswith(".m") and word.lower().rstrip(".") in known.months:
                return False
            if lower.endswith(".m") and _OPENING_TIME.fullmatch(self._passage, begin, at):
                return False  # At 5 a.m. Mary went
            return (
                (is_starter and word[1:2] != ".")
                or (lower in ("a.m", "p.m", "etc", "usw", "cía") and word[:1].isupper())
                or (lower in ("b.c", "a.d", "b.c.e", "c.e") and self._follows_number(at, token))
                or (lower == "in" and not self._follows_number(at, token))
            )
        if lower in known.titles and token[0].isupper():
            # "Main St. The" ends; a title never does
            return is_starter and lower in ("st", "dr", "jr", "sr", "sec", "ft", "pt")
        if lower in known.inner:
            return False
        if lower in known.before_numbers:
            if is_number:
                return False
            return is_starter or lower in _WORDS_TOO or word == ""
        return True if lower in known.months else None

    def _follows_number(self, at: int, token: str) -> bool:
        return bool(
            re.search(r"\d\s*$", self._passage[max(0, at - len(token) - 12) : at - len(token)])
        )

    def _library_ends(self, candidate: re.Match[str]) -> bool:
        """Ask sentencex whether a sentence ends here."""
        if self._library is None:
            import sentencex

            # it doesn't split within quotation marks and brackets, where dialogue is many sentences
            flat = self._passage.translate(_FLAT)
            self._library = set()
            for boundary in sentencex.get_sentence_boundaries(self._language, flat):
                sentence = flat[boundary["start_index"] : boundary["end_index"]]
                self._library.add(boundary["start_index"] + len(sentence.rstrip()))
        return candidate.end("stop") in self._library


_OPENING_TIME = re.compile(
    r"[\s“\"'‘(]*(?:At|By|Around|About|Until|Till|Since|From|Before|After|Just|Shortly|Nearly)\s"
    r"[^.,;:!?]{0,24}\s?[ap]\.m"
)
_NAMES_WHEN_CAPITALISED = word_set(
    "fed sun sat wed mon fri mar ill miss mass wash ore ark tex ind ala"
)
_WORDS_TOO = word_set("no art sec max ex bk col can cap ver tab min sp app lib prop def ref refs")


def _begins_sentences(word: str, known: Abbreviations) -> bool:
    """Whether a word, or in English the pronoun of "It's", stands at a sentence's beginning."""
    plain = word.lower().replace("’", "'")
    if plain in known.starters:
        return True
    return known is ENGLISH and plain.partition("'")[0] in known.starters


def _leads_on(following: str) -> bool:
    """Whether a dash and a small letter follow: the sentence goes on after it."""
    return bool(re.match(r"[—–―-]+\s*[a-zà-ÿ]", following))


def _is_bracketed_mark(passage: str, candidate: re.Match[str]) -> bool:
    """Whether it is a remark such as (!) or [?] in the middle of a sentence."""
    before = passage[candidate.start() - 1 : candidate.start()]
    return before in ("(", "[") and candidate["closers"][:1] in (")", "]")


def _ends_quotation(closers: str) -> bool:
    return any(mark in "\"'”’»›«" for mark in closers)


def _is_brand(following: str) -> bool:
    """Whether a name such as iPhone, eBay or x86_64 begins what follows, small as it is written."""
    return bool(re.match(r"[a-z]{1,2}[A-Z]|[a-z]+\d|\w+(?:_\w|::|\(\))", following))


def _is_code(tail: str) -> bool:
    return bool(re.search(r"[(_:=]|\.\w", tail))


# A character of a word is one that is neither space nor punctuation nor a symbol; saying it that
# way round keeps combining marks with their letters, which `\w` alone does not.
_NOT_WORD = (
    r"\s\x00-\x2f:-@\[-`{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7"
    r"\u02c2-\u02c5\u055a-\u055f\u0589\u05be\u05c0\u05c3\u060c\u061b\u061f\u06d4\u0964\u0965"
    r"\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff\u2e00-\u2e7f"
    r"\u3000-\u3004\u3008-\u3020\u3030\u303d\u30a0\u30fb\ue000-\uf8ff\ufe00-\ufe1f\ufe30-\ufe6f"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufffc\ufffd\U0001f000-\U0001faff"
)
_HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA = r"\u3041-\u309f"
_KATAKANA = r"\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"
# Thai and Lao: vowels written before their consonant, consonants, and all that follows one
_THAI_LEADING = r"\u0e40-\u0e44\u0ec0-\u0ec4"
_THAI_LETTER = r"\u0e01-\u0e2e\u0e81-\u0eae\u0edc-\u0edf"
_THAI_FOLLOWING = r"\u0e2f-\u0e3a\u0e45-\u0e4e\u0eaf-\u0ebd\u0ec6-\u0ece"
_UNSPACED = _HAN + _HIRAGANA + _KATAKANA + _THAI_LETTER + _THAI_FOLLOWING + _THAI_LEADING
_LETTER = rf"(?:[^{_NOT_WORD}{_UNSPACED}]|(?![{_UNSPACED}])[^\W_])"  # ❶ is a symbol and a figure
WORD = re.compile(
    rf"""
      [{_HAN}]{{1,2}}[{_HIRAGANA}]{{0,6}} | [{_KATAKANA}]+[\u3099\u309a]* | [{_HIRAGANA}]{{1,6}}
    | (?: [{_THAI_LEADING}]*[{_THAI_LETTER}][{_THAI_FOLLOWING}]* ){{1,4}}  # cut between syllables
    | [{_THAI_LEADING}{_THAI_FOLLOWING}]+
    | {_LETTER}+
      (?: [-_'’ʼ·&\u00ad\u2010\u2011\u200c\u200d] {_LETTER}+            # don’t, self-made, AT&T
        | (?<=\d)[.,:/](?=\d) {_LETTER}+                            # 3.14, 12,500, 5:30, 1/2
        | (?<![^\W\d_]{{2}})\.(?=[^\W\d_](?:\W|$)) {_LETTER}+       # U.S, e.g
      )*
    """,
    re.VERBOSE,
)
"""One word, as `word_ranges` finds them."""


def word_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the words of text[start:end]: what a reader would see as one word.

    Contractions, hyphenated compounds and numbers are one word each; combining marks stay with
    their letters. Scripts without spaces are cut into short runs.
    """
    return [match.span() for match in WORD.finditer(text, start, end)]
