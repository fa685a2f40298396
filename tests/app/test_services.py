"""The composition root: built late, and whatever the storage says, texts open."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.app.paths import user_paths
from reader.app.services import Services, welcome_text, within
from reader.app.trace import Trace
from reader.errors import StorageUnavailable, TextMissing
from reader.storage import database
from reader.storage.database import Database
from reader.text.document import Document, Fingerprint, Place, Section
from tests.annotations.documents import note_on

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
    assert services.text_to_begin_with() == welcome_text()
    assert services.read_text(welcome_text()).place is None
    assert not (tmp_path / "data").exists()


def test_the_next_start_opens_the_last_text_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("Some words to read.")
    services = services_in(tmp_path / "data")
    document = services.read_text(path).document
    services.catalogue.remember_opened(document, path, datetime.now(UTC))
    services.catalogue.remember_place(document.fingerprint, Place(0, 5), 0.3)
    services.close()
    again = services_in(tmp_path / "data")
    assert again.text_to_begin_with() == path
    assert again.read_text(path).place == Place(0, 5)
    again.close()


def test_a_last_text_that_is_gone_gives_way_to_the_welcome(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("Some words to read.")
    services = services_in(tmp_path / "data")
    document = services.read_text(path).document
    services.catalogue.remember_opened(document, path, datetime.now(UTC))
    path.unlink()
    assert services.text_to_begin_with() == welcome_text()
    services.close()


def test_texts_open_where_the_database_cannot(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    services = services_in(tmp_path / "data")
    with closing(sqlite3.connect(services.paths.database)) as foreign:
        foreign.execute("PRAGMA application_id = 1")
        foreign.execute("CREATE TABLE theirs (x)")
    assert services.text_to_begin_with() == welcome_text()
    assert services.read_text(welcome_text()).document.title
    with pytest.raises(StorageUnavailable):
        _ = services.annotations
    services.close()


def test_a_text_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(TextMissing):
        services_in(tmp_path).read_text(tmp_path / "nowhere.txt")


def test_reading_a_plain_text_imports_nothing_heavy() -> None:
    code = (
        "import sys; from reader.app.services import Services, welcome_text;"
        "from reader.app.paths import user_paths; from reader.app.trace import Trace;"
        "from pathlib import Path;"
        "Services(user_paths(Path('nowhere')), Trace()).read_text(Path(sys.argv[1]));"
        "print([m for m in ('numpy','onnxruntime','lxml','trafilatura','sqlite3','PySide6',"
        "'reader.playback','reader.speech') if m in sys.modules])"
    )
    licence = Path(__file__).parents[2] / "LICENSE"
    ran = subprocess.run(
        [sys.executable, "-c", code, str(licence)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_a_damaged_database_is_mended_when_it_is_opened(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    services = services_in(tmp_path / "data")
    services.paths.database.write_bytes(b"not a database at all" * 100)
    assert services.database.is_sound()
    mending = services.look_after_database()
    assert mending is not None
    assert mending.damaged.read_bytes().startswith(b"not a database")
    assert services.look_after_database() is None
    services.close()


def test_a_database_that_was_emptied_comes_back_from_its_copy_and_that_is_said(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").mkdir()
    services = services_in(tmp_path / "data")
    services.annotations.save(DOCUMENT.fingerprint, note_on(DOCUMENT, "words"))
    services.look_after_database()  # a copy is made
    services.close()
    services.paths.database.write_bytes(b"")
    services = services_in(tmp_path / "data")
    assert len(services.annotations.of_document(DOCUMENT.fingerprint)) == 1
    mending = services.look_after_database()
    assert mending is not None
    assert (mending.saved, mending.restored) == (0, 1)
    services.close()


def test_an_empty_file_without_copies_is_a_beginning(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    services = services_in(tmp_path / "data")
    services.paths.database.write_bytes(b"")
    assert services.database.is_sound()
    assert services.look_after_database() is None
    services.close()


def test_threads_that_ask_at_once_have_the_same_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = threading.Barrier(2)

    class SlowDatabase(Database):
        def __init__(self, path: Path, *, is_kept: bool = True) -> None:
            with suppress(threading.BrokenBarrierError):
                asks.wait(0.2)  # the other one opens it too, unless it may not
            super().__init__(path, is_kept=is_kept)

    monkeypatch.setattr(database, "Database", SlowDatabase)
    services = services_in(tmp_path)
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(lambda _: services.database, range(2))
    assert one is other
    services.close()


def test_a_book_read_ahead_is_the_one_that_is_opened(tmp_path: Path, shared_inputs: Path) -> None:
    path = shared_inputs / "sherlock-holmes.epub"
    services = services_in(tmp_path)
    services.read_ahead(path)
    found = services.read_text(path)
    expected = services.read_text(path)
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
    services.read_ahead(path)
    found = services.read_text(path)
    assert found.supply is not None
    assert list(found.document.sections) == list(services.read_text(path).document.sections)
    assert not services.paths.sections_dir.exists()
    found.supply.close()
    services.close()


def test_another_text_than_the_one_read_ahead_is_opened_all_the_same(
    tmp_path: Path, shared_inputs: Path
) -> None:
    services = services_in(tmp_path)
    services.read_ahead(shared_inputs / "sherlock-holmes.epub")
    assert services.read_text(welcome_text()).path == welcome_text()
    services.read_ahead(shared_inputs / "no-such-book.epub")
    with pytest.raises(TextMissing):
        services.read_text(shared_inputs / "no-such-book.epub")
    services.close()
