"""The manual names every setting as the program knows it."""

from __future__ import annotations

from tests.ground import manual_page


def test_the_settings_are_those_of_the_table() -> None:
    written = manual_page.PAGE.read_text(encoding="utf-8")
    assert written == manual_page.page_with_settings(), (
        "make it anew: python -m tests.ground.manual_page"
    )
