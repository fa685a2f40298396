"""Texts that want a password, and pictures of pages whose text is recognised, in the window."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.errors import TextMissing, TextNotRecognised
from reader.formats.pdf import recognition
from reader.formats.pdf.process import PdfProcess
from reader.formats.pdf.recognition import Cancelled, recognise
from reader.formats.registry import open_document
from reader.text.document import BlockKind
from reader.ui.desk import reluctant_texts
from reader.ui.desk.reluctant_texts import ReluctantTexts
from reader.ui.window.messages import Message, Remedy
from reader.ui.window.password_popover import PasswordPopover
from tests.fakes.held_call import HeldCall
from tests.formats.pdf.raw_pdf import paragraph, pdf_of_pages, pdf_of_picture
from tests.ui.desk.window_room import Opener, WindowRoom

ENCRYPTED = Path(__file__).parents[2] / "formats" / "pdf" / "encrypted.pdf"


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened()


def scanned(folder: Path, *, page_count: int = 1) -> Path:
    """Return a file with pictures of pages that have a few words on them."""
    folder.mkdir(exist_ok=True)
    printed = folder / "printed.pdf"
    words = "The button made him feel responsible, and he listened to all of it."
    printed.write_bytes(pdf_of_pages([paragraph(words, size=16, pitch=24)]))
    process = PdfProcess(printed, "")
    process.open()
    width, height = 1240, 1754
    painted = process.ask("picture", page=0, width=width, height=height)
    process.close()
    path = folder / "scanned.pdf"
    grey = painted.payload[1::4]
    path.write_bytes(pdf_of_picture(grey, width, height, page_count=page_count))
    printed.unlink()
    return path


def asking(room: WindowRoom) -> PasswordPopover:
    room.wait(lambda: room.desk.window.findChildren(PasswordPopover))
    return room.desk.window.findChildren(PasswordPopover)[-1]


def offered(room: WindowRoom, remedy: Remedy) -> Message:
    """Wait for a message that offers this, and return it."""
    room.wait(lambda: (said := room.message()) is not None and remedy in said.remedies)
    message = room.message()
    assert message is not None
    return message


def shown_title(room: WindowRoom) -> str:
    document = room.desk.window.view.document
    assert document is not None
    return document.title


def test_a_locked_text_opens_with_its_password(room: WindowRoom) -> None:
    room.desk._text.open(ENCRYPTED)
    first = asking(room)
    assert first.field.echoMode() is first.field.EchoMode.Password
    QTest.keyClicks(first.field, "simsim")
    QTest.keyClick(first.field, Qt.Key.Key_Return)
    room.wait(lambda: any(p is not first for p in room.desk.window.findChildren(PasswordPopover)))
    second = asking(room)
    QTest.keyClicks(second.field, "sesame")
    QTest.keyClick(second.field, Qt.Key.Key_Return)
    room.wait(lambda: shown_title(room) == "What the Ear Keeps")
    assert room.message() is None


def test_a_text_that_isnt_unlocked_leaves_the_one_before(room: WindowRoom) -> None:
    room.desk._text.open(ENCRYPTED)
    QTest.keyClick(asking(room), Qt.Key.Key_Escape)
    message = room.message()
    assert message is not None
    assert message.remedies == (Remedy.ENTER_PASSWORD, Remedy.CHOOSE_TEXT)
    assert shown_title(room) == "room"


def test_without_tesseract_it_is_said_what_to_do(
    room: WindowRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scanned(tmp_path / "scans")
    monkeypatch.setenv("PATH", str(tmp_path))
    room.desk._text.open(path)
    message = offered(room, Remedy.CHOOSE_TEXT)
    assert "Install Tesseract" in message.text
    assert Remedy.RECOGNISE not in message.remedies


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not on this machine")
def test_the_text_of_pictures_is_recognised_and_opened(room: WindowRoom, tmp_path: Path) -> None:
    path = scanned(tmp_path / "scans")
    room.desk._text.open(path)
    message = offered(room, Remedy.RECOGNISE)
    room.desk.window.messages.remedy_chosen.emit(message, Remedy.RECOGNISE)
    room.qtbot.waitUntil(lambda: shown_title(room) == "scanned (recognised)")
    assert "button made him feel responsible" in " ".join(room.text.split())
    document = room.desk.window.view.document
    assert document is not None
    assert document.printed is not None
    kinds = {block.kind for block in document.sections[0].blocks}
    assert kinds == {BlockKind.PARAGRAPH}  # Tesseract's letters are of one width, and no code
    assert (tmp_path / "scans" / "scanned (recognised).pdf").exists()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not on this machine")
def test_recognising_can_be_stopped(room: WindowRoom, tmp_path: Path) -> None:
    path = scanned(tmp_path / "scans", page_count=400)
    room.desk._text.open(path)
    message = offered(room, Remedy.RECOGNISE)
    room.desk.window.messages.remedy_chosen.emit(message, Remedy.RECOGNISE)
    room.qtbot.waitUntil(
        lambda: (said := room.message()) is not None and "page 2 of 400" in said.text,
    )
    working = offered(room, Remedy.STOP)
    room.desk.window.messages.remedy_chosen.emit(working, Remedy.STOP)
    room.wait(lambda: not room.desk._background._running)
    assert Remedy.STOP not in (said.remedies if (said := room.message()) else ())
    assert [file.name for file in path.parent.iterdir()] == ["scanned.pdf"]
    assert shown_title(room) == "room"


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not on this machine")
def test_who_stopped_goes_on_at_the_next_page(tmp_path: Path) -> None:
    path, target = scanned(tmp_path / "scans", page_count=3), tmp_path / "text.pdf"
    begun: list[int] = []

    def go_on(*, until_page: int) -> None:
        recognise(
            path,
            "",
            target,
            tmp_path / "kept",
            ["en"],
            lambda number, _count: begun.append(number),
            lambda: begun[-1] == until_page,
        )

    with pytest.raises(Cancelled):
        go_on(until_page=2)
    assert not target.exists()
    go_on(until_page=9)
    assert begun == [0, 1, 2, 2]
    assert len(open_document(target).pages) == 3
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_few_languages_installed_are_all_looked_for(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nprintf 'List:\\ndeu\\neng\\nosd\\nfra\\n'\n")
    program.chmod(0o700)
    assert recognition._languages(str(program), ["en-GB", "de"]) == "eng+deu+fra"


def test_what_goes_wrong_once_it_was_stopped_is_nobodys_business(
    room: WindowRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ReluctantTexts(room.desk._parts)
    held = HeldCall(_fail)
    monkeypatch.setattr(reluctant_texts, "recognise", held)
    texts.take(TextNotRecognised(tmp_path / "first.pdf", 3))
    texts.recognise()
    room.wait(lambda: held.is_held)
    monkeypatch.setattr(reluctant_texts, "recognise", _never_ends)
    texts.take(TextNotRecognised(tmp_path / "second.pdf", 5))
    texts.recognise()
    said = room.message()
    held.let_go()
    assert room.message() == said
    texts.stop()
    assert room.message() is None
    texts.close()


def _fail(path: Path, *_: object) -> None:
    raise TextMissing(path)


def _never_ends(*given: object) -> None:
    is_stopped = given[-1]
    assert callable(is_stopped)
    while not is_stopped():
        time.sleep(0.01)
    raise Cancelled
