"""Tests of what a row of the voices window says and offers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.errors import DownloadFailed
from reader.speech.engine import Voice, VoiceId
from reader.ui.voices.sample_sentences import sample_sentence
from reader.ui.voices.voice_downloads import Failed, Fetching, Held
from reader.ui.voices.voice_row_content import (
    Act,
    Question,
    RowState,
    Sample,
    content_of,
    plain,
    share_words,
    size_words,
    stock_words,
)
from reader.ui.voices.voice_shelves import region_name, shelves

AMY = Voice(
    VoiceId("piper:en_US-amy-medium"),
    "piper",
    "en-US",
    "Amy",
    True,
    True,
    "",
    63_201_294,
    "see the model card",
)
MISSING = replace(AMY, is_installed=False, is_available=False, reason="not installed")
BROKEN = replace(AMY, is_available=False, reason="its configuration is damaged")


@pytest.mark.parametrize(
    ("voice", "state", "detail", "acts"),
    [
        pytest.param(
            AMY,
            RowState(is_removable=True),
            "United States  ·  medium quality  ·  63 MB  ·  licence: see the model card",
            (Act.HEAR, Act.USE, Act.REMOVE),
            id="installed",
        ),
        pytest.param(
            AMY,
            RowState(is_current=True, sample=Sample.COMING),
            "Getting the voice ready…",
            (Act.STOP,),
            id="the one that reads, about to be heard",
        ),
        pytest.param(
            BROKEN,
            RowState(is_removable=True),
            "Not available: its configuration is damaged",
            (Act.REMOVE,),
            id="damaged",
        ),
        pytest.param(
            MISSING,
            RowState(question=Question.FETCH, address="https://a.example/b/resolve/main/"),
            "This will fetch 63 MB from a.example/b.",
            (Act.FETCH, Act.NOT_NOW),
            id="before it is fetched",
        ),
        pytest.param(
            AMY,
            RowState(question=Question.REMOVE, sharing_count=15),
            "Remove it, with 15 others in the same files? 63 MB come free.",
            (Act.REALLY_REMOVE, Act.KEEP),
            id="before it is removed with others",
        ),
        pytest.param(
            MISSING,
            RowState(fetch=Fetching(23_000_000)),
            "23 of 63 MB",
            (Act.PAUSE, Act.CANCEL),
            id="coming",
        ),
        pytest.param(
            MISSING,
            RowState(fetch=Fetching(63_201_294, is_checking=True)),
            "Checking…",
            (Act.PAUSE, Act.CANCEL),
            id="being checked",
        ),
        pytest.param(
            MISSING,
            RowState(fetch=Held(5_000_000)),
            "Paused at 5 of 63 MB",
            (Act.RESUME, Act.CANCEL),
            id="paused",
        ),
        pytest.param(
            MISSING,
            RowState(fetch=Failed(DownloadFailed("https://a.example", "there is no answer"))),
            "Fetching https://a.example failed: there is no answer. What has come so far is kept.",
            (Act.TRY_AGAIN, Act.CANCEL),
            id="failed",
        ),
    ],
)
def test_a_row_says_how_it_stands_and_what_can_be_done(
    voice: Voice, state: RowState, detail: str, acts: tuple[Act, ...]
) -> None:
    content = content_of(voice, state)
    assert (content.detail, content.acts) == (detail, acts)


def test_progress_is_a_share_of_the_whole() -> None:
    assert content_of(AMY, RowState()).progress is None
    half = content_of(MISSING, RowState(fetch=Fetching(31_600_647))).progress
    assert half == pytest.approx(0.5)


def test_sizes_and_addresses_are_written_as_people_say_them() -> None:
    assert [size_words(n) for n in (4_200, 63_201_294, 1_234_000_000)] == [
        "4 kB",
        "63 MB",
        "1,234 MB",
    ]
    assert share_words(1_500, 300_000) == "2 of 300 kB"
    assert plain("https://voices.example/a/b/resolve/main/") == "voices.example/a/b"
    assert plain("https://a.example/b/ https://c.example/d/releases/download/v1/") == (
        "a.example/b and c.example/d"
    )


def test_the_foot_counts_voices_and_names_where_others_come_from() -> None:
    twin = replace(AMY, id=VoiceId("piper:en_US-twin-low"))
    address = "https://voices.example/a/resolve/main/"
    assert stock_words([AMY, twin], [address, address]) == (
        "2 voices on this machine, 126 MB. Others come from voices.example/a, when you ask for one."
    )
    assert stock_words([], [address]).startswith("Others come")
    assert stock_words([BROKEN], [address]).startswith("Others come"), "it can't speak"


@pytest.mark.parametrize(
    ("tag", "region"), [("en-GB", "United Kingdom"), ("de", ""), ("zh-Hant-TW", "Taiwan"), ("", "")]
)
def test_a_country_is_told_where_the_tag_names_one(tag: str, region: str) -> None:
    assert region_name(tag) == region


def test_shelves_are_by_language_with_what_is_here_first() -> None:
    system = replace(AMY, id=VoiceId("pyttsx3:en"), engine="pyttsx3", language="en", name="eSpeak")
    german = replace(MISSING, id=VoiceId("piper:de_DE-x-low"), language="de-DE", name="X")
    nameless = replace(BROKEN, id=VoiceId("other:"), engine="other", language="")
    found = shelves([system, german, MISSING, replace(AMY, name="Zoe"), nameless])
    assert [shelf.name for shelf in found] == ["On this machine", "English", "German", "Other"]
    assert [voice.name for voice in found[1].voices] == ["Zoe", "Amy", "eSpeak"]
    assert [voice.engine for voice in found[0].voices] == ["piper", "other"]


@pytest.mark.parametrize("wanted", ["amy", "ENGLISH", "united am", "en_us", "  "])
def test_a_voice_is_found_by_name_language_country_or_id(wanted: str) -> None:
    assert [shelf.name for shelf in shelves([MISSING], wanted)] == ["English"]


def test_what_is_nowhere_is_not_found() -> None:
    assert shelves([AMY], "amy german") == []


@pytest.mark.parametrize(
    ("language", "begins"),
    [("de-AT", "Guten"), ("nb", "God kveld"), ("tlh", "Good"), ("", "Good"), ("cmn", "晚上好")],
)
def test_a_sample_is_in_the_voice_s_language_or_in_english(language: str, begins: str) -> None:
    assert sample_sentence(language).startswith(begins)
