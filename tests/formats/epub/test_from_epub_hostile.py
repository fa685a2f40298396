"""Books made to do harm are refused with a clear word; locked ones are said to be locked."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from random import Random

import pytest

from reader.errors import ArchiveUnsafe, TextDamaged, TextProtected, TextTooLarge, UnreadableText
from reader.formats.registry import open_document
from reader.text.document import NoticeKind
from tests.formats.epub.epub_books import (
    CONTAINER,
    NCX,
    XHTML,
    nav,
    ncx,
    open_book,
    package,
    page,
    point,
    texts_of,
    write_archive,
    write_book,
)
from tests.formats.hostile_files import LAUGHS, write_million
from tests.patience import PATIENCE_S

ONE_OPF = package([("a", "a.xhtml", XHTML, "")], '<itemref idref="a"/>')


def with_doctype(text: str, subset: str) -> str:
    return text.replace("<!DOCTYPE html>", f"<!DOCTYPE html [{subset}]>")


# Bombs


@pytest.fixture(scope="module")
def zip_bomb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of 200 KB with a page of 200 MB."""
    path = tmp_path_factory.mktemp("bomb") / "b.epub"
    write_archive(path, {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": ONE_OPF})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("OEBPS/a.xhtml", "w") as written,
    ):
        for _ in range(200):
            written.write(b"x" * 1_000_000)
    return path


def test_a_zip_bomb_is_refused(zip_bomb: Path) -> None:
    with pytest.raises(ArchiveUnsafe, match=r"b\.epub"):
        open_document(zip_bomb)


def test_text_that_is_packed_more_than_any_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnsafe):
        open_book(tmp_path, {"a.xhtml": page("x" * 6_000_000)})


def test_a_bomb_of_many_parts_is_refused(tmp_path: Path) -> None:
    parts = {f"{number}.xhtml": page(" " * 100_000) for number in range(100)}
    with pytest.raises(ArchiveUnsafe):
        open_book(tmp_path, parts)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "b.epub", {"a.xhtml": page("x" * 20_000_000)})
    content = bytearray(path.read_bytes())
    size = struct.pack("<L", len(page("x" * 20_000_000)))
    assert content.count(size) == 2
    path.write_bytes(content.replace(size, struct.pack("<L", 1000)))
    with pytest.raises(ArchiveUnsafe):
        open_document(path)


