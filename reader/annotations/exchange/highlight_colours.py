"""The grounds of highlights on white paper, for formats that carry colours: the window's own."""

from __future__ import annotations

ON_PAPER = {"apricot": "FBE0B4", "rose": "F8CFC9", "sage": "D3E6CB", "sky": "CFE2F2"}
"""Red, green and blue in hexadecimal, by the names that annotations have for them."""
