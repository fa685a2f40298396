"""Texts are opened at their place, read ahead or not, whatever the storage says."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.text_opening import welcome_text, within
from reader.app.trace import Trace
from reader.errors import StorageUnavailable, TextMissing
from reader.text.document import Document, Fingerprint, Place, Section

DOCUMENT = Document("", (), None, (Section(0, "", "words", ()),), Fingerprint("sha256:0"))


def services_in(folder: Path) -> Services:
    """Return services below a folder, without a trace."""
    return Services(user_paths(folder), Trace())


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        pytest.param(None, None, id="none"),
        pytest.param(Place(0, 3), Place(0, 3), id="inside"),
        pytest.param(Place(0, 5), None, id="at the end"),
        pytest.param(Place(1, 0), None, id="a section that is gone"),
    ],
)
def test_a_place_the_text_no_longer_has_is_none(place: Place | None, wanted: Place | None) -> None:
    assert within(DOCUMENT, place) == wanted


def test_the_first_start_opens_what_came_with_the_app_and_writes_nothing(tmp_path: Path) -> None:
    services = services_in(tmp_path / "data")
    assert services.texts.to_begin_with() == welcome_text()
    assert services.texts.read(welcome_text()).place is None
    assert not (tmp_path / "data").exists()


def test_the_next_start_opens_the_last_text_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("Some words to read.")
    services = services_in(tmp_path / "data")
    document = services.texts.read(path).document
    services.catalogue.remember_opened(document, path, datetime.now(UTC))
    services.catalogue.remember_place(document.fingerprint, Place(0, 5), 0.3)
    services.close()
    again = services_in(tmp_path / "data")
    assert again.texts.to_begin_with() == path
    assert again.texts.read(path).place == Place(0, 5)
    again.close()


def test_a_last_text_that_is_gone_gives_way_to_the_welcome(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("Some words to read.")
    services = services_in(tmp_path / "data")
    document = services.texts.read(path).document
    services.catalogue.remember_opened(document, path, datetime.now(UTC))
    path.unlink()
    assert services.texts.to_begin_with() == welcome_text()
    services.close()


def test_texts_open_where_the_database_cannot(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    services = services_in(tmp_path / "data")
    with closing(sqlite3.connect(services.paths.database)) as foreign:
        foreign.execute("PRAGMA application_id = 1")
        foreign.execute("CREATE TABLE theirs (x)")
    assert services.texts.to_begin_with() == welcome_text()
    assert services.texts.read(welcome_text()).document.title
    with pytest.raises(StorageUnavailable):
        _ = services.annotations
    services.close()


def test_a_text_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(TextMissing):
        services_in(tmp_path).texts.read(tmp_path / "nowhere.txt")


def test_reading_a_plain_text_imports_nothing_heavy() -> None:
    code = (
        "import sys; from reader.app.services import Services;"
        "from reader.app.text_opening import welcome_text;"
        "from reader.app.paths import user_paths; from reader.app.trace import Trace;"
        "from pathlib import Path;"
        "Services(user_paths(Path('nowhere')), Trace()).texts.read(Path(sys.argv[1]));"
        "print([m for m in ('numpy','onnxruntime','lxml','trafilatura','sqlite3','PySide6',"
        "'reader.playback','reader.speech') if m in sys.modules])"
    )
    licence = Path(__file__).parents[2] / "LICENSE"
    ran = subprocess.run(
        [sys.executable, "-c", code, str(licence)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_a_book_read_ahead_is_the_one_that_is_opened(tmp_path: Path, shared_inputs: Path) -> None:
    path = shared_inputs / "sherlock-holmes.epub"
    services = services_in(tmp_path)
    services.texts.read_ahead(path)
    found = services.texts.read(path)
    expected = services.texts.read(path)
    assert found.supply is not None
    assert expected.supply is not None
    assert found.document.fingerprint == expected.document.fingerprint
    assert list(found.document.sections) == list(expected.document.sections)
    found.supply.close()
    expected.supply.close()
    services.close()


def test_so_is_a_long_plain_text_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("A line of a text that is long.\n\n" * 40_000, encoding="utf-8")
    services = services_in(tmp_path)
    services.texts.read_ahead(path)
    found = services.texts.read(path)
    assert found.supply is not None
    assert list(found.document.sections) == list(services.texts.read(path).document.sections)
    assert not services.paths.sections_dir.exists()
    found.supply.close()
    services.close()


def test_another_text_than_the_one_read_ahead_is_opened_all_the_same(
    tmp_path: Path, shared_inputs: Path
) -> None:
    services = services_in(tmp_path)
    services.texts.read_ahead(shared_inputs / "sherlock-holmes.epub")
    assert services.texts.read(welcome_text()).path == welcome_text()
    services.texts.read_ahead(shared_inputs / "no-such-book.epub")
    with pytest.raises(TextMissing):
        services.texts.read(shared_inputs / "no-such-book.epub")
    services.close()
