"""A PDF file through pdfium: its pages' characters, its outline, its pictures of pages.

Used only in the process that reads PDF files: pdfium is neither safe to call from several threads
nor against every broken file.
"""

from __future__ import annotations

import ctypes
import os
import re
import time
from collections.abc import Iterator
from ctypes import byref
from dataclasses import dataclass
from typing import Any

import pypdfium2_raw as pdfium

from reader.formats.pdf.words.page_words import Dot, PageLink, Stroke

_PASSWORD_ERROR = 4
_SECURITY_ERROR = 5
_TEXT, _PATH, _IMAGE, _SHADING, _FORM = 1, 2, 3, 4, 5
_LONGEST_TEXT_BYTES = 20_000
_MOST_LINES, _DEEPEST_LINE = 5_000, 8
_MOST_COUNTED = 20_000
_OUTLINE_WORK_S = 0.7
_MOST_OBJECTS, _MOST_LINKS = 20_000, 1_000
_THICKEST_RULE = 2.0
_SHORTEST_RULE = 20.0
_SHORTEST_UPRIGHT = 6.0
_SMALLEST_DOT, _LARGEST_DOT = 1.0, 12.0
_OBLONG = 0.25
"""Points, and how much of its width a dot's height may differ from it."""
LARGEST_PAGE = 20_000.0
"""Points: the largest size of a page in PDF 1.7, 14,400, and some more."""


