"""What is said of an engine whose code, or a library it needs, fails: a clause in one line."""

from __future__ import annotations


def fault_words(error: Exception) -> str:
    """Return what a user can look for and mend: the package that is missing, what it says."""
    lines = str(error).strip().splitlines()
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"{error.name} is not installed"
    if isinstance(error, ImportError) and lines:  # a library of the system's, by its name
        return lines[0]
    return f"{type(error).__name__}, {lines[0]}" if lines else type(error).__name__
