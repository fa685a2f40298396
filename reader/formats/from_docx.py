"""DOCX (and its templates and macro kinds) to a Document: what Word shows of the text.

The libraries for DOCX either give HTML without languages, list numbers or hidden text (mammoth),
or objects to write files with (python-docx); both read all into memory and bound nothing. So this
stands on lxml and our own archive, and hands the text to the same walker as every HTML.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from lxml.etree import _Element as Element

from reader.errors import TextDamaged
from reader.formats.archive import Archive
from reader.formats.docx.body import BLOCKS, BodyReader, Surroundings
from reader.formats.docx.names import W
from reader.formats.docx.numbering import lists_of, note_style
from reader.formats.docx.styles import Styles
from reader.formats.office.document import Properties, document_of_office
from reader.formats.office.package import PackagePictures, part_of, properties_of
from reader.formats.office.tree import OfficeTree
from reader.formats.office.word_lists import Numbering
from reader.formats.source import Source
from reader.formats.xml_trees import BlockStream, parse_office_xml
from reader.text.document import Document, Notice, NoticeKind

TEXT_LIMIT_BYTES = 80_000_000
"""Of the part with the text, of which only a block at a time is made a tree."""

PART_LIMIT_BYTES = 16_000_000
"""Of all other parts: styles, lists, notes."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def read_docx(source: Source) -> Document:
    """Read a Word document.

    Raises:
        TextProtected: it is encrypted.
        ArchiveUnsafe: it is a bomb, or leads out of the archive.
        UnreadableText: damaged beyond reading, too large, or without a visible character.
    """
    archive = Archive(source)
    return _Docx(archive, source.path).document()


class _Docx:
    def __init__(self, archive: Archive, path: Path) -> None:
        self._archive = archive
        self._path = path
        self._notices: list[Notice] = []

    def document(self) -> Document:
        """Read the parts and put them together."""
        main = self._main_part()
        relations = self._relations(main)
        targets = {kind: target for _, (kind, target, _) in sorted(relations.items())}
        settings = self._tree(targets.get("settings", ""))
        tree = OfficeTree()
        pictures = {
            name: target
            for name, (kind, target, is_outside) in relations.items()
            if kind == "image" and not is_outside
        }
        links = {
            name: target
            for name, (kind, target, is_outside) in relations.items()
            if kind == "hyperlink" and is_outside
        }
        reader = BodyReader(
            tree,
            Surroundings(
                Styles(self._tree(targets.get("styles", ""))),
                Numbering(lists_of(self._tree(targets.get("numbering", "")))),
                lambda name: pictures.get(name, ""),
                lambda name: links.get(name, ""),
                {kind: note_style(settings, kind) for kind in ("footnote", "endnote")},
            ),
        )
        self._read_body(reader, main)
        for kind in ("footnote", "endnote"):
            notes = self._tree(targets.get(f"{kind}s", ""))
            reader.read_notes(kind, _notes_in(notes, kind))
        return document_of_office(
            tree.finish(),
            self._path,
            self._properties(tree),
            format_name="docx",
            pictures=PackagePictures(self._archive),
            is_right_to_left=tree.is_right_to_left,
            notices=tuple(self._notices),
        )

    def _read_body(self, reader: BodyReader, main: str) -> None:
        content = part_of(self._archive, main, self._path, TEXT_LIMIT_BYTES)
        if content is None:
            raise TextDamaged(self._path, "its text can't be unpacked")
        stream = BlockStream(content.data, self._path)
        reader.read_blocks(stream.read(f"{W}body", BLOCKS))
        if stream.is_damaged or not content.is_whole or self._archive.is_damaged:
            self._notices.append(Notice(NoticeKind.PART_DAMAGED, detail=main))

    def _main_part(self) -> str:
        """Return the name of the part with the text; the usual one where nothing says so."""
        for kind, target, is_outside in self._relations("").values():
            if kind == "officeDocument" and not is_outside and self._archive.find(target):
                return target
        for name in self._archive.names():
            if name.lower().endswith("word/document.xml"):
                return name
        raise TextDamaged(self._path, "there is no Word document in it")

    def _relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return a part's relations by id: kind, target, and whether it is outside of the file."""
        folder, name = posixpath.split(part)
        root = self._tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str, bool]] = {}
        for relation in () if root is None else root.iter(_RELATION):
            kind = (relation.get("Type") or "").rpartition("/")[2]
            target = relation.get("Target") or ""
            is_outside = relation.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
            found[relation.get("Id") or ""] = (kind, target, is_outside)
        return found

    def _tree(self, name: str) -> Element | None:
        content = part_of(self._archive, name, self._path, PART_LIMIT_BYTES) if name else None
        return None if content is None else parse_office_xml(content.data, self._path)

    def _properties(self, tree: OfficeTree) -> Properties:
        for kind, target, _ in self._relations("").values():
            if kind == "core-properties":
                return properties_of(self._tree(target), language=tree.language)
        return Properties(language=tree.language)


def _notes_in(root: Element | None, kind: str) -> Mapping[str, Element]:
    if root is None:
        return {}
    return {note.get(f"{W}id") or "": note for note in root.iter(f"{W}{kind}")}