class Unopened(Exception):
    """The file can't be opened; `reason` is "password", "protection" or "damaged"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OpenPdf:
    """A PDF file that is open until the process ends."""

    def __init__(self, path: str, password: str) -> None:
        """Open it.

        Raises:
            Unopened: why not.
        """
        pdfium.FPDF_InitLibrary()
        secret = password.encode("utf-8") if password else None
        self._document: Any = pdfium.FPDF_LoadDocument(path.encode("utf-8"), secret)
        self._content = b""
        self.is_recovered = False
        if not self._document:
            error = pdfium.FPDF_GetLastError()
            reasons = {_PASSWORD_ERROR: "password", _SECURITY_ERROR: "protection"}
            if error in reasons:
                raise Unopened(reasons[error])
        self.page_count = self._count(os.path.getsize(path))
        if not self.page_count:
            self._recover(path)

    def _count(self, size_bytes: int) -> int:
        """Return how many pages there are: a damaged file may claim a million more than it has.

        A page takes more than a byte, so that few are looked for in vain.
        """
        if not self._document:
            return 0
        count = min(max(0, int(pdfium.FPDF_GetPageCount(self._document))), size_bytes)
        while count and self.size_of(count - 1) == (0.0, 0.0):
            count -= 1
        return count

    def _recover(self, path: str) -> None:
        """Open what is left of a file whose directory is lost."""
        from reader.formats.pdf.recovery import LIMIT_BYTES, with_pages_found

        with open(path, "rb") as file:
            content = with_pages_found(file.read(LIMIT_BYTES))
        if content is None:
            if self._document:
                return
            raise Unopened("damaged")
        self._content = content  # pdfium reads it as long as the document is open
        self._document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
        if not self._document:
            raise Unopened("damaged")
        self.is_recovered = True
        self.page_count = self._count(len(content))

    def said_of_itself(self, name: str) -> str:
        """Return an entry of the file's information, such as "Title"; empty without it."""
        return _utf16(
            lambda buffer, size: pdfium.FPDF_GetMetaText(
                self._document, name.encode("ascii"), buffer, size
            )
        )

    def language(self) -> str:
        """Return what the file says its language is; empty where it says nothing."""
        return _utf16(
            lambda buffer, size: pdfium.FPDFCatalog_GetLanguage(
                self._document, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
            )
        )

    def label(self, number: int) -> str:
        """Return what is printed on a page as its number; empty where the file doesn't say."""
        return _utf16(
            lambda buffer, size: pdfium.FPDF_GetPageLabel(self._document, number, buffer, size)
        )

    def size_of(self, number: int) -> tuple[float, float]:
        """Return a page's width and height in points; (0, 0) where there is no such page."""
        size = pdfium.FS_SIZEF()
        if not pdfium.FPDF_GetPageSizeByIndexF(self._document, number, byref(size)):
            return 0.0, 0.0
        return min(size.width, LARGEST_PAGE), min(size.height, LARGEST_PAGE)

    def outline(self) -> list[tuple[str, int, float, int]]:
        """Return title, page, y from the page's top (or -1) and level (from 1) of each line.

        A page of -1 stands for a line that leads nowhere. Lines that lead back into themselves
        are met once.
        """
        lines: list[tuple[str, int, float, int]] = []
        if self.page_count <= _MOST_COUNTED and self._has_outline():
            for number in range(self.page_count):
                self.size_of(number)  # else pdfium looks for each line's page from the first on
        enough_s = time.process_time() + _OUTLINE_WORK_S
        seen: set[int] = set()
        pending = [(pdfium.FPDFBookmark_GetFirstChild(self._document, None), 1)]
        while pending and len(lines) < _MOST_LINES:
            bookmark, level = pending.pop()
            if not bookmark or level > _DEEPEST_LINE:
                continue
            address = ctypes.cast(bookmark, ctypes.c_void_p).value or 0
            if address in seen:
                continue
            seen.add(address)
            pending.append((pdfium.FPDFBookmark_GetNextSibling(self._document, bookmark), level))
            pending.append((pdfium.FPDFBookmark_GetFirstChild(self._document, bookmark), level + 1))
            title = _utf16(lambda b, n, at=bookmark: pdfium.FPDFBookmark_GetTitle(at, b, n))
            page, down = -1, -1.0
            if time.process_time() < enough_s:
                page, down = self._destination(
                    pdfium.FPDFBookmark_GetDest(self._document, bookmark)
                )
            lines.append((" ".join(title.split()), page, down, level))
        return lines

    def _has_outline(self) -> bool:
        return bool(pdfium.FPDFBookmark_GetFirstChild(self._document, None))

    def page(self, number: int) -> OpenPage | None:
        """Return a page to be looked at; None where it can't be loaded."""
        width, height = self.size_of(number)
        if width <= 0 or height <= 0:
            return None
        page = pdfium.FPDF_LoadPage(self._document, number)
        return OpenPage(self, page, width, height) if page else None

    def join(self, path: str, parts: list[str]) -> bool:
        """Write a new file with the pages of others; whether that worked."""
        whole = pdfium.FPDF_CreateNewDocument()
        for part in parts:
            piece = pdfium.FPDF_LoadDocument(part.encode("utf-8"), None)
            at = pdfium.FPDF_GetPageCount(whole)
            if not piece or not pdfium.FPDF_ImportPages(whole, piece, None, at):
                return False
            pdfium.FPDF_CloseDocument(piece)
        with open(path, "wb") as file:

            def write(_writer: object, start: int, size: int) -> int:
                return int(file.write(ctypes.string_at(start, size)) == size)

            writer = pdfium.FPDF_FILEWRITE()
            writer.version = 1
            writer.WriteBlock = dict(writer._fields_)["WriteBlock"](write)
            return bool(pdfium.FPDF_SaveAsCopy(whole, byref(writer), 0))

    def _destination(self, destination: Any) -> tuple[int, float]:
        if not destination:
            return -1, -1.0
        page = int(pdfium.FPDFDest_GetDestPageIndex(self._document, destination))
        if not 0 <= page < self.page_count:
            return -1, -1.0
        has = [ctypes.c_int() for _ in range(3)]
        x, y, zoom = (ctypes.c_float() for _ in range(3))
        found = pdfium.FPDFDest_GetLocationInPage(
            destination, *(byref(flag) for flag in has), byref(x), byref(y), byref(zoom)
        )
        return page, y.value if found and has[1].value else -1.0

    def _page_of_link(self, link: Any) -> tuple[str, int]:
        destination = pdfium.FPDFLink_GetDest(self._document, link)
        if destination:
            return "", self._destination(destination)[0]
        action = pdfium.FPDFLink_GetAction(link)
        if not action:
            return "", -1
        size = pdfium.FPDFAction_GetURIPath(self._document, action, None, 0)
        if not 0 < size < _LONGEST_TEXT_BYTES:
            return "", -1
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(self._document, action, buffer, size)
        return buffer.value.decode("utf-8", "replace"), -1


@dataclass
class Ink:
    """What is drawn on a page: straight lines, dots, and whether there is more than text."""

    rules: list[Stroke]
    uprights: list[Stroke]
    dots: list[Dot]
    has_pictures: bool = False


