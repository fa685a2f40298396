"""Files made to do harm, in every format that is an archive, or markup, or both."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.formats.epub.epub_books import CONTAINER, XHTML, package, page, write_archive, write_book
from tests.formats.golden_books import write_book_3
from tests.formats.office.office_files import ODF, W, write_docx, write_odt, write_zip
from tests.formats.test_from_fb2 import book

LAUGHS = '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)
)
OUTSIDE = '<!ENTITY a9 SYSTEM "file:///etc/hosts">'
DEPTH = 100_000
MAIN_PARTS = {"docx": "word/document.xml", "odt": "content.xml", "fb2.zip": "a.fb2"}
_BOMB_BYTES = 150_000_000
_HUGE_BYTES = 2 << 30


def documents(text: str, doctype: str = "") -> dict[str, str]:
    """Return the main part of each kind of document, with one paragraph of this text."""
    return {
        "docx": f"{doctype}<w:document {W}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        "</w:body></w:document>",
        "odt": f"{doctype}<office:document-content {ODF}><office:body><office:text><text:p>{text}"
        "</text:p></office:text></office:body></office:document-content>",
        "fb2.zip": doctype + book(f"<body><section><p>{text}</p></section></body>"),
    }


def packed(folder: Path, name: str, kind: str, main: str | bytes) -> Path:
    """Write an archive of a kind around its main part."""
    path = folder / f"{name}.{kind}"
    if kind == "docx":
        write_docx(path, "")
        with zipfile.ZipFile(path) as archive:
            parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
        return write_zip(path, parts | {MAIN_PARTS[kind]: main})
    return write_zip(path, {MAIN_PARTS[kind]: main})


def zip_bombs(folder: Path) -> Iterator[Path]:
    """Archives of 650 KB whose text has 150 MB, told truly and told as a thousand bytes."""
    for kind, part in MAIN_PARTS.items():
        path = folder / f"bomb.{kind}"
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
            archive.open(part, "w") as written,
        ):
            for _ in range(_BOMB_BYTES // 1_000_000):
                written.write(b" " * 1_000_000)
        yield path
        size = struct.pack("<L", _BOMB_BYTES)
        liar = folder / f"liar.{kind}"
        liar.write_bytes(path.read_bytes().replace(size, struct.pack("<L", 1000)))
        yield liar


def xml_bombs(folder: Path) -> Iterator[Path]:
    """Entities made of entities, and one from elsewhere."""
    for name, entities in (("laughs", LAUGHS), ("outside", OUTSIDE)):
        doctype = f"<!DOCTYPE x [{entities}]>"
        mains = documents("&a9;", doctype)
        for kind, main in mains.items():
            yield packed(folder, name, kind, main)
        flat = folder / f"{name}.fb2"
        flat.write_text(mains["fb2.zip"])
        yield flat
        (folder / f"{name}.fodt").write_text(mains["odt"].replace("-content", ""))
        yield folder / f"{name}.fodt"


def paths_outside(folder: Path) -> Iterator[Path]:
    """Archives with a file that would land outside of where they were unpacked."""
    for kind, main in documents("fine").items():
        path = packed(folder, "outside", kind, main)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("../../evil.txt", "x")
        yield path


def nested(folder: Path) -> Iterator[Path]:
    """Elements, groups and parts inside each other, 100,000 deep."""
    inner = {
        "docx": ("<w:ins>", "</w:ins>"),
        "odt": ("<text:span>", "</text:span>"),
        "fb2.zip": ("<section>", "</section>"),
    }
    for kind, (begin, end) in inner.items():
        text = f"START{begin * DEPTH}deep{end * DEPTH}"
        main = documents("START")[kind]
        if kind == "docx":
            main = main.replace("</w:r></w:p>", f"</w:r>{begin * DEPTH}{end * DEPTH}</w:p>")
        elif kind == "odt":
            main = main.replace("START", text)
        else:
            main = main.replace("</section>", f"{begin * DEPTH}{end * DEPTH}</section>")
        yield packed(folder, "nested", kind, main)
    for name, content in (
        ("nested.rtf", rb"{\rtf1 START" + b"{" * DEPTH + b"deep" + b"}" * DEPTH + b"}"),
        ("notes.rtf", rb"{\rtf1 START" + rb"{\footnote a" * DEPTH + b"}" * DEPTH + b"}"),
        ("nested.html", b"<p>START</p>" + b"<div>" * DEPTH + b"deep"),
        ("doctypes.html", b"<p>START</p>" + b"<!DOCTYPE html [" * DEPTH),
        ("nested.mhtml", _nested_parts()),
    ):
        (folder / name).write_bytes(content)
        yield folder / name


def _nested_parts() -> bytes:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n"
    return head + b"".join(
        b"--b%d\nContent-Type: multipart/related; boundary=b%d\n\n" % (level, level + 1)
        for level in range(5000)
    )


def million_files(folder: Path) -> Iterator[Path]:
    """An archive of a million empty files, under each name; and one without a directory."""
    first, cut = write_million(folder)
    for name in ("million.docx", "million.odt", "million.fb2.zip", "million.zip", "million"):
        (folder / name).hardlink_to(first)
        yield folder / name
    (folder / "cut.docx").hardlink_to(cut)
    yield folder / "cut.docx"


def write_million(folder: Path) -> tuple[Path, Path]:
    """Write an archive of 1,048,576 empty files, million.epub, and its head alone, cut.epub.

    There are 65,536 names, more than an archive may hold; each is there 16 times over, since to
    make that many headers one by one takes seconds.
    """
    names, times = 1 << 16, 16
    count = names * times
    local = b"".join(
        struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 4, 0) + b"%04x" % number
        for number in range(names)
    )
    head = struct.pack("<4s4B4HL2L5H", b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0)
    one_each = b"".join(
        head + struct.pack("<2L", 0, 34 * number) + b"%04x" % number for number in range(names)
    )
    locals_, directory = local * times, one_each * times
    size, end = len(directory), len(locals_) + len(directory)
    records = (
        struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, len(locals_))
        + struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
        + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, size, len(locals_), 0)
    )
    million, cut = folder / "million.epub", folder / "cut.epub"
    million.write_bytes(locals_ + directory + records)
    cut.write_bytes(locals_)
    return million, cut


def huge(folder: Path) -> Iterator[Path]:
    """Files of 2 GB, with room on the disk for none of it."""
    for kind in ("docx", "odt", "fb2", "fb2.zip", "rtf", "mhtml", "html", "md", "txt", "epub"):
        path = folder / f"huge.{kind}"
        head = {"rtf": rb"{\rtf1 x", "fb2": b"<FictionBook>", "mhtml": b"MIME-Version: 1.0\n\n"}
        with path.open("wb") as file:
            file.write(head.get(kind, b"PK\3\4" if kind in (*MAIN_PARTS, "epub") else b"text "))
            file.truncate(_HUGE_BYTES)
        yield path


def laborious(folder: Path) -> Iterator[Path]:
    """What takes long where work grows faster than the text."""
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='999999999'/><w:vMerge/></w:tcPr><w:p/></w:tc>"
    rows = f"<w:tr>{cell * 30}</w:tr>" * 1000
    yield write_docx(
        folder / "table.docx", f"<w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl>{rows}</w:tbl>"
    )
    runs = "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{n % 7}</w:t></w:r>" for n in range(20_000))
    yield write_docx(folder / "runs.docx", f"<w:p>{runs}</w:p>")
    empty = "<w:p/>" * 100_000 + "<w:p><w:r><w:t>end</w:t></w:r></w:p>"
    yield write_docx(folder / "empty.docx", empty)
    cell = "<table:table-cell table:number-columns-spanned='99999999' table:number-rows-spanned="
    cells = (
        f"<table:table-row>{cell}'99999999'><text:p>x</text:p></table:table-cell></table:table-row>"
    )
    yield write_odt(folder / "table.odt", f"<table:table>{cells * 2000}</table:table>")
    yield write_odt(folder / "blanks.odt", "<text:p>x<text:s text:c='99999999'/>y</text:p>" * 500)
    layout = '<meta property="rendition:layout">pre-paginated</meta>'
    boxes = "<div>START</div>" + "<div>word</div>" * 30_000
    yield _book_of(folder / "boxes.epub", boxes, layout)
    yield _book_of(folder / "broken-words.epub", f"<p>START {'ab-<br/>' * 30_000}end</p>")
    deep = "<div>" * 1500 + "START" + " word" * 200_000
    yield _book_of(folder / "deep-boxes.epub", deep, layout)
    cases = f"<epub:case>x</epub:case>{'word ' * 80}" * 10_000
    switch = f"<epub:switch>{cases}<epub:default>end</epub:default></epub:switch>"
    yield _book_of(folder / "alternatives.epub", f"<p>START</p><div>{switch}</div>")
    images = '<img src="i.png" alt="seen"/>' * 40_000
    figure = f"<figure>{images}<figcaption>said</figcaption></figure>"
    yield _book_of(folder / "captions.epub", f"<p>START</p>{figure}")
    yield _falling_back(folder / "fallbacks.epub")
    yield _named_often(folder / "named-often.epub")
    for name, content in (
        (
            "titles.html",
            b"<title>" + b"x" * 2_000_000 + b"</title>START" + b"<h1>xxxy</h1>" * 4_000,
        ),
        ("groups.rtf", rb"{\rtf1 START" + rb"{\b x}" * 50_000 + b"}"),
        ("unclosed.rtf", rb"{\rtf1 START" + rb"{\shptxt x" * 20_000),
        ("skips.rtf", rb"{\rtf1 START" + rb"\uc100\u945 " * 30_000 + b"}"),
        ("parts.mhtml", _many_parts()),
        ("brackets.md", b"START\n\n" + b"[" * 15_000),
        ("quotes.md", b"START\n\n" + b"> " * 90 + b"x\n" * 300),
    ):
        (folder / name).write_bytes(content)
        yield folder / name


def _book_of(path: Path, body: str, more_metadata: str = "") -> Path:
    metadata = f"<dc:title>A Book</dc:title><dc:language>en</dc:language>{more_metadata}"
    opf = package([("one", "one.xhtml", XHTML, "")], '<itemref idref="one"/>', metadata)
    return write_book(path, {"one.xhtml": page(body)}, opf)


def _falling_back(path: Path) -> Path:
    """Write a book with a chain of 8,000 fallbacks, in which every file is in the spine."""
    count = 8_000
    manifest = [
        (f"i{n}", f"{n}.pdf", "application/pdf", f'fallback="i{n + 1}"') for n in range(count)
    ]
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(count))
    opf = package([*manifest, ("one", "one.xhtml", XHTML, "")], f'{spine}<itemref idref="one"/>')
    return write_book(path, {"one.xhtml": page("<p>START</p>")}, opf)


def _named_often(path: Path) -> Path:
    """Write a book whose container names 5,000 times what is no package."""
    pages: dict[str, str | bytes] = {
        "OEBPS/one.xhtml": page("<p>START</p>" + "<p>word</p>" * 5_000)
    }
    rootfile = '<rootfile full-path="OEBPS/one.xhtml"/>'
    head, _, rest = CONTAINER.partition("<rootfile ")
    container = head + rootfile * 5_000 + rest.partition("/>")[2]
    opf = package([("one", "one.xhtml", XHTML, "")], '<itemref idref="one"/>')
    return write_archive(
        path,
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/book.opf": opf,
            **pages,
        },
    )


def _many_parts() -> bytes:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    page = b"--b\nContent-Type: text/html\n\n<p>START</p>\n"
    return head + page + b"--b\nContent-Type: image/png\n\nx\n" * 30_000


def damaged(folder: Path) -> Iterator[Path]:
    """Whole texts cut off in the middle of their main part, and with a wrong checksum."""
    for kind in MAIN_PARTS:
        text = "".join(f"Sentence number {number} of many. " for number in range(20_000))
        path = packed(folder, "whole", kind, documents(f"START {text}")[kind])
        content = path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo(MAIN_PARTS[kind])
        cut = folder / f"cut.{kind}"
        cut.write_bytes(content[: info.header_offset + 200 + info.compress_size // 2])
        yield cut
        wrong = folder / f"wrong.{kind}"
        wrong.write_bytes(content.replace(struct.pack("<L", info.CRC), b"\1\2\3\4"))
        yield wrong
    book_path = write_book_3(folder)
    (folder / "cut.epub").write_bytes(book_path.read_bytes()[:-400])
    yield folder / "cut.epub"


KINDS: dict[str, Callable[[Path], Iterator[Path]]] = {
    "zip bombs": zip_bombs,
    "XML bombs": xml_bombs,
    "paths outside": paths_outside,
    "nested": nested,
    "a million files": million_files,
    "2 GB": huge,
    "laborious": laborious,
    "damaged": damaged,
}
