"""How words sound where the voice gets them wrong: the user's rules, their file, their effect."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reader.errors import PronunciationRefused
from reader.speech.phonemes import BETWEEN_WORDS, phonemes_in, with_phonemes, with_plural
from reader.speech.verbalise import SpokenWord, spoken_words
from reader.speech.verbalise.words import join_words
from reader.text.document import Fingerprint

if TYPE_CHECKING:
    import regex

EVERYWHERE = "everywhere"
_COLUMNS = ("written", "sounds", "match", "case", "scope")
_LONGEST_PATTERN, _LONGEST_SOUND = 500, 500
_PATIENCE_S = 0.05
"""How long a regular expression may take over one sentence."""

_PLURAL = re.compile(r"['’]?s(?!\w)")
_FORGIVEN = 3
"""How often it may take longer, on a busy machine, before it is left out."""


class Match(StrEnum):
    """What of a text a rule is about; the values are those of the file."""

    WORD = "word"
    ANYWHERE = "anywhere"
    REGEX = "regex"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is written, and how it is to sound: a respelling, in a regular expression with `\\1`.

    Instead of a respelling a whole word may have phonemes, between slashes: `/dʒˈɪf/`.

    `scope` is EVERYWHERE, a language's BCP 47 tag, or the fingerprint of a text.
    """

    written: str
    sounds: str
    match: Match = Match.WORD
    minds_case: bool = False
    scope: str = EVERYWHERE

    def replaces(self, other: Rule) -> bool:
        """Whether it says anew how the same thing sounds in the same scope."""
        return (self.written, self.match, self.minds_case, self.scope) == (
            other.written, other.match, other.minds_case, other.scope
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleFault:
    """A line of a file of rules (counted from 1) that can't be used; `column` 0: all of it."""

    line: int
    column: int
    reason: str


def check_rule(rule: Rule) -> None:
    """Accept a rule.

    Raises:
        PronunciationRefused: why not, and for a regular expression where in it.
    """
    if not rule.written.strip():
        raise PronunciationRefused("it doesn't say which word it is for")
    if not any(letter.isalnum() for letter in rule.sounds):
        raise PronunciationRefused("it doesn't say how the word sounds")
    if len(rule.written) > _LONGEST_PATTERN or len(rule.sounds) > _LONGEST_SOUND:
        raise PronunciationRefused(f"it is longer than {_LONGEST_PATTERN} characters")
    if phonemes_in(rule.sounds) is not None and rule.match is not Match.WORD:
        raise PronunciationRefused("sounds between slashes are for a whole word")
    if rule.match is Match.REGEX:
        _check_template(_compiled(rule), rule.sounds)


def rules_from_csv(text: str) -> tuple[list[Rule], list[RuleFault]]:
    """Read rules as `rules_as_csv` writes them; what can't be used is told and left out.

    The first line names the columns; all but "written" and "sounds" may be missing or empty.
    """
    rules: list[Rule] = []
    faults: list[RuleFault] = []
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        if not {"written", "sounds"} <= set(reader.fieldnames or ()):
            return [], [RuleFault(1, 0, "its first line doesn't name the columns written, sounds")]
        for row in reader:
            try:
                rule = _rule_of(row)
                check_rule(rule)
                rules = [known for known in rules if not rule.replaces(known)]
                rules.append(rule)
            except PronunciationRefused as refusal:
                faults.append(RuleFault(reader.line_num, refusal.column, refusal.reason))
    except csv.Error as error:
        faults.append(RuleFault(reader.line_num, 0, str(error)))
    return rules, faults


def rules_as_csv(rules: Iterable[Rule]) -> str:
    """Write rules as a table that a spreadsheet or a text editor opens."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for rule in rules:
        case = "minded" if rule.minds_case else "any"
        writer.writerow((rule.written, rule.sounds, rule.match.value, case, rule.scope))
    return table.getvalue()


def _rule_of(row: dict[str, str | None]) -> Rule:
    values = {name: row.get(name) or "" for name in _COLUMNS}
    try:
        match = Match(values["match"].strip().lower() or Match.WORD)
    except ValueError:
        raise PronunciationRefused(f'"{values["match"]}" is no kind of match') from None
    case = values["case"].strip().lower() or "any"
    if case not in ("any", "minded"):
        raise PronunciationRefused(f'case is "any" or "minded", not "{values["case"]}"')
    scope = values["scope"].strip() or EVERYWHERE
    return Rule(values["written"], values["sounds"].strip(), match, case == "minded", scope)


class Pronunciation:
    """The rules that hold for one text, applied to its words.

    A rule for the text goes before one for a language, and that before one for everywhere; among
    equals the one given last goes first. One that takes too long several times is asked no more;
    `on_too_slow` is told, once, on the thread that applied it.
    """

    def __init__(
        self,
        rules: Iterable[Rule] = (),
        fingerprint: Fingerprint | None = None,
        on_too_slow: Callable[[Rule], None] = lambda _rule: None,
    ) -> None:
        ranked = sorted(
            (rule for rule in reversed(tuple(rules)) if _may_hold(rule.scope, fingerprint)),
            key=lambda rule: (rule.scope != fingerprint, rule.scope == EVERYWHERE),
        )
        self._rules = tuple(_Applied(rule, on_too_slow) for rule in ranked)

    def applied(
        self, text: str, start: int, end: int, language: str, words: list[SpokenWord]
    ) -> list[SpokenWord]:
        """Return the words of text[start:end] as the rules have them sound; maps stay exact."""
        if not self._rules:
            return words
        found = sorted(self._found(text, start, end, language))
        return _replaced(text, words, found, language) if found else words

    def _found(
        self, text: str, start: int, end: int, language: str
    ) -> Iterator[tuple[int, int, str]]:
        """Yield what is to sound differently: start, end and the respelling; nothing twice."""
        taken: list[tuple[int, int]] = []
        lowered = text[start:end].lower()
        for rule in self._rules:
            if not rule.holds_in(language) or not rule.may_be_in(lowered):
                continue
            for first, last, sounds in rule.matches(text, start, end):
                is_free = all(last <= begun or ended <= first for begun, ended in taken)
                if first < last and is_free:
                    taken.append((first, last))
                    yield first, last, sounds


def _may_hold(scope: str, fingerprint: Fingerprint | None) -> bool:
    return not scope.startswith("sha256:") or scope == fingerprint


class _Applied:
    """A rule at work."""

    def __init__(self, rule: Rule, on_too_slow: Callable[[Rule], None]) -> None:
        self.rule = rule
        self._on_too_slow = on_too_slow
        self._overruns = 0
        self._pattern: re.Pattern[str] | None = None
        self._regex: regex.Pattern[str] | None = None
        # a curly apostrophe may stand for the straight one of the rule, and any space for another
        needles = re.split(r"[\s'’]+", rule.written.strip().lower())
        self._needle = "" if rule.match is Match.REGEX else max(needles, key=len)

    def holds_in(self, language: str) -> bool:
        if self._overruns >= _FORGIVEN:
            return False
        scope = self.rule.scope.lower().replace("_", "-")
        if scope == EVERYWHERE or scope.startswith("sha256:"):
            return True
        tag = language.lower().replace("_", "-")
        return tag == scope or tag.startswith(scope + "-")

    def may_be_in(self, lowered: str) -> bool:
        return self._needle in lowered

    def matches(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        if self.rule.match is Match.REGEX:
            yield from self._regex_matches(text, start, end)
            return
        if self._pattern is None:
            self._pattern = _literal(self.rule)
        for match in self._pattern.finditer(text, start, end):
            yield match.start(), match.end(), self.rule.sounds

    def _regex_matches(self, text: str, start: int, end: int) -> list[tuple[int, int, str]]:
        if self._regex is None:
            self._regex = _compiled(self.rule)
        found: list[tuple[int, int, str]] = []
        try:
            for match in self._regex.finditer(text, start, end, timeout=_PATIENCE_S):
                found.append((match.start(), match.end(), match.expand(self.rule.sounds)))
        except TimeoutError:
            self._overruns += 1
            if self._overruns == _FORGIVEN:
                self._on_too_slow(self.rule)
            return []
        return found


def _literal(rule: Rule) -> re.Pattern[str]:
    parts = [re.escape(part) for part in rule.written.split()]
    pattern = re.sub(r"['’]", "['’]", r"\s+".join(parts))
    if rule.match is Match.WORD:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return re.compile(pattern, 0 if rule.minds_case else re.IGNORECASE)


def _compiled(rule: Rule) -> regex.Pattern[str]:
    import regex

    flags = regex.VERSION1 | (0 if rule.minds_case else regex.IGNORECASE)
    try:
        return regex.compile(rule.written, flags)
    except regex.error as error:
        position = getattr(error, "pos", None)  # types-regex doesn't know it
        column = 0 if position is None else position + 1
        raise PronunciationRefused(str(error).partition(" at position")[0], column) from error
    except (RecursionError, OverflowError, MemoryError) as error:
        raise PronunciationRefused("it is nested too deeply") from error


def _check_template(pattern: regex.Pattern[str], sounds: str) -> None:
    for reference in re.finditer(r"\\(\d+)|\\g<(\w+)>", sounds):
        name = reference[1] or reference[2]
        is_known = int(name) <= pattern.groups if name.isdecimal() else name in pattern.groupindex
        if not is_known:
            raise PronunciationRefused(f"there is no group {name}")
    if re.search(r"\\(?![\dg])", sounds) or re.search(r"\\g(?!<\w+>)", sounds):
        raise PronunciationRefused("a backslash stands before the number of a group")


def _replaced(
    text: str, words: Sequence[SpokenWord], found: Sequence[tuple[int, int, str]], language: str
) -> list[SpokenWord]:
    """Put what was found in place of the words it stands for."""
    result: list[SpokenWord] = []
    rest = list(words)
    at = 0
    while at < len(found):
        start, end, _ = found[at]
        cluster = [found[at]]
        at += 1
        while rest and rest[0].end <= start:
            result.append(rest.pop(0))
        inner: list[SpokenWord] = []
        while rest and rest[0].start < end:
            inner.append(rest.pop(0))
            end = max(end, inner[-1].end)
            while at < len(found) and found[at][0] < end:
                cluster.append(found[at])
                end = max(end, found[at][1])
                at += 1
        result += _cluster_words(text, inner, cluster, language)
    return result + rest


def _cluster_words(
    text: str,
    words: Sequence[SpokenWord],
    cluster: Sequence[tuple[int, int, str]],
    language: str,
) -> list[SpokenWord]:
    """Say what was found together with the parts of words that stick out of it."""
    start = min(cluster[0][0], words[0].start) if words else cluster[0][0]
    end = max(cluster[-1][1], words[-1].end) if words else cluster[-1][1]
    stop = words[-1].stop if words else ""
    parts: list[str] = []
    at = start
    for first, last, sounds in cluster:
        parts.append(_as_written(text[at:first], language))
        given = phonemes_in(sounds)
        if given is None:
            parts.append(_in_words(sounds, language))
        else:
            plural = _PLURAL.match(text, last, end) if language.startswith("en") else None
            if plural is not None:
                given, last = with_plural(given), plural.end()
            written = BETWEEN_WORDS.join(_in_words(text[first:last], language).split())
            parts.append(with_phonemes(written, given, language))
        at = last
    parts.append(_as_written(text[at:end], language))
    spoken = " ".join("".join(parts).split())
    if not spoken:
        return list(words)
    each = spoken.split(" ")
    if len(each) == len(words) > 1:
        return [
            SpokenWord(part.rstrip(",;:.?!"), word.start, word.end, word.stop)
            for part, word in zip(each, words, strict=True)
        ]
    return [SpokenWord(spoken, start, end, stop)]


def _as_written(text: str, language: str) -> str:
    """Say what sticks out: letters and endings as they are, so that "gifs" stays one word."""
    if re.fullmatch(r"[^\W\d_]+|['’][^\W\d_]{1,3}", text):
        return text.replace("’", "'")
    return f" {_in_words(text, language)} " if text else ""


def _in_words(text: str, language: str) -> str:
    """Return a respelling in words: figures and signs in it are said."""
    words = spoken_words(text, 0, len(text), language)
    return join_words(words)[0].rstrip(",;:.?!") if words else ""
