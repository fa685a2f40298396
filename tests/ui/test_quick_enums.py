"""Tests of reader.ui.quick_enums: PySide's enumerations are those that Python would make."""

from __future__ import annotations

import enum
import os
import subprocess
import sys

import pytest

from reader.ui import quick_enums
from tests.patience import PATIENCE_S

_REPORT = """
import enum, pickle, sys, types, warnings
{first}
from PySide6 import QtCore, QtGui, QtWidgets
warnings.simplefilter("ignore")

def within(scope, seen):
    for name in sorted(dir(scope)):
        held = None if name.startswith("__") else getattr(scope, name, None)
        if isinstance(held, enum.EnumType):
            yield held
        elif isinstance(held, type) and held not in seen and held.__module__.startswith("PySide6"):
            seen.add(held)
            yield from within(held, seen)

def said(ask):
    try:
        return repr(ask())
    except Exception as error:
        return f"{{type(error).__name__}}: {{error}}"

def of_member(kind, one, others):
    yield from (str(one), f"{{one}}", str(sorted(vars(one).items(), key=str)))
    yield said(lambda: kind(one.value) is kind[one.name] is pickle.loads(pickle.dumps(one)))
    yield from map(said, (lambda: hash(one) == hash(one.name), lambda: int(one), lambda: ~one))
    for two in others:
        yield from map(said, (lambda: one | two, lambda: one & two, lambda: one ^ two))
        yield from map(said, (lambda: one in two, lambda: list(one | two), lambda: one < two))
        yield said(lambda: one == two)

def of(kind):
    members = list(kind.__members__.values())
    yield str([kind.__qualname__, kind.__module__, kind.__mro__, kind.__doc__, list(kind)])
    yield str([dict(kind.__members__), len(kind), sorted(dir(kind)), sorted(vars(kind))])
    for one in {{*members[:5], *members[-2:]}}:
        yield from of_member(kind, one, members[:3])
    for number in (0, -1, 7, 1_000_000, 2**31, 2**40):
        yield from map(said, (lambda: kind(number), lambda: number in kind))
    yield from map(said, (lambda: setattr(kind, members[0].name, 3), lambda: kind.missing))
    yield said(lambda: type("Child", (kind,), {{}}))

seen = set()
for module in (QtCore, QtGui, QtWidgets):
    for kind in within(module, seen):
        print(kind.__module__, kind.__qualname__, *of(kind), sep="|")
"""


def report(first: str) -> list[str]:
    """Return a line on each enumeration of PySide's, from a Python that did `first` before."""
    ran = subprocess.run(
        [sys.executable, "-c", _REPORT.format(first=first)],
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_every_enumeration_of_pyside_is_as_python_would_make_it() -> None:
    quick = report("import reader.ui")
    plain = report("")
    assert len(quick) > 600
    for made, expected in zip(quick, plain, strict=True):
        assert made == expected


def test_pyside_has_its_enumerations_made_so() -> None:
    asked = "import enum; print(enum.EnumType._create_.__module__)"
    ran = subprocess.run(
        [sys.executable, "-c", f"import reader.ui; {asked}"],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    expected = quick_enums.__name__ if sys.version_info < (3, 14) else "enum"
    assert ran.stdout.strip() == expected


@pytest.mark.parametrize(
    "members",
    [
        "ONE TWO",
        ["ONE", "TWO"],
        {"ONE": 1, "TWO": 2},
        [("ONE", 1), ("name", 2)],
        [("ONE", "one"), ("TWO", "two")],
        [("_one", 1)],
        [("ONE", 1.5)],
        [],
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", [enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag])
def test_what_is_not_as_plain_is_left_to_python(kind: enum.EnumType, members: object) -> None:
    def made(make: object) -> object:
        assert callable(make)
        try:
            one = make(kind, "Made", members, boundary=enum.FlagBoundary.KEEP)
        except (TypeError, ValueError) as error:
            return str(error)
        held = {name: member.value for name, member in one.__members__.items()}
        return held, str(vars(one).keys())

    assert made(quick_enums._create) == made(quick_enums._in_python_s_own_way)
