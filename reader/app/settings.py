"""What the user can set: one typed table, kept as JSON in a file of its own."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from reader.atomic_write import write_atomically
from reader.errors import OutputNotWritten, system_reason
from reader.values import replaced, value

SettingValue = bool | int | float | str


@value
class Setting:
    """One row of the table. `choices` closes a text setting; the bounds close a number.

    Settings of one `group` are shown together under its name, which their descriptions go on from;
    those of none are chosen where they show: the voice, the speed, the size of the text.
    """

    name: str
    default: SettingValue
    description: str
    unit: str = ""
    minimum: float = -math.inf
    maximum: float = math.inf
    choices: tuple[str, ...] = ()
    group: str = ""
    is_folder: bool = False

    @property
    def kind(self) -> type[SettingValue]:
        """The type of its values."""
        return type(self.default)

    def accepts(self, value: object) -> bool:
        """Whether it can have this value. A whole number will do where a fraction may stand."""
        if self.kind is bool or isinstance(value, bool):
            return isinstance(value, bool) and self.kind is bool
        if self.kind is str:
            return isinstance(value, str) and (not self.choices or value in self.choices)
        kinds = (int,) if self.kind is int else (int, float)
        return isinstance(value, kinds) and self.minimum <= value <= self.maximum


_rows: list[Setting] = []


class _Row:
    """What stands in a row before the setting has its name; then only the default is left."""

    def __init__(self, default: SettingValue, description: str, **more: Any) -> None:
        self._default = default
        self._description = description
        self._more = more

    def __set_name__(self, table: type, name: str) -> None:
        _rows.append(Setting(name, self._default, self._description, **self._more))
        setattr(table, name, self._default)


def _set(default: Any, description: str, **more: Any) -> Any:
    return _Row(default, description, **more)


LOOK = "Look"
LISTENING = "Listening"
SILENCES = "Silences, at speed 1"
WHAT_IS_READ = "What is read"
NOTES = "Notes"
NETWORK = "Network"


def _read(default: Any, description: str, **more: Any) -> Any:
    return _set(default, description, group=WHAT_IS_READ, **more)


def _silence(default: int, description: str, maximum: int) -> Any:
    return _set(default, description, unit="ms", minimum=0, maximum=maximum, group=SILENCES)


@value
class Settings:
    """The user's choices, each a field. Change one with `replaced`."""

    theme: str = _set(
        "system",
        "Colours; system follows the desktop's light or dark look",
        choices=("system", "light", "sepia", "dark", "contrast"),
        group=LOOK,
    )
    text_scale: float = _set(
        1.0, "Size of everything shown", unit="times", minimum=0.6, maximum=4.0
    )
    text_family: str = _set("Literata", "Typeface of the text: any family installed")
    line_spacing: float = _set(
        1.0,
        "Space between lines of text, against the usual",
        unit="times",
        minimum=0.8,
        maximum=2.5,
    )
    letter_spacing: float = _set(
        0.0, "Space added between letters; words get more", unit="em", minimum=0.0, maximum=0.3
    )
    column_width: float = _set(
        1.0, "Width of the text's column, against the usual", unit="times", minimum=0.5, maximum=2.5
    )
    reduce_motion: bool = _set(False, "Move at once, without easing", group=LOOK)
    margin_visible: bool = _set(True, "Show the notes beside the text")
    follow_voice: bool = _set(True, "Keep what is being read in view", group=LISTENING)
    voice: str = _set("piper:en_US-joe-medium", "The voice that reads, by its id")
    language_voices: str = _set(
        "", "Voices of other languages, such as de=piper:de_DE-thorsten-medium fr=pyttsx3:fr"
    )
    speed: float = _set(
        1.0, "Pace of reading against the voice's own", unit="times", minimum=0.5, maximum=4.0
    )
    clause_pause_ms: int = _silence(120, "After a part of a sentence", maximum=2000)
    sentence_pause_ms: int = _silence(350, "After a sentence", maximum=3000)
    paragraph_pause_ms: int = _silence(650, "After a paragraph", maximum=5000)
    heading_pause_ms: int = _silence(900, "After a heading", maximum=5000)
    follow_default_device: bool = _set(
        True,
        "Play on when the system moves to another sound device; else it pauses",
        group=LISTENING,
    )
    audio_cache_mb: int = _set(
        500,
        "Room for what was spoken, to start at once the next time; from the next start on",
        unit="MB",
        minimum=0,
        maximum=100_000,
        group=LISTENING,
    )
    study_repeats: int = _set(
        3, "How often a sentence is read to study it", unit="times", minimum=1, maximum=9
    )
    study_pause_ms: int = _set(
        2000, "Silence after each time, at speed 1", unit="ms", minimum=0, maximum=30_000
    )
    study_slower: bool = _set(True, "Read it slower the second time")
    heard_notes: str = _set(
        "not",
        "Notes are heard: not, as a soft sound at the passage, or read",
        choices=("not", "sound", "after sentence", "after paragraph"),
        group=NOTES,
    )
    note_voice: str = _set(
        "", "The voice that reads notes, by its id; without one, another than reads the text"
    )
    smart_rewind: bool = _set(
        True, "After a pause go on a little earlier, the more the longer", group=LISTENING
    )
    read_note_references: bool = _read(False, "Note references, such as the raised 3 of a footnote")
    read_citations: bool = _read(False, "Citations in brackets, such as [12]")
    read_author_years: bool = _read(False, "Citations such as (Smith 2013, p. 4)")
    read_page_numbers: bool = _read(False, "Page numbers and running heads")
    read_front_matter: bool = _read(
        False, "Lists of contents, imprints, copyright notices, licences"
    )
    read_code: bool = _read(False, "Code")
    read_web_addresses: bool = _read(True, "Web addresses, shortened")
    read_tables: bool = _read(True, "Tables")
    read_captions: bool = _read(True, "Captions")
    read_image_descriptions: bool = _read(True, "Descriptions of pictures")
    read_formulas: bool = _read(False, "Formulas set apart from the text")
    read_labels: bool = _read(False, "The words in drawings")
    footnotes: str = _read(
        "in place", "Footnotes", choices=("in place", "where referred to", "not")
    )
    offer_natural_voice: bool = _set(
        True,
        "Offer a more natural voice, once, where this machine proves fast enough for it",
        group=LISTENING,
    )
    watched_folder: str = _set("", "A folder whose texts come into the library by themselves")
    keep_copies: bool = _set(False, "Keep a copy of what is added to the library")
    library_sort: str = _set(
        "last read",
        "Order of the texts in the library",
        choices=("last read", "title", "author", "added", "progress"),
    )
    library_as_list: bool = _set(False, "Show the library as a list instead of covers")
    notes_folder: str = _set(
        "",
        "A folder with the notes as plain files, to share by Syncthing, git and such",
        group=NOTES,
        is_folder=True,
    )
    creator_name: str = _set(
        "Reader", "Who notes say made them; it leaves with them when you export", group=NOTES
    )

    web_addresses: bool = _set(
        False, "Fetch web pages whose address you open, without asking each time", group=NETWORK
    )

    @classmethod
    def load(cls, path: Path) -> LoadedSettings:
        """Return what the file holds; each bad value has its default instead and is named.

        A file that is missing is no fault. One that can't be read is named as a whole.
        """
        try:
            stored = _stored(path)
        except (OSError, ValueError, TypeError, RecursionError) as error:
            return LoadedSettings(cls(), (SettingFault("", str(error)),))
        good: dict[str, Any] = {}
        faults = []
        for setting in SETTINGS:
            if setting.name not in stored:
                continue
            found = stored[setting.name]
            if setting.accepts(found):
                good[setting.name] = setting.kind(found)
            else:
                faults.append(SettingFault(setting.name, json.dumps(found)))
        return LoadedSettings(cls(**good), tuple(faults))

    def with_value(self, name: str, value: SettingValue) -> Settings:
        """Return these with one of them changed by its name; as they are if it can't be that."""
        setting = next(row for row in SETTINGS if row.name == name)
        changed: dict[str, Any] = {name: value}
        return replaced(self, **changed) if setting.accepts(value) else self

    def save(self, path: Path) -> None:
        """Write the file. Settings in it that aren't ours, such as a newer version's, stay.

        Raises:
            OutputNotWritten: the disk or the permissions don't let us; the file is as it was.
        """
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                stored = _stored(path)
            except (ValueError, TypeError, RecursionError):
                path.replace(path.with_suffix(".damaged.json"))
                stored = {}
            stored |= {setting.name: getattr(self, setting.name) for setting in SETTINGS}
            text = json.dumps(stored, ensure_ascii=False, indent=1) + "\n"
            write_atomically(path, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise OutputNotWritten(path, system_reason(error)) from error


@value
class SettingFault:
    """A value that can't be used, as JSON; `name` is "" where the whole file can't be."""

    name: str
    found: str


@value
class LoadedSettings:
    """What a file of settings held, and what in it had to give way to a default."""

    settings: Settings
    faults: tuple[SettingFault, ...] = ()


SETTINGS = tuple(_rows)
"""The table, in the order of the settings dialog."""


def _stored(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    if not isinstance(stored, dict):
        raise TypeError("it holds no settings")
    return stored
