"""Tests of reader.speech.planning.scripts: a language that a text isn't written in."""

from __future__ import annotations

import pytest

from reader.speech.planning.block_languages import BlockLanguages
from reader.speech.planning.scripts import languages_in_script_of
from reader.text.document import Block, BlockKind, Document, Section, fingerprint_of

HEBREW = "הוא אמר: אני רוצה לקרוא את הספר Her מאת Jonze בשנת 2013."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(HEBREW, "he", id="Hebrew with names"),
        pytest.param("पंचतंत्र की कहानी", "hi", id="Devanagari"),
        pytest.param("นิทานพื้นบ้าน", "th", id="Thai"),
        pytest.param("Анна Каренина", "ru", id="Cyrillic"),
        pytest.param("Ελλάδα", "el", id="Greek"),
        pytest.param("حكاية قصيرة", "ar", id="Arabic"),
        pytest.param("很久以前", "zh", id="Chinese"),
        pytest.param("日本語の本です", "ja", id="Japanese"),
        pytest.param("옛날 옛적에", "ko", id="Korean"),
        pytest.param("Čeština, naïve", None, id="Latin"),
        pytest.param("The word λόγος in it is Greek", None, id="a word of another"),
        pytest.param("12:30 — …", None, id="no letters"),
    ],
)
def test_letters_tell_the_languages_that_are_written_in_them(
    text: str, language: str | None
) -> None:
    assert next(iter(languages_in_script_of(text)), None) == language


@pytest.mark.parametrize(
    ("told", "on_block", "text", "language"),
    [
        pytest.param("en", None, HEBREW, "he", id="English told, Hebrew written"),
        pytest.param("en", "en-GB", HEBREW, "he", id="told of the block itself"),
        pytest.param("yi", None, HEBREW, "yi", id="Yiddish may be"),
        pytest.param("en", None, "पंचतंत्र", "hi", id="a heading of one word"),
        pytest.param("mr", None, "पंचतंत्र", "mr", id="Marathi may be"),
        pytest.param("uk", None, "Кобзар", "uk", id="Ukrainian may be"),
        pytest.param("sr-Latn", None, "Na Drini ćuprija", "sr-Latn", id="Serbian in Latin"),
        pytest.param("en", None, "A title", "en", id="English is"),
    ],
)
def test_a_language_never_written_in_a_blocks_letters_is_not_believed(
    told: str, on_block: str | None, text: str, language: str
) -> None:
    block = Block(0, len(text), BlockKind.HEADING, level=1, language=on_block)
    section = Section(0, "", text, (block,))
    document = Document("", (), told, (section,), fingerprint_of([text]))
    assert BlockLanguages(document, "en").of(section, block) == language
