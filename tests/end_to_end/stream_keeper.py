"""Runs the real program and keeps what it hands to the sound device: `stream_keeper FILE ARG…`.

On a busy machine the device may get frames too late and break the sound off; in what is kept here
there is nothing but the program's own doing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

from reader.playback.frame_source import FrameSource


def main() -> int:
    """Run the program until its window is closed."""
    from reader.__main__ import main as run_program

    pull = FrameSource.pull
    with Path(sys.argv[1]).open("wb", buffering=0) as kept:

        def pull_and_keep(source: FrameSource, frame_count: int) -> bytes:
            pcm = pull(source, frame_count)
            kept.write(pcm)
            return pcm

        with patch.object(FrameSource, "pull", pull_and_keep):
            return run_program(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
