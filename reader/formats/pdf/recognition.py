"""Pictures of pages to a PDF with a text layer, by the Tesseract that is on this machine.

Tesseract lays the letters it recognises unseen over the page's picture; what comes of it is a file
like any other, which is opened in place of the first.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from reader.errors import RecognitionFailed, system_reason
from reader.formats.pdf.process import PdfProcess
from reader.processes.starting import WITHOUT_CONSOLE

_DOTS_AN_INCH = 300
_POINTS_AN_INCH = 72
_MOST_PIXELS = 40_000_000
_PATIENCE_S = 180.0
"""For one page: a newspaper's takes a minute on a slow machine."""

_PICTURE_PATIENCE_S = 60.0
_LOOK_EVERY_S = 0.1
_KEPT_S = 30 * 24 * 3600.0
_MOST_OTHER_LANGUAGES = 3
"""Who has installed a few reads in them; with a hundred a page would take minutes."""

_CODES = {
    "ar": "ara",
    "cs": "ces",
    "da": "dan",
    "de": "deu",
    "el": "ell",
    "en": "eng",
    "es": "spa",
    "fi": "fin",
    "fr": "fra",
    "he": "heb",
    "hu": "hun",
    "it": "ita",
    "ja": "jpn",
    "nb": "nor",
    "nl": "nld",
    "no": "nor",
    "pl": "pol",
    "pt": "por",
    "ru": "rus",
    "sv": "swe",
    "tr": "tur",
    "uk": "ukr",
    "zh": "chi_sim",
}
_WINDOWS_FOLDER = "Tesseract-OCR"


class Cancelled(Exception):
    """Nobody wants the text any more."""


def find_tesseract() -> str | None:
    """Return the program, if there is one on this machine."""
    found = shutil.which("tesseract")
    if found is None and (folder := os.environ.get("PROGRAMFILES")):  # its installer sets no path
        beside = Path(folder, _WINDOWS_FOLDER, "tesseract.exe")
        found = str(beside) if beside.is_file() else None
    return found


def recognised_file(path: Path, other_folder: Path) -> Path:
    """Return where the text of `path` is put: beside it, or where that can't be, elsewhere."""
    folder = path.parent if os.access(path.parent, os.W_OK) else other_folder
    return folder / f"{path.stem} (recognised).pdf"


def is_recognised(path: Path, recognised: Path) -> bool:
    """Whether that was done before, since the file last changed."""
    try:
        return recognised.stat().st_mtime >= path.stat().st_mtime
    except OSError:
        return False


def recognise(
    path: Path,
    password: str,
    target: Path,
    kept_in: Path,
    wanted_languages: Sequence[str],
    on_page: Callable[[int, int], None],
    is_cancelled: Callable[[], bool],
) -> None:
    """Write `target` with the text of all pages; `on_page` is told each page's number, and all.

    Pages that are done lie below `kept_in` until all are: who stopped goes on at the next one.
    `wanted_languages` are BCP 47 tags; those that Tesseract doesn't know here don't count.

    Raises:
        RecognitionFailed: there is no Tesseract, or it fails.
        UnreadableText: the file can't be opened.
        Cancelled: `is_cancelled` said so.
    """
    program = find_tesseract()
    if program is None:
        raise RecognitionFailed("Tesseract isn't installed")
    process = PdfProcess(path, password)
    try:
        told = process.open()
        languages = _languages(program, [*wanted_languages, told["language"]])
        pages = _kept_pages(kept_in, path, languages)
        parts = [pages / f"{number}.pdf" for number in range(told["page_count"])]
        with tempfile.TemporaryDirectory(prefix="sottovoce-") as folder:
            for number, part in enumerate(parts):
                if part.exists():
                    continue
                on_page(number, len(parts))
                picture = Path(folder, "page.pgm")
                picture.write_bytes(_picture(process, number))
                _run(program, picture, languages, is_cancelled)
                _put(picture.with_suffix(".pdf"), part)
            whole, names = Path(folder, "whole.pdf"), [str(part) for part in parts]
            process.ask("join", patience_s=_PICTURE_PATIENCE_S, path=str(whole), parts=names)
            _put(whole, target)
        shutil.rmtree(pages, ignore_errors=True)
    except OSError as error:
        raise RecognitionFailed(system_reason(error)) from error
    finally:
        process.close()


