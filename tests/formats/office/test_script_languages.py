"""What word processors tell of a language is believed where the letters may be its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.office.script_languages import fitting_language
from tests.formats.office.office_files import opened, write_odt


@pytest.mark.parametrize(
    ("told", "text", "language"),
    [
        pytest.param("hi-IN", "שלום עולם", "he", id="Hebrew that LibreOffice calls Hindi"),
        pytest.param("ar-SA", "שלום", "he", id="Hebrew that Word calls Arabic"),
        pytest.param("yi", "שלום", "yi", id="Yiddish"),
        pytest.param("fa-IR", "سلام", "fa-IR", id="Persian"),
        pytest.param("hi-IN", "سلام", "ar", id="Arabic letters"),
        pytest.param("zh-CN", "漢字です", "ja", id="Japanese"),
        pytest.param("zh-CN", "漢字", "zh-CN", id="Chinese"),
        pytest.param("ja-JP", "한국어", "ko", id="Korean"),
        pytest.param("hi-IN", "नमस्ते", "hi-IN", id="Hindi"),
        pytest.param("en-GB", "plain", "en-GB", id="Latin letters"),
    ],
)
def test_a_language_fits_the_letters(told: str, text: str, language: str) -> None:
    assert fitting_language(told, text) == language


def test_hebrew_in_a_document_of_libreoffice_is_hebrew(tmp_path: Path) -> None:
    style = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:language="en" '
        'fo:country="US" style:language-complex="hi" style:country-complex="IN"/>'
        "</style:default-style>"
    )
    path = write_odt(
        tmp_path / "a.odt", "<text:p>שלום עולם</text:p><text:p>And so.</text:p>", style
    )
    document = opened(path)
    blocks = document.sections[0].blocks
    assert [block.language or document.language for block in blocks] == ["he", "en-US"]
