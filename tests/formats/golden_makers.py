"""Books as the programs of publishers write them: fixed pages, InDesign, vertical Japanese."""

from __future__ import annotations

from pathlib import Path

from tests.formats.epub.epub_books import PIXEL, XHTML, Files, nav, package, page, write_book


def _box(words: str, top: int, left: int, kind: str = "t") -> str:
    style = f"position:absolute;left:{left}px;top:{top}px"
    return f'<div class="{kind}" style="{style}"><span>{words}</span></div>'


def write_fixed_pages(folder: Path) -> Path:
    """Write a picture book whose words stand in boxes, some a word and some a line each."""
    words = "".join(
        _box(word, 200 + 40 * line, 100 + 60 * at)
        for line, text in enumerate(["The owl flew over the", "quiet wood. It saw a", "mouse."])
        for at, word in enumerate(text.split())
    )
    lines = "".join(
        _box(text, 100 + 30 * line, 80, kind)
        for line, (text, kind) in enumerate(
            [
                ("A second tale", "h"),
                ("The mouse ran home and told her child-", "t"),
                ("ren of it. They would", "t"),
                ("Mr Owl remember for long.", "t"),
                ("Then they slept.", "t"),
            ]
        )
    )
    files: Files = {
        "one.xhtml": page(f'<img src="one.png" alt=""/>{words}'),
        "two.xhtml": page(f'<div class="page">{lines}</div>'),
        "nav.xhtml": nav('<li><a href="two.xhtml">A Second Tale</a></li>'),
        "one.png": PIXEL,
    }
    manifest = [
        ("one", "one.xhtml", XHTML, ""),
        ("two", "two.xhtml", XHTML, ""),
        ("nav", "nav.xhtml", XHTML, 'properties="nav"'),
        ("png", "one.png", "image/png", ""),
    ]
    metadata = (
        "<dc:title>Owl and Mouse</dc:title><dc:language>en</dc:language>"
        '<meta property="rendition:layout">pre-paginated</meta>'
    )
    spine = '<itemref idref="one"/><itemref idref="two"/>'
    return write_book(folder / "owl.epub", files, package(manifest, spine, metadata))


def write_indesign(folder: Path) -> Path:
    """Write a chapter as InDesign exports one: spans everywhere, no headings, notes both ways."""
    body = (
        '<div id="_idContainer001" class="Basic-Text-Frame"><p class="Number">'
        '<span id="page_7" epub:type="pagebreak" title="7"></span>'
        '<a id="_idTextAnchor000"></a>1</p>'
        '<p class="Title"><a id="_idTextAnchor001"></a><span class="CharOverride-2">The </span>'
        '<span class="CharOverride-2">Long</span><span class="CharOverride-2"> Voy</span>'
        '<span class="CharOverride-2">age</span></p><p class="First"><span class="_idGenDropcap-1">'
        'T</span><span class="Small-Caps">he ship left</span> the har&#173;bour, and nobody '
        '<span class="CharOverride-1">wept</span>.<span class="CharOverride-3"><span>'
        '<a id="_idFootnoteLink000" class="_idFootnoteLink" href="one.xhtml#footnote-003">1</a>'
        '</span></span></p><p class="Body">She laughed<span id="page_8" epub:type="pagebreak" '
        'title="8"></span>, and they re-<br/>turned so-<br class="x"/>ber, but<br/>poor.</p>'
        '<p class="Bullet">•&#9;Water</p><p class="Bullet">•&#9;Bread</p><p class="Body">&#160;</p>'
        '</div><hr/><section class="_idFootnotes" epub:type="footnotes"><aside id="footnote-003" '
        'class="_idFootnote" epub:type="footnote"><p class="Footnote"><a class="_idFootnoteAnchor" '
        'href="one.xhtml#_idFootnoteLink000">1.</a>&#9;A ship of 1780.</p></aside></section>'
    )
    files: Files = {
        "one.xhtml": page(body),
        "nav.xhtml": nav(
            '<li><a href="one.xhtml#_idTextAnchor000">1 The Long Voyage</a></li>',
            '<nav epub:type="page-list"><ol><li><a href="one.xhtml#page_8">8</a></li></ol></nav>',
        ),
        "font/Minion.otf": b"\x12" * 200,
    }
    manifest = [
        ("one", "one.xhtml", XHTML, ""),
        ("nav", "nav.xhtml", XHTML, 'properties="nav"'),
        ("font", "font/Minion.otf", "application/vnd.ms-opentype", ""),
    ]
    opf = package(manifest, '<itemref idref="one"/>')
    return write_book(folder / "voyage.epub", files, opf)


def write_japanese(folder: Path) -> Path:
    """Write a vertical book in Japanese as its guide for publishers has them: ruby, no headings."""
    text = (
        '<p class="gfont"><a id="toc-001"></a>　　第一章</p>'
        "<p>　<ruby>猫<rp>（</rp><rt>ねこ</rt><rp>）</rp></ruby>は<ruby>書<rt>しょ</rt>生<rt>せい"
        '</rt></ruby>を見た。「<span class="tcy">12</span>月だ<span class="tcy">!?</span>」</p>'
        '<p><br/></p><p>　次の<span class="em-sesame">行</span>。</p>'
    )
    files: Files = {
        "one.xhtml": page(f'<div class="main">{text}</div>', attributes='xml:lang="ja"'),
        "nav.xhtml": nav('<li><a href="one.xhtml#toc-001">第一章</a></li>'),
    }
    manifest = [("one", "one.xhtml", XHTML, ""), ("nav", "nav.xhtml", XHTML, 'properties="nav"')]
    opf = package(
        manifest,
        '<itemref idref="one"/>',
        "<dc:title>猫の本</dc:title><dc:language>ja</dc:language>",
        'page-progression-direction="rtl"',
    )
    return write_book(folder / "neko.epub", files, opf)
