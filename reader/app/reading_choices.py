"""From the settings to what a plan is made with: what is read, and how words sound."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from reader.app.settings import Settings
from reader.atomic_write import write_atomically
from reader.errors import OutputNotWritten, PronunciationRefused, system_reason
from reader.speech.planning.pronunciation import (
    Pronunciation,
    Rule,
    RuleFault,
    rules_as_csv,
    rules_from_csv,
)
from reader.speech.planning.skipping import Footnotes, SkipReason, WhatIsRead
from reader.text.document import Fingerprint, Span

SETTING_OF_REASON = {
    SkipReason.NOTE_REFERENCE: "read_note_references",
    SkipReason.CITATION: "read_citations",
    SkipReason.AUTHOR_YEAR: "read_author_years",
    SkipReason.PAGE_NUMBER: "read_page_numbers",
    SkipReason.FRONT_MATTER: "read_front_matter",
    SkipReason.CODE: "read_code",
    SkipReason.WEB_ADDRESS: "read_web_addresses",
    SkipReason.TABLE: "read_tables",
    SkipReason.CAPTION: "read_captions",
    SkipReason.IMAGE_DESCRIPTION: "read_image_descriptions",
    SkipReason.FORMULA: "read_formulas",
    SkipReason.LABELS: "read_labels",
    SkipReason.FOOTNOTE: "footnotes",
}
"""The setting that decides about each kind of passage; the other kinds can't be spoken at all."""


def what_is_read(settings: Settings, wanted: Iterable[Span] = ()) -> WhatIsRead:
    """Return what the settings say is read; `wanted` are passages asked for one by one."""
    skipped = frozenset(
        reason for reason, name in SETTING_OF_REASON.items() if getattr(settings, name) is False
    )
    return WhatIsRead(skipped, Footnotes(settings.footnotes), frozenset(wanted))


class PronunciationFile:
    """The file of the user's rules: read when it is first asked for, written when one is added.

    `faults` are the lines that can't be used. They stay in the file until the rules are written.
    `on_too_slow` is told of a rule that took so long that it is left out for as long as this lasts;
    on the thread that planned what is said.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rules: list[Rule] | None = None
        self.faults: tuple[RuleFault, ...] = ()
        self.on_too_slow: Callable[[Rule], None] | None = None
        self._too_slow: list[Rule] = []

    @property
    def path(self) -> Path:
        """Where the rules are written down."""
        return self._path

    @property
    def too_slow(self) -> tuple[Rule, ...]:
        """The rules that were left out so far as they took too long."""
        return tuple(self._too_slow)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, in the order of the file."""
        if self._rules is None:
            rules, faults = self._read(self._path)
            self._rules, self.faults = rules, tuple(faults)
        return tuple(self._rules)

    def at_work_on(self, fingerprint: Fingerprint) -> Pronunciation:
        """Return the rules that hold for a text, without those that proved too slow before."""
        rules = [rule for rule in self.rules if rule not in self._too_slow]
        return Pronunciation(rules, fingerprint, self._give_up)

    def _give_up(self, rule: Rule) -> None:
        if rule not in self._too_slow:
            self._too_slow.append(rule)
            if self.on_too_slow is not None:
                self.on_too_slow(rule)

    def add(self, rule: Rule) -> None:
        """Add a rule, in place of the one it replaces.

        Raises:
            OutputNotWritten: the disk or the permissions don't let us; it holds until the end.
        """
        self._write([*(known for known in self.rules if not rule.replaces(known)), rule])

    def remove(self, rule: Rule) -> None:
        """Take a rule away. Raises OutputNotWritten."""
        self._write([known for known in self.rules if known != rule])

    def merge(self, path: Path) -> tuple[int, tuple[RuleFault, ...]]:
        """Add the rules of another such file; return how many, and what in it can't be used.

        Raises:
            PronunciationRefused: it can't be read at all.
            OutputNotWritten: as with `add`.
        """
        if not path.is_file():
            raise PronunciationRefused(f"there is no file {path}")
        rules, faults = self._read(path)
        if not rules and faults:
            raise PronunciationRefused(f"{path.name}: {faults[0].reason}", faults[0].column)
        merged = list(self.rules)
        for rule in rules:
            merged = [*(known for known in merged if not rule.replaces(known)), rule]
        self._write(merged)
        return len(rules), tuple(faults)

    @staticmethod
    def _read(path: Path) -> tuple[list[Rule], list[RuleFault]]:
        try:
            return rules_from_csv(path.read_bytes().decode("utf-8"))
        except FileNotFoundError:
            return [], []
        except (OSError, UnicodeDecodeError) as error:
            return [], [RuleFault(0, 0, str(error))]

    def _write(self, rules: list[Rule]) -> None:
        self._rules = rules
        if self.faults:
            self._keep_damaged()
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            text = rules_as_csv(rules)
            write_atomically(self._path, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise OutputNotWritten(self._path, system_reason(error)) from error

    def _keep_damaged(self) -> None:
        """Put the file with what can't be used aside, for its owner to mend."""
        try:
            self._path.replace(self._path.with_suffix(".damaged.csv"))
        except OSError as error:
            raise OutputNotWritten(self._path, system_reason(error)) from error
        self.faults = ()
