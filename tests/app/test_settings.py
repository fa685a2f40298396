"""Settings come back as they were set, and one bad value spoils no other."""

from __future__ import annotations

import json
import os
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.app.settings import SETTINGS, LoadedSettings, Setting, SettingFault, Settings
from reader.errors import OutputNotWritten


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.json"


def test_without_a_file_every_setting_has_its_default(path: Path) -> None:
    assert Settings.load(path) == LoadedSettings(Settings())


def test_what_was_saved_is_loaded(path: Path) -> None:
    settings = Settings(theme="sepia", text_scale=1.25, speed=2.5, margin_visible=False)
    settings.save(path)
    assert Settings.load(path) == LoadedSettings(settings)


def test_the_table_has_a_row_for_each_setting_with_a_default_it_accepts() -> None:
    assert [row.name for row in SETTINGS] == [field.name for field in fields(Settings)]
    for row in SETTINGS:
        assert row.default == getattr(Settings(), row.name)
        assert row.accepts(row.default)
        assert row.description
        assert row.kind in (bool, int, float, str)


@pytest.mark.parametrize(
    ("name", "value", "is_good"),
    [
        ("theme", "dark", True),
        ("theme", "pink", False),
        ("theme", 1, False),
        ("text_family", "Any font at all", True),
        ("speed", 0.5, True),
        ("speed", 2, True),
        ("speed", 4.01, False),
        ("speed", float("nan"), False),
        ("speed", True, False),
        ("speed", "2", False),
        ("sentence_pause_ms", 300, True),
        ("sentence_pause_ms", 300.5, False),
        ("sentence_pause_ms", -1, False),
        ("margin_visible", False, True),
        ("margin_visible", 0, False),
        ("margin_visible", None, False),
    ],
)
def test_a_row_accepts_what_it_says(name: str, value: object, is_good: bool) -> None:
    (row,) = (row for row in SETTINGS if row.name == name)
    assert row.accepts(value) is is_good


def test_bad_values_fall_back_one_by_one_and_are_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"theme": "pink", "speed": 3, "text_scale": [1]}')
    loaded = Settings.load(path)
    assert loaded.settings == replace(Settings(), speed=3.0)
    assert isinstance(loaded.settings.speed, float)
    assert loaded.faults == (SettingFault("theme", '"pink"'), SettingFault("text_scale", "[1]"))


@given(st.dictionaries(st.sampled_from([row.name for row in SETTINGS]), st.text() | st.floats()))
def test_whatever_the_file_says_the_settings_are_usable(stored: dict[str, object]) -> None:
    def is_usable(row: Setting) -> bool:
        return row.accepts(getattr(settings, row.name))

    path = Path(os.environ["HOME"]) / "settings.json"
    path.write_text(json.dumps(stored))
    settings = Settings.load(path).settings
    assert all(is_usable(row) for row in SETTINGS)


def test_settings_of_a_newer_version_are_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"hologram": {"depth": 3}, "speed": 1.5}')
    replace(Settings.load(path).settings, theme="dark").save(path)
    assert json.loads(path.read_text())["hologram"] == {"depth": 3}
    assert Settings.load(path).settings == Settings(theme="dark", speed=1.5)


@pytest.mark.parametrize("content", [b"{half", b"[1]", b"\xff\xfe\xff", b"[" * 100_000])
def test_a_file_that_cannot_be_read_is_told_and_kept_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    loaded = Settings.load(path)
    assert loaded.settings == Settings()
    assert [fault.name for fault in loaded.faults] == [""]
    assert path.read_bytes() == content
    Settings(speed=2.0).save(path)
    assert Settings.load(path) == LoadedSettings(Settings(speed=2.0))
    assert path.with_name("settings.damaged.json").read_bytes() == content


def test_settings_that_cannot_be_saved_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputNotWritten):
        Settings().save(tmp_path / "file" / "settings.json")
