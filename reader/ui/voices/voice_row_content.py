"""What the voices window says of one voice, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import assert_never
from urllib.parse import urlsplit

from reader.app.wording import sentence_for
from reader.speech.engine import Voice
from reader.speech.voices.catalogue import published_voices
from reader.speech.voices.install import place_of
from reader.ui.voices.voice_downloads import Failed, Fetch, Fetching, Held
from reader.ui.voices.voice_shelves import region_name
from reader.ui.window.voice_words import kind_of_engine
from reader.values import value

_QUALITIES = {"x_low": "very low", "low": "low", "medium": "medium", "high": "high"}


class Act(StrEnum):
    """What can be done with a voice; the values are the words on the buttons."""

    HEAR = "Hear it"
    STOP = "Stop"
    USE = "Use"
    REMOVE = "Remove"
    REALLY_REMOVE = "Remove it"
    KEEP = "Keep it"
    DOWNLOAD = "Download"
    FETCH = "Fetch it"
    NOT_NOW = "Not now"
    PAUSE = "Pause"
    RESUME = "Resume"
    CANCEL = "Cancel"
    TRY_AGAIN = "Try again"


class Question(StrEnum):
    """What a row waits for an answer to."""

    FETCH = "fetch"
    REMOVE = "remove"


class Sample(StrEnum):
    """How far a sample of the voice is."""

    SILENT = "silent"
    COMING = "coming"
    SOUNDING = "sounding"


@value
class RowState:
    """What holds for a voice beside what it is."""

    fetch: Fetch | None = None
    question: Question | None = None
    sample: Sample = Sample.SILENT
    is_current: bool = False
    is_removable: bool = False
    is_recommended: bool = False
    address: str = ""
    complaint: str = ""
    fault: str = ""
    """Why its engine could not speak when it was last asked to, since the start; a clause."""
    sharing_count: int = 0
    """How many other voices come and go with it, in the same files."""


@value
class RowContent:
    """A row as it is shown. `progress` is the share that has come, None where nothing comes."""

    title: str
    detail: str
    acts: tuple[Act, ...]
    progress: float | None = None
    is_alert: bool = False


def content_of(voice: Voice, state: RowState) -> RowContent:
    """Return what is shown of a voice."""
    size, others = size_words(voice.size_bytes), _others(state.sharing_count)
    match state.question:
        case Question.FETCH:
            told = f"This will fetch {size} from {plain(state.address)}{others}."
            return RowContent(voice.name, told, (Act.FETCH, Act.NOT_NOW), is_alert=True)
        case Question.REMOVE:
            told = f"Remove it{others}? {size} come free."
            acts = (Act.REALLY_REMOVE, Act.KEEP)
            return RowContent(voice.name, told, acts, is_alert=True)
        case None:
            pass
        case _:
            assert_never(state.question)
    if state.fetch is not None:
        return _content_while_fetched(voice, state.fetch)
    if not voice.is_installed:
        return RowContent(voice.name, state.complaint or _praised(voice, state), (Act.DOWNLOAD,))
    remove = (Act.REMOVE,) if state.is_removable else ()
    if not voice.is_available:
        return RowContent(voice.name, f"Not available: {voice.reason}", remove)
    hear = Act.HEAR if state.sample is Sample.SILENT else Act.STOP
    if state.fault and state.sample is Sample.SILENT:
        told = f"Not available: {state.fault}"
        return RowContent(voice.name, told, (hear, *remove), is_alert=True)
    use = () if state.is_current else (Act.USE,)
    facts = state.complaint or _praised(voice, state)
    if state.sample is Sample.COMING:
        facts = "Getting the voice ready…"
    return RowContent(voice.name, facts, (hear, *use, *remove), is_alert=bool(state.complaint))


def _content_while_fetched(voice: Voice, fetch: Fetch) -> RowContent:
    whole = max(voice.size_bytes, 1)
    match fetch:
        case Fetching(done_bytes, is_checking):
            told = "Checking…" if is_checking else share_words(done_bytes, whole)
            acts = (Act.PAUSE, Act.CANCEL)
            return RowContent(voice.name, told, acts, min(done_bytes / whole, 1.0))
        case Held(done_bytes):
            told = f"Paused at {share_words(done_bytes, whole)}"
            acts = (Act.RESUME, Act.CANCEL)
            return RowContent(voice.name, told, acts, min(done_bytes / whole, 1.0))
        case Failed(error):
            acts = (Act.TRY_AGAIN, Act.CANCEL)
            return RowContent(voice.name, sentence_for(error), acts, is_alert=True)
        case _:
            assert_never(fetch)


def _others(sharing_count: int) -> str:
    if not sharing_count:
        return ""
    return f", with {sharing_count} {'other' if sharing_count == 1 else 'others'} in the same files"


def _praised(voice: Voice, state: RowState) -> str:
    facts = facts_of(voice)
    return f"Recommended on this machine  ·  {facts}" if state.is_recommended else facts


def facts_of(voice: Voice) -> str:
    """Return country, quality, size and licence, as far as they are known."""
    published = published_voices().get(voice.id)
    quality = _QUALITIES.get(published.quality, published.quality) if published else ""
    has_files = published is not None or voice.size_bytes >= 1_000_000
    facts = (
        region_name(voice.language),
        "" if published else kind_of_engine(voice.engine),
        f"{quality} quality" if quality else "",
        size_words(voice.size_bytes) if has_files else "",
        f"licence: {voice.licence}" if voice.licence else "",
    )
    return "  ·  ".join(fact for fact in facts if fact)


def stock_words(here: Sequence[Voice], addresses: Iterable[str]) -> str:
    """Say how many voices are here that can speak, and where others come from."""
    here = [voice for voice in here if voice.is_available]
    each = {one for several in addresses for one in several.split()}
    places = " and ".join(sorted({plain(address) for address in each}))
    others = f"Others come from {places}, when you ask for one."
    if not here:
        return others
    sizes = {place_of(voice.id): voice.size_bytes for voice in here}  # some share their files
    count = f"{len(here)} {'voice' if len(here) == 1 else 'voices'}"
    return f"{count} on this machine, {size_words(sum(sizes.values()))}. {others}"


def size_words(size_bytes: int) -> str:
    """Return a size as people say it: 63 MB."""
    return f"{size_bytes / 1e6:,.0f} MB" if size_bytes >= 1e6 else f"{size_bytes / 1e3:,.0f} kB"


def share_words(done_bytes: int, whole_bytes: int) -> str:
    """Return how much of a whole has come: 23 of 63 MB."""
    if whole_bytes < 1e6:
        return f"{done_bytes / 1e3:,.0f} of {size_words(whole_bytes)}"
    return f"{done_bytes / 1e6:,.0f} of {size_words(whole_bytes)}"


def plain(addresses: str) -> str:
    """Return addresses as people read them, without what is there for machines."""
    return " and ".join(_plain_one(address) for address in addresses.split())


def _plain_one(address: str) -> str:
    parts = urlsplit(address)
    path = parts.path.partition("/resolve/")[0].partition("/releases/")[0]
    return f"{parts.netloc}{path}".rstrip("/")
