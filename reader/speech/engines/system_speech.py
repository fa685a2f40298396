"""The speech of Windows (SAPI 5) and macOS (NSSpeech) through pyttsx3, by way of a sound file."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import EngineUnavailable, SynthesisFailed
from reader.speech.engines.sound_files import UnreadableSound, read_sound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LOOKS_EVERY_S = 0.02


class SystemSpeech:
    """One engine of pyttsx3's for the life of the process; used on its main thread only."""

    def __init__(self) -> None:
        try:
            import pyttsx3

            self._engine = pyttsx3.init()
        except (ImportError, OSError, RuntimeError) as error:
            raise EngineUnavailable("pyttsx3", "the system's speech can't be started") from error

    def say(self, spoken: str, limit_s: float) -> tuple[NDArray[np.float32], int]:
        """Return mono samples and their rate.

        Raises:
            SynthesisFailed: no sound came in time.
        """
        with tempfile.TemporaryDirectory(prefix="sottovoce-") as folder:
            path = Path(folder) / "speech"
            self._engine.save_to_file(spoken, str(path))
            self._engine.runAndWait()
            deadline = time.monotonic() + limit_s
            # it may return before the file is there, or before all of it is
            while time.monotonic() < deadline:
                try:
                    return read_sound(path.read_bytes())
                except (OSError, UnreadableSound):
                    time.sleep(_LOOKS_EVERY_S)
        raise SynthesisFailed("the system's speech gave no sound in time")
