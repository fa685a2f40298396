"""Writes constraints.txt: the versions of everything in this virtual environment, no host named.

.venv/bin/python packaging/pin.py
"""

from __future__ import annotations

from importlib.metadata import distributions
from pathlib import Path

NOT_PINNED = {"sottovoce", "pip", "setuptools", "wheel"}


def main() -> None:
    """Pin what is installed, by name."""
    pins = {
        d.metadata["Name"].lower(): d.version
        for d in distributions()
        if d.metadata["Name"].lower() not in NOT_PINNED
    }
    head = "# Every version the tests ran with; made by packaging/pin.py, not by hand.\n"
    lines = [f"{name}=={version}\n" for name, version in sorted(pins.items())]
    (Path(__file__).parent / "constraints.txt").write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
