"""Piper: neural voices, with word marks from the phoneme durations of the voice's own model."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import EngineUnavailable, SynthesisFailed, VoiceNotInstalled
from reader.speech.alignment import PUNCTUATION, words_of_phonemes
from reader.speech.engine import (
    Cancellation,
    EngineAbilities,
    Pause,
    Precision,
    SpokenAudio,
    VoiceId,
    WordMark,
)
from reader.speech.engines.model_outputs import (
    UnreadableModel,
    durations_output,
    output_declaration,
)
from reader.speech.engines.piper_voices import ENGINE, files_of
from reader.speech.marks import estimated_marks, spoken_words
from reader.speech.pauses import pause_frames
from reader.speech.pcm import as_pcm, snapped_to_onsets, sounding_range
from reader.speech.word_times import PhonemeTimes, word_marks

if TYPE_CHECKING:
    import numpy as np
    import onnxruntime
    from numpy.typing import NDArray
    from piper import PiperConfig, PiperVoice

_THREADS = 2
_LONGEST_BREATH = 190
_MOST_IDS = 450
"""Characters and phoneme ids synthesised at once (about 10 s). Memory grows with them: 430 ids take
the process to 360 MB for a moment, twice as many to 600."""
_LEAD_S = 0.012
"""How much earlier than the model says a word is heard in running speech: the median against forced
alignment of 3,000 words."""
_CACHED_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class _LoadedVoice:
    id: VoiceId
    voice: PiperVoice
    durations: str | None  # the name of the model's output that holds them
    phonemes_of_word: dict[str, list[str]]


class PiperEngine:
    """Speaks with one Piper voice at a time; `seed` makes the model's variation repeat itself."""

    name = ENGINE

    def __init__(self, voices_dir: Path, seed: int | None = None) -> None:
        self._voices_dir = voices_dir
        self._seed = seed
        self._loaded: _LoadedVoice | None = None

    def abilities(self, voice: VoiceId) -> EngineAbilities:
        """Word marks, unless the model hides its durations."""
        has_durations = self._voice(voice).durations is not None
        precision = Precision.WORD if has_durations else Precision.ESTIMATED
        return EngineAbilities(precision, can_cancel=True)

    def load(self, voice: VoiceId) -> None:
        """Load the voice's model in place of the one before."""
        self._voice(voice)

    def synthesise(
        self, spoken: str, _language: str, voice: VoiceId, cancellation: Cancellation, /
    ) -> SpokenAudio:
        """Say one utterance, in the voice's own language."""
        import numpy as np

        loaded = self._voice(voice)
        sample_rate = loaded.voice.config.sample_rate
        samples: list[NDArray[np.float32]] = []
        marks: list[WordMark] = []
        frames = 0
        for start, end in self._breaths(loaded, spoken):
            if cancellation.is_requested:
                raise SynthesisFailed("cancelled")
            breath, breath_marks = _say(loaded, spoken[start:end], cancellation)
            marks += [
                WordMark(
                    m.first_frame + frames, m.end_frame + frames, m.start + start, m.end + start
                )
                for m in breath_marks
            ]
            is_within = end < len(spoken) and spoken[end - 2 : end - 1] in PUNCTUATION
            pause = np.zeros(
                pause_frames(Pause.CLAUSE, sample_rate) if is_within else 0, np.float32
            )
            samples += [breath, pause]
            frames += len(breath) + len(pause)
        if not marks:
            raise SynthesisFailed("there is nothing to pronounce in it")
        precision = Precision.ESTIMATED if loaded.durations is None else Precision.WORD
        pcm = as_pcm(np.concatenate(samples), sample_rate)
        return SpokenAudio(pcm, sample_rate, tuple(marks), precision)

    def _breaths(self, loaded: _LoadedVoice, spoken: str) -> Iterator[tuple[int, int]]:
        def count_ids(part: str) -> int:
            return len(_phoneme_ids(loaded.voice.config, _phonemes(loaded.voice, part))[0])

        return breaths(spoken, _LONGEST_BREATH, count_ids, _MOST_IDS)

    def _voice(self, voice: VoiceId) -> _LoadedVoice:
        if self._loaded is None or self._loaded.id != voice:
            self._loaded = None  # its memory is free before the next model takes some
            self._loaded = _load(voice, self._voices_dir, self._seed)
        return self._loaded


