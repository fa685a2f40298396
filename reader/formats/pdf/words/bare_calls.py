"""Functions of pdfium that are called for every word or character, taking bare addresses.

To make and check the structures that pypdfium2 wants takes several times as long as the functions
do. Whoever calls these sees to it that addresses are right: nothing checks them.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2_raw as pdfium


def address_of(handle: Any) -> int:
    """Return the address that one of pdfium's handles is; 0 for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _bare(function: Any, result: Any, *arguments: Any) -> Any:
    # PYFUNCTYPE: the process that reads a file has one thread, so the lock need not change hands
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))


_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int

loose_char_box = _bare(pdfium.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)
"""Page, number of a character, where to put an FS_RECTF."""

char_origin = _bare(pdfium.FPDFText_GetCharOrigin, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
"""Page, number of a character, where to put two doubles: x and y."""

text_object = _bare(pdfium.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)
"""Page, number of a character: the address of the object it is part of, None without one."""

object_matrix = _bare(pdfium.FPDFPageObj_GetMatrix, _INT, _ADDRESS, _ADDRESS)
"""Object, where to put an FS_MATRIX."""

font_size = _bare(pdfium.FPDFTextObj_GetFontSize, _INT, _ADDRESS, _ADDRESS)
"""Object, where to put a float."""

font = _bare(pdfium.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)
"""Object: the address of its font."""
