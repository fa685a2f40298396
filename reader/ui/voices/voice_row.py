"""One voice in the voices window: its name, what is to be said of it, and buttons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from reader.speech.engine import Voice
from reader.ui.announcing import announce
from reader.ui.look.controls import TextButton
from reader.ui.look.icons import Icon, paint_icon
from reader.ui.look.theme import Theme
from reader.ui.voices.voice_row_content import Act, RowContent

_LEADING = (Act.FETCH, Act.REALLY_REMOVE, Act.RESUME, Act.TRY_AGAIN)
_CHECK_PX = 14


class VoiceRow(QWidget):
    """Shows what it is given; `act_chosen` tells what the user wants done."""

    act_chosen = Signal(str, object)
    """VoiceId, Act."""

    def __init__(self, theme: Theme, voice: Voice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.voice = voice
        self.content: RowContent | None = None
        self._is_current = False
        self._buttons: dict[Act, TextButton] = {}
        self._title = QLabel(self)
        self._detail = QLabel(self)
        self._detail.setWordWrap(True)
        for label in (self._title, self._detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = _ProgressBar(theme, self)
        words = QVBoxLayout()
        words.setSpacing(round(theme.px(3)))
        for widget in (self._title, self._detail, self._bar):
            words.addWidget(widget)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(0)
        row = QHBoxLayout(self)
        edge = round(theme.px(10))
        row.setContentsMargins(round(theme.px(_CHECK_PX + 10)), edge, 0, edge)
        row.setSpacing(round(theme.px(12)))
        row.addLayout(words, 1)
        row.addLayout(self._acts)
        row.setAlignment(self._acts, Qt.AlignmentFlag.AlignTop)
        self.dress()

    def button(self, act: Act) -> TextButton | None:
        """Return the button for an act, if it can be done now."""
        return self._buttons.get(act)

    def buttons(self) -> list[TextButton]:
        """Return the buttons as they stand, the leftmost first."""
        return list(self._buttons.values())

    def show_content(self, content: RowContent, *, is_current: bool) -> None:
        """Show this; the keyboard stays where it is as far as there is such a button."""
        before, self.content = self.content, content
        self._is_current = is_current
        self._title.setText(content.title)
        self._detail.setText(content.detail)
        self._bar.set_share(content.progress)
        self.setAccessibleName(f"{content.title}, {content.detail}")
        if before is None or before.acts != content.acts:
            self._show_buttons(content)
        if content.is_alert and (before is None or before.detail != content.detail):
            announce(self, content.detail)
        self.update()

    def dress(self) -> None:
        """Take the theme's type and colours."""
        theme = self._theme
        for label, font, colour in (
            (self._title, theme.interface_font(14, 500), theme.palette.ink),
            (self._detail, theme.interface_font(12), theme.palette.soft),
        ):
            label.setFont(font)
            palette = label.palette()
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            label.setPalette(palette)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._is_current:
            return
        painter = QPainter(self)
        side = self._theme.px(_CHECK_PX)
        top = self._title.geometry().center().y() - side / 2
        paint_icon(painter, Icon.CHECK, QRectF(0, top, side, side), self._theme.palette.accent)
        painter.end()

    def _show_buttons(self, content: RowContent) -> None:
        had_focus = any(button.hasFocus() for button in self._buttons.values())
        for old in self._buttons.values():
            self._acts.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = {}
        for act in content.acts:
            button = TextButton(
                self._theme, act.value, self, size_px=12.5, is_accented=act in _LEADING
            )
            button.setAccessibleName(f"{act.value}, {self.voice.name}")
            button.clicked.connect(
                lambda _=False, act=act: self.act_chosen.emit(self.voice.id, act)
            )
            self._acts.addWidget(button)
            self._buttons[act] = button
            button.show()
        if had_focus and self._buttons:
            next(iter(self._buttons.values())).setFocus(Qt.FocusReason.TabFocusReason)


class _ProgressBar(QWidget):
    """A thin line that fills with the accent; it keeps its place while there is none to show."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share: float | None = None
        self.setFixedHeight(round(theme.px(3)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float | None) -> None:
        """Fill it so far; None shows no line at all."""
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._share is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        radius = box.height() / 2
        painter.setBrush(self._theme.palette.line)
        painter.drawRoundedRect(box, radius, radius)
        if self._share > 0:
            box.setWidth(max(box.width() * self._share, box.height()))
            painter.setBrush(self._theme.palette.accent)
            painter.drawRoundedRect(box, radius, radius)
        painter.end()
