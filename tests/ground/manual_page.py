"""Writes the list of settings into the manual from the one table of settings.

.venv/bin/python -m tests.ground.manual_page
"""

from __future__ import annotations

from reader.app.settings import SETTINGS
from tests.ground.architecture_page import ROOT

PAGE = ROOT / "resources" / "manual.md"
BEGIN = "<!-- the settings: made by tests/ground/manual_page.py, checked by the tests -->\n"
END = "<!-- end of the settings -->\n"


def list_of_settings() -> str:
    """One line a setting: its name, what it is for, its default and what it may be."""
    lines = [""]
    for setting in SETTINGS:
        shown = str(setting.default) or "empty"
        if setting.kind is bool:
            shown = "yes" if setting.default else "no"
        limits = ""
        if setting.choices:
            limits = "; one of " + ", ".join(setting.choices)
        elif setting.kind in (int, float):
            limits = f"; from {setting.minimum:g} to {setting.maximum:g} {setting.unit}"
        lines.append(f"- `{setting.name}`: {setting.description} ({shown}{limits})")
    return "\n".join([*lines, "", ""])


def page_with_settings() -> str:
    """The manual as it should be now."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    return before + BEGIN + list_of_settings() + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(page_with_settings(), encoding="utf-8")
