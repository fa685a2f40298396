"""Which words of an RTF file say what the text of their group is for, and how much of it is kept.

Source: Rich Text Format Specification 1.9.1, "Destination Control Words".
"""

from __future__ import annotations

from reader.formats.rtf.state import Destination

NOWHERE = frozenset(
    (
        *("colortbl", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr"),
        *("footerf", "nonshppict", "xe", "tc", "tcn", "rxe", "ftnsep", "ftnsepc", "ftncn"),
        *("aftnsep", "aftnsepc", "aftncn", "objdata", "objclass", "objname"),
        *("nonesttables", "listpicture", "listname", "levelnumbers", "template", "filetbl"),
        "comment",
    )
)
"""Their text is no part of what is read."""

STARRED = frozenset(
    (
        *("footnote", "fldinst", "shppict", "shpinst", "picprop", "bkmkstart", "ud", "moMath"),
        *("moMathPara", "objectemb", "listtable", "listoverridetable", "do"),
    )
)
"""Known though `\\*` stands before them: others are passed over."""

PROPERTIES = {"title", "author", "operator", "company", "keywords", "subject", "doccomm"}

BEGUN_BY = {
    "fonttbl": Destination.FONT,
    "stylesheet": Destination.STYLE,
    "info": Destination.PROPERTY,
    "listtable": Destination.LISTS,
    "listoverridetable": Destination.LISTS,
    "fldinst": Destination.INSTRUCTION,
    "listtext": Destination.MARKER,
    "pntext": Destination.MARKER,
    "pict": Destination.PICTURE,
    "sn": Destination.SHAPE_NAME,
    "sv": Destination.SHAPE_VALUE,
    "bkmkstart": Destination.BOOKMARK,
}

LONGEST = {
    Destination.FONT: 200,
    Destination.STYLE: 200,
    Destination.MARKER: 100,
    Destination.LEVEL_TEXT: 100,
    Destination.SHAPE_NAME: 100,
    Destination.SHAPE_VALUE: 1000,
    Destination.BOOKMARK: 200,
}
"""Characters of text that is put down to be used once its group ends."""

IN_DRAWINGS = {"shptxt", "dptxbxtext", "result"}
"""What is text where a drawing or an object isn't; the second is Word 95's."""
