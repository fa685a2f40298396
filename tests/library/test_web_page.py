"""Web pages are fetched from a real server on this machine, and kept as texts."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest

from reader.app.wording import sentence_for
from reader.errors import OutputNotWritten, PageNotFetched
from reader.formats.registry import open_document
from reader.library import web_page
from reader.library.web_page import Stopped, fetch_page
from tests.fakes.page_server import CERTIFICATES, PageServer, answer, page_server
from tests.formats.epub.epub_books import page as book_page
from tests.formats.epub.epub_books import write_book
from tests.formats.pdf.raw_pdf import paragraph, pdf_of_pages
from tests.patience import PATIENCE_S

PAGE = "<!DOCTYPE html><title>Gulls</title><h1>Gulls</h1><p>They “wait” in Häfen.</p>"


@pytest.fixture
def site() -> Iterator[PageServer]:
    with page_server() as server:
        yield server


def text_of(path: Path) -> str:
    return open_document(path).sections[0].text


def test_a_page_is_kept_and_read_with_where_it_came_from(site: PageServer, tmp_path: Path) -> None:
    address = site.serve("/birds/gulls?x=1", PAGE.encode(), "text/html; charset=utf-8")
    page = fetch_page(address, tmp_path / "pages")
    assert page.path.parent == tmp_path / "pages"
    assert "gulls" in page.path.name
    document = open_document(page.path)
    assert (document.title, document.address) == ("Gulls", address)
    assert document.sections[0].text == "Gulls\n\nThey “wait” in Häfen."
    assert [path for path, _ in site.visits] == ["/birds/gulls?x=1"]
    assert list((tmp_path / "pages").iterdir()) == [page.path]


def test_nothing_about_the_user_is_sent(site: PageServer, tmp_path: Path) -> None:
    fetch_page(site.serve("/", PAGE.encode()), tmp_path)
    assert set(site.visits[0][1]) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}


def test_the_same_address_has_the_same_file(site: PageServer, tmp_path: Path) -> None:
    first = fetch_page(site.serve("/a", PAGE.encode()), tmp_path)
    second = fetch_page(site.serve("/a", PAGE.replace("wait", "left").encode()), tmp_path)
    assert first.path == second.path
    assert "left" in text_of(second.path)
    assert fetch_page(site.serve("/a/", PAGE.encode()), tmp_path).path != first.path


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(
            PAGE.encode("cp1252"), "text/html; charset=windows-1252", id="told by the server"
        ),
        pytest.param(
            PAGE.replace("<title>", "<meta charset=windows-1252><title>").encode("cp1252"),
            "text/html",
            id="by the page",
        ),
        pytest.param(PAGE.encode("utf-16"), "text/html; charset=ascii", id="by a mark"),
        pytest.param(PAGE.encode(), "text/html; charset=no-such", id="told wrongly"),
        pytest.param(PAGE.encode(), "text/html; charset=ISO-8859-1", id="told by old habit"),
        pytest.param(PAGE.encode(), "text/html;charset=ascii", id="told wrongly in another way"),
    ],
)
def test_a_page_is_read_in_its_encoding(
    site: PageServer, tmp_path: Path, body: bytes, content_type: str
) -> None:
    page = fetch_page(site.serve("/", body, content_type), tmp_path)
    assert "They “wait” in Häfen." in text_of(page.path)


@pytest.mark.parametrize("path", ["/notes.txt", "/notes.md"])
def test_a_plain_text_is_read_in_the_encoding_its_server_tells(
    site: PageServer, tmp_path: Path, path: str
) -> None:
    words = "Ёлки"  # too short to be guessed
    address = site.serve(path, words.encode("koi8-r"), "text/plain; charset=KOI8-R")
    assert text_of(fetch_page(address, tmp_path).path) == words


def test_a_packed_page_is_unpacked_and_a_bomb_is_refused(
    site: PageServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = site.serve("/", gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    assert "They" in text_of(fetch_page(packed, tmp_path).path)
    monkeypatch.setattr(web_page, "LIMIT_BYTES", 100_000)
    bomb = site.serve("/bomb", gzip.compress(b" " * 90_000_000), Content_Encoding="gzip")
    with pytest.raises(PageNotFetched, match="larger"):
        fetch_page(bomb, tmp_path)


@pytest.mark.parametrize(
    ("path", "content_type", "suffix"),
    [
        ("/a.pdf", "application/pdf", ".pdf"),
        ("/book", "application/epub+zip", ".epub"),
        ("/notes", "text/plain; charset=utf-8", ".txt"),
        ("/readme.md", "text/plain", ".md"),
        ("/a.docx", "application/octet-stream", ".docx"),
        ("/page.php", "application/xhtml+xml", ".html"),
    ],
)
def test_the_file_is_named_for_what_it_is(
    site: PageServer, tmp_path: Path, path: str, content_type: str, suffix: str
) -> None:
    page = fetch_page(site.serve(path, b"words", content_type), tmp_path)
    assert page.path.suffix == suffix


@pytest.mark.parametrize("content_type", ["image/png", "video/mp4", "application/octet-stream"])
def test_what_is_no_text_is_not_kept(site: PageServer, tmp_path: Path, content_type: str) -> None:
    with pytest.raises(PageNotFetched, match="no text"):
        fetch_page(site.serve("/x", b"\x89PNG", content_type), tmp_path / "pages")
    assert not (tmp_path / "pages").exists()


def test_redirects_are_followed_on_the_same_server(site: PageServer, tmp_path: Path) -> None:
    site.serve("/there", PAGE.encode())
    page = fetch_page(site.redirect("/here", "/there"), tmp_path)
    assert page.address == site.address("/there")
    assert page.host == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize(
    "location",
    [
        *("file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:x", "http://localhost:{port}/"),
        *("https://localhost:{port}/", "https://[::1/", "//localhost:{port}/"),
    ],
)
def test_redirects_elsewhere_are_refused(site: PageServer, tmp_path: Path, location: str) -> None:
    address = site.redirect("/here", location.format(port=site.port))
    with pytest.raises(PageNotFetched):
        fetch_page(address, tmp_path)
    assert len(site.visits) == 1


def test_a_server_may_not_send_us_into_the_users_house(
    site: PageServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A public name that leads to this machine, as whoever owns a name can arrange.
    site.serve("/secret", b"<p>Only for this house.</p>")
    address = site.redirect("/here", "https://inner.example/secret")
    monkeypatch.setattr(
        web_page, "connection_to", lambda _url, _s: HTTPConnection("127.0.0.1", site.port)
    )
    with pytest.raises(PageNotFetched, match="private"):
        fetch_page(address, tmp_path)
    assert [path for path, _ in site.visits] == ["/here"]


def test_http_may_send_us_on_to_another_server_and_to_https(
    site: PageServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_page, "is_public_peer", lambda _connection: True)
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    with page_server("here") as safe:
        safe.serve("/", PAGE.encode())
        site.redirect("/old", f"http://localhost:{site.port}/new")
        site.redirect("/new", safe.address())
        page = fetch_page(site.address("/old"), tmp_path)
    assert page.address == safe.address()
    assert "They “wait”" in text_of(page.path)


def test_https_may_not_send_us_on_to_what_everybody_can_read(
    site: PageServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    with page_server("here") as safe, pytest.raises(PageNotFetched, match="encrypted"):
        fetch_page(safe.redirect("/", site.serve("/", PAGE.encode())), tmp_path)
    assert site.visits == []


@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        ("here", "is not to be trusted"),
        ("elsewhere", "belongs to another server"),
        ("expired", "out of date"),
    ],
)
def test_a_certificate_that_proves_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificate: str, reason: str
) -> None:
    if certificate != "here":  # whose authority nobody knows, unless he is told
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    with page_server(certificate) as safe, pytest.raises(PageNotFetched) as refused:
        fetch_page(safe.serve("/", PAGE.encode()), tmp_path / "pages")
    assert reason in sentence_for(refused.value)
    assert safe.visits == []
    assert not (tmp_path / "pages").exists()


def test_a_server_that_knows_no_https_is_said(site: PageServer, tmp_path: Path) -> None:
    with pytest.raises(PageNotFetched, match="no safe connection"):
        fetch_page(site.address().replace("http:", "https:"), tmp_path)


@pytest.mark.parametrize("book", ["pdf", "epub"])
def test_a_book_at_an_address_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    kind = {"pdf": "application/pdf", "epub": "application/epub+zip"}[book]
    words = "A page that waits."
    if book == "pdf":
        content = pdf_of_pages([paragraph(words)])
    else:
        content = write_book(tmp_path / "a", {"a.xhtml": book_page(f"<p>{words}</p>")}).read_bytes()
    with page_server("here") as safe:
        page = fetch_page(safe.serve("/read?id=7", content, kind), tmp_path)
    assert page.path.suffix == f".{book}"
    assert words in text_of(page.path)


def test_circles_end(site: PageServer, tmp_path: Path) -> None:
    with pytest.raises(PageNotFetched, match="circles"):
        fetch_page(site.redirect("/a", "/a"), tmp_path)
    assert len(site.visits) == 6


@pytest.mark.parametrize(
    ("status", "words"), [(404, "no such page"), (403, "everybody"), (500, "500")]
)
def test_what_the_server_answers_is_said(
    site: PageServer, tmp_path: Path, status: int, words: str
) -> None:
    site.pages["/"] = lambda handler: answer(handler, status, {"Content-Length": "0"})
    with pytest.raises(PageNotFetched, match=words):
        fetch_page(site.address(), tmp_path)


def test_a_silent_server_is_not_waited_for(site: PageServer, tmp_path: Path) -> None:
    is_over = Event()

    def say_nothing(_handler: BaseHTTPRequestHandler) -> None:
        is_over.wait(PATIENCE_S)

    site.pages["/"] = say_nothing
    with pytest.raises(PageNotFetched, match="no answer"):
        fetch_page(site.address(), tmp_path, silence_s=0.2)
    is_over.set()


def test_a_page_that_breaks_off_is_not_kept(site: PageServer, tmp_path: Path) -> None:
    headers = {"Content-Type": "text/html", "Content-Length": "1000"}
    site.pages["/"] = lambda handler: answer(handler, 200, headers, b"<p>half")
    with pytest.raises(PageNotFetched):
        fetch_page(site.address(), tmp_path)
    assert not list(tmp_path.iterdir())


def test_nobody_there_is_said(tmp_path: Path) -> None:
    with page_server() as site:
        gone = site.address()
    with pytest.raises(PageNotFetched, match="refused"):
        fetch_page(gone, tmp_path)


def test_it_stops_when_it_is_no_longer_wanted(site: PageServer, tmp_path: Path) -> None:
    address = site.serve("/", PAGE.encode() * 10_000)
    received: list[int] = []
    with pytest.raises(Stopped):
        fetch_page(
            address, tmp_path, on_progress=received.append, is_stopped=lambda: bool(received)
        )
    assert len(received) == 1
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_said(site: PageServer, tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file is in the way")
    with pytest.raises(OutputNotWritten):
        fetch_page(site.serve("/", PAGE.encode()), tmp_path / "pages")
