"""Which sentence is meant by "that one"."""

from __future__ import annotations

import pytest

from reader.playback.just_heard import SentenceHeard, sentence_to_mark
from reader.text.document import Span

NOW, BEFORE = Span(0, 50, 90), Span(0, 10, 48)


@pytest.mark.parametrize(
    ("heard_s", "share", "before", "expected"),
    [
        pytest.param(0.0, 0.0, BEFORE, BEFORE, id="it just begins"),
        pytest.param(2.9, 0.49, BEFORE, BEFORE, id="short of both"),
        pytest.param(3.0, 0.1, BEFORE, NOW, id="long, though little of it"),
        pytest.param(0.8, 0.5, BEFORE, NOW, id="short, but half is over"),
        pytest.param(9.0, 1.0, BEFORE, NOW, id="over"),
        pytest.param(0.5, 0.1, None, NOW, id="nothing was heard before"),
    ],
)
def test_a_sentence_that_hardly_began_is_not_meant(
    heard_s: float, share: float, before: Span | None, expected: Span
) -> None:
    assert sentence_to_mark(SentenceHeard(NOW, heard_s, share), before) == expected
