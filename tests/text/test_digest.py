"""Tests of reader.text.digest."""

from __future__ import annotations

import hashlib

import pytest

from reader.text.digest import sha256


@pytest.mark.parametrize("size_bytes", [0, 1, 55, 56, 64, 1_000_003])
def test_it_is_the_sha_256_of_everybody(size_bytes: int) -> None:
    content = bytes(number % 251 for number in range(size_bytes))
    assert sha256(content).hexdigest() == hashlib.sha256(content).hexdigest()
    in_parts = sha256()
    in_parts.update(content[:10])
    in_parts.update(content[10:])
    assert in_parts.digest() == hashlib.sha256(content).digest()
