"""Tests of reader.app.reading_choices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.app.reading_choices import SETTING_OF_REASON, PronunciationFile, what_is_read
from reader.app.settings import SETTINGS, WHAT_IS_READ, Settings
from reader.errors import OutputNotWritten, PronunciationRefused
from reader.speech.planning.pronunciation import Match, Rule, RuleFault
from reader.speech.planning.skipping import NEVER_SAID, Footnotes, SkipReason, WhatIsRead

JONZE = Rule("Jonze", "Jones")


def test_each_kind_that_can_be_read_has_a_setting_and_each_setting_a_kind() -> None:
    assert set(SETTING_OF_REASON) == set(SkipReason) - NEVER_SAID
    in_group = {setting.name for setting in SETTINGS if setting.group == WHAT_IS_READ}
    assert set(SETTING_OF_REASON.values()) == in_group


def test_the_settings_of_the_start_are_those_of_a_plan_without_any() -> None:
    assert what_is_read(Settings()) == WhatIsRead()


@pytest.mark.parametrize("reason", sorted(set(SETTING_OF_REASON) - {SkipReason.FOOTNOTE}))
def test_a_switch_decides_about_its_kind_alone(reason: SkipReason) -> None:
    name = SETTING_OF_REASON[reason]
    before = what_is_read(Settings()).skipped
    was_skipped = reason in before
    after = what_is_read(Settings().with_value(name, was_skipped)).skipped
    assert before ^ after == {reason}


def test_footnotes_are_read_where_the_setting_says() -> None:
    for footnotes in Footnotes:
        settings = replace(Settings(), footnotes=footnotes.value)
        assert what_is_read(settings).footnotes is footnotes


def test_rules_are_kept_in_a_file_that_is_made_when_needed(tmp_path: Path) -> None:
    path = tmp_path / "data" / "pronunciation.csv"
    rules = PronunciationFile(path)
    assert rules.rules == ()
    assert not path.exists()
    rules.add(JONZE)
    rules.add(replace(JONZE, sounds="Jonz"))
    rules.add(Rule("Poe", "Po"))
    assert PronunciationFile(path).rules == (Rule("Jonze", "Jonz"), Rule("Poe", "Po"))
    rules.remove(Rule("Poe", "Po"))
    assert PronunciationFile(path).rules == (Rule("Jonze", "Jonz"),)


def test_lines_that_cannot_be_used_are_told_and_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "pronunciation.csv"
    written = "written,sounds,match\nJonze,Jones,\na(b,x,regex\n"
    path.write_text(written, encoding="utf-8")
    rules = PronunciationFile(path)
    assert rules.rules == (JONZE,)
    assert rules.faults == (RuleFault(3, 4, "missing )"),)
    rules.add(Rule("Poe", "Po"))
    assert path.with_suffix(".damaged.csv").read_text(encoding="utf-8") == written
    assert PronunciationFile(path).rules == (JONZE, Rule("Poe", "Po"))


def test_another_file_is_merged_and_its_rules_win(tmp_path: Path) -> None:
    rules = PronunciationFile(tmp_path / "pronunciation.csv")
    rules.add(JONZE)
    rules.add(Rule("Poe", "Po"))
    other = PronunciationFile(tmp_path / "other.csv")
    other.add(Rule("Jonze", "Jonz"))
    assert rules.merge(tmp_path / "other.csv") == (1, ())
    assert rules.rules == (Rule("Poe", "Po"), Rule("Jonze", "Jonz"))
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PronunciationRefused):
        rules.merge(tmp_path / "bad.csv")


def test_a_rule_holds_even_where_it_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    rules = PronunciationFile(tmp_path / "file" / "pronunciation.csv")
    rule = Rule("a", "b", Match.ANYWHERE)
    with pytest.raises(OutputNotWritten):
        rules.add(rule)
    assert rules.rules == (rule,)
