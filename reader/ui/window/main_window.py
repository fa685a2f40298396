"""The window: the bars around the text, what floats over it, and the keys."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from reader.ui.look.colours import fill
from reader.ui.look.controls import FloatingButton
from reader.ui.look.fitted_theme import FittedTheme
from reader.ui.look.icons import Icon
from reader.ui.look.theme import Theme
from reader.ui.view.reading_view import ReadingView
from reader.ui.window import header_bar, transport_bar
from reader.ui.window.commands import REPEATED, Command
from reader.ui.window.header_bar import HeaderBar
from reader.ui.window.message_area import MessageArea
from reader.ui.window.transport_bar import TransportBar

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from reader.ui.window.held_keys import HeldKeys

USUAL_WIDTH_PX, USUAL_HEIGHT_PX = 1280, 860
_SMALLEST_WIDTH_PX, _SMALLEST_HEIGHT_PX = 360, 320
_BARS_SHARE = 0.32
"""The most of the window's height that the bars above and below the text grow to."""
_TELL_OF_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease)


class MainWindow(QWidget):
    """Lays the parts out and tells what the user asks for; it decides nothing."""

    ACCESSIBLE_ROLE = "Window"

    command_given = Signal(object)
    """Command."""
    file_dropped = Signal(Path)
    """One file: a text to be read."""
    files_dropped = Signal(object)
    """list[Path]: several files, or a folder, for the library."""
    address_dropped = Signal(str)
    """The address of a web page."""
    looked_at = Signal()
    """The window has become the one the user works in."""
    escaped = Signal()
    """Escape, where nothing that has the focus wanted it."""

    def __init__(self, theme: Theme, may_close: Callable[[], bool]) -> None:
        super().__init__()
        self.theme = theme
        self._may_close = may_close
        self._held_keys: HeldKeys | None = None  # until keys are listened to
        self._bars = FittedTheme(theme, self)
        self.header = HeaderBar(self._bars, self)
        self.view = ReadingView(theme, self)
        self.transport = TransportBar(self._bars, self)
        self.messages = MessageArea(theme, self)
        self.back_to_voice = FloatingButton(theme, Icon.TO_VOICE, "Back to the voice", self)
        self.back_to_voice.hide()
        self._over_text: QWidget | None = None
        self._wire()
        self.setAcceptDrops(True)
        self.setWindowTitle("Sottovoce")
        self.setMinimumSize(_SMALLEST_WIDTH_PX, _SMALLEST_HEIGHT_PX)
        self.resize(USUAL_WIDTH_PX, USUAL_HEIGHT_PX)
        self._fit_bars()
        self._on_theme_changed()
        self.view.setFocus()

    def settle_sizes(self) -> None:
        """Give the parts their sizes before the window is shown, so that texts are laid out once.

        Qt keeps that back until then.
        """
        self._lay_out()
        for part in (self.header, self.view, self.transport):
            part.setAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent, False)
            QApplication.sendEvent(part, QResizeEvent(part.size(), part.size()))

    def set_title(self, title: str, origin: str = "") -> None:
        """Show the text's title in the header and in the window's frame, and where it is from."""
        self.header.set_title(title, origin)
        self.setWindowTitle(f"{title} — Sottovoce" if title else "Sottovoce")

    def show_times(self, elapsed_s: float, left_s: float) -> None:
        """Show how long the voice has read and will still read, in seconds at its speed."""
        self.transport.set_times(elapsed_s, left_s)
        self.header.set_time_left(left_s)

    def show_margin(self, is_visible: bool) -> None:
        """Leave room for the notes beside the text, or none."""
        self.view.set_margin_visible(is_visible)
        self.header.set_margin_shown(is_visible)

    def show_over_text(self, widget: QWidget | None) -> None:
        """Show a widget in the place of the text, or (None) the text again."""
        if self._over_text is not None:
            self._over_text.hide()
        self._over_text = widget
        # what closes over the text gives the focus back to it; the stub knows no None
        self.view.setFocusProxy(widget)  # type: ignore[arg-type]
        self.view.setVisible(widget is None)
        if widget is not None:
            widget.setGeometry(self.view.geometry())
            widget.show()
            widget.stackUnder(self.back_to_voice)

    def set_commands_enabled(self, commands: Iterable[Command], *, is_enabled: bool) -> None:
        """Let these commands be given, or not."""
        for command in commands:
            self.actions_by_command[command].setEnabled(is_enabled)

    def offer_way_to_voice(self, is_offered: bool) -> None:
        """Show the pill that leads back to where the voice is, or hide it."""
        self.back_to_voice.setVisible(is_offered)
        self.place_floats()

    def place_floats(self) -> None:
        """Place what floats over the text's foot: messages, and the way back above them."""
        foot = self.transport.y() - round(self.theme.px(16))
        foot = self.messages.place(self.width(), foot)
        if self.back_to_voice.isHidden():
            return
        size = self.back_to_voice.sizeHint()
        left = self.view.x() + self.view.column_rect().center().x() - size.width() // 2
        left = min(max(left, 0), self.width() - size.width())
        self.back_to_voice.setGeometry(left, foot - size.height(), *size.toTuple())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bars()
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.looked_at.emit()

    def come_forward(self, tokens: Iterable[tuple[str, str]] = ()) -> None:
        """Show it before all others; `tokens` by which a launcher allows it, as variables."""
        for name, token in tokens:
            os.environ[name] = token  # where Qt looks for it
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def leave(self) -> None:
        """Close, whatever isn't saved: nobody is there to be asked."""
        self._may_close()
        self._may_close = lambda: True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._may_close())

    def event(self, event: QEvent) -> bool:
        """Tell a key that is held from one pressed again."""
        if event.type() in _TELL_OF_KEYS and isinstance(event, QKeyEvent) and self._held_keys:
            self._held_keys.note(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        ways = {
            Qt.MouseButton.BackButton: Command.GO_BACK,
            Qt.MouseButton.ForwardButton: Command.GO_FORWARD,
        }
        wanted = ways.get(event.button())
        if wanted is not None:
            self.command_given.emit(wanted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dragged = event.mimeData()
        has_file = any(url.isLocalFile() for url in dragged.urls())
        if has_file or _address_in(dragged) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        address = _address_in(event.mimeData())
        if files:
            event.acceptProposedAction()
            if len(files) > 1 or files[0].is_dir():
                self.files_dropped.emit(files)
            else:
                self.file_dropped.emit(files[0])
        if address is not None:
            event.acceptProposedAction()
            self.address_dropped.emit(address)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), self.theme.palette.paper)
        painter.end()

    @cached_property
    def actions_by_command(self) -> dict[Command, QAction]:
        """What the keys do; they are listened to once this has been asked for."""
        from reader.ui.window.command_actions import command_actions, name_keys
        from reader.ui.window.held_keys import HeldKeys

        self._held_keys = HeldKeys()
        name_keys(self.header, self.transport)
        return command_actions(self, self._give_once)

    def _give_once(self, command: Command) -> None:
        is_held = self._held_keys is not None and self._held_keys.is_held
        if command in REPEATED or not is_held:
            self.command_given.emit(command)

    def _wire(self) -> None:
        given = (
            (self.header.library_requested, Command.SHOW_LIBRARY),
            (self.header.contents_requested, Command.SHOW_CONTENTS),
            (self.header.find_requested, Command.FIND),
            (self.header.look_requested, Command.CHOOSE_LOOK),
            (self.header.margin_toggled, Command.TOGGLE_MARGIN),
            (self.header.menu_requested, Command.SHOW_MENU),
            (self.transport.play_toggled, Command.PLAY_OR_PAUSE),
            (self.transport.previous_requested, Command.PREVIOUS_SENTENCE),
            (self.transport.next_requested, Command.NEXT_SENTENCE),
            (self.transport.voice_requested, Command.CHOOSE_VOICE),
            (self.transport.speed_requested, Command.CHOOSE_SPEED),
            (self.transport.sleep_requested, Command.CHOOSE_SLEEP),
            (self.transport.study_requested, Command.CHOOSE_STUDY),
            (self.transport.highlights_toggled, Command.PLAY_HIGHLIGHTS),
            (self.transport.mark_requested, Command.MARK_HEARD),
            (self.transport.dark_toggled, Command.IN_THE_DARK),
            (self.transport.look_toggled, Command.TOGGLE_LOOK),
            (self.back_to_voice.clicked, Command.BACK_TO_VOICE),
        )
        for signal, command in given:
            signal.connect(lambda _=False, wanted=command: self.command_given.emit(wanted))
        self.messages.changed.connect(self.place_floats)
        self.view.layout_changed.connect(self.place_floats)
        self.theme.changed.connect(self._on_theme_changed)

    def _fit_bars(self) -> None:
        """Leave most of the window to the text, however large it is read, and the bars whole."""
        drawn_px = header_bar.HEIGHT_PX + transport_bar.HEIGHT_PX
        by_height = self.height() * _BARS_SHARE / drawn_px
        self._bars.fit(min(by_height, self.width() / transport_bar.NARROW_PX))

    def _lay_out(self) -> None:
        width, height = self.width(), self.height()
        above, below = self.header.height(), self.transport.height()
        self.header.setGeometry(0, 0, width, above)
        self.view.setGeometry(0, above, width, height - above - below)
        if self._over_text is not None:
            self._over_text.setGeometry(self.view.geometry())
        self.transport.setGeometry(0, height - below, width, below)
        self.place_floats()

    def _on_theme_changed(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(_qt_palette(self.theme))
        application.setFont(self.theme.interface_font(13))
        self._lay_out()
        self.update()


def _qt_palette(theme: Theme) -> QPalette:
    """Return our colours in Qt's roles, for what Qt draws itself: menus, dialogs, tool tips."""
    ours, role = theme.palette, QPalette.ColorRole
    palette = QPalette()
    for qt_role, colour in {
        role.Window: ours.paper,
        role.WindowText: ours.ink,
        role.Base: ours.card,
        role.AlternateBase: ours.paper,
        role.Text: ours.ink,
        role.Button: ours.card,
        role.ButtonText: ours.ink,
        role.PlaceholderText: ours.soft,
        role.Highlight: ours.accent,
        role.HighlightedText: ours.on_accent,
        role.ToolTipBase: ours.card,
        role.ToolTipText: ours.soft,  # their frame has this colour as well
        role.Link: ours.accent,
        role.Mid: ours.line,
        role.Midlight: ours.line,
        role.Dark: ours.line,
        role.Light: ours.card,
        role.Shadow: ours.line,
    }.items():
        palette.setColor(qt_role, QColor(colour))
    for qt_role in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, qt_role, ours.faint)
    return palette


def _address_in(dragged: QMimeData) -> str | None:
    """Return the address of a web page that is dragged, as a link or as text."""
    from reader.text.web_address import web_address_from  # most windows never see one

    urls = dragged.urls()
    written = [url.toString() for url in urls if not url.isLocalFile()]
    if not urls:
        written.append(dragged.text())
    return next(filter(None, map(web_address_from, written)), None)
