"""The kinds of engines there are: our own, and those that other packages add.

A package adds one with an entry point in the group `sottovoce.engines` that leads to an
`EngineKind`; `reader.speech.engine_contract` holds the tests it should pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import EngineUnavailable
from reader.processes.memory import give_freed_memory_back
from reader.speech.engine import Engine, Releasing, Voice, VoiceId
from reader.speech.engine_faults import fault_words
from reader.speech.engines.kokoro_voices import ENGINE as KOKORO_NAME
from reader.speech.engines.kokoro_voices import kokoro_voices
from reader.speech.engines.piper_voices import ENGINE as PIPER_NAME
from reader.speech.engines.piper_voices import piper_voices
from reader.speech.engines.pyttsx3_engine import ENGINE as PYTTSX3_NAME
from reader.speech.engines.pyttsx3_engine import pyttsx3_voices

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINT_GROUP = "sottovoce.engines"

_KEPT_ASKS = 40
"""An engine is kept loaded while others are asked so often, about five minutes of listening: notes
may be read in a voice of another one. Two together take 500 to 700 MB."""


@dataclass(frozen=True, slots=True)
class EngineKind:
    """An engine before it is made: its name, its voices, and how to make it.

    `list_voices` is given the folder of installed voices. It is called in the window's process
    and must import nothing heavy. `make_engine` is called in the speech process alone, with the
    same folder.
    """

    name: str
    list_voices: Callable[[Path], list[Voice]]
    make_engine: Callable[[Path], Engine]


@dataclass(frozen=True, slots=True)
class BrokenKind:
    """An engine of another package that can't be used; `reason` is a clause."""

    name: str
    reason: str

    def as_voice(self) -> Voice:
        """Return what stands for its voices, which nobody knows, in a list of voices."""
        return Voice(
            id=VoiceId(f"{self.name}:"),
            engine=self.name,
            language="",
            name=self.name,
            is_installed=True,
            is_available=False,
            reason=self.reason,
            size_bytes=0,
            licence="",
        )


def _make_piper(voices_dir: Path) -> Engine:
    from reader.speech.engines.piper_engine import PiperEngine

    return PiperEngine(voices_dir)


def _make_kokoro(voices_dir: Path) -> Engine:
    from reader.speech.engines.kokoro_engine import KokoroEngine

    return KokoroEngine(voices_dir)


def _make_pyttsx3(_voices_dir: Path) -> Engine:
    from reader.speech.engines.pyttsx3_engine import Pyttsx3Engine

    return Pyttsx3Engine()


PIPER = EngineKind(PIPER_NAME, piper_voices, _make_piper)
KOKORO = EngineKind(KOKORO_NAME, kokoro_voices, _make_kokoro)
PYTTSX3 = EngineKind(PYTTSX3_NAME, lambda _voices_dir: pyttsx3_voices(), _make_pyttsx3)
BUILT_IN = (PIPER, KOKORO, PYTTSX3)


def engine_kinds() -> Iterator[EngineKind | BrokenKind]:
    """Yield our own kinds, then those of other packages by name."""
    yield from BUILT_IN
    # only where one of others is looked for: it takes longer to import than a voice to find
    from importlib.metadata import entry_points

    names = {kind.name for kind in BUILT_IN}
    for entry_point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda found: found.name):
        kind = load_kind(entry_point)
        if kind.name in names:
            kind = BrokenKind(entry_point.name, f"there is an engine called {kind.name} already")
        names.add(kind.name)
        yield kind


def load_kind(entry_point: EntryPoint) -> EngineKind | BrokenKind:
    """Return what an entry point leads to; it may fail in any way, and its reason is kept."""
    try:
        kind = entry_point.load()
    except Exception as error:  # noqa: BLE001 - the code of others, whose faults are theirs
        package = (
            "its package" if entry_point.dist is None else f"its package {entry_point.dist.name}"
        )
        return BrokenKind(entry_point.name, f"{package} fails: {fault_words(error)}")
    if not isinstance(kind, EngineKind):
        return BrokenKind(entry_point.name, "its package gives no engine")
    if not kind.name or ":" in kind.name:
        return BrokenKind(entry_point.name, "its name can't be used")
    return kind


def voices_of(kind: EngineKind | BrokenKind, voices_dir: Path) -> list[Voice]:
    """List the voices of a kind; where that fails, one that stands for them and says why."""
    if isinstance(kind, BrokenKind):
        return [kind.as_voice()]
    try:
        voices = kind.list_voices(voices_dir)
    except Exception as error:  # noqa: BLE001 - as above; the other engines' voices are still told
        return [BrokenKind(kind.name, f"it fails: {fault_words(error)}").as_voice()]
    return [voice for voice in voices if voice.id.startswith(f"{kind.name}:")]


class Engines:
    """The engines of the speech process, each made when it is first asked for.

    Those that aren't asked for any more let go of what they loaded, if they can.
    """

    def __init__(self, voices_dir: Path) -> None:
        self._voices_dir = voices_dir
        self._made: dict[str, Engine] = {}
        self._asks = 0
        self._last_asks: dict[str, int] = {}  # of those that may have something loaded

    def find(self, name: str) -> Engine | None:
        """Return the engine of that name, None if there is none.

        Raises:
            EngineUnavailable: its package fails.
        """
        if name not in self._made:
            kind = next((kind for kind in engine_kinds() if kind.name == name), None)
            if kind is None:
                return None
            self._made[name] = self._make(kind)
        self._asks += 1
        self._last_asks[name] = self._asks
        self._release_unasked()
        return self._made[name]

    def _release_unasked(self) -> None:
        for name, last_ask in list(self._last_asks.items()):
            if self._asks - last_ask > _KEPT_ASKS:
                del self._last_asks[name]
                engine = self._made[name]
                if isinstance(engine, Releasing):
                    engine.release()
                    give_freed_memory_back()  # its weights lay all over the heap

    def _make(self, kind: EngineKind | BrokenKind) -> Engine:
        if isinstance(kind, BrokenKind):
            raise EngineUnavailable(kind.name, kind.reason)
        try:
            return kind.make_engine(self._voices_dir)
        except Exception as error:
            raise EngineUnavailable(kind.name, f"it fails: {fault_words(error)}") from error
