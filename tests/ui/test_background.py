"""Work beside the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reader.errors import SottovoceError, SpeechProcessFailed
from reader.ui.background import Background
from tests.patience import PATIENCE_S


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    """Return one that is closed at the end."""
    assert qtbot
    made = Background()
    yield made
    made.close()


def _unwanted(error: SottovoceError) -> None:
    raise AssertionError(error)


def test_the_work_has_a_thread_of_its_own_and_the_answer_ours(
    background: Background, qtbot: QtBot
) -> None:
    here = threading.current_thread()
    answers: list[tuple[threading.Thread, threading.Thread]] = []
    background.run(
        threading.current_thread,
        lambda worker: answers.append((worker, threading.current_thread())),
        _unwanted,
    )
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0][0] is not here
    assert answers[0][1] is here


def test_what_was_expected_to_go_wrong_is_told(background: Background, qtbot: QtBot) -> None:
    failures: list[SottovoceError] = []

    def fail() -> None:
        raise SpeechProcessFailed("it died")

    background.run(fail, lambda _: None, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert str(failures[0]) == "it died"


def test_a_bug_is_raised_where_it_is_seen(background: Background, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        background.run(lambda: [][0], lambda _: None, _unwanted)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is IndexError


def test_a_forgotten_answer_is_dropped(background: Background, qtbot: QtBot) -> None:
    may_end = threading.Event()
    answers: list[str] = []

    def wait() -> str:
        may_end.wait(PATIENCE_S)
        return "late"

    task = background.run(wait, answers.append, _unwanted)
    task.forget()
    may_end.set()
    background.run(lambda: "next", answers.append, _unwanted)
    qtbot.waitUntil(lambda: "next" in answers)
    assert answers == ["next"]


def test_waiting_tells_the_answer_here_and_once(background: Background, qtbot: QtBot) -> None:
    answers: list[int] = []
    assert background.run(lambda: 7, answers.append, _unwanted).wait(PATIENCE_S)
    assert answers == [7]
    qtbot.wait(20)
    assert answers == [7]


def test_waiting_no_longer_than_asked(background: Background) -> None:
    may_end = threading.Event()
    answers: list[bool] = []
    task = background.run(lambda: may_end.wait(PATIENCE_S), answers.append, _unwanted)
    assert not task.wait(0.01)
    assert not answers
    may_end.set()
