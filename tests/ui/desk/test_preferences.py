"""Settings changed in the window: written beside its thread, the newest last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.settings import Settings
from reader.app.trace import Trace
from reader.errors import OutputNotWritten
from reader.ui.desk.preferences import Preferences


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return Services(user_paths(tmp_path), Trace())


@pytest.fixture
def preferences(qtbot: QtBot, services: Services) -> Iterator[Preferences]:
    assert qtbot
    made = Preferences(services)
    yield made
    made.close()


def speed_on_disk(services: Services) -> float:
    return Settings.load(services.paths.settings).settings.speed


def test_a_change_is_written_soon_and_not_on_the_window_s_thread(
    preferences: Preferences,
    services: Services,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    writers = []
    save = Settings.save

    def noted(settings: Settings, path: Path) -> None:
        save(settings, path)
        writers.append(threading.current_thread())

    monkeypatch.setattr(Settings, "save", noted)
    preferences.change(speed=1.5)
    qtbot.waitUntil(lambda: bool(writers))
    assert speed_on_disk(services) == 1.5
    assert threading.main_thread() not in writers


def test_what_is_changed_while_the_disk_is_busy_is_written_after_it(
    preferences: Preferences,
    services: Services,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    is_begun, may_go_on = threading.Event(), threading.Event()
    save = Settings.save

    def held(settings: Settings, path: Path) -> None:
        is_begun.set()
        may_go_on.wait()
        save(settings, path)

    monkeypatch.setattr(Settings, "save", held)
    preferences.change(speed=1.5)
    qtbot.waitUntil(is_begun.is_set)
    preferences.change(speed=2.0)
    may_go_on.set()
    preferences.save()
    assert speed_on_disk(services) == 2.0


def test_closed_at_once_it_is_written_all_the_same(
    preferences: Preferences, services: Services
) -> None:
    preferences.change(speed=1.25)
    preferences.close()
    assert speed_on_disk(services) == 1.25


def test_what_could_not_be_written_is_tried_again_at_the_end(
    preferences: Preferences,
    services: Services,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[Path] = []

    def refused(_settings: Settings, path: Path) -> None:
        tried.append(path)
        raise OutputNotWritten(path, "the disk is full")

    with monkeypatch.context() as full:
        full.setattr(Settings, "save", refused)
        preferences.change(speed=1.5)
        qtbot.waitUntil(lambda: bool(tried) and not preferences._background._running)
    preferences.close()
    assert speed_on_disk(services) == 1.5
