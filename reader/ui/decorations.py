"""What may be painted under the text, as values, and the index that finds it paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reader.text.document import Span


class Role(StrEnum):
    """What a decoration means; the theme says how that looks. In painting order, lowest first."""

    SKIPPED = "skipped"
    SENTENCE = "sentence"
    HIGHLIGHT = "highlight"
    ACTIVE = "active"
    SEARCH = "search"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Decoration:
    """A span of the text that is to look different. `colour` names a highlight's colour."""

    span: Span
    role: Role
    colour: str = ""
