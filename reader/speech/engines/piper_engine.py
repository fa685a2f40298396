"""Piper: neural voices, with word marks from the phoneme durations of the voice's own model."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import EngineUnavailable, SynthesisFailed, VoiceNotInstalled
from reader.speech.engine import (
    Cancellation,
    EngineAbilities,
    Precision,
    SpokenAudio,
    VoiceId,
)
from reader.speech.engine_faults import fault_words
from reader.speech.engines.breaths import Breath, breaths, say_in_breaths
from reader.speech.engines.phonemiser import Phonemiser, keep_voice_of_espeak
from reader.speech.engines.piper_model import PiperModel, Sounded
from reader.speech.engines.piper_voices import ENGINE, SHIPPED_VOICE, PiperVoiceFiles, files_of
from reader.speech.marks import estimated_marks, spoken_words
from reader.speech.pcm import loudness_of, snapped_to_onsets, sounding_range, steady_gain
from reader.speech.word_times import PhonemeTimes, word_marks

if TYPE_CHECKING:
    from piper import PiperConfig

_LONGEST_BREATH = 190
_MOST_IDS = 450
"""Characters and phoneme ids synthesised at once (about 10 s). Memory grows with them: 430 ids take
the process to 240 MB for a moment, to 305 MB with a second voice that is kept."""
_KEPT_VOICES, _KEPT_BYTES = 2, 135_000_000
"""So many voices are kept loaded, while their models are no larger: two of medium quality."""
_HEARD = 0.02
"""Of full scale: what stays below is no speech yet, and can't tell where that will begin."""
_TRIAL = "One, two."
_KNOWN_LOUDNESS: Mapping[VoiceId, float] = {SHIPPED_VOICE: 0.065}
"""How loud voices are by themselves, over 120 sentences, which vary by 1 dB. What isn't known is
told by a trial when the voice is loaded, which takes a tenth of a second."""
_LEAD_S = 0.012
"""How much earlier than the model says a word is heard in running speech: the median against forced
alignment of 3,000 words."""


@dataclass(frozen=True, slots=True)
class _LoadedVoice:
    config: PiperConfig
    model: PiperModel
    phonemiser: Phonemiser
    gain: float  # that brings it to the loudness of other voices
    size_bytes: int  # of the model's file


class PiperEngine:
    """Speaks with Piper voices, keeping those that alternate. A text sounds the same each time.

    A text and its notes are said by two voices in turn: loading one anew at each change would be
    heard as a gap. More than two, or larger ones, would take too much memory.
    """

    name = ENGINE

    def __init__(self, voices_dir: Path) -> None:
        self._voices_dir = voices_dir
        self._loaded: OrderedDict[VoiceId, _LoadedVoice] = OrderedDict()  # the last used is last

    def abilities(self, voice: VoiceId) -> EngineAbilities:
        """Word marks, unless the model hides its durations."""
        return EngineAbilities(_precision(self._voice(voice)), can_cancel=True)

    def load(self, voice: VoiceId) -> None:
        """Load the voice's model, if it isn't kept."""
        self._voice(voice)

    def release(self) -> None:
        """Let go of the voices that are kept."""
        self._loaded.clear()

    def synthesise(
        self, spoken: str, _language: str, voice: VoiceId, cancellation: Cancellation, /
    ) -> SpokenAudio:
        """Say one utterance, in the voice's own language."""
        *_, whole = self._say(spoken, voice, cancellation, at_once=False)
        return whole

    def stream(
        self, spoken: str, _language: str, voice: VoiceId, cancellation: Cancellation, /
    ) -> Iterator[SpokenAudio]:
        """Say one utterance, beginning before all of it is made."""
        return self._say(spoken, voice, cancellation, at_once=True)

    def _say(
        self, spoken: str, voice: VoiceId, cancellation: Cancellation, *, at_once: bool
    ) -> Iterator[SpokenAudio]:
        loaded = self._voice(voice)
        return say_in_breaths(
            spoken,
            _breaths(loaded, spoken),
            lambda part: _say(loaded, part, cancellation, at_once=at_once),
            loaded.config.sample_rate,
            _precision(loaded),
            cancellation,
            loaded.gain,
        )

    def _voice(self, voice: VoiceId) -> _LoadedVoice:
        if voice not in self._loaded:
            files = files_of(voice, self._voices_dir)
            # the memory of others is free before the next model takes some
            self._make_room(_size_bytes(files.model))
            self._loaded[voice] = _load(voice, files)
        self._loaded.move_to_end(voice)
        return self._loaded[voice]

    def _make_room(self, size_bytes: int) -> None:
        """Let go of those used longest ago until another one of that size may be kept."""
        while self._loaded and (
            len(self._loaded) >= _KEPT_VOICES
            or size_bytes + sum(kept.size_bytes for kept in self._loaded.values()) > _KEPT_BYTES
        ):
            self._loaded.popitem(last=False)


