"""Keeps the last of what was made, for whoever asks for it again."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from typing import TypeVar

_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")


def keep(kept: OrderedDict[_Key, _Kept], key: _Key, value: _Kept, most: int) -> None:
    """Keep one more, and let the oldest go; several threads may at once."""
    kept[key] = value
    if len(kept) > most:
        with suppress(KeyError):  # another thread has let the last one go
            kept.popitem(last=False)
