"""No circles of imports: of two modules, one can be read without the other.

Imports inside functions count, because a circle only hidden there is still one. Those for the
type checker alone don't: the two halves of one thing may name each other's types.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def modules() -> dict[str, Path]:
    """Return every module of the product by its name, packages left out: they hold no code."""
    paths = sorted((ROOT / "reader").rglob("*.py"))
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path
        for path in paths
        if path.name != "__init__.py"
    }


def imported_by(tree: ast.AST) -> Iterator[str]:
    """Yield all names a module imports when it runs, of modules and of what is in them."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            yield from imported_by(node)


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of a circle, the first one again at the end; [] where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    known = modules()
    graph = {
        name: set(imported_by(ast.parse(path.read_text("utf-8")))) & (known.keys() - {name})
        for name, path in known.items()
    }
    assert circle_in(graph) == []


@pytest.mark.parametrize(
    ("source", "imported"),
    [
        ("from reader.text import document", {"reader.text", "reader.text.document"}),
        ("def f():\n    import reader.errors", {"reader.errors"}),
        ("if TYPE_CHECKING:\n    import reader.errors", set()),
    ],
)
def test_imports_are_found_wherever_they_run(source: str, imported: set[str]) -> None:
    assert set(imported_by(ast.parse(source))) == imported