class OpenPage:
    """A page that is loaded; `close` lets it go. Boxes count from the page's upper left corner."""

    def __init__(self, owner: OpenPdf, page: Any, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._owner = owner
        self._page = page
        self._text: Any = None
        self._to_view = self._transform()

    def close(self) -> None:
        """Let the page go."""
        if self._text:
            pdfium.FPDFText_ClosePage(self._text)
        pdfium.FPDF_ClosePage(self._page)

    @property
    def text(self) -> Any:
        """Pdfium's handle for the page's characters."""
        if self._text is None:
            self._text = pdfium.FPDFText_LoadPage(self._page)
        return self._text

    def count(self) -> int:
        """Return how many characters the page has, those that pdfium put in among them."""
        return max(0, int(pdfium.FPDFText_CountChars(self.text))) if self.text else 0

    @property
    def to_view(self) -> tuple[float, float, float, float, float, float]:
        """The matrix (a, b, c, d, e, f) from the page's own coordinates to ours."""
        return self._to_view

    def ink(self) -> Ink:
        """Return what is drawn on the page."""
        ink = Ink([], [], [])
        left, low, right, high = (ctypes.c_float() for _ in range(4))
        count = min(int(pdfium.FPDFPage_CountObjects(self._page)), _MOST_OBJECTS)
        for number in range(count):
            found = pdfium.FPDFPage_GetObject(self._page, number)
            kind = pdfium.FPDFPageObj_GetType(found)
            ink.has_pictures = ink.has_pictures or kind in (_IMAGE, _SHADING, _FORM)
            if kind != _PATH or not pdfium.FPDFPageObj_GetBounds(
                found, byref(left), byref(low), byref(right), byref(high)
            ):
                continue
            box = self.in_view(left.value, low.value, right.value, high.value)
            wide, tall = box[2] - box[0], box[3] - box[1]
            if tall <= _THICKEST_RULE and wide >= _SHORTEST_RULE:
                ink.rules.append(Stroke(box[0], box[2], (box[1] + box[3]) / 2))
            if wide <= _THICKEST_RULE and tall >= _SHORTEST_UPRIGHT:
                ink.uprights.append(Stroke(box[1], box[3], (box[0] + box[2]) / 2))
            if _SMALLEST_DOT <= wide <= _LARGEST_DOT and abs(wide - tall) <= _OBLONG * wide:
                ink.dots.append(Dot(box[0], box[2], (box[1] + box[3]) / 2))
        return ink

    def text_objects(self) -> Iterator[Any]:
        """Yield pdfium's handles for the page's own pieces of text."""
        count = min(int(pdfium.FPDFPage_CountObjects(self._page)), _MOST_OBJECTS)
        for number in range(count):
            found = pdfium.FPDFPage_GetObject(self._page, number)
            if pdfium.FPDFPageObj_GetType(found) == _TEXT:
                yield found

    def box_of(self, handle: Any) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of what one of pdfium's handles stands for."""
        edges = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(handle, *map(byref, edges))
        return self.in_view(*(edge.value for edge in edges))

    def links(self) -> Iterator[PageLink]:
        """Yield the places of the page that lead somewhere."""
        at = ctypes.c_int(0)
        link = pdfium.FPDF_LINK()
        box = pdfium.FS_RECTF()
        for _ in range(_MOST_LINKS):
            if not pdfium.FPDFLink_Enumerate(self._page, byref(at), byref(link)):
                return
            address, page = self._owner._page_of_link(link)
            if (address or page >= 0) and pdfium.FPDFLink_GetAnnotRect(link, byref(box)):
                yield PageLink(
                    *self.in_view(box.left, box.bottom, box.right, box.top), address, page
                )

    def in_view(
        self, left: float, low: float, right: float, high: float
    ) -> tuple[float, float, float, float]:
        """Return a box of the page's own coordinates as left, top, right and bottom of ours."""
        a, b, c, d, e, f = self._to_view
        x0, y0 = a * left + c * low + e, b * left + d * low + f
        x1, y1 = a * right + c * high + e, b * right + d * high + f
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def picture(self, width_px: int, height_px: int) -> bytes:
        """Return the page painted on white, 4 bytes a pixel: blue, green, red, unused."""
        bitmap = pdfium.FPDFBitmap_CreateEx(width_px, height_px, pdfium.FPDFBitmap_BGRx, None, 0)
        if not bitmap:
            raise MemoryError
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width_px, height_px, 0xFFFFFFFF)
        size = (width_px, height_px)
        pdfium.FPDF_RenderPageBitmap(bitmap, self._page, 0, 0, *size, 0, pdfium.FPDF_ANNOT)
        start = pdfium.FPDFBitmap_GetBuffer(bitmap)
        content = ctypes.string_at(start, 4 * width_px * height_px)
        pdfium.FPDFBitmap_Destroy(bitmap)
        return content

    def _transform(self) -> tuple[float, float, float, float, float, float]:
        """Return the matrix from the page's own coordinates, told from where three points go."""
        scale = 100  # pdfium answers in whole pixels
        x, y = ctypes.c_int(), ctypes.c_int()
        width, height = round(self.width * scale), round(self.height * scale)
        points = []
        for at in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
            pdfium.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, *at, byref(x), byref(y))
            points.append((x.value / scale, y.value / scale))
        (e, f), (ax, ay), (cx, cy) = points
        return (ax - e) / 1000, (ay - f) / 1000, (cx - e) / 1000, (cy - f) / 1000, e, f


def _utf16(ask: Any) -> str:
    """Return a text that pdfium writes as UTF-16: asked for its size in bytes, then for it."""
    size = int(ask(None, 0))
    if not 2 < size <= _LONGEST_TEXT_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(buffer, size)
    text = buffer.raw[: size - 2].decode("utf-16-le", "replace")
    return re.sub(r"[\x00-\x1f\x7f]", " ", text).strip()
