"""What a user types into the search, understood: nothing typed is an error.

Words have to occur together in one paragraph. "A phrase", `pre*`, `a OR b`, `-not` or `NOT not`,
`a NEAR b` and `a NEAR/5 b` do what they say; operators are written in capitals. `title:`,
`author:`, `tag:`, `note:` and `quote:` before a word or phrase say where it has to be. Quotes
that aren't closed close at the end, and what makes no sense is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from reader.text.utf16 import without_halves
from reader.values import replaced, value


class Field(StrEnum):
    """Where a term has to occur; ANY is the text, or anywhere in a note."""

    ANY = ""
    TITLE = "title"
    AUTHOR = "author"
    TAG = "tag"
    NOTE = "note"
    QUOTE = "quote"


@value
class Term:
    """A word or phrase; `is_prefix` if its last word may go on."""

    text: str
    is_prefix: bool = False

    @property
    def match(self) -> str:
        """The term in FTS5's language, quoted, so that nothing in it can be taken for syntax."""
        quoted = spaced(self.text).replace('"', '""')
        return f'"{quoted}"{" *" if self.is_prefix else ""}'


@value
class Nearby:
    """Terms that have to occur within `distance` words of each other; often there is but one."""

    terms: tuple[Term, ...]
    distance: int = 10

    @property
    def match(self) -> str:
        """The terms in FTS5's language."""
        if len(self.terms) == 1:
            return self.terms[0].match
        return f"NEAR({' '.join(term.match for term in self.terms)}, {self.distance})"


@value
class Clause:
    """One of these has to occur in `field`; or, if it is `is_negated`, none of them may."""

    field: Field
    alternatives: tuple[Nearby, ...]
    is_negated: bool = False

    @property
    def match(self) -> str:
        """The clause in FTS5's language, whatever its field."""
        return "(" + " OR ".join(nearby.match for nearby in self.alternatives) + ")"

    @property
    def terms(self) -> Iterable[Term]:
        """All its terms."""
        return (term for nearby in self.alternatives for term in nearby.terms)


_ABOUT_TEXTS = (Field.TITLE, Field.AUTHOR)
_ABOUT_NOTES = (Field.NOTE, Field.QUOTE)
_COLUMNS = {Field.NOTE: "body", Field.QUOTE: "quote", Field.TAG: "tags"}


