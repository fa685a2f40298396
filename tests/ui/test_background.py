"""Work beside the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reader.errors import SottovoceError, SpeechProcessFailed
from reader.ui.background import THREADS, Background
from tests.fakes.held_call import HeldCall
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


def test_only_the_last_of_several_questions_is_answered(
    background: Background, qtbot: QtBot
) -> None:
    latest, answers = background.latest(), list[str]()
    held = HeldCall(lambda: "first")
    latest.run(held, answers.append, _unwanted)
    latest.run(lambda: "second", answers.append, _unwanted)
    qtbot.waitUntil(lambda: answers == ["second"])
    assert not latest.is_awaited
    held.let_go()
    assert answers == ["second"]


def test_nor_is_told_what_went_wrong_with_an_earlier_one(
    background: Background, qtbot: QtBot
) -> None:
    latest, answers = background.latest(), list[str]()

    def fail() -> str:
        raise SpeechProcessFailed("it died")

    held = HeldCall(fail)
    latest.run(held, answers.append, _unwanted)
    latest.run(lambda: "second", answers.append, _unwanted)
    qtbot.waitUntil(lambda: answers == ["second"])
    held.let_go()
    assert answers == ["second"]


def test_what_is_done_in_turn_keeps_the_order_it_was_asked_in(
    background: Background, qtbot: QtBot
) -> None:
    in_turn, done, answers = background.in_turn(), list[str](), list[str]()

    def do(name: str) -> str:
        done.append(name)
        return name

    held = HeldCall(lambda: do("first"))
    in_turn.run(held, answers.append, _unwanted)
    in_turn.run(lambda: do("second"), answers.append, _unwanted)
    in_turn.run(lambda: do("third"), answers.append, _unwanted)
    qtbot.waitUntil(lambda: done == ["first"])
    held.let_go()
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert done == answers == ["first", "second", "third"]


def test_what_fails_holds_up_nothing_after_it(background: Background, qtbot: QtBot) -> None:
    in_turn, answers, failures = background.in_turn(), list[str](), list[SottovoceError]()

    def fail() -> str:
        raise SpeechProcessFailed("it died")

    in_turn.run(fail, answers.append, failures.append)
    in_turn.run(lambda: "second", answers.append, _unwanted)
    qtbot.waitUntil(lambda: answers == ["second"])
    assert len(failures) == 1


def test_once_closed_nothing_is_begun(background: Background) -> None:
    background.close()
    begun: list[int] = []
    for runs in (background, background.latest(), background.in_turn()):
        assert runs.run(lambda: begun.append(1), lambda _: None, _unwanted).wait(0)
    assert begun == []


def test_threads_that_are_kept_do_more_work_and_end_when_no_more_are_kept(
    background: Background, qtbot: QtBot
) -> None:
    workers: list[threading.Thread] = []
    THREADS.keep(1)
    try:
        for count in (1, 2):
            # until it waits for more: else the second piece of work might come too soon for it
            qtbot.waitUntil(lambda: THREADS.idle_count == min(len(workers), 1))
            background.run(threading.current_thread, workers.append, _unwanted)
            qtbot.waitUntil(lambda: len(workers) == count)  # noqa: B023 (waited for here)
        assert workers[0] is workers[1]
    finally:
        THREADS.keep(0)
    workers[0].join(PATIENCE_S)
    assert not workers[0].is_alive()


def test_what_is_asked_for_at_once_is_done_at_once_however_few_threads_are_kept(
    background: Background, qtbot: QtBot
) -> None:
    may_end = threading.Event()
    answers: list[object] = []
    THREADS.keep(1)
    try:
        background.run(lambda: may_end.wait(PATIENCE_S), answers.append, _unwanted)
        background.run(lambda: "beside it", answers.append, _unwanted)
        qtbot.waitUntil(lambda: answers == ["beside it"])
    finally:
        THREADS.keep(0)
        may_end.set()
