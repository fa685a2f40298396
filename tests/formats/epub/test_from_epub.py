"""What an EPUB says and holds becomes a Document: order, titles, contents, notes, pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import TextDamaged, TextEmpty
from reader.formats.registry import open_document
from reader.text.document import NoticeKind
from tests.formats.epub.epub_books import (
    CONTAINER,
    PIXEL,
    TWO,
    XHTML,
    Files,
    kinds_of,
    open_book,
    package,
    page,
    texts_of,
    write_archive,
    write_book,
)
from tests.formats.sound_documents import assert_sound


@pytest.mark.parametrize(
    ("metadata", "title", "authors", "language"),
    [
        pytest.param(
            "<dc:title> A\n Title </dc:title><dc:creator>Ann B.</dc:creator>"
            "<dc:language>de-AT</dc:language>",
            *("A Title", ("Ann B.",), "de-AT"),
            id="plain",
        ),
        pytest.param(
            '<dc:title id="t1">Sub</dc:title><dc:title id="t2">Main</dc:title>'
            '<meta refines="#t2" property="title-type">main</meta>',
            *("Main", (), None),
            id="the main title of several",
        ),
        pytest.param(
            '<dc:title>T</dc:title><dc:creator opf:role="aut">A</dc:creator>'
            '<dc:creator opf:role="trl">B</dc:creator><dc:creator>C</dc:creator>',
            *("T", ("A", "C"), None),
            id="translators are no authors (EPUB 2)",
        ),
        pytest.param(
            '<dc:title>T</dc:title><dc:creator id="c">A</dc:creator>'
            '<meta refines="#c" property="role">edt</meta>',
            *("T", ("A",), None),
            id="an editor where there is nobody else (EPUB 3)",
        ),
        pytest.param(
            "<dc:title/><dc:creator>Unknown</dc:creator><dc:language>und</dc:language>",
            *("book", (), None),
            id="nothing said",
        ),
        pytest.param(
            "<dc-metadata><dc:Title>Old</dc:Title><dc:Creator>A</dc:Creator></dc-metadata>",
            *("Old", ("A",), None),
            id="as the Open eBook format had it",
        ),
    ],
)
def test_title_authors_and_language_are_the_package_s(
    tmp_path: Path, metadata: str, title: str, authors: tuple[str, ...], language: str | None
) -> None:
    opf = package([("a", "a.xhtml", XHTML, "")], '<itemref idref="a"/>', metadata)
    document = open_book(tmp_path, TWO, opf)
    assert (document.title, document.authors, document.language) == (title, authors, language)


def test_the_direction_of_reading_is_told(tmp_path: Path) -> None:
    spine = 'page-progression-direction="rtl"'
    opf = package([("a", "a.xhtml", XHTML, "")], '<itemref idref="a"/>', spine_attributes=spine)
    assert open_book(tmp_path, TWO, opf).direction == "rtl"


@pytest.mark.parametrize(
    ("item", "metadata"),
    [
        pytest.param(("c", "c.png", "image/png", 'properties="cover-image"'), "", id="EPUB 3"),
        pytest.param(
            ("c", "c.png", "image/png", ""), '<meta name="cover" content="c"/>', id="EPUB 2"
        ),
    ],
)
def test_the_cover_is_handed_out_on_demand(
    tmp_path: Path, item: tuple[str, str, str, str], metadata: str
) -> None:
    opf = package([("a", "a.xhtml", XHTML, ""), item], '<itemref idref="a"/>', metadata)
    document = open_book(tmp_path, {**TWO, "c.png": PIXEL}, opf)
    assert document.pictures is not None
    assert document.pictures.read(document.cover) == PIXEL
    assert document.pictures.read("OEBPS/a.xhtml") is None
    assert document.pictures.read("OEBPS/none.png") is None


def test_the_spine_tells_the_order_and_what_is_beside_it_comes_last(tmp_path: Path) -> None:
    files = {f"{name}.xhtml": page(f"<p>{name}</p>") for name in ("one", "two", "aside", "cover")}
    opf = package(
        [(name.removesuffix(".xhtml"), name, XHTML, "") for name in files],
        '<itemref idref="cover" linear="no"/><itemref idref="two"/>'
        '<itemref idref="aside" linear="no"/><itemref idref="one"/><itemref idref="two"/>',
    )
    assert texts_of(open_book(tmp_path, files, opf)) == ["two", "one", "aside"]


def test_fallbacks_are_followed_and_what_has_none_is_told(tmp_path: Path) -> None:
    opf = package(
        [
            ("pdf", "a.pdf", "application/pdf", 'fallback="odd"'),
            ("odd", "odd.bin", "application/x-odd", 'fallback="a"'),
            ("a", "a.xhtml", XHTML, ""),
            ("lost", "lost.pdf", "application/pdf", 'fallback="lost"'),
            *(
                (f"n{n}", f"n{n}.bin", "application/x-odd", f'fallback="n{n + 1}"')
                for n in range(9)
            ),
            ("gone", "gone.xhtml", XHTML, ""),
        ],
        "".join(f'<itemref idref="{name}"/>' for name in ("pdf", "lost", "n0", "gone", "unheard")),
    )
    files: Files = {**TWO, "a.pdf": b"%PDF", "odd.bin": b"?", "lost.pdf": b"%PDF"}
    document = open_book(tmp_path, files, opf)
    assert texts_of(document) == ["First\n\nOne."]
    assert {(notice.kind, notice.detail) for notice in document.notices} == {
        (NoticeKind.PART_MISSING, name) for name in ("lost.pdf", "n0.bin", "gone.xhtml", "unheard")
    }


def test_pictures_in_the_spine_are_figures(tmp_path: Path) -> None:
    opf = package(
        [("p", "p.png", "image/png", ""), ("d", "d.svg", "image/svg+xml", "")],
        '<itemref idref="p"/><itemref idref="d"/>',
    )
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title>Map</title></svg>'
    document = open_book(tmp_path, {"p.png": PIXEL, "d.svg": drawing}, opf)
    assert [kinds_of(document, number) for number in (0, 1)] == [
        [("figure", "")],
        [("figure", "Map")],
    ]
    pictures = [section.blocks[0].picture for section in document.sections]
    assert pictures == ["OEBPS/p.png", "OEBPS/d.svg"]


@pytest.mark.parametrize(
    ("name", "href"),
    [
        pytest.param("Text/a b.xhtml", "Text/a%20b.xhtml", id="percent-encoded"),
        pytest.param("a%20b.xhtml", "a%20b.xhtml", id="a percent sign in the name"),
        pytest.param("Text/Chapter.XHTML", "text/chapter.xhtml", id="case"),
        pytest.param("Text\\a.xhtml", "Text/a.xhtml", id="backslashes in the archive"),
        pytest.param("Text/a.xhtml", "Text\\a.xhtml", id="backslashes in the package"),
        pytest.param("é.xhtml", "é.xhtml", id="composed letters"),
        pytest.param("a.xhtml", "../OEBPS/./a.xhtml", id="a way round"),
        pytest.param("a.xhtml", "../../../OEBPS/a.xhtml", id="a way that stops at the root"),
        pytest.param("a.xhtml", "/OEBPS/a.xhtml", id="from the root"),
        pytest.param("a.xhtml", "a.xhtml#start", id="with a fragment"),
    ],
)
def test_names_in_real_books_are_found(tmp_path: Path, name: str, href: str) -> None:
    opf = package([("a", href, XHTML, "")], '<itemref idref="a"/>')
    assert texts_of(open_book(tmp_path, {name: page("<p>Here.</p>")}, opf)) == ["Here."]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"OEBPS/book.opf": None, "META-INF/container.xml": CONTAINER}, id="no type"),
        pytest.param({"OEBPS/book.opf": None}, id="no container"),
        pytest.param({"x/content.opf": None, "META-INF/container.xml": "<a><b"}, id="bad one"),
        pytest.param({}, id="no package"),
        pytest.param({"OEBPS/book.opf": b"\0\1", "META-INF/container.xml": CONTAINER}, id="noise"),
    ],
)
def test_books_without_their_furniture_are_read(
    tmp_path: Path, files: dict[str, bytes | None]
) -> None:
    opf = package([("a", "a.xhtml", XHTML, "")], '<itemref idref="a"/>')
    folder = next((name.rpartition("/")[0] for name in files if name.endswith(".opf")), "")
    content = {name: opf if made is None else made for name, made in files.items()}
    content[f"{folder}/a.xhtml".lstrip("/")] = page("<p>Here.</p>")
    assert texts_of(open_document(write_archive(tmp_path / "b.epub", content))) == ["Here."]


def test_an_empty_spine_means_every_page(tmp_path: Path) -> None:
    opf = package([("b", "b.xhtml", XHTML, ""), ("a", "a.xhtml", XHTML, "")], "")
    assert texts_of(open_book(tmp_path, TWO, opf)) == ["Two.", "First\n\nOne."]


def test_a_package_that_is_not_well_formed_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    opf = package(
        [("a", "a.xhtml", XHTML, "")],
        '<itemref idref="a"/>',
        "<dc:title>Salt & Pepper</dc:title><dc:creator>Bo</dc:creator>",
    )
    document = open_book(tmp_path, TWO, opf)
    assert document.authors == ("Bo",)
    assert texts_of(document) == ["First\n\nOne."]


def test_the_same_book_packed_again_is_the_same_version(tmp_path: Path) -> None:
    first = open_book(tmp_path, TWO)
    again = write_archive(
        tmp_path / "again.epub",
        {
            "META-INF/container.xml": CONTAINER,
            **{f"OEBPS/{name}": content for name, content in reversed(TWO.items())},
            "OEBPS/book.opf": package(
                [("a", "a.xhtml", XHTML, ""), ("b", "b.xhtml", XHTML, "")],
                '<itemref idref="a"/><itemref idref="b"/>',
                "<dc:title>Another Title</dc:title>",
            ),
        },
    )
    assert open_document(again).fingerprint == first.fingerprint


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({**TWO, "b.xhtml": page("<p>Too.</p>")}, id="a word"),
        pytest.param(dict(reversed(TWO.items())), id="the order"),
        pytest.param({**TWO, "c.xhtml": page("<p>Three.</p>")}, id="one more part"),
    ],
)
def test_another_text_is_another_version(tmp_path: Path, changed: dict[str, str]) -> None:
    assert open_book(tmp_path, TWO).fingerprint != open_book(tmp_path, changed).fingerprint


def test_a_book_without_text_is_empty(tmp_path: Path) -> None:
    path = write_book(tmp_path / "b.epub", {"a.xhtml": page(" "), "b.xhtml": page("<hr/>")})
    with pytest.raises(TextEmpty):
        open_document(path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"No archive at all.", id="text"),
        pytest.param(b"PK\x05\x06" + bytes(18), id="an empty archive"),
        pytest.param(b"PK\x03\x04" + bytes(40), id="a header alone"),
    ],
)
def test_what_is_no_archive_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.epub").write_bytes(content)
    with pytest.raises(TextDamaged):
        open_document(tmp_path / "b.epub")


def test_an_archive_of_something_else_is_damaged(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "b.epub", {"word/document.bin": b"x"})
    with pytest.raises(TextDamaged):
        open_document(path)


def test_an_epub_is_known_without_its_name(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book", TWO)
    assert texts_of(open_document(path))[1] == "Two."


@pytest.mark.parametrize(
    ("name", "title", "author", "sections", "lines", "first_heading"),
    [
        pytest.param(
            *("accessible_epub_3.epub", "Accessible EPUB 3", "Matt Garrish", 21, 47),
            "Chapter\xa01.\xa0Introduction",
            id="accessible_epub_3",
        ),
        pytest.param(
            *("sherlock-holmes.epub", "The Adventures of Sherlock Holmes", "Arthur Conan Doyle"),
            *(16, 19, "The Redheaded League"),
            id="sherlock-holmes",
        ),
        pytest.param(
            *("pepys-diary.epub", "The Diary", "Samuel Pepys", 123, 123, "April 1660"),
            id="pepys-diary",
        ),
    ],
)
def test_real_books_are_read_whole(
    shared_inputs: Path,
    name: str,
    title: str,
    author: str,
    sections: int,
    lines: int,
    first_heading: str,
) -> None:
    document = open_document(shared_inputs / name)
    assert (document.title, document.authors) == (title, (author,))
    assert (len(document.sections), len(document.contents)) == (sections, lines)
    assert document.notices == ()
    assert document.pictures is not None
    assert document.pictures.read(document.cover)
    assert_sound(document)
    assert not any(section.notices for section in document.sections)
    assert all(document.place_of(line.target) is not None for line in document.contents)
    kinds = {kind for number in range(sections) for kind, _ in kinds_of(document, number)}
    assert "heading" in kinds
    headings = [
        text
        for number in range(sections)
        for kind, text in kinds_of(document, number)
        if kind == "heading"
    ]
    assert first_heading in headings
    for section in document.sections:
        for run in section.inlines:
            if run.kind == "note_reference":
                assert document.place_of(run.target, section.index) is not None


@pytest.mark.parametrize(
    ("meta", "is_said"),
    [
        ('<meta property="rendition:layout">pre-paginated</meta>', True),
        ('<meta name="fixed-layout" content="true"/>', True),
        ('<meta property="rendition:layout">reflowable</meta>', False),
        ("", False),
    ],
    ids=["EPUB 3", "Kindle", "text that flows", "nothing said"],
)
def test_a_book_whose_layout_is_lost_says_so(tmp_path: Path, meta: str, is_said: bool) -> None:
    opf = package(
        [("a", "a.xhtml", XHTML, "")], '<itemref idref="a"/>', f"<dc:title>A</dc:title>{meta}"
    )
    notices = open_book(tmp_path, TWO, opf).notices
    assert [notice.kind for notice in notices] == [NoticeKind.LAYOUT_LOST] * is_said
