"""Whether a text can be in the language that a word processor tells for its kind of script.

Word processors tell one language for all scripts of complex layout and one for all Asian ones, and
until somebody sets it that is a guess: LibreOffice calls Hebrew Hindi, and Japanese Chinese.
"""

from __future__ import annotations

import re
from functools import cache

_SCRIPTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("\u0590-\u05ff\ufb1d-\ufb4f", "he", ("he", "iw", "yi", "lad")),
    (
        *("\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc", "ar"),
        ("ar", "fa", "ur", "ps", "sd", "ug", "ckb", "ku", "ks", "pa", "az", "kk", "ms"),
    ),
    ("\u0900-\u097f", "hi", ("hi", "mr", "ne", "sa", "kok", "sd", "ks", "mai", "bho")),
    ("\u0e00-\u0e7f", "th", ("th",)),
    ("\u3040-\u30ff", "ja", ("ja",)),
    ("\uac00-\ud7a3", "ko", ("ko",)),
)
"""Letters of a script, the language most texts in it are in, and all that may be."""


@cache
def _letters(of_script: str) -> re.Pattern[str]:
    return re.compile(f"[{of_script}]")


def fitting_language(told: str, text: str) -> str:
    """Return the language told for a text, or that of most texts in its script if it can't be."""
    primary = told.partition("-")[0].lower()
    for letters, usual, possible in _SCRIPTS:
        if _letters(letters).search(text):
            return told if primary in possible else usual
    return told
