"""Bytes become the text their writer meant, and what can't is shown and counted."""

from __future__ import annotations

import codecs

import pytest

from reader.formats.decoding import decode
from reader.text.document import Notice, NoticeKind

SENTENCES = {
    "English quotes": "He said “don’t” — and that was all… It cost £5.",
    "one accent": "A long text in English that has a single café in it, else plain letters.",
    "French": "Le café était fermé, et l’été déjà loin ; « ça ira », dit-elle, à côté du garçon.",
    "German": "Die Männer gingen über die Brücke, größer als je zuvor. „Schöne Grüße“, sagte er.",
    "Spanish": "El niño comió mañana en España: ¿qué pasó? ¡Nada! Está aquí.",
    "Polish": "Zażółć gęślą jaźń. Wszyscy ludzie rodzą się wolni i równi pod względem praw.",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy. Všichni lidé rodí se svobodní.",
    "Turkish": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. İyi günler.",
    "Russian": "Все люди рождаются свободными и равными в своем достоинстве и правах.",
    "Greek": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.",
    "Hebrew": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
    "Japanese": "すべての人間は、生まれながらにして自由であり、かつ平等である。",
    "Chinese": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系相对待。",
    "Korean": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
}

LEGACY = [
    *(("English quotes", "cp1252"), ("English quotes", "mac_roman")),
    *(("one accent", "cp1252"), ("one accent", "mac_roman"), ("one accent", "cp850")),
    *(("French", "cp1252"), ("French", "mac_roman")),
    *(("German", "cp1252"), ("German", "mac_roman"), ("Spanish", "cp1252")),
    *(("Polish", "cp1250"), ("Polish", "iso8859_2"), ("Czech", "cp1250"), ("Czech", "iso8859_2")),
    *(("Turkish", "cp1254"), ("Russian", "cp1251"), ("Russian", "koi8_r"), ("Russian", "cp866")),
    *(("Greek", "cp1253"), ("Hebrew", "cp1255"), ("Japanese", "cp932"), ("Japanese", "euc_jp")),
    *(("Chinese", "gb18030"), ("Korean", "cp949")),
]


@pytest.mark.parametrize(("name", "encoding"), LEGACY, ids=[f"{n}, {e}" for n, e in LEGACY])
def test_an_encoding_without_a_mark_is_guessed_and_the_guess_told(name: str, encoding: str) -> None:
    decoded = decode(SENTENCES[name].encode(encoding))
    assert decoded is not None
    assert decoded.text == SENTENCES[name]
    assert [notice.kind for notice in decoded.notices] == [NoticeKind.ENCODING_GUESSED]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.hex() or "no mark",
)
def test_unicode_is_read_without_its_mark_and_without_a_notice(mark: bytes, encoding: str) -> None:
    text = "Grüße 👩‍👩‍👧 e\u0301 שלום\u00a0a  b\u00adc\u200b"
    decoded = decode(mark + text.encode(encoding))
    assert decoded is not None
    assert decoded.text == text
    assert decoded.notices == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_zeros(encoding: str) -> None:
    decoded = decode("A text that an old editor saved.\r\nÄ".encode(encoding))
    assert decoded is not None
    assert decoded.text == "A text that an old editor saved.\nÄ"


@pytest.mark.parametrize(
    ("content", "shown", "count"),
    [
        pytest.param(b"caf\xc3\xa9 and \xc3( bad", "café and �( bad", 1, id="a lone lead byte"),
        pytest.param(b"caf\xc3\xa9 \xe2\x82", "café ��", 2, id="cut off at the end"),
        pytest.param(b"plain \xff words", "plain � words", 1, id="one byte in ASCII"),
        pytest.param(b"\xc3\xa9\xed\xa0\x80\xc3\xa9\xc3\xa9", "é���éé", 3, id="half a pair"),
        pytest.param(b"a" * 500 + b"\0b", "a" * 500 + "�b", 1, id="a NUL"),
        pytest.param(codecs.BOM_UTF8 + b"a\xffb", "a�b", 1, id="after a mark"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\0b", "a�", 1, id="odd length of UTF-16"),
    ],
)
def test_bad_bytes_are_shown_and_counted(content: bytes, shown: str, count: int) -> None:
    decoded = decode(content)
    assert decoded is not None
    assert decoded.text == shown
    assert decoded.notices == (Notice(NoticeKind.BAD_BYTES, count),)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bytes(range(256)) * 4, id="all bytes"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"text " * 500, id="a picture"),
        pytest.param(b"%PDF-1.7\nall of it in ASCII", id="a PDF"),
        pytest.param(b"PK\x03\x04" + b"mimetypeapplication/epub+zip" * 20, id="an archive"),
        pytest.param(b"{\\rtf1 Hello}", id="rich text"),
        pytest.param(b"\xff\xff\xff", id="nothing but bad bytes"),
    ],
)
def test_binary_data_is_no_text(content: bytes) -> None:
    assert decode(content) is None


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(b"a\r\nb\rc\nd", "a\nb\nc\nd", id="of three systems"),
        pytest.param(b"a\r\r\nb", "a\n\nb", id="doubled by a bad transfer"),
        pytest.param(b"a\r\n\x1a", "a\n", id="with the end mark of DOS"),
    ],
)
def test_line_ends_become_one(content: bytes, text: str) -> None:
    decoded = decode(content)
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize(
    ("content", "declared", "text"),
    [
        pytest.param("été".encode("cp1252"), "iso-8859-1", "été", id="told"),
        pytest.param("“a”".encode("cp1252"), "ISO-8859-1", "“a”", id="as browsers take it"),
        pytest.param("“été”".encode(), "iso-8859-1", "“été”", id="told wrongly of UTF-8"),
        pytest.param("été".encode("cp1252"), "no-such", "été", id="unknown name"),
        pytest.param("Все люди".encode("koi8_r"), "koi8-r", "Все люди", id="too short to guess"),
        pytest.param(b"caf\xe9 ok", "hex", "café ok", id="a codec that makes no text"),
    ],
)
def test_a_declared_encoding_is_believed_where_the_bytes_allow(
    content: bytes, declared: str, text: str
) -> None:
    decoded = decode(content, declared)
    assert decoded is not None
    assert decoded.text == text