@value
class Query:
    """What is looked for: all clauses have to hold."""

    clauses: tuple[Clause, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; what must not occur is no question."""
        return all(clause.is_negated for clause in self.clauses)

    @property
    def longest_prefix(self) -> int:
        """How many characters the longest word has that may go on; 0 if none may."""
        terms = (term for clause in self.clauses for term in clause.terms if term.is_prefix)
        return max((len(term.text) for term in terms), default=0)

    @property
    def text_clauses(self) -> tuple[Clause, ...]:
        """The clauses that say which texts are meant, whatever stands in them."""
        return tuple(clause for clause in self.clauses if clause.field in _ABOUT_TEXTS)

    @property
    def tag_clauses(self) -> tuple[Clause, ...]:
        """The clauses about tags, which texts and notes have."""
        return tuple(clause for clause in self.clauses if clause.field is Field.TAG)

    @property
    def passage_match(self) -> str:
        """What paragraphs have to match, in FTS5's language; "" if none is looked for."""
        if any(clause.field in _ABOUT_NOTES and not clause.is_negated for clause in self.clauses):
            return ""
        return _joined(
            (clause.match, clause.is_negated)
            for clause in self.clauses
            if clause.field is Field.ANY
        )

    @property
    def note_match(self) -> str:
        """What notes have to match, in FTS5's language; "" if none is looked for."""
        return _joined(
            (
                f"{{{_COLUMNS[clause.field]}}} : {clause.match}"
                if clause.field in _COLUMNS
                else clause.match,
                clause.is_negated,
            )
            for clause in self.clauses
            if clause.field not in _ABOUT_TEXTS
        )


def _joined(matches: Iterable[tuple[str, bool]]) -> str:
    wanted: list[str] = []
    unwanted: list[str] = []
    for match, is_negated in matches:
        (unwanted if is_negated else wanted).append(match)
    if not wanted:
        return ""
    positive = f"({' AND '.join(wanted)})"
    return " NOT ".join([positive, *unwanted])


_TOKEN = re.compile(
    r"""
    (?P<minus>(?<!\S)-(?=[\w"“]))?
    (?:(?P<field>title|author|tag|note|quote|text):[ ]?)?
    (?:
        ["“”](?P<phrase>[^"“”]*)["“”]?(?P<phrase_star>\*)?
      | (?P<word>[^\s"“”()]+)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEAR = re.compile(r"NEAR(?:/(\d{1,3}))?")
_USUAL_DISTANCE = 10
_SHORTEST_PREFIX = 2
"""Letters before a `*`: of one letter there are too many words to be quick."""

_MOST_CLAUSES = 24


def parse_query(typed: str, *, is_typing: bool = False) -> Query:
    """Understand what was typed; `is_typing` lets the last word go on if nothing ends it."""
    clauses: list[Clause] = []
    joiner = _Joiner()
    for found in _TOKEN.finditer(typed):
        word = found["word"]
        if word is not None and not found["field"] and joiner.takes(word):
            continue
        term = _term(found)
        if term is None:
            continue
        is_last = found.end() == len(typed) and word is not None
        if is_typing and is_last and len(term.text) > _SHORTEST_PREFIX:
            term = replaced(term, is_prefix=True)
        field = Field((found["field"] or "").lower().replace("text", ""))
        is_negated = bool(found["minus"]) or joiner.is_negated
        joiner.join(clauses, Clause(field, (Nearby((term,)),), is_negated))
    return Query(tuple(clauses[:_MOST_CLAUSES]))


class _Joiner:
    """Remembers the operator between the last term and the next."""

    def __init__(self) -> None:
        self._operator = ""
        self._distance = _USUAL_DISTANCE

    def takes(self, word: str) -> bool:
        """Whether a word is an operator; it then holds for the next term."""
        near = _NEAR.fullmatch(word)
        if near is not None:
            self._operator = "NEAR"
            self._distance = int(near[1]) if near[1] else _USUAL_DISTANCE
        elif word in ("AND", "OR", "NOT"):
            self._operator = word
        else:
            return False
        return True

    @property
    def is_negated(self) -> bool:
        """Whether the next term must not occur."""
        return self._operator == "NOT"

    def join(self, clauses: list[Clause], clause: Clause) -> None:
        """Add a clause of one term, or join it to the one before as the operator says."""
        operator, self._operator = self._operator, ""
        before = clauses[-1] if clauses else None
        is_alike = (
            before is not None
            and before.field is clause.field
            and before.is_negated == clause.is_negated
        )
        if before is None or not is_alike or operator not in ("OR", "NEAR"):
            clauses.append(clause)
        elif operator == "OR":
            clauses[-1] = replaced(before, alternatives=before.alternatives + clause.alternatives)
        else:
            *others, last = before.alternatives
            nearby = Nearby(last.terms + clause.alternatives[0].terms, self._distance)
            clauses[-1] = replaced(before, alternatives=(*others, nearby))


def _term(found: re.Match[str]) -> Term | None:
    if found["phrase"] is not None:
        text, is_prefix = found["phrase"], bool(found["phrase_star"])
    else:
        text, is_prefix = found["word"].rstrip("*"), found["word"].endswith("*")
    if not any(character.isalnum() for character in text):
        return None
    letters = sum(character.isalnum() for character in text)
    is_prefix = is_prefix and letters >= _SHORTEST_PREFIX and text[-1].isalnum()
    return Term(without_halves(text).replace("\0", " "), is_prefix)


_UNSPACED = re.compile(
    "([\u2e80-\u2fff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
SEPARATOR = "\x1f"
"""The unit separator: parts words where the script does not. No text has it."""


def spaced(text: str) -> str:
    """Part Chinese and Japanese text into its characters: it has no spaces to find words by.

    A search for several of them is one for the phrase.
    """
    if text.isascii():
        return text
    return _UNSPACED.sub(rf"{SEPARATOR}\1{SEPARATOR}", text)
