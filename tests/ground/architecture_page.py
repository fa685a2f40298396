"""Writes the map in ARCHITECTURE.md from the first sentence of each module.

.venv/bin/python -m tests.ground.architecture_page
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "ARCHITECTURE.md"
BEGIN = "<!-- the map: made by tests/ground/architecture_page.py, checked by the tests -->\n"
END = "<!-- end of the map -->\n"
ROOMS = (
    *("ui", "cli", "app", "playback", "speech", "annotations", "library", "formats", "export"),
    *("storage", "processes", "text"),
)


def first_sentence(module: Path) -> str:
    """The first paragraph of a module's docstring, on one line."""
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def map_of_the_rooms() -> str:
    """One heading a room, top floor first, and one line a module."""
    lines = []
    for room in ROOMS:
        folder = ROOT / "reader" / room
        lines += [f"\n### {room}/\n", f"{first_sentence(folder / '__init__.py')}\n"]
        for module in sorted(folder.rglob("*.py")):
            if module.name != "__init__.py":
                name = module.relative_to(folder).as_posix()
                lines.append(f"- `{name}`: {first_sentence(module)}")
        lines.append("")
    return "\n".join(lines)


def page_with_map() -> str:
    """ARCHITECTURE.md as it should be now."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    return before + BEGIN + map_of_the_rooms() + END + after


if __name__ == "__main__":
    PAGE.write_text(page_with_map(), encoding="utf-8")
