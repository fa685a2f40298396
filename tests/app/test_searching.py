"""Which texts a query is about, and which of them it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.app.indexing import Indexing
from reader.app.searching import Searching, is_named
from reader.library.catalogue import Catalogue
from reader.library.files import stamp_of
from reader.library.holdings import Holdings
from reader.library.search.index_file import IndexFile
from reader.library.search.query import parse_query
from reader.storage.database import Database
from reader.values import replaced
from tests.annotations.documents import document_of

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
RAIN = replaced(document_of("It rained on.", title="L’Étranger"), authors=("Albert Camus",))
PLAGUE = replaced(document_of("It rained again.", title="La Peste"), authors=("Albert Camus",))
SEA = replaced(document_of("It rained at sea.", title="Typhoon"), authors=("Joseph Conrad",))


@pytest.fixture
def searching(database: Database, tmp_path: Path) -> Iterator[Searching]:
    for number, document in enumerate((RAIN, PLAGUE, SEA)):
        path = tmp_path / f"{number}.txt"
        path.write_text(document.sections[0].text, encoding="utf-8")
        Catalogue(database).remember_added(document, path, NOON, stamp_of(path))
    for text in Holdings(database).texts():
        if text.title == "Typhoon":
            Holdings(database).set_tags(text.id, ["ships"])
    file = IndexFile(tmp_path / "cache" / "search.sqlite3")
    list(Indexing(database, file).follow_texts())
    yield Searching(database, file)
    file.close()


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        pytest.param("rained", {"L’Étranger", "La Peste", "Typhoon"}, id="all"),
        pytest.param("rained author:camus", {"L’Étranger", "La Peste"}, id="of an author"),
        pytest.param("rained -author:camus", {"Typhoon"}, id="of any but one"),
        pytest.param("rained title:etranger", {"L’Étranger"}, id="accents don't count"),
        pytest.param('rained title:"l\'etranger"', {"L’Étranger"}, id="nor quotation marks"),
        pytest.param("rained tag:ships", {"Typhoon"}, id="with a tag"),
        pytest.param("rained title:peste OR title:typhoon", {"La Peste", "Typhoon"}, id="either"),
        pytest.param("rained title:nothing", set(), id="none"),
    ],
)
def test_a_query_says_which_texts_are_meant(
    searching: Searching, typed: str, titles: set[str]
) -> None:
    found = searching.search(parse_query(typed))
    assert {hit.text.title for hit in found.places} == titles
    assert found.text_count == len(titles)


@pytest.mark.parametrize(
    ("typed", "is_meant"),
    [
        ("etranger", True),
        ("camus etranger", True),
        ("title:etranger author:camus", True),
        ("title:camus", False),
        ("rained", False),
        ("-etranger", False),
        ("etranger -peste", True),
        ("tag:etranger", False),
        ("", False),
    ],
)
def test_a_text_is_named_by_its_title_and_authors(
    database: Database, tmp_path: Path, typed: str, is_meant: bool
) -> None:
    Catalogue(database).remember_added(RAIN, tmp_path / "a.txt", NOON)
    (text,) = Holdings(database).texts()
    assert is_named(text, parse_query(typed)) is is_meant
