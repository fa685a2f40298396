"""Tests of reader.formats.file_beside: which file a link without a scheme names."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.file_beside import file_beside

FILES = ("here.md", "Another note.md", "b.html", "deep/er/Far.md", "deep/Twice.md", "x/y/Twice.md")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    (tmp_path / "secret.md").write_text("outside")
    for name in (*FILES, ".hidden/h.md"):
        path = tmp_path / "vault" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "vault" / "here.md"


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("Another note", "Another note.md"),
        ("Another%20note.md#a-heading", "Another note.md"),
        ("b.html", "b.html"),
        ("Far", "deep/er/Far.md"),
        ("er/far", "deep/er/Far.md"),
        ("Twice", "deep/Twice.md"),
        ("nowhere", None),
        ("deep", None),
        ("h", None),
        ("#only-a-place", None),
        ("../secret.md", None),
        ("/etc/passwd", None),
        ("file:///etc/passwd", None),
        ("a\0b", None),
    ],
)
def test_a_link_names_a_file_in_the_texts_folder_or_below(
    text: Path, target: str, name: str | None
) -> None:
    expected = None if name is None else (text.parent / name).resolve()
    assert file_beside(text, target) == expected


def test_a_link_that_leads_out_of_the_folder_on_the_disk_names_nothing(text: Path) -> None:
    (text.parent / "out.md").symlink_to(text.parent.parent / "secret.md")
    assert file_beside(text, "out.md") is None
