"""Marking passages: what floats over the text for it, and how marks are shown and changed."""