def _kept_pages(kept_in: Path, path: Path, languages: str) -> Path:
    """Return the folder for the pages of a file as it is now; what nobody went on with goes."""
    with suppress(FileNotFoundError):
        for folder in kept_in.iterdir():
            if time.time() - folder.stat().st_mtime > _KEPT_S:
                shutil.rmtree(folder, ignore_errors=True)
    status = path.stat()
    known_by = f"{path.resolve()}\0{status.st_size}\0{status.st_mtime_ns}\0{languages}"
    folder = kept_in / hashlib.sha256(known_by.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _picture(process: PdfProcess, number: int) -> bytes:
    """Return a page as a grey picture in the format PGM."""
    sizes = process.ask("sizes", first=number, last=number + 1).payload
    width, height = memoryview(sizes).cast("f")
    scale = _DOTS_AN_INCH / _POINTS_AN_INCH
    scale *= min(1.0, (_MOST_PIXELS / max(width * height * scale * scale, 1)) ** 0.5)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    painted = process.ask(
        "picture", patience_s=_PICTURE_PATIENCE_S, page=number, width=across, height=down
    )
    return b"P5 %d %d 255\n" % (across, down) + painted.payload[1::4]


def _run(program: str, picture: Path, languages: str, is_cancelled: Callable[[], bool]) -> None:
    command = [program, str(picture), str(picture.with_suffix(""))]
    command += ["-l", languages, "--dpi", str(_DOTS_AN_INCH), "pdf"]
    try:
        running = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # the voice, or the user, wants the other cores
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            creationflags=WITHOUT_CONSOLE,
        )
    except OSError as error:
        raise RecognitionFailed(error.strerror or type(error).__name__) from error
    waited_s = 0.0
    while True:
        try:
            code = running.wait(_LOOK_EVERY_S)
            break
        except subprocess.TimeoutExpired:
            waited_s += _LOOK_EVERY_S
            if is_cancelled() or waited_s > _PATIENCE_S:
                running.kill()
                running.wait()
                if is_cancelled():
                    raise Cancelled from None
                raise RecognitionFailed("a page takes too long") from None
    if code or not picture.with_suffix(".pdf").exists():
        raise RecognitionFailed("Tesseract can't read one of its pages")
    if is_cancelled():
        raise Cancelled


def _languages(program: str, wanted: Sequence[str]) -> str:
    """Return the languages to look for, as Tesseract names them."""
    try:
        told = subprocess.run(
            [program, "--list-langs"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
            stdin=subprocess.DEVNULL,
            creationflags=WITHOUT_CONSOLE,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise RecognitionFailed("Tesseract doesn't start") from error
    known = [line.strip() for line in told.splitlines()[1:]]
    codes = [_CODES.get(tag.replace("_", "-").split("-")[0].lower(), "") for tag in wanted]
    usable = list(dict.fromkeys(code for code in [*codes, "eng"] if code in known))
    others = [code for code in known if code != "osd" and code not in usable]
    if len(others) <= _MOST_OTHER_LANGUAGES:
        usable += others
    if not usable and not others:
        raise RecognitionFailed("Tesseract has no language installed")
    return "+".join(usable or others[:1])


def _put(whole: Path, target: Path) -> None:
    """Put the file where it belongs, whole or not at all."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f"{target.name}.part")
        shutil.copyfile(whole, unfinished)
        os.replace(unfinished, target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RecognitionFailed(f"{target} can't be written: {reason}") from error
