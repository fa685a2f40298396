"""SHA-256 of texts, without OpenSSL: to load that takes 3 ms and 4 MB before the first frame.

For a long text it is worth it: `sha256_of_much` takes a fifth of the time.
"""

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

__all__ = ["sha256", "sha256_of_much"]


def sha256_of_much(content: bytes) -> str:
    """Return the same digest of some megabytes, in hexadecimal digits."""
    import hashlib

    return hashlib.sha256(content).hexdigest()
