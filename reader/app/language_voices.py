"""Which voice reads a text: the one chosen for its language, else the best that speaks it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from reader.app.settings import Settings
from reader.values import replaced

if TYPE_CHECKING:  # the first frame names the voice, before anything of speech is imported
    from reader.speech.engine import Voice, VoiceId

USUAL_LANGUAGE = "en"
"""What the usual voice is for, and the language of a text that doesn't say."""

_SAME_AS = {"cmn": "zh", "nb": "no", "iw": "he", "in": "id", "ji": "yi", "tl": "fil", "mo": "ro"}
"""Languages told by more than one tag: as the parts of a larger one, or by an older name."""


def base_language(tag: str | None) -> str:
    """Return the language of a BCP 47 tag without region and script, in lower case.

    What is written alike has one name: a book in Chinese says "zh", eSpeak's voice for it "cmn".
    """
    base = (tag or USUAL_LANGUAGE).partition("-")[0].lower()
    return _SAME_AS.get(base, base)


def voice_for_language(
    settings: Settings, tag: str | None, voices: Sequence[Voice] = ()
) -> VoiceId:
    """Return the voice that reads texts in a language.

    It is the one chosen for it, else the usual one if it speaks it, else the first of `voices`
    that does, an engine's own order kept and the same region before others; else the usual one
    all the same. Without `voices`, before they are known, choices are taken at their word.
    """
    usual, base = cast("VoiceId", settings.voice), base_language(tag)
    chosen = usual if base == USUAL_LANGUAGE else _choices(settings).get(base)
    known = {voice.id: voice for voice in voices}
    if chosen is not None and (not voices or chosen not in known or known[chosen].is_available):
        return chosen
    if not voices:
        return usual
    able = [voice for voice in voices if speaks(voice, tag) and voice.is_available]
    if any(voice.id == usual for voice in able):
        return usual
    exact = [voice for voice in able if voice.language.lower() == (tag or "").lower()]
    engine = able[0].engine if able else ""
    best = [voice for voice in exact if voice.engine == engine] or able
    return best[0].id if best else usual


def speaks(voice: Voice, tag: str | None) -> bool:
    """Whether a voice is made for a language; one that doesn't say which is taken for any."""
    return not voice.language or base_language(voice.language) == base_language(tag)


def with_voice_for(settings: Settings, tag: str | None, voice: VoiceId) -> Settings:
    """Return settings by which `voice` reads texts in a language, and others stay as they are."""
    base = base_language(tag)
    if base == USUAL_LANGUAGE:
        return replaced(settings, voice=voice)
    choices = _choices(settings) | {base: voice}
    text = " ".join(f"{language}={choices[language]}" for language in sorted(choices))
    return replaced(settings, language_voices=text)


def _choices(settings: Settings) -> dict[str, VoiceId]:
    pairs = (part.partition("=") for part in settings.language_voices.split())
    return {
        language.lower(): cast("VoiceId", voice) for language, _, voice in pairs if ":" in voice
    }
