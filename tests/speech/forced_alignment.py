"""Forced alignment by pocketsphinx: when each word of known speech starts, told independently."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from pocketsphinx import Decoder, get_model_path

_RATE = 16_000
_FRAME_S = 0.01
_SILENCE_S = 0.2


class NotAligned(Exception):
    """The aligner could not find the words in the sound."""


@cache
def known_words() -> frozenset[str]:
    """Return the words of the aligner's dictionary, in small letters."""
    lines = (_model() / "cmudict-en-us.dict").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split()[0].split("(")[0] for line in lines)


def word_starts(pcm: bytes, sample_rate: int, words: Sequence[str]) -> list[float]:
    """Return the start of each word in seconds; the words must be in the aligner's dictionary.

    Raises NotAligned.
    """
    decoder = _decoder()
    decoder.reinit_feat()  # else what it heard before changes what it hears now
    wanted = [word.lower() for word in words]
    decoder.set_align_text(" ".join(wanted))
    audio = _at_16_khz(pcm, sample_rate)
    try:
        _decode(decoder, audio)
        decoder.set_alignment()
        _decode(decoder, audio)
        found = [entry for entry in decoder.get_alignment() if entry.name[0] not in "<(["]
    except RuntimeError as error:
        raise NotAligned(" ".join(wanted)) from error
    if [entry.name.split("(")[0] for entry in found] != wanted:
        raise NotAligned(" ".join(wanted))
    return [entry.start * _FRAME_S - _SILENCE_S for entry in found]


def _model() -> Path:
    return Path(get_model_path()) / "en-us"


@cache
def _decoder() -> Decoder:
    """Return the one decoder: to read its model takes a fifth of a second."""
    return Decoder(
        lm=None,
        dict=str(_model() / "cmudict-en-us.dict"),
        hmm=str(_model() / "en-us"),
        loglevel="FATAL",
        backtrace=False,
    )


def _decode(decoder: Decoder, audio: bytes) -> None:
    decoder.start_utt()
    decoder.process_raw(audio, full_utt=True)
    decoder.end_utt()


def _at_16_khz(pcm: bytes, sample_rate: int) -> bytes:
    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float64)
    seconds = np.arange(0, len(samples) / sample_rate, 1 / _RATE)
    resampled = np.interp(seconds, np.arange(len(samples)) / sample_rate, samples)
    silence = np.zeros(int(_SILENCE_S * _RATE))
    whole = np.concatenate([silence, resampled / np.abs(resampled).max() * 29_000, silence])
    noise = np.random.default_rng(0).normal(0, 3, len(whole))  # the aligner expects some
    return (whole + noise).astype("<i2").tobytes()
