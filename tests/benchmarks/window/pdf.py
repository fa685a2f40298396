"""A PDF of 1,000 pages in two columns: opened, read beside pdftotext and bare pdfium, painted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reader.formats.registry import open_document
from tests.benchmarks.figures import Figure, at_most, median
from tests.benchmarks.prose import generated_text
from tests.benchmarks.running import Program
from tests.end_to_end.desk import Desk
from tests.formats.pdf.raw_pdf import Line, paragraph, pdf_of_pages

_PAGES = 1_000
_READ_PAGES = 100
_STARTS = 5
_LETTERS_A_COLUMN = 2_400
_BARE = """
import ctypes, sys
import pypdfium2_raw as p
p.FPDF_InitLibrary()
document = p.FPDF_LoadDocument(sys.argv[1].encode(), None)
for number in range(p.FPDF_GetPageCount(document)):
    page = p.FPDF_LoadPage(document, number)
    text = p.FPDFText_LoadPage(page)
    count = p.FPDFText_CountChars(text)
    p.FPDFText_GetText(text, 0, count, (ctypes.c_ushort * (count + 1))())
    p.FPDFText_ClosePage(text)
    p.FPDF_ClosePage(page)
"""


def measure() -> list[Figure]:
    """Open it several times, read some of it whole, paint pages of it, start with it."""
    with tempfile.TemporaryDirectory() as name:
        long, short = Path(name) / "long.pdf", Path(name) / "short.pdf"
        long.write_bytes(_two_columns(_PAGES))
        short.write_bytes(_two_columns(_READ_PAGES))
        return [
            *_opened(long),
            *_read(short),
            *_painted(long),
            *_started(long, Path(name)),
        ]


def _two_columns(page_count: int) -> bytes:
    text = generated_text(2 * page_count * _LETTERS_A_COLUMN).replace("’", "'")
    plain = text.encode("ascii", "ignore").decode()
    pages: list[list[Line]] = []
    for number in range(page_count):
        at = 2 * number * _LETTERS_A_COLUMN
        halves = (plain[at : at + _LETTERS_A_COLUMN], plain[at + _LETTERS_A_COLUMN :])
        left, right = halves[0], halves[1][:_LETTERS_A_COLUMN]
        pages.append(
            [
                *paragraph(left, x=60, y=780, size=9, wide=52, pitch=11),
                *paragraph(right, x=310, y=780, size=9, wide=52, pitch=11),
                (290.0, 30.0, 9.0, str(number + 1)),
            ]
        )
    return pdf_of_pages(pages)


def _opened(path: Path) -> list[Figure]:
    times_s = []
    for _ in range(_STARTS):
        begun_s = time.monotonic()
        document = open_document(path)
        times_s.append(time.monotonic() - begun_s)
        assert len(document.pages) == _PAGES
    return [at_most("1,000 pages: opened, with the first text", median(times_s), "s", 0.5)]


def _read(path: Path) -> list[Figure]:
    begun_s = time.monotonic()
    document = open_document(path)
    letters = sum(len(section.text) for section in document.sections)
    ours_s = time.monotonic() - begun_s
    figures = [Figure("text, a second", letters / 1e6 / ours_s, "MB")]
    bare_s = _took([sys.executable, "-c", _BARE, str(path)])
    figures.append(Figure("against bare pdfium without order or places", ours_s / bare_s, "x"))
    if program := shutil.which("pdftotext"):
        others_s = _took([program, str(path), os.devnull])
        figures.append(Figure("against pdftotext", ours_s / others_s, "x"))
    return figures


def _painted(path: Path) -> list[Figure]:
    printed = open_document(path).printed
    assert printed is not None
    printed.picture(0, 850, 1202)
    times_s = []
    for number in range(1, 11):
        begun_s = time.monotonic()
        printed.picture(number, 850, 1202)
        times_s.append(time.monotonic() - begun_s)
    return [at_most("a page painted, 850 px wide", median(times_s) * 1000, "ms", 100)]


def _started(path: Path, folder: Path) -> list[Figure]:
    times_s = []
    with Desk() as desk:
        for number in range(_STARTS + 1):
            with Program(desk, folder / f"start-{number}", path) as program:
                times_s.append(program.wait_for("painted").t - program.started_s)
    return [at_most("1,000 pages: start to text", median(times_s[1:]), "s", 0.6)]


def _took(command: list[str]) -> float:
    begun_s = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - begun_s
