"""Tests of reader.ui.look.theme, reader.ui.look.typefaces and reader.ui.look.colours."""

from __future__ import annotations

import dataclasses
from itertools import combinations_with_replacement

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QGuiApplication
from pytestqt.qtbot import QtBot

from reader.ui.look.colours import blended, contrast, mix, stronger
from reader.ui.look.theme import (
    CHOICES,
    DARK,
    HIGHLIGHT_COLOURS,
    LARGEST_SCALE,
    LIGHT,
    PALETTES,
    SMALLEST_SCALE,
    Palette,
    Theme,
)
from reader.ui.look.typefaces import SHIPPED, family_names

pytestmark = pytest.mark.usefixtures("qapp")

EVERY_PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


_HIGHLIGHTS = list(HIGHLIGHT_COLOURS)
_WRITTEN = [
    # WCAG 2.2, 1.4.3 asks for 4.5, 1.4.6 for 7
    ("ink", ["paper", "card"], 12),
    ("ink", ["sentence", *_HIGHLIGHTS], 7),
    ("ink", ["word"], 5.5),
    ("ink", ["selection"], 6.5),
    ("soft", ["paper", "card", "sentence", *_HIGHLIGHTS], 4.5),
    ("accent", ["paper", "card"], 4.5),
    ("on_accent", ["accent"], 4.5),
]


@EVERY_PALETTE
@pytest.mark.parametrize(("written", "grounds", "least"), _WRITTEN)
def test_what_is_written_stands_out_on_its_ground(
    palette: Palette, written: str, grounds: list[str], least: float
) -> None:
    found = {g: contrast(getattr(palette, written), getattr(palette, g)) for g in grounds}
    assert not {ground: ratio for ground, ratio in found.items() if ratio < least}


@EVERY_PALETTE
def test_text_stands_out_on_the_note_the_reader_is_at(palette: Palette) -> None:
    for colour in HIGHLIGHT_COLOURS:
        assert contrast(palette.ink, stronger(palette, colour)) >= 7


@pytest.mark.parametrize("name", ["contrast", "contrast-dark"])
def test_in_high_contrast_lines_and_bars_stand_out_too(name: str) -> None:
    palette = PALETTES[name]
    for drawn in (palette.line, *(palette.strong(colour) for colour in HIGHLIGHT_COLOURS)):
        assert contrast(drawn, palette.paper) >= 3


@EVERY_PALETTE
def test_text_stays_readable_where_highlights_overlap(palette: Palette) -> None:
    for colours in combinations_with_replacement(HIGHLIGHT_COLOURS, 3):
        assert contrast(palette.ink, blended(palette, colours)) >= 7


@EVERY_PALETTE
def test_two_highlights_on_each_other_look_like_neither(palette: Palette) -> None:
    both = blended(palette, ("apricot", "sky"))
    assert both not in (palette.apricot, palette.sky)


@EVERY_PALETTE
def test_a_dark_palette_says_so(palette: Palette) -> None:
    assert palette.is_dark == (palette.paper.lightnessF() < 0.5)


def test_contrast_is_that_of_black_on_white() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    half = mix(QColor("#000000"), QColor("#ff8040"), 0.5)
    assert (half.red(), half.green(), half.blue()) == (128, 64, 32)


def test_an_unknown_highlight_is_apricot() -> None:
    assert LIGHT.highlight("chartreuse") == LIGHT.apricot
    assert LIGHT.strong("chartreuse") == LIGHT.apricot_strong
    assert LIGHT.strong("") == LIGHT.faint


def test_roles_are_the_designs_colours() -> None:
    assert LIGHT.paper.name().upper() == "#FBF7F1"
    assert LIGHT.sky_strong.name().upper() == "#6E9CC4"
    assert DARK.word.name().upper() == "#8A3A28"
    assert len(dataclasses.fields(Palette)) == 20