def _size_bytes(model: Path) -> int:
    try:
        return model.stat().st_size
    except OSError:
        return 0  # that it is gone is told when it is loaded


def _load(voice: VoiceId, files: PiperVoiceFiles) -> _LoadedVoice:
    try:
        from piper import PiperConfig, PiperVoice
    except Exception as error:  # a library made for another machine fails in ways of its own
        raise EngineUnavailable(ENGINE, fault_words(error)) from error
    try:
        config = PiperConfig.from_dict(json.loads(files.configuration.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VoiceNotInstalled(voice) from error
    try:
        model = PiperModel(files.model, config)
    except Exception as error:
        raise VoiceNotInstalled(voice) from error
    keep_voice_of_espeak()
    phonemiser = Phonemiser(PiperVoice(session=model.session, config=config).phonemize)
    loudness = _KNOWN_LOUDNESS.get(voice) or _loudness(config, model, phonemiser)
    gain = steady_gain(loudness)
    return _LoadedVoice(config, model, phonemiser, gain, _size_bytes(files.model))


def _loudness(config: PiperConfig, model: PiperModel, phonemiser: Phonemiser) -> float:
    """Return how loud a voice is by itself, from something that it says; 0.0 if it can't."""
    ids, _ = _phoneme_ids(config, phonemiser.phonemes(_TRIAL))
    try:
        *_, said = model.say(ids, Cancellation())
    except SynthesisFailed:
        return 0.0  # it may still say something else
    return loudness_of(said.samples, config.sample_rate)


def _breaths(loaded: _LoadedVoice, spoken: str) -> Iterator[tuple[int, int]]:
    def count_ids(part: str) -> int:
        return len(_phoneme_ids(loaded.config, loaded.phonemiser.phonemes(part))[0])

    return breaths(spoken, _LONGEST_BREATH, count_ids, _MOST_IDS)


def _precision(loaded: _LoadedVoice) -> Precision:
    return Precision.WORD if loaded.model.has_durations else Precision.ESTIMATED


def _say(
    loaded: _LoadedVoice, spoken: str, cancellation: Cancellation, *, at_once: bool
) -> Iterator[Breath]:
    """Yield one breath, nothing if nothing in it sounds; `at_once`: also what comes first of it."""
    sample_rate = loaded.config.sample_rate
    words = spoken_words(spoken)
    phonemes = loaded.phonemiser.phonemes(spoken)
    ids, owners = _phoneme_ids(loaded.config, phonemes)
    if not any(owner is not None for owner in owners):
        return
    numbers = loaded.phonemiser.word_numbers(phonemes, spoken, words)
    lead = round(_LEAD_S * sample_rate)
    first: int | None = None
    for sounded in loaded.model.say(ids, cancellation):
        if not sounded.is_whole and not _is_heard(sounded):
            continue
        begin, end = sounding_range(sounded.samples, sample_rate)
        if begin == end:
            return
        first = begin if first is None else first  # told by what comes first, given or not
        if not sounded.is_whole and (not at_once or not words):
            continue
        trimmed = sounded.samples[first : end if sounded.is_whole else None]
        if sounded.durations is None or not words:
            yield Breath(trimmed, estimated_marks(spoken, words, len(trimmed)))
            continue
        times = PhonemeTimes.from_ids(sounded.durations, owners, len(phonemes), sounded.frame_count)
        frame_count = len(trimmed) if sounded.is_whole else sounded.frame_count
        marks = word_marks(words, phonemes, numbers, times, first, frame_count, lead)
        exact = snapped_to_onsets(marks, trimmed, sample_rate)
        yield Breath(trimmed, exact, is_whole=sounded.is_whole)


def _is_heard(sounded: Sounded) -> bool:
    return bool((abs(sounded.samples) > _HEARD).any())


def _phoneme_ids(
    config: PiperConfig, phonemes: Sequence[str]
) -> tuple[list[int], list[int | None]]:
    """Return the model's input and which phoneme each id is for; a pad belongs to the one before.

    The layout is Piper's: begin, pad, then each phoneme with a pad behind it, end.
    """
    table = config.phoneme_id_map
    pad = list(table["_"])
    ids = [*table["^"], *pad]
    owners: list[int | None] = [None] * len(ids)
    for index, phoneme in enumerate(phonemes):
        own = [*table[phoneme], *pad] if phoneme in table else []
        ids += own
        owners += [index] * len(own)
    end = list(table["$"])
    return ids + end, owners + [None] * len(end)
