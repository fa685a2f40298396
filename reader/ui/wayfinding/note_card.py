"""A small card beside a link: the footnote it leads to, or the address of what lies elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QWidget

from reader.ui.look.controls import TextButton
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar

_WIDTH_PX = 400
_HIGHEST_PX = 300
_GAP_PX = 2


class CardText(QTextBrowser):
    """Shows HTML of our own and loads nothing. Tab goes from link to link."""

    link_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(QuietScrollBar(theme, self))
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(self._on_anchor_clicked)
        self.setStyleSheet("QTextBrowser { background: transparent; }")

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Refuse every resource."""
        return None

    def show_html(self, body: str) -> None:
        """Show HTML in the text's typeface."""
        palette, px = self._theme.palette, self._theme.px
        document = QTextDocument(self)
        document.setDocumentMargin(0)
        document.setDefaultFont(self._theme.text_font(16))
        document.setDefaultStyleSheet(
            f"p {{ line-height: 140%; margin: 0 0 {px(8):.0f}px 0; color: {palette.ink.name()}; }}"
            f"code, pre {{ font-family: monospace; font-size: {px(13):.0f}px; }}"
        )
        document.setHtml(body)
        self.setDocument(document)
        document.setTextWidth(px(_WIDTH_PX))

    def sizeHint(self) -> QSize:
        """Return the text's width and as much of its height as a card may have."""
        px = self._theme.px
        height = min(self.document().size().height() + px(2), px(_HIGHEST_PX))
        return QSize(round(px(_WIDTH_PX)), round(height))

    def minimumSizeHint(self) -> QSize:
        """Return what shows a line or two."""
        return QSize(round(self._theme.px(160)), round(self._theme.px(24)))

    def _on_anchor_clicked(self, url: QUrl) -> None:
        address = url.toString(QUrl.ComponentFormattingOption.PrettyDecoded)
        self.link_chosen.emit(address.removeprefix("link:"))


class NoteCard(Popover):
    """Opens beside a line of the text. Escape, or a click elsewhere, closes it."""

    link_chosen = Signal(str)
    chosen = Signal(str)
    """The words on the button that was pressed."""

    def __init__(
        self, theme: Theme, window: QWidget, name: str, body: str, buttons: tuple[str, ...]
    ) -> None:
        super().__init__(theme, window, name)
        self._at = QRect()
        self.text = CardText(theme, self)
        self.text.setAccessibleName(name)
        self.text.show_html(body)
        self.text.link_chosen.connect(self.link_chosen)
        self.content.addWidget(self.text, 1)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addStretch(1)
        self.buttons = [self._button(words, line) for words in buttons]
        self.content.addLayout(line)
        self.setFocusProxy(self.text)

    def open_beside(self, at: QRect) -> None:
        """Open under `at`, or above it where there is more room; in the window's pixels."""
        self._at = at
        self.open_at(self)

    def place(self) -> None:
        """Stand beside the link, within the window."""
        window = self.parentWidget()
        if window is None or self._at.isNull():
            return
        at, gap = self._at, round(self.theme.px(_GAP_PX))
        size = self.sizeHint().boundedTo(window.size())
        below, above = window.height() - at.bottom() - gap, at.top() - gap
        opens_up = below < size.height() and above > below
        height = min(size.height(), above if opens_up else below)
        left = min(max(at.center().x() - size.width() // 2, 0), window.width() - size.width())
        top = at.top() - gap - height if opens_up else at.bottom() + gap
        self.setGeometry(left, top, size.width(), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the first button, where no link has the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.buttons:
            self.buttons[0].click()
        else:
            super().keyPressEvent(event)

    def _button(self, words: str, line: QHBoxLayout) -> TextButton:
        button = TextButton(self.theme, words, self, is_accented=True)
        button.clicked.connect(lambda: self._press(words))
        line.addWidget(button)
        return button

    def _press(self, words: str) -> None:
        self.close()
        self.chosen.emit(words)
