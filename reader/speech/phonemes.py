"""Phonemes given for a word: how they are written, and which sounds one can choose from.

A rule for a word's sound may be phonemes, between slashes as dictionaries write them: `/dʒˈɪf/`. In
a spoken text they stand behind the word, `gif⟦dʒˈɪf⟧`, so that an engine which can't follow them
says the word as it is written. The symbols are those of the International Phonetic Alphabet as
eSpeak NG writes them, which is what the voices were trained on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reader.errors import PronunciationRefused

GIVEN = re.compile("⟦([^⟦⟧]*)⟧")
"""The phonemes behind a word of a spoken text."""

BETWEEN_WORDS = "‿"
"""Stands in phonemes for the space between two words, as a spoken word has none in it."""

_SLASHES = re.compile(r"\s*/(.*)/\s*", re.DOTALL)
_TYPED = str.maketrans({"'": "ˈ", "’": "ˈ", "`": "ˌ", ":": "ː", "g": "ɡ", ".": None, "-": None})
_VOICELESS = frozenset("ptkfθ")
_SIBILANTS = ("s", "z", "ʃ", "ʒ", "tʃ", "dʒ")


@dataclass(frozen=True, slots=True)
class Phoneme:
    """One sound: its IPA symbol, eSpeak NG's own code for it, and a word in which one hears it."""

    symbol: str
    code: str
    example: str


STRESS = (Phoneme("ˈ", "'", "before the stressed syllable"), Phoneme("ˌ", ",", "a lighter stress"))

_ENGLISH = """
    iː i: fleece|ɪ I kit|ɛ E dress|æ a trap|ɑː A: father|ʌ V strut|ɔː O: thought|ʊ U foot
    uː u: goose|ɜː 3: nurse|ə @ comma|eɪ eI face|aɪ aI price|ɔɪ OI choice|oʊ oU goat|aʊ aU mouth
    p p pen|b b bat|t t tea|d d day|k k key|ɡ g get|f f fan|v v van|θ T thin|ð D this|s s see
    z z zoo|ʃ S she|ʒ Z vision|h h hat|tʃ tS chin|dʒ dZ jam|m m man|n n no|ŋ N sing|l l leg|ɹ r red
    j j yes|w w win|x x loch
"""
_GERMAN = """
    iː i: bieten|ɪ I Bitte|eː e: See|ɛ E Bett|ɛː E: Bär|a a Mann|ɑː A: mahn|ɔ O Gott|oː o: Not
    ʊ U Hund|uː u: gut|œ W Hölle|øː Y: Höhle|ʏ y füllen|yː y: fühlen|ə @ Bitte|aɪ aI heiß|aʊ aU Haus
    ɔø OY heute|p p Pause|b b Bett|t t Tisch|d d Ding|k k Kuh|ɡ g Gott|f f Affe|v v Wein|s s Haus
    z z Sonne|ʃ S Schule|ʒ Z Garage|ç C ich|x x Bach|h h Hund|pf pF Pferd|ts ts Ziel|tʃ tS deutsch
    dʒ dZ Dschungel|m m Mann|n n Nase|ŋ N Ding|l l Lampe|r r Rad|j j ja
"""
_FRENCH = """
    i i si|e e été|ɛ E mère|a a patte|aː a: pâte|ɔ O sort|o o seau|u u vous|y y tu|ø Y peu|œ W peur
    ə @ petit|ɛ̃ E~ vin|ɑ̃ A~ vent|ɔ̃ O~ bon|œ̃ W~ brun|p p papa|b b bon|t t tu|d d de|k k cas|ɡ g gars
    f f fou|v v vous|s s su|z z zoo|ʃ S chou|ʒ Z joue|m m ma|n n ne|l l lu|ʁ r rue|j j yeux|w w bois
"""
_SPANISH = """
    i i piso|e e mesa|a a casa|o o toro|u u luna|eɪ eI seis|p p pan|b b boca|t t taza|d d dos
    k k casa|ɡ g gato|β B huevo|ð D cada|ɣ Q lago|f f faro|θ T taza|s s sol|x x jamón|tʃ tS mucho
    m m mamá|n n nido|ɲ n^ año|l l luna|ʎ l^ calle|ɾ ** cara|r R2 perro|ʝ J^ yo|j j hielo|w w huevo
"""


def _table(rows: str) -> tuple[Phoneme, ...]:
    return tuple(Phoneme(*row.split()) for row in re.split(r"[|\n]", rows) if row.strip())


PHONEMES: Mapping[str, tuple[Phoneme, ...]] = MappingProxyType(
    {
        "en": _table(_ENGLISH),
        "de": _table(_GERMAN),
        "fr": _table(_FRENCH),
        "es": _table(_SPANISH),
    }
)
"""The sounds of a language, vowels first, by its primary subtag."""

_MARKS = "ˈˌːˑ‿ \u0303\u0329\u032f"
_KNOWN = frozenset(_MARKS).union(
    *(phoneme.symbol for table in PHONEMES.values() for phoneme in table),
    "ɐɒɘɚɝɞɤɨɯɵɶʉæøœɜɱɳɴɭɫɬɮʟʔħʕʂʐʑɕɟɠɡɢɣɥɦɧɰɸχʈʋɖɗɓʙʀʁɺɻɽʍᵻ",
)


def phonemes_in(sounds: str) -> str | None:
    """Return the phonemes if a rule gives some, as they are written in IPA; None for a respelling.

    What keyboards have stands for what they lack: ' for ˈ, : for ː, g for ɡ.

    Raises:
        PronunciationRefused: there is a sign among them that is no sound; it says where.
    """
    slashes = _SLASHES.fullmatch(sounds)
    if slashes is None:
        return None
    for number, sign in enumerate(slashes[1]):
        if (typed := sign.translate(_TYPED)) and typed not in _KNOWN:
            raise PronunciationRefused(f"{sign} is no sound", slashes.start(1) + number + 1)
    given = BETWEEN_WORDS.join(slashes[1].translate(_TYPED).split())
    if not any(sign not in _MARKS for sign in given):
        raise PronunciationRefused("there is no sound between the slashes")
    return given


def with_phonemes(word: str, phonemes: str, language: str) -> str:
    """Return a word of a spoken text that carries its phonemes."""
    if language.partition("-")[0].lower() == "en":
        phonemes = phonemes.replace("r", "ɹ")  # as dictionaries write it
    return f"{word}⟦{phonemes}⟧"


def with_plural(phonemes: str) -> str:
    """Return the phonemes of an English word with the s of its plural, or of what it owns."""
    if phonemes.endswith(_SIBILANTS):
        return phonemes + "ɪz"
    return phonemes + ("s" if phonemes[-1] in _VOICELESS else "z")


def without_phonemes(spoken: str) -> str:
    """Return a spoken text as it is written."""
    return GIVEN.sub("", spoken).replace(BETWEEN_WORDS, " ")


def codes_of(phonemes: str, language: str) -> str | None:
    """Return phonemes in eSpeak NG's codes for a language; None if it has none for them."""
    table = (*PHONEMES.get(language.partition("-")[0].lower(), ()), *STRESS)
    codes = {phoneme.symbol: phoneme.code for phoneme in table} | {BETWEEN_WORDS: " "}
    longest_first = sorted(codes, key=len, reverse=True)
    said: list[str] = []
    at = 0
    while at < len(phonemes):
        symbol = next((known for known in longest_first if phonemes.startswith(known, at)), None)
        if symbol is None:
            return None
        said.append(codes[symbol])
        at += len(symbol)
    return "".join(said)
