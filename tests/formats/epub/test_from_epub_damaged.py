"""Broken books are opened as far as they go, with what was left out said; never with a crash."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import TextDamaged, TextReadFailed, UnreadableText
from reader.formats.registry import open_document
from reader.text.document import Document, Notice, NoticeKind
from tests.formats.epub.epub_books import (
    NCX,
    PIXEL,
    XHTML,
    Files,
    nav,
    ncx,
    open_book,
    package,
    page,
    point,
    texts_of,
    write_book,
)
from tests.formats.sound_documents import assert_sound

PARTS = {f"{name}.xhtml": page(f"<h1>{name}</h1><p>{name} text.</p>") for name in "abc"}


def test_a_part_that_can_t_be_read_is_empty_and_told(tmp_path: Path) -> None:
    parts: Files = {**PARTS, "b.xhtml": page("<div>" * 100_000)}
    document = open_book(tmp_path, parts)
    assert [bool(text) for text in texts_of(document)] == [True, False, True]
    (notice,) = document.sections[1].notices
    assert notice == Notice(NoticeKind.PART_DAMAGED, detail="OEBPS/b.xhtml")


def test_a_first_part_that_can_t_be_read_leaves_the_others(tmp_path: Path) -> None:
    parts: Files = {**PARTS, "a.xhtml": b"\x89PNG\r\n\x1a\n" + bytes(500)}
    assert texts_of(open_book(tmp_path, parts))[1:] == ["b\n\nb text.", "c\n\nc text."]


def test_a_book_that_is_nothing_but_damage_says_why(tmp_path: Path) -> None:
    with pytest.raises(TextDamaged) as refused:
        open_book(tmp_path, {"a.xhtml": page("<div>" * 100_000)})
    assert "nested" in refused.value.reason


def test_a_part_with_a_wrong_checksum_is_shown_and_told(tmp_path: Path) -> None:
    path = write_book(tmp_path / "b.epub", PARTS)
    content = path.read_bytes()
    directory = content.index(b"PK\1\2")
    at = content.index(b"OEBPS/b.xhtml", directory) - 46 + 16
    (checksum,) = struct.unpack_from("<L", content, at)
    path.write_bytes(content.replace(struct.pack("<L", checksum), b"\1\2\3\4"))
    document = open_document(path)
    assert texts_of(document)[1] == "b\n\nb text."
    assert [bool(section.notices) for section in document.sections] == [False, True, False]


@pytest.mark.parametrize("share", [0.99, 0.9, 0.7, 0.5])
def test_a_book_that_breaks_off_is_read_up_to_there(tmp_path: Path, share: float) -> None:
    parts = {f"{n}.xhtml": page(f"<p>Part {n} of many.</p>" * 20) for n in range(30)}
    path = write_book(tmp_path / "b.epub", parts)
    content = path.read_bytes()
    end = content.index(b"PK\1\2")
    path.write_bytes(content[: int(end * share)])
    document = open_document(path)
    assert NoticeKind.PART_DAMAGED in {notice.kind for notice in document.notices}
    whole = [text for text in texts_of(document) if text.count("of many.") == 20]
    assert len(whole) > 30 * (share - 0.1)
    assert_sound(document)


def test_a_book_that_breaks_off_before_its_package_is_read_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "b.epub"
    write_book(path, PARTS)
    content = path.read_bytes()
    start = content.index(b"PK\3\4", content.index(b"OEBPS/book.opf"))
    path.write_bytes(content[start : content.index(b"PK\1\2")])
    assert texts_of(open_document(path)) == ["a\n\na text.", "b\n\nb text.", "c\n\nc text."]


def test_a_file_that_changes_while_it_is_open_is_not_taken_for_damaged(tmp_path: Path) -> None:
    document = open_book(tmp_path, PARTS)
    (tmp_path / "book.epub").write_bytes(b"")
    assert document.sections[0].text == "a\n\na text."
    with pytest.raises(TextReadFailed):
        document.sections[2]


def test_a_file_that_is_replaced_while_it_is_open_is_read_on(tmp_path: Path) -> None:
    document = open_book(tmp_path, PARTS)
    (tmp_path / "other.epub").write_bytes(b"Another file.")
    (tmp_path / "other.epub").replace(tmp_path / "book.epub")
    assert document.sections[2].text == "c\n\nc text."


def test_a_file_that_can_t_be_read_for_now_may_be_read_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = open_book(tmp_path, PARTS)
    with monkeypatch.context() as patched:
        patched.setattr("reader.formats.archive.Archive._packed", _failing)
        with pytest.raises(TextReadFailed):
            document.sections[1]
    assert document.sections[1].text == "b\n\nb text."


def _failing(*_: object) -> bytes:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('<p>Text. <a href="%00b.xhtml#%01">x</a></p>', id="a NUL in an address"),
        pytest.param('<p>Text.<math alttext="&#1;"/></p><br>', id="a control character"),
        pytest.param('<p>Text.</p><l"x:y role="doc-pagebreak"/><br>', id="a broken name"),
        pytest.param(
            "<h1>Text.</h1><table><tr><td>a</td><td><ul><li>b</li></ul></td></tr>"
            "<tr><td>c</td><td><pre>d</pre></td></tr></table>",
            id="blocks in cells",
        ),
    ],
)
def test_odd_markup_is_read_past(tmp_path: Path, body: str) -> None:
    path = write_book(tmp_path / "b.epub", {"a.xhtml": page(body)})
    document = read_whole(path)
    assert document is not None
    assert document.sections[0].text.startswith("Text.")


@pytest.mark.parametrize("name", ["item:1ad5", "a:"])
def test_odd_names_in_a_package_are_passed_over(tmp_path: Path, name: str) -> None:
    opf = package([("a", "a.xhtml", XHTML, "")], '<itemref idref="a"/>', f"<{name}>x</{name}>")
    assert texts_of(open_book(tmp_path, PARTS, opf)) == ["a\n\na text."]


# Mutated books


def read_whole(path: Path) -> Document | None:
    """Ask for everything a document has; None if it was refused."""
    try:
        document = open_document(path)
    except UnreadableText:
        return None
    assert_sound(document)
    for line in (*document.contents, *document.pages):
        place = document.place_of(line.target)
        assert place is not None
        assert place.offset <= len(document.sections[place.section].text)
    assert document.pictures is not None
    for section in document.sections:
        for block in section.blocks:
            document.pictures.read(block.picture)
        for run in section.inlines:
            document.place_of(run.target, section.index)
    document.pictures.read(document.cover)
    return document


@pytest.fixture(scope="module")
def a_book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small book with everything in it."""
    body = (
        '<h1>One</h1><p>Text<a epub:type="noteref" href="#n">1</a> <img src="p.png" alt="x"/></p>'
        '<p>Far<a epub:type="noteref" href="b.xhtml#y">2</a></p><table><tr><td>a</td><td>b</td>'
        '</tr><tr><td>c</td><td>d</td></tr></table><svg xmlns="http://www.w3.org/2000/svg"><title>'
        'Map</title></svg><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
        '<aside epub:type="footnote" id="n">Note.</aside>'
        '<span epub:type="pagebreak" id="p">7</span>'
    )
    files: Files = {
        "a.xhtml": page(body),
        "b.xhtml": page('<ul><li id="y">Two</li></ul>'),
        "nav.xhtml": nav(
            '<li><a href="a.xhtml">One</a><ol><li><a href="b.xhtml#y">2</a></li></ol>'
        ),
        "toc.ncx": ncx(point("One", "a.xhtml", point("Two", "b.xhtml"))),
        "p.png": PIXEL,
    }
    opf = package(
        [
            ("a", "a.xhtml", XHTML, ""),
            ("b", "b.xhtml", XHTML, 'fallback="a"'),
            ("n", "nav.xhtml", XHTML, 'properties="nav"'),
            ("t", "toc.ncx", NCX, ""),
            ("p", "p.png", "image/png", 'properties="cover-image"'),
        ],
        '<itemref idref="a"/><itemref idref="b" linear="no"/>',
        spine_attributes='toc="t"',
    )
    path = write_book(tmp_path_factory.mktemp("whole") / "b.epub", files, opf)
    return path.read_bytes()


_CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4), st.integers(0, 40)),
    min_size=1,
    max_size=4,
)


def changed(content: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    """Put bytes in places given as shares of the whole, over as many as are to be dropped."""
    for share, put, dropped in changes:
        at = int(share * len(content))
        content = content[:at] + put + content[at + (dropped if dropped > 20 else len(put)) :]
    return content


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=_CHANGES)
def test_any_change_to_an_archive_leaves_a_sound_document_or_a_typed_error(
    tmp_path: Path, a_book: bytes, changes: list[tuple[float, bytes, int]]
) -> None:
    path = tmp_path / "b.epub"
    path.write_bytes(changed(a_book, changes))
    read_whole(path)


_PIECES = """
<svg> </svg> <math> <mfrac> </mfrac> <p> </p> <a%20href="b.xhtml#y"> </a> <a%20href="%"> <br/> <ol>
<li> </nav> <nav> epub:type="noteref" epub:type="pagebreak" <img%20src="p.png"/> <!ENTITY <![CDATA[
&#0; &lt; <?x <!-- <epub:switch> <object%20data="p.png"> </body> href="../../x" id="y" linear="no"
<item> <itemref%20idref="a"/> <navPoint> fallback="b" ]> <!DOCTYPE [ <td> <table> <ruby> <rt>
"""
_MARKUP = st.sampled_from([piece.replace("%20", " ") for piece in _PIECES.split()])


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_change_to_a_part_leaves_a_sound_document_or_a_typed_error(
    tmp_path: Path, a_book: bytes, data: st.DataObject
) -> None:
    with zipfile.ZipFile(io.BytesIO(a_book)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in data.draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3)):
        bits = st.one_of(_MARKUP.map(str.encode), st.binary(max_size=4))
        pieces = data.draw(
            st.lists(st.tuples(st.floats(0, 1, exclude_max=True), bits, st.integers(0, 60)))
        )
        files[name] = changed(files[name], pieces)
    with zipfile.ZipFile(tmp_path / "b.epub", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    read_whole(tmp_path / "b.epub")


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=_CHANGES)
def test_any_change_to_a_real_book_leaves_a_sound_document_or_a_typed_error(
    tmp_path: Path, shared_inputs: Path, changes: list[tuple[float, bytes, int]]
) -> None:
    content = (shared_inputs / "sherlock-holmes.epub").read_bytes()
    path = tmp_path / "b.epub"
    path.write_bytes(changed(content, changes))
    read_whole(path)
