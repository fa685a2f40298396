"""The window as a remote control sees it: what it is told, and what it gets done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.listening.desktop.media_remote import MediaRemote
from reader.ui.listening.desktop.media_session import MediaControls, MediaStatus, NowReading
from tests.ui.desk.window_room import WindowRoom, open_and_settle


@dataclass
class RecordingSession:
    """Notes what it would show."""

    controls: MediaControls
    shown: list[NowReading] = field(default_factory=list)
    jumps_s: list[float] = field(default_factory=list)
    is_closed: bool = False

    def update(self) -> None:
        """Note what is read."""
        self.shown.append(self.now)

    def jumped(self) -> None:
        """Note the position."""
        self.jumps_s.append(self.now.position_s)

    def close(self) -> None:
        """Note it."""
        self.is_closed = True

    @property
    def now(self) -> NowReading:
        """What is read."""
        now = self.controls.now()
        assert now is not None
        return now


@dataclass
class Remote:
    """A window, and what its remote control sees."""

    room: WindowRoom
    session: RecordingSession
    remote: MediaRemote


@pytest.fixture
def remote(qtbot: QtBot, tmp_path: Path) -> Iterator[Remote]:
    room = open_and_settle(qtbot, tmp_path)
    sessions: list[RecordingSession] = []

    def open_session(controls: MediaControls) -> RecordingSession:
        sessions.append(RecordingSession(controls))
        return sessions[-1]

    assert room.desk.aloud is not None
    made = MediaRemote(room.desk.aloud, room.desk.window, open_session)
    room.voice_answers()
    yield Remote(room, sessions[0], made)
    room.close()


def test_it_sees_title_and_the_sentence_to_come_before_anything_is_played(remote: Remote) -> None:
    now = remote.session.now
    assert now.title == "room"
    assert now.sentence == "The first sentence opens the room."
    assert (now.position_s, now.status) == (0.0, MediaStatus.PAUSED)
    assert now.length_s > 0


def test_play_and_pause_are_done_and_told(remote: Remote) -> None:
    remote.remote.play()
    remote.room.hear(2)
    remote.remote.pause()
    assert remote.session.shown[-1].status == "Paused"


def test_the_sentence_is_told_as_it_is_reached(remote: Remote) -> None:
    remote.remote.play()
    remote.room.voice_answers()
    remote.room.hear(17)  # six words, a pause, and into the next
    assert remote.session.shown[-1].sentence == "A second one follows it at once."


def test_next_moves_one_sentence_and_tells_the_jump(remote: Remote) -> None:
    remote.remote.next()
    remote.room.wait(lambda: remote.session.jumps_s)
    assert remote.session.now.sentence == "A second one follows it at once."
    assert remote.session.jumps_s == [remote.session.now.position_s]


def test_moving_by_time_leads_to_that_share_of_the_text(remote: Remote) -> None:
    half_s = remote.session.now.length_s / 2
    remote.remote.move_to(half_s)
    assert remote.session.now.position_s == pytest.approx(half_s, abs=1.0)


def test_length_and_position_are_the_same_at_any_speed(remote: Remote) -> None:
    remote.remote.next()
    before = remote.session.now
    remote.remote.set_speed(2.0)
    after = remote.session.shown[-1]
    assert after.speed == 2.0
    assert after.length_s == pytest.approx(before.length_s)
    assert after.position_s == pytest.approx(before.position_s)


def test_after_closing_nothing_is_told(remote: Remote) -> None:
    remote.remote.close()
    told = len(remote.session.shown)
    remote.remote.play()
    assert remote.session.is_closed
    assert len(remote.session.shown) == told


def test_without_a_session_the_window_works_as_ever(remote: Remote) -> None:
    assert remote.room.desk.aloud is not None
    silent = MediaRemote(remote.room.desk.aloud, remote.room.desk.window, lambda _controls: None)
    silent.play()
    assert remote.session.shown[-1].status is MediaStatus.PLAYING
    silent.close()
