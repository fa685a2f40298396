"""The picture of a window: painted without showing it, and written to a file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

_FAST = 2
"""zlib's level; the higher ones save a tenth of the size and take four times as long."""

_LINES_AT_A_TIME = 16


def picture_of(window: QWidget) -> QImage:
    """Paint a window that may never have been shown, in the pixels of its screen."""
    ratio = window.devicePixelRatioF()
    image = QImage(window.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    window.render(image)
    return image


def save_picture(image: QImage, path: Path) -> bool:
    """Write the picture in the format that the name says; return whether that could be done."""
    if path.suffix.lower() != ".png":
        return image.save(str(path))
    with suppress(OSError):
        path.write_bytes(png_of(image))
        return True
    return False


def png_of(image: QImage) -> bytes:
    """Return a picture of 32 bits a pixel as PNG (W3C, third edition), without alpha.

    Lines are left unfiltered. Qt's library tries every filter on every line, which helps
    photographs: here it would take three times as long for a larger file.
    """
    size = image.width().to_bytes(4, "big") + image.height().to_bytes(4, "big")
    compressor = zlib.compressobj(_FAST)
    compressed = [compressor.compress(lines) for lines in _unfiltered(image)]
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", size + b"\x08\x02\0\0\0"),  # 8 bits each of red, green and blue
            _chunk(b"IDAT", b"".join((*compressed, compressor.flush()))),
            _chunk(b"IEND", b""),
        )
    )


def _unfiltered(image: QImage) -> Iterator[bytes]:
    """Yield the lines as PNG wants them, some at a time.

    All at once they would be new memory again and again, which takes longer to get than to fill.
    """
    pixels, pitch, width = image.constBits(), image.bytesPerLine(), image.width()
    for top in range(0, image.height(), _LINES_AT_A_TIME):
        count = min(_LINES_AT_A_TIME, image.height() - top)
        band = QImage(pixels[top * pitch :], width, count, pitch, image.format())
        rgb = band.convertToFormat(QImage.Format.Format_RGB888)
        lines = bytes(rgb.constBits())
        starts = range(0, len(lines), rgb.bytesPerLine())
        yield b"".join([b"\0" + lines[start : start + 3 * width] for start in starts])


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return len(content).to_bytes(4, "big") + kind + content + checksum.to_bytes(4, "big")
