"""Letters that TeX has put into a file as pictures, under its own codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import UnreadableText
from reader.formats.registry import open_document
from tests.formats.pdf.raw_pdf import pdf_of_pages, stream

_STORY = (
    b"it was on the evening of that day when the others had gone and the rain had begun to fall",
    b"on the roofs of the town and into the narrow water below them that she told him the story",
)
_WIDTHS = {"i": 280, "l": 280, "t": 390, "m": 830, "w": 720}


def _bitmap_font(first: int, *, width: int) -> tuple[str, bytes]:
    """A font whose letters are nothing but boxes, as those of TeX's bitmap fonts nearly are."""
    codes = range(256)
    names = " ".join(f"/a{code}" for code in codes)
    widths = [width or _WIDTHS.get(chr(code), 500) for code in codes]
    procedures = " ".join(f"/a{code} {first} 0 R" for code in codes)
    font = (
        "<< /Type /Font /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0]"
        " /FontBBox [0 -200 900 750] /FirstChar 0 /LastChar 255 /Resources << >>"
        f" /Widths [{' '.join(map(str, widths))}]"
        f" /CharProcs << {procedures} >> /Encoding << /Differences [0 {names}] >> >>"
    )
    return font, stream(b"500 0 20 0 480 700 d1 20 0 460 700 re f")


def _written(line: bytes, over_the_next: bytes) -> bytes:
    """A line's codes; after some of them it goes back, so that the next is set below them."""
    return b" ".join(b"<%02x>%s" % (b, b" 500" * (b in over_the_next)) for b in line)


def _text_in(tmp_path: Path, *lines: bytes, width: int = 0, over_the_next: bytes = b"") -> str:
    content = b"\n".join(
        b"BT /F1 10 Tf 1 0 0 1 72 %d Tm [%s] TJ ET" % (700 - 12 * n, _written(line, over_the_next))
        for n, line in enumerate(lines)
    )
    font, letter = _bitmap_font(6, width=width)
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf_of_pages([content], font=font, more=[letter]))
    return " ".join(open_document(path).sections[0].text.split())


def test_old_fonts_have_ligatures_quotes_and_accents_where_knuth_put_them(tmp_path: Path) -> None:
    line = b'\\an o\x0ece with a \x0cne \rag" {| ca\x0b\x13e, na\x7f\x10ve, Stra\x19e, 3{4 yards|no'
    text = _text_in(tmp_path, *_STORY, line, over_the_next=b"\x13\x7f")
    assert text.endswith("“an office with a fine flag” –— caffé, naïve, Straße, 3–4 yards—no")


def test_newer_fonts_have_them_in_the_order_of_cork(tmp_path: Path) -> None:
    line = b"\x10an o\x1ece with a \x1cne \x1dag\x11 caf\xe9, Stra\xffe, \xf7uvre, \x8a\xf3d\xb9, "
    text = _text_in(tmp_path, *_STORY, line + b"3\x154 yards\x16no")
    assert text.endswith("“an office with a fine flag” café, Straße, œuvre, Łódź, 3–4 yards—no")


def test_signs_of_code_are_what_they_are(tmp_path: Path) -> None:
    text = _text_in(tmp_path, *_STORY, b"if (a || b) { call('x\\n'); }", width=525)
    assert text.endswith("if (a || b) { call('x\\n'); }")


def test_letters_under_other_codes_are_still_unknown(tmp_path: Path) -> None:
    moved = [bytes(b + 5 if 97 <= b <= 117 else b for b in line) for line in _STORY]
    with pytest.raises(UnreadableText):
        _text_in(tmp_path, *moved)
