"""Addresses of web pages are known as such, and made fit to be asked for."""

from __future__ import annotations

import pytest

from reader.text.web_address import host_of, web_address_from


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("  https://example.org \n", "https://example.org/"),
        ("HTTP://Example.org/A", "https://example.org/A"),
        ("http://example.org:80/", "https://example.org/"),
        ("https://example.org:8443/x#part", "https://example.org:8443/x"),
        ("https://user:secret@example.org/", "https://example.org/"),
        (
            "https://bücher.example/ä b".replace(" b", "/b"),
            "https://xn--bcher-kva.example/%C3%A4/b",
        ),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000/x"),
        ("http://localhost/x", "http://localhost/x"),
        ("http://192.168.1.1/", "https://192.168.1.1/"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
    ],
)
def test_an_address_is_made_fit_to_be_asked_for(written: str, address: str) -> None:
    assert web_address_from(written) == address


@pytest.mark.parametrize(
    "written",
    [
        *("", "example.org", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)"),
        *("https://", "https:///x", "https://a b/", "https://nodots/", "see https://example.org/"),
        *("https://example.org:99999999/", "https://[::1/", "https://exa<mple.org/"),
        "https://" + "a" * 3000 + ".org/",
    ],
)
def test_all_else_is_none(written: str) -> None:
    assert web_address_from(written) is None


def test_the_host_is_shown_with_its_port() -> None:
    assert host_of("https://example.org:8443/x") == "example.org:8443"
