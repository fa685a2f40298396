"""The texts a window is used with: of every kind that is shown differently."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from tests.formats.epub.epub_books import XHTML, nav, package, page, write_book

_GOLDEN = Path(__file__).parents[2] / "formats" / "golden"
_GOLDEN_NAMES = (
    "latex-two-columns.pdf",
    "hebrew.pdf",
    "typst-book.pdf",
    "everything.html",
    "voyage.docx",
    "readme.md",
)
_WELCOME = Path(__file__).parents[3] / "resources" / "welcome" / "a-voice-for-company.md"

_PARAGRAPH = (
    "The house at the corner [3] was sold in May 2013 (Smith 2013, p. 4). No one knew the buyer. "
    "Mr. Lane, who had the key, said nothing; see https://example.org/a and the note below.\n\n"
)
_HEBREW = "בראשית ברא אלהים את השמים ואת הארץ. והארץ היתה תהו ובהו.\n\n"


def make_texts(folder: Path) -> list[Path]:
    """Write them to a folder and return their paths."""
    folder.mkdir(parents=True)
    written = {
        "plain.txt": "The first sentence opens the room. A second one follows it.\n\n" * 4,
        "long.txt": _PARAGRAPH * 900,
        "hebrew.txt": _HEBREW * 30,
        "one.txt": "A",
        "blank.txt": " \n\n \n",
        "chapters.md": "".join(
            f"# Chapter {number}\n\n{_PARAGRAPH}- an *item*\n- `code`\n\n"
            f"| a | b |\n|---|---|\n| 1 | [link](#chapter-{number + 1}) |\n\n[^1]: A note.\n\n"
            for number in range(1, 30)
        ),
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in _GOLDEN_NAMES:
        shutil.copy(_GOLDEN / name, folder / name)
    shutil.copy(_WELCOME, folder / _WELCOME.name)
    _write_book(folder / "pictures.epub", 12)
    _write_book(folder / "short.epub", 1)
    return sorted(folder.iterdir())


def _write_book(path: Path, chapters: int) -> None:
    picture = path.with_suffix(".png")
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    image.save(str(picture))
    files: dict[str, str | bytes] = {
        f"{number}.xhtml": page(
            f'<h1 id="top">Chapter {number}</h1><figure><img src="p.png" alt="A sea"/></figure>'
            + f'<p>{_PARAGRAPH}<a href="{(number + 1) % chapters}.xhtml#top">on</a></p>' * 6
        )
        for number in range(chapters)
    }
    files["p.png"] = picture.read_bytes()
    picture.unlink()
    files["nav.xhtml"] = nav(
        "".join(f'<li><a href="{n}.xhtml">Chapter {n}</a></li>' for n in range(chapters))
    )
    manifest = [(f"c{n}", f"{n}.xhtml", XHTML, "") for n in range(chapters)]
    manifest.append(("nav", "nav.xhtml", XHTML, 'properties="nav"'))
    manifest.append(("p", "p.png", "image/png", ""))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(chapters))
    write_book(path, files, package(manifest, spine))
