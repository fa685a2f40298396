"""Sottovoce: a reading app with notes in the margin and a voice on your own machine."""

__version__ = "0.1.0"
