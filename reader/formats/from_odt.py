"""ODT, its templates and flat files to a Document: what LibreOffice shows of the text.

odfpy builds objects for every element, slowly and of all of the file, and knows nothing of what a
reader sees; so this stands on lxml and our own archive, as the DOCX importer does.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from pathlib import Path

from lxml.etree import _Element as Element

from reader.errors import TextDamaged, TextProtected
from reader.formats.archive import Archive
from reader.formats.odt.body import BLOCKS, BodyReader, Surroundings
from reader.formats.odt.lists import ListStyles
from reader.formats.odt.names import OFFICE, XLINK
from reader.formats.odt.styles import Styles
from reader.formats.office.document import Properties, document_of_office
from reader.formats.office.package import PackagePictures, part_of, properties_of
from reader.formats.office.tree import OfficeTree
from reader.formats.picture_kinds import picture_in_base64
from reader.formats.source import ZIP_HEADS, Source
from reader.formats.xml_trees import BlockStream, parse_office_xml
from reader.text.document import Document, Notice, NoticeKind, Pictures

TEXT_LIMIT_BYTES = 80_000_000
PART_LIMIT_BYTES = 16_000_000
FLAT_LIMIT_BYTES = 60_000_000
_EARLY = (f"{OFFICE}styles", f"{OFFICE}automatic-styles", f"{OFFICE}meta")

FormulaIn = Callable[[str], Element | None]


def read_odt(source: Source) -> Document:
    """Read an OpenDocument text, packed or flat.

    Raises:
        TextProtected: it is encrypted.
        ArchiveUnsafe: it is a bomb, or leads out of the archive.
        UnreadableText: damaged beyond reading, too large, or without a visible character.
    """
    if source.head.startswith(ZIP_HEADS):
        return _Packed(Archive(source), source.path).document()
    pictures = _FlatPictures()
    text = _Text(source.path, pictures, pictures.keep, _no_formula)
    return text.document(source.read(FLAT_LIMIT_BYTES), is_whole=True)


class _Packed:
    def __init__(self, archive: Archive, path: Path) -> None:
        self._archive = archive
        self._path = path

    def document(self) -> Document:
        """Read the parts and put them together."""
        self._refuse_locked()
        content = part_of(self._archive, "content.xml", self._path, TEXT_LIMIT_BYTES)
        if content is None:
            raise TextDamaged(self._path, "there is no OpenDocument text in it")
        pictures = PackagePictures(self._archive)
        text = _Text(self._path, pictures, _address_in_package, self._formula)
        text.learn_styles(self._tree("styles.xml"))
        text.properties = properties_of(self._tree("meta.xml"), language=None)
        is_whole = content.is_whole and not self._archive.is_damaged
        return text.document(content.data, is_whole=is_whole)

    def _refuse_locked(self) -> None:
        found = part_of(self._archive, "META-INF/manifest.xml", self._path, PART_LIMIT_BYTES)
        if found is not None and b"encryption-data" in found.data:
            raise TextProtected(self._path, "a password")

    def _formula(self, address: str) -> Element | None:
        folder = address.removeprefix("./").rstrip("/")
        root = self._tree(f"{folder}/content.xml") if folder else None
        return root if root is not None and str(root.tag).endswith("math") else None

    def _tree(self, name: str) -> Element | None:
        content = part_of(self._archive, name, self._path, PART_LIMIT_BYTES)
        return None if content is None else parse_office_xml(content.data, self._path)


class _Text:
    """The text of one file, with its styles; `address_of` names the picture of an image."""

    def __init__(
        self,
        path: Path,
        pictures: Pictures,
        address_of: Callable[[Element], str],
        formula_in: FormulaIn,
    ) -> None:
        self.properties = Properties()
        self._path = path
        self._pictures = pictures
        self._styles = Styles()
        self._lists = ListStyles()
        self._tree = OfficeTree()
        around = Surroundings(self._styles, self._lists, address_of, formula_in)
        self._reader = BodyReader(self._tree, around)

    def learn_styles(self, root: Element | None) -> None:
        """Take the named styles of a tree of styles."""
        named = None if root is None else root.find(f"{OFFICE}styles")
        self._styles.add(named, automatic=False)
        self._lists.add(named)

    def document(self, content: bytes, *, is_whole: bool) -> Document:
        """Read the text."""
        stream = BlockStream(content, self._path)
        self._reader.read_blocks(self._blocks(stream.read(f"{OFFICE}text", BLOCKS, _EARLY)))
        self._reader.read_notes()
        root = self._tree.finish()
        told = self.properties
        language = self._tree.language or told.language
        notices: tuple[Notice, ...] = ()
        if stream.is_damaged or not is_whole:
            notices = (Notice(NoticeKind.PART_DAMAGED, detail="content.xml"),)
        return document_of_office(
            root,
            self._path,
            Properties(told.title, told.authors, language),
            format_name="odt",
            pictures=self._pictures,
            is_right_to_left=self._tree.is_right_to_left,
            notices=notices,
        )

    def _blocks(self, elements: Iterable[Element]) -> Iterable[Element]:
        for element in elements:
            if element.tag == f"{OFFICE}meta":
                self.properties = properties_of(element, language=None)
            elif element.tag in _EARLY:
                self._styles.add(element, automatic=element.tag == f"{OFFICE}automatic-styles")
                self._lists.add(element)
            else:
                yield element


def _address_in_package(image: Element) -> str:
    address = image.get(f"{XLINK}href") or ""
    return posixpath.normpath(address) if address and "://" not in address else ""


class _FlatPictures:
    """The pictures of a flat file, which are written out within its text."""

    def __init__(self) -> None:
        self._kept: list[str] = []

    def keep(self, image: Element) -> str:
        """Keep the picture of an image; return its address, empty where there is none."""
        data = image.findtext(f"{OFFICE}binary-data")
        if not data:
            return ""
        self._kept.append(data)
        return f"picture-{len(self._kept) - 1}"

    def read(self, address: str) -> bytes | None:
        """Return a picture's bytes; see `reader.text.document.Pictures`."""
        number = address.removeprefix("picture-")
        if not number.isdecimal() or int(number) >= len(self._kept):
            return None
        return picture_in_base64(self._kept[int(number)])


def _no_formula(_: str) -> Element | None:
    return None
