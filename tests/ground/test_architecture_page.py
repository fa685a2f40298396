"""The architecture page says what the modules say of themselves."""

from __future__ import annotations

from tests.ground import architecture_page


def test_the_map_is_the_one_the_modules_make() -> None:
    written = architecture_page.PAGE.read_text(encoding="utf-8")
    assert written == architecture_page.page_with_map(), (
        "make it anew: python -m tests.ground.architecture_page"
    )


def test_every_module_says_in_a_sentence_what_it_is_for() -> None:
    silent = [
        path.name
        for path in (architecture_page.ROOT / "reader").rglob("*.py")
        if not architecture_page.first_sentence(path).endswith(".")
    ]
    assert silent == []
