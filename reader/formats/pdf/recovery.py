"""Pages of a PDF whose directory is lost, such as one cut off while it came.

Pdfium finds the objects of such a file by itself, but no page where the tree of pages or what
leads to it is among what is lost: they are put into a new one.
"""

from __future__ import annotations

import re

LIMIT_BYTES = 100_000_000
_MOST_PAGES = 20_000
_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+(\d{1,5})\s+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_END = re.compile(rb"\bendobj\b|\bstream\b|(?<!\d)\d{1,9}\s+\d{1,5}\s+obj\b")
_ENCRYPTED = re.compile(rb"/Encrypt\s+\d")


def with_pages_found(content: bytes) -> bytes | None:
    """Return the file with a tree of all pages that are still there; None where there are none.

    An encrypted one can't be read without what is lost.
    """
    if _ENCRYPTED.search(content):
        return None
    pages: dict[int, int] = {}
    largest = 0
    for found in _OBJECT.finditer(content):
        number = int(found[1])
        largest = max(largest, number)
        end = _END.search(content, found.end())
        if end is None:
            break  # cut off within this one
        if _PAGE.search(content, found.end(), end.start()):
            pages[number] = int(found[2])
            if len(pages) >= _MOST_PAGES:
                break
    if not pages:
        return None
    kids = " ".join(f"{number} {generation} R" for number, generation in pages.items())
    tree, root = largest + 1, largest + 2
    added = (
        f"\nendobj\n{tree} 0 obj\n<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>\nendobj\n"
        f"{root} 0 obj\n<< /Type /Catalog /Pages {tree} 0 R >>\nendobj\n"
        f"trailer\n<< /Root {root} 0 R /Size {root + 1} >>\n%%EOF\n"
    )
    return content + added.encode("ascii")
