"""Tests of reader.speech.planning.language_guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.planning.language_guess import language_of_beginning, sure_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was a quiet morning, and nobody on the street knew what the day would bring."),
        ("de", "Der alte Mann ging langsam über die Brücke und dachte dabei an seine Tochter."),
        ("fr", "Nous sommes partis de bonne heure, et personne ne savait où menait ce chemin."),
        ("es", "No sabía qué decir, y por eso se quedó callada hasta que todos se hubieron ido."),
        ("it", "Non sapeva che cosa dire, e così rimase in silenzio fino alla fine della sera."),
        ("ru", "Мы вышли рано утром, и никто из нас не знал, куда ведёт эта старая дорога в лесу."),
    ],
)  # fmt: skip
def test_a_long_sentence_tells_its_language(language: str, text: str) -> None:
    assert sure_language(text) == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Wie geht es Ihnen heute?"),
        ("de", "Ich weiß nicht, was soll es bedeuten"),
        ("fr", "Je t’aime, écrit-il, puis il s’arrête."),
        ("es", "¿Y usted cómo está hoy?"),
        ("en", "It was the best of times."),
        ("nl", "Ik weet het niet."),
    ],
)
def test_few_words_tell_their_language_by_the_small_ones(language: str, text: str) -> None:
    assert sure_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Et tu, Brute?",
        "Also sprach Zarathustra",
        "La La Land was the best film",
        "Van Gogh was in Den Haag",
        "Le Monde and La Stampa reported it",
        "Los Angeles is in California",
        "ordered a crème brûlée",
        "",
        "Chapter One",
        "Bonjour, mon ami.",
        "Samantha, Theodore, Jonze, Amy, Paul, Catherine, Isabella, Charles, Lewman, Ash, Ed, Jo.",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30",
        "Er ging über die alte Brücke nach Hause. Then he sat down and wrote her a long letter.",
    ],
)
def test_in_doubt_there_is_no_answer(text: str) -> None:
    assert sure_language(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Müller und Frau Schmidt visited the Café de Flore in Paris, where they ate.",
        "“Mon Dieu,” he said, “c’est la vie,” and then he left the café and walked to the station.",
        "Thou art more lovely and more temperate; rough winds do shake the darling buds of May.",
        "Whan that Aprille with his shoures soote the droghte of March hath perced to the roote.",
    ],
)
def test_foreign_names_and_old_spelling_dont_mislead(text: str) -> None:
    assert sure_language(text) in (None, "en")


def test_a_text_that_does_not_say_is_in_the_language_of_its_beginning() -> None:
    text = "Kapitel eins\n\n" + "Der alte Mann ging über die Brücke und dachte nach. " * 3
    assert language_of_beginning(text) == "de"
    assert language_of_beginning("Kapitel eins") is None


@given(st.text(max_size=400))
def test_any_text_is_borne(text: str) -> None:
    sure_language(text)
    language_of_beginning(text)
