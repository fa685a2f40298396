"""Texts, icons and data that come with the app."""

from __future__ import annotations

from pathlib import Path


def resource(*names: str) -> Path:
    """Return the file or folder that these names lead to: `resource("icons", "sottovoce.svg")`."""
    return Path(__path__[0], *names)
