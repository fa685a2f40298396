"""Which bytes are those of a picture that can be shown."""

from __future__ import annotations

PICTURE_LIMIT_BYTES = 40_000_000
_HEADS = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"RIFF", b"BM")
_DRAWING_HEAD_BYTES = 4000


def picture_in(content: bytes | None) -> bytes | None:
    """Return the bytes if they are an image file or a drawing in SVG, else None."""
    if content is None:
        return None
    if content.startswith(_HEADS) or content[4:12] in (b"ftypavif", b"ftypheic"):
        return content
    head = content[:_DRAWING_HEAD_BYTES].lower()
    return content if b"<svg" in head and b"<html" not in head else None


def picture_in_base64(written: str) -> bytes | None:
    """Return the bytes of a picture that a text file holds in base64; None where it is none."""
    import base64
    import binascii

    try:
        return picture_in(base64.b64decode(written))
    except (binascii.Error, ValueError):
        return None
