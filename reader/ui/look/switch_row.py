"""A line of words with a switch at its end."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from reader.ui.look.controls import PaintedButton, blend
from reader.ui.look.theme import Theme

_SWITCH_PX = (30, 17)


class SwitchRow(PaintedButton):
    """Checked when the switch is on; the whole line can be pressed."""

    def __init__(self, theme: Theme, text: str, is_on: bool, parent: QWidget) -> None:
        super().__init__(theme, text, parent)
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(is_on)

    def sizeHint(self) -> QSize:
        """Return room for the words and the switch."""
        px = self.theme.px
        width = QFontMetricsF(self.theme.interface_font(13)).horizontalAdvance(self.text())
        return QSize(round(width + px(_SWITCH_PX[0] + 44)), round(px(32)))

    def paint_content(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        """Paint words and switch."""
        px, palette = self.theme.px, self.theme.palette
        painter.setFont(self.theme.interface_font(13))
        painter.setPen(palette.ink if self.isChecked() else colour)
        words = box.adjusted(px(10), 0, -px(_SWITCH_PX[0] + 20), 0)
        painter.drawText(
            words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
        )
        width, height = px(_SWITCH_PX[0]), px(_SWITCH_PX[1])
        track = QRectF(box.right() - width - px(10), box.center().y() - height / 2, width, height)
        off = blend(palette.card, palette.soft, 0.35)
        painter.setPen(QPen(palette.soft, 1) if not self.isChecked() else Qt.PenStyle.NoPen)
        painter.setBrush(palette.accent if self.isChecked() else off)
        painter.drawRoundedRect(track, height / 2, height / 2)
        knob_x = track.right() - height / 2 if self.isChecked() else track.left() + height / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.on_accent if self.isChecked() else palette.card)
        painter.drawEllipse(QPointF(knob_x, track.center().y()), height / 2 - 3, height / 2 - 3)