def test_a_part_larger_than_any_text_is_too_large(tmp_path: Path) -> None:
    noise = Random(5).randbytes(8_100_000).hex()
    with pytest.raises(TextTooLarge):
        open_book(tmp_path, {"a.xhtml": page(noise)})


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a million empty files, and beside it, cut.epub, one without a directory."""
    return write_million(tmp_path_factory.mktemp("million"))[0]


def test_a_million_tiny_files_are_refused(million: Path) -> None:
    with pytest.raises(ArchiveUnsafe) as refused:
        open_document(million)
    assert "1,048,576" in refused.value.reason


def test_a_million_tiny_files_without_a_directory_are_refused(million: Path) -> None:
    with pytest.raises(UnreadableText):
        open_document(million.with_name("cut.epub"))


@pytest.mark.parametrize(
    ("files", "opf"),
    [
        pytest.param({"a.xhtml": with_doctype(page("<p>&a9;</p>"), LAUGHS)}, "", id="in a page"),
        pytest.param(
            {"a.xhtml": page("<p>Fine.</p>")},
            ONE_OPF.replace("<package", f"<!DOCTYPE package [{LAUGHS}]><package"),
            id="in the package",
        ),
        pytest.param(
            {"a.xhtml": with_doctype(page("<p>&x;</p>"), '<!ENTITY x SYSTEM "file:///etc/hosts">')},
            "",
            id="a file outside",
        ),
        pytest.param(
            {"a.xhtml": with_doctype(page("<p>&x;</p>"), '<!ENTITY % y "z"><!ENTITY x "&y;">')},
            "",
            id="a parameter",
        ),
    ],
)
def test_entity_bombs_are_refused(tmp_path: Path, files: dict[str, str], opf: str) -> None:
    with pytest.raises(ArchiveUnsafe):
        open_book(tmp_path, files, opf)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 100_000 + "x" + "</div>" * 100_000, id="well formed"),
        pytest.param("<p>" + "<b><i>" * 100_000 + "x", id="never ended"),
    ],
)
def test_elements_nested_without_end_are_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(TextDamaged):
        open_book(tmp_path, {"a.xhtml": page(body)})


@pytest.mark.parametrize(
    "navigation",
    [
        pytest.param(ncx("<navPoint>" * 100_000 + point("x", "a.xhtml")), id="NCX"),
        pytest.param(nav("<li><ol>" * 100_000 + '<li><a href="a.xhtml">x</a>'), id="nav"),
    ],
)
def test_a_book_can_do_without_contents_nested_without_end(tmp_path: Path, navigation: str) -> None:
    kind, more = (NCX, "") if "<ncx" in navigation else (XHTML, 'properties="nav"')
    manifest = [("a", "a.xhtml", XHTML, ""), ("n", "contents", kind, more)]
    opf = package(manifest, '<itemref idref="a"/>')
    document = open_book(tmp_path, {"a.xhtml": page("<p>Text.</p>"), "contents": navigation}, opf)
    assert texts_of(document) == ["Text."]


# Ways out of the archive


@pytest.mark.parametrize(
    "name",
    ["../evil.xhtml", "OEBPS/../../evil.xhtml", "/etc/evil", "C:\\evil.dll", "..\\evil.dll"],
)
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    files = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": ONE_OPF, name: "x"}
    files["OEBPS/a.xhtml"] = page("<p>Text.</p>")
    with pytest.raises(ArchiveUnsafe):
        open_document(write_archive(tmp_path / "b.epub", files))


def test_symbolic_links_are_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "b.epub", {"b.xhtml": page("<p>Text.</p>")})
    link = zipfile.ZipInfo("OEBPS/a.xhtml")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/hosts")
    with pytest.raises(ArchiveUnsafe):
        open_document(path)


@pytest.mark.parametrize(
    "address",
    ["../secret.xhtml", "../../../../../../../secret.xhtml", "file:{folder}/secret.xhtml"],
)
def test_addresses_never_lead_to_the_disk(tmp_path: Path, address: str) -> None:
    (tmp_path / "secret.xhtml").write_text(page("<p>Secret.</p>"))
    manifest = [("s", address.format(folder=tmp_path), XHTML, ""), ("a", "a.xhtml", XHTML, "")]
    opf = package(manifest, '<itemref idref="s"/><itemref idref="a"/>')
    body = f'<p>Text.</p><img src="{address.format(folder=tmp_path)}"/>'
    document = open_book(tmp_path, {"a.xhtml": page(body)}, opf)
    assert texts_of(document) == ["Text."]
    assert [notice.kind for notice in document.notices] == [NoticeKind.PART_MISSING]
    assert document.pictures is not None
    assert document.pictures.read(str(tmp_path / "secret.xhtml")) is None


# Locks


def encryption(algorithm: str, name: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        f'<enc:EncryptionMethod Algorithm="{algorithm}"/><enc:CipherData>'
        f'<enc:CipherReference URI="{name}"/></enc:CipherData></enc:EncryptedData></encryption>'
    )


AES = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"


def write_locked(path: Path, algorithm: str, name: str, *more: str) -> Path:
    """Write a book with one page, a font, and what a lock adds."""
    files = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": ONE_OPF}
    files |= {"META-INF/encryption.xml": encryption(algorithm, name), **dict.fromkeys(more, "<x/>")}
    return write_archive(path, {**files, "OEBPS/a.xhtml": page("<p>Text.</p>"), "OEBPS/f.otf": "f"})


@pytest.mark.parametrize(
    ("file", "scheme"),
    [
        pytest.param("META-INF/rights.xml", "Adobe DRM", id="Adobe"),
        pytest.param("META-INF/license.lcpl", "Readium LCP", id="Readium"),
        pytest.param("META-INF/sinf.xml", "Apple FairPlay", id="Apple"),
        pytest.param("META-INF/com.example.xml", "", id="unknown"),
    ],
)
def test_locked_books_are_refused_by_name(tmp_path: Path, file: str, scheme: str) -> None:
    path = write_locked(tmp_path / "b.epub", AES, "OEBPS/a.xhtml", file)
    with pytest.raises(TextProtected) as refused:
        open_document(path)
    assert refused.value.scheme == scheme


@pytest.mark.parametrize(
    "algorithm", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"]
)
def test_obfuscated_fonts_lock_nothing(tmp_path: Path, algorithm: str) -> None:
    path = write_locked(tmp_path / "b.epub", algorithm, "OEBPS/f.otf")
    assert texts_of(open_document(path)) == ["Text."]


def test_a_locked_file_that_isn_t_read_locks_nothing(tmp_path: Path) -> None:
    path = write_locked(tmp_path / "b.epub", AES, "OEBPS/f.otf", "META-INF/rights.xml")
    assert texts_of(open_document(path)) == ["Text."]


def test_an_archive_with_a_password_is_locked(tmp_path: Path) -> None:
    path = write_book(tmp_path / "b.epub", {"a.xhtml": page("<p>Text.</p>")})
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 4)
    path.write_bytes(content)
    with pytest.raises((TextProtected, TextDamaged)):
        open_document(path)


# Bounds on the whole


def most_memory_mb(path: Path) -> int:
    """Return how much memory a process of its own takes at most to refuse a file."""
    program = (
        "import re, sys; from pathlib import Path\n"
        "from reader.errors import UnreadableText\n"
        "from reader.formats.registry import open_document\n"
        "try:\n    open_document(Path(sys.argv[1]))\n"
        "except UnreadableText:\n"
        "    status = Path('/proc/self/status').read_text()\n"
        "    print(int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024)\n"
    )
    command = [sys.executable, "-c", program, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    return int(result.stdout)


def test_refusing_takes_little_memory(tmp_path: Path, zip_bomb: Path, million: Path) -> None:
    nested = write_book(tmp_path / "b.epub", {"a.xhtml": page("<div>" * 500_000)})
    for path in (zip_bomb, million, million.with_name("cut.epub"), nested):
        assert most_memory_mb(path) < 150
