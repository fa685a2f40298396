"""The one table of colours, and the theme that says which palette, size and typeface hold now."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QStyleHints

from reader.ui.look import typefaces
from reader.values import value

SYSTEM = "system"
"""The choice that follows the system's light or dark look."""

HIGHLIGHT_COLOURS = ("apricot", "rose", "sage", "sky")

SMALLEST_SCALE = 0.6
LARGEST_SCALE = 4.0


@value
class Palette:
    """Every colour the window uses, by role; nothing else names a colour.

    `faint` is for decoration and for what can't be used now, never for information. `sentence`,
    `word` and the four highlights lie under `ink`, and all but `word` under `soft`: what is passed
    over may be highlighted. The strong forms are for bars, ticks and leaders.
    """

    is_dark: bool
    paper: QColor
    card: QColor
    ink: QColor
    soft: QColor
    faint: QColor
    line: QColor
    accent: QColor
    on_accent: QColor
    selection: QColor
    sentence: QColor
    word: QColor
    apricot: QColor
    rose: QColor
    sage: QColor
    sky: QColor
    apricot_strong: QColor
    rose_strong: QColor
    sage_strong: QColor
    sky_strong: QColor

    def highlight(self, colour_name: str) -> QColor:
        """Return the ground of a highlight; apricot for a name that is not ours."""
        match colour_name:
            case "rose":
                return self.rose
            case "sage":
                return self.sage
            case "sky":
                return self.sky
            case _:
                return self.apricot

    def strong(self, colour_name: str) -> QColor:
        """Return the strong form of a highlight's colour; apricot's for a name that is not ours.

        For "" it is that of what has no colour.
        """
        match colour_name:
            case "":
                return self.faint
            case "rose":
                return self.rose_strong
            case "sage":
                return self.sage_strong
            case "sky":
                return self.sky_strong
            case _:
                return self.apricot_strong


def _palette(*, is_dark: bool, colours: str) -> Palette:
    """Read a palette from its colours in the order of Palette's roles."""
    return Palette(is_dark, *(QColor(colour) for colour in colours.split()))


# paper card / ink soft faint line / accent on_accent selection / sentence word /
# apricot rose sage sky / their strong forms
LIGHT = _palette(
    is_dark=False,
    colours="""
    #FBF7F1 #FFFDFA  #2A2421 #675D56 #A79C93 #E9E0D6  #C8452C #FFFFFF #DDD0C3
    #FBE3DA #F4B8A4  #FBE0B4 #F8CFC9 #D3E6CB #CFE2F2  #E2A33B #D9766A #7FA872 #6E9CC4""",
)
DARK = _palette(
    is_dark=True,
    colours="""
    #171412 #1F1B18  #E9E1D9 #ACA299 #6F645D #2E2824  #F07A5C #1A0F0B #4A4139
    #33211B #8A3A28  #4A3717 #4C2A28 #2B3D27 #23364A  #D9A24A #D9766A #86B078 #7FAAD0""",
)
SEPIA = _palette(
    is_dark=False,
    colours="""
    #F4ECD9 #FAF4E6  #33281C #665540 #A39274 #E2D6BD  #A93F1E #FFFFFF #D9C8A9
    #F1D8BC #E5AD82  #F0D08C #EFC4B4 #CDDBB2 #C6D8E0  #C98A2B #C4695A #76985F #5F8CB0""",
)
SEPIA_DARK = _palette(
    is_dark=True,
    colours="""
    #1E1710 #251D14  #EADBC0 #B8A586 #766650 #3A3023  #E98A5B #1A0F0B #54462F
    #3C2818 #84401F  #4F3A12 #532F24 #353F1F #2A3A44  #D3A045 #D0775F #8FAA66 #7DA5C0""",
)
CONTRAST = _palette(
    is_dark=False,
    colours="""
    #FEFEFC #FFFFFD  #0B0908 #3A3430 #6B635D #8A817A  #A32A12 #FFFFFF #B9D4F5
    #FFDCCB #FF9F7E  #FFD585 #FFB9B0 #B5E3A1 #A9D6FA  #9A5F00 #B03A2B #2F6B1F #1A5A96""",
)
CONTRAST_DARK = _palette(
    is_dark=True,
    colours="""
    #050403 #0E0C0A  #FFFBF5 #D9D0C7 #A39A91 #857C74  #FF9B7C #120A06 #1F4A7C
    #45190C #8C2F16  #5C3C00 #6B231C #22490F #0D3F6B  #FFC14D #FF8E7F #9CDA84 #8CC6FF""",
)

PALETTES = {
    "light": LIGHT,
    "dark": DARK,
    "sepia": SEPIA,
    "sepia-dark": SEPIA_DARK,
    "contrast": CONTRAST,
    "contrast-dark": CONTRAST_DARK,
}
CHOICES = (SYSTEM, *PALETTES)

COVER_TONES = tuple(
    tuple(colours.split())
    for colours in (
        "#C9452D #8E2D1D",
        "#496A58 #2C4437",
        "#67597F #3F3457",
        "#3F6380 #263F56",
        "#9A6B2E #66431A",
        "#8A4A5E #592C3D",
        "#4F6F74 #2D4549",
        "#6B6A3D #444322",
    )
)
"""The two tones of each cover drawn for a text that has none: at its head and at its foot."""
ON_COVER = "#FFFDFA"
"""The colour of the words on such a cover."""


@value
class Spacing:
    """How loosely texts are set. `lines` and `column` (its width) count against the usual.

    `letters` is what is added between them, in em; between words it is more, so that they stay
    apart.
    """

    lines: float = 1.0
    letters: float = 0.0
    column: float = 1.0


