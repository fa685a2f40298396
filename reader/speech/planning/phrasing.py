"""Decides where a sentence is cut into the parts that a voice is asked to say at once."""

from __future__ import annotations

from collections.abc import Sequence

from reader.speech.verbalise.words import SpokenWord
from reader.text.abbreviations import word_set

LONGEST_WHOLE = 34
"""Spoken words up to which a sentence is said in one breath; longer ones cost memory and time."""

_WANTED, _MOST = 22, 40

_FIRST_WHOLE, _FIRST_FEWEST, _FIRST_BEST, _FIRST_MOST = 44, 12, 26, 40
"""Characters of what is said first, for they tell how long it takes before it is heard: of 44 Piper
works 0.15 s of processor time before the first half second is there, and 0.43 s for all. Voices
that give all at once, as Kokoro does, need it short. Fewest are also what is left for the rest."""

_CLAUSE_OPENERS = word_set(
    "and but or nor so yet because although though while when where whereas which who whom whose "
    "that if unless until since before after as than whether how why "
    "und aber oder weil dass wenn obwohl während et mais ou parce que quand lorsque si "
    "y pero o porque cuando aunque"
)
_PHRASE_OPENERS = word_set(
    "in on at by for from with without into onto upon over under between through during about "
    "against among to of like toward towards across behind beyond "
    "mit von zu bei nach aus für durch avec dans pour sur par con para por desde hasta"
)
_STOP_COST = {".": 0.0, "?": 0.0, "!": 0.0, ";": 0.2, ":": 0.3, ",": 0.6}
_CLAUSE_COST, _PHRASE_COST, _WORD_COST = 2.4, 4.0, 9.0


def _length_cost(spoken: int) -> float:
    if spoken > _WANTED:
        return ((spoken - _WANTED) / 12) ** 2
    return 0.4 + 2.5 * ((_WANTED - spoken) / _WANTED) ** 3


_LENGTH_COSTS = [_length_cost(spoken) for spoken in range(4 * _MOST)]


def part_ends(words: Sequence[SpokenWord]) -> list[int]:
    """Return the indices behind the last word of each part, the last of which is len(words)."""
    lengths = [word.spoken.count(" ") + 1 for word in words]
    if sum(lengths) <= LONGEST_WHOLE:
        return [len(words)]
    return _cheapest_ends(words, lengths)


def first_part_end(words: Sequence[SpokenWord]) -> int:
    """Return how many words to say first, so that sound starts at once: all if they are short."""
    total = _characters(words)
    if total <= _FIRST_WHOLE:
        return len(words)
    said = 0
    best, least = len(words), float("inf")
    for index, word in enumerate(words[:-1], start=1):
        said += _characters([word])
        if said < _FIRST_FEWEST or total - said < _FIRST_FEWEST:
            continue
        if said > _FIRST_MOST and best < len(words):
            break
        cost = _break_cost(words, index) + abs(said - _FIRST_BEST) * 0.03
        if cost < least:
            best, least = index, cost
    return best


def _characters(words: Sequence[SpokenWord]) -> int:
    return sum(len(word.spoken) + 1 for word in words)


def _cheapest_ends(words: Sequence[SpokenWord], lengths: Sequence[int]) -> list[int]:
    """Choose the cuts with the least sum of how ill they fall and how uneven the parts are."""
    count = len(words)
    costs = [0.0] + [float("inf")] * count
    previous = [0] * (count + 1)
    for end in range(1, count + 1):
        here = 0.0 if end == count else _break_cost(words, end)
        spoken = 0
        for start in range(end - 1, -1, -1):
            spoken += lengths[start]
            if spoken > _MOST and start < end - 1:
                break
            cost = costs[start] + here + _LENGTH_COSTS[min(spoken, len(_LENGTH_COSTS) - 1)]
            if cost < costs[end]:
                costs[end], previous[end] = cost, start
    ends = [count]
    while previous[ends[-1]]:
        ends.append(previous[ends[-1]])
    return ends[::-1]


def _break_cost(words: Sequence[SpokenWord], index: int) -> float:
    """Return how ill a cut before words[index] sounds."""
    stop = words[index - 1].stop
    if stop:
        is_list = stop == "," and words[index].stop == ","
        return _STOP_COST[stop] + (0.8 if is_list else 0.0)
    opener = words[index].spoken.lower()
    if words[index - 1].spoken.lower() in _LEADS_ON:
        return _WORD_COST
    if opener in _CLAUSE_OPENERS:
        return _CLAUSE_COST
    return _PHRASE_COST if opener in _PHRASE_OPENERS else _WORD_COST


_ARTICLES = word_set(
    "the a an my your his her its our their this these those no every each mister missus miz "
    "doctor saint der die das ein eine le la les un une el los las una"
)
_LEADS_ON = _CLAUSE_OPENERS | _PHRASE_OPENERS | _ARTICLES
