"""What goes wrong while the real program reads aloud: it goes on, and says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.app.paths import user_paths
from tests.end_to_end import faulty_voice
from tests.end_to_end.desk import Desk
from tests.end_to_end.test_window import Sitting

pytestmark = pytest.mark.end_to_end

GOOD, LAST = "It begins well with this first sentence.", "It ends as well with this last one."
BAD = (
    "This one is unsayable for a voice like that.",
    "Another one is unsayable as well.",
    "The third one is unsayable too.",
)
ENDLESS = "This one is endless for a voice like that."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk at which the faulty voice is installed."""
    with Desk() as made:
        made.environment |= faulty_voice.install(tmp_path_factory.mktemp("packages"))
        yield made


def sitting_with(desk: Desk, folder: Path, *sentences: str) -> tuple[Sitting, str]:
    """Have the faulty voice read sentences; return its sitting and the text."""
    settings = user_paths(folder / "data").settings
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"voice": faulty_voice.VOICE}), encoding="utf-8")
    text = " ".join(sentences)
    return Sitting(desk, folder, "--play", content=text), text


def passages(sitting: Sitting, text: str, event: str) -> list[str]:
    """Return what of the text events are about."""
    return [text[found["start"] : found["end"]] for found in sitting.events(event)]


def test_two_sentences_that_cannot_be_said_are_left_out_and_shown(
    desk: Desk, tmp_path: Path
) -> None:
    sitting, text = sitting_with(desk, tmp_path, GOOD, *BAD[:2], LAST)
    sitting.wait_for("pause")
    assert passages(sitting, text, "word") == f"{GOOD} {LAST}".replace(".", "").split()
    assert passages(sitting, text, "skipped") == list(BAD[:2])
    assert {found["reason"] for found in sitting.events("skipped")} == {"a word in it has no sound"}
    assert sitting.end() == 0


def test_the_third_in_a_row_stops_it_there(desk: Desk, tmp_path: Path) -> None:
    sitting, text = sitting_with(desk, tmp_path, GOOD, *BAD, LAST)
    sitting.wait_for("pause")
    assert passages(sitting, text, "word") == GOOD.strip(".").split()
    assert passages(sitting, text, "skipped") == list(BAD[:2])
    assert sitting.end() == 0


def test_one_at_which_the_voice_waits_for_ever_is_left_out(desk: Desk, tmp_path: Path) -> None:
    sitting, text = sitting_with(desk, tmp_path, GOOD, ENDLESS, LAST)
    sitting.wait_for("pause")
    assert passages(sitting, text, "word") == f"{GOOD} {LAST}".replace(".", "").split()
    assert passages(sitting, text, "skipped") == [ENDLESS]
    states = [found["state"] for found in sitting.events("speech_process")]
    assert states[:3] == ["started", "died", "started"]
    assert sitting.end() == 0
