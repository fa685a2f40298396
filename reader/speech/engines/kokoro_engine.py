"""Kokoro: natural English voices, with word marks from the durations its model gives phonemes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import EngineUnavailable, VoiceNotInstalled
from reader.speech.engine import (
    Cancellation,
    EngineAbilities,
    Precision,
    SpokenAudio,
    VoiceId,
)
from reader.speech.engine_faults import fault_words
from reader.speech.engines.breaths import Breath, breaths, say_in_breaths
from reader.speech.engines.float_convolutions import with_float_convolutions
from reader.speech.engines.kokoro_symbols import (
    EDGE,
    SYMBOL_IDS,
    kokoro_symbols,
    with_words_parted,
)
from reader.speech.engines.kokoro_voices import ENGINE, is_british, kokoro_files
from reader.speech.engines.model_outputs import output_declaration
from reader.speech.engines.onnx_session import run_model, session_of
from reader.speech.engines.phonemiser import Phonemiser, keep_voice_of_espeak
from reader.speech.marks import spoken_words
from reader.speech.pcm import snapped_to_onsets, sounding_range
from reader.speech.word_times import PhonemeTimes, word_marks

if TYPE_CHECKING:
    import numpy as np
    import onnxruntime
    from numpy.typing import NDArray

_SAMPLE_RATE = 24_000
_STYLE_SIZE = 256
_STYLES = 510  # one for each number of symbols the model takes
_AUDIO, _DURATIONS = "audio", "/encoder/Clip_output_0"
_DEAREST = "/decoder/decoder/generator/"
"""Where the model turns frames into samples: 97 % of its time."""
_LONGEST_BREATH = 150
_MOST_SYMBOLS = 160
"""Characters and symbols synthesised at once (about 10 s). Memory grows with them: 160 symbols take
the process to 410 MB for a moment, from 250 between."""
_LEAD_S, _EARLIER_S = 0.040, 0.120
"""How much earlier than the model says a word is heard in running speech, the median against forced
alignment of 900 words, and how much at most after a pause, where the sound itself tells."""


@dataclass(frozen=True, slots=True)
class _LoadedVoice:
    id: VoiceId
    styles: NDArray[np.float32]
    phonemiser: Phonemiser


class KokoroEngine:
    """Speaks English with the voices of one model, in which nothing is random."""

    name = ENGINE

    def __init__(self, voices_dir: Path) -> None:
        self._voices_dir = voices_dir
        self._model: tuple[Path, onnxruntime.InferenceSession] | None = None
        self._loaded: _LoadedVoice | None = None

    def abilities(self, voice: VoiceId) -> EngineAbilities:
        """Word marks, with every voice."""
        self._voice(voice)
        return EngineAbilities(Precision.WORD, can_cancel=True)

    def load(self, voice: VoiceId) -> None:
        """Make the voice ready; the model is loaded once for all voices."""
        self._voice(voice)

    def release(self) -> None:
        """Let go of the model, which takes 250 MB, and of the voice."""
        self._model = self._loaded = None

    def synthesise(
        self, spoken: str, _language: str, voice: VoiceId, cancellation: Cancellation, /
    ) -> SpokenAudio:
        """Say one utterance, as English."""
        loaded, session = self._voice(voice)

        def count_symbols(part: str) -> int:
            phonemes = loaded.phonemiser.phonemes(part)
            return len(kokoro_symbols(phonemes, is_british=is_british(voice)))

        (whole,) = say_in_breaths(
            spoken,
            breaths(spoken, _LONGEST_BREATH, count_symbols, _MOST_SYMBOLS),
            lambda part: _say(loaded, session, part, cancellation),
            _SAMPLE_RATE,
            Precision.WORD,
            cancellation,
        )
        return whole

    def _voice(self, voice: VoiceId) -> tuple[_LoadedVoice, onnxruntime.InferenceSession]:
        if self._loaded is None or self._model is None or self._loaded.id != voice:
            files = kokoro_files(voice, self._voices_dir)
            self._loaded = _load_voice(voice, files.styles)
            if self._model is None or self._model[0] != files.model:
                self._model = None  # its memory is free before the next model takes some
                self._model = files.model, _load_model(voice, files.model)
        return self._loaded, self._model[1]


def _load_voice(voice: VoiceId, styles: Path) -> _LoadedVoice:
    try:
        import numpy as np
        from piper.phonemize_espeak import EspeakPhonemizer
    except Exception as error:  # a library made for another machine fails in ways of its own
        raise EngineUnavailable(ENGINE, fault_words(error)) from error
    try:
        vectors = np.fromfile(styles, dtype="<f4").reshape(_STYLES, _STYLE_SIZE)
    except (OSError, ValueError) as error:
        raise VoiceNotInstalled(voice) from error
    keep_voice_of_espeak()
    espeak = EspeakPhonemizer()
    accent = "en" if is_british(voice) else "en-us"
    return _LoadedVoice(voice, vectors, Phonemiser(lambda text: espeak.phonemize(accent, text)))


def _load_model(voice: VoiceId, path: Path) -> onnxruntime.InferenceSession:
    try:
        return session_of(_adapted(path), is_optimised=True)
    except Exception as error:
        raise VoiceNotInstalled(voice) from error


def _adapted(model: Path) -> Iterator[bytes | memoryview]:
    """Yield the model in pieces: quicker than it was published, and telling its durations."""
    yield from with_float_convolutions(model.read_bytes(), _DEAREST, _DURATIONS)
    yield output_declaration(_DURATIONS)


def _say(
    loaded: _LoadedVoice,
    session: onnxruntime.InferenceSession,
    spoken: str,
    cancellation: Cancellation,
) -> Iterator[Breath]:
    """Yield one breath; nothing if nothing in it sounds."""
    words = spoken_words(spoken)
    joined = loaded.phonemiser.phonemes(spoken)
    phonemes, numbers = with_words_parted(
        joined, loaded.phonemiser.word_numbers(joined, spoken, words)
    )
    symbols = kokoro_symbols(phonemes, is_british=is_british(loaded.id))
    if not any(numbers[index] is not None for _, index in symbols):
        return
    samples, durations = _run(loaded, session, [symbol for symbol, _ in symbols], cancellation)
    first, end = sounding_range(samples, _SAMPLE_RATE)
    if first == end:
        return
    trimmed = samples[first:end]
    owners = [None, *(index for _, index in symbols), None]
    times = PhonemeTimes.from_ids(durations, owners, len(phonemes), len(samples))
    lead = round(_LEAD_S * _SAMPLE_RATE)
    marks = word_marks(words, phonemes, numbers, times, first, len(trimmed), lead)
    yield Breath(trimmed, snapped_to_onsets(marks, trimmed, _SAMPLE_RATE, _EARLIER_S))


def _run(
    loaded: _LoadedVoice,
    session: onnxruntime.InferenceSession,
    symbols: Sequence[str],
    cancellation: Cancellation,
) -> tuple[NDArray[np.float32], list[int]]:
    """Return samples and the duration of each symbol, its edges included, in steps of 25 ms."""
    import numpy as np

    ids = [EDGE, *(SYMBOL_IDS[symbol] for symbol in symbols), EDGE]
    style = loaded.styles[min(len(symbols), _STYLES) - 1]
    feed = {
        "tokens": np.array([ids], dtype=np.int64),
        "style": style[np.newaxis],
        "speed": np.ones(1, dtype=np.float32),
    }
    samples, durations = run_model(session, [_AUDIO, _DURATIONS], feed, cancellation)
    steps = [int(duration) for duration in durations.reshape(-1)]
    return samples.astype(np.float32).reshape(-1), steps
