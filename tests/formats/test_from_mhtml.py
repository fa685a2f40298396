"""Web pages saved as one file, with their pictures; and those saved with a folder beside them."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from reader.errors import TextDamaged
from reader.formats.registry import open_document
from reader.text.document import InlineKind
from tests.formats.office.office_files import PIXEL, opened, shown

PAGE = (
    "<html><head><title>A page</title></head><body><h1>Häfen</h1><p>Long enough =)</p>"
    '<img src="pics/gull.png" alt="A gull"><img src="cid:x@y" alt="Two"><img src="gone.png">'
    "</body></html>"
)


def archive(charset: str = "utf-8") -> bytes:
    body = base64.encodebytes(PAGE.encode(charset)).decode()
    picture = base64.encodebytes(PIXEL).decode()
    return (
        "From: <Saved by a browser>\r\nSubject: A page\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--=b"\r\n\r\n'
        "----=b\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n"
        f"----=b\r\nContent-Type: text/html; charset={charset}\r\nContent-ID: <main>\r\n"
        "Content-Transfer-Encoding: base64\r\nContent-Location: https://e.org/a/page\r\n\r\n"
        f"{body}\r\n----=b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: https://e.org/a/pics/gull.png\r\n\r\n{picture}\r\n"
        "----=b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-ID: <x@y>\r\n\r\n{picture}\r\n----=b--\r\n"
    ).encode()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a", "a.doc"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_a_page_in_one_file_is_read_with_its_pictures(
    tmp_path: Path, name: str, charset: str
) -> None:
    (tmp_path / name).write_bytes(archive(charset=charset))
    document = opened(tmp_path / name)
    assert document.title == "A page"
    assert shown(document) == [
        *("heading1: Häfen", "paragraph: Long enough =)", "figure: A gull", "figure: Two")
    ]
    pictures = [block.picture for block in document.sections[0].blocks[2:]]
    assert document.pictures is not None
    assert [document.pictures.read(picture) for picture in pictures] == [PIXEL, PIXEL]


def test_quoted_printable_is_undone(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"<p>caf=C3=A9 =\nau lait</p>\n--b--\n"
    )
    assert shown(opened(tmp_path / "a.mht")) == ["paragraph: café au lait"]


def test_a_page_alone_and_one_cut_off_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>Alone</p>")
    assert shown(opened(tmp_path / "a.mht")) == ["paragraph: Alone"]
    whole = archive()
    (tmp_path / "b.mht").write_bytes(whole[: whole.index(b"image/png")])
    assert shown(opened(tmp_path / "b.mht"))[0] == "heading1: Häfen"


LINKING = (
    '<p>Text<sup><a href="{0}#n1">[1]</a></sup>, <a href="{0}#end">the end</a>, '
    '<a href="page?q=1#n1">another</a>, <a href="https://[bad#x">bad</a>.</p>'
    '<p id="n1">The note.</p><p id="end">The end.</p>'
)


@pytest.mark.parametrize("name", ["a.mht", "a.html"])
def test_links_into_the_page_lead_there_though_browsers_write_its_whole_address(
    tmp_path: Path, name: str
) -> None:
    page, words = "https://e.org/a/page", LINKING.format("https://e.org/a/page")
    head = f"<!-- saved from url=({len(page):04d}){page} -->\n<html><body>"
    if name == "a.mht":
        head = (
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
            f"Content-Type: text/html\nContent-Location: {page}\n\n<html><body>"
        )
    (tmp_path / name).write_text(head + words + "</body></html>")
    document = opened(tmp_path / name)
    section = document.sections[0]
    links = [run for run in section.inlines if run.kind is not InlineKind.SUPERSCRIPT]
    places = [document.place_of(link.target) for link in links]
    assert [place and section.text[place.offset :].split("\n")[0] for place in places] == [
        "The note.",
        "The end.",
        None,
        None,
    ]
    assert links[0].kind is InlineKind.NOTE_REFERENCE


def test_what_web_components_show_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><body><a-card><template shadowmode=open><p>In a shadow.</p></template></a-card>"
        "<template><p>Never shown.</p></template><p>Plain.</p></body></html>"
    )
    assert shown(opened(tmp_path / "a.html")) == ["paragraph: In a shadow.", "paragraph: Plain."]


def test_without_a_page_it_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nwords")
    with pytest.raises(TextDamaged):
        open_document(tmp_path / "a.mht")


@pytest.mark.parametrize("name", ["page.html", "page.md"])
def test_pictures_in_the_folder_of_a_page_are_shown(tmp_path: Path, name: str) -> None:
    (tmp_path / "out.png").write_bytes(PIXEL)
    folder = tmp_path / "in"
    (folder / "page files").mkdir(parents=True)
    (folder / "page files" / "a.png").write_bytes(PIXEL)
    (folder / name).write_text(
        '<p>Text.</p>\n\n<img src="page%20files/a.png">\n\n<img src="../out.png" alt="Outside">\n\n'
        '<img src="https://e.org/a.png">\n\n<img src="/etc/hostname">\n\n<img src="lost.png">'
    )
    document = opened(folder / name)
    assert shown(document) == ["paragraph: Text.", "figure: ", "figure: Outside"]
    figures = document.sections[0].blocks[1:]
    assert document.pictures is not None
    assert [bool(figure.picture) for figure in figures] == [True, False]
    assert document.pictures.read(figures[0].picture) == PIXEL
    assert document.pictures.read("../out.png") is None


def frames(body: str) -> bytes:
    return (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: text/html; charset=utf-8\nContent-Location: http://e.org/\n\n"
        f"<html>{body}</html>\n--b\nContent-Type: text/html; charset=utf-8\n"
        "Content-Location: http://e.org/one.html\n\n<h1>In a frame</h1><p>One.</p>\n--b\n"
        "Content-Type: text/html; charset=utf-8\nContent-ID: <two@e>\n\n<p>Two.</p>\n--b--\n"
    ).encode()


def test_a_page_that_is_nothing_but_frames_is_what_they_hold(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(
        frames('<frameset><frame src="one.html"><frame src="cid:two@e"></frameset>')
    )
    assert shown(opened(tmp_path / "a.mht")) == [
        *("heading1: In a frame", "paragraph: One.", "paragraph: Two.")
    ]


def test_a_frame_within_a_page_is_no_part_of_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(
        frames('<body><p>The page itself.</p><iframe src="one.html"></iframe></body>')
    )
    assert shown(opened(tmp_path / "a.mht")) == ["paragraph: The page itself."]
