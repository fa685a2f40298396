"""PDF files written by hand, object by object: pages of given lines, and files that are broken."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

Line = tuple[float, float, float, str]
"""x, y from the page's lower edge, size in points, text."""

FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"


def pdf_of_objects(
    objects: Sequence[str | bytes], root: int = 1, trailer: str = "", *, has_table: bool = True
) -> bytes:
    """Return a file of these objects, numbered from 1."""
    content = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        raw = body if isinstance(body, bytes) else body.encode("latin-1")
        content += b"%d 0 obj\n" % number + raw + b"\nendobj\n"
    start = len(content)
    if has_table:
        content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    content += f"trailer\n<< /Size {size} /Root {root} 0 R {trailer} >>\n".encode("latin-1")
    return bytes(content + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(content: bytes, entries: str = "") -> bytes:
    """Return a stream object."""
    head = f"<< /Length {len(content)} {entries} >>\nstream\n".encode("latin-1")
    return head + content + b"\nendstream"


def shown(lines: Sequence[Line], font: str = "F1") -> bytes:
    """Return the content of a page with these lines."""
    parts = [
        f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET"
        for x, y, size, text in lines
    ]
    return "\n".join(parts).encode("cp1252")


def pdf_of_pages(
    pages: Sequence[Sequence[Line] | bytes],
    *,
    font: str = FONT,
    catalog: str = "",
    page_entries: str = "/MediaBox [0 0 595 842]",
    more: Sequence[str | bytes] = (),
    information: Mapping[str, str] | None = None,
) -> bytes:
    """Return a file with these pages; `more` are objects numbered from 4 + twice their count."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    said = "".join(f"/{name} ({_escaped(text)}) " for name, text in (information or {}).items())
    objects: list[str | bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
        font,
    ]
    has_own = "/Resources" in page_entries
    fonts = "" if has_own else "/Resources << /Font << /F1 3 0 R >> >>"
    for number, page in enumerate(pages):
        content = page if isinstance(page, bytes) else shown(page)
        objects += [
            f"<< /Type /Page /Parent 2 0 R {page_entries} {fonts} "
            f"/Contents {5 + 2 * number} 0 R >>",
            stream(content),
        ]
    objects += more
    if said:
        objects.append(f"<< {said} >>")
        return pdf_of_objects(objects, trailer=f"/Info {len(objects)} 0 R")
    return pdf_of_objects(objects)


def paragraph(
    text: str, x: float = 72, y: float = 720, size: float = 10, *, wide: int = 60, pitch: float = 12
) -> list[Line]:
    """Return a text broken into lines of so many letters at most."""
    lines: list[str] = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= wide:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [(x, y - number * pitch, size, line) for number, line in enumerate(lines)]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def pdf_of_picture(grey: bytes, width: int, height: int, *, page_count: int = 1) -> bytes:
    """Return a file whose pages are a picture: a byte of grey for each of its pixels."""
    entries = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} "
        "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
    )
    picture = stream(zlib.compress(grey), entries)
    number = 4 + 2 * page_count
    resources = f"/MediaBox [0 0 595 842] /Resources << /XObject << /P {number} 0 R >> >>"
    drawn = b"q 595 0 0 842 0 0 cm /P Do Q"
    return pdf_of_pages([drawn] * page_count, page_entries=resources, more=[picture])
