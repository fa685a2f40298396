"""Texts read by a process of their own, and what goes between it and the program."""
