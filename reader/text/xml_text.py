"""Which characters XML can hold (Extensible Markup Language 1.0, section 2.2)."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return a text without the control characters and half characters that no XML may hold."""
    return _ILLEGAL.sub("", text)
