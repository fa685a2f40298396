"""Writes words in phonemes as eSpeak NG says them, for somebody who wants to change a few.

eSpeak is native code with one state for the whole process, so it is asked in one of its own.
"""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Sequence

from reader.errors import EngineUnavailable
from reader.processes.starting import WITHOUT_CONSOLE
from reader.speech.engines.espeak_voices import espeak_data_dir

_AUDIO_OUTPUT_RETRIEVAL = 1
_UTF8 = 1
IPA, CODES = 0x02, 0x00
"""In which notation eSpeak answers: the phonetic alphabet, or its own."""

_PATIENCE_S = 60
_VOICES = {"en": "en-us"}


def transcribed(words: str, language: str, command: Sequence[str]) -> str:
    """Return words in IPA, "" where that can't be told; takes about 0.2 s.

    `command` starts a speech process that is asked this one thing (`--transcribe`).
    """
    asked = [*command, "--transcribe", language, words]
    try:
        answer = subprocess.run(
            asked,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=True,
            creationflags=WITHOUT_CONSOLE,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.decode("utf-8", "replace").strip()


def transcribe(words: str, language: str, notation: int = IPA) -> str:
    """Return words in phonemes, "" in a language that eSpeak doesn't know; in this very process.

    Raises:
        EngineUnavailable: eSpeak isn't there.
    """
    try:
        import espeakng_loader

        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except (ImportError, OSError) as error:
        raise EngineUnavailable("pyttsx3", "eSpeak NG can't be loaded") from error
    data = str(espeak_data_dir() or "").encode()
    library.espeak_Initialize(_AUDIO_OUTPUT_RETRIEVAL, 0, data, 0)
    if not _choose_voice(library, language):
        return ""
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    text = ctypes.create_string_buffer(words.encode("utf-8", "replace"))
    rest = ctypes.c_void_p(ctypes.addressof(text))
    clauses: list[bytes] = []
    while rest.value:
        clause = library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, notation)
        clauses.append(clause or b"")
    return b" ".join(clauses).decode("utf-8", "replace").strip()


def _choose_voice(library: ctypes.CDLL, language: str) -> bool:
    tag = language.lower().replace("_", "-")
    primary = tag.partition("-")[0]
    names = (_VOICES.get(tag, tag), _VOICES.get(primary, primary))
    return any(library.espeak_SetVoiceByName(name.encode()) == 0 for name in names)
