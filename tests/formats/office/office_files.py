"""Small office documents written by hand: just the parts that a test is about."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from reader.formats.registry import open_document
from reader.text.document import Document
from tests.formats.sound_documents import assert_sound

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
PIXEL = bytes.fromhex("89504e470d0a1a0a") + b"a picture"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF = (
    " ".join(
        f'xmlns:{name}="{_ODF}:{urn}:1.0"'
        for name, urn in (
            *(("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing")),
            *(("style", "style"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")),
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)

Parts = Mapping[str, str | bytes]


def write_zip(path: Path, parts: Parts) -> Path:
    """Write an archive of these parts, in this order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def relations(*targets: tuple[str, str, str], outside: bool = False) -> str:
    """Return a part of relations: id, kind and target of each."""
    mode = ' TargetMode="External"' if outside else ""
    return (
        f'<Relationships xmlns="{_PACKAGE}">'
        + "".join(
            f'<Relationship Id="{name}" Type="{_KINDS}/{kind}" Target="{target}"'
            f"{mode if kind == 'hyperlink' else ''}/>"
            for name, kind, target in targets
        )
        + "</Relationships>"
    )


def write_docx(path: Path, body: str, parts: Parts | None = None) -> Path:
    """Write a Word document with this body; `parts` are more of those below word/."""
    more = dict(parts or {})
    kinds = ("styles", "numbering", "footnotes", "endnotes", "settings")
    own = [(kind, kind, f"{kind}.xml") for kind in kinds if f"{kind}.xml" in more]
    own += [("pic", "image", "media/a.png"), ("web", "hyperlink", "https://example.org/x")]
    return write_zip(
        path,
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("d", "officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*own, outside=True),
            "word/media/a.png": PIXEL,
            **{f"word/{name}": content for name, content in more.items()},
        },
    )


def write_odt(path: Path, text: str, styles: str = "", parts: Parts | None = None) -> Path:
    """Write an OpenDocument text; `styles` are its automatic ones."""
    return write_zip(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {ODF}><office:automatic-styles>{styles}"
                f"</office:automatic-styles><office:body><office:text>{text}</office:text>"
                "</office:body></office:document-content>"
            ),
            **(parts or {}),
        },
    )


def opened(path: Path) -> Document:
    """Open a file and make sure that the document is sound."""
    document = open_document(path)
    assert_sound(document)
    return document


def shown(document: Document) -> list[str]:
    """Return the blocks of all sections: kind, rank, marker and text."""
    return [
        f"{block.kind}{block.level or ''}{' ' * bool(block.marker)}{block.marker}: "
        f"{section.text[block.start : block.end]}"
        for section in document.sections
        for block in section.blocks
    ]


def runs(document: Document) -> list[str]:
    """Return the inline runs of all sections: kind, target and text."""
    return [
        f"{run.kind}{' ' * bool(run.target)}{run.target}: {section.text[run.start : run.end]}"
        for section in document.sections
        for run in section.inlines
    ]
