"""The model of a Piper voice, run by onnxruntime: phoneme ids in, samples out, soon if need be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.speech.engine import Cancellation
from reader.speech.engines.given_noise import with_given_noise
from reader.speech.engines.onnx_graph import Graph, described, read_graph, written_model
from reader.speech.engines.onnx_session import run_model, session_of
from reader.speech.engines.vits_graph import Halves, durations_output, halves_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from piper import PiperConfig

_FIRST_S = 0.5
"""So much speech is decoded before the rest: it plays while the next stretch is made."""
_SERIES = 1
"""Which series of noise is taken: they sound alike. In this one an independent aligner follows all
of the review's first minute, in 0 and 3 it gives up on two sentences; of 38 sentences of a story
it gives up on 8, in 0 on 5."""
_GROWTH = 1.5
"""How much longer each stretch is than the one before. They are the same on every machine, as where
one ends shows in the last bits of the samples; at this a voice may take half the time of its speech
without a gap, and a sentence of 4 s takes a tenth more work than it would in one."""
_NOISE_PER_ID = 1024
"""Random numbers, enough for 5 frames of 192 channels; a phoneme id lasts 2 frames."""


@dataclass(frozen=True, slots=True)
class Sounded:
    """The samples made so far, out of `frame_count` in all, and how long each phoneme id sounds.

    The durations are in steps of which all together fill the whole; None if the model hides them.
    """

    samples: NDArray[np.float32]
    frame_count: int
    durations: Sequence[int] | None

    @property
    def is_whole(self) -> bool:
        """Whether that is all of it."""
        return len(self.samples) == self.frame_count


class _Decoder:
    """Turns any stretch of latent frames into its samples."""

    def __init__(self, halves: Halves) -> None:
        self._session = session_of(halves.decoder, is_optimised=False)
        self._latents, self.hop, self._reach = halves.latents, halves.hop, halves.reach

    def samples(
        self,
        latents: NDArray[np.float32],
        start: int,
        end: int,
        feed: Mapping[str, NDArray[Any]],
        cancellation: Cancellation,
    ) -> NDArray[np.float32]:
        """Return the samples of the frames [start, end), as they are among the others."""
        first = max(start - self._reach, 0)
        around = latents[:, :, first : end + self._reach]
        wanted = [output.name for output in self._session.get_outputs()]
        known = {i.name: feed[i.name] for i in self._session.get_inputs() if i.name in feed}
        (made,) = run_model(self._session, wanted, known | {self._latents: around}, cancellation)
        offset = (start - first) * self.hop
        return _flat(made)[offset : offset + (end - start) * self.hop]


class PiperModel:
    """Runs in two halves where the model can be cut before its decoder, else as a whole.

    The same phoneme ids give the same samples, whatever was said before: its noise is told by them.
    """

    def __init__(self, path: Path, config: PiperConfig) -> None:
        """Load it. Raises what onnxruntime raises, and UnreadableModel."""
        self._config = config
        with path.open("rb") as file:
            model = mmap(file.fileno(), 0, access=ACCESS_READ)  # not read: it is 60 MB
        graph, self._noises = with_given_noise(read_graph(model))
        self._durations = durations_output(graph)
        halves = None if self._durations is None else halves_of(graph, self._durations)
        encoder = _whole(graph, self._durations) if halves is None else halves.encoder
        # optimised by onnxruntime it speaks no faster, and would take a second to load
        self.session = session_of(encoder, is_optimised=False)
        self._decoder = None if halves is None else _Decoder(halves)

    @property
    def has_durations(self) -> bool:
        """Whether it tells how long each phoneme id sounds."""
        return self._durations is not None

    def say(self, ids: Sequence[int], cancellation: Cancellation) -> Iterator[Sounded]:
        """Yield the samples for phoneme ids made so far, whole at last.

        What is yielded later begins with what was yielded before.

        Raises:
            SynthesisFailed: it failed, or was cancelled meanwhile.
        """
        feed = self._feed(ids)
        taken = {wanted.name: feed[wanted.name] for wanted in self.session.get_inputs()}
        first = self.session.get_outputs()[0].name
        wanted = [first] if self._durations is None else [first, self._durations]
        made, *durations = run_model(self.session, wanted, taken, cancellation)
        steps = [int(count) for count in durations[0].reshape(-1)] if durations else None
        if self._decoder is None:
            yield Sounded(_flat(made), made.size, steps)
            return
        frame_count = made.shape[2] * self._decoder.hop
        for samples in self._decoded(self._decoder, made, feed, cancellation):
            yield Sounded(samples, frame_count, steps)

    def _decoded(
        self,
        decoder: _Decoder,
        latents: NDArray[np.float32],
        feed: Mapping[str, NDArray[Any]],
        cancellation: Cancellation,
    ) -> Iterator[NDArray[np.float32]]:
        """Yield the samples so far: of a short stretch, then with longer ones behind it."""
        import numpy as np

        count = latents.shape[2]
        samples = np.zeros(0, np.float32)
        shortest = round(_FIRST_S * self._config.sample_rate / decoder.hop)
        start, length = 0, float(shortest)
        while start < count:
            end = start + round(length)
            end = end if end + shortest <= count else count
            made = decoder.samples(latents, start, end, feed, cancellation)
            samples = np.concatenate([samples, made])
            yield samples
            start, length = end, length * _GROWTH

    def _feed(self, ids: Sequence[int]) -> dict[str, NDArray[Any]]:
        import numpy as np

        config = self._config
        scales = [config.noise_scale, config.length_scale, config.noise_w_scale]
        random = np.random.Generator(np.random.PCG64([*ids, _SERIES]))
        noises: dict[str, NDArray[Any]] = {
            name: random.standard_normal(len(ids) * _NOISE_PER_ID, np.float32)
            for name in self._noises
        }
        return noises | {
            "input": np.array([ids], dtype=np.int64),
            "input_lengths": np.array([len(ids)], dtype=np.int64),
            "scales": np.array(scales, dtype=np.float32),
            "sid": np.array([config.default_speaker_id], dtype=np.int64),
        }


def _whole(graph: Graph, durations: str | None) -> Sequence[bytes | memoryview]:
    outputs = [*graph.outputs.values(), *([] if durations is None else [described(durations)])]
    return written_model(graph, graph.nodes, graph.tensors, graph.inputs.values(), outputs)


def _flat(samples: NDArray[Any]) -> NDArray[np.float32]:
    import numpy as np

    return samples.astype(np.float32).reshape(-1)
