"""Between code points, which everything here counts in, and the UTF-16 units Qt counts in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

_ABOVE_BMP = re.compile("[\U00010000-\U0010ffff]")


def without_halves(text: str) -> str:
    """Return a text with a question mark for each half of a UTF-16 pair, which UTF-8 can't hold.

    Damaged files and other programs' JSON bring such halves along.
    """
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class Utf16Map:
    """Both ways between code-point and UTF-16 indexes of one text.

    Costs one pass to build, and nothing more for a text without characters above U+FFFF.
    Indexes beyond the end count on as if the text were continued by narrow characters.
    """

    __slots__ = ("_utf16_after", "_wide")

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [m.start() for m in _ABOVE_BMP.finditer(text)]
        # the UTF-16 index just behind each wide character
        self._utf16_after = [index + number + 2 for number, index in enumerate(self._wide)]

    def to_utf16(self, code_point_index: int) -> int:
        """Return the UTF-16 index of a code point's first unit."""
        if not self._wide:
            return code_point_index
        return code_point_index + bisect_left(self._wide, code_point_index)

    def to_code_point(self, utf16_index: int) -> int:
        """Return the code point a UTF-16 unit belongs to; the second unit counts as the first."""
        if not self._wide:
            return utf16_index
        wide_before = bisect_right(self._utf16_after, utf16_index)
        index = utf16_index - wide_before
        is_second_unit = wide_before < len(self._wide) and self._wide[wide_before] == index - 1
        return index - 1 if is_second_unit else index
