"""Tests of phonemes given for words: their notation, and what engines make of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import PronunciationRefused
from reader.speech.engine import Cancellation, VoiceId
from reader.speech.engines.piper_engine import PiperEngine
from reader.speech.engines.pyttsx3_engine import Pyttsx3Engine
from reader.speech.marks import spoken_words
from reader.speech.phonemes import (
    PHONEMES,
    codes_of,
    phonemes_in,
    with_phonemes,
    with_plural,
    without_phonemes,
)
from reader.speech.planning.pronunciation import Match, Pronunciation, Rule, check_rule
from reader.speech.planning.sentences import said_alone
from reader.speech.process.starting import worker_command
from reader.speech.transcription import transcribed
from reader.speech.voices.overview import DEFAULT_VOICE
from tests.patience import PATIENCE_S

SPOKEN = "I saw a gif⟦dʒˈɪf⟧ in New‿York⟦nuː‿jˈɑːk⟧ today."


@pytest.mark.parametrize(
    ("sounds", "phonemes"),
    [
        ("jiff", None),
        ("and/or", None),
        ("/dʒˈɪf/", "dʒˈɪf"),
        (" /d'zo:g/ ", "dˈzoːɡ"),
        ("/nuː jɔːk/", "nuː‿jɔːk"),
        ("/tə.mɑː.təʊ/", "təmɑːtəʊ"),
    ],
)
def test_what_stands_between_slashes_is_phonemes(sounds: str, phonemes: str | None) -> None:
    assert phonemes_in(sounds) == phonemes


@pytest.mark.parametrize(("sounds", "column"), [("/d5f/", 3), (" /ab?/", 5), ("/ˈ/", 0)])
def test_what_is_no_sound_is_refused_with_its_place(sounds: str, column: int) -> None:
    with pytest.raises(PronunciationRefused) as refusal:
        phonemes_in(sounds)
    assert refusal.value.column == column


def test_phonemes_are_for_whole_words() -> None:
    check_rule(Rule("gif", "/dʒɪf/"))
    with pytest.raises(PronunciationRefused):
        check_rule(Rule("gif", "/dʒɪf/", Match.ANYWHERE))


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("GIF", "GIF⟦dʒˈɪf⟧."),
        ("a GIF’s end", "a GIF's⟦dʒˈɪfs⟧ end."),
        ("New York", "New‿York⟦nuː‿jˈɔːk⟧."),
        ("gifted", "gifted."),
    ],
)
def test_a_rule_gives_its_word_phonemes(written: str, spoken: str) -> None:
    rules = Pronunciation((Rule("gif", "/dʒˈɪf/"), Rule("New York", "/nuː jˈɔːk/")))
    utterance = said_alone(written, "en", rules)
    assert utterance is not None
    assert utterance.spoken == spoken
    last = utterance.pieces[-1]
    assert utterance.spoken[last.spoken_end :] == "."
    assert last.source_end == len(written)


def test_english_has_one_r() -> None:
    assert with_phonemes("red", "rɛd", "en-GB") == "red⟦ɹɛd⟧"
    assert with_phonemes("perro", "pero", "es") == "perro⟦pero⟧"


@pytest.mark.parametrize(
    ("phonemes", "plural"), [("dʒɪf", "dʒɪfs"), ("dɒɡ", "dɒɡz"), ("dʒʌdʒ", "dʒʌdʒɪz")]
)
def test_an_s_sounds_as_its_word_ends(phonemes: str, plural: str) -> None:
    assert with_plural(phonemes) == plural


def test_a_word_and_its_phonemes_are_one() -> None:
    words = [SPOKEN[start:end] for start, end in spoken_words(SPOKEN)]
    assert words == [
        "I", "saw", "a", "gif⟦dʒˈɪf⟧", "in", "New‿York⟦nuː‿jˈɑːk⟧", "today"
    ]  # fmt: skip
    assert without_phonemes(SPOKEN) == "I saw a gif in New York today."


@pytest.mark.parametrize("language", PHONEMES)
def test_the_sounds_and_codes_are_those_espeak_hears_in_the_examples(language: str) -> None:
    """eSpeak itself decides; in a process of its own, as the library may be loaded here."""
    program = (
        "import sys; from reader.speech.transcription import CODES, IPA, transcribe;"
        "said = [transcribe(w, sys.argv[1], n) for w in sys.argv[2:] for n in (IPA, CODES)];"
        "print(*said, sep='\\n')"
    )
    examples = [phoneme.example for phoneme in PHONEMES[language]]
    command = [sys.executable, "-c", program, language, *examples]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    heard = answer.stdout.splitlines()
    for phoneme, symbols, codes in zip(PHONEMES[language], heard[::2], heard[1::2], strict=True):
        assert phoneme.symbol in symbols.replace("ˈ", "").replace("ˌ", ""), (phoneme, symbols)
        assert phoneme.code in codes.replace("'", "").replace(",", ""), (phoneme, codes)


def test_what_espeak_has_no_code_for_has_none() -> None:
    assert codes_of("dʒˈɪf", "en-US") == "dZ'If"
    assert codes_of("ɓɪf", "en") is None
    assert codes_of("dʒˈɪf", "sw") is None


def test_piper_says_the_phonemes_and_knows_when_each_word_sounds(tmp_path: Path) -> None:
    engine = PiperEngine(tmp_path)
    audio = engine.synthesise(SPOKEN, "en", DEFAULT_VOICE, Cancellation())
    marked = [SPOKEN[mark.start : mark.end] for mark in audio.marks]
    assert marked[3:6] == ["gif⟦dʒˈɪf⟧", "in", "New‿York⟦nuː‿jˈɑːk⟧"]
    phonemes = "".join(engine._voice(DEFAULT_VOICE).phonemiser.phonemes(SPOKEN))
    assert phonemes == "aɪ sˈɔː ɐ dʒˈɪf ɪn nuː jˈɑːk tədˈeɪ."


def test_espeak_says_the_phonemes_and_those_without_a_code_as_written() -> None:
    engine, voice = Pyttsx3Engine(), VoiceId("pyttsx3:en-us")
    said = {
        spoken: engine.synthesise(spoken, "en", voice, Cancellation())
        for spoken in ("A gif⟦dʒˈɪf⟧ now.", "A jiff now.", "A gif now.", "A gif⟦ɓˈɪf⟧ now.")
    }
    given, respelled, written, unknown = said.values()
    # the sound itself varies a little from time to time; j takes 9 ms longer than g
    begins = [audio.marks[-1].first_frame for audio in (given, respelled, written, unknown)]
    assert begins[0] == pytest.approx(begins[1], abs=40)
    assert begins[3] == pytest.approx(begins[2], abs=40)
    assert begins[0] > begins[2] + 120
    marked = [(m.start, m.end) for m in given.marks]
    assert marked == spoken_words("A gif⟦dʒˈɪf⟧ now.")


@pytest.mark.parametrize(
    ("words", "language", "phonemes"),
    [("gif", "en-US", "ɡˈɪf"), ("Straße", "de-AT", "ʃtɾˈɑːsə"), ("x", "zz", "")],
)
def test_a_process_of_its_own_tells_how_words_are_said(
    words: str, language: str, phonemes: str, tmp_path: Path
) -> None:
    assert transcribed(words, language, worker_command(tmp_path)) == phonemes


def test_a_process_that_fails_tells_nothing() -> None:
    assert transcribed("gif", "en", [sys.executable, "-c", "raise SystemExit(3)"]) == ""
