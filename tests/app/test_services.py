"""The composition root: built late, by one thread, and what is damaged is mended."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.trace import Trace
from reader.storage import database
from reader.storage.database import Database
from reader.text.document import Document, Fingerprint, Section
from tests.annotations.documents import note_on

DOCUMENT = Document("", (), None, (Section(0, "", "words", ()),), Fingerprint("sha256:0"))


def services_in(folder: Path) -> Services:
    """Return services below a folder, without a trace."""
    return Services(user_paths(folder), Trace())


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
