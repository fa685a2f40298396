"""Has pages painted beside the window's thread, and keeps as many as its memory allows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from reader.errors import SottovoceError
from reader.text.printed_pages import PrintedPage, PrintedPages
from reader.ui.background import Background
from reader.ui.look.theme import Palette
from reader.values import value

KEPT_BYTES = 96_000_000
_MOST_PIXELS = 12_000_000
"""Of one picture: more is scaled up when it is shown."""
_KEPT_PAGES = 40


@value
class Wanted:
    """A page that is to be seen, and how large, in pixels of the screen."""

    number: int
    width: int
    height: int


class PageSupply(QObject):
    """One picture and one page's letters are fetched at a time; what is wanted last comes first."""

    changed = Signal(int)
    """The page of this number has come, or its picture, or it is known that it can't be had."""

    def __init__(self, parent: QObject | None, kept_bytes: int = KEPT_BYTES) -> None:
        super().__init__(parent)
        self._kept_bytes = kept_bytes
        self._background = Background(self)
        self._printed: PrintedPages | None = None
        self._palette: Palette | None = None
        self._wanted: list[Wanted] = []
        self._pictures: OrderedDict[int, tuple[Wanted, QImage]] = OrderedDict()
        self._pages: OrderedDict[int, PrintedPage] = OrderedDict()
        self._failed: set[int] = set()
        self._painting = self._background.latest()
        self._reading = self._background.latest()

    def show(self, printed: PrintedPages | None, palette: Palette) -> None:
        """Supply the pages of this document, in these colours."""
        self._painting.forget()
        self._reading.forget()
        if printed is not self._printed:
            self._pages.clear()
            self._failed.clear()
        self._pictures.clear()
        self._wanted = []
        self._printed, self._palette = printed, palette

    def want(self, pages: Iterable[Wanted]) -> None:
        """Fetch these, the first ones first, and none of those wanted before."""
        self._wanted = list(pages)
        self._fetch()

    def picture(self, number: int) -> QImage | None:
        """Return a page's picture, which may be of another size; None while there is none."""
        found = self._pictures.get(number)
        return None if found is None else found[1]

    def page(self, number: int) -> PrintedPage | None:
        """Return where a page's letters stand; None while that isn't known."""
        return self._pages.get(number)

    def has_failed(self, number: int) -> bool:
        """Whether a page can't be shown."""
        return number in self._failed

    def close(self) -> None:
        """Fetch nothing any more."""
        self._wanted = []
        self._background.close()

    def _fetch(self) -> None:
        if not self._painting.is_awaited:
            self._paint_next()
        if not self._reading.is_awaited:
            self._read_next()

    def _paint_next(self) -> None:
        printed, palette = self._printed, self._palette
        wanted = next((page for page in self._wanted if self._lacks_picture(page)), None)
        if printed is None or palette is None or wanted is None:
            return

        def paint() -> QImage:
            width, height = _within(wanted.width, wanted.height)
            content = printed.picture(wanted.number, width, height)
            image = QImage(content, width, height, 4 * width, QImage.Format.Format_RGB32)
            return in_colours(image, palette)

        def take(image: QImage) -> None:
            self._pictures[wanted.number] = wanted, image
            self._pictures.move_to_end(wanted.number)
            self._drop_pictures()
            self.changed.emit(wanted.number)
            self._fetch()

        def fail(_error: SottovoceError) -> None:
            self._give_up(wanted.number)

        self._painting.run(paint, take, fail)

    def _read_next(self) -> None:
        printed = self._printed
        numbers = (page.number for page in self._wanted)
        missing = (n for n in numbers if n not in self._pages and n not in self._failed)
        number = next(missing, None)
        if printed is None or number is None:
            return

        def take(page: PrintedPage) -> None:
            self._pages[page.number] = page
            if len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
            self.changed.emit(page.number)
            self._fetch()

        def fail(_error: SottovoceError) -> None:
            self._give_up(number)

        self._reading.run(lambda: printed.page(number), take, fail)

    def _give_up(self, number: int) -> None:
        self._failed.add(number)
        self.changed.emit(number)
        self._fetch()

    def _lacks_picture(self, page: Wanted) -> bool:
        found = self._pictures.get(page.number)
        return page.number not in self._failed and (found is None or found[0] != page)

    def _drop_pictures(self) -> None:
        needed = {page.number for page in self._wanted}
        size = sum(image.sizeInBytes() for _, image in self._pictures.values())
        for number in [n for n in self._pictures if n not in needed]:
            if size <= self._kept_bytes:
                return
            size -= self._pictures.pop(number)[1].sizeInBytes()


def _within(width: int, height: int) -> tuple[int, int]:
    """Return a size like this one, but no larger than may be painted."""
    shrink = min(1.0, (_MOST_PIXELS / (width * height)) ** 0.5)
    return max(1, round(width * shrink)), max(1, round(height * shrink))


def in_colours(image: QImage, palette: Palette) -> QImage:
    """Return a page as it looks on this palette's paper: a dark one is turned to light on dark."""
    shown = image.copy()
    if palette.is_dark:
        shown.invertPixels()
    painter = QPainter(shown)
    modes = QPainter.CompositionMode
    if palette.is_dark:
        painter.setCompositionMode(modes.CompositionMode_Multiply)
        painter.fillRect(shown.rect(), palette.ink)
        painter.setCompositionMode(modes.CompositionMode_Screen)
        painter.fillRect(shown.rect(), palette.card)
    else:
        painter.setCompositionMode(modes.CompositionMode_Multiply)
        painter.fillRect(shown.rect(), palette.card)
    painter.end()
    return shown
