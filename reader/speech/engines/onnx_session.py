"""Neural models run by onnxruntime, with a quick start and no more memory than they need."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from mmap import mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import SynthesisFailed
from reader.speech.engine import Cancellation

if TYPE_CHECKING:
    import onnxruntime
    from numpy.typing import NDArray

_THREADS = 2
_OPEN_FILES = Path("/proc/self/fd")  # where Linux has those of this process, named or not


def session_of(
    model: Iterable[bytes | memoryview | mmap], *, is_optimised: bool
) -> onnxruntime.InferenceSession:
    """Return a model, given in pieces, ready to run. Raises what onnxruntime raises.

    `is_optimised`: onnxruntime rewrites its graph first, which takes it longer than the rest.
    """
    import onnxruntime

    options = _options(is_optimised=is_optimised)
    # from a file, as a session keeps the bytes it is made from: 60 to 130 MB
    with _file_of(model) as path:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


@contextmanager
def _file_of(pieces: Iterable[bytes | memoryview | mmap]) -> Iterator[str]:
    """Write a file for a moment: on Linux one without a name, which no killed process leaves."""
    if _OPEN_FILES.is_dir():
        with tempfile.TemporaryFile(prefix="sottovoce-") as file:
            file.writelines(pieces)
            file.flush()
            yield str(_OPEN_FILES / str(file.fileno()))
        return
    with tempfile.TemporaryDirectory(prefix="sottovoce-") as folder:
        path = Path(folder) / "model.onnx"
        with path.open("wb") as file:
            file.writelines(pieces)
        yield str(path)


def run_model(
    session: onnxruntime.InferenceSession,
    outputs: Sequence[str],
    feed: Mapping[str, NDArray[Any]],
    cancellation: Cancellation,
) -> list[NDArray[Any]]:
    """Return the model's `outputs`.

    Raises:
        SynthesisFailed: it failed, or was cancelled meanwhile.
    """
    import numpy as np
    import onnxruntime

    options = onnxruntime.RunOptions()
    # the arena saves a third of the time, but would keep what the longest sentence took: 400 MB
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    cancellation.when_requested(lambda: setattr(options, "terminate", True))
    try:
        answers = session.run(outputs, dict(feed), options)
    except Exception as error:
        raise SynthesisFailed("cancelled" if cancellation.is_requested else str(error)) from error
    return [np.asarray(answer) for answer in answers]


def _options(*, is_optimised: bool) -> onnxruntime.SessionOptions:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    if not is_optimised:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    # planning which buffers may be used again saves nothing here; onnxruntime 1.31 took 2 s for it
    options.enable_mem_reuse = False
    # it remembers where the buffers of each length of sentence lay, and there are ever new ones
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return options
