"""A document's pictures for its view: their sizes at once, the pictures decoded beside it."""

from __future__ import annotations

import re
from collections import OrderedDict

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from reader.text.document import Pictures, PicturesWithHeads
from reader.ui.background import Background

KEPT_BYTES = 48_000_000
"""Of decoded pictures: some ten screens full. Those seen last stay."""

DECODING_LIMIT_MB = 192
"""What one picture may take while it is decoded: 48 million pixels. JPEG is decoded smaller."""

_MOST_PIXELS = DECODING_LIMIT_MB * 1_000_000 // 4
_PATIENCE_S = 0.03
"""How long one waits, in the window's thread, for a picture that nobody wants any more."""
_LARGEST_SIDE = 60_000
_SPACER_SIDE = 2
"""Pixels: what is no larger stands for nothing, such as a counter's picture."""

_SAMPLE_SIDE = 24
_HARDLY_THERE = 60
_DARK = 110
_GREY = 40
_MOST_INK = 0.9

_SVG_SIZE = re.compile(r"<svg\b[^>]*>", re.IGNORECASE | re.DOTALL)
_SVG_ATTRIBUTE = re.compile(r"\b(width|height|viewBox)\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_SVG_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:px)?\s*")
_DRAWING_SIZE = re.compile(r"#svg:\d+:(\d{1,6})x(\d{1,6})$")
_USUAL_DRAWING = QSize(300, 150)
"""Of a drawing that says nothing of its size, as in browsers (CSS 2.1, 10.3.2)."""

_OUTER_IMAGE = re.compile(
    rb"""<(?:svg:)?image\b[^<>]*\bhref\s*=\s*["'](?!\#|data:)[^<>]*?(?:/>|>.*?</(?:svg:)?image\s*>)""",
    re.IGNORECASE | re.DOTALL,
)
_OUTER_REFERENCE = re.compile(
    rb"""\s(?:xlink:)?href\s*=\s*(?:"(?!\#|data:)[^"]*"|'(?!\#|data:)[^']*')""", re.IGNORECASE
)
_EXTERNAL_ENTITIES = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.IGNORECASE | re.DOTALL)


_Key = tuple[str, int, int, bool]
"""Address, width, height, and whether its light is turned round."""


