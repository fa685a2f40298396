"""SHA-256 of texts, without OpenSSL: to load that takes 3 ms and 4 MB before the first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:  # Python's own, as its `random` takes it
        from _sha2 import sha256
    except ImportError:
        try:
            from _sha256 import sha256  # before 3.12
        except ImportError:  # a Python built without them
            from hashlib import sha256

__all__ = ["sha256"]
