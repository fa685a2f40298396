"""A line of words with a switch at its end."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from reader.ui.look.colours import mix
from reader.ui.look.controls import PaintedButton
from reader.ui.look.theme import Theme

_SWITCH_PX = (30, 17)
_LINE_PX = 32
_ENDLESS = 10_000.0
_LEFT_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


class SwitchRow(PaintedButton):
    """Checked when the switch is on; the whole line can be pressed."""

    def __init__(self, theme: Theme, text: str, is_on: bool, parent: QWidget) -> None:
        super().__init__(theme, text, parent)
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(is_on)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return room for the words and the switch."""
        px = self.theme.px
        width = QFontMetricsF(self.theme.interface_font(13)).horizontalAdvance(self.text())
        return QSize(round(width + px(_SWITCH_PX[0] + 44)), round(px(_LINE_PX)))

    def minimumSizeHint(self) -> QSize:
        """Return what leaves room for the longest words: a line too long for it is broken."""
        return QSize(round(self.theme.px(200)), round(self.theme.px(_LINE_PX)))

    def heightForWidth(self, width: int) -> int:
        """Return how high it is where its words stand in so many pixels, in lines if need be."""
        metrics = QFontMetricsF(self.theme.interface_font(13))
        room = self._words_box(QRectF(0, 0, width, _ENDLESS))
        lines = metrics.boundingRect(room, _LEFT_WRAPPED, self.text())
        return round(max(self.theme.px(_LINE_PX), lines.height() + self.theme.px(14)))

    def paint_content(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        """Paint words and switch."""
        px, palette = self.theme.px, self.theme.palette
        painter.setFont(self.theme.interface_font(13))
        painter.setPen(palette.ink if self.isChecked() else colour)
        flags = Qt.AlignmentFlag.AlignVCenter | _LEFT_WRAPPED
        painter.drawText(self._words_box(box), flags, self.text())
        width, height = px(_SWITCH_PX[0]), px(_SWITCH_PX[1])
        track = QRectF(box.right() - width - px(10), box.center().y() - height / 2, width, height)
        off = mix(palette.card, palette.soft, 0.35)
        painter.setPen(QPen(palette.soft, 1) if not self.isChecked() else Qt.PenStyle.NoPen)
        painter.setBrush(palette.accent if self.isChecked() else off)
        painter.drawRoundedRect(track, height / 2, height / 2)
        knob_x = track.right() - height / 2 if self.isChecked() else track.left() + height / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.on_accent if self.isChecked() else palette.card)
        painter.drawEllipse(QPointF(knob_x, track.center().y()), height / 2 - 3, height / 2 - 3)

    def _words_box(self, box: QRectF) -> QRectF:
        """Return where in `box` the words stand: left of the switch."""
        px = self.theme.px
        return box.adjusted(px(10), 0, -px(_SWITCH_PX[0] + 20), 0)
