"""Changes are saved one after the other, said to be unsaved until they are, and never dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from reader.annotations.model import AnnotationId
from reader.annotations.note_steps import Change
from reader.errors import StorageUnavailable
from reader.ui.margin.note_saver import NoteSaver
from tests.fakes.manual_background import ManualBackground

pytestmark = pytest.mark.usefixtures("qapp")

ONE, TWO = AnnotationId("urn:x:1"), AnnotationId("urn:x:2")
FULL = StorageUnavailable(Path("notes.db"), "the disk is full")


class Disk:
    """Takes writes down, or is full."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.is_full = False

    def write(self, what: str) -> tuple[Change, ...]:
        if self.is_full:
            raise FULL
        self.written.append(what)
        return ()


def test_changes_are_saved_in_order_one_at_a_time() -> None:
    background, disk = ManualBackground(), Disk()
    saver = NoteSaver(background.run)
    saver.add(lambda: disk.write("first"), [ONE])
    saver.add(lambda: disk.write("second"), [TWO])
    assert len(background.jobs) == 1
    background.do_all()
    assert disk.written == ["first", "second"]


def test_a_change_is_unsaved_until_it_is_on_disk() -> None:
    background, disk = ManualBackground(), Disk()
    saver = NoteSaver(background.run)
    saver.add(lambda: disk.write("it"), [ONE])
    assert saver.unsaved == {ONE}
    background.do_all()
    assert not saver.unsaved


def test_what_is_told_of_a_place_later_is_still_to_do() -> None:
    background, disk = ManualBackground(), Disk()
    saver = NoteSaver(background.run)
    saver.add(lambda: disk.write("its place"), [])
    assert not saver.unsaved
    assert not saver.is_idle
    background.do_all()
    assert saver.is_idle


def test_what_fails_is_kept_said_and_tried_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.margin.note_saver.FIRST_RETRY_MS", 1)
    background, disk = ManualBackground(), Disk()
    saver = NoteSaver(background.run)
    disk.is_full = True
    saver.add(lambda: disk.write("first"), [ONE])
    saver.add(lambda: disk.write("second"), [TWO])
    background.do_all()
    assert saver.failure is FULL
    assert saver.unsaved == {ONE, TWO}
    disk.is_full = False
    qtbot.waitUntil(lambda: bool(background.jobs))
    background.do_all()
    assert disk.written == ["first", "second"]
    assert saver.failure is None


def test_a_slow_change_is_said_to_be_under_way(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.margin.note_saver.SLOW_MS", 1)
    background, disk = ManualBackground(), Disk()
    saver = NoteSaver(background.run)
    saver.add(lambda: disk.write("it"), [ONE])
    qtbot.waitUntil(lambda: saver.is_slow)
    background.do_all()
    assert not saver.is_slow


def test_flushing_saves_everything_at_once_and_nothing_twice() -> None:
    background, disk = ManualBackground(), Disk()
    saver = NoteSaver(background.run)
    saver.add(lambda: disk.write("first"), [ONE])
    saver.add(lambda: disk.write("second"), [TWO])
    saver.flush()
    assert disk.written == ["first", "second"]
    background.do_all()
    assert disk.written == ["first", "second"]


def test_what_comes_after_a_flush_is_saved_as_well() -> None:
    background, disk = ManualBackground(), Disk()
    saver = NoteSaver(background.run)
    saver.add(lambda: disk.write("first"), [ONE])
    saver.flush()
    saver.add(lambda: disk.write("second"), [TWO])
    background.do_all()
    assert disk.written == ["first", "second"]
    assert not saver.unsaved


def test_an_answer_that_comes_when_the_text_is_closed_hurts_nobody() -> None:
    background, disk = ManualBackground(), Disk()
    saver = NoteSaver(background.run)
    saver.add(lambda: disk.write("it"), [ONE])
    saver.flush()
    Shiboken.delete(saver)
    background.do_all()
    assert disk.written == ["it"]


def test_after_many_failures_it_is_not_long_until_the_next_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[int] = []
    monkeypatch.setattr(QTimer, "start", lambda _timer, ms=0: waits.append(ms))
    background, disk = ManualBackground(), Disk()
    saver = NoteSaver(background.run)
    disk.is_full = True
    saver.add(lambda: disk.write("it"), [ONE])
    for _ in range(12):
        with pytest.raises(StorageUnavailable):
            saver.flush()
    assert max(waits) <= 5_000, "somebody who made room looks at the card now"


def test_what_cannot_be_flushed_is_kept_and_tried_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.margin.note_saver.FIRST_RETRY_MS", 1)
    background, disk = ManualBackground(), Disk()
    saver = NoteSaver(background.run)
    disk.is_full = True
    saver.add(lambda: disk.write("it"), [ONE])
    with pytest.raises(StorageUnavailable):
        saver.flush()
    assert saver.unsaved == {ONE}
    background.jobs.clear()
    disk.is_full = False
    qtbot.waitUntil(lambda: bool(background.jobs))
    background.do_all()
    assert disk.written == ["it"]
