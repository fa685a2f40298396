"""Addresses are read back as they were written, and what is none is not taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.address import Address, address_from, address_of, is_address
from reader.text.document import Place, fingerprint_of

KEY = "0123456789abcdef"
NOTE = "urn:uuid:5e9f0c1a-0000-4000-8000-000000000001"

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


@given(TEXT, st.none() | st.builds(Place, st.integers(0, 10**8), st.integers(0, 10**11)))
def test_what_was_written_is_read_back(note: str, place: Place | None) -> None:
    address = address_of(fingerprint_of([note]), note, place)
    written = str(address)
    assert written.isascii()
    assert " " not in written
    assert address_from(written) == address
    assert is_address(written)


def test_it_is_short_and_says_what_it_leads_to() -> None:
    written = str(Address(KEY, NOTE))
    assert written == f"sottovoce:open?text={KEY}&note=5e9f0c1a-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(f"sottovoce://open?text={KEY}", id="two slashes"),
        pytest.param(f"sottovoce:///open/?text={KEY}", id="three"),
        pytest.param(f"SottoVoce:Open?text={KEY.upper()}", id="capitals"),
        pytest.param(f"  sottovoce:open?text={KEY}\n", id="white space around it"),
        pytest.param(f"sottovoce:open?text=sha256%3A{KEY}{KEY}{KEY}{KEY}", id="a whole version"),
        pytest.param(f"sottovoce:open?text={KEY}&at=nowhere&x=y", id="more that isn't known"),
    ],
)
def test_it_may_be_written_otherwise(written: str) -> None:
    assert address_from(written) == Address(KEY)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "story.txt",
        "/home/ada/sottovoce:open",
        f"https://example.org/open?text={KEY}",
        f"sottovoce:close?text={KEY}",
        "sottovoce:open",
        "sottovoce:open?text=",
        "sottovoce:open?note=7",
        "sottovoce:open?text=%ff",
        "sottovoce://[open?text=a",
    ],
)
def test_what_is_none_is_not_taken_for_one(written: str) -> None:
    assert address_from(written) is None
