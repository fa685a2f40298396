"""What remote controls are told, and under which names."""

from __future__ import annotations

import re

import pytest

from reader.text.document import Fingerprint
from reader.ui.listening.desktop.dbus_values import Int64, ObjectPath, StringList
from reader.ui.listening.desktop.media_session import MediaStatus, NowReading
from reader.ui.listening.desktop.mpris import NO_TRACK, metadata, player_properties, track_id

NOW = NowReading(
    fingerprint=Fingerprint("sha256:0a1b/2c"),
    title="A text",
    authors=("Someone", "Someone else"),
    sentence="What is read.",
    length_s=300.5,
    position_s=12.25,
    speed=1.5,
    status=MediaStatus.PLAYING,
)


def test_a_text_has_an_object_path_of_allowed_characters() -> None:
    assert re.fullmatch(r"(/[A-Za-z0-9_]+)+", track_id(NOW))


def test_metadata_holds_what_is_read_with_the_specified_types() -> None:
    assert metadata(NOW) == {
        "mpris:trackid": ObjectPath(track_id(NOW)),
        "mpris:length": Int64(300_500_000),
        "xesam:title": "A text",
        "xesam:artist": StringList(("Someone", "Someone else")),
        "xesam:asText": "What is read.",
    }


def test_without_a_text_there_is_no_track_and_nothing_can_be_played() -> None:
    properties = player_properties(None)
    assert properties["Metadata"] == {"mpris:trackid": ObjectPath(NO_TRACK)}
    assert properties["PlaybackStatus"] == "Stopped"
    can = {name for name, value in properties.items() if name.startswith("Can") and value}
    assert can == {"CanControl"}


@pytest.mark.parametrize("status", list(MediaStatus))
def test_the_player_tells_status_rate_and_position(status: MediaStatus) -> None:
    now = NowReading(Fingerprint("x"), "", (), "", 10.0, 2.0, 0.5, status)
    properties = player_properties(now)
    assert properties["PlaybackStatus"] == status.value
    assert properties["Rate"] == 0.5
    assert properties["Position"] == Int64(2_000_000)
    assert all(properties[name] for name in properties if name.startswith("Can"))
