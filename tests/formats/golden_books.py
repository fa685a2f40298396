"""Whole books of our own, EPUB 2 and EPUB 3, and the golden files they become.

After a change that is meant: python -m tests.formats.golden_books, then read the difference.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.formats.epub.epub_books import (
    NCX,
    PIXEL,
    XHTML,
    Files,
    nav,
    ncx,
    package,
    page,
    point,
    write_book,
)
from tests.formats.golden_files import FOLDER, described
from tests.formats.golden_makers import write_fixed_pages, write_indesign, write_japanese

_MATHML = 'xmlns="http://www.w3.org/1998/Math/MathML"'
_SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def write_book_3(folder: Path) -> Path:
    """Write a book as EPUB 3 has it."""
    files: Files = {
        "text/cover.xhtml": page(
            f'<svg {_SVG} viewBox="0 0 9 9"><title>Cover</title>'
            '<image xlink:href="../images/cover.png"/></svg>'
        ),
        "text/one.xhtml": page(
            '<section epub:type="chapter" id="one"><hgroup><h1>Harbour</h1>'
            '<p epub:type="subtitle">A morning</p></hgroup>'
            '<p>The <i xml:lang="fr">quai</i> was empty'
            '<a epub:type="noteref" href="notes.xhtml#n1">1</a> but for a gull, and the gull'
            '<span epub:type="pagebreak" id="p2" role="doc-pagebreak" title="2">2</span> knew.</p>'
            "<p>She read <ruby>東京<rt>Tōkyō</rt></ruby> from the crate.<br/>It was heavy.</p>"
            '<figure><img src="../images/gull.png" alt="A gull on a post"/>'
            "<figcaption>The gull.</figcaption></figure>"
            '<p>See <a href="two.xhtml#sum">the sum</a> or '
            '<a href="https://example.org/">elsewhere</a>.</p></section>'
        ),
        "text/two.xhtml": page(
            '<section epub:type="chapter"><h1>Figures</h1><p id="sum">Since '
            f"<math {_MATHML}><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>"
            f'</math> holds, and <math {_MATHML} alttext="c squared"><msup><mi>c</mi><mn>2</mn>'
            "</msup></math> too:</p>"
            "<table><caption>Catch</caption><thead><tr><th>Day</th><th>Fish</th></tr></thead>"
            "<tbody><tr><td>Monday</td><td>3</td></tr><tr><td>Tuesday</td><td>0</td></tr></tbody>"
            "</table><ol start='3'><li>third<ul><li>inside</li></ul></li><li>fourth</li></ol>"
            "<blockquote><p>Nobody counts twice.</p></blockquote><pre>x = 1\n  y = 2</pre><hr/>"
            f'<svg {_SVG}><title>Chart</title><desc>It falls.</desc><path d="M0 0L9 9"/></svg>'
            '<p>Near<a epub:type="noteref" href="#n9">2</a>.</p>'
            '<aside epub:type="footnote" id="n9"><p>Right here.</p></aside></section>'
        ),
        "text/notes.xhtml": page(
            '<section epub:type="endnotes"><h2>Notes</h2><ol><li id="n1" epub:type="endnote">'
            '<p>It often is. <a role="doc-backlink" href="one.xhtml#one">Back</a></p></li></ol>'
            "</section>"
        ),
        "nav.xhtml": nav(
            '<li><span>Part one</span><ol><li><a href="text/one.xhtml">Harbour</a></li>'
            '<li><a href="text/two.xhtml">Figures</a><ol><li><a href="text/two.xhtml#sum">The sum'
            '</a></li></ol></li></ol></li><li><a href="text/notes.xhtml">Notes</a></li>',
            '<nav epub:type="page-list"><ol><li><a href="text/one.xhtml#p2">2</a></li></ol></nav>',
        ),
        "images/cover.png": PIXEL,
        "images/gull.png": PIXEL + b"gull",
    }
    manifest = [
        ("cover", "text/cover.xhtml", XHTML, 'properties="svg"'),
        ("one", "text/one.xhtml", XHTML, ""),
        ("two", "text/two.xhtml", XHTML, 'properties="mathml"'),
        ("notes", "text/notes.xhtml", XHTML, ""),
        ("nav", "nav.xhtml", XHTML, 'properties="nav"'),
        ("image", "images/cover.png", "image/png", 'properties="cover-image"'),
        ("gull", "images/gull.png", "image/png", ""),
        ("lost", "text/lost.xhtml", XHTML, ""),
    ]
    spine = "".join(f'<itemref idref="{name}"/>' for name in ("one", "lost", "two", "notes"))
    metadata = (
        '<dc:title id="t">The Gull</dc:title><dc:creator id="a">Mara Quill</dc:creator>'
        '<dc:creator id="b">Jon Spell</dc:creator><meta refines="#b" property="role">ill</meta>'
        "<dc:language>en-GB</dc:language>"
    )
    opf = package(
        manifest,
        f'<itemref idref="cover"/>{spine}',
        metadata,
        'page-progression-direction="ltr"',
    )
    return write_book(folder / "gull.epub", files, opf)


def write_book_2(folder: Path) -> Path:
    """Write a book as the converters of EPUB 2 left it: no semantics, odd names, a lost tag."""
    head = (
        '<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//'
        'EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/'
        'xhtml" xml:lang="de"><head><title/><script/></head><body>'
    )
    one = (
        '<div class="chapter"><h2><a id="c1"/>Erstes<br/>Kapitel</h2><p class="first">'
        '<img src="Drop%20Cap.png" alt="W"/>er da? fragte M\xfcller.'
        '<a href="Part 2.html#fn1">[1]</a></p><p>&nbsp;</p>'
        '<p><span class="pagenum">[Pg 7]</span>Niemand &mdash; hier.</p>'
        "<p>Ein <b>fetter<p>Absatz.</div></body></html>"
    )
    two = (
        '<h2>Zweites</h2><p>Ende.</p><p id="fn1"><a href="PART1.html#c1">[1]</a> Eine Note.</p>'
        "</body></html>"
    )
    files: Files = {
        "Text/part1.html": (head + one).encode("iso-8859-1"),
        "Text/Part 2.html": (head + two).encode("iso-8859-1"),
        "Text/Drop Cap.png": PIXEL,
        "toc.ncx": ncx(
            point("Erstes Kapitel", "Text/part1.html#c1", point("Tiefer", "text/Part%202.html"))
        ),
    }
    manifest = [
        ("p1", "Text/part1.html", XHTML, ""),
        ("p2", "Text/Part%202.html", XHTML, ""),
        ("cap", "Text/Drop%20Cap.png", "image/png", ""),
        ("ncx", "toc.ncx", NCX, ""),
    ]
    metadata = (
        '<dc:title>Wer da</dc:title><dc:creator opf:role="aut" opf:file-as="Feder, Ida">Ida Feder'
        '</dc:creator><dc:language>de</dc:language><meta name="cover" content="cap"/>'
    )
    opf = package(
        manifest,
        '<itemref idref="p1"/><itemref idref="p2"/>',
        metadata,
        'toc="ncx"',
        version="2.0",
    )
    return write_book(folder / "werda.epub", files, opf)


BOOKS: dict[str, Callable[[Path], Path]] = {
    "epub-3": write_book_3,
    "epub-2": write_book_2,
    "epub-fixed-pages": write_fixed_pages,
    "epub-indesign": write_indesign,
    "epub-japanese": write_japanese,
}


def golden_book_path(name: str) -> Path:
    """Return where the golden file of a book is."""
    return FOLDER / f"{name}.book.json"


def main() -> None:
    """Write every golden file anew."""
    for name, write in BOOKS.items():
        with tempfile.TemporaryDirectory() as folder:
            golden_book_path(name).write_text(described(write(Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()
