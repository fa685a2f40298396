"""The covers that texts bring along: taken from their files when first seen, kept small."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from reader.atomic_write import write_atomically
from reader.errors import SottovoceError, UnreadableText
from reader.formats.registry import cover_of
from reader.library.holdings import Holding
from reader.storage.texts import TextId
from reader.ui.background import Background
from reader.values import value

_KEPT_SIZE = QSize(450, 636)
"""Pixels: three times a cover as drawn, for screens of high density and large sizes."""

_WIDEST_COVER = 0.9
"""Of its height: a wider picture isn't cut at its sides."""

_HELD_BYTES = 100 * 2**20
"""What the covers held in memory take at most: many times those that fit on a screen."""

_WAITING = 60
"""Covers asked for and not taken yet; who scrolls on has no use for older ones."""


_RULES = 2
"""Counts the ways in which covers are found: what an earlier one found, or didn't, is left."""


class CoverStore(QObject):
    """Gives covers that are at hand, and fetches the others beside the window's thread."""

    came = Signal(int)
    """TextId: its cover can be had now."""

    def __init__(self, folder: Path, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._fetching = background.latest()
        self._held: OrderedDict[TextId, _Held] = OrderedDict()
        self._held_bytes = 0
        self._wanted: OrderedDict[TextId, tuple[Holding, QSize]] = OrderedDict()
        self._fetched: TextId | None = None

    def cover(self, text: Holding, size: QSize) -> QImage | None:
        """Return a text's own cover if it has one and it is at hand; else it may come later.

        It is as large as `size`, in pixels, needs; one held for a smaller size is given meanwhile.
        """
        held = self._held.get(text.id)
        if held is not None:
            self._held.move_to_end(text.id)
            if held.image is None or held.size.width() >= size.width():
                return held.image
        if text.path is not None and text.id not in (*self._wanted, self._fetched):
            self._wanted[text.id] = text, size
            while len(self._wanted) > _WAITING:
                self._wanted.popitem(last=False)
            self._fetch_next()
        return None if held is None else held.image

    def forget(self) -> None:
        """Look anew for covers that weren't there: files may have come back."""
        self._fetching.forget()
        self._fetched = None
        self._wanted.clear()
        for text in [text for text, held in self._held.items() if held.image is None]:
            del self._held[text]

    def _fetch_next(self) -> None:
        if self._fetched is not None or not self._wanted:
            return
        name, (text, size) = self._wanted.popitem()  # what was asked for last is looked at now
        self._fetched = name
        self._fetching.run(
            lambda: _scaled(fetch_cover(text, self._folder), size),
            lambda image: self._on_come(name, image, size),
            lambda _error: self._on_come(name, None, size),
        )

    def _on_come(self, name: TextId, image: QImage | None, size: QSize) -> None:
        self._fetched = None
        before = self._held.pop(name, None)
        if before is not None:
            self._held_bytes -= before.bytes
        self._held[name] = held = _Held(image, size)
        self._held_bytes += held.bytes
        while self._held_bytes > _HELD_BYTES:
            _, oldest = self._held.popitem(last=False)
            self._held_bytes -= oldest.bytes
        if image is not None:
            self.came.emit(name)
        self._fetch_next()


@value
class _Held:
    """A cover, or that there is none, as it was found for covers drawn at `size`."""

    image: QImage | None
    size: QSize

    @property
    def bytes(self) -> int:
        return 0 if self.image is None else self.image.sizeInBytes()


def _scaled(image: QImage | None, size: QSize) -> QImage | None:
    """Return a cover no larger than is needed to fill `size`."""
    if image is None or image.width() <= size.width() or image.height() <= size.height():
        return image
    aspect = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    return image.scaled(size, aspect, Qt.TransformationMode.SmoothTransformation)


def fetch_cover(
    text: Holding, folder: Path, read: Callable[[Path], bytes | None] = cover_of
) -> QImage | None:
    """Return a text's cover, from the file kept of it or from the text's own; None without one.

    That there is none is kept as well, as an empty file.
    """
    kept = folder / f"{text.fingerprint.removeprefix('sha256:')[:32]}-{_RULES}.jpg"
    with suppress(OSError):
        content = kept.read_bytes()
        if not content:
            return None
        image = QImage.fromData(content)
        if not image.isNull():
            return image
    if text.path is None:
        return None
    try:
        found = read(text.path)
    except UnreadableText:
        return None  # the file isn't there now; nothing is known of its cover
    small = None if found is None else _made_small(found)
    with suppress(OSError, SottovoceError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(kept, b"" if small is None else _as_jpeg(small))
    return small


def _made_small(content: bytes) -> QImage | None:
    """Return a picture no larger than is ever shown; large ones are never held whole."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        aspect = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        if size.width() > _KEPT_SIZE.width() and size.height() > _KEPT_SIZE.height():
            reader.setScaledSize(size.scaled(_KEPT_SIZE, aspect))
    image = reader.read()
    return None if image.isNull() else _upright(image.convertToFormat(QImage.Format.Format_RGB32))


def _upright(image: QImage) -> QImage:
    """Return a picture that is no wider than a cover: one of a slide gets room above and below.

    The room has the colour of its corner, so that it looks like one sheet.
    """
    if image.width() < _WIDEST_COVER * image.height():
        return image
    wide = image.scaledToWidth(_KEPT_SIZE.width(), Qt.TransformationMode.SmoothTransformation)
    sheet = QImage(_KEPT_SIZE, QImage.Format.Format_RGB32)
    sheet.fill(image.pixelColor(0, 0))
    painter = QPainter(sheet)
    painter.drawImage(0, (sheet.height() - wide.height()) // 2, wide)
    painter.end()
    return sheet


def _as_jpeg(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(88)
    writer.write(image)
    return bytes(buffer.data().data())
