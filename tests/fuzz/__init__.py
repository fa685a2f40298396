"""Mutated real files over all importers: `python -m tests.fuzz`; a slice of it is a test."""
