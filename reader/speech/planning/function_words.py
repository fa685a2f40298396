"""The small words that every sentence of a language holds: what few words tell of their language.

A statistical detector is unsure of less than a dozen words; these tables and it together aren't.
"""

from __future__ import annotations

import re
from collections import Counter

from reader.text.abbreviations import word_set

_WORD = re.compile(r"[^\W\d_]+['’]?")
_WORDS = {
    "en": word_set(
        "the of and to in that is was it for with as his he she be on at by had not are but from "
        "or have an they which you were her all their there been one so we who if would will my "
        "what your can this i me him them do did when said no up out about into than then could "
        "has more its our a am us how where why these those very don't it's i'm"
    ),
    "de": word_set(
        "der die das und in zu den ist nicht von sie ich mit sich des auf für es dem ein eine im "
        "an als auch er war so wir was wenn aber wie daß dass noch nach aus bei nur vor um einen "
        "einer hat haben sind wird mir mich du ihr ihm mein meine sein seine oder über zum zur am "
        "bin bist kann doch schon hier da ja nein wo warum wer man habe kein keine dann"
    ),
    "fr": word_set(
        "le la les de des et un une du en est que qui dans il elle je ne pas pour sur au aux ce "
        "cette se par plus avec son sa ses nous vous ils elles mais on ou où sont était être a ai "
        "as tu te me mon ma mes ton ta leur leurs y si comme tout tous fait bien sans même quand "
        "oui non très c' d' j' l' m' n' s' t' qu' suis quoi pourquoi puis"
    ),
    "es": word_set(
        "el la los las de y en que un una es se no por con para su al lo como más pero sus le ya o "
        "este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde "
        "todo nos era son yo tú él ella está estaba mi te si del qué cómo usted a estoy soy fue"
    ),
    "it": word_set(
        "il lo la i gli le di e che in un una è non per si con del della dei da al come più ma "
        "anche sono ho ha mi ti se nel alla questo questa io tu lui lei noi voi loro era cosa chi "
        "dove quando perché molto suo sua a o l' d' c' dell' un' nell' così tutto"
    ),
    "pt": word_set(
        "o a os as de e que em um uma é não para com se do da dos das no na por mais mas como ao "
        "seu sua ele ela eu isso foi está são muito também já você nos me lhe ou quando sem à há "
        "era meu minha tudo bem"
    ),
    "nl": word_set(
        "de het een en van in is dat op te zijn niet met voor er ik hij ze we je aan was als maar "
        "om ook naar uit bij nog kan dit door over had wat wel geen zo die heb hebben mijn ben "
        "daar hier of wij"
    ),
}
_FEWEST, _FEWEST_WORDS = 2, 4
_ONE_IN = 3


def told_by_function_words(text: str) -> str | None:
    """Return the language that a passage's small words are of, None where others are as likely."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    counts = Counter(
        language for word in words for language, known in _WORDS.items() if word in known
    )
    if not counts or len(words) < _FEWEST_WORDS:
        return None
    (best, most), *others = counts.most_common(2)
    second = others[0][1] if others else 0
    is_plain = most >= _FEWEST and most * _ONE_IN >= len(words) and second * 2 <= most
    return best if is_plain else None