def test_the_systems_look_is_followed_while_the_window_is_open(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = Theme()
    assert theme.palette is LIGHT
    # the platform these tests run on has no look of its own to change
    monkeypatch.setattr("reader.ui.look.theme.system_is_dark", lambda: True)
    with qtbot.waitSignal(theme.changed):
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.palette is DARK


def test_where_the_system_wants_contrast_its_looks_have_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = Theme()
    monkeypatch.setattr("reader.ui.look.theme.system_wants_contrast", lambda: True)
    hints = QGuiApplication.styleHints()
    with qtbot.waitSignal(theme.changed):
        hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.palette is PALETTES["contrast"]
    monkeypatch.setattr("reader.ui.look.theme.system_is_dark", lambda: True)
    with qtbot.waitSignal(theme.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.palette is PALETTES["contrast-dark"]


def test_a_chosen_palette_stays_when_the_system_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = Theme("sepia")
    monkeypatch.setattr("reader.ui.look.theme.system_is_dark", lambda: True)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.palette is PALETTES["sepia"]


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_can_be_made(choice: str) -> None:
    theme = Theme()
    theme.set_choice(choice)
    assert theme.choice == choice


def test_a_choice_from_another_version_follows_the_system() -> None:
    assert Theme("solarised").choice == "system"


@pytest.mark.parametrize(
    ("wanted", "got"), [(0.0, SMALLEST_SCALE), (1.5, 1.5), (99.0, LARGEST_SCALE)]
)
def test_the_scale_stays_within_its_limits(wanted: float, got: float) -> None:
    theme = Theme()
    theme.set_scale(wanted)
    assert theme.scale == got
    assert theme.px(10) == 10 * got


def test_changes_are_told_once_and_only_when_something_changed() -> None:
    theme = Theme("light")
    told: list[int] = []
    theme.changed.connect(lambda: told.append(1))
    theme.set_scale(1.2)
    theme.set_scale(1.2)
    theme.set_choice("dark")
    theme.set_choice("dark")
    theme.set_text_family("Lexend")
    theme.set_text_family("Lexend")
    assert len(told) == 3


@pytest.mark.parametrize("family", SHIPPED)
def test_our_families_come_with_the_app(family: str) -> None:
    theme = Theme(text_family=family)
    assert QFontInfo(theme.text_font(19)).family() == family
    assert family in family_names()


def test_weight_and_optical_size_move_along_the_typefaces_axes() -> None:
    theme = Theme()
    regular, bold = theme.text_font(19), theme.text_font(19, 700)
    assert bold.weight() == regular.weight(), "a smeared bold instead of the axis"
    assert bold.variableAxisValue(QFont.Tag("wght")) == 700
    assert regular.variableAxisValue(QFont.Tag("opsz")) == 19
    words = "A voice in the margin"
    assert _width(bold, words) > _width(regular, words) + 5


def test_italics_are_drawn_not_slanted() -> None:
    theme = Theme()
    words = "feeling that passes"
    assert _width(theme.text_font(19, italic=True), words) != _width(theme.text_font(19), words)


def test_fonts_grow_with_the_scale_and_are_not_hinted() -> None:
    font = Theme(scale=2.0).interface_font(13)
    assert font.pixelSize() == 26
    assert font.hintingPreference() is QFont.HintingPreference.PreferNoHinting


def _width(font: QFont, words: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(words)


def test_what_the_user_chose_and_what_the_desktop_wants_multiply_within_the_limits() -> None:
    theme = Theme("light", 1.5)
    told: list[float] = []
    theme.changed.connect(lambda: told.append(theme.scale))
    theme.set_desktop_scale(2.0)
    theme.set_desktop_scale(2.0)
    assert (theme.chosen_scale, theme.scale) == (1.5, 3.0)
    theme.set_scale(LARGEST_SCALE)
    assert (theme.chosen_scale, theme.scale) == (LARGEST_SCALE, LARGEST_SCALE)
    assert told == [3.0, LARGEST_SCALE]
