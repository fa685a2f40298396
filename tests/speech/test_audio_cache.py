"""What is kept of what was spoken: found again, bounded, and never trusted blindly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.audio_cache import AudioCache, cache_key
from reader.speech.engine import Utterance, VoiceId
from reader.text.document import Place
from tests.fakes.scripted_speech import WordPlan, speak
from tests.patience import PATIENCE_S

JOE = VoiceId("piper:joe")


def utterances(sentences: int = 5) -> list[Utterance]:
    """Return a few utterances, all of the same words."""
    return list(WordPlan(sentences).utterances_from(Place(0, 0)))


ONE = utterances()[0]


def different(number: int) -> Utterance:
    """Return an utterance of words of its own."""
    return replace(utterances(1)[0], spoken=f"aaa aaa a{number}a.")


def test_what_was_saved_is_loaded_as_it_was(tmp_path: Path) -> None:
    utterance = utterances()[0]
    cache = AudioCache(tmp_path / "speech", 1_000_000)
    assert cache.load("k", utterance) is None
    cache.save("k", speak(utterance))
    assert cache.load("k", utterance) == speak(utterance)
    assert AudioCache(tmp_path / "speech", 1_000_000).load("k", utterance) == speak(utterance)


def test_the_same_words_elsewhere_light_up_where_they_stand(tmp_path: Path) -> None:
    first, *_, last = utterances()
    assert cache_key(first, JOE, "m") == cache_key(last, JOE, "m")
    cache = AudioCache(tmp_path, 1_000_000)
    cache.save("k", speak(first))
    audio = cache.load("k", last)
    assert audio is not None
    assert [word.span for word in audio.words] == [word.span for word in speak(last).words]


@pytest.mark.parametrize(
    ("changed", "voice", "model"),
    [
        pytest.param(ONE, VoiceId("piper:amy"), "m", id="another voice"),
        pytest.param(ONE, JOE, "m2", id="another model file"),
        pytest.param(replace(ONE, spoken="aaa aaa aab."), JOE, "m", id="other words"),
        pytest.param(replace(ONE, language="de"), JOE, "m", id="another language"),
        pytest.param(replace(ONE, pieces=()), JOE, "m", id="other words of the source"),
    ],
)
def test_whatever_changes_the_sound_changes_the_key(
    changed: Utterance, voice: VoiceId, model: str
) -> None:
    assert cache_key(changed, voice, model) != cache_key(ONE, JOE, "m")


def test_it_stays_within_its_limit_and_the_least_recently_used_go(tmp_path: Path) -> None:
    whole = [different(number) for number in range(6)]
    entry_bytes = len(speak(whole[0]).pcm) + 300
    cache = AudioCache(tmp_path, 3 * entry_bytes)
    for number in range(3):
        cache.save(str(number), speak(whole[number]))
        os.utime(tmp_path / str(number), (number, number))
    assert cache.load("0", whole[0]) is not None  # used again: now the youngest
    again = AudioCache(tmp_path, 3 * entry_bytes)
    again.save("3", speak(whole[3]))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "2", "3"]
    again.save("4", speak(whole[4]))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "3", "4"]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 3 * entry_bytes


@given(st.data())
def test_a_damaged_entry_is_none_and_is_thrown_away(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    utterance = utterances()[0]
    cache = AudioCache(folder, 1_000_000)
    cache.save("k", speak(utterance))
    entry = bytearray((folder / "k").read_bytes())
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(entry) - 1))
        entry[at] ^= data.draw(st.integers(1, 255))
    else:
        del entry[data.draw(st.integers(0, len(entry) - 1)) :]
    (folder / "k").write_bytes(entry)
    assert cache.load("k", utterance) is None
    assert not (folder / "k").exists()


def test_without_a_disk_nothing_is_kept_and_nothing_is_raised(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    utterance = utterances()[0]
    cache = AudioCache(tmp_path / "file" / "speech", 1_000_000)
    cache.save("k", speak(utterance))
    assert cache.load("k", utterance) is None


def test_what_an_ended_program_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "half.part").write_bytes(b"half")
    AudioCache(tmp_path, 1_000_000).save("k", speak(utterances()[0]))
    assert [path.name for path in tmp_path.iterdir()] == ["k"]


def test_on_a_disk_that_is_full_it_keeps_what_fits_and_all_is_spoken(tmp_path: Path) -> None:
    program = f"{sys.executable} -m tests.speech.full_disk_process {tmp_path}"
    mounting = f"mount -t tmpfs -o size=256k tmpfs {tmp_path} && exec {program}"
    told = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", mounting],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    assert json.loads(told.stdout) == {
        "is_full": True,
        "spoken": 9,
        "kept_some": True,
        "kept_as_spoken": True,
        "left_over": [],
        "keeps_again": True,
    }
