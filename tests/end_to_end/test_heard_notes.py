"""Notes heard with real voices: read as asides, the text's own words in step before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from reader.app.paths import user_paths
from tests.end_to_end.desk import Desk, wait_until
from tests.end_to_end.test_window import TEXT, Sitting

pytestmark = pytest.mark.end_to_end

_NOTE = "A note stands here, **beside** the text."
_PASSAGE = "begins with this"


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Return one desk for all these tests."""
    with Desk() as made:
        yield made


def annotated(folder: Path) -> None:
    """Lay a note beside the text, on words of its first sentence."""
    start = TEXT.index(_PASSAGE)
    annotation = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:uuid:5e9f0c1a-0000-4000-8000-00000000abcd",
        "type": "Annotation",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "value": _NOTE, "format": "text/markdown"},
        "target": {
            "source": "text.txt",
            "selector": [
                {"type": "TextQuoteSelector", "exact": _PASSAGE},
                {"type": "TextPositionSelector", "start": start, "end": start + len(_PASSAGE)},
            ],
        },
    }
    (folder / "text.annotations.jsonld").write_text(json.dumps(annotation), encoding="utf-8")


@pytest.mark.parametrize("voice", ["", "pyttsx3:en-us"], ids=["the same voice", "a second one"])
def test_a_note_is_heard_between_two_sentences_and_the_words_stay_in_step(
    desk: Desk, tmp_path: Path, voice: str
) -> None:
    annotated(tmp_path)
    settings = user_paths(tmp_path / "data").settings
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"heard_notes": "after sentence", "note_voice": voice}))
    sitting = Sitting(desk, tmp_path)
    sitting.get_ready()
    sitting.press_space()
    second = TEXT.index("Then")
    wait_until(lambda: any(w["start"] > second for w in sitting.events("word")), "no word after it")
    (note,) = sitting.events("note")
    words = sitting.events("word")
    before = [word for word in words if word["t"] < note["t"]]
    after = [word for word in words if word["t"] > note["t"]]
    assert [TEXT[w["start"] : w["end"]] for w in before] == TEXT[: second - 2].split()
    assert after[0]["start"] == second
    assert after[0]["t"] - note["t"] > 1.5  # so long the note was read, and the silence after it
    heard = desk.recording()
    during = np.abs(heard.at(note["t"] + 0.2, note["t"] + 1.2).astype(np.int32))
    assert np.percentile(during, 90) > 300
    onsets = [at for at in heard.onsets(silence_s=0.25) if at > note["t"] + 1.0]
    assert min(abs(at - after[0]["t"]) for at in onsets) < 0.08
    assert sitting.end() == 0
