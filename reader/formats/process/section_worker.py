"""The process that reads a text: numbers come in, sections go out as bytes.

Asked for the head it tells of the document all but its sections.

Reading a long section takes Python a third of a second of work. In a thread it would hold up the
window for as long, in slices of the interpreter's; here it holds up nobody.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from reader.errors import UnreadableText
from reader.formats.process.document_codec import encoded_head
from reader.formats.process.section_codec import encoded
from reader.formats.registry import open_document
from reader.processes.answers import write_answer

LEAVES_AFTER_S = 30.0
"""Without an order: what it holds in memory is wanted by others."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the file and fingerprint given as arguments until standard input ends.

    An empty fingerprint is any: the text isn't known yet.
    """
    path, fingerprint = sys.argv[-2:] if arguments is None else arguments
    try:
        document = open_document(Path(path))
    except UnreadableText:
        return 3
    if fingerprint and document.fingerprint != fingerprint:
        return 3  # the file is another by now: its sections are not those asked for
    clock = _Idleness()
    for line in sys.stdin.buffer:
        clock.begin()
        try:
            is_head = line == b"head\n"
            answer = encoded_head(document) if is_head else encoded(document.sections[int(line)])
        except (UnreadableText, IndexError, ValueError):
            answer = b""
        write_answer(sys.stdout.buffer, answer)
        clock.end()
    return 0


class _Idleness:
    """Ends the process when it has had nothing to do for a while."""

    def __init__(self) -> None:
        self._since_s: float | None = time.monotonic()
        threading.Thread(target=self._watch, name="idleness", daemon=True).start()

    def begin(self) -> None:
        self._since_s = None

    def end(self) -> None:
        self._since_s = time.monotonic()

    def _watch(self) -> None:
        while True:
            time.sleep(1.0)
            since_s = self._since_s
            if since_s is not None and time.monotonic() - since_s > LEAVES_AFTER_S:
                os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
