"""The quiet messages, and what they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader import errors
from reader.text.document import Document, Fingerprint, Notice, NoticeKind
from reader.ui.look.controls import TextButton
from reader.ui.look.theme import Theme
from reader.ui.window import messages
from reader.ui.window.message_bar import MessageBar
from reader.ui.window.messages import Message, Remedy, Subject

PATH = Path("letter.txt")


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    """Return a bar in a window 900 px wide."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    made = MessageBar(Theme("light"), window)
    made.changed.connect(lambda: made.place(window.width(), 500))
    return made


def message(subject: Subject, text: str, *remedies: Remedy) -> Message:
    """Return a message."""
    return Message(subject, text, remedies)


def test_the_one_before_comes_back(bar: MessageBar) -> None:
    first = message(Subject.TEXT, "first", Remedy.TRY_AGAIN)
    bar.show_message(first)
    bar.show_message(message(Subject.DEVICE, "second", Remedy.TRY_AGAIN))
    assert bar.close_message()
    assert bar.message == first
    assert bar.close_message()
    assert not bar.isVisible()
    assert not bar.close_message()


def test_a_later_one_about_the_same_takes_its_place(bar: MessageBar) -> None:
    bar.show_message(message(Subject.TEXT, "first", Remedy.TRY_AGAIN))
    bar.show_message(message(Subject.TEXT, "second", Remedy.TRY_AGAIN))
    bar.settle(Subject.TEXT)
    assert bar.message is None


def test_a_remedy_is_told_and_closes_the_message(bar: MessageBar) -> None:
    shown = message(Subject.VOICE, "no voice", Remedy.TRY_AGAIN, Remedy.CHOOSE_VOICE)
    bar.show_message(shown)
    chosen: list[tuple[Message, Remedy]] = []
    bar.remedy_chosen.connect(lambda *what: chosen.append(what))
    button = next(b for b in bar.findChildren(TextButton) if b.text() == "Choose a voice")
    button.click()
    assert chosen == [(shown, Remedy.CHOOSE_VOICE)]
    assert bar.message is None


@pytest.mark.parametrize("room", [360, 560, 900, 1600])
@pytest.mark.parametrize("text", ["Short.", "/a/long/path" * 12 + " is no text at all."])
def test_it_fits_in_the_window_and_shows_everything(bar: MessageBar, room: int, text: str) -> None:
    bar.show_message(message(Subject.TEXT, text, Remedy.TRY_AGAIN, Remedy.CHOOSE_TEXT))
    bar.place(room, 500)
    assert bar.x() >= 0
    assert bar.geometry().right() <= room
    assert bar.geometry().bottom() < 500
    children = [child for child in bar.findChildren(QWidget) if child.isVisible()]
    for number, child in enumerate(children):
        assert bar.rect().contains(child.geometry())
        for other in children[number + 1 :]:
            assert not child.geometry().intersects(other.geometry())


@pytest.mark.parametrize(
    ("error", "can_try_again"),
    [
        (errors.TextMissing(PATH), True),
        (errors.TextEmpty(PATH), True),
        (errors.TextNotPermitted(PATH), True),
        (errors.TextIsFolder(PATH), False),
        (errors.TextIsBinary(PATH), False),
        (errors.TextTooLarge(PATH, 3_000_000_000, 500_000_000), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_what_may_pass_can_be_tried_again(
    error: errors.UnreadableText, can_try_again: bool
) -> None:
    said = messages.about_text(error)
    assert (Remedy.TRY_AGAIN in said.remedies) is can_try_again
    assert said.remedies[-1] is Remedy.CHOOSE_TEXT


@pytest.mark.parametrize(("count", "words"), [(1, "One byte"), (1200, "1,200 bytes")])
def test_bad_bytes_are_counted(count: int, words: str) -> None:
    notices = (Notice(NoticeKind.ENCODING_GUESSED), Notice(NoticeKind.BAD_BYTES, count))
    document = Document("", (), None, (), Fingerprint("sha256:0"), notices)
    said = messages.about_notices(document)
    assert said is not None
    assert said.text.startswith(words)


def test_a_text_read_without_fault_says_nothing() -> None:
    assert messages.about_notices(Document("", (), None, (), Fingerprint("sha256:0"))) is None
