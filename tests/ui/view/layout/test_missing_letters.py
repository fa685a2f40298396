"""Letters that no font has are told by their script, before somebody wonders about boxes."""

from __future__ import annotations

import pytest

from reader.ui.look.theme import Theme
from reader.ui.view.layout.missing_letters import has_glyph, script_without_font

NONE_HERE = "ཀཁགང日本あいう한국어ᐁᐂᐃ"


def is_shown(letter: str) -> bool:
    return letter not in NONE_HERE


@pytest.mark.parametrize(
    ("text", "script"),
    [
        pytest.param("Plain words, naïve ones, and Ελληνικά.", "", id="all are shown"),
        pytest.param("བཀཁགང ཀཁགང ཀཁགང", "Tibetan", id="another script"),
        pytest.param("日本日本日本日本", "Chinese", id="ideographs"),
        pytest.param("あいうあいうあいう", "Japanese", id="kana"),
        pytest.param("한국어 한국어 한국어", "Korean", id="syllables"),
        pytest.param("ᐁᐂᐃᐁᐂᐃᐁᐂᐃ", "Canadian syllabic", id="a name of two words"),
        pytest.param("A text about one letter, ཀ, and no more.", "", id="a single sign"),
    ],
)
def test_the_script_that_is_missing_is_named(text: str, script: str) -> None:
    assert script_without_font(text, is_shown) == script


@pytest.mark.usefixtures("qapp")
def test_a_glyph_is_looked_for_in_all_fonts() -> None:
    font = Theme("light").text_font(19)
    assert has_glyph("a", font)
    assert not has_glyph("\U000fffff", font), "for private use: no font of a system has it"
