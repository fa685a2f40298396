"""How the text looks: its size, its typeface, the colours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from reader.ui.look.choice import Choice
from reader.ui.look.controls import IconButton, PaintedButton, TextButton
from reader.ui.look.icons import Icon
from reader.ui.look.list_popover import Row, RowList
from reader.ui.look.popover import Popover
from reader.ui.look.theme import DARK, LIGHT, PALETTES, SYSTEM, Palette, Theme
from reader.ui.look.typefaces import SHIPPED, family_names

SPACING_NAMES = {"lines": "Line spacing", "letters": "Letter spacing", "column": "Column width"}
LOOK_NAMES = {
    SYSTEM: "As the system",
    "light": "Light",
    "sepia": "Sepia",
    "contrast": "High contrast",
    "dark": "Dark",
    "sepia-dark": "Dark sepia",
    "contrast-dark": "Dark, high contrast",
}


class Swatch(PaintedButton):
    """A look, shown by its own paper and ink; the one for the system shows light and dark."""

    def __init__(self, theme: Theme, choice: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, LOOK_NAMES[choice], parent)
        self.setToolTip(LOOK_NAMES[choice])
        self._halves: tuple[Palette, Palette] = (
            (LIGHT, DARK) if choice == SYSTEM else (PALETTES[choice], PALETTES[choice])
        )

    def ground(self) -> QColor | None:
        return None

    def sizeHint(self) -> QSize:
        side = round(self.theme.px(38))
        return QSize(side, side)

    def paint_content(self, painter: QPainter, box: QRectF, _colour: QColor) -> None:
        px, centre = self.theme.px, box.center()
        radius = px(14)
        disc = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        for palette, start in zip(self._halves, (90, 270), strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.paper)
            painter.drawPie(disc, start * 16, 180 * 16)
            painter.setPen(QPen(palette.ink, px(1.6)))
            side = -1 if start == 90 else 1
            half = QPointF(side * px(5), 0)
            painter.drawLine(centre + half - QPointF(0, px(4)), centre + half + QPointF(0, px(4)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        own = self.theme.palette
        painter.setPen(QPen(own.accent, px(2)) if self.isChecked() else QPen(own.line, 1))
        painter.drawEllipse(disc.adjusted(-1, -1, 1, 1))


class LookPopover(Popover):
    """Everything shows at once what it changes."""

    size_stepped = Signal(int)
    """-1 smaller, 1 larger, 0 the natural size."""
    spacing_stepped = Signal(str, int)
    """A field of Spacing; -1 closer, 1 looser, 0 as usual."""
    family_chosen = Signal(str)
    look_chosen = Signal(str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, "Text and colours")
        self._size_button = TextButton(theme, "", self)
        self._spacing_buttons = {name: TextButton(theme, "", self) for name in SPACING_NAMES}
        self._spacing_labels = {
            name: QLabel(called, self) for name, called in SPACING_NAMES.items()
        }
        self._caption = QLabel(self)
        swatches = {choice: Swatch(theme, choice, self) for choice in LOOK_NAMES}
        self._looks = Choice(swatches, self)
        self._looks.made.connect(self.look_chosen.emit)
        self.content.addLayout(self._size_row())
        self.content.addLayout(self._look_row())
        self.content.addWidget(self._caption, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._families = RowList(theme, "Typefaces", _family_rows(theme.text_family), self)
        self._families.chosen.connect(self.family_chosen)
        self._families.setMinimumHeight(round(theme.px(30 * 5)))
        self._families.setMaximumHeight(round(theme.px(30 * 7)))
        self.content.addWidget(self._families)
        self.content.addLayout(self._spacing_rows())
        theme.changed.connect(self._show_present)
        self._show_present()

    def open_at(self, *anchors: QWidget) -> None:
        super().open_at(*anchors)
        self._families.show_current()

    def _size_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        smaller = IconButton(self.theme, Icon.MINUS, "Smaller (Ctrl+−)", self)
        larger = IconButton(self.theme, Icon.PLUS, "Larger (Ctrl++)", self)
        self._size_button.setToolTip("Natural size (Ctrl+0)")
        for button, step in ((smaller, -1), (self._size_button, 0), (larger, 1)):
            button.clicked.connect(lambda _=False, by=step: self.size_stepped.emit(by))
            row.addWidget(button, 1 if step == 0 else 0)
        return row

    def _spacing_rows(self) -> QGridLayout:
        rows = QGridLayout()
        rows.setColumnStretch(0, 1)
        rows.setColumnMinimumWidth(2, round(self.theme.px(64)))
        for number, (name, usual) in enumerate(self._spacing_buttons.items()):
            called = SPACING_NAMES[name]
            closer = IconButton(self.theme, Icon.MINUS, f"{called}: less", self)
            looser = IconButton(self.theme, Icon.PLUS, f"{called}: more", self)
            usual.setToolTip("As usual")
            rows.addWidget(self._spacing_labels[name], number, 0)
            for column, (button, step) in enumerate(((closer, -1), (usual, 0), (looser, 1)), 1):
                button.clicked.connect(
                    lambda _=False, of=name, by=step: self.spacing_stepped.emit(of, by)
                )
                rows.addWidget(button, number, column)
        return rows

    def _look_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(round(self.theme.px(4)))
        for swatch in self._looks.buttons.values():
            row.addWidget(swatch)
        return row

    def _show_present(self) -> None:
        self._size_button.setText(f"{round(self.theme.chosen_scale * 100)} %")
        self._size_button.setAccessibleName(f"Size {round(self.theme.chosen_scale * 100)} per cent")
        self._caption.setText(LOOK_NAMES[self.theme.choice])
        self._caption.setFont(self.theme.interface_font(11.5))
        self._looks.show(self.theme.choice)
        for name, button in self._spacing_buttons.items():
            share = round(getattr(self.theme.spacing, name) * 100)
            button.setText(f"+{share} %" if name == "letters" and share else f"{share} %")
            button.setAccessibleName(f"{SPACING_NAMES[name]} {share} per cent")
            self._spacing_labels[name].setFont(self.theme.interface_font(12.5))


def _family_rows(current: str) -> list[Row]:
    names = family_names()
    ours = [name for name in names if name in SHIPPED]
    others = [name for name in names if name not in SHIPPED and not name.startswith(".")]
    rows = [Row(name, name, family=name, is_current=name == current) for name in ours]
    if others:
        rows.append(Row("On this machine"))
    rows += [Row(name, name, family=name, is_current=name == current) for name in others]
    return rows
