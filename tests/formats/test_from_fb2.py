"""FictionBook 2: a book in one file, its verses, notes and pictures."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from reader.errors import TextDamaged
from reader.formats.registry import open_document
from tests.formats.office.office_files import PIXEL, opened, runs, shown, write_zip

INFO = (
    "<title-info><author><first-name>Mara</first-name><last-name>Quill</last-name></author>"
    "<author><nickname>jon</nickname></author><book-title>The Gull</book-title>"
    '<coverpage><image l:href="#c.png"/></coverpage><lang>en</lang></title-info>'
)


def book(bodies: str, info: str = INFO, more: str = "") -> str:
    return (
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" '
        'xmlns:l="http://www.w3.org/1999/xlink">'
        f"<description>{info}</description>{bodies}{more}</FictionBook>"
    )


def write_fb2(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding))
    return path


def test_sections_become_headings_of_their_rank(tmp_path: Path) -> None:
    bodies = (
        "<body><title><p>The Gull</p><p>A Tale</p></title><epigraph><p>So it goes.</p>"
        "<text-author>Someone</text-author></epigraph><section id='one'><title><p>One</p></title>"
        "<section><title><p>Inner</p></title><p>Text<emphasis> here</emphasis>.</p><empty-line/>"
        "<subtitle>* * *</subtitle><subtitle>Later</subtitle><p>• an item</p>"
        "<p><code>a = 1</code></p><p><code>b = 2</code></p></section></section></body>"
    )
    document = opened(write_fb2(tmp_path / "a.fb2", book(bodies)))
    assert (document.title, document.authors, document.language) == (
        "The Gull",
        ("Mara Quill", "jon"),
        "en",
    )
    assert shown(document) == [
        "heading1: The Gull\u2028A Tale",
        "quotation1: So it goes.",
        "quotation1: Someone",
        "heading2: One",
        "heading3: Inner",
        "paragraph: Text here.",
        "paragraph: * * *",
        "heading6: Later",
        "list_item1 •: an item",
        "code: a = 1\nb = 2",
    ]
    assert document.sections[0].anchors["one"] == document.sections[0].text.index("One")


def test_a_bold_line_begins_a_section_that_has_no_title(tmp_path: Path) -> None:
    bodies = (
        "<body><section><empty-line/><p><strong>A Scandal</strong></p><p>She is the woman.</p>"
        "<p><strong>No title here</strong></p></section>"
        "<section><p><strong>Mind</strong> the gap.</p></section>"
        "<section><title><p>Part</p></title><p><strong>Bold.</strong></p></section></body>"
    )
    document = opened(write_fb2(tmp_path / "a.fb2", book(bodies)))
    assert shown(document) == [
        "heading1: A Scandal",
        "paragraph: She is the woman.",
        "paragraph: No title here",
        "paragraph: Mind the gap.",
        "heading1: Part",
        "paragraph: Bold.",
    ]


def test_verses_are_lines_of_their_stanza(tmp_path: Path) -> None:
    bodies = (
        "<body><section><poem><title><p>Song</p></title><stanza><v>One</v><v>two</v></stanza>"
        "<stanza><v>three</v></stanza><text-author>A. B.</text-author></poem></section></body>"
    )
    document = opened(write_fb2(tmp_path / "a.fb2", book(bodies)))
    assert [line.partition(": ")[2] for line in shown(document)] == [
        *("Song", "One\u2028two", "three", "A. B."),
    ]


def test_notes_have_their_marks_and_are_referred_to(tmp_path: Path) -> None:
    bodies = (
        "<body><section><p>Text<a l:href='#n1' type='note'>[1]</a> on"
        "<a l:href='https://e.org'> out</a>.</p></section></body>"
        "<body name='notes'><title><p>Notes</p></title><section id='n1'><title><p>1</p></title>"
        "<p>The note.</p><p>Its end.</p></section></body>"
    )
    document = opened(write_fb2(tmp_path / "a.fb2", book(bodies)))
    section = document.sections[0]
    assert shown(document)[-2:] == ["footnote 1: The note.", "footnote: Its end."]
    assert runs(document) == [
        f"note_reference 0:{section.text.index('The note.')}: [1]",
        "link https://e.org: out",
    ]


def test_pictures_are_read_from_the_file(tmp_path: Path) -> None:
    data = base64.b64encode(PIXEL).decode()
    bodies = "<body><section><image l:href='#c.png' alt='A gull'/><p>x</p></section></body>"
    more = f"<binary id='c.png' content-type='image/png'>{data[:8]}\n{data[8:]}</binary>"
    document = opened(write_fb2(tmp_path / "a.fb2", book(bodies, more=more)))
    assert (document.cover, shown(document)[0]) == ("c.png", "figure: A gull")
    assert document.pictures is not None
    assert document.pictures.read("c.png") == PIXEL
    assert document.pictures.read("none.png") is None


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
def test_a_book_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    text = book("<body><section><p>Мастер и Маргарита&nbsp;жили.</p></section></body>")
    document = opened(write_fb2(tmp_path / "a.fb2", text, encoding))
    assert shown(document) == ["paragraph: Мастер и Маргарита\u00a0жили."]


def test_a_wrong_declaration_does_not_spoil_the_letters(tmp_path: Path) -> None:
    text = book("<body><section><p>Мастер и Маргарита жили в Москве тогда.</p></section></body>")
    (tmp_path / "a.fb2").write_bytes(text.encode("windows-1251"))
    assert shown(opened(tmp_path / "a.fb2")) == [
        "paragraph: Мастер и Маргарита жили в Москве тогда."
    ]


@pytest.mark.parametrize("name", ["a.fb2.zip", "a.fbz", "a.zip", "a"])
def test_a_packed_book_is_read(tmp_path: Path, name: str) -> None:
    text = book("<body><section><p>Packed.</p></section></body>")
    path = write_zip(tmp_path / name, {"in/a.fb2": text})
    assert shown(opened(path)) == ["paragraph: Packed."]


def test_what_is_no_book_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "a.fb2").write_text("<x>no")
    with pytest.raises(TextDamaged):
        open_document(tmp_path / "a.fb2")


def test_text_without_a_paragraph_is_read(tmp_path: Path) -> None:
    bodies = (
        "<body><section>Loose <emphasis>text</emphasis> on.<a l:href='#x'>One</a><a>Two</a>"
        "<p>Proper.</p> Between <section id='x'><code>deep</code></section>after</section></body>"
    )
    assert shown(opened(write_fb2(tmp_path / "a.fb2", book(bodies)))) == [
        "paragraph: Loose text on.One",
        "paragraph: Two",
        "paragraph: Proper.",
        "paragraph: Between",
        "code: deep",
        "paragraph: after",
    ]


def test_mistakes_are_passed_over(tmp_path: Path) -> None:
    text = book("<body><section><p>One <b>two</p><p>three & four</p></section></body>")
    document = opened(write_fb2(tmp_path / "a.fb2", text))
    assert "One two" in document.sections[0].text
    assert "three" in document.sections[0].text
