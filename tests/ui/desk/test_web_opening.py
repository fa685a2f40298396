"""A web page is fetched only once the user has said so, then opened like any text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from reader.ui.window.commands import Command
from reader.ui.window.messages import Remedy, Subject
from tests.fakes.page_server import PageServer, page_server
from tests.ui.desk.window_room import Opener, WindowRoom

PAGE = b"<!DOCTYPE html><title>Gulls</title><h1>Gulls</h1><p>They wait.</p>"


@pytest.fixture
def site() -> Iterator[PageServer]:
    with page_server() as server:
        server.serve("/gulls", PAGE)
        yield server


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened("What was open before.")


def title(room: WindowRoom) -> str:
    document = room.desk.window.view.document
    return "" if document is None else document.title


def answer(room: WindowRoom, remedy: Remedy) -> None:
    bar = room.desk.window.messages
    message = bar.message
    assert message is not None
    assert message.subject is Subject.WEB
    assert remedy in message.remedies
    bar.close_message()
    bar.remedy_chosen.emit(message, remedy)


def test_nothing_is_fetched_before_the_user_says_so(room: WindowRoom, site: PageServer) -> None:
    room.desk.open_web_page(site.address("/gulls"))
    room.qtbot.wait(150)
    assert site.visits == []
    message = room.desk.window.messages.message
    assert message is not None
    assert f"127.0.0.1:{site.port}" in message.text
    room.desk.window.messages.close_message()
    room.qtbot.wait(100)
    assert site.visits == []


def test_a_page_that_is_allowed_is_opened_and_kept(room: WindowRoom, site: PageServer) -> None:
    room.desk.open_web_page(site.address("/gulls"))
    answer(room, Remedy.FETCH)
    room.qtbot.waitUntil(lambda: title(room) == "Gulls")
    message = room.desk.window.messages.message
    assert message is not None
    assert "The copy is" in message.text
    assert room.desk.window.header.toolTip() == f"From {site.address('/gulls')}"
    room.desk.window.messages.close_message()
    room.desk.open_web_page(site.address("/gulls"))  # asked again: it was for once
    assert room.desk.window.messages.message is not None
    assert len(site.visits) == 1


def test_always_is_kept_as_a_setting_and_asks_no_more(room: WindowRoom, site: PageServer) -> None:
    site.serve("/more", PAGE.replace(b"Gulls", b"Terns"))
    room.desk.open_web_page(site.address("/gulls"))
    answer(room, Remedy.ALWAYS_FETCH)
    room.qtbot.waitUntil(lambda: title(room) == "Gulls")
    room.desk.open_web_page(site.address("/more"))
    room.qtbot.waitUntil(lambda: title(room) == "Terns")


def test_a_page_that_is_not_there_leaves_what_was_open(room: WindowRoom, site: PageServer) -> None:
    before = title(room)
    room.desk.open_web_page(site.address("/none"))
    answer(room, Remedy.FETCH)

    def is_said() -> bool:
        message = room.desk.window.messages.message
        return message is not None and "no such page" in message.text

    room.qtbot.waitUntil(is_said)
    assert title(room) == before
    site.serve("/none", PAGE)
    answer(room, Remedy.TRY_AGAIN)
    room.qtbot.waitUntil(lambda: title(room) == "Gulls")


def test_a_copied_address_is_asked_about(room: WindowRoom, site: PageServer) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("no address")
    room.desk.do(Command.OPEN_COPIED_ADDRESS)
    message = room.desk.window.messages.message
    assert message is not None
    assert "no web address" in message.text
    clipboard.setText(f" {site.address('/gulls')}\n")
    room.desk.do(Command.OPEN_COPIED_ADDRESS)
    answer(room, Remedy.FETCH)
    room.qtbot.waitUntil(lambda: title(room) == "Gulls")


def test_a_link_dropped_with_a_file_is_asked_about_once_that_is_opened(
    room: WindowRoom, site: PageServer, tmp_path: Path
) -> None:
    path = tmp_path / "herons.txt"
    path.write_text("Herons stand still.", encoding="utf-8")
    dropped = QMimeData()
    dropped.setUrls([QUrl(site.address("/gulls")), QUrl.fromLocalFile(str(path))])
    _drop(room, dropped)
    room.qtbot.waitUntil(lambda: title(room) == "herons")
    message = room.desk.window.messages.message
    assert message is not None
    assert site.address("/gulls") in message.text
    assert site.visits == []


@pytest.mark.parametrize("as_text", [False, True])
def test_a_dropped_link_is_asked_about(room: WindowRoom, site: PageServer, as_text: bool) -> None:
    dropped = QMimeData()
    address = site.address("/gulls")
    if as_text:
        dropped.setText(address)
    else:
        dropped.setUrls([QUrl(address)])
    _drop(room, dropped)
    message = room.desk.window.messages.message
    assert message is not None
    assert address in message.text
    assert site.visits == []


def _drop(room: WindowRoom, dropped: QMimeData) -> None:
    event = QDropEvent(
        QPoint(10, 10),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    room.desk.window.dropEvent(event)