_USUAL_SPACING = Spacing()
_WORDS_TO_LETTERS = 4 / 3
"""WCAG 2.2, 1.4.12 asks for 0.16 em between words where there are 0.12 between letters."""


class Theme(QObject):
    """Which palette, text size, typeface and spacing hold now. `changed` tells of any change."""

    changed = Signal()

    def __init__(
        self,
        choice: str = SYSTEM,
        scale: float = 1.0,
        text_family: str = typefaces.TEXT_FAMILY,
        spacing: Spacing = _USUAL_SPACING,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice = choice if choice in CHOICES else SYSTEM
        self._chosen_scale = _allowed_scale(scale)
        self._desktop_scale = 1.0
        self._scale = self._chosen_scale
        self._text_family = text_family
        self._spacing = spacing
        self._palette = self._wanted_palette()
        hints = _style_hints()
        hints.colorSchemeChanged.connect(self._on_system_look_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_look_changed)

    @property
    def palette(self) -> Palette:
        """The colours that hold now."""
        return self._palette

    @property
    def choice(self) -> str:
        """What the user chose: a name of PALETTES, or "system"."""
        return self._choice

    @property
    def scale(self) -> float:
        """How much larger than drawn everything is shown; 1.0 as drawn."""
        return self._scale

    @property
    def chosen_scale(self) -> float:
        """How much larger the user wants it than the desktop has texts."""
        return self._chosen_scale

    @property
    def text_family(self) -> str:
        """The family texts are set in."""
        return self._text_family

    @property
    def spacing(self) -> Spacing:
        """How loosely texts are set."""
        return self._spacing

    def set_choice(self, choice: str) -> None:
        """Take a palette by its name, or follow the system; another name follows the system."""
        self._choice = choice if choice in CHOICES else SYSTEM
        self._take_palette()

    def set_scale(self, scale: float) -> None:
        """Show everything `scale` times as large as the desktop has it, within the limits."""
        self._take_scales(_allowed_scale(scale), self._desktop_scale)

    def set_desktop_scale(self, scale: float) -> None:
        """Take how much larger than usual the desktop has texts."""
        self._take_scales(self._chosen_scale, scale)

    def _take_scales(self, chosen: float, desktop: float) -> None:
        if (chosen, desktop) != (self._chosen_scale, self._desktop_scale):
            self._chosen_scale, self._desktop_scale = chosen, desktop
            self._scale = _allowed_scale(chosen * desktop)
            self.changed.emit()

    def set_text_family(self, family: str) -> None:
        """Set texts in `family`: one of ours, or any installed one."""
        if family != self._text_family:
            self._text_family = family
            self.changed.emit()

    def set_spacing(self, spacing: Spacing) -> None:
        """Set texts that loosely."""
        if spacing != self._spacing:
            self._spacing = spacing
            self.changed.emit()

    def px(self, size: float) -> float:
        """Return a length drawn as `size` pixels at the present scale."""
        return size * self._scale

    def text_font(self, size_px: float, weight: int = 400, italic: bool = False) -> QFont:
        """Return the text's family at `size_px` as drawn, that is, before the scale."""
        return typefaces.font_of(self._text_family, self.px(size_px), weight, italic=italic)

    def interface_font(self, size_px: float, weight: int = 400, italic: bool = False) -> QFont:
        """Return the interface's family at `size_px` as drawn, that is, before the scale."""
        family = typefaces.INTERFACE_FAMILY
        return typefaces.font_of(family, self.px(size_px), weight, italic=italic)

    def figure_font(self, size_px: float, weight: int = 400) -> QFont:
        """Return the interface's font with figures of one width, for numbers that change."""
        family = typefaces.INTERFACE_FAMILY
        return typefaces.font_of(family, self.px(size_px), weight, has_even_figures=True)

    def code_font(self, size_px: float, weight: int = 400) -> QFont:
        """Return the system's fixed-width family at `size_px` as drawn, before the scale."""
        return typefaces.code_font(self.px(size_px), weight)

    def spaced(self, font: QFont) -> QFont:
        """Return a font that texts are read in, with the space the user wants between letters."""
        if self._spacing.letters:
            letters = font.pixelSize() * self._spacing.letters
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, letters)
            font.setWordSpacing(letters * _WORDS_TO_LETTERS)
        return font

    def _wanted_palette(self) -> Palette:
        if self._choice != SYSTEM:
            return PALETTES[self._choice]
        if system_wants_contrast():
            return CONTRAST_DARK if system_is_dark() else CONTRAST
        return DARK if system_is_dark() else LIGHT

    def _take_palette(self) -> None:
        wanted = self._wanted_palette()
        if wanted is not self._palette:
            self._palette = wanted
            self.changed.emit()

    def _on_system_look_changed(self) -> None:
        self._take_palette()


def system_is_dark() -> bool:
    """Whether the desktop asks for a dark look now."""
    return _style_hints().colorScheme() is Qt.ColorScheme.Dark


def system_wants_contrast() -> bool:
    """Whether the desktop asks for high contrast now."""
    preference = _style_hints().accessibility().contrastPreference()
    return preference is Qt.ContrastPreference.HighContrast


@cache
def _style_hints() -> QStyleHints:
    """Return what the desktop asks for.

    WORKAROUND(PySide6 6.11): once Python lets go of it, its `accessibility()` is lost for good.
    """
    return QGuiApplication.styleHints()


def _allowed_scale(scale: float) -> float:
    return min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)
