"""Whether a book is locked, and by whom (EPUB 3.3, OCF 4.2.6.3.2)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reader.errors import TextProtected
from reader.formats.archive import Archive, Entry
from reader.formats.epub.addresses import resolve
from reader.formats.xml_trees import parse_package_xml

_LIMIT_BYTES = 4_000_000
_SCHEMES_BY_FILE = (
    ("META-INF/license.lcpl", "Readium LCP"),
    ("META-INF/sinf.xml", "Apple FairPlay"),
    ("META-INF/rights.xml", "Adobe DRM"),
)


def locked_names(archive: Archive, path: Path) -> frozenset[str]:
    """Return the names of the entries that are encrypted; fonts that are obfuscated are among
    them, and lock nothing, since no font is read."""
    found = archive.find("META-INF/encryption.xml")
    content = None if found is None else archive.read(found, _LIMIT_BYTES)
    root = None if content is None else parse_package_xml(content.data, path)
    if root is None:
        return frozenset()
    names = set()
    for encrypted in root.iter("encrypteddata"):
        for reference in encrypted.iter("cipherreference"):
            address = resolve(archive, "", _attribute(dict(reference.items()), "uri"))
            if address is not None:
                names.add(address.entry.name)
    return frozenset(names)


def refuse_locked(
    archive: Archive, path: Path, locked: frozenset[str], needed: Iterable[Entry]
) -> None:
    """Raise TextProtected if one of the needed entries can't be read without a key."""
    for entry in needed:
        if entry.is_encrypted:
            raise TextProtected(path, "a password")
        if entry.name in locked:
            raise TextProtected(path, _scheme(archive))


def _scheme(archive: Archive) -> str:
    for name, scheme in _SCHEMES_BY_FILE:
        if archive.find(name) is not None:
            return scheme
    return ""


def _attribute(attributes: dict[str, str], name: str) -> str:
    return next((value.strip() for key, value in attributes.items() if key.lower() == name), "")
