"""Which bytes are those of a picture that can be shown."""

from __future__ import annotations

_HEADS = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"RIFF", b"BM")
_DRAWING_HEAD_BYTES = 4000


def is_picture(content: bytes) -> bool:
    """Whether the bytes are an image file, or a drawing in SVG."""
    if content.startswith(_HEADS) or content[4:12] in (b"ftypavif", b"ftypheic"):
        return True
    head = content[:_DRAWING_HEAD_BYTES].lower()
    return b"<svg" in head and b"<html" not in head
