"""Imports PySide6 without what only the wording of its errors needs.

WORKAROUND(PySide6 6.11): two thirds of the instructions of `import PySide6.QtCore` go into Python
code that words errors about arguments and describes signatures. It is kept as source inside a
library, compiled at each start, and imports a dozen modules more. Here that is done when PySide
first asks for such words, and so is what PySide imports beforehand only for that code to use.

That code would also put a function of its own in the place of Python's `__import__`, for switches
like those of `__future__`, and read the source of all that is imported from then on. Nobody here
uses these switches, so that is left out for good.

It can go when PySide no longer compiles `signature_bootstrap.py` while it is imported: then nothing
here is called any more (`_sources` stays empty), and `python -m tests.benchmarks start` gives the
same figures without it. A PySide that does it in another way is imported as it always was.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib import import_module
from types import ModuleType
from typing import Any

from reader.ui.quick_enums import make_enums_quickly

_BOOTSTRAP = "signature_bootstrap"
"""The module PySide makes first, from source: its `bootstrap` returns the one with the words."""

_ASKED = (
    *("pyside_type_init", "create_signature", "seterror_argument", "make_helptext"),
    *("feature_import", "feature_imported"),
)
"""The functions PySide takes from the module with the words, to call them later."""

_NAMES = "shibokensupport.signature.mapping"
"""The module in which it looks up the class that an error is about."""

_FOR_WORDS = ("tempfile", "traceback", "zipfile")
"""What shiboken6 imports and never uses: by then the code with the words finds it loaded."""


def import_pyside() -> None:
    """Import what all of PySide6 stands on, if that hasn't been done."""
    if "PySide6.QtCore" not in sys.modules:
        make_enums_quickly()
        with _words_put_off(), _modules_put_off():
            import_module("PySide6.QtCore")


@contextmanager
def _modules_put_off() -> Iterator[None]:
    """Have an import of them do nothing meanwhile; the next one imports them."""
    names = [name for name in _FOR_WORDS if name not in sys.modules]
    sys.modules.update({name: ModuleType(name) for name in names})
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


@contextmanager
def _words_put_off() -> Iterator[None]:
    """Have PySide take our `bootstrap` for its own meanwhile."""
    plain = builtins.compile

    def compiled(source: Any, filename: Any, *more: Any, **named: Any) -> Any:
        if filename != f"{_BOOTSTRAP}.py":
            return plain(source, filename, *more, **named)
        _sources.append(source)
        return plain(f"from {__name__} import bootstrap", filename, *more, **named)

    builtins.compile = compiled
    try:
        yield
    finally:
        builtins.compile = plain


_sources: list[bytes] = []
"""That of PySide's own `bootstrap`, once it is known."""

_names = ModuleType(_NAMES)
"""Stands in for that module; PySide uses it ever after without holding it, so it is held here."""


def bootstrap() -> ModuleType:
    """Return a module that stands in for the one with the words until it is asked; for PySide."""
    stand_in = ModuleType(_BOOTSTRAP)
    asked = {name: partial(_ask, name) for name in _ASKED}
    vars(stand_in).update(asked, post_init=_do_nothing, finish_import=_do_nothing)
    vars(_names).update(PySide6=sys.modules["PySide6"], update_mapping=_update_names)
    sys.modules[_NAMES] = _names
    return stand_in


def _do_nothing(*_given: object) -> None:
    pass


def _update_names() -> None:
    _loaded()
    sys.modules[_NAMES].update_mapping()  # the real one's


def _ask(name: str, *given: Any) -> Any:
    return getattr(_loaded(), name)(*given)


@cache
def _loaded() -> ModuleType:
    """Do what was put off: run PySide's own `bootstrap`."""
    names = vars(sys.modules[_BOOTSTRAP])
    exec(compile(_sources[-1], f"{_BOOTSTRAP}.py", "exec"), names)
    loaded: ModuleType = names["bootstrap"]()
    return loaded
