"""The window comes back as it was left."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.app.session import Session


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    session = Session(bytes(range(256)), is_maximised=True)
    session.save(tmp_path / "data" / "session.json")
    assert Session.load(tmp_path / "data" / "session.json") == session


def test_the_first_window_has_no_session(tmp_path: Path) -> None:
    assert Session.load(tmp_path / "session.json") == Session(b"", is_maximised=False)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "7",
        '{"geometry": 7, "is_maximised": true}',
        '{"geometry": "!"}',
        "{}",
        "[" * 99999,
    ],
    ids=["empty", "list", "number", "geometry 7", "not base64", "nothing in it", "deep"],
)
def test_a_file_that_cannot_be_used_gives_a_new_window(tmp_path: Path, content: str) -> None:
    (tmp_path / "session.json").write_text(content)
    assert Session.load(tmp_path / "session.json") == Session()


def test_a_session_that_cannot_be_saved_is_let_go(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    Session(b"x").save(tmp_path / "file" / "session.json")
    assert (tmp_path / "file").read_text() == "in the way"
