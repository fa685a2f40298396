"""Files are known by what they hold, whatever they are called; others are refused by their name."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import TextFormatNotRead, TextIsBinary, TextProtected
from reader.formats.registry import open_document
from tests.formats.office.office_files import shown, write_docx, write_odt, write_zip

PARAGRAPH = "<w:p><w:r><w:t>Word</w:t></w:r></w:p>"


def compound(*streams: str) -> bytes:
    """Return the beginning of a compound file with these streams in its directory."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    head[30:32] = (9).to_bytes(2, "little")
    head[48:52] = (3).to_bytes(4, "little")
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return bytes(head) + b"\0" * 512 * 3 + entries


@pytest.mark.parametrize("name", ["a.docx", "a.dotx", "a", "a.zip", "a.doc", "a.odt", "a.epub"])
def test_a_word_document_is_known_under_any_name(tmp_path: Path, name: str) -> None:
    path = write_docx(tmp_path / name, PARAGRAPH)
    assert shown(open_document(path)) == ["paragraph: Word"]


@pytest.mark.parametrize("name", ["a.odt", "a.ott", "a", "a.zip", "a.docx"])
def test_an_opendocument_text_is_known_under_any_name(tmp_path: Path, name: str) -> None:
    path = write_odt(tmp_path / name, "<text:p>Open</text:p>")
    assert shown(open_document(path)) == ["paragraph: Open"]


def test_a_page_that_is_called_a_document_is_read_as_the_page_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("<!DOCTYPE html><h1>Page</h1>")
    assert shown(open_document(tmp_path / "a.docx")) == ["heading1: Page"]


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("WordDocument", ".doc"),
        ("Workbook", "spreadsheet"),
        ("PowerPoint Document", "presentation"),
    ],
)
@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a"])
def test_old_office_files_are_called_what_they_are(
    tmp_path: Path, stream: str, kind: str, name: str
) -> None:
    (tmp_path / name).write_bytes(compound("Root Entry", stream))
    with pytest.raises(TextFormatNotRead) as refused:
        open_document(tmp_path / name)
    assert kind in refused.value.kind


def test_an_old_word_file_whose_directory_is_lost_is_called_one(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(compound("Root Entry"))
    with pytest.raises(TextFormatNotRead, match=r"a\.doc"):
        open_document(tmp_path / "a.doc")


def test_a_word_document_behind_a_password_is_said_to_be_protected(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(compound("Root Entry", "EncryptedPackage"))
    with pytest.raises(TextProtected) as refused:
        open_document(tmp_path / "a.docx")
    assert refused.value.scheme == "a password"


@pytest.mark.parametrize(
    ("part", "content", "kind"),
    [
        ("xl/workbook.xml", "<x/>", "spreadsheet"),
        ("ppt/presentation.xml", "<x/>", "presentation"),
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
    ],
)
def test_sheets_and_slides_are_refused_by_name(
    tmp_path: Path, part: str, content: str, kind: str
) -> None:
    with pytest.raises(TextFormatNotRead) as refused:
        open_document(write_zip(tmp_path / "a.bin", {part: content}))
    assert kind in refused.value.kind


def test_an_archive_of_something_else_is_binary(tmp_path: Path) -> None:
    with pytest.raises(TextIsBinary):
        open_document(write_zip(tmp_path / "a.zip", {"photo.raw": b"\0\1\2"}))