class PictureStore(QObject):
    """Called on the window's thread only. Sizes are in the picture's own pixels."""

    arrived = Signal(str)
    """Address: the picture asked for is here now."""
    failed = Signal(str)
    """Address: the picture can't be shown after all."""

    def __init__(self, pictures: Pictures | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._sizes: dict[str, QSize | None] = {}
        self._images: OrderedDict[_Key, QImage] = OrderedDict()
        self._ink: set[str] = set()
        self._broken: set[str] = set()
        self._kept_bytes = 0
        self._background = Background(self)
        self._wanted: list[tuple[str, QSize]] = []
        self._decoding = self._background.latest()

    def size_of(self, address: str) -> QSize | None:
        """Return a picture's size, read from its first bytes; None if it can't be shown."""
        if address not in self._sizes:
            self._sizes[address] = self._measured(address)
        return self._sizes[address]

    def image(self, address: str, size: QSize, *, is_dark: bool = False) -> QImage | None:
        """Return the picture in that size, or near it; None until `arrived` tells of it.

        On dark paper black lines on nothing are given as light ones.
        """
        is_turned = is_dark and address in self._ink
        key = (address, size.width(), size.height(), is_turned)
        found = self._images.get(key)
        if found is not None:
            self._images.move_to_end(key)
            return found
        if is_turned and (plain := self._images.get((*key[:3], False))) is not None:
            turned = plain.copy()
            turned.invertPixels(QImage.InvertMode.InvertRgb)
            self._keep(key, turned)
            return turned
        if self.size_of(address) is not None and (address, size) not in self._wanted:
            self._wanted.append((address, size))
            self._decode_next()
        alike = (
            image
            for (name, _, _, other), image in self._images.items()
            if name == address and other is is_turned
        )
        return next(alike, None)

    @property
    def is_decoding(self) -> bool:
        """Whether a picture that was asked for is still to come."""
        return self._decoding.is_awaited

    def is_broken(self, address: str) -> bool:
        """Whether a picture that ought to be seen can't be shown, rather than being no picture."""
        return self.size_of(address) is None and address in self._broken

    def is_ink(self, address: str) -> bool:
        """Whether a picture that has arrived is dark lines on nothing."""
        return address in self._ink

    def close(self) -> None:
        """Decode nothing more."""
        self._wanted.clear()
        self._images.clear()
        self._background.close(_PATIENCE_S)

    def _measured(self, address: str) -> QSize | None:
        if self._pictures is None or not address:
            return None
        told = _DRAWING_SIZE.search(address)
        if told is not None:
            size = QSize(int(told[1]), int(told[2]))
        else:
            head = self._head(address)
            if head is None and "#svg:" in address:
                size = _USUAL_DRAWING
            else:
                size = QSize() if head is None else size_in(head)
        sides = (size.width(), size.height())
        if min(sides) < 1 or max(sides) > _LARGEST_SIDE:
            self._broken.add(address)
            return None
        return size if max(sides) > _SPACER_SIDE else None

    def _head(self, address: str) -> bytes | None:
        pictures = self._pictures
        if isinstance(pictures, PicturesWithHeads):
            return pictures.head(address)
        return None if pictures is None else pictures.read(address)

    def _decode_next(self) -> None:
        """Decode what was asked for last: the other pictures may have left the screen."""
        pictures = self._pictures
        if self._decoding.is_awaited or not self._wanted or pictures is None:
            return
        address, size = self._wanted[-1]
        self._decoding.run(
            lambda: _decoded(pictures, address, size),
            lambda found: self._on_decoded(address, size, *found),
            lambda _error: self._on_decoded(address, size, None, False),
        )

    def _on_decoded(self, address: str, size: QSize, image: QImage | None, is_ink: bool) -> None:
        self._wanted = [wanted for wanted in self._wanted if wanted != (address, size)][-12:]
        if image is None:
            self._sizes[address] = None
            self._broken.add(address)
            self.failed.emit(address)
        else:
            if is_ink:
                self._ink.add(address)
            self._keep((address, size.width(), size.height(), False), image)
            self.arrived.emit(address)
        self._decode_next()

    def _keep(self, key: _Key, image: QImage) -> None:
        self._images[key] = image
        self._kept_bytes += image.sizeInBytes()
        while self._kept_bytes > KEPT_BYTES and len(self._images) > 1:
            _, dropped = self._images.popitem(last=False)
            self._kept_bytes -= dropped.sizeInBytes()


def size_in(head: bytes) -> QSize:
    """Return the size that an image file's first bytes tell; an invalid one if they don't."""
    if _is_svg(head):
        return _svg_size(head)
    reader, buffer = _reader(head)
    size = reader.size()
    if reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90:
        size.transpose()
    del buffer
    return size


def decode(content: bytes, size: QSize) -> QImage | None:
    """Return an image file's picture, scaled to `size`; None if it can't be decoded.

    Of an animated one the first picture. SVG loads nothing. To be called beside the window's
    thread: Qt lets go of the interpreter meanwhile.
    """
    QImageReader.setAllocationLimit(DECODING_LIMIT_MB)
    is_svg = _is_svg(content)
    if is_svg:
        content = _alone(content)
    reader, buffer = _reader(content, "svg" if is_svg else "")
    reader.setAutoTransform(True)
    scaled = QSize(size)
    if reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90:
        scaled.transpose()
    own = QSize() if is_svg else reader.size()
    if not is_svg and reader.format() != b"jpeg" and own.width() * own.height() > _MOST_PIXELS:
        return None
    if is_svg or (own.isValid() and own.width() > scaled.width()):
        reader.setScaledSize(scaled)
    image = reader.read()
    del buffer
    if image.isNull():
        return None
    if image.width() > size.width():  # a format that can't be read smaller
        image = image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    has_alpha = image.hasAlphaChannel()
    kind = QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32
    return image.convertToFormat(kind)


def _alone(svg: bytes) -> bytes:
    """Return a drawing without what leads out of it: Qt would read such pictures from the disk."""
    svg = _EXTERNAL_ENTITIES.sub(b"", svg, count=1)
    return _OUTER_REFERENCE.sub(b"", _OUTER_IMAGE.sub(b"", svg))


def is_ink_on_nothing(image: QImage) -> bool:
    """Whether a picture is dark and grey where it is anything at all, as line drawings are."""
    if not image.hasAlphaChannel():
        return False
    small = image.scaled(_SAMPLE_SIDE, _SAMPLE_SIDE).convertToFormat(QImage.Format.Format_ARGB32)
    shown = 0
    for y in range(_SAMPLE_SIDE):
        for x in range(_SAMPLE_SIDE):
            colour = small.pixelColor(x, y)
            if colour.alpha() < _HARDLY_THERE:
                continue
            shown += 1
            channels = (colour.red(), colour.green(), colour.blue())
            if max(channels) > _DARK or max(channels) - min(channels) > _GREY:
                return False
    return 0 < shown < _MOST_INK * _SAMPLE_SIDE**2


def _decoded(pictures: Pictures, address: str, size: QSize) -> tuple[QImage | None, bool]:
    """Return the picture, if it can be had, and whether it is ink on nothing."""
    content = pictures.read(address)
    image = None if content is None else decode(content, size)
    return image, image is not None and is_ink_on_nothing(image)


def _reader(content: bytes, kind: str = "") -> tuple[QImageReader, QBuffer]:
    """Return a reader, and the buffer it reads from, which must live as long."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return QImageReader(buffer, QByteArray(kind.encode())), buffer


def _is_svg(content: bytes) -> bool:
    return b"<svg" in content[:4000].lower()


def _svg_size(head: bytes) -> QSize:
    tag = _SVG_SIZE.search(head.decode("utf-8", "replace"))
    if tag is None:
        return _USUAL_DRAWING
    told = {name.lower(): value for name, value in _SVG_ATTRIBUTE.findall(tag.group())}
    sides = [_SVG_LENGTH.fullmatch(told.get(name, "")) for name in ("width", "height")]
    box = told.get("viewbox", "").replace(",", " ").split()
    try:
        box_width, box_height = (float(side) for side in box[2:4])
    except ValueError:
        box_width = box_height = 0.0
    width, height = (float(side[1]) if side is not None else 0.0 for side in sides)
    if not (width and height) and box_width > 0 and box_height > 0:
        width, height = (
            (width, width * box_height / box_width) if width else (box_width, box_height)
        )
    if not (width and height):
        return _USUAL_DRAWING
    # a drawing may say that it is infinitely large
    return QSize(round(width), round(height)) if max(width, height) <= _LARGEST_SIDE else QSize()