def breaths(
    spoken: str, longest: int, weigh: Callable[[str], int], heaviest: int
) -> Iterator[tuple[int, int]]:
    """Yield ranges of at most `longest` characters that cover a text, cut at the best places.

    That is after the last clause, else the last word, else anywhere. What weighs more than
    `heaviest` is cut again: an ideograph takes as long as four letters.
    """
    for start, end in _cuts(spoken, longest):
        part = spoken[start:end]
        if len(part) > 1 and weigh(part) > heaviest:
            for inner_start, inner_end in breaths(part, len(part) // 2, weigh, heaviest):
                yield start + inner_start, start + inner_end
        else:
            yield start, end


def _cuts(spoken: str, longest: int) -> Iterator[tuple[int, int]]:
    start = 0
    while len(spoken) - start > longest:
        window = spoken[start : start + longest]
        clause = max(
            window.rfind(mark, longest // 3) for mark in (", ", "; ", ": ", ". ", "? ", "! ")
        )
        cut = clause + 2 if clause >= 0 else window.rfind(" ", 1) + 1
        end = start + (cut or longest)
        yield start, end
        start = end
    if start < len(spoken):
        yield start, len(spoken)


def _load(voice: VoiceId, voices_dir: Path, seed: int | None) -> _LoadedVoice:
    files = files_of(voice, voices_dir)
    try:
        import onnxruntime
        from piper import PiperConfig, PiperVoice
    except ImportError as error:
        raise EngineUnavailable(ENGINE, f"{error.name} can't be loaded") from error
    try:
        model = files.model.read_bytes()
        durations = durations_output(model)
        config = PiperConfig.from_dict(json.loads(files.configuration.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, UnreadableModel) as error:
        raise VoiceNotInstalled(voice) from error
    if durations is not None:
        model += output_declaration(durations)
    if seed is not None:
        onnxruntime.set_seed(seed)
    try:
        session = _session(model)
    except Exception as error:
        raise VoiceNotInstalled(voice) from error
    return _LoadedVoice(voice, PiperVoice(session=session, config=config), durations, {})


def _session(model: bytes) -> onnxruntime.InferenceSession:
    import onnxruntime

    # from a file, as a session keeps the bytes it is made from: 60 MB
    with tempfile.TemporaryDirectory(prefix="sottovoce-") as folder:
        path = Path(folder) / "model.onnx"
        path.write_bytes(model)
        return onnxruntime.InferenceSession(
            path, _session_options(), providers=["CPUExecutionProvider"]
        )


def _session_options() -> onnxruntime.SessionOptions:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    # planning which buffers may be used again saves nothing here; onnxruntime 1.31 took 2 s for it
    options.enable_mem_reuse = False
    # the arena is a quarter faster, but keeps what the longest sentence took: 370 to 500 MB
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return options


def _say(
    loaded: _LoadedVoice, spoken: str, cancellation: Cancellation
) -> tuple[NDArray[np.float32], Sequence[WordMark]]:
    """Return the samples of one breath and its marks; both empty if nothing in it sounds."""
    import numpy as np

    sample_rate = loaded.voice.config.sample_rate
    words = spoken_words(spoken)
    phonemes = _phonemes(loaded.voice, spoken)
    ids, owners = _phoneme_ids(loaded.voice.config, phonemes)
    nothing = np.zeros(0, dtype=np.float32)
    if not any(owner is not None for owner in owners):
        return nothing, ()
    samples, durations = _run(loaded, ids, cancellation)
    first, end = sounding_range(samples, sample_rate)
    if first == end:
        return nothing, ()
    trimmed = samples[first:end]
    if durations is None or not words:
        return trimmed, estimated_marks(spoken, words, len(trimmed))
    numbers = words_of_phonemes(phonemes, [_word_phonemes(loaded, spoken[a:b]) for a, b in words])
    times = PhonemeTimes.from_ids(durations, owners, len(phonemes), len(samples))
    lead = round(_LEAD_S * sample_rate)
    marks = word_marks(words, phonemes, numbers, times, first, len(trimmed), lead)
    return trimmed, snapped_to_onsets(marks, trimmed, sample_rate)


def _phonemes(voice: PiperVoice, spoken: str) -> list[str]:
    # [[ ]] would have Piper read what is inside as phonemes
    plain = spoken.replace("[", " ").replace("]", " ")
    sentences = [sentence for sentence in voice.phonemize(plain) if sentence]
    joined = list(sentences[0]) if sentences else []
    for sentence in sentences[1:]:
        joined += [" ", *sentence]
    return joined


def _word_phonemes(loaded: _LoadedVoice, word: str) -> list[str]:
    known = loaded.phonemes_of_word
    if word not in known:
        if len(known) >= _CACHED_WORDS:
            known.clear()
        known[word] = [p for p in _phonemes(loaded.voice, word) if p not in PUNCTUATION]
    return known[word]


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


def _run(
    loaded: _LoadedVoice, ids: Sequence[int], cancellation: Cancellation
) -> tuple[NDArray[np.float32], list[int] | None]:
    """Return samples and, where the model tells, the duration of each id in steps of its own."""
    import numpy as np
    import onnxruntime

    config, session = loaded.voice.config, loaded.voice.session
    scales = [config.noise_scale, config.length_scale, config.noise_w_scale]
    feed: dict[str, Any] = {
        "input": np.array([ids], dtype=np.int64),
        "input_lengths": np.array([len(ids)], dtype=np.int64),
        "scales": np.array(scales, dtype=np.float32),
    }
    if "sid" in {wanted.name for wanted in session.get_inputs()}:
        feed["sid"] = np.array([config.default_speaker_id], dtype=np.int64)
    options = onnxruntime.RunOptions()
    cancellation.when_requested(lambda: setattr(options, "terminate", True))
    output = session.get_outputs()[0].name
    wanted = [output] if loaded.durations is None else [output, loaded.durations]
    try:
        answers = session.run(wanted, feed, options)
    except Exception as error:
        raise SynthesisFailed("cancelled" if cancellation.is_requested else str(error)) from error
    samples = np.asarray(answers[0], dtype=np.float32).reshape(-1)
    if loaded.durations is None:
        return samples, None
    return samples, [int(steps) for steps in np.asarray(answers[1]).reshape(-1)]
